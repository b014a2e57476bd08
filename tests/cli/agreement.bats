# `candor agreement`: readers' assessments side by side, and the adjudication to fill in.
load candor

ONE=1111111111111111111111111111111111111111
TWO=2222222222222222222222222222222222222222

# An assessment NAME.yaml in the current folder. Each answer is CRITERION=ANSWER, with a reason and a place.
assess () { # FILE NAME KIND COMMIT ANSWER…
  local file=$1 name=$2 kind=$3 commit=$4 answer id
  shift 4
  printf 'format: candor-assessment/1\nwork: https://example.org/lamp\nsubdir: ""\ncommit: "%s"\nrubric: {id: tti, version: "1"}\nassessor: {name: %s, kind: %s}\ndate: "2025-01-02"\nanswers:\n' \
    "$commit" "$name" "$kind" >"$file"
  for answer; do
    id=${answer%%=*}
    printf '  - id: %s\n    answer: "%s"\n    reason: %s on %s\n    evidence:\n      - {path: docs/%s.md, line: 3, end: 5}\n' \
      "$id" "${answer#*=}" "$name" "$id" "$name" >>"$file"
  done
}

setup () {
  cd "$BATS_TEST_TMPDIR"
  assess ann.yaml ann person $ONE data.sources=yes data.selection=no method.search=yes open.paper=yes
  assess bea.yaml bea person $ONE data.sources=yes data.selection=no method.search=no open.paper=yes
}

@test "two readers of one work: figures, totals, and who said what" {
  COLUMNS=80 candor agreement ann.yaml bea.yaml
  exits 0
  silent
  says '2 readers, 1 work, 4 questions'
  # 3 of 4 agree; 3/4 * 2/4 + 1/4 * 2/4 = 1/2 of them by chance: (3/4 - 1/2) / (1/2)
  says 'agreement       0.75 [0.30, 0.95]'
  says "Cohen's kappa   0.50 ["
  says '4 of 25'
  says 'Disagreements: 1'
  says 'method.search, 6 points'
  says 'yes  ann on method.search — docs/ann.md:3-5'
  says 'no   bea on method.search — docs/bea.md:3-5'
  lacks 'data.selection'
  [[ $(awk 'length > m { m = length } END { print m }' <<<"$output") -le 80 ]] || explain_failure 'a line is longer than 80 columns'
}

@test "several works: by question, with a model whose agreement is ready to paste" {
  assess ann2.yaml ann person $TWO data.sources=yes method.search=no
  assess model.yaml lamp-7b model $ONE data.sources=yes data.selection=no method.search=no open.paper=yes
  assess model2.yaml lamp-7b model $TWO data.sources=no method.search=no
  candor agreement --format json model2.yaml ann.yaml model.yaml bea.yaml ann2.yaml
  exits 0
  is_json 'd.readers' '[{"name":"ann","kind":"person"},{"name":"bea","kind":"person"},{"name":"lamp-7b (model)","kind":"model"}]'
  is_json 'd.works.map(w => w.commit[0] + w.answered)' '["14,4,4","22,0,2"]'
  is_json 'd.overall.method' fleiss
  is_json 'd.criteria.find(c => c.id == "data.sources").questions' 2
  is_json 'd.criteria.find(c => c.id == "open.weights").kappa' null
  # of ann and bea: 2 of 2, 2, 1 and 2 of 2; of ann alone: 0 and 1 of 1. (1 + 1 + 1/2 + 1 + 0 + 1) / 6
  is_json 'd.models.map(m => [m.reader, m.questions, m.agreement])' '[[2,6,0.75]]'
  is_json 'd.disagreements.map(e => [e.work, e.id])' '[[0,"method.search"],[1,"data.sources"]]'
  is_json 'd.disagreements[1].answers[1].evidence' '[{"path":"docs/lamp-7b.md","line":3,"end":5,"blob":null}]'
  candor agreement model2.yaml ann.yaml model.yaml bea.yaml ann2.yaml
  exits 0
  says "Fleiss' kappa"
  says 'By question'
  grep -qx ' *agreement: 0\.75' <<<"$output" || explain_failure 'no line to paste'
  printf 'assessor: {name: lamp-7b, kind: model,%s}\n' "$(grep -x ' *agreement: 0\.75' <<<"$output")" >pasted
  sed -i -e '/^assessor:/{r pasted' -e 'd}' model.yaml
  candor agreement ann.yaml model.yaml
  exits 0
}

@test "an adjudication: what is agreed stands, the rest is to settle; it is not written over, and enters no figure" {
  candor agreement --adjudicate settled.yaml --assessor 'C. Settler' -o report.txt ann.yaml bea.yaml
  exits 0
  [[ -z $output ]]
  complains 'settled.yaml: 22 of 25 questions are left to settle'
  grep -q "Cohen's kappa" report.txt
  grep -A1 'id: "data.selection"' settled.yaml | grep -q 'answer: "no"' || explain_failure "$(cat settled.yaml)"
  grep -A4 'id: "method.search"' settled.yaml | grep -q 'answer: "later"' || explain_failure "$(cat settled.yaml)"
  grep -q 'ann says yes: ann on method.search' settled.yaml
  grep -q 'bea says no: bea on method.search' settled.yaml
  grep -q 'name: "C. Settler"' settled.yaml
  cp settled.yaml kept.yaml
  candor agreement --adjudicate settled.yaml ann.yaml bea.yaml
  fails_clearly 2
  complains 'settled.yaml is there already'
  cmp settled.yaml kept.yaml
  sed -i 's/answer: "later"/answer: "no"/' settled.yaml
  candor agreement ann.yaml settled.yaml bea.yaml
  exits 0
  says "Cohen's kappa   0.50 ["
  says 'adjudicated  no '
}

@test "an adjudication is of one work" {
  assess bea2.yaml bea person $TWO data.sources=yes
  candor agreement --adjudicate settled.yaml ann.yaml bea.yaml bea2.yaml
  fails_clearly 2
  complains 'of one work'
  [[ ! -e settled.yaml ]]
}

@test "what cannot be compared" {
  candor agreement ann.yaml
  fails_clearly 2
  complains 'two readers or more'
  candor agreement ann.yaml ann.yaml bea.yaml
  fails_clearly 2
  complains "ann's answers"
  assess far.yaml bea person $TWO data.sources=yes
  candor agreement ann.yaml far.yaml
  fails_clearly 2
  complains 'no two readers answered a question of the same commit'
  candor agreement ann.yaml none.yaml
  fails_clearly 2
  complains none.yaml
  sed -i 's/id: tti/id: code-completeness/' bea.yaml
  candor agreement ann.yaml bea.yaml
  fails_clearly 2
  complains 'bea.yaml:5:'
  sed -i 's/id: code-completeness/id: tti/' bea.yaml
  candor agreement --adjudicate settled.yaml --assessor ' ' ann.yaml bea.yaml
  fails_clearly 2
  [[ ! -e settled.yaml ]]
  candor agreement --format xml ann.yaml bea.yaml
  fails_clearly 2
  complains xml
}

@test "what readers wrote cannot steer the terminal" {
  printf 'format: candor-assessment/1\nwork: "https://example.org/\\u202elamp"\ncommit: "%s"\nrubric: {id: tti, version: "1"}\nassessor: {name: "b\\u202ee", kind: person}\ndate: "2025-01-02"\nanswers:\n  - {id: method.search, answer: "no", reason: "a\\u2066b", evidence: [{path: "x\\e[31m"}]}\n' \
    $ONE >hostile.yaml
  candor agreement ann.yaml hostile.yaml
  exits 0
  says 'b\u{202E}e'
  never grep -qP '\x1b|\x{202E}|\x{2066}' <<<"$output"
}

@test "labels and readings become assessments" {
  local repo
  repo=$(repository opaque-work)
  mkdir -p corpus/lamp+work
  ln -s "$repo" corpus/lamp+work/repo
  printf '{"repo": "lamp/work", "commit": "%s", "criteria": {"data.sources": {"yes": true, "why": "named: \\"x\\"", "evidence": ["README.md:1-2", "gone.md:3", "absent: none"]}, "open.paper": {"yes": false, "evidence": []}}}' \
    "$(git -C "$repo" rev-parse HEAD)" >label.json
  printf '{"works": [{"repo": "lamp/work", "commit": "%s", "yes": ["data.sources", "open.paper"]}]}' "$(git -C "$repo" rev-parse HEAD)" >readings.json
  python3 "$ROOT/rubrics/fit/assessments.py" --assessor one --corpus corpus -o first label.json
  python3 "$ROOT/rubrics/fit/assessments.py" --assessor two -o second readings.json
  candor agreement --format json first/lamp+work.yaml second/lamp+work.yaml
  exits 0
  is_json 'd.works[0].answered' '[2,25]'
  is_json 'd.works[0].totals' '[null,7]'
  is_json 'd.disagreements.map(e => e.id)' '["open.paper"]'
  grep -q 'reason: "named: \\"x\\""' first/lamp+work.yaml
  grep -q "blob: \"\?$(git -C "$repo" rev-parse HEAD:README.md)" first/lamp+work.yaml
  never grep -qE 'gone|absent' first/lamp+work.yaml
}
