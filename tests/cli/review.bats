# `candor review` without a full screen: a reader answers through pipes, leaves, comes back, and nothing that was answered is lost.
load candor

setup () {
  mkdir "$BATS_TEST_TMPDIR/here"
  cd "$BATS_TEST_TMPDIR/here"
  unset GIT_AUTHOR_NAME USER
  export HOME=$PWD
}
# Lines of input from the arguments; every argument is a line.
review () { # [OPTION…] -- LINE…
  local options=()
  while [[ $1 != -- ]]; do options+=("$1"); shift; done
  shift
  candor review --assessor 'Ann Reader' "${options[@]}" "$(repository open-work)" < <(if (($# > 0)); then printf '%s\n' "$@"; fi)
}
answers () { # of a file: how many
  grep -c '^  - id: ' "$1" || true
}
keeps () { # ID ANSWER [FILE]
  grep -A1 "^  - id: \"$1\"" "${3:-assessment.yaml}" | grep -q "answer: \"$2\"" || explain_failure "expected $2 on $1 in the file: $(cat "${3:-assessment.yaml}")"
}

@test "a whole review is a file that is valid, and that an audit takes its answers from" {
  local lines=() i
  for i in {1..25}; do lines+=(y 'it says so' 'README.md:6'); done
  review -- "${lines[@]}"
  exits 0
  unhurt
  says 'There is nothing left to ask.'
  complains 'assessment.yaml: 25 of 25 questions answered; score 100 of 100, likely'
  [[ $(answers assessment.yaml) == 25 && $(grep -c '^Question ' <<<"$output") == 25 ]]
  [[ $(ls -A) == assessment.yaml ]] # neither lock nor temporary file
  candor validate assessment.yaml
  exits 0
  if [[ -d $ROOT/tests/schema/node_modules/ajv ]]; then
    run node "$ROOT/tests/schema/check.mjs" assessment assessment.yaml
    exits 0
  fi
  candor audit --format json --assessment assessment.yaml "$(repository open-work)"
  exits 0
  is_json d.score.total 100
  is_json 'd.verdicts.every (v => v.basis === "assessed")' true
  is_json 'd.verdicts[3].evidence[0].path + ":" + d.verdicts[3].evidence[0].line' README.md:6
}

@test "a question is shown with what the codebook wants, the rules' answer, candidates in their context and what others said" {
  review --assessor Bob -o bob.yaml -- 'g method.search' y 'no search, it says' 1 q
  exits 0
  review --beside bob.yaml --only method.search -- '?' n 'so I see' '' q
  exits 0
  says 'Question method.search (Methodology, 6 points)'
  says 'Yes when: a search at training or inference time'
  says 'The rules say: yes, '
  says 'README.md:29 speaks for yes: '
  says ', in section Lantern-7B: long reasoning from short sums / Training'
  says '>    29  No tree search is used, neither in training nor in inference.'
  says '     30  '
  says 'Bob: yes, because: no search, it says; see '
  says 'Plans and promises earn nothing'
  says 'Saved: method.search no.'
  lacks 'Question data.sources'
  complains '1 of 25 questions answered'
}

@test "the next question follows from the answers, and the one that is put off comes once more at the end" {
  local first second
  review --only eval.metrics --only open.paper --only data.sources -- l y '' '' y '' '' y '' ''
  exits 0
  first=$(grep -m1 '^Question ' <<<"$output")
  [[ $(grep -c '^Question ' <<<"$output") == 4 && $(grep '^Question ' <<<"$output" | tail -n 1) == "$first" ]]
  [[ $(answers assessment.yaml) == 3 ]]
  rm assessment.yaml
  review --only eval.metrics --only open.paper -- l l l l
  exits 0
  [[ $(grep -c '^Question ' <<<"$output") == 4 ]]
  says 'There is nothing left to ask.'
  complains '0 of 25 questions answered, 2 put off'
}

@test "answers are taken back one by one, and a later session goes on where this one ended" {
  review -- 'g data.sources' y one '' 'g open.paper' n two 'README.md:3, 1' u u u q
  exits 0
  says 'Taken back: open.paper.'
  says 'Taken back: data.sources.'
  says 'there is no answer of this session to take back'
  [[ $(answers assessment.yaml) == 0 ]]
  review -- 'g data.sources' y one '' q
  complains '1 of 25'
  review -- u 'g data.sources' 'g open.paper' y two ''
  exits 0
  says 'there is no answer of this session to take back'
  says 'You: yes, because: one'
  complains '2 of 25'
  keeps data.sources yes
  keeps open.paper yes
}

@test "input may end anywhere: an answer that was given counts" {
  review --
  exits 0
  complains 'assessment.yaml (not written): 0 of 25'
  [[ ! -e assessment.yaml ]]
  candor review --assessor 'Ann Reader' "$(repository open-work)" < <(printf 'g data.sources\ny')
  exits 0
  complains '1 of 25'
  review -- 'g open.paper' n 'a reason'
  exits 0
  review -- 'g data.synthesis' n 'another' 'nowhere.md:1'
  exits 0
  says 'Not understood: there is no file nowhere.md'
  complains '3 of 25'
  grep -q 'reason: "a reason"' assessment.yaml
  keeps data.synthesis no
}

@test "what makes no sense is explained and asked again" {
  review --only open.paper -- what '' y2 'y yes' 'f 99' 'f x' b o 'o READNE.md' 'o README.md:999' g 'g data.source' \
    y reason 99 0 'README.md:0' 'README.md:9-3' '"README.md' 'README.md:3 nowhere' '1, "README.md:3-5"' q
  exits 0
  says 'type y, n or l'
  says 'nothing goes behind it on the line'
  says 'candidates are numbered from 1 to'
  says 'did you mean README.md?'
  says 'README.md has 46 lines; there is no line 999'
  says 'there is no question "data.source"; there are data.sources, '
  says 'there is no candidate 99'
  says 'lines count from 1'
  says 'ends before it begins'
  says 'a double quote is not closed'
  says 'there is no file nowhere'
  [[ $(grep -c '^Not understood: ' <<<"$output") == 17 ]]
  [[ $(answers assessment.yaml) == 1 && $(grep -c 'path: ' assessment.yaml) == 2 ]]
}

@test "a file is looked at around a candidate, on, back, and at any line" {
  review --only open.instructions -- 'f 1' f f b 'o scripts/evaluate.sh' 'o README.md:32' q
  exits 0
  says 'scripts/evaluate.sh, lines 1 to 5 of 5:'
  says 'README.md, lines 24 to 43 of 46:'
  says '       32  We report pass@1 averaged over 16 samples'
}

@test "whoever has a name is not asked for it; who has none is, and is refused without" {
  candor review "$(repository open-work)" < <(printf 'Dora Reader\ng open.paper\ny\n')
  exits 0
  grep -q 'name: "Dora Reader"' assessment.yaml
  printf '[user]\n\tname = Git Name\n' >.gitconfig
  candor review -o git.yaml "$(repository open-work)" < <(printf 'g open.paper\ny\n')
  grep -q 'name: "Git Name"' git.yaml
  rm .gitconfig
  USER=login candor review -o user.yaml "$(repository open-work)" < <(printf 'g open.paper\ny\n')
  grep -q 'name: "login"' user.yaml
  candor review -o nobody.yaml "$(repository open-work)" </dev/null
  exits 2
  complains 'give one with --assessor'
  candor review --assessor '' "$(repository open-work)" </dev/null
  fails_clearly 2
}

@test "wrong use, another's file, a folder, no repository: each is told" {
  review -- 'g open.paper' y '' ''
  cp assessment.yaml before.yaml
  candor review --assessor Bob "$(repository open-work)" </dev/null
  fails_clearly 2
  complains 'is the assessment of Ann Reader (person), and the reader now is Bob (person)'
  candor review --assessor 'Ann Reader' --commit HEAD~1 "$(repository open-work)" </dev/null
  fails_clearly 2
  complains 'is of another commit'
  candor review --assessor 'Ann Reader' --only open.papers "$(repository open-work)" </dev/null
  fails_clearly 2
  complains 'did you mean "open.paper"?'
  candor review --assessor 'Ann Reader' --beside nowhere.yaml "$(repository open-work)" </dev/null
  fails_clearly 2
  complains nowhere.yaml
  echo 'answers: 3' >broken.yaml
  candor review --assessor 'Ann Reader' -o broken.yaml "$(repository open-work)" </dev/null
  fails_clearly 2
  complains broken.yaml:1:
  [[ $(cat broken.yaml) == 'answers: 3' ]]
  mkdir folder
  candor review --assessor 'Ann Reader' -o folder "$(repository open-work)" </dev/null
  fails_clearly 2
  complains 'folder: is a folder'
  candor review --assessor 'Ann Reader' -o none/assessment.yaml "$(repository open-work)" </dev/null
  fails_clearly 4
  candor review --assessor 'Ann Reader' folder </dev/null
  fails_clearly 3
  candor review --assessor 'Ann Reader' a b </dev/null
  fails_clearly 2
  cmp assessment.yaml before.yaml
  [[ -z $(ls -A | grep lock) ]]
}

@test "input that never answers anything is not read for ever" {
  candor review --assessor 'Ann Reader' --only open.paper "$(repository open-work)" < <(yes nonsense)
  exits 2
  complains 'lines of input in a row answer nothing'
  candor review --assessor 'Ann Reader' --only open.paper "$(repository open-work)" </dev/zero
  exits 2
  complains 'a line may have'
  [[ ! -e assessment.yaml ]]
}

# In the background with its input from a pipe that stays open; leaves the process's id in $pid, and returns when it asks.
start_review () {
  rm -f in out
  mkfifo in
  "$CANDOR" review --assessor 'Ann Reader' "$(repository open-work)" <in >out 2>err &
  pid=$!
  exec {feed}>in
  wait_for '^Question '
}
wait_for () { # PATTERN [TIMES]
  local turn
  for ((turn = 0; turn < 2000; turn++)); do
    if (($(grep -cE "$1" out) >= ${2:-1})); then return; fi
    sleep 0.01
  done
  explain_failure "waited in vain for $1: $(cat out err)"
}

@test "an answer that was saved survives kill -9 at any moment, and the next session takes the file up" {
  local kills pid feed saved kept
  for kills in 1 3 4 9 16; do
    rm -f assessment.yaml
    start_review
    (for i in {1..25}; do printf 'y\nreason %s\nREADME.md:1\n' "$i"; done >&"$feed") &
    wait_for '^Saved: ' "$kills"
    kill -9 "$pid"
    wait "$pid" || true
    exec {feed}>&-
    saved=$(grep -c '^Saved: ' out) kept=$(answers assessment.yaml)
    # What was told to be saved is there; at most one more, whose message did not come through.
    ((kept >= saved && kept >= kills)) || explain_failure "$kept answers kept, $saved saved"
    candor validate assessment.yaml
    exits 0
    review --
    exits 0
    complains "$kept of 25 questions answered"
  done
}

@test "kill -9 while an answer is being typed leaves those before it" {
  local pid feed
  start_review
  printf 'g open.paper\ny\nfirst\n\ng data.sources\ny\nhalf a rea' >&"$feed"
  wait_for '^Reason' 2
  kill -9 "$pid"
  wait "$pid" || true
  exec {feed}>&-
  [[ $(answers assessment.yaml) == 1 ]]
  keeps open.paper yes
}

@test "two reviews of one file at the same time: the second is told so, and nothing is lost" {
  local pid feed
  start_review
  printf 'g open.paper\ny\nfirst\n\n' >&"$feed"
  wait_for '^Saved: '
  review -- y '' ''
  fails_clearly 2
  complains 'assessment.yaml: is being reviewed by another process'
  printf 'g data.sources\nn\nsecond\n\n' >&"$feed"
  wait_for '^Saved: ' 2
  exec {feed}>&-
  wait "$pid"
  keeps open.paper yes
  keeps data.sources no
}

@test "a disk that is full ends the review, and what was answered before is kept" {
  review -- 'g open.paper' y first ''
  cp assessment.yaml before.yaml
  candor () { run --separate-stderr bash -c '(trap "" XFSZ; ulimit -f 0; exec "$@" 2>&1 >/dev/null) | cat >&2; exit "${PIPESTATUS[0]}"' full "$CANDOR" "$@"; }
  review -- 'g data.sources' y second '' y third ''
  exits 4
  unhurt
  complains 'File too large'
  complains '1 of 25 questions answered'
  cmp assessment.yaml before.yaml
  [[ $(ls -A | wc -l) == 2 ]]
}

@test "where questions cannot be printed nothing is answered" {
  run --separate-stderr bash -c '"$@" < <(printf "y\n\n\ny\n\n\n") >/dev/full' full "$CANDOR" review --assessor Ann "$(repository open-work)"
  exits 4
  complains 'questions cannot be printed'
  [[ ! -e assessment.yaml ]]
}

@test "hostile text of a repository is printed harmless, and hostile input is kept harmless" {
  local work=$BATS_TEST_TMPDIR/hostile
  mkdir -p "$work"/$'sc\033[2Jripts'
  printf '# W\303\266rk \033[31mred\033[0m \342\200\256turned\n\nWe train Qwen2.5-7B \377\376 on 8 x A100 GPUs with \007 bells.\n' >"$work/README.md"
  printf 'learning_rate = 1e-5 \033]0;title\007\n' >"$work"/$'sc\033[2Jripts/train.py'
  git -C "$work" init -q -b main
  git -C "$work" add -A
  GIT_AUTHOR_NAME=A git -C "$work" commit -q -m all
  candor review --assessor $'A\033[31mnn' "$work" < <(
    printf 'g method.compute\nf 1\no sc\\u{1B}[2Jripts/train.py:1\ny\nseen \033[31m \377 "here": # \342\200\256\n1 sc\\u{1B}[2Jripts/train.py:1\n\033[2J\nq\n')
  exits 0
  unhurt
  says 'Wörk \u{1B}[31mred\u{1B}[0m \u{202E}turned'
  says 'sc\u{1B}[2Jripts/train.py, lines 1 to 1 of 1:'
  says 'Saved: method.compute yes.'
  never grep -qP '[^\x09\x0a\x20-\x7e\x{a0}-\x{2027}\x{2030}-\x{2065}\x{2070}-\x{ffff}]' <<<"$output$stderr"
  never grep -qP '[\x01-\x08\x0b-\x1f\x7f]' assessment.yaml
  candor validate assessment.yaml
  exits 0
  candor review --assessor $'A\033[31mnn' "$work" < <(echo 'g method.compute')
  exits 0
  says 'You: yes, because: seen \u{1B}[31m \xFF "here": # \u{202E}; see README.md:3, sc\u{1B}[2Jripts/train.py:1'
}

@test "on a terminal, too: with --plain, and where the terminal has no full screen" {
  command -v script >/dev/null || skip 'no script(1)'
  run script -qec "'$CANDOR' review --plain --assessor Ann '$(repository open-work)'" /dev/null < <(printf 'g open.paper\ny\nbecause\n\nq\n')
  exits 0
  says 'Answer (y, n, l'
  says 'Saved: open.paper yes.'
  keeps open.paper yes
  TERM=dumb run script -qec "'$CANDOR' review --assessor Ann '$(repository open-work)'" /dev/null < <(printf 'g data.sources\ny\n\n\nq\n')
  exits 0
  says 'Saved: data.sources yes.'
  keeps data.sources yes
}
