#!/usr/bin/env bash
# Runs every test against one build: the unit tests of BUILD/unit, the cases of tests/cli and tests/hostile with BUILD/candor, the schemas.
# A file more at a time than there are cores, since many wait for programs. Prints the output of files in which something failed, then `N passed, M failed` over all cases; quiet otherwise.
# usage: tests/run.sh BUILD [NAME…]   (NAME: only files whose name contains it; slurm: the cases that need a cluster, which are not among the others)
set -euo pipefail
cd "$(dirname "$0")/.."
build=$(realpath "${1:?usage: tests/run.sh BUILD [NAME…]}")
shift

scratch=$(mktemp -d "${TMPDIR:-/tmp}/candor-tests-XXXXXX")
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
mkdir "$scratch"/{home,cache,tmp,out}

# The packages of each package-lock.json, fetched while there is a network; a second run finds them.
for folder in tests/schema tests/browser; do
  if [[ ${1:-} != slurm && ! $folder/node_modules/.package-lock.json -nt $folder/package-lock.json ]]; then
    (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --silent) >&2
  fi
done

# What the program and git are told about the machine: nothing of it. The cache is shared, so that rules are compiled once.
export HOME=$scratch/home XDG_CACHE_HOME=$scratch/cache TMPDIR=$scratch/tmp LC_ALL=C.UTF-8 TZ=UTC
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0
# Whoever asks for the network gets a closed door, loopback aside.
export http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 no_proxy=localhost,127.0.0.1,::1
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:allocator_may_return_null=0
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export LSAN_OPTIONS=suppressions=$PWD/tests/lsan.supp:print_suppressions=0
export CANDOR=$build/candor CANDOR_ROOT=$PWD
unset CANDOR_CORPUS NO_COLOR COLUMNS GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
export build scratch

# One file of tests; leaves out/NAME.log and, in out/NAME.count, the cases passed, failed and skipped.
run_one () {
  local file=$1 name log status=0 passed failed skipped
  name=${file#"$build"/} name=${name#tests/} name=${name//\//.}
  log=$scratch/out/$name.log
  count () { grep -cE "$1" "$log" || true; }
  total () { sed -nE "s/^\[  $1 *\] ([0-9]+) test.*/\1/p" "$log" | awk '{ n += $1 } END { print n + 0 }'; }
  case $file in
    *.bats)
      timeout 900 bats --tap "$file" >"$log" 2>&1 </dev/null || status=$?
      skipped=$(count '^ok [0-9]+ .* # skip') passed=$(($(count '^ok ') - skipped)) failed=$(count '^not ok ') ;;
    *)
      timeout 300 "$file" >"$log" 2>&1 </dev/null || status=$?
      passed=$(total PASSED) failed=$(total FAILED) skipped=$(total SKIPPED) ;;
  esac
  # A crash, a leak found at the end and a file without cases are failures too.
  if ((failed == 0)) && ((status != 0 || passed + skipped == 0)); then failed=1; fi
  if ((status == 124)); then echo 'took too long' >>"$log"; fi
  echo "$passed $failed $skipped" >"$scratch/out/$name.count"
  if ((failed > 0)); then
    case $file in # passed cases are of no interest
      *.bats) { echo "FAILED: $file (exit status $status)"; grep -vE '^(ok |1\.\.)' "$log"; echo; } >"$scratch/out/$name.shown" ;;
      *) { echo "FAILED: $file (exit status $status)"; grep -vE '^\[ (RUN|      OK) ' "$log"; echo; } >"$scratch/out/$name.shown" ;;
    esac
    flock "$scratch/lock" cat "$scratch/out/$name.shown"
  fi
}
export -f run_one

# Files that take long first, so that none of them is alone at the end.
list () {
  local file name
  if [[ ${1:-} == slurm ]]; then
    echo tests/slurm/slurm.bats
    return
  fi
  { ls -S tests/hostile/*.bats tests/browser/*.bats tests/schema/*.bats tests/cli/*.bats "$build"/unit/test-* 2>/dev/null || true; } | grep -v '\.[do]$' | {
    while IFS= read -r file; do
      [[ $# -gt 0 ]] || echo "$file"
      for name; do
        [[ ${file##*/} != *$name* ]] || { echo "$file"; break; }
      done
    done
  } | awk '{ print (/hostile/ ? 0 : /schema|browser/ ? 1 : /\.bats$/ ? 2 : 3) "\t" $0 }' | sort -s -n -k1,1 | cut -f2
}

# Under the sanitizers compiling takes half a minute: once for all.
[[ ! -x $CANDOR ]] || "$CANDOR" rubrics >/dev/null 2>&1 || true
list "$@" | xargs -r -d '\n' -P $(($(nproc) + 1)) -n 1 bash -c 'run_one "$1"' run_one
cat "$scratch"/out/*.count 2>/dev/null | awk '
  { passed += $1; failed += $2; skipped += $3 }
  END {
    printf "%d passed, %d failed", passed, failed
    if (skipped > 0) printf ", %d skipped", skipped
    printf "\n"
    exit failed > 0 || passed == 0
  }'
