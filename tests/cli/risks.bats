# Risks of a work: values in the form of credentials, and words to whoever judges it. The recipe tells what is one (under told/) and what is none.
load candor

setup_file () {
  export AUDIT=$BATS_FILE_TMPDIR/audit.json
  candor audit --format json -o "$AUDIT" "$(repository speaking-work)"
}
setup () {
  output=$(<"$AUDIT")
}
places_of () { # CODE
  json "(d.risks.find (r => r.code === '$1') || {evidence: []}).evidence.map (p => p.path + ':' + p.line).join (' ')"
}

@test "words to whoever judges this work are risks, open or hidden, in data too; words of its own tasks, data and documentation are none" {
  [[ $(places_of instructions-to-a-reader) == 'told/comment.py:1 told/corpus.jsonl:2 told/hidden.md:3 told/persona.md:1 told/prompts.txt:1 told/prose.md:1 told/score.md:1 told/template.md:1 told/unseen.md:1' ]] ||
    explain_failure "$(places_of instructions-to-a-reader)"
}

@test "issued keys are risks; samples to fill in, keys of tests, passwords of this machine and names are none" {
  [[ $(places_of committed-credential) == 'told/keyed.sh:1 told/server.pem:1 told/store.txt:1' ]] || explain_failure "$(places_of committed-credential)"
}

@test "a report says no more of a risk than is known" {
  lacks 'live credential'
  says 'whether it still works was not tried'
  says 'reads as an instruction to whoever judges this work'
}
