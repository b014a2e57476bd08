# Files that the program writes and reads against schemas/. Needs node_modules (`npm ci --ignore-scripts` in this folder).
load ../cli/candor

setup_file () {
  [[ -d $BATS_TEST_DIRNAME/node_modules/ajv ]] || skip 'npm ci --ignore-scripts has not been run in tests/schema'
}
check () {
  run node "$BATS_TEST_DIRNAME/check.mjs" "$@"
  [[ $status -eq 0 ]] || explain_failure "check.mjs $*"
}

@test "audits of every recipe are what audit.schema.json describes" {
  local recipe
  for recipe in open-work opaque-work nested-work declared-work framework commands-work overlapping-work distilled-work; do
    candor audit --format json -o "$BATS_TEST_TMPDIR/$recipe.json" "$(repository "$recipe")"
    exits 0
  done
  candor audit --format json --subdir projects/lamp --rubric code-completeness -o "$BATS_TEST_TMPDIR/subdir.json" "$(repository nested-work)"
  exits 0
  candor audit --format json --scope 'scripts/**' --scope '*.md' --commit HEAD~1 -o "$BATS_TEST_TMPDIR/scope.json" "$(repository open-work)"
  exits 0
  candor audit --format json --history=100 -o "$BATS_TEST_TMPDIR/history.json" "$(repository grown-work)"
  exits 0
  candor audit --format json --history -o "$BATS_TEST_TMPDIR/removed.json" "$(repository taken-away)"
  exits 0
  check audit "$BATS_TEST_TMPDIR"/*.json
}

@test "every rule file is what its schema describes" {
  check rules
}

@test "the example's manifest is what manifest.schema.json describes" {
  check manifest "$ROOT/examples/tiny-replication/replication.yaml"
}

@test "a drafted manifest is what manifest.schema.json describes" {
  local recipe
  for recipe in open-work opaque-work; do
    candor init "$(repository "$recipe")"
    exits 0
    printf '%s\n' "$output" >"$BATS_TEST_TMPDIR/$recipe.yaml"
    check manifest "$BATS_TEST_TMPDIR/$recipe.yaml"
  done
}

@test "manifest.schema.json accepts what candor validate accepts, and nothing else" {
  check manifest-agrees "$CANDOR" "$BATS_TEST_TMPDIR"
}
