# How reports show doubt: what is settled leads, what a reader is needed for stands apart, and candidates are told with their context.
load candor

# Ids of criteria of the section of standard output that begins with a line FROM, in their order.
ids () { # FROM TO
  sed -n "/$1/,/$2/p" <<<"$output" | grep -oE '\b(data|method|eval|open)\.[a-z-]+' | awk '!seen[$0]++' | tr '\n' ' '
}

@test "text and Markdown lead with what is settled, and list the rest by what it would move" {
  local work settled unsettled
  work=$(repository open-work)
  candor audit --format json "$work"
  exits 0
  settled=$(json 'd.verdicts.filter(v => v.certainty >= 0.9).map(v => v.id).join(" ")')
  # points times doubt; certainties are printed in thousandths, so that only clear differences are looked at
  local doubt='v => v.of * (1 - v.certainty)'
  json "d.verdicts.filter(v => v.certainty < 0.9).map(v => [v.id, ($doubt)(v)]).map(e => e.join(\" \")).join(\"\\n\")" >"$BATS_TEST_TMPDIR/doubt"
  [[ $(wc -w <<<"$settled") -gt 0 && $(wc -l <"$BATS_TEST_TMPDIR/doubt") -gt 1 ]] || explain_failure 'the work does not have both'
  for format in text markdown; do
    COLUMNS=100 candor audit --format $format "$work"
    exits 0
    local from='^Settled: ' needed='^A reader is needed: ' to='^Where a reader should look first'
    [[ $format == text ]] || { from='^## Settled: ' needed='^## A reader is needed: ' to='^## Cheapest'; }
    [[ $(ids "$from" "$needed") == "$settled " ]] || explain_failure "settled in $format: $(ids "$from" "$needed"), not $settled"
    unsettled=$(ids "$needed" "$to")
    [[ $(wc -w <<<"$unsettled") -eq $(wc -l <"$BATS_TEST_TMPDIR/doubt") ]] || explain_failure "for a reader in $format: $unsettled"
    awk -v order="$unsettled" '{ doubt[$1] = $2 } END { n = split(order, id, " "); for (i = 2; i <= n; i++) if (doubt[id[i]] > doubt[id[i - 1]] + 0.01) exit 1 }' \
      "$BATS_TEST_TMPDIR/doubt" || explain_failure "not by doubt in $format: $unsettled"
    [[ $(tr -s ' \n' ' ' <<<"$output") == *'`candor review` settles them in this order'* ]] || explain_failure "nobody says how in $format"
  done
}

@test "a candidate is told with its last line, the headings over it, and what it is a part of" {
  candor audit --format json "$(repository open-work)"
  exits 0
  is_json 'd.verdicts.every(v => v.candidates.every(c => c.end >= c.line && ("section" in c) && ("kind" in c)))' true
  json 'd.verdicts.flatMap(v => v.candidates).map(c => [c.path, c.line, c.section, c.kind].join("|")).join("\n")' >"$BATS_TEST_TMPDIR/places"
  grep -q '^README.md|43|Lantern-7B: long reasoning from short sums / Results|table$' "$BATS_TEST_TMPDIR/places" || explain_failure "$(<"$BATS_TEST_TMPDIR/places")"
  grep -q '^README.md|[0-9]*|Lantern-7B: long reasoning from short sums / Training|command$' "$BATS_TEST_TMPDIR/places"
  grep -q '^configs/grpo.yaml|[0-9]*||config$' "$BATS_TEST_TMPDIR/places"
  COLUMNS=100 candor audit "$(repository open-work)"
  exits 0
  output=$(sed -n '/^Where a reader should look first/,/^Cheapest/p' <<<"$output")
  says ', under Lantern-7B: long reasoning from short sums / '
}
