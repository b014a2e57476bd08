# The example: it builds, its gradient is right, its data are its teacher's, and its second version is seen through.
load candor

setup_file () {
  export EXAMPLE=$BATS_FILE_TMPDIR/example
  cp -R "$ROOT/examples/tiny-replication" "$EXAMPLE"
  make -s -C "$EXAMPLE" CC=cc all bin/check
}

@test "the hand-written gradient agrees with differences of the loss" {
  run "$EXAMPLE/bin/check"
  exits 0
  says 'check: ok'
}

@test "the teacher writes the data that the example ships, byte by byte" {
  cd "$EXAMPLE"
  mkdir -p "$BATS_TEST_TMPDIR/data"
  bin/teacher --config configs/data.json --train "$BATS_TEST_TMPDIR/data/train.jsonl" --test "$BATS_TEST_TMPDIR/data/test.jsonl"
  diff -r data "$BATS_TEST_TMPDIR/data"
}

@test "the figures that the example ships come from the weights that it ships" {
  cd "$EXAMPLE"
  local model
  for model in tiny-untrained tiny-direct tiny-steps tiny-long-thought; do
    cp "results/$model-predictions.jsonl" "$BATS_TEST_TMPDIR/predictions"
    cp "results/$model-metrics.json" "$BATS_TEST_TMPDIR/metrics"
    sh "scripts/evaluate.sh" "$model"
    cmp "results/$model-predictions.jsonl" "$BATS_TEST_TMPDIR/predictions"
    cmp "results/$model-metrics.json" "$BATS_TEST_TMPDIR/metrics"
  done
}

@test "what the manifest says of files' digests holds" {
  cd "$EXAMPLE"
  local file
  for file in data/train.jsonl data/test.jsonl weights/tiny-direct.safetensors weights/tiny-steps.safetensors weights/tiny-long-thought.safetensors; do
    grep -q "sha256:$(sha256sum <"$file" | cut -d' ' -f1)" replication.yaml || explain_failure "digest of $file"
  done
}

@test "training learns, gives the same weights twice, and others with another seed" {
  cd "$EXAMPLE"
  sed 's/"max_steps": [0-9]*/"max_steps": 120/' configs/tiny-direct.json >"$BATS_TEST_TMPDIR/short.json"
  run bin/train --config "$BATS_TEST_TMPDIR/short.json" --output "$BATS_TEST_TMPDIR/first"
  exits 0
  awk '/loss of a token/ { loss[++n] = $NF } END { exit !(n == 2 && loss[2] < loss[1]) }' <<<"$output" || explain_failure 'the loss does not fall'
  CANDOR_SEED=11 bin/train --config "$BATS_TEST_TMPDIR/short.json" --output "$BATS_TEST_TMPDIR/second" >/dev/null
  CANDOR_SEED=12 bin/train --config "$BATS_TEST_TMPDIR/short.json" --output "$BATS_TEST_TMPDIR/third" >/dev/null
  cmp "$BATS_TEST_TMPDIR/first" "$BATS_TEST_TMPDIR/second"
  ! cmp -s "$BATS_TEST_TMPDIR/first" "$BATS_TEST_TMPDIR/third"
}

@test "a faulty configuration or file ends a program with a message" {
  cd "$EXAMPLE"
  echo '{}' >"$BATS_TEST_TMPDIR/empty.json"
  run bin/train --config "$BATS_TEST_TMPDIR/empty.json" --output "$BATS_TEST_TMPDIR/none"
  exits 1
  says 'missing in the configuration'
  run bin/evaluate --config configs/tiny-direct.json --weights data/test.jsonl --data data/test.jsonl --name m --predictions p --metrics m
  exits 1
  says 'not the weights of a model of this configuration'
}

@test "the honest one earns every point" {
  candor audit --format json "$(repository declared-work)"
  exits 0
  is_json d.score.total 100
  is_json 'd.commands.training.concat (d.commands.evaluation).some (c => c.status === "broken")' false
  is_json 'd.contamination.both.length' 0
}

@test "of the dishonest one the hidden teacher and the broken command are told" {
  candor audit --format json "$(repository dishonest-work)"
  exits 0
  is_json d.distillation.label undisclosed
  is_json 'd.distillation.teachers.map (t => [t.model, t.disclosure, t.evidence[0].path]).join (" ")' o1-mini,code-only,data/make_thoughts.py
  is_json 'd.commands.evaluation.some (c => c.status === "broken" && c.problems.some (p => p.what.includes ("run_eval.sh")))' true
  (($(json d.score.total) < 80))
}

@test "the dishonest figures are told: the best of many runs, and one that no number of right answers gives" {
  candor reproduce --format json "$(repository dishonest-work)"
  is_json 'd.reproductions.filter (r => r.claim === 0).map (r => [r.conclusion, r.runs, r.best]).join ()' selected,12,98.8
  is_json 'd.claims.filter (c => c.arithmetic && c.arithmetic.verdict === "impossible-as-stated").map (c => [c.value, c.arithmetic.n]).join ()' 92.9,125
  candor reproduce --format json "$(repository declared-work)"
  exits 0
  is_json 'd.claims.some (c => c.arithmetic && c.arithmetic.verdict === "impossible-as-stated")' false
  is_json 'd.reproductions.filter (r => r.claim !== null).every (r => ["reproduced", "compatible"].includes (r.conclusion))' true
}
