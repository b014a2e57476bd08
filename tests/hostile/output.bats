# Where the report goes cannot take it: a message, an exit status, nothing half written.
load hostile

setup () {
  begin; keep
  cd "$BATS_TEST_TMPDIR"
}

@test "into a folder that does not exist" {
  bounded audit -o nowhere/report.json --format json "$repo"
  fails_clearly 4
  complains nowhere
  [[ ! -e nowhere ]]
}

@test "into a folder" {
  mkdir folder
  bounded audit -o folder "$repo"
  fails_clearly 4
  [[ -z $(ls -A folder) ]]
}

@test "onto a full disk" {
  [[ -c /dev/full ]] || skip 'no /dev/full'
  run --separate-stderr bash -c '"$CANDOR" audit "$1" >/dev/full' _ "$repo"
  fails_clearly 4
}

@test "a pipe, a device or a link named by -o is written to, not replaced" {
  mkfifo pipe
  timeout 30 cat pipe >read 3>&- &
  bounded audit -o pipe "$repo"
  exits 0
  [[ -p pipe ]] || explain_failure 'the pipe is gone'
  wait
  [[ -s read ]] || explain_failure 'nothing came through the pipe'
  echo old >target; ln -s target link
  bounded audit -o link "$repo"
  exits 0
  [[ -L link && $(cat target) != old ]] || explain_failure 'the link is gone'
}

@test "a limit on file size leaves the old report as it was" {
  mkdir reports
  echo old >reports/report.txt
  run --separate-stderr bash -c 'ulimit -f 1; trap "" XFSZ; "$CANDOR" audit --format json -o reports/report.txt "$1"' _ "$repo"
  exits 4
  [[ $(cat reports/report.txt) == old && $(ls -A reports) == report.txt ]] || explain_failure "left behind: $(ls -A reports)"
}

@test "a reader that goes away" {
  local verb
  for verb in "audit $repo" 'explain data.sources' rubrics 'rubrics --patterns'; do
    run --separate-stderr bash -c 'set -o pipefail; "$CANDOR" $1 | head -n 1' _ "$verb"
    [[ $status -eq 0 || $status -eq 141 ]] || explain_failure "$verb"
    unhurt
  done
}

@test "standard output that is closed" {
  run --separate-stderr bash -c '"$CANDOR" audit "$1" >&-' _ "$repo"
  [[ $status -eq 4 ]] || explain_failure 'expected exit status 4'
  unhurt
}

@test "a cache that cannot be made, read or written, or is damaged" {
  XDG_CACHE_HOME=/dev/null/x bounded audit "$repo"
  exits 0
  own_cache
  bounded audit "$repo"
  exits 0
  local file
  for file in cache/candor/*; do [[ ! -f $file ]] || head -c 100 /dev/urandom >"$file"; done
  bounded audit "$repo"
  exits 0
}

@test "no home, no environment" {
  run --separate-stderr env -i PATH="$PATH" ASAN_OPTIONS="${ASAN_OPTIONS:-}" LSAN_OPTIONS="${LSAN_OPTIONS:-}" "$CANDOR" audit "$repo"
  exits 0
  unhurt
}

@test "the repository is left as it was" {
  local before after
  before=$(find "$repo" -type f -printf '%p %s %T@\n' | sort)
  bounded audit "$repo"
  after=$(find "$repo" -type f -printf '%p %s %T@\n' | sort)
  [[ $before == "$after" ]]
}
