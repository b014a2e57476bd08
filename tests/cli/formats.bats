# What `candor gate` writes for machines, against the schemas of those who read it. The audits are made once.
load candor

setup_file () {
  [[ -d $ROOT/tests/schema/node_modules/ajv ]] || skip 'npm ci --ignore-scripts has not been run in tests/schema'
  cd "$BATS_FILE_TMPDIR"
  bash "$ROOT/tests/repos/open-work.sh" work >/dev/null
  git -C work remote add origin https://github.com/owner/name.git
  "$CANDOR" audit --quiet --format json -o base.json work
  # The change: weights are not linked any more, and the program that the evaluation calls is gone.
  sed -i '/huggingface.co\/lantern-lab\/Lantern-7B/d' work/README.md
  git -C work rm -q src/evaluate.py
  git -C work commit -qam 'Less'
  "$CANDOR" audit --quiet --format json -o now.json work
  cat >policy.yaml <<'END'
policy: everything
name: Everything at once
scores: {total: 100, data: 14}
criteria: [open.weights, data.selection, {probe: weights-said-released, why: readers look for it}]
distillation: {labels: [none], teachers-disclosed: true}
claims: {refused: [not-reproduced], tested: true}
commands: {purposes: [training, evaluation], shown: true}
risks: ["*"]
no-regression: true
exceptions:
  - {rule: score/data, reason: the data is not ours, until: "2030-01-01"}
  - {rule: "claim/*math*", reason: logs are lost, until: "2020-01-01"}
END
  local status=0
  "$CANDOR" gate --quiet --policy policy.yaml --date 2025-06-01 --base base.json --sarif gate.sarif --junit gate.xml --annotations gate.txt --summary gate.md \
    --code-quality quality.json --badge badge.svg -o report.txt now.json || status=$?
  echo "$status" >status
}
setup () {
  [[ -d $ROOT/tests/schema/node_modules/ajv ]] || skip 'npm ci --ignore-scripts has not been run in tests/schema'
  cd "$BATS_FILE_TMPDIR"
}
formats () {
  run --separate-stderr node "$ROOT/tests/schema/formats.mjs" "$@"
  exits 0
}
gate () { # OPTION…
  candor gate --quiet --policy policy.yaml --date 2025-06-01 "$@" -o /dev/null now.json
}

@test "a gate that fails writes all of its files" {
  [[ $(<status) -eq 1 ]]
  local file
  for file in gate.sarif gate.xml gate.txt gate.md quality.json badge.svg report.txt; do [[ -s $file ]]; done
}

@test "SARIF is SARIF, and what code scanning asks for" {
  formats sarif gate.sarif
  output=$(<gate.sarif)
  is_json 'd.runs.length' 1
  is_json 'd.runs[0].versionControlProvenance[0].repositoryUri' https://github.com/owner/name.git
  is_json 'd.runs[0].versionControlProvenance[0].revisionId === d.runs[0].properties.commit' true
  is_json 'd.runs[0].tool.driver.name + d.runs[0].automationDetails.id' Candorcandor/everything/
}

@test "a rule's help says what candor explain says" {
  output=$(<gate.sarif)
  is_json 'd.runs[0].tool.driver.rules.map(r => r.id).filter(i => i.startsWith("criterion/")).join()' criterion/data.selection,criterion/open.weights,criterion/weights-said-released
  local -r rule='d.runs[0].tool.driver.rules.find(r => r.id === "criterion/open.weights")'
  is_json "$rule.shortDescription.text" "Are the trained model's weights linked?"
  is_json "$rule.help.text.includes('Fix: Link the trained weights.') && $rule.help.text.includes('own-weights-link: ')" true
  is_json "$rule.help.markdown.includes('\`own-weights-link\`')" true
  is_json "$rule.helpUri" https://arxiv.org/abs/2411.16489
  is_json "$rule.properties.tags.join()" transparency,open
}

@test "a criterion in SARIF has certainty and points, and tells its state beside the base" {
  output=$(<gate.sarif)
  local -r result='d.runs[0].results.find(r => r.ruleId === "criterion/open.weights")'
  is_json "$result.baselineState + $result.level" newerror
  is_json "$result.properties.points + '/' + $result.properties.of" 0/5
  is_json "$result.properties.certainty > 0 && $result.properties.certainty <= 1" true
  is_json 'd.runs[0].results.find(r => r.ruleId === "criterion/data.selection").baselineState' unchanged
  is_json 'd.runs[0].results.find(r => r.ruleId === "regression/open.weights").locations[0].physicalLocation.region.startLine' 4
}

@test "what an exception excuses is suppressed in SARIF with its reason; one that ran out excuses nothing" {
  output=$(<gate.sarif)
  local -r suppressed='d.runs[0].results.filter(r => r.suppressions.length > 0)'
  is_json "$suppressed.map(r => r.properties.check).join()" score/data
  is_json "$suppressed[0].suppressions[0].kind + ': ' + $suppressed[0].suppressions[0].justification" 'external: excepted until 2030-01-01: the data is not ours'
  is_json 'd.runs[0].results.filter(r => r.message.text.includes("ran out on 2020-01-01: logs are lost")).map(r => r.level).join()' error,error
}

@test "what the base had and the change mended is absent in SARIF" {
  candor gate --quiet --policy policy.yaml --date 2025-06-01 --base now.json --sarif mended.sarif -o /dev/null base.json
  exits 1
  formats sarif mended.sarif
  output=$(<mended.sarif)
  is_json 'd.runs[0].results.filter(r => r.baselineState === "absent").map(r => r.properties.check).includes("criterion/open.weights")' true
  is_json 'd.runs[0].results.filter(r => r.baselineState === "absent").every(r => r.kind === "pass" && r.level === "none")' true
  is_json 'd.runs[0].results.filter(r => r.baselineState === "new").length' 0
}

@test "a command that moved is the same finding" {
  sed 's/"line":\t33/"line":\t133/' now.json >moved.json
  never cmp -s now.json moved.json
  candor gate --quiet --policy policy.yaml --date 2025-06-01 --base now.json --sarif moved.sarif --code-quality moved-quality.json -o /dev/null moved.json
  exits 1
  output=$(<moved.sarif)
  is_json 'd.runs[0].results.filter(r => r.ruleId === "command" && r.locations[0].physicalLocation.region.startLine === 133).map(r => r.baselineState).join()' unchanged
}

@test "files are the same bytes whenever they are written, and name neither time nor machine" {
  candor gate --quiet --policy policy.yaml --date 2025-06-01 --base base.json --sarif again.sarif --junit again.xml --annotations again.txt --code-quality again.json \
    --badge again.svg -o /dev/null now.json
  exits 1
  cmp gate.sarif again.sarif
  cmp gate.xml again.xml
  cmp gate.txt again.txt
  cmp quality.json again.json
  cmp badge.svg again.svg
  never grep -lE "$BATS_FILE_TMPDIR|$(hostname)|20[0-9]{2}-[0-9]{2}-[0-9]{2}T" gate.sarif gate.xml gate.txt gate.md quality.json badge.svg
}

@test "JUnit XML is what schemas/junit.xsd describes, and counts what failed" {
  xmllint --noout --schema "$ROOT/schemas/junit.xsd" gate.xml
  [[ $(xmllint --xpath 'string(/testsuites/@failures)' gate.xml) -eq $(xmllint --xpath 'count(//failure)' gate.xml) ]]
  [[ $(xmllint --xpath 'string(/testsuites/@tests)' gate.xml) -eq $(xmllint --xpath 'count(//testcase)' gate.xml) ]]
  [[ $(xmllint --xpath 'string(//testcase[@name="score/data"]/skipped/@message)' gate.xml) == 'excepted until 2030-01-01: the data is not ours: '* ]]
  [[ $(xmllint --xpath 'string(//testcase[@name="criterion/weights-said-released"]/failure)' gate.xml) == *'Why the policy asks: readers look for it'* ]]
  [[ $(xmllint --xpath 'string(//testcase[@name="command/README.md:33"]/@line)' gate.xml) -eq 33 ]]
}

@test "annotations are workflow commands at file and line, failures first" {
  formats annotations gate.txt
  is_json 'd.map(c => c.command).join().replace(/(error,?)+/, "E").replace(/(warning,?)+/, "W").replace(/(notice,?)+/, "N")' EWN
  is_json 'd.find(c => c.title === "command/README.md:33").file + d.find(c => c.title === "command/README.md:33").line' README.md33
  is_json 'd.find(c => c.title === "command/README.md:33").message.split("\n")[1]' 'Add the file, or correct its path.'
  gate --annotations -
  exits 1
  says '::error file='
}

@test "a summary is added to what the file holds" {
  echo 'before' >kept.md
  gate --summary kept.md
  gate --summary kept.md
  [[ $(head -n 1 kept.md) == before && $(grep -c '^## ❌ Candor: Everything at once failed$' kept.md) -eq 2 ]]
  grep -q '^| `criterion/open.weights` | .* | \[`README.md:8-9`\](https://github.com/owner/name/blob/[0-9a-f]*/README.md?plain=1#L8-L9) | Link the trained weights. |$' gate.md
  grep -q '^- `claim/\*math\*` until 2020-01-01: logs are lost$' gate.md
}

@test "code quality is what GitLab reads, each issue with a fingerprint of its own" {
  formats code-quality quality.json
  output=$(<quality.json)
  is_json 'new Set(d.map(i => i.fingerprint)).size === d.length && d.length > 10' true
  is_json 'd.find(i => i.check_name === "regression/open.weights").severity + d.find(i => i.check_name === "criterion/open.weights").severity' minormajor
}

@test "the badge tells outcome and score, as a picture and as an endpoint" {
  xmllint --noout badge.svg
  [[ $(xmllint --xpath 'string(/*/*[local-name()="title"])' badge.svg) =~ ^candor\ everything:\ [0-9]+\ failed,\ 80/100$ ]]
  gate --badge badge.json
  formats badge badge.json
  output=$(<badge.json)
  is_json 'd.color + d.isError' redtrue
  candor gate --quiet --badge passed.json -o /dev/null now.json
  exits 0
  formats badge passed.json
  output=$(<passed.json)
  is_json 'd.label + ": " + d.message + d.color' 'candor disclosure: passed, 80/100brightgreen'
}

@test "a gate that passes writes files without findings" {
  candor gate --quiet --sarif passed.sarif --junit passed.xml --annotations passed.txt --code-quality passed-quality.json -o /dev/null now.json
  exits 0
  formats sarif passed.sarif
  formats code-quality passed-quality.json
  xmllint --noout --schema "$ROOT/schemas/junit.xsd" passed.xml
  [[ ! -s passed.txt && $(<passed-quality.json) == '[]' ]]
  output=$(<passed.sarif)
  is_json 'd.runs[0].results.length' 0
}

@test "a file that cannot be written is an error that names it, and no finding" {
  candor gate --quiet --sarif "$BATS_TEST_TMPDIR/none/gate.sarif" now.json
  fails_clearly 4
  complains none/gate.sarif
}
