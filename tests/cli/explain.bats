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

@test "a model: what it was made from, who taught it, under which terms" {
  candor explain deepseek-ai/DeepSeek-R1-Distill-Qwen-7B
  exits 0
  silent
  says 'model of deepseek, open weights'
  says 'taught by deepseek-r1 (2025-01-20)'
  says 'trained from qwen2.5-math-7b'
  says 'terms'
  says 'rubrics/knowledge/models.yaml:'
}

@test "a dataset: the models and datasets that it was made of" {
  candor explain OpenThoughts-114k
  exits 0
  says 'dataset of long-thought'
  says 'taught by deepseek-r1'
  says 'rubrics/knowledge/datasets.yaml:'
}

@test "a name that moves is said to be unpinned" {
  candor explain gpt-4o
  exits 0
  says unpinned
}

@test "knowledge of one's own is explained without a rebuild, and refused where it refers to nothing" {
  mkdir -p "$BATS_TEST_TMPDIR/rules/knowledge"
  cp "$ROOT"/rubrics/knowledge/models.yaml "$BATS_TEST_TMPDIR/rules/knowledge/"
  echo '  - {id: my-model, name: My Model, provider: me, released: 2025-05-05, access: open, base: qwen2.5-7b, source: "https://example.org"}' >>"$BATS_TEST_TMPDIR/rules/knowledge/models.yaml"
  candor explain --rubrics "$BATS_TEST_TMPDIR/rules" 'My Model'
  exits 0
  says 'trained from qwen2.5-7b'
  echo '  - {id: other, name: Other, provider: me, released: 2025-05-05, access: open, teachers: [nobody], source: "https://example.org"}' >>"$BATS_TEST_TMPDIR/rules/knowledge/models.yaml"
  candor explain --rubrics "$BATS_TEST_TMPDIR/rules" 'My Model'
  fails_clearly 2
  complains 'there is no model "nobody"'
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
