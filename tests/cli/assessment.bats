# Readers' answers: `candor audit --assessment`, `candor validate` of assessments, and what reports say of both.
load candor

# An assessment of the work in the current folder: its head, then answers from standard input.
assess () { # FILE NAME KIND [MORE OF THE ASSESSOR]
  {
    printf 'format: candor-assessment/1\nwork: lantern\ncommit: %s\n' "${COMMIT:-$(git rev-parse HEAD)}"
    printf 'rubric: {id: tti, version: "%s"}\n' "${VERSION:-1}"
    printf 'assessor: {name: "%s", kind: %s%s}\ndate: 2025-03-01\nanswers:\n' "$2" "$3" "${4:+, $4}"
    cat
  } >"$BATS_TEST_TMPDIR/$1"
}
blob () { # REV:PATH
  git rev-parse "$1"
}
verdict () { # ID EXPRESSION EXPECTED: of the verdict v
  is_json "(v => $2)(d.verdicts.find(v => v.id === '$1'))" "$3"
}
schema () { # the output
  [[ -d $ROOT/tests/schema/node_modules/ajv ]] || return 0
  printf '%s\n' "$output" >"$BATS_TEST_TMPDIR/schema.json"
  local faults
  faults=$(node "$ROOT/tests/schema/check.mjs" audit "$BATS_TEST_TMPDIR/schema.json") || explain_failure "$faults"
}

@test "an answer becomes the verdict, and what the rules say stays beside it" {
  cd "$(repository open-work)"
  assess ada.yaml 'Ada Lovelace' person <<END
  - {id: data.sources, answer: "no", reason: "a name is no origin", evidence: [{path: README.md, line: 9, end: 10, blob: $(blob HEAD:README.md)}]}
  - {id: data.synthesis, answer: later}
END
  candor audit --format json
  exits 0
  local total points
  is_json 'd.questions.length' 25
  is_json '"assessments" in d || "rules" in d.verdicts[0] || "assessments" in d.verdicts[0]' false
  total=$(json d.score.total) points=$(json "d.verdicts[0].of")
  verdict data.sources v.yes true
  candor audit --format json --assessment "$BATS_TEST_TMPDIR/ada.yaml"
  exits 0
  silent
  schema
  is_json d.score.total $((total - points))
  verdict data.sources '[v.yes, v.points, v.basis, v.certainty, v.why].join()' 'false,0,assessed,0.956,a name is no origin'
  verdict data.sources 'v.evidence.map(e => e.path + e.line + e.end + e.says).join()' 'README.md910assessed'
  verdict data.sources '[v.rules.yes, v.rules.basis, v.rules.evidence.length > 0].join()' true,inferred,true
  verdict data.sources 'v.assessments.map(a => [a.assessor, a.kind, a.answer, a.carried, a.evidence[0].line].join()).join()' \
    'Ada Lovelace,person,no,same-commit,9'
  verdict data.synthesis '[v.basis !== "assessed", v.assessments[0].answer, v.rules.yes === v.yes].join()' true,later,true
  is_json 'd.questions.includes("data.sources")' false
  is_json 'd.questions.includes("data.synthesis")' true
  is_json 'd.assessments.map(a => [a.assessor, a.kind, a.date, a.commit, a.rubric_version, a.answers, a.used, a.not_used.length].join()).join()' \
    "Ada Lovelace,person,2025-03-01,$(git rev-parse HEAD),1,1,1,0"
  is_json 'd.assessments[0].sha256' "$(sha256sum "$BATS_TEST_TMPDIR/ada.yaml" | cut -d' ' -f1)"
  lacks "$BATS_TEST_TMPDIR"
  lacks ada.yaml
}

@test "readers agree, differ, and are adjudicated; a model never looks like a person" {
  cd "$(repository open-work)"
  assess ada.yaml Ada person <<<'  - {id: data.sources, answer: "no", reason: "first reason"}
  - {id: data.selection, answer: "yes", reason: "shown"}
  - {id: eval.consistency, answer: "yes", reason: "marked"}'
  assess ben.yaml Ben person <<<'  - {id: data.sources, answer: "no", reason: "second reason"}
  - {id: data.selection, answer: "no", reason: "not shown"}
  - {id: eval.consistency, answer: "no", reason: "not marked"}'
  assess carol.yaml Carol adjudication <<<'  - {id: eval.consistency, answer: "yes", reason: "line 43 marks them"}'
  VERSION=0 assess model.yaml 'tiny-reader' model <<<'  - {id: data.documentation, answer: "yes", reason: "because"}
  - {id: data.sources, answer: "no", reason: "third reason"}'
  local -a all=(--assessment "$BATS_TEST_TMPDIR/ada.yaml" --assessment "$BATS_TEST_TMPDIR/ben.yaml"
                --assessment "$BATS_TEST_TMPDIR/carol.yaml" --assessment "$BATS_TEST_TMPDIR/model.yaml")
  candor audit --format json "${all[@]}"
  exits 0
  schema
  verdict data.sources '[v.yes, v.certainty, v.why, v.assessments.length].join()' 'false,0.98,first reason,3'
  verdict data.selection '[v.yes, v.basis, v.certainty < 0.6, v.rules.certainty >= v.certainty].join()' false,absent,true,true
  verdict eval.consistency '[v.yes, v.basis, v.certainty, v.why].join()' 'true,assessed,0.99,line 43 marks them'
  verdict data.documentation '[v.yes, v.basis, v.certainty, v.assessments[0].kind].join()' true,assessed,0.85,model
  is_json 'd.assessments.map(a => a.assessor + a.used + a.rubric_version).join()' Ada31,Ben31,Carol11,tiny-reader20
  local expected=$output
  candor audit --format json --threads 1 "${all[@]}"
  [[ $output == "$expected" ]] || explain_failure 'differs with one thread'
  COLUMNS=200 candor audit "${all[@]}"
  exits 0
  says "Ada and Ben, against the rules' yes: first reason"
  says "the model tiny-reader, against the rules' no: because"
  says 'Carol, adjudicating: line 43 marks them'
  says 'readers differ on data.selection: Ada yes, Ben no'
  says 'the model tiny-reader (never measured against a person), 2025-03-01: 2 answers, 2 used'
  says 'answered by version 0 of the rubric; this audit is by version 1'
  candor audit --format markdown "${all[@]}"
  exits 0
  says '## Assessments'
  says '- Ada, 2025-03-01: 3 answers, 3 used'
  says '- the model tiny-reader (never measured against a person)'
  says '- readers differ on data.selection: Ada yes, Ben no'
}

@test "an author's reply stands beside the verdict and changes nothing" {
  cd "$(repository open-work)"
  assess reply.yaml 'Rita Author' author <<<'  - {id: data.sources, answer: "no", reason: "the set was withdrawn"}
  - {id: eval.consistency, answer: "yes", reason: "see the appendix"}'
  candor audit --format json
  local before
  before=$(json 'JSON.stringify([d.score, d.questions, d.verdicts.map(v => [v.id, v.yes, v.certainty, v.basis, v.why, v.evidence])])')
  candor audit --format json --assessment "$BATS_TEST_TMPDIR/reply.yaml"
  exits 0
  schema
  is_json 'JSON.stringify([d.score, d.questions, d.verdicts.map(v => [v.id, v.yes, v.certainty, v.basis, v.why, v.evidence])])' "$before"
  verdict data.sources 'v.assessments.map(a => [a.assessor, a.kind, a.answer, a.reason].join()).join()' 'Rita Author,author,no,the set was withdrawn'
  is_json 'd.assessments.map(a => [a.kind, a.answers, a.used].join()).join()' author,2,0
  candor audit --assessment "$BATS_TEST_TMPDIR/reply.yaml"
  says 'Rita Author, of the authors, 2025-03-01: 2 answers, which stand'
  says 'data.sources, no: the set was withdrawn'
}

@test "the order of the options is the order of opinions, and of nothing else" {
  cd "$(repository opaque-work)"
  assess ada.yaml Ada person <<<'  - {id: data.sources, answer: "yes", reason: "one"}'
  assess ben.yaml Ben person <<<'  - {id: data.sources, answer: "yes", reason: "two"}'
  candor audit --format json --assessment "$BATS_TEST_TMPDIR/ada.yaml" --assessment "$BATS_TEST_TMPDIR/ben.yaml"
  exits 0
  verdict data.sources '[v.why, v.certainty].join() + v.assessments.map(a => a.assessor).join()' one,0.98Ada,Ben
  local score
  score=$(json 'd.score')
  candor audit --format json --assessment "$BATS_TEST_TMPDIR/ben.yaml" --assessment "$BATS_TEST_TMPDIR/ada.yaml"
  exits 0
  verdict data.sources '[v.why, v.certainty].join() + v.assessments.map(a => a.assessor).join()' two,0.98Ben,Ada
  is_json d.score "$score"
}

@test "at another commit answers hold where what they cite is unchanged" {
  local work=$BATS_TEST_TMPDIR/work
  cp -R "$(repository open-work)" "$work"
  cd "$work"
  COMMIT=$(git rev-parse HEAD)
  local readme sft grpo
  readme=$(blob HEAD:README.md) sft=$(blob HEAD:configs/sft.yaml) grpo=$(blob HEAD:configs/grpo.yaml)
  echo 'One more line.' >>README.md
  git mv configs/sft.yaml first-stage.yaml
  git add -A
  git commit -q -m later
  assess ada.yaml Ada person <<END
  - {id: method.hyperparameters, answer: "no", reason: unchanged, evidence: [{path: configs/grpo.yaml, line: 3, blob: $grpo}]}
  - {id: method.rl, answer: "no", reason: moved, evidence: [{path: configs/sft.yaml, line: 2, blob: $sft}]}
  - {id: data.sources, answer: "no", reason: changed, evidence: [{path: configs/grpo.yaml, line: 3, blob: $grpo}, {path: README.md, line: 9, blob: $readme}]}
  - {id: open.weights, answer: "no", reason: nothing cited}
END
  candor audit --format json --assessment "$BATS_TEST_TMPDIR/ada.yaml"
  exits 0
  schema
  verdict method.hyperparameters '[v.basis, v.why, v.assessments[0].carried, v.evidence[0].path].join()' assessed,unchanged,unchanged,configs/grpo.yaml
  verdict method.rl '[v.basis, v.assessments[0].carried, v.evidence[0].path, v.assessments[0].evidence[0].path].join()' \
    assessed,unchanged,first-stage.yaml,configs/sft.yaml
  verdict data.sources '[v.basis, v.yes, v.assessments[0].carried].join()' inferred,true,changed
  verdict open.weights '[v.yes, v.assessments[0].carried].join()' true,no-evidence
  is_json 'd.assessments.map(a => [a.answers, a.used, a.not_used.map(n => n.id + ":" + n.carried)].join()).join()' \
    4,2,data.sources:changed,open.weights:no-evidence
  COLUMNS=200 candor audit --assessment "$BATS_TEST_TMPDIR/ada.yaml"
  says "Ada, 2025-03-01: 4 answers, 2 used, 2 of them carried over from commit ${COMMIT:0:12}"
  says 'not used, since what they cite is changed or gone: data.sources'
  says 'not used, since they are of another commit and cite nothing to compare: open.weights'
}

@test "an assessment that does not fit is refused before anything is printed" {
  cd "$(repository opaque-work)"
  local file=$BATS_TEST_TMPDIR/ada.yaml
  refused () { # MESSAGE
    candor audit --assessment "$file"
    fails_clearly 2
    complains "$1"
  }
  assess ada.yaml Ada person <<<'  - {id: data.sourcs, answer: "yes"}'
  refused 'ada.yaml:8:10: there is no criterion "data.sourcs"; did you mean "data.sources"?'
  assess ada.yaml Ada person <<<$'  - {id: data.sources, answer: "yes", reason: "\\e[31m"}'
  refused 'ada.yaml:8:47: "reason" holds the control character U+001B'
  rm "$file"
  refused 'ada.yaml: No such file or directory'
  assess ada.yaml Ada person <<<'  - {id: data.sources, answer: "yes"}'
  candor audit --assessment "$file" --assessment "$file"
  fails_clearly 2
  complains 'Ada answers "data.sources" a second time'
  candor audit --rubric code-completeness --assessment "$file"
  fails_clearly 2
  complains 'the answers are to the rubric "tti", not to "code-completeness"'
}

@test "validate knows an assessment by its format or its name, and tells line and column" {
  cd "$(repository opaque-work)"
  assess ada.yaml Ada person <<<'  - {id: data.sources, answer: "yes", evidence: [{path: README.md, line: 3, end: 2}]}'
  cd "$BATS_TEST_TMPDIR"
  candor validate ada.yaml
  exits 2
  says 'ada.yaml:8:'
  says '"end" lies before "line"'
  complains '1 fault'
  sed -i 's/end: 2/end: 4/' ada.yaml
  candor validate ada.yaml
  exits 0
  says 'ada.yaml: valid'
  sed 1d ada.yaml >assessment.yaml
  candor validate assessment.yaml
  exits 2
  says 'assessment.yaml:1:1: "format" is missing'
  candor validate --quiet ada.yaml
  exits 0
  [[ -z $output$stderr ]]
}

@test "assessment.schema.json takes what candor validate takes, and refuses what it refuses" {
  [[ -d $ROOT/tests/schema/node_modules/ajv ]] || skip 'npm ci --ignore-scripts has not been run in tests/schema'
  cd "$(repository opaque-work)"
  local change number=0 good='s/^//'
  assess good.yaml Ada model 'agreement: 0.9' <<END
  - id: data.sources
    answer: "no"
    reason: |-
      several
      lines
    evidence:
      - {path: README.md, line: 1, end: 2, blob: $(blob HEAD:README.md)}
      - {path: README.md, line: 1}
      - {path: README.md}
  - {id: data.selection, answer: later, evidence: []}
END
  cd "$BATS_TEST_TMPDIR"
  candor validate good.yaml
  exits 0
  for change in 's/^format.*/format: candor-assessment\/2/' 's/^work.*//' 's/^commit: ./commit: g/' 's/^rubric.*/rubric: tti/' 's/kind: model/kind: robot/' \
    's/kind: model/kind: person/' 's/name: "Ada"/name: ""/' 's/agreement: 0.9/agreement: 2/' 's/^date.*/date: today/' 's/^answers:/answer:/' 's/answer: "no"/answer: maybe/' \
    's/line: 1,/line: 0,/' 's/line: 1, end/end/' 's/path: README.md}/path: \/README.md}/' 's/path: README.md}/path: a\/..\/b}/' 's/path: README.md}/path: ""}/' \
    's/path: README.md}/paths: README.md}/' 's/path: README.md}/path: .git\/config}/' 's/blob: ./blob: /' 's/id: data.selection, //'; do
    number=$((number + 1))
    sed "$change" good.yaml >"bad-$number.yaml"
    candor validate "bad-$number.yaml"
    [[ $status -eq 2 ]] || explain_failure "accepted after $change"
  done
  run node "$ROOT/tests/schema/check.mjs" assessment good.yaml
  exits 0
  run node "$ROOT/tests/schema/check.mjs" assessment-refused bad-*.yaml
  exits 0
}
