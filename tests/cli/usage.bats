# The command line: verbs, help, exit statuses.
load candor

@test "help lists every verb, on standard output" {
  local verb
  candor help
  exits 0
  silent
  for verb in audit validate init explain rubrics agreement grade upstream; do says "  $verb"; done
}

@test "--help is help, too; no verb prints it on standard error and is wrong usage" {
  candor --help
  exits 0
  says audit
  candor
  exits 2
  complains audit
  [[ -z $output ]]
}

@test "--version prints the version of the Makefile" {
  candor --version
  exits 0
  [[ $output == "candor $(sed -n 's/^VERSION := //p' "$ROOT/Makefile")" ]] || explain_failure 'not the version'
}

@test "every verb has its own help" {
  local verb
  for verb in audit validate init explain rubrics agreement grade upstream; do
    candor "$verb" --help
    exits 0
    says 'Usage:'
  done
}

@test "an unknown verb, an unknown option, a format that is none, one argument too many" {
  candor audti
  fails_clearly 2
  complains audti
  candor audit --frmat json
  fails_clearly 2
  complains frmat
  candor audit --format xml .
  fails_clearly 2
  complains xml
  candor audit . elsewhere
  fails_clearly 2
  complains elsewhere
  candor rubrics tti
  fails_clearly 2
}

@test "a number of threads that is none" {
  local threads
  for threads in -1 100000 many 9999999999999; do
    candor audit --threads "$threads" "$(repository opaque-work)"
    fails_clearly 2
  done
}
