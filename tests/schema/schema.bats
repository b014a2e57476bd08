# Files that the program writes and reads against schemas/. Needs node_modules (`npm ci --ignore-scripts` in this folder).
load ../cli/candor

setup_file () {
  [[ -d $BATS_TEST_DIRNAME/node_modules/ajv ]] || skip 'npm ci --ignore-scripts has not been run in tests/schema'
}
check () {
  run node "$BATS_TEST_DIRNAME/check.mjs" "$@"
  [[ $status -eq 0 ]] || explain_failure "check.mjs $*"
}

@test "audits of every recipe are what audit.schema.json describes" {
  local recipe
  for recipe in open-work opaque-work nested-work declared-work framework commands-work overlapping-work distilled-work; do
    candor audit --format json -o "$BATS_TEST_TMPDIR/$recipe.json" "$(repository "$recipe")"
    exits 0
  done
  candor audit --format json --subdir projects/lamp --rubric code-completeness -o "$BATS_TEST_TMPDIR/subdir.json" "$(repository nested-work)"
  exits 0
  candor audit --format json --scope 'scripts/**' --scope '*.md' --commit HEAD~1 -o "$BATS_TEST_TMPDIR/scope.json" "$(repository open-work)"
  exits 0
  candor audit --format json --history=100 -o "$BATS_TEST_TMPDIR/history.json" "$(repository grown-work)"
  exits 0
  candor audit --format json --history -o "$BATS_TEST_TMPDIR/removed.json" "$(repository taken-away)"
  exits 0
  check audit "$BATS_TEST_TMPDIR"/*.json
}

@test "reproductions, from the tree and by a run, are what reproduction.schema.json describes" {
  local work=$BATS_TEST_TMPDIR/work
  mkdir -p "$work/logs"
  cd "$work"
  git init -q -b main
  printf '# Fernlet\n\n## Results\n\n| Model | AIME 2024 |\n|---|---|\n| Fernlet-7B (ours) | 46.7 |\n' >README.md
  echo '{"results": {"custom|aime24|0": {"extractive_match": 0.4}}, "config_general": {"model_name": "Fernlet-7B"}}' >logs/results_2025-01-01T00-00-00.json
  cat >replication.yaml <<'END'
candor: 1
work: {title: Fernlet}
evaluations:
  - {benchmark: ferns, model: Fernlet-7B, n: 4, metric: accuracy, command: "echo '{\"accuracy\": 75.0}' >metrics.json", results: metrics.json}
  - {benchmark: mosses, metric: accuracy, command: 'false', results: mosses.json}
claims:
  - {model: Fernlet-7B, benchmark: ferns, metric: accuracy, value: 75.0, unit: percent}
END
  git add -A
  git commit -q -m work
  candor reproduce --format json -o "$BATS_TEST_TMPDIR/tree.json"
  exits 0
  candor reproduce --quiet --run --repeat 2 --timing --format json -o "$BATS_TEST_TMPDIR/run.json"
  exits 1
  check reproduction "$BATS_TEST_TMPDIR"/*.json
}

@test "a comparison is what comparison.schema.json describes" {
  cd "$BATS_TEST_TMPDIR"
  printf '{"id": %d, "question": "q%d", "answer": "1", "prediction": "1"}\n' 1 1 2 2 >before.jsonl
  printf '{"id": %d, "question": "q%d", "answer": "1", "prediction": "2"}\n' 1 1 3 3 >after.jsonl
  candor compare --format json -o compared.json before.jsonl after.jsonl
  exits 0
  check comparison compared.json
}

@test "how readers agree is what agreement.schema.json describes" {
  local name answer
  cd "$BATS_TEST_TMPDIR"
  for name in ann:person:yes bea:person:no lamp:model:no; do
    answer=${name##*:}
    printf 'format: candor-assessment/1\nwork: w\nsubdir: ""\ncommit: "%040d"\nrubric: {id: tti, version: "1"}\nassessor: {name: %s, kind: %s}\ndate: "2025-01-02"\nanswers:\n  - {id: open.paper, answer: "%s", reason: r, evidence: [{path: a.md, line: 2}]}\n  - {id: open.weights, answer: "yes"}\n' \
      1 "${name%%:*}" "$(cut -d: -f2 <<<"$name")" "$answer" >"${name%%:*}.yaml"
  done
  candor agreement --format json -o three.json ann.yaml bea.yaml lamp.yaml
  exits 0
  candor agreement --format json -o two.json ann.yaml bea.yaml
  exits 0
  check agreement two.json three.json
}

@test "a difference is what difference.schema.json describes" {
  local work other
  work=$(repository grown-work) other=$(repository distilled-work)
  candor diff --repository "$work" --format json -o "$BATS_TEST_TMPDIR/commits.json" v0.1..v0.2
  exits 0
  candor diff --format json -o "$BATS_TEST_TMPDIR/works.json" "$work" "$other"
  exits 0
  candor audit --rubric code-completeness --format json -o "$BATS_TEST_TMPDIR/other.audit" "$other"
  candor diff --format json -o "$BATS_TEST_TMPDIR/rules.json" "$BATS_TEST_TMPDIR/other.audit" "$other"
  exits 0
  check difference "$BATS_TEST_TMPDIR"/*.json
}

@test "a gate is what gate.schema.json describes, by every shipped policy, with a base and with exceptions" {
  local policy
  cd "$BATS_TEST_TMPDIR"
  candor audit --format json -o work.json "$(repository open-work)"
  candor audit --format json -o other.json "$(repository distilled-work)"
  printf '%s\n' 'policy: house' 'name: House rules' 'criteria: [data.selection, data.synthesis, open.weights]' 'no-regression: true' 'unsettled: warn' 'exceptions:' \
    '  - {rule: "regression/*", reason: r, until: 2025-12-31}' '  - {rule: criterion/data.selection, reason: r, until: 2024-12-31}' >house.yaml
  for policy in disclosure conference strict house.yaml; do
    candor gate --policy "$policy" --date 2025-06-15 --format json -o "$(basename "$policy" .yaml).gate" work.json
    candor gate --policy "$policy" --date 2025-06-15 --base work.json --format json -o "$(basename "$policy" .yaml)-base.gate" other.json
    [[ -s $(basename "$policy" .yaml)-base.gate ]]
  done
  check gate ./*.gate
}

@test "policy.schema.json accepts policies with every key, and refuses what candor validate refuses" {
  local part number=0
  cd "$BATS_TEST_TMPDIR"
  part='{policy: p, name: n, why: w, rubric: tti, scores: {total: 1, data: 2}, criteria: [open.paper, {criterion: open.weights, why: w}, {probe: trains-here}], unsettled: pass,
    distillation: {labels: [none], teachers-disclosed: true, why: w}, claims: {refused: [selected], tested: true, why: w}, commands: {purposes: [training], shown: true, why: w},
    risks: ["*"], no-regression: [label, open.paper], exceptions: [{rule: "criterion/*", reason: r, until: 2025-12-31}, {rule: "*", reason: r, until: 2025-12-31}]}'
  printf '%s\n' "$part" >every.yaml
  printf 'policy: p\nname: n\n' >least.yaml
  candor validate every.yaml least.yaml
  exits 0
  check policy every.yaml least.yaml
  for part in '' 'policy: P p' 'rules: []' 'scores: {}' 'scores: {total: -1}' 'scores: {total: 1.5}' 'scores: [1]' 'criteria: []' 'criteria: open.paper' 'criteria: [{why: w}]' \
    'criteria: [{probe: trains-here, criterion: open.paper}]' 'criteria: [{criterion: open.paper, because: w}]' 'unsettled: maybe' 'distillation: {labels: none}' \
    'distillation: {labels: []}' 'distillation: {labels: [some]}' 'distillation: {teachers-disclosed: perhaps}' 'claims: {refused: [lost]}' 'claims: [selected]' \
    'commands: {shown: true}' 'commands: {purposes: [cooking]}' 'risks: all' 'risks: [rain]' 'no-regression: 3' 'no-regression: []' 'exceptions: {}' \
    'exceptions: [{rule: criterion/open.paper, reason: r}]' 'exceptions: [{rule: criterion/open.paper, reason: "", until: 2025-12-31}]' \
    'exceptions: [{rule: open.paper, reason: r, until: 2025-12-31}]' 'exceptions: [{rule: criterion/open.paper, reason: r, until: 2025-13-31}]' \
    'exceptions: [{rule: criterion/open.paper, reason: r, until: 2025-12-31, by: me}]'; do
    number=$((number + 1))
    if [[ $part == policy:* ]]; then printf 'name: n\n%s\n' "$part" >"bad-$number.yaml"; else printf 'policy: p\n%s\n%s\n' "${part:+name: n}" "$part" >"bad-$number.yaml"; fi
    candor validate "bad-$number.yaml"
    exits 2
  done
  check policy-refused bad-*.yaml
}

@test "a leaderboard, with a failure and an earlier commit, is what leaderboard.schema.json describes" {
  cd "$BATS_TEST_TMPDIR"
  printf 'works:\n  - {name: grown, repository: "%s", commit: %s}\n' "$(repository grown-work)" \
    "$(git -C "$(repository grown-work)" rev-list --max-parents=0 HEAD | tail -1)" >before.yaml
  printf 'title: Two works\nworks:\n  - {name: grown, repository: "%s"}\n  - {name: "=gone", repository: "%s"}\n' "$(repository grown-work)" "$PWD/gone" >list.yaml
  candor leaderboard --quiet --store store.sqlite --out site before.yaml
  exits 0
  candor leaderboard --quiet --store store.sqlite --out site list.yaml
  exits 0
  run node -p 'const d = JSON.parse(require("fs").readFileSync("site/data/leaderboard.json")); `${d.failed} ${d.works[0].earlier.length}`'
  says '1 1'
  check leaderboard site/data/leaderboard.json
}

@test "every rule file is what its schema describes" {
  check rules
}

@test "the example's manifest is what manifest.schema.json describes" {
  check manifest "$ROOT/examples/tiny-replication/replication.yaml"
}

@test "a drafted manifest is what manifest.schema.json describes" {
  local recipe
  for recipe in open-work opaque-work; do
    candor init "$(repository "$recipe")"
    exits 0
    printf '%s\n' "$output" >"$BATS_TEST_TMPDIR/$recipe.yaml"
    check manifest "$BATS_TEST_TMPDIR/$recipe.yaml"
  done
}

@test "manifest.schema.json accepts what candor validate accepts, and nothing else" {
  check manifest-agrees "$CANDOR" "$BATS_TEST_TMPDIR"
}

@test "lists of works: what the schema refuses, candor refuses with a place" {
  check works "$ROOT/reports/works.yaml"
  cd "$BATS_TEST_TMPDIR"
  local entry number=0
  printf 'title: Some\nworks:\n  - {name: a, repository: "https://example.org/a/b", commit: v1.0, subdir: part/two, scope: ["*.md", src], note: n}\n  - {name: b, repository: ../b, commit: 0123456789abcdef0123456789abcdef01234567, scope: docs}\n' >good.yaml
  check works good.yaml
  while IFS= read -r entry; do
    printf 'works:\n  - %s\n' "$entry" >"bad-$((++number)).yaml"
    candor leaderboard --store store.sqlite --out site "bad-$number.yaml"
    fails_clearly 2
    complains "bad-$number.yaml:2:"
  done <<'END'
{name: a}
{repository: a}
{name: "", repository: a}
{name: "a\nb", repository: a}
{name: a, repository: ""}
{name: a, repository: "https://user:word@example.org/a/b"}
{name: a, repository: "https://example.org/a/b?x=y"}
{name: a, repository: b, commit: HEAD~1}
{name: a, repository: b, commit: --all}
{name: a, repository: b, commit: "a b"}
{name: a, repository: b, commit: 0123456789abcdef0123456789abcdef012345678}
{name: a, repository: b, subdir: ../c}
{name: a, repository: b, subdir: /c}
{name: a, repository: b, subdir: .git/c}
{name: a, repository: b, scope: [x, ""]}
{name: a, repository: b, scope: {x: y}}
{name: a, repository: b, colour: red}
END
  check works-refused bad-*.yaml
}
