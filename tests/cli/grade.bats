# `candor grade`: a grader by itself, on streams of JSONL.
load candor

# Standard input from a string; the verb's options behind it.
grade () { # INPUT OPTION…
  local input=$1
  shift
  run --separate-stderr timeout 120 "$CANDOR" grade "$@" <<<"$input"
}
# The output is this, line for line.
writes () {
  [[ $output == "$1" ]] || explain_failure "expected the output: $1"
}

@test "each line's verdict is written in order, with the fields that name it" {
  grade '{"id":"a","gold":"42","prediction":"\\boxed{042}"}
{"id":2,"gold":42,"prediction":41,"judge":null,"checked":true}
{"gold":"42","response":"I cannot tell."}' -g integer
  exits 0
  writes '{"line":1,"verdict":"right","score":1,"answer":"42","id":"a"}
{"line":2,"verdict":"wrong","score":0,"answer":"41","id":2,"judge":null,"checked":true}
{"line":3,"verdict":"no-answer","score":0,"answer":null}'
  complains 'standard input: 3 graded by integer: 1 right, 33.33 % (95 % interval 6.15 to 79.23), 1 wrong, 1 without an answer'
}

@test "the prediction is taken before the response, the response where the prediction is null" {
  grade '{"gold":"B","prediction":"B","response":"The answer is C"}
{"gold":"B","prediction":null,"response":"The answer is C"}' -g choice
  exits 0
  says '{"line":1,"verdict":"right"'
  says '{"line":2,"verdict":"wrong","score":0,"answer":"C"}'
}

@test "several references, several samples" {
  grade '{"gold":["gold","golden"],"prediction":"the golden"}
{"gold":"yes","prediction":["yes","no","yes","no"]}
{"gold":["1","2"],"prediction":[2,1]}' -g exact
  exits 0
  writes '{"line":1,"verdict":"wrong","score":0,"answer":"the golden"}
{"line":2,"verdict":"wrong","score":0.5,"answer":"yes","samples":4,"right":2}
{"line":3,"verdict":"right","score":1,"answer":"2","samples":2,"right":2}'
}

@test "fields of other names" {
  grade '{"answer":"Paris","output":"paris"}' -g exact --gold answer --prediction output
  exits 0
  says '"verdict":"right"'
}

@test "--summary prints counts, accuracy and intervals as JSON and nothing else" {
  grade '{"gold":"a b","prediction":"b c"}
{"gold":"x","prediction":"x"}
{"gold":"x","prediction":""}' -g squad-f1 --summary
  exits 0
  silent
  is_json d.n 3
  is_json d.right 1
  is_json d.wrong 1
  is_json d.no_answer 1
  is_json d.malformed 0
  is_json d.accuracy 0.333333
  is_json 'd.interval' '[0.061492,0.79234]' # Wilson's, of 1 of 3
  is_json 'd.score' 0.555556                # ("a" is an article) 2/3, 1 and 0
  is_json 'd.score_interval[0] >= 0 && d.score_interval[0] < d.score && d.score_interval[1] > d.score && d.score_interval[1] <= 1' true
}

@test "SimpleQA's third class is counted apart" {
  grade '{"gold":"Paris","response":"I do not know."}
{"gold":"Paris","response":"Paris"}' -g simpleqa --summary
  exits 0
  is_json d.not_attempted 1
  is_json d.accuracy 0.5
  is_json d.accuracy_of_attempted 1
}

@test "malformed lines are named with line and column, counted, and the rest is graded" {
  printf '%s\n' '{"gold":"1","prediction":"1"}' '{"gold":"é" "prediction":1}' '' 'nonsense' '["gold"]' '{"prediction":"1"}' '{"gold":"1"}' '{"gold":{"a":1},"prediction":1}' \
    '{"gold":"1","prediction":"1"} {}' '{"gold":"1","prediction":"1' '{"gold":"2","prediction":"1"}' >"$BATS_TEST_TMPDIR/predictions.jsonl"
  cd "$BATS_TEST_TMPDIR"
  candor grade -g exact predictions.jsonl
  exits 2
  says '{"line":1,"verdict":"right","score":1,"answer":"1"}'
  says '{"line":2,"verdict":"malformed","column":13,"fault":"no valid JSON"}'
  says '{"line":11,"verdict":"wrong"'
  lacks '"line":3,'
  complains 'candor: predictions.jsonl:2:13: no valid JSON'
  complains 'candor: predictions.jsonl:4:'
  complains 'candor: predictions.jsonl:5:1: no JSON object'
  complains 'candor: predictions.jsonl:6:1: there is no `gold`'
  complains 'candor: predictions.jsonl:7:1: there is neither `prediction` nor `response`'
  complains 'candor: predictions.jsonl:8:9: an object where text, a number or a list is expected'
  complains 'candor: predictions.jsonl:9:31: something stands behind the object'
  complains 'candor: predictions.jsonl:10:'
  complains '2 graded by exact: 1 right'
  complains '8 malformed'
  [[ $(wc -l <<<"$output") -eq 10 ]] || explain_failure 'a line for each that is not blank'
}

@test "the first twenty malformed lines are named, the others counted" {
  yes '{' | head -n 1000 >"$BATS_TEST_TMPDIR/bad.jsonl" || true
  candor grade -g exact "$BATS_TEST_TMPDIR/bad.jsonl" --summary
  exits 2
  is_json d.n 0
  is_json d.malformed 1000
  is_json d.accuracy null
  [[ $(grep -c 'no valid JSON' <<<"$stderr") -eq 20 ]] || explain_failure 'twenty lines'
  complains ':20:'
  complains '980 more malformed lines'
}

@test "a byte order mark, CRLF and a last line without its end are no faults" {
  printf '\xef\xbb\xbf{"gold":"1","prediction":"1"}\r\n{"gold":"1","prediction":"1"}' >"$BATS_TEST_TMPDIR/p.jsonl"
  candor grade -g exact --summary "$BATS_TEST_TMPDIR/p.jsonl"
  exits 0
  is_json d.right 2
}

@test "an empty input is graded as nothing" {
  run --separate-stderr timeout 120 "$CANDOR" grade -g exact --summary </dev/null
  exits 0
  is_json d.n 0
}

@test "what no terminal should see is escaped, bytes that are no UTF-8 are shown as such" {
  printf '{"gold":"\xff","prediction":"\xff","id":"\\u202e\\u001b[31m"}\n' >"$BATS_TEST_TMPDIR/p.jsonl"
  candor grade -g exact "$BATS_TEST_TMPDIR/p.jsonl"
  exits 0
  says '"answer":"\\xFF"'
  says '"id":"\u202e\u001b[31m"'
  is_json 'd.id.length' 6
}

@test "a NUL byte and a line beyond the bound are malformed, what follows is graded" {
  { printf '{"gold":"a\0b","prediction":"a"}\n'
    printf '{"gold":"1","prediction":"'; head -c 3000000 /dev/zero | tr '\0' 'x'; printf '"}\n{"gold":"1","prediction":"1"}\n'; } >"$BATS_TEST_TMPDIR/p.jsonl"
  candor grade -g exact "$BATS_TEST_TMPDIR/p.jsonl"
  exits 2
  complains 'p.jsonl:1:11: a NUL byte'
  complains 'p.jsonl:2:1: the line is longer than 1048576 bytes'
  says '{"line":3,"verdict":"right"'
}

@test "any number of threads writes the same bytes" {
  local threads first
  awk 'BEGIN { srand(5); for (i = 1; i <= 20000; i++) { if (i % 997 == 0) print "{broken"; else printf "{\"id\":%d,\"gold\":\"a b %d\",\"prediction\":\"b %d\"}\n", i, rand() * 9, rand() * 9 } }' \
    >"$BATS_TEST_TMPDIR/p.jsonl"
  for threads in 1 2 3 8; do
    "$CANDOR" grade -g squad-f1 --threads $threads "$BATS_TEST_TMPDIR/p.jsonl" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" && return 1
    cat "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/err" >"$BATS_TEST_TMPDIR/all.$threads"
    cat "$BATS_TEST_TMPDIR/p.jsonl" | "$CANDOR" grade -g squad-f1 --threads $threads 2>/dev/null | cmp - "$BATS_TEST_TMPDIR/out"
    cmp "$BATS_TEST_TMPDIR/all.1" "$BATS_TEST_TMPDIR/all.$threads"
  done
  [[ $(wc -l <"$BATS_TEST_TMPDIR/out") -eq 20000 ]]
  grep -q 'mean score 0\.' "$BATS_TEST_TMPDIR/err"
}

@test "memory does not grow with the input" {
  if ASAN_OPTIONS=help=1 "$CANDOR" --version 2>&1 | grep -q AddressSanitizer; then skip 'the sanitizer keeps freed memory'; fi
  local size
  for size in 20000 400000; do
    awk -v n=$size 'BEGIN { for (i = 0; i < n; i++) printf "{\"id\":%d,\"gold\":\"%d\",\"response\":\"Some words before the answer, which is said to be a number. The answer is %d.\"}\n", i, i, i }' |
      command time -f %M -o "$BATS_TEST_TMPDIR/peak.$size" "$CANDOR" grade -g integer --threads 2 --summary >/dev/null
  done
  [[ $(<"$BATS_TEST_TMPDIR/peak.400000") -lt $(($(<"$BATS_TEST_TMPDIR/peak.20000") + 8192)) ]] || explain_failure "$(cat "$BATS_TEST_TMPDIR"/peak.*)"
}

@test "without standard input, from a folder, from nowhere" {
  run --separate-stderr bash -c '"$CANDOR" grade -g exact <&-'
  fails_clearly 2
  complains 'standard input: Bad file descriptor'
  candor grade -g exact "$BATS_TEST_TMPDIR"
  fails_clearly 2
  candor grade -g exact "$BATS_TEST_TMPDIR/absent"
  fails_clearly 2
  complains absent
}

@test "a reader who leaves ends it quietly; a full disk does not" {
  awk 'BEGIN { for (i = 0; i < 50000; i++) print "{\"gold\":\"1\",\"prediction\":\"1\"}" }' >"$BATS_TEST_TMPDIR/p.jsonl"
  "$CANDOR" grade -g exact -q "$BATS_TEST_TMPDIR/p.jsonl" 2>"$BATS_TEST_TMPDIR/err" | head -n 1 >"$BATS_TEST_TMPDIR/first"
  [[ ! -s $BATS_TEST_TMPDIR/err && -s $BATS_TEST_TMPDIR/first ]]
  run --separate-stderr bash -c '"$CANDOR" grade -g exact "$1" >/dev/full' bash "$BATS_TEST_TMPDIR/p.jsonl"
  exits 4
  complains 'No space left on device'
}

@test "graders are listed; an unknown one is answered with the nearest, or with all" {
  candor grade --list
  exits 0
  local name
  for name in math integer numeric choice exact squad-em squad-f1 simpleqa flag; do says "$name"; done
  candor grade -g choise
  fails_clearly 2
  complains 'did you mean "choice"?'
  candor grade -g whatever
  fails_clearly 2
  complains 'squad-f1'
  candor grade
  fails_clearly 2
  complains '--grader is needed'
}

@test "options that do not fit" {
  candor grade -g exact --tolerance 0.1 x
  fails_clearly 2
  candor grade -g numeric --tolerance much x
  fails_clearly 2
  complains much
  candor grade -g exact --threads 1000 x
  fails_clearly 2
  candor grade -g exact x y
  fails_clearly 2
}

@test "--tolerance widens the numeric grader" {
  grade '{"gold":"3.14","prediction":"3.1"}' -g numeric
  says '"verdict":"wrong"'
  grade '{"gold":"3.14","prediction":"3.1"}' -g numeric --tolerance 0.02
  says '"verdict":"right"'
}
