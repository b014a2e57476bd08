# Claimed figures beside those that logs and predictions of the tree yield, and the arithmetic of claims.
load candor

work () { # a work with a README of one results table; further rows by `claim`
  mkdir -p "$BATS_TEST_TMPDIR/work"
  cd "$BATS_TEST_TMPDIR/work"
  git init -q -b main
  printf '# Fernlet: a small reasoning model\n\nWe release Fernlet-7B, trained by reinforcement learning.\n\n## Results\n\n%s\n\n' "${1:-We report accuracy.}" >README.md
  printf '| Model | %s |\n|---|---|\n' "${2:-AIME 2024}" >>README.md
}
claim () { # MODEL VALUE
  echo "| $1 | $2 |" >>README.md
}
committed () {
  git add -A
  git commit -q -m work
}
log_run () { # NUMBER MODEL RIGHT: what lighteval writes of one run on AIME 2024
  local share
  share=$(awk -v right="$3" 'BEGIN { printf "%.16g", right / 30 }')
  mkdir -p "logs/run-$1/results/$2"
  cat >"logs/run-$1/results/$2/results_2025-01-0$(($1 % 9 + 1))T00-00-00.json" <<LOG
{
  "config_general": {"model_name": "$2", "max_samples": null},
  "results": {
    "custom|aime24|0": {"extractive_match": $share, "extractive_match_stderr": 0.08},
    "all": {"extractive_match": $share, "extractive_match_stderr": 0.08}
  }
}
LOG
}
conclusions () {
  json 'd.reproductions.filter (r => r.claim !== null).map (r => r.conclusion).join ()'
}

@test "a figure that a log gives again is reproduced, with its interval and place" {
  work
  claim 'Fernlet-7B (ours)' 46.7
  log_run 1 org/Fernlet-7B 14
  committed
  candor audit --format json
  exits 0
  is_json 'd.reproductions.map (r => [d.claims[r.claim].value, r.by, r.value, r.n, r.runs, r.conclusion].join ("/")).join ()' 46.7/log/46.6667/30/1/reproduced
  is_json 'd.reproductions[0].interval.map (x => x.toFixed (1)).join ()' 30.2,63.9
  is_json 'd.reproductions[0].evidence[0].line' 4
  candor audit
  says '46.7 [30.2, 63.9]'
  says 'reproduced (from logs)'
  candor audit --format markdown
  says '| 46.7 | 46.7 '
}

@test "the best of many logged runs is selected, with the spread of all and what chance gives" {
  local i=0 right
  work
  claim 'Fernlet-7B (ours)' 46.7
  for right in 7 8 8 8 9 9 9 9 9 9 10 10 10 11 12 14; do log_run $((i++)) org/Fernlet-7B $right; done
  committed
  candor audit --format json
  is_json 'd.reproductions.map (r => [r.conclusion, r.value, r.lowest.toFixed (1), r.best.toFixed (1), r.runs, r.rank].join ("/")).join ()' selected/30/23.3/46.7/16/1
  is_json 'd.reproductions[0].chance_of_best > 0.2 && d.reproductions[0].chance_of_best < 0.8' true
  is_json 'd.reproductions[0].source.length' 16
  is_json 'd.reproductions[0].why.split ("; ")[1]' 'they lie in 16 folders, which may be of different checkpoints'
  candor audit
  says 'equal to the best of 16 logged runs'
}

@test "a claim that its own model's log contradicts is not reproduced; another model's log says nothing" {
  work 'We report accuracy.' MATH-500
  claim 'Fernlet-7B (ours)' 90.0
  mkdir -p results
  echo '{"num_samples": 500, "num_scores": 500, "acc": 60.0, "empty_samples": 0}' >results/Fernlet-7B_math500_metrics.json
  committed
  candor audit --format json
  is_json 'd.reproductions.length' 1
  git mv results/Fernlet-7B_math500_metrics.json results/Otherling-7B_math500_metrics.json
  committed
  candor audit --format json
  [[ $(conclusions) == '' ]] || explain_failure 'a figure of another model was taken for the claim'"'"'s'
}

@test "shipped predictions are graded again, and malformed lines located" {
  local i
  work
  claim 'Fernlet-7B (ours)' 50.0
  mkdir -p outputs/aime24
  for i in {1..30}; do
    printf '{"id": %d, "question": "Problem number %d of the set", "answer": "%d", "response": "So the answer is \\\\boxed{%d}."}\n' \
      "$i" "$i" "$((i * 3))" "$((i * 3 + (i % 2)))"
  done >outputs/aime24/Fernlet-7B.jsonl
  sed -i '7a {"id": 99, "question": "cut o' outputs/aime24/Fernlet-7B.jsonl
  committed
  candor audit --format json
  is_json 'd.reproductions.map (r => [r.by, r.value, r.n, r.malformed, r.grader, r.conclusion].join ("/")).join ()' predictions/50/30/1/integer/reproduced
}

@test "what nobody claims is shown without a conclusion" {
  work 'We report accuracy.' MATH-500
  claim 'Fernlet-7B (ours)' 81.2
  log_run 1 org/Fernlet-7B 9
  committed
  candor audit --format json
  is_json 'd.reproductions.map (r => [r.claim, r.benchmark, r.conclusion].join ("/")).join ()' /aime-2024/
  candor audit
  says 'claimed by nobody'
}

@test "a figure that no whole number of right answers gives is no single run's" {
  work
  claim 'Fernlet-7B (ours)' 44.6
  committed
  candor audit --format json
  is_json 'd.claims.map (c => [c.arithmetic.verdict, c.arithmetic.n, c.arithmetic.fewest_samples].join ("/")).join ()' not-a-single-run/30/5
  candor audit
  says '44.6 on the 30 problems of AIME 2024 is not a single-run figure'
}

@test "samples that the work states, or its evaluation script sets, explain such a figure" {
  work 'Accuracy is averaged over 8 samples per problem.'
  claim 'Fernlet-7B (ours)' 44.6
  committed
  candor audit --format json
  is_json 'd.claims[0].arithmetic.verdict' possible
  work
  claim 'Fernlet-7B (ours)' 44.6
  mkdir -p scripts
  printf 'python evaluate.py --data aime24 --n_sampling 8\n' >scripts/eval.sh
  echo 'print("evaluate")' >evaluate.py
  committed
  candor audit --format json
  is_json 'd.claims.map (c => [c.arithmetic.verdict, c.arithmetic.samples, c.arithmetic.evidence[0].path].join ("/")).join ()' possible/8/scripts/eval.sh
}

@test "a figure impossible with the samples stated beside it is said to be so" {
  work 'Accuracy is averaged over 2 samples per problem.'
  claim 'Fernlet-7B (ours)' 44.6
  committed
  candor audit --format json
  is_json 'd.claims[0].arithmetic.verdict' impossible-as-stated
  candor audit
  says 'is impossible as stated'
}

@test "neither a gain, nor runs of something else, nor a remote note makes a figure impossible; figures of one set are one remark" {
  work 'It generalizes well, with over +6.2 average gain. Training time is averaged over 2 runs.'
  claim 'Fernlet-7B (ours)' 44.6
  claim 'Fernlet-7B-v2 (ours)' 41.1
  printf '\n## Notes\n\nWe evaluate with 16 responses per prompt on held-out questions.\n' >>README.md
  committed
  candor audit --format json
  is_json 'd.claims.map (c => [c.arithmetic.verdict, c.arithmetic.samples].join ("/")).join ()' possible/16,not-a-single-run/
  claim 'x' '-'
  sed -i '/^We evaluate with/d' README.md
  committed
  candor audit --format json
  is_json 'd.claims.map (c => c.arithmetic.verdict).join ()' not-a-single-run,not-a-single-run
  candor audit
  says '44.6 and 1 more figure on the 30 problems of AIME 2024 are not single-run figures'
  says 'which is no fault'
}

@test "two files of predictions are compared by category, paired and corrected" {
  local i
  cd "$BATS_TEST_TMPDIR"
  for i in {1..40}; do
    printf '{"id": %d, "question": "Q%d", "answer": "%d", "prediction": "%d", "category": "%s"}\n' "$i" "$i" "$i" "$((i + (i % 2)))" "$( ((i % 4 < 2)) && echo safety || echo general)"
  done >before.jsonl
  for i in {1..40}; do
    printf '{"id": %d, "question": "Q%d", "answer": "%d", "prediction": "%d", "category": "%s"}\n' "$i" "$i" "$i" "$i" "$( ((i % 4 < 2)) && echo safety || echo general)"
  done >after.jsonl
  candor compare --format json before.jsonl after.jsonl
  exits 0
  is_json 'd.categories.map (c => [c.category, c.paired, c.before, c.after].join ("/")).join ()' general/20/50/100,safety/20/50/100,/40/50/100
  # ten against none: 2 / 2^10, and twice that for two categories
  is_json 'd.categories.map (c => [c.p, c.p_holm].join ("/")).join ()' 0.001953125/0.00390625,0.001953125/0.00390625,0.000001907348633/0.000001907348633
  candor compare before.jsonl after.jsonl
  says '+50.0'
  echo 'nothing of the kind' >other.jsonl
  candor compare before.jsonl other.jsonl
  fails_clearly 2
  candor compare before.jsonl missing.jsonl
  fails_clearly 2
  complains missing.jsonl
}

@test "the report is the same for any number of threads" {
  local i one
  work
  claim 'Fernlet-7B (ours)' 46.7
  for i in {1..9}; do log_run "$i" org/Fernlet-7B $((i + 5)); done
  committed
  candor audit --format json --threads 1
  one=$output
  candor audit --format json --threads 4
  [[ $output == "$one" ]] || explain_failure 'threads change the report'
}

@test "predictions that a manifest names and that cannot be graded are not passed over in silence" {
  work
  claim 'Fernlet-7B (ours)' 50.0
  cat >replication.yaml <<'END'
candor: 1
work: {title: Fernlet}
evaluations:
  - {benchmark: AIME 2024, metric: accuracy, predictions: out/answers.jsonl, results: out/missing.json}
END
  mkdir out
  echo '{"remark": "no answers here"}' >out/answers.jsonl
  committed
  candor audit --format json
  is_json 'd.not_examined.map (n => n.path).join ()' out/answers.jsonl,out/missing.json
}
