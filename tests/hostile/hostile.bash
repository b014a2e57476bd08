# Cases of hostile input: an audit of whatever a case made must end in time, within memory, unhurt, and must not pass control characters on.
load ../cli/candor
repo=$BATS_TEST_TMPDIR/repo
SECONDS_MOST=120 # of several cases at a time, under the sanitizers
KILOBYTES_MOST=1000000 # under the address sanitizer, whose hoard of freed memory (256 MB and its own overhead) is kept small: it is not the program's

# Like `candor`, measured. Peak memory includes programs that candor waits for.
bounded () {
  local peak
  ASAN_OPTIONS="$ASAN_OPTIONS:quarantine_size_mb=16" run --separate-stderr command time -q -f %M -o "$BATS_TEST_TMPDIR/peak" timeout "$SECONDS_MOST" "$CANDOR" "$@"
  [[ $status -ne 124 ]] || explain_failure "took more than $SECONDS_MOST s"
  peak=$(tail -n 1 "$BATS_TEST_TMPDIR/peak")
  ((peak < KILOBYTES_MOST)) || explain_failure "took $peak kB of memory"
  unhurt
  printable
}

# No escape, no other control character, only UTF-8; no text direction override either, except in JSON, which has names as they are.
printable () {
  local bad='[\x00-\x08\x0B-\x1F\x7F]'
  [[ $output == '{'* ]] || bad+='|\xC2[\x80-\x9F]|\xE2\x80[\xAA-\xAE]|\xE2\x81[\xA6-\xA9]'
  ! printf '%s\n%s' "$output" "$stderr" | LC_ALL=C grep -qaP "$bad" || explain_failure 'control characters are passed on'
  printf '%s\n%s' "$output" "$stderr" | iconv -f UTF-8 -t UTF-8 >/dev/null || explain_failure 'what is printed is no UTF-8'
}

# The repository $repo, entered, with a README so that there is something to read.
begin () {
  git init -q -b main "$repo"
  cd "$repo"
  printf '# Work\nWe train a model with learning rate 1e-5 on 8 x A100.\n' >README.md
}
keep () {
  git add -A
  git commit -q -m work
}
# The whole audit as text and as JSON: done, unhurt, and the JSON is JSON.
survives () {
  cd /
  bounded audit "$repo"
  exits 0
  bounded audit --format json "$repo"
  exits 0
  is_json 'd.schema' candor-audit/1
}
# Why the last audit, which was JSON, did not examine a path.
unexamined () { # PATH WHY
  is_json "(d.not_examined.find (e => e.path === '$1') || {}).why || 'examined'" "$2"
}

# A cache of the case's own that holds nothing but compiled rules.
own_cache () {
  local rules
  mkdir -p "$BATS_TEST_TMPDIR/cache/candor"
  for rules in "${XDG_CACHE_HOME:-$HOME/.cache}"/candor/signals-*; do
    [[ ! -f $rules ]] || cp "$rules" "$BATS_TEST_TMPDIR/cache/candor/"
  done
  export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache
}
