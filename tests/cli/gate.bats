# `candor gate`: what a policy asks of an audit, what a change takes away from its base, exceptions, and policies that are wrong. Most cases edit the JSON of
# audits that are made once.
load candor

setup_file () {
  local recipe
  for recipe in open-work distilled-work dishonest-work; do
    "$CANDOR" audit --quiet --format json -o "$BATS_FILE_TMPDIR/$recipe.json" "$(repository "$recipe")"
  done
  make_change
}

setup () {
  cd "$BATS_TEST_TMPDIR"
  FILES=$BATS_FILE_TMPDIR
  open=$FILES/open-work.json distilled=$FILES/distilled-work.json dishonest=$FILES/dishonest-work.json
}

# A pull request that takes the teacher's name out of the README, from a main branch that moved on meanwhile.
make_change () {
  local work=$BATS_FILE_TMPDIR/change
  cp -r "$(repository distilled-work)" "$work"
  cd "$work"
  git checkout -q -b change
  sed -i -e 's/ with o1-mini//' -e 's/OpenAI o1-mini (teacher)/A teacher/' -e '/o1-mini/d' README.md
  git commit -q -a -m 'Shorter'
  git checkout -q main
  printf '\n## Weights\n\nThe weights of Anvil-7B: https://huggingface.co/anvil-lab/Anvil-7B\n' >>README.md
  git commit -q -a -m 'Weights'
  git checkout -q change
}

# policy.yaml of these lines after the two that every policy has.
policy () { # LINE…
  printf '%s\n' 'policy: house' 'name: House rules' "$@" >policy.yaml
}
# A copy of an audit, changed by a statement over `d`; v (id) is a verdict.
edit () { # FROM TO STATEMENTS
  node -e 'const fs = require("fs"), d = JSON.parse(fs.readFileSync(process.argv[1], "utf8")), v = id => d.verdicts.find(x => x.id === id);
    eval(process.argv[3]); fs.writeFileSync(process.argv[2], JSON.stringify(d));' "$1" "$2" "$3"
}
gate () { # AUDIT OPTION…
  candor gate --policy policy.yaml --date 2025-06-15 "$@"
  unhurt
}
# Text on standard output, wherever lines are broken.
says () {
  [[ $(tr -s ' \n' ' ' <<<"$output") == *"$1"* ]] || explain_failure "expected in the output: $1"
}
# The outcome of one check in the JSON on standard output.
check_is () { # ID OUTCOME
  is_json "(d.checks.find(c => c.id === '$1') || {}).outcome" "$2"
}
passes () {
  exits 0
  says 'Gate house: passed'
  silent
}
fails () { # ID
  exits 1
  says 'Gate house: failed'
  sed -n '/^Failed/,/^\(In doubt\|Excepted\|Passed\)/p' <<<"$output" | grep -qxF "  $1" || explain_failure "expected to fail: $1"
  silent
}
# The one fault of policy.yaml, by gate and by validate.
refuses () { # LINE:COLUMN TEXT
  local place=$1
  shift
  candor gate --policy policy.yaml "$open"
  fails_clearly 2
  complains "policy.yaml:$place: $1"
  candor validate policy.yaml
  exits 2
  says "policy.yaml:$place: $1"
}

# --- what is asked ---

@test "the least score in all: reached, and missed by a point with the likely range" {
  policy 'scores: {total: 61}'
  edit "$open" audit.json 'd.score.total = 61; d.score.likely = [50, 70]; d.score.unsettled = 3'
  gate audit.json
  passes
  policy 'scores: {total: 62}'
  gate audit.json
  fails score/total
  says 'the score is 61 of 100 points; the policy asks for 62 (likely 50 to 70 once its 3 unsettled'
  says 'Earn 1 point more; nearest to a yes: data.documentation (3)'
}

@test "the least score of a dimension: only its own points count" {
  policy 'scores: {total: 10, data: 4}'
  edit "$open" audit.json 'd.score.dimensions[0].points = 3'
  gate audit.json
  fails score/data
  says 'Data is 3 of 14 points; the policy asks for 4'
  says 'Earn 1 point more; nearest to a yes: data.'
  lacks 'method.ablations ('
  edit "$open" audit.json 'd.score.dimensions[0].points = 4'
  gate audit.json
  passes
}

@test "a criterion that must hold: yes, and a settled no with what would mend it and why it is asked for" {
  policy 'criteria:' '  - {criterion: open.weights, why: "House rule 7"}'
  gate "$open"
  passes
  edit "$open" audit.json 'Object.assign(v("open.weights"), {yes: false, points: 0, certainty: 0.97, settled: true, why: "not found: a link", missing: ["Link the trained weights."]})'
  gate audit.json
  fails criterion/open.weights
  says 'No, with certainty 0.97: not found: a link.'
  says 'mend Link the trained weights.'
  says 'why House rule 7'
  lacks unsettled
}

@test "a no that is not settled fails by default, and its certainty is told" {
  policy 'criteria: [data.selection]'
  edit "$open" audit.json 'Object.assign(v("data.selection"), {certainty: 0.77, settled: false})'
  gate audit.json
  fails criterion/data.selection
  says 'certainty 0.77 (unsettled: a reader may say yes)'
  says 'look at'
}

@test "a no that is not settled warns where the policy says so" {
  policy 'criteria: [data.selection]' 'unsettled: warn'
  edit "$open" audit.json 'Object.assign(v("data.selection"), {certainty: 0.77, settled: false})'
  gate audit.json
  passes
  says '0 failed, 1 warned'
  says 'In doubt'
  says 'certainty 0.77 (unsettled'
}

@test "a no that is not settled passes where the policy says so; a settled one never does" {
  policy 'criteria: [data.selection]' 'unsettled: pass'
  edit "$open" audit.json 'Object.assign(v("data.selection"), {certainty: 0.77, settled: false})'
  gate audit.json
  passes
  says '0 failed, 0 warned'
  edit "$open" audit.json 'Object.assign(v("data.selection"), {certainty: 0.95, settled: true})'
  gate audit.json
  fails criterion/data.selection
}

@test "a probe that must hold: yes, and no with the fix of its rule" {
  policy 'criteria:' '  - {probe: evaluation-runnable, why: "Reproduced"}'
  gate "$open"
  passes
  edit "$open" audit.json 'd.probes.find(p => p.id === "evaluation-runnable").yes = false'
  gate audit.json
  fails criterion/evaluation-runnable
  says 'Is a command that evaluates shown, with the code or the harness that it runs? No.'
  says 'Publish the evaluation code or name the harness'
}

@test "labels of distillation: one that is allowed, and one that is not, with its place and how to mend it" {
  policy 'distillation: {labels: [none, disclosed]}'
  gate "$distilled"
  passes
  gate "$dishonest"
  fails distillation/label
  says 'the label is "undisclosed": evidence of generation with o1-mini'
  says 'The policy allows none, disclosed.'
  says data/make_thoughts.py:10
  says 'Name every model that made training data'
}

@test "the label \"unknown\" that needs a reader passes where it is listed, and else fails with what is to be decided" {
  edit "$distilled" audit.json 'd.distillation.label = "unknown"; d.distillation.reader_needed = true; d.distillation.undecided = {between: ["undisclosed", "none"]}'
  policy 'distillation: {labels: [none, unknown]}'
  gate audit.json
  passes
  policy 'distillation: {labels: [none]}'
  gate audit.json
  fails distillation/label
  says 'a reader has to decide between undisclosed or none'
}

@test "another label that a reader may turn into an allowed one is in doubt" {
  edit "$distilled" audit.json 'd.distillation.label = "partial"; d.distillation.reader_needed = true; d.distillation.undecided = {between: ["partial", "disclosed"]}'
  policy 'distillation: {labels: [disclosed]}'
  gate audit.json
  passes
  says '1 warned'
  says 'a reader has to decide between partial or disclosed'
  policy 'distillation: {labels: [disclosed]}' 'unsettled: fail'
  gate audit.json
  fails distillation/label
}

@test "teachers: a disclosed one passes, one that code shows for certain fails" {
  policy 'distillation: {teachers-disclosed: true}'
  gate "$distilled"
  passes
  gate "$dishonest"
  fails distillation/teacher/o1-mini
  says 'evidence of generation with o1-mini, not mentioned in the documents (confidence high)'
  edit "$distilled" scorer.json 'Object.assign(d.distillation.teachers[0], {disclosure: "code-only", confidence: "high", direct: true, roles: ["verify", "reward"], named: [{path: "README.md", line: 3}]})'
  gate scorer.json
  fails distillation/teacher/o1-mini
  says 'evidence of training rewards scored with o1-mini, not mentioned in the documents but beside results (confidence high)'
}

@test "teachers: one that is not certain is told as a doubt, unless the policy fails doubts" {
  edit "$dishonest" audit.json 'd.distillation.teachers[0].confidence = "medium"'
  policy 'distillation: {teachers-disclosed: true}'
  gate audit.json
  passes
  says '1 warned'
  says 'confidence medium; a reader is needed'
  policy 'distillation: {teachers-disclosed: true}' 'unsettled: fail'
  gate audit.json
  fails distillation/teacher/o1-mini
}

@test "claims: a refused conclusion fails, others and untested figures do not" {
  policy 'claims: {refused: [not-reproduced, selected]}'
  gate "$open"
  passes
  gate "$dishonest"
  exits 1
  says 'claim/'
  says 'the median of'
  says 'Report the median or the mean over all runs'
  edit "$open" audit.json 'd.reproductions[0].conclusion = "not-reproduced"; d.reproductions[0].why = "the log says otherwise"'
  gate audit.json
  fails 'claim/Lantern-7B (ours)/aime-2024/pass@1'
  says 'the log says otherwise'
  says 'Correct the figure, or add the log'
  edit "$open" audit.json 'd.reproductions[0].conclusion = "compatible"'
  gate audit.json
  passes
}

@test "claims: where every one must be tested, one that nothing was set beside fails" {
  policy 'claims: {tested: true}'
  gate "$open"
  fails 'claim/Lantern-7B (ours)/math-500/pass@1'
  says 'nothing in the tree allows it to be tested'
  says '3 failed, 0 warned, 0 excepted, 1 passed'
  edit "$open" audit.json 'd.claims = [d.claims[2]]; d.reproductions[0].claim = 0'
  gate audit.json
  passes
  edit "$open" audit.json 'd.claims = [d.claims[2]]; d.reproductions[0].claim = 0; d.reproductions[0].conclusion = "not-run"'
  gate audit.json
  exits 1
  says 'candor reproduce --run'
}

@test "claims of one name are told apart, the same way each time" {
  policy 'claims: {tested: true}'
  edit "$open" audit.json 'd.claims = [d.claims[3], d.claims[3]]; d.reproductions = []'
  gate --format json audit.json
  exits 1
  is_json 'd.checks.map(c => c.id).join()' 'claim/Lantern-7B (ours)/math-500/pass@1,claim/Lantern-7B (ours)/math-500/pass@1/2'
  edit "$open" audit.json 'd.claims = ["a", "a", "a/2", "a/2", "a"].map(m => ({...d.claims[3], metric: m})); d.reproductions = []'
  gate --format json audit.json
  is_json 'new Set(d.checks.map(c => c.id)).size' 5
}

@test "commands: a broken one of a purpose that is asked for fails, with what is wrong and where" {
  policy 'commands: {purposes: [evaluation]}'
  gate "$open"
  passes
  gate "$dishonest"
  fails command/README.md:20
  says 'the evaluation command names a file that is not there: scripts/run_eval.sh'
  says 'Add the file, or correct its path.'
  policy 'commands: {purposes: [training]}'
  gate "$dishonest"
  passes
}

@test "commands: one of which nothing is known is no broken one" {
  policy 'commands: {purposes: [training]}'
  edit "$open" audit.json 'd.commands.training[0].status = "unknown"'
  gate audit.json
  passes
}

@test "commands: where one must be shown, none fails" {
  policy 'commands: {purposes: [training, evaluation], shown: true}'
  gate "$open"
  passes
  gate "$distilled"
  fails command/evaluation
  says 'no command for evaluation is shown'
  policy 'commands: {purposes: [evaluation]}'
  gate "$distilled"
  passes
}

@test "risks: the named one fails, another does not; \"*\" stands for any" {
  edit "$open" audit.json 'd.risks = [{code: "committed-credential", what: "what looks like a live credential is committed", evidence: [{path: "run.sh", line: 3, end: 3, blob: null, says: null}]}]'
  policy 'risks: [committed-credential]'
  gate audit.json
  fails risk/committed-credential
  says run.sh:3
  says 'Revoke the credential'
  gate "$open"
  passes
  policy 'risks: [instructions-to-a-reader]'
  gate audit.json
  passes
  policy "risks: ['*']"
  gate audit.json
  fails risk/committed-credential
}

@test "a policy that asks for nothing passes, and says that it checked nothing" {
  policy
  gate "$dishonest"
  passes
  says '0 failed, 0 warned, 0 excepted, 0 passed'
}

@test "failures are in the order of the changes that mend them, smallest first" {
  policy 'scores: {total: 99}' 'criteria: [data.selection, data.documentation]' 'distillation: {labels: [none]}'
  edit "$open" audit.json 'v("data.selection").certainty = 0.9; v("data.documentation").certainty = 0.3'
  gate --format json audit.json
  exits 1
  is_json 'd.checks.map(c => c.id).join(" ")' 'distillation/label criterion/data.documentation score/total criterion/data.selection'
  is_json 'd.checks.every((c, i, all) => i === 0 || all[i - 1].effort <= c.effort)' true
}

# --- what a change takes away ---

@test "a criterion that was yes at the base and is settled no now fails, with the place of the base" {
  policy 'no-regression: true'
  edit "$open" audit.json 'Object.assign(v("open.weights"), {yes: false, certainty: 0.97, settled: true})'
  gate --base "$open" audit.json
  fails regression/open.weights
  says 'It was yes at the base (certainty 0.99), and is no now (certainty 0.97)'
  says 'of the base'
  says 'Put back what the base has at'
}

@test "an old gap does not fail, nor does a mended one" {
  policy 'no-regression: true'
  edit "$open" gap.json 'Object.assign(v("open.weights"), {yes: false, certainty: 0.97, settled: true})'
  gate --base gap.json gap.json
  passes
  gate --base gap.json "$open"
  passes
}

@test "without a base nothing is lost" {
  policy 'no-regression: true'
  gate "$open"
  passes
  lacks regression
}

@test "a loss that is not settled warns by default, and follows the policy" {
  edit "$open" audit.json 'Object.assign(v("open.weights"), {yes: false, certainty: 0.6, settled: false})'
  policy 'no-regression: true'
  gate --base "$open" audit.json
  passes
  says '1 warned'
  says 'is no now (certainty 0.60, unsettled: a reader'
  policy 'no-regression: true' 'unsettled: fail'
  gate --base "$open" audit.json
  fails regression/open.weights
  policy 'no-regression: true' 'unsettled: pass'
  gate --base "$open" audit.json
  passes
  says '0 warned'
}

@test "a yes of the base that was less likely than not is a doubtful loss" {
  policy 'no-regression: true'
  edit "$open" base.json 'v("open.weights").certainty = 0.4'
  edit "$open" audit.json 'Object.assign(v("open.weights"), {yes: false, certainty: 0.97, settled: true})'
  gate --base base.json audit.json
  passes
  says '1 warned'
}

@test "audits by different rules are compared, but what seems lost is in doubt" {
  policy 'no-regression: true'
  edit "$open" audit.json 'd.tool.knowledge_sha256 = "0".repeat(64); Object.assign(v("open.weights"), {yes: false, certainty: 0.97, settled: true}); d.provenance.weights = []'
  gate --base "$open" audit.json
  passes
  says '2 warned'
  says 'the two audits were made by different rules'
}

@test "facts that are worse than at the base fail: label, teacher, command, weights, dataset, risk, reproduction" {
  policy 'no-regression: true'
  edit "$distilled" audit.json 'd.distillation.label = "undisclosed"; d.distillation.teachers[0].disclosure = "code-only"; d.distillation.teachers[0].direct = true'
  gate --base "$distilled" audit.json
  fails regression/label/distillation
  says regression/teacher/o1-mini
  says 'was disclosed at the base'
  edit "$open" audit.json 'Object.assign(d.commands.training[0], {status: "broken", problems: [{code: "missing-file", what: "x.sh", path: "README.md", line: 23}]});
    d.provenance.weights = []; d.reproductions[0].conclusion = "not-reproduced";
    d.provenance.datasets = d.provenance.datasets.filter(x => x.role !== "training");
    d.risks = [{code: "committed-credential", what: "w", evidence: [{path: "run.sh", line: 3, end: 3, blob: null, says: null}]}]'
  gate --format json --base "$open" audit.json
  exits 1
  is_json '["command", "weights", "dataset", "risk", "reproduction"].every(k => d.checks.some(c => c.outcome === "failed" && c.id.startsWith("regression/" + k + "/")))' true
  check_is regression/label passed
  check_is regression/criterion passed
  gate --base audit.json audit.json
  passes
}

@test "a teacher who is new and not certain is a doubt, not an accusation" {
  policy 'no-regression: true'
  edit "$distilled" base.json 'd.distillation.teachers = []; d.distillation.label = "none"'
  edit "$distilled" audit.json 'Object.assign(d.distillation.teachers[0], {disclosure: "code-only", direct: false, confidence: "low"}); d.distillation.label = "unknown"; d.distillation.reader_needed = true'
  gate --base base.json audit.json
  passes
  says '2 warned'
  says 'a reader is needed'
}

@test "losses of the kinds and criteria that the policy names, and no others" {
  edit "$open" audit.json 'Object.assign(v("open.weights"), {yes: false, certainty: 0.97, settled: true}); d.provenance.weights = []'
  policy 'no-regression: [label, teacher]'
  gate --base "$open" audit.json
  passes
  policy 'no-regression: [label, open.weights]'
  gate --base "$open" audit.json
  fails regression/open.weights
  lacks regression/weights/
  policy 'no-regression: [weights]'
  gate --base "$open" audit.json
  fails regression/weights/lantern-lab/Lantern-7B
  lacks regression/open.weights
  policy 'no-regression: [criterion]'
  gate --base "$open" audit.json
  fails regression/open.weights
  policy 'no-regression: false'
  gate --base "$open" audit.json
  passes
}

@test "a pull request that takes a disclosure away fails; what others added to main meanwhile is not its loss" {
  candor gate --base main "$FILES/change"
  exits 1
  says 'Gate disclosure: failed'
  says regression/teacher/o1-mini
  lacks 'regression/weights'
  says "base $(git -C "$FILES/change" merge-base main change | head -c 12)"
  silent
}

@test "a file that is renamed takes nothing away, nor does a line that moves" {
  cp -r "$(repository open-work)" renamed
  git -C renamed mv configs/grpo.yaml configs/second-stage.yaml
  sed -i 's#configs/grpo.yaml#configs/second-stage.yaml#' renamed/scripts/train_grpo.sh
  sed -i '1i A first line.\n' renamed/README.md
  git -C renamed commit -q -a -m 'Renamed'
  policy 'no-regression: true'
  candor gate --policy policy.yaml --quiet --base "$open" renamed
  passes
}

@test "a base without a commit in common cannot be read" {
  git clone -q "$(repository open-work)" work
  git -C work checkout -q --orphan other
  git -C work commit -q -m 'Another beginning'
  candor gate --base main work
  fails_clearly 3
  complains "'HEAD' and 'main' have no commit in common"
}

@test "a shallow clone whose history ends before the base says what to fetch" {
  git clone -q --depth 1 --no-single-branch "file://$FILES/change" work
  candor gate --base origin/main work
  fails_clearly 3
  complains 'fetch-depth: 0'
}

@test "a shallow clone without the base's branch says what to fetch" {
  git clone -q --depth 1 "file://$FILES/change" work
  candor gate --base origin/main work
  fails_clearly 3
  complains 'fetch-depth: 0'
}

@test "a base that names no commit cannot be read" {
  candor gate --base nowhere "$(repository open-work)"
  fails_clearly 3
  complains "revision 'nowhere' names no commit"
}

@test "a work that the base has not yet loses nothing" {
  mkdir work
  git -C work init -q -b main
  git -C work commit -q --allow-empty -m 'Empty'
  mkdir work/lamp
  printf '# Lamp\n\nLamp-7B is trained from Qwen/Qwen2.5-7B.\n' >work/lamp/README.md
  git -C work add -A
  git -C work commit -q -m 'Lamp'
  policy 'no-regression: true'
  candor gate --policy policy.yaml --subdir lamp/ --base HEAD~1 work
  exits 0
  complains 'has no lamp/ yet: nothing can be lost'
  lacks regression
}

@test "a base's audit that seems to be of another work is asked about" {
  policy 'no-regression: true'
  edit "$open" other.json 'd.subject.remote = "https://example.org/ann/lamp"'
  edit "$open" audit.json 'd.subject.remote = "https://example.org/bea/lamp"'
  gate --base other.json audit.json
  exits 0
  complains 'is it of this work?'
}

@test "an audit's file has no revisions: its base is a file too" {
  candor gate --base main "$open"
  fails_clearly 2
  complains 'give --base the audit of the base'
}

# --- exceptions ---

exception () { # RULE UNTIL
  policy 'criteria: [open.weights, open.paper]' 'exceptions:' "  - {rule: '$1', reason: Under review until June, until: $2}"
}

@test "an exception excuses up to and including its last day, and is told with its reason" {
  edit "$open" audit.json 'Object.assign(v("open.weights"), {yes: false, certainty: 0.97, settled: true})'
  exception criterion/open.weights 2025-06-15
  gate audit.json
  passes
  says '0 failed, 0 warned, 1 excepted, 1 passed'
  says 'excused until 2025-06-15 (Under review until June)'
}

@test "an exception that has run out excuses nothing, and says so" {
  edit "$open" audit.json 'Object.assign(v("open.weights"), {yes: false, certainty: 0.97, settled: true})'
  exception criterion/open.weights 2025-06-14
  gate audit.json
  fails criterion/open.weights
  says 'the exception ran out on 2025-06-14'
  says 'Exceptions that have run out'
}

@test "an exception that has run out is told where it is not needed, too" {
  exception criterion/open.weights 2025-06-14
  gate "$open"
  passes
  says 'Exceptions that have run out'
  says 'until 2025-06-14: Under review until June'
}

@test "an exception that nothing needs is told" {
  exception criterion/open.weights 2025-06-15
  gate "$open"
  passes
  says 'Exceptions that nothing needs'
  says criterion/open.weights
}

@test "a pattern excuses all that it fits, and nothing else" {
  edit "$open" audit.json 'for (const id of ["open.weights", "open.paper"]) Object.assign(v(id), {yes: false, certainty: 0.97, settled: true})'
  exception 'criterion/open.*' 2025-12-31
  gate --format json audit.json
  exits 0
  is_json 'd.counts.excepted' 2
  is_json 'd.exceptions[0].excuses.length' 2
  exception 'criterion/*.weights' 2025-12-31
  gate --format json audit.json
  exits 1
  check_is criterion/open.weights excepted
  check_is criterion/open.paper failed
}

@test "of two exceptions for one check, the one that still holds decides" {
  edit "$open" audit.json 'Object.assign(v("open.weights"), {yes: false, certainty: 0.97, settled: true})'
  policy 'criteria: [open.weights]' 'exceptions:' '  - {rule: criterion/open.weights, reason: First, until: 2025-01-01}' \
    '  - {rule: criterion/open.weights, reason: Second, until: 2026-01-01}'
  gate --format json audit.json
  exits 0
  is_json 'd.checks[0].exception.reason' Second
  is_json 'd.exceptions.map(e => e.holds).join()' 'false,true'
}

@test "an exception for a command, by file and line, and for a claim" {
  policy 'commands: {purposes: [evaluation]}' 'claims: {refused: [selected, not-run]}' 'exceptions:' \
    '  - {rule: "command/README.md:20", reason: The script follows, until: 2025-12-31}' '  - {rule: "claim/*", reason: Runs follow, until: 2025-12-31}'
  gate "$dishonest"
  passes
  says '3 excepted'
}

@test "without --date, today decides" {
  edit "$open" audit.json 'Object.assign(v("open.weights"), {yes: false, certainty: 0.97, settled: true})'
  exception criterion/open.weights 2025-01-01
  candor gate --policy policy.yaml audit.json
  exits 1
  exception criterion/open.weights 9999-12-31
  candor gate --policy policy.yaml audit.json
  exits 0
  says "on $(date -u +%Y-%m-%d)"
}

# --- wrong policies ---

@test "a key that no policy has, with the nearest" {
  policy 'critera: [open.weights]'
  refuses 3:1 'unknown key "critera"; did you mean "criteria"?'
  policy 'claims: {refuse: [selected]}'
  refuses 3:10 'unknown key "refuse"; did you mean "refused"?'
}

@test "a value of the wrong type" {
  policy 'scores: 70'
  refuses 3:9 '"scores" must be a mapping'
  policy 'scores: {total: many}'
  refuses 3:17 'the least score of "total" must be a whole number from 0 to 100'
  policy 'claims: {tested: perhaps}'
  refuses 3:18 '"tested" must be true or false'
  policy 'criteria: open.weights'
  refuses 3:11 '"criteria" must be a list'
}

@test "a score that cannot be reached" {
  policy 'scores: {data: 15}'
  refuses 3:16 'the least score of "data" must be a whole number from 0 to 14'
}

@test "a criterion, probe, dimension, label or risk that there is not, with the nearest" {
  policy 'criteria: [open.wieghts]'
  refuses 3:12 'unknown criterion "open.wieghts"; did you mean "open.weights"?'
  policy 'criteria:' '  - {probe: evaluation-runable}'
  refuses 4:13 'unknown probe "evaluation-runable"; did you mean "evaluation-runnable"?'
  policy 'scores: {dta: 1}'
  refuses 3:10 'unknown dimension "dta"; did you mean "data"?'
  policy 'distillation: {labels: [none, disclosd]}'
  refuses 3:31 'unknown label "disclosd"; did you mean "disclosed"?'
  policy 'risks: [comitted-credential]'
  refuses 3:9 'unknown risk "comitted-credential"; did you mean "committed-credential"?'
}

@test "a criterion that is asked for twice, and an entry that is criterion and probe at once" {
  policy 'criteria: [open.weights, open.weights]'
  refuses 3:26 '"open.weights" is asked for twice'
  policy 'criteria:' '  - {probe: trains-here, criterion: open.weights}'
  refuses 4:5 'an entry of "criteria" has "criterion" or "probe", and not both'
}

@test "an exception without a reason, or with an empty one" {
  policy 'exceptions:' '  - {rule: criterion/open.weights, until: 2025-12-31}'
  refuses 4:5 'an exception needs "reason"'
  policy 'exceptions:' '  - {rule: criterion/open.weights, until: 2025-12-31, reason: " "}'
  refuses 4:63 '"reason" must be text, and not empty'
}

@test "an exception until a day that there is not" {
  local day
  for day in 2025-02-30 2025-13-01 2025-6-1 soon 20250601; do
    policy 'exceptions:' "  - {rule: criterion/open.weights, reason: r, until: $day}"
    refuses 4:54 "\"until\" is the last day on which the exception holds, written YYYY-MM-DD; \"$day\" is none"
  done
}

@test "an exception for a finding that there can never be, with the nearest" {
  policy 'exceptions:' '  - {rule: criterion/open.wieghts, reason: r, until: 2025-12-31}'
  refuses 4:12 'unknown criterion "open.wieghts"; did you mean "open.weights"?'
  policy 'exceptions:' '  - {rule: criterium/open.weights, reason: r, until: 2025-12-31}'
  refuses 4:12 'unknown family of findings "criterium"; did you mean "criterion"?'
  policy 'exceptions:' '  - {rule: open.weights, reason: r, until: 2025-12-31}'
  refuses 4:12 '"open.weights" is no id of a finding'
  policy 'exceptions:' '  - {rule: "criterion/opne.*", reason: r, until: 2025-12-31}'
  refuses 4:12 'no finding is called "criterion/opne.*"'
}

@test "exceptions for every sort of finding are accepted" {
  policy 'exceptions:'
  local rule
  for rule in score/total score/data criterion/trains-here distillation/label distillation/teacher/o1-mini 'claim/A/b/c' 'command/README.md:20' command/training \
    risk/committed-credential regression/open.weights regression/label/distillation 'regression/command/*' 'regression/*' '*' '*/open.weights'; do
    printf '  - {rule: "%s", reason: r, until: 2025-12-31}\n' "$rule" >>policy.yaml
  done
  candor validate policy.yaml
  exits 0
}

@test "a key that stands twice" {
  policy 'unsettled: warn' 'unsettled: fail'
  candor gate --policy policy.yaml "$open"
  fails_clearly 2
  complains 'policy.yaml:4:1: '
  complains 'unsettled'
}

@test "a file that is no YAML, a list, and an empty one" {
  printf 'policy: [house\nname: x\n' >policy.yaml
  candor gate --policy policy.yaml "$open"
  fails_clearly 2
  complains 'policy.yaml:2:'
  printf -- '- policy\n' >policy.yaml
  candor gate --policy policy.yaml "$open"
  fails_clearly 2
  complains 'policy.yaml:1:1: a policy must be a mapping'
  : >policy.yaml
  candor gate --policy policy.yaml "$open"
  fails_clearly 2
  complains 'a policy needs "policy"'
}

@test "validate tells every fault, in the order of the file" {
  policy 'unsetled: warn' 'criteria: [open.wieghts]' 'exceptions:' '  - {rule: criterion/open.weights, until: never}' 'scores: {total: 101}'
  candor validate policy.yaml
  exits 2
  [[ $(cut -d: -f2,3 <<<"$output" | tr '\n' ' ') == '3:1 4:12 6:5 6:43 7:17 ' ]] || explain_failure 'places'
  complains '5 faults'
}

@test "a policy that is not there, and a name that no policy has" {
  candor gate --policy nowhere.yaml "$open"
  fails_clearly 2
  complains nowhere.yaml
  candor gate --policy strickt "$open"
  fails_clearly 2
  complains 'there is no policy "strickt"; did you mean "strict"?'
}

@test "a policy for a rubric that there is not" {
  policy 'rubric: titi'
  refuses 3:9 'there is no rule file rubrics/titi.yaml'
}

# --- policies, audits and rubrics ---

@test "a policy of another rubric has the work judged by it" {
  policy 'rubric: code-completeness' 'scores: {total: 1, code: 1}' 'criteria: [code.training]'
  candor gate --policy policy.yaml --format json "$(repository open-work)"
  exits 0
  is_json d.subject.rubric.id code-completeness
}

@test "an audit by another rubric has not what the policy asks for" {
  policy 'rubric: code-completeness' 'criteria: [code.training]'
  gate "$open"
  fails_clearly 2
  complains 'the policy asks for the criterion "code.training", and the audit, which is by rubric tti, has none of that name'
}

@test "a policy from a folder of rules, over a shipped one of its name" {
  mkdir -p rules/policies
  printf 'policy: disclosure\nname: Ours\nscores: {total: 100}\n' >rules/policies/disclosure.yaml
  printf 'policy: own\nname: Own\n' >rules/policies/own.yaml
  candor gate --rubrics rules --policy own "$open"
  exits 0
  candor gate --rubrics rules "$open"
  exits 1
  says score/total
}

@test "shipped policies: disclosure fails where a teacher is hidden, and nowhere else" {
  local audit
  for audit in "$open" "$distilled"; do
    candor gate "$audit"
    exits 0
  done
  candor gate "$dishonest"
  exits 1
  says 'Gate disclosure: failed'
  says distillation/teacher/o1-mini
}

@test "shipped policies: conference tells the checklist's item and its source" {
  edit "$open" audit.json 'Object.assign(v("method.compute"), {yes: false, certainty: 0.97, settled: true})'
  candor gate --policy conference audit.json
  exits 1
  says criterion/method.compute
  says 'NeurIPS checklist 8, Experiments Compute Resources'
  says https://neurips.cc/public/guides/PaperChecklist
  candor gate --policy conference "$open"
  exits 0
}

@test "shipped policies: strict fails a good work for what is left, and passes one without gaps" {
  candor gate --policy strict "$open"
  exits 1
  says score/data
  says distillation/label
  edit "$open" audit.json 'd.score.dimensions[0].points = 14; d.distillation.label = "none"; d.claims = [d.claims[2]]; d.reproductions[0].claim = 0'
  candor gate --policy strict audit.json
  exits 0
}

@test "every shipped policy is valid, listed and explained" {
  local name
  candor rubrics
  exits 0
  for name in disclosure conference strict; do
    says "$name "
  done
  for name in disclosure conference strict; do
    candor explain "$name"
    exits 0
    says "rubrics/policies/$name.yaml"
    candor validate "$ROOT/rubrics/policies/$name.yaml"
    exits 0
  done
  candor explain regression
  exits 0
  says "family of a gate's checks"
}

# --- the report ---

@test "JSON is the same each time and from anywhere; -o writes it, and --json beside the text" {
  policy 'scores: {total: 99}' 'criteria: [open.weights, data.selection]' 'no-regression: true'
  gate --format json --base "$distilled" "$open"
  exits 1
  local first=$output
  mkdir elsewhere
  cp policy.yaml "$open" "$distilled" elsewhere
  cd elsewhere
  gate --format json --base distilled-work.json --threads 1 open-work.json
  [[ $output == "$first" ]] || explain_failure 'another report'
  gate --base distilled-work.json --json beside.json -o report.txt open-work.json
  exits 1
  [[ -z $output && $(<beside.json) == "$first" ]] || explain_failure 'another file'
  grep -q '^Gate house: failed' report.txt
  [[ $(<beside.json) != *"$PWD"* ]]
}

@test "a summary is added to what its file holds, which must be readable" {
  policy
  echo before >summary.md
  gate --summary summary.md "$open"
  exits 0
  [[ $(head -n 1 summary.md) == before && $(wc -l <summary.md) -gt 1 ]]
  mkdir folder
  gate --summary folder "$open"
  exits 4
}

@test "JSON counts what it lists, and says what the exit status says" {
  policy 'criteria: [open.weights, data.selection, data.documentation]' 'unsettled: warn'
  gate --format json "$open"
  exits 0
  is_json 'd.outcome' passed
  is_json 'd.schema' candor-gate/1
  is_json 'd.counts.failed + d.counts.warned + d.counts.excepted + d.counts.passed === d.checks.length' true
  is_json '["failed", "warned", "excepted", "passed"].every(o => d.checks.filter(c => c.outcome === o).length === d.counts[o])' true
  is_json 'd.checks.filter(c => c.outcome === "warned").every(c => c.doubtful && c.fix)' true
  is_json 'd.base' null
  is_json 'd.date' 2025-06-15
}

@test "names that attack the reader of a report are spelt out, and long ones are cut" {
  policy 'claims: {tested: true}' 'distillation: {teachers-disclosed: true}'
  edit "$dishonest" audit.json 'd.distillation.teachers[0].model = "\u001b[31mo1\u202e" + "x".repeat(10000); d.claims[0].model = "a\nb\u0007"; d.reproductions = []'
  gate audit.json
  exits 1
  never grep -qP '\x1b|\x07|\x{202E}' <<<"$output"
  ((${#output} < 10000))
  gate --format json audit.json
  exits 1
  is_json 'd.checks.every(c => c.id.length < 250)' true
}

@test "plain text where the output is no terminal" {
  policy 'scores: {total: 99}'
  gate "$open"
  never grep -q $'\e' <<<"$output"
}

@test "what is no audit, no repository, no day and no format" {
  echo '{"schema": "candor-audit/1"}' >broken.json
  candor gate broken.json
  fails_clearly 2
  complains broken.json
  candor gate "$BATS_TEST_TMPDIR/nowhere"
  fails_clearly 3
  candor gate --date 2025-02-30 "$open"
  fails_clearly 2
  complains '--date takes a day'
  candor gate --format xml "$open"
  fails_clearly 2
  complains 'there is no format "xml"'
  candor gate "$open" "$distilled"
  fails_clearly 2
}
