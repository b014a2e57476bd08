# `kill -9` at any moment of a leaderboard run: the next run ends where an undisturbed one does. By the optimised program, since it is run 200 times.
load hostile
FAST=$(dirname "$CANDOR")/../candor
[[ -x $FAST ]] || FAST=$CANDOR

@test "100 leaderboard runs killed at random moments, each resumed to the same site and store" {
  cd "$BATS_TEST_TMPDIR"
  local i
  for i in 1 2 3 4; do
    git init -q -b main "w$i"
    printf '# Work %d\n\nWe train with learning rate 1e-5 on 8 x A100.\n' "$i" >"w$i/README.md"
    git -C "w$i" add -A
    git -C "w$i" commit -q -m work
  done
  {
    echo 'works:'
    for i in 1 2 3 4; do echo "  - {name: Work $i, repository: $PWD/w$i}"; done
    echo '  - {name: Gone, repository: nowhere}'
  } >works.yaml
  run python3 "$BATS_TEST_DIRNAME/kill.py" "$FAST" works.yaml "${KILLS:-100}"
  [[ $status -eq 0 ]] || explain_failure 'a killed run was not resumed'
}
