# `candor validate`: manifests.
load candor

@test "the example's manifest is valid, by file, by folder, and in the current folder" {
  local example=$ROOT/examples/tiny-replication
  candor validate "$example/replication.yaml"
  exits 0
  says valid
  silent
  candor validate "$example"
  exits 0
  cd "$example"
  candor validate
  exits 0
}

@test "--quiet says nothing about a valid one" {
  candor validate --quiet "$ROOT/examples/tiny-replication"
  exits 0
  [[ -z $output$stderr ]]
}

@test "every fault is told with line and column, in order" {
  printf 'candor: 2\nwork: {licence: MIT}\nclaims:\n  - {model: m, benchmark: b, metric: a, value: high}\nstages:\n  - {name: s, kind: sfft}\n' >"$BATS_TEST_TMPDIR/replication.yaml"
  cd "$BATS_TEST_TMPDIR"
  candor validate replication.yaml
  exits 2
  local faults
  faults=$(grep -o '^[^ ]*replication.yaml:[0-9]*:[0-9]*' <<<"$output" | cut -d: -f2,3 | tr '\n' ' ')
  [[ $faults == '1:9 2:7 2:8 4:48 6:21 ' ]] || explain_failure "places: $faults"
  says 'did you mean "license"'
  says 'work needs "title"'
  says sft
  complains '5 faults'
}

@test "several files: all are checked" {
  printf 'candor: 1\nwork: {title: A}\n' >"$BATS_TEST_TMPDIR/good.yaml"
  printf 'candor: 1\nwork: {}\n' >"$BATS_TEST_TMPDIR/bad.yaml"
  candor validate "$BATS_TEST_TMPDIR/bad.yaml" "$BATS_TEST_TMPDIR/good.yaml"
  exits 2
  says "good.yaml: valid"
}

@test "a folder without a manifest" {
  candor validate "$BATS_TEST_TMPDIR"
  exits 2
  complains replication.yaml
}

@test "an evaluation's fields are mapped by their meanings; an unknown one is told with the nearest" {
  printf 'candor: 1\nwork: {title: A}\nevaluations:\n  - benchmark: b\n    metric: pass@1\n    predictions: out.jsonl\n    grader: math\n    fields: {gold: key, response: said, doc.id: id}\n' \
    >"$BATS_TEST_TMPDIR/bad.yaml"
  candor validate "$BATS_TEST_TMPDIR/bad.yaml"
  exits 2
  says 'bad.yaml:8:' 'unknown key "doc.id" in fields'
  sed -i 's/doc.id: id/predicton: p/' "$BATS_TEST_TMPDIR/bad.yaml"
  candor validate "$BATS_TEST_TMPDIR/bad.yaml"
  exits 2
  says 'did you mean "prediction"'
  sed -i 's/predicton: p/prediction: doc.p/' "$BATS_TEST_TMPDIR/bad.yaml"
  candor validate "$BATS_TEST_TMPDIR/bad.yaml"
  exits 0
}
