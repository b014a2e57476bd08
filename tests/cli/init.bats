# `candor init`: a draft that is valid and comes from the repository.
load candor

@test "a draft is valid and holds what the work says" {
  candor init "$(repository open-work)"
  exits 0
  says 'candor: 1'
  says Qwen2.5-7B
  says 'README.md:'
  printf '%s\n' "$output" >"$BATS_TEST_TMPDIR/replication.yaml"
  candor validate "$BATS_TEST_TMPDIR/replication.yaml"
  exits 0
}

@test "a draft of a work that says nothing is valid, too" {
  candor init "$(repository opaque-work)"
  exits 0
  printf '%s\n' "$output" >"$BATS_TEST_TMPDIR/replication.yaml"
  candor validate "$BATS_TEST_TMPDIR/replication.yaml"
  exits 0
}

@test "-o never overwrites" {
  candor init -o "$BATS_TEST_TMPDIR/replication.yaml" "$(repository open-work)"
  exits 0
  [[ -s $BATS_TEST_TMPDIR/replication.yaml ]]
  candor init -o "$BATS_TEST_TMPDIR/replication.yaml" "$(repository open-work)"
  fails_clearly 2
  complains replication.yaml
}

@test "names that need quoting come out quoted" {
  local repository=$BATS_TEST_TMPDIR/odd
  git init -q -b main "$repository"
  printf '# "Odd": a {work} - with *every* #mark\n\nWe fine-tune [a: b](https://huggingface.co/Qwen/Qwen2.5-7B) on data.\n' >"$repository/README.md"
  git -C "$repository" add -A
  git -C "$repository" commit -q -m odd
  candor init "$repository"
  exits 0
  printf '%s\n' "$output" >"$BATS_TEST_TMPDIR/replication.yaml"
  candor validate "$BATS_TEST_TMPDIR/replication.yaml"
  exits 0
}
