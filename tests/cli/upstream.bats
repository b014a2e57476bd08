# `candor upstream build`: a table of frameworks' blobs from their histories, and an audit that knows them by it.
load candor

build_table () { # DIR
  local framework
  mkdir -p "$1"
  framework=$(repository framework)
  cat >"$BATS_TEST_TMPDIR/list.yaml" <<END
version: 1
repositories:
  - {id: frame, repository: "file://$framework", names: [frame]}
END
  candor upstream build "$BATS_TEST_TMPDIR/list.yaml" -o "$1"
}

@test "a table is built, the same every time" {
  build_table "$BATS_TEST_TMPDIR/one"
  exits 0
  build_table "$BATS_TEST_TMPDIR/two"
  diff -r "$BATS_TEST_TMPDIR/one" "$BATS_TEST_TMPDIR/two"
  [[ $(ls "$BATS_TEST_TMPDIR/one") == $'blobs.bin\npaths.bin\nupstream.yaml' ]] || explain_failure "$(ls "$BATS_TEST_TMPDIR/one")"
}

@test "an audit with the table sets the framework's files apart by their blobs" {
  build_table "$BATS_TEST_TMPDIR/rules/knowledge/upstream"
  exits 0
  candor audit --format json --rubrics "$BATS_TEST_TMPDIR/rules" "$(repository framework)-copy"
  exits 0
  is_json 'd.vendored.map (v => [v.path, v.of, v.by])' '[["frame","frame","blob-ids"]]'
}

@test "wrong usage, a list that is missing or wrong" {
  candor upstream
  fails_clearly 2
  candor upstream build nowhere.yaml -o "$BATS_TEST_TMPDIR/out"
  fails_clearly 2
  complains nowhere.yaml
  printf 'version: 1\nrepositories:\n  - {id: x, repositry: y}\n' >"$BATS_TEST_TMPDIR/list.yaml"
  candor upstream build "$BATS_TEST_TMPDIR/list.yaml" -o "$BATS_TEST_TMPDIR/out"
  fails_clearly 2
  complains list.yaml:3:
}
