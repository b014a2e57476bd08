# What the cases say: `candor` runs the program and keeps $status, $output and $stderr; the rest asserts on them.
# Under tests/run.sh CANDOR and the environment are set; a single file runs alone as `CANDOR=build/candor bats FILE`.
bats_require_minimum_version 1.5.0
ROOT=${CANDOR_ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
export CANDOR; CANDOR=$(realpath "${CANDOR:-$ROOT/build/candor}")
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME='A. Author' GIT_AUTHOR_EMAIL=author@example.org GIT_AUTHOR_DATE='1704067200 +0000'
export GIT_COMMITTER_NAME='C. Committer' GIT_COMMITTER_EMAIL=committer@example.org GIT_COMMITTER_DATE='1704067200 +0000'

candor () {
  run --separate-stderr timeout "${CANDOR_SECONDS:-120}" "$CANDOR" "$@"
}

# The recipe's repository, made once a file of cases.
repository () { # RECIPE
  local made=$BATS_FILE_TMPDIR/repositories/$1
  [[ -d $made ]] || bash "$ROOT/tests/repos/$1.sh" "$made" >/dev/null
  echo "$made"
}

# A command that must fail: a case does not end at `! COMMAND`.
never () {
  if "$@"; then return 1; fi
}
explain_failure () {
  printf '%s\n' "$1" "exit status: ${status:-}" '--- output:' "${output:0:3000}" '--- diagnostics:' "${stderr:0:6000}"
  return 1
}
exits () { # STATUS
  [[ $status -eq $1 ]] || explain_failure "expected exit status $1"
}
says () { # TEXT on standard output
  [[ $output == *"$1"* ]] || explain_failure "expected in the output: $1"
}
lacks () {
  [[ $output != *"$1"* ]] || explain_failure "not expected in the output: $1"
}
complains () { # TEXT on standard error
  [[ $stderr == *"$1"* ]] || explain_failure "expected in the diagnostics: $1"
}
silent () { # nothing on standard error
  [[ -z $stderr ]] || explain_failure 'expected no diagnostics'
}
# One line of diagnosis, without a trace of a sanitizer or an assertion of GLib.
fails_clearly () { # STATUS
  exits "$1"
  [[ -n $stderr && -z $output ]] || explain_failure 'expected a message on standard error and nothing on standard output'
  unhurt
  [[ $stderr == candor:* ]] || explain_failure 'expected a message that begins with the program'\''s name'
}
unhurt () {
  ! grep -qE 'Sanitizer|runtime error:|CRITICAL \*\*|WARNING \*\*|ERROR:|Segmentation' <<<"$stderr" || explain_failure 'the program is hurt'
}
# A value of the JSON on standard output: `json 'd.score.total'`.
json () {
  node -e 'const d = JSON.parse(require("fs").readFileSync(0, "utf8")); const v = eval(process.argv[1]); console.log(typeof v === "string" ? v : JSON.stringify(v));' "$1" <<<"$output"
}
is_json () { # EXPRESSION EXPECTED
  local got
  got=$(json "$1") || explain_failure 'the output is no JSON'
  [[ $got == "$2" ]] || explain_failure "$1 is $got instead of $2"
}
