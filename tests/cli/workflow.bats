# The files of examples/ci: valid for those who read them, and carried out in the situation that they are for, as far as a machine without their hosts can.
load candor

CI=$ROOT/examples/ci
export GIT_AUTHOR_DATE='1752000000 +0000' GIT_COMMITTER_DATE='1752000000 +0000' # after the work's release, and the teacher's

setup_file () {
  [[ -d $ROOT/tests/schema/node_modules/yaml ]] || skip 'npm ci --ignore-scripts has not been run in tests/schema'
  # A work that discloses its teacher, as a forge has it, and two changes to it.
  local origin=$BATS_FILE_TMPDIR/origin
  bash "$ROOT/tests/repos/distilled-work.sh" "$origin" >/dev/null
  cd "$origin"
  git checkout -q -b harmless
  echo 'We thank our colleagues.' >>README.md
  git commit -qam 'Thanks'
  git checkout -q -b taking-back main
  sed -i 's/with o1-mini, one/with a stronger model, one/; s/OpenAI o1-mini (teacher)/OpenAI o1-mini/' README.md
  git commit -qam 'Shorter'
  git checkout -q main
  # What the workflow installs: a repository whose Makefile has the goals of Candor's.
  mkdir "$BATS_FILE_TMPDIR/stub"
  printf 'deps:\n\t@:\ninstall:\n\t@install -D "$(CANDOR)" "$(PREFIX)/bin/candor"\n' >"$BATS_FILE_TMPDIR/stub/Makefile"
}
setup () {
  [[ -d $ROOT/tests/schema/node_modules/yaml ]] || skip 'npm ci --ignore-scripts has not been run in tests/schema'
}
formats () {
  run --separate-stderr node "$ROOT/tests/schema/formats.mjs" "$@"
  exits 0
}
# A clone in which the change is merged into main, as the checkout of a pull request is.
pull_request () { # BRANCH DIR
  git clone -q "$BATS_FILE_TMPDIR/origin" "$2"
  cd "$2"
  git checkout -q --detach origin/main
  git merge -q --no-ff -m 'Merge of the pull request' "origin/$1"
}
# The workflow's job for a pull request from a branch.
run_workflow () { # BRANCH
  work=$BATS_TEST_TMPDIR/work temp=$BATS_TEST_TMPDIR/temp
  pull_request "$1" "$work"
  cp -R "$BATS_FILE_TMPDIR/stub" "$work/.candor"
  mkdir "$temp"
  echo '{"github": {"base_ref": "main", "event": {"pull_request": {"head": {"repo": {"fork": false}}}}}, "vars": {"CANDOR_REPOSITORY": "owner/candor", "CANDOR_REF": "v1"}}' \
    >"$BATS_TEST_TMPDIR/contexts.json"
  run --separate-stderr node "$ROOT/tests/schema/workflow.mjs" "$CI/github-actions.yml" gate "$BATS_TEST_TMPDIR/contexts.json" "$work" "$temp"
}
step () { # NUMBER EXPRESSION
  sed -n "$1p" <<<"$output" | node -e 'const s = JSON.parse(require("fs").readFileSync(0, "utf8")); console.log(eval(process.argv[1]));' "$2"
}

@test "the GitHub workflow is one by the workflow schema" {
  formats workflow "$CI/github-actions.yml"
  sed 's/runs-on:/runs-at:/' "$CI/github-actions.yml" >"$BATS_TEST_TMPDIR/broken.yml"
  never node "$ROOT/tests/schema/formats.mjs" workflow "$BATS_TEST_TMPDIR/broken.yml"
}

@test "the GitHub workflow passes a pull request that takes nothing away" {
  run_workflow harmless
  exits 0
  [[ $(step 3 's.outcome') == success && $(step 4 's.outcome') == success ]] || explain_failure 'a step failed'
  [[ $(step 5 's.uses + " " + s.there') == 'github/codeql-action/upload-sarif@v3 true' ]]
  formats sarif "$temp/candor.sarif"
  grep -q '✅ Candor: Teachers are disclosed passed' "$temp/github-step_summary"
  [[ ! -s $temp/annotations ]]
  formats badge "$temp/candor.json"
}

@test "the GitHub workflow fails a pull request that takes a disclosure back, at its line" {
  run_workflow taking-back
  exits 1
  [[ $(step 4 's.outcome + s.status') == failure1 ]] || explain_failure 'the gate was to fail'
  [[ $(step 5 's.outcome + s.there') == successtrue ]] || explain_failure 'SARIF was to be uploaded all the same'
  says '::error file=README.md,line=7,title=regression/teacher/o1-mini::'
  says '::stop-commands::'
  formats annotations "$temp/annotations"
  is_json 'd.filter(c => c.command === "error" && c.file === "README.md" && c.line === "7").length >= 1' true
  formats sarif "$temp/candor.sarif"
  output=$(<"$temp/candor.sarif")
  is_json 'd.runs[0].results.filter(r => r.baselineState === "new" && r.level === "error").length >= 2' true
  is_json 'd.runs[0].results.some(r => r.suppressions.length > 0 || r.baselineState === "absent")' false
  grep -q '❌ Candor: Teachers are disclosed failed' "$temp/github-step_summary"
  grep -q '| `regression/teacher/o1-mini` |' "$temp/github-step_summary"
}

@test "the GitHub workflow fails without anything to show where there is nothing to audit" {
  work=$BATS_TEST_TMPDIR/work temp=$BATS_TEST_TMPDIR/temp
  mkdir "$work" "$temp"
  cp -R "$BATS_FILE_TMPDIR/stub" "$work/.candor"
  echo '{"github": {"base_ref": "main"}, "vars": {}}' >"$BATS_TEST_TMPDIR/contexts.json"
  run --separate-stderr node "$ROOT/tests/schema/workflow.mjs" "$CI/github-actions.yml" gate "$BATS_TEST_TMPDIR/contexts.json" "$work" "$temp"
  exits 1
  [[ $(step 4 's.outcome + s.status') == failure3 && $(step 5 's.outcome') == skipped ]] || explain_failure 'status 3 was expected'
}

@test "the GitLab job is one by GitLab's schema, and fails a merge request that takes a disclosure back" {
  formats gitlab "$CI/gitlab-ci.yml"
  sed 's/codequality:/codequalities:/' "$CI/gitlab-ci.yml" >"$BATS_TEST_TMPDIR/broken.yml"
  never node "$ROOT/tests/schema/formats.mjs" gitlab "$BATS_TEST_TMPDIR/broken.yml"
  pull_request taking-back "$BATS_TEST_TMPDIR/work"
  cd "$ROOT/tests/schema"
  node -e 'const y = require("yaml"); console.log(y.parse(require("fs").readFileSync(process.argv[1], "utf8")).candor.script.join("\n"));' "$CI/gitlab-ci.yml" \
    >"$BATS_TEST_TMPDIR/script.sh"
  cd "$BATS_TEST_TMPDIR/work"
  mkdir "$BATS_TEST_TMPDIR/bin"
  ln -s "$CANDOR" "$BATS_TEST_TMPDIR/bin/candor"
  PATH=$BATS_TEST_TMPDIR/bin:$PATH POLICY=disclosure CI_MERGE_REQUEST_DIFF_BASE_SHA=$(git rev-parse origin/main) run sh -e "$BATS_TEST_TMPDIR/script.sh"
  exits 1
  formats code-quality candor-code-quality.json
  output=$(<candor-code-quality.json)
  is_json 'd.some(i => i.check_name.startsWith("regression") && i.severity === "critical" && i.location.path === "README.md" && i.location.lines.begin === 7)' true
  xmllint --noout --schema "$ROOT/schemas/junit.xsd" candor-junit.xml
  xmllint --noout candor.svg
}

@test "the hooks have keys that pre-commit knows, the same in both files, and do what they say" {
  formats hooks "$CI/pre-commit-hooks.yaml"
  formats hooks-config "$CI/pre-commit-config.yaml"
  cd "$ROOT/tests/schema"
  run node -e '
    const y = require("yaml"), fs = require("fs"), read = f => y.parse(fs.readFileSync(f, "utf8"));
    const hooks = read(process.argv[1]);
    require("assert").deepStrictEqual(read(process.argv[2]).repos[0].hooks, hooks);
    console.log(hooks.map(h => h.entry).join("\n"));' "$CI/pre-commit-hooks.yaml" "$CI/pre-commit-config.yaml"
  exits 0
  local validate=${lines[0]} gate=${lines[1]}
  [[ $validate == 'candor '* && $gate == 'candor '* ]]
  git clone -q "$BATS_FILE_TMPDIR/origin" "$BATS_TEST_TMPDIR/work"
  cd "$BATS_TEST_TMPDIR/work"
  git checkout -q taking-back
  candor ${gate#candor }
  exits 1
  printf 'candor: 1\nwork: {title: Anvil}\nbogus: 1\n' >replication.yaml
  candor ${validate#candor } replication.yaml
  exits 2
  says 'bogus'
}

@test "packages that the Containerfile installs exist, and it builds by goals of the Makefile" {
  local package file=$CI/Containerfile
  [[ $(grep -cE '^FROM debian:' "$file") -eq 2 ]]
  grep -q '^COPY --from=build /out/ /$' "$file"
  # Continued lines joined, one instruction a line, each of a known kind.
  sed -e ':a' -e '/\\$/{N;s/\\\n//;ba' -e '}' "$file" | grep -vE '^(#|$)' >"$BATS_TEST_TMPDIR/instructions"
  never grep -vE '^(FROM|RUN|COPY|WORKDIR|CMD) ' "$BATS_TEST_TMPDIR/instructions"
  sed -n 's/.*--no-install-recommends \(.*\) && rm.*/\1/p' "$BATS_TEST_TMPDIR/instructions" >"$BATS_TEST_TMPDIR/packages"
  [[ $(wc -l <"$BATS_TEST_TMPDIR/packages") -eq 2 ]]
  for package in $(<"$BATS_TEST_TMPDIR/packages"); do
    apt-cache show "$package" >/dev/null 2>&1 || dpkg -s "$package" >/dev/null || explain_failure "no package $package"
  done
  cd "$ROOT"
  make -n deps >/dev/null
  grep -qE '^install:' Makefile
}
