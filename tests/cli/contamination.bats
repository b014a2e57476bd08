# Training data against evaluation sets: what is found, what is not, and whether the work's claim holds.
load candor

found () { # the overlaps as "training line<TAB>evaluation line"
  json 'd.contamination.overlaps.map (o => o.training.line + "\t" + o.evaluation.line).sort ().join ("\n")'
}

work () { # a work to write data into
  mkdir -p "$BATS_TEST_TMPDIR/work/data"
  cd "$BATS_TEST_TMPDIR/work"
  git init -q -b main
}
committed () {
  git add -A
  git commit -q --allow-empty -m data
}
problem () { # NUMBER: a problem of its own
  echo "A farmer named $(tr '0-9' 'a-j' <<<"$1") plants $1 rows of trees, each row with $(($1 * 7 + 3)) trees that give fruit $1$1 days a year; how many fruits are picked in total?"
}

@test "twenty problems among five thousand items are found, and nothing else" {
  local repository
  repository=$(repository overlapping-work)
  candor audit --format json "$repository"
  exits 0
  [[ $(found) == "$(LC_ALL=C sort "$repository/plants.tsv")" ]] || explain_failure "found: $(found | diff - <(LC_ALL=C sort "$repository/plants.tsv"))"
  is_json d.contamination.total 20
  is_json d.contamination.checked true
  is_json 'd.contamination.overlaps.every (o => o.of === 0 || 2 * o.shared >= o.of)' true
  is_json 'd.contamination.overlaps.some (o => o.exact)' true
}

@test "a work that calls its data decontaminated is held to it" {
  candor audit --format json "$(repository overlapping-work)"
  is_json 'd.contamination.stated.map (p => p.path + ":" + p.line).join ()' README.md:3
  is_json d.contamination.holds false
  candor audit "$(repository overlapping-work)"
  says '20 of 5000 training items hold one of 300 evaluation problems'
  says '"decontaminated" (README.md:3): does not hold for what is here'
}

@test "a claim that nothing contradicts holds; a claim without both sides is not checked" {
  work
  echo 'The training data was decontaminated against the test set.' >README.md
  for i in {1..12}; do echo "{\"question\": \"$(problem $i)\"}"; done >data/train.jsonl
  for i in {41..52}; do echo "{\"question\": \"$(problem $i)\"}"; done >data/test.jsonl
  committed
  candor audit --format json
  is_json '[d.contamination.checked, d.contamination.total, d.contamination.holds].join ()' true,0,true
  git rm -q data/test.jsonl
  committed
  candor audit --format json
  is_json 'JSON.stringify ([d.contamination.checked, d.contamination.holds])' '[false,null]'
  candor audit
  says 'not checked'
}

@test "an evaluation set that the user names is compared, with paths relative to it" {
  local sets=$BATS_TEST_TMPDIR/sets
  work
  for i in {1..30}; do echo "{\"messages\": [{\"role\": \"user\", \"content\": \"$(problem $i)\"}]}"; done >data/sft.jsonl
  committed
  mkdir -p "$sets/deep"
  { echo id,question; for i in 7 70; do echo "$i,\"$(problem $i)\""; done; } >"$sets/deep/bench.csv"
  echo "{\"question\": [\"$(problem 9)\", \"$(problem 90)\"], \"answer\": [1, 2]}" >"$sets/columns.json"
  echo x >"$sets/other.parquet"
  ln -s ../work/data/sft.jsonl "$sets/link.jsonl"
  candor audit --format json --evaluation-sets "$sets"
  exits 0
  is_json 'd.contamination.evaluation.map (f => f.given + " " + f.items).join ()' 'columns.json 2,deep/bench.csv 2'
  is_json 'd.contamination.overlaps.map (o => o.training.line + "=" + o.evaluation.given + ":" + o.evaluation.line).join ()' '7=deep/bench.csv:2,9=columns.json:1'
  is_json 'd.contamination.not_examined.map (f => f.path + ": " + f.why).join ()' 'link.jsonl: link, not followed,other.parquet: binary data, not read'
  lacks "$BATS_TEST_TMPDIR"
}

@test "a folder of evaluation sets that is not there is a wrong usage" {
  work
  committed
  candor audit --evaluation-sets "$BATS_TEST_TMPDIR/nowhere"
  fails_clearly 2
  complains nowhere
}

@test "a training file that is a test set is told as a whole" {
  work
  for i in {1..12}; do echo "{\"question\": \"$(problem $i)\"}"; done | tee data/test.jsonl >data/train.jsonl
  committed
  candor audit --format json
  is_json 'd.contamination.whole_sets.map (s => [s.training.path, s.evaluation.path, s.items, s.of, s.same_blob]).join ()' data/train.jsonl,data/test.jsonl,12,12,true
  candor audit
  says 'training file data/train.jsonl is the same file as data/test.jsonl'
}

@test "a file that calls itself a test set and is trained on is told with both places" {
  work
  for i in {1..12}; do echo "{\"question\": \"$(problem $i)\"}"; done >data/aime_test.jsonl
  printf 'learning_rate: 1e-5\ntrain_file: data/aime_test.jsonl\n' >train.yaml
  committed
  candor audit --format json
  is_json 'd.contamination.both.map (f => [f.path, f.trained_by[0].path, f.trained_by[0].line, f.evaluated_by[0].says]).join ()' data/aime_test.jsonl,train.yaml,2,its\ name
}

@test "a problem in a template is known by its own words, the template alone is no overlap" {
  local boiler='Please reason step by step, and put your final answer within a box at the end of it.'
  work
  for i in {1..40}; do echo "{\"question\": \"$(problem $i) $boiler\"}"; done >data/train.jsonl
  { for i in {61..90}; do echo "{\"question\": \"$(problem $i) $boiler\"}"; done; echo "{\"question\": \"$(problem 5)\"}"; } >data/test.jsonl
  committed
  candor audit --format json
  [[ $(found) == $'5\t31' ]] || explain_failure "found: $(found)"
}

@test "outputs of an evaluation are no evaluation set, nor is what cannot be read silently left out" {
  work
  mkdir -p results
  for i in {1..12}; do echo "{\"question\": \"$(problem $i)\", \"prediction\": \"1\"}"; done | tee data/math_test.jsonl >results/test.jsonl
  cp results/test.jsonl data/train.jsonl
  echo PAR1 >data/eval.parquet
  committed
  candor audit --format json
  is_json 'd.contamination.evaluation.length' 0
  is_json 'd.contamination.not_examined.map (f => f.path).join ()' data/eval.parquet
}

@test "the report is the same byte by byte, and hostile data hurts nothing" {
  work
  for i in {1..12}; do echo "{\"question\": \"$(problem $i)\"}"; done >data/test.jsonl
  { printf '{"a": "\xff\xfe", "question": "\\ud800 \\u0000 \\'
    echo; printf '{"question": "%s"}\n' "$(head -c 300000 /dev/zero | tr '\0' '\\')"
    printf '%0.s[' {1..3000}; echo
    echo "{\"question\": \"$(problem 3)\", \"x\": \"$(head -c 200000 /dev/zero | tr '\0' a)\"}"
    printf '{"question": "\\begin{ \\hspace \\frac [asy] <|<|<|'; } >data/train.jsonl
  committed
  candor audit --format json
  exits 0
  unhurt
  is_json 'd.contamination.overlaps.length' 1
  local expected=$output
  candor audit --format json --threads 1 --no-cache
  [[ $output == "$expected" ]] || explain_failure 'the audits differ'
}
