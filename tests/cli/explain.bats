# `candor explain` and `candor rubrics`: the rules, to read.
load candor

@test "a criterion: question, points, how to earn it, probes" {
  candor explain data.sources
  exits 0
  silent
  says 'data.sources'
  says 'Is every dataset'
  says '3 points'
  says 'Name each training dataset'
  says 'data-set-named'
  says 'rubrics/tti.yaml:'
}

@test "a probe: question, rule and place" {
  candor explain data-hub-linked
  exits 0
  says 'Does a document link a dataset'
  says 'data.hub-link'
  says 'rubrics/probes/data.yaml:'
}

@test "a signal: pattern and examples" {
  candor explain compute.accelerator-count
  exits 0
  says '8 x A100'
}

@test "an id that is near another one" {
  candor explain data.source
  fails_clearly 2
  complains data.sources
}

@test "every criterion of every rubric has an explanation" {
  local rubric id
  for rubric in tti code-completeness; do
    candor audit --format json --rubric "$rubric" "$(repository opaque-work)"
    exits 0
    for id in $(json 'd.verdicts.map (v => v.id).join (" ")'); do
      candor explain --rubric "$rubric" "$id"
      exits 0
      says "$id"
    done
  done
}

@test "no id, and two" {
  candor explain
  fails_clearly 2
  candor explain a b
  fails_clearly 2
}

@test "rubrics lists what --rubric takes" {
  candor rubrics
  exits 0
  says tti
  says code-completeness
  says '100 points'
}

@test "rubrics --patterns prints every signal's pattern, and grep takes them" {
  candor rubrics --patterns
  exits 0
  [[ $(wc -l <<<"$output") -gt 100 ]]
  printf '%s\n' "$output" >"$BATS_TEST_TMPDIR/patterns"
  local pattern
  while IFS= read -r pattern; do
    grep -qiP -e "$pattern" <<<'' || [[ $? -eq 1 ]] || explain_failure "grep refuses: $pattern"
  done <"$BATS_TEST_TMPDIR/patterns"
}
