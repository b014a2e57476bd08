# `candor review` on a full screen, driven as a reader drives it: keys through tmux, and what stands on the screen.
load candor

setup_file () {
  export SOCKET=candor-workbench-$$
  export TMUX_TMPDIR=$BATS_FILE_TMPDIR
  unset TMUX NO_COLOR
  # The server lives as long as this session.
  tmux -u -L "$SOCKET" -f /dev/null new-session -d -s keep 'exec sleep 600'
  export WORK; WORK=$(repository open-work)
}
teardown_file () {
  tmux -L "$SOCKET" kill-server || true
}
setup () {
  cd "$BATS_TEST_TMPDIR"
}
teardown () {
  tmux -L "$SOCKET" kill-session -t =w 2>/dev/null || true
}

screen () {
  tmux -u -L "$SOCKET" "$@"
}
# Start a review; its diagnostics stand in ./stderr, its status in ./status, its process id in ./pid.
review () { # COLUMNSxROWS ARGUMENT…
  local size=$1
  shift
  screen kill-session -t =w 2>/dev/null || true
  rm -f status pid stderr
  printf '#!/bin/sh\nexport %s\nsh -c '\''echo $$ >pid; exec "$@" 2>stderr'\'' sh %s\necho $? >status.new; mv status.new status\nexec sleep 600\n' \
    "$settings" "$(printf '%q ' "$CANDOR" review --assessor Ann "$@")" >run.sh
  screen new-session -d -s w -x "${size%x*}" -y "${size#*x}" sh run.sh
}
settings='LC_ALL=C.UTF-8'
keys () {
  screen send-keys -t =w: "$@"
}
types () {
  screen send-keys -t =w: -l -- "$1"
}
shown () {
  screen capture-pane -p -t =w:
}
# Wait for a condition; what stands on the screen tells why it did not come.
until_so () { # SECONDS COMMAND…
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    if ((SECONDS > end)); then
      printf '%s\n' "did not come: $*" '--- screen:' "$(shown)" '--- diagnostics:' "$(head -c 4000 stderr)"
      return 1
    fi
    sleep 0.02
  done
}
has () { [[ $(shown) == *"$1"* ]]; }
hasnt () { [[ $(shown) != *"$1"* ]]; }
sees () { until_so 20 has "$1"; }
loses () { until_so 20 hasnt "$1"; }
ended () { [[ -f status ]]; }
ends () { # STATUS
  until_so 20 ended
  [[ $(<status) == "$1" ]] || { echo "exit status $(<status) instead of $1"; cat stderr; return 1; }
  stderr=$(<stderr)
  unhurt
}
quits () {
  keys q
  ends 0
}
file_says () { # TEXT in assessment.yaml
  grep -qF -- "$1" assessment.yaml || { echo "not in the file: $1"; cat assessment.yaml; return 1; }
}
file_lacks () {
  ! grep -qF -- "$1" assessment.yaml 2>/dev/null || { echo "in the file: $1"; cat assessment.yaml; return 1; }
}
# Give the shown question an answer.
answers () { # y|n REASON QUESTION
  keys "$1"
  sees 'Your answer:'
  types "$2"
  sees "$2"
  keys Enter
  sees "Saved: $3"
}
# The question that is shown, as far as one is.
question () {
  shown | sed -nE 's/^.*── ([a-z]+\.[a-z-]+) · .*/\1/p'
}
elsewhere () { # QUESTION
  local now
  now=$(question)
  [[ -n $now && $now != "$1" ]]
}
# From the first question on to this one, whatever their order.
goes_to () { # QUESTION
  local now
  until_so 20 elsewhere none
  while now=$(question) && [[ $now != "$1" ]]; do
    keys Right
    until_so 5 elsewhere "$now"
  done
}
# No row is wider than the screen, and nothing but printable characters is drawn.
harmless () {
  shown >screen.txt
  never env LC_ALL=C grep -aqP '[\x00-\x08\x0b-\x1f\x7f]|\xe2\x80[\xaa-\xae]|\xc2[\x80-\x9f]' screen.txt
}

@test "a whole review: place, file, marked lines, reason, no, later, and what is kept of it" {
  review 80x24 "$WORK" --only eval.consistency --only method.compute --only data.synthesis
  sees 'open-work @ '
  sees '0 of 25 answered'
  sees '? help'
  goes_to eval.consistency
  sees 'eval.consistency · Evaluation · 4 points'
  sees 'Wanted '
  sees 'Rules  '
  sees '1 for '
  # the file at the passage, and two lines of it
  keys Enter
  sees ' of 46'
  sees 'm mark line'
  keys o
  types README.md:45
  keys Enter
  sees 'README.md · line 45 of 46'
  sees 'eval.consistency: Is the same metric'
  keys k
  sees 'line 44 of 46'
  keys m j m
  sees 'marked: README.md:44–45'
  keys Escape
  sees 'eval.consistency · Evaluation'
  keys y
  sees 'Your answer: YES to eval.consistency'
  sees '[x] README.md:44–45'
  types 'pass@1 in both rows; “our run” says who measured – ja, 日本'
  keys Enter
  sees 'Saved: eval.consistency yes'
  sees '1 of 25 answered'
  file_says 'id: "eval.consistency"'
  file_says 'reason: "pass@1 in both rows; “our run” says who measured – ja, 日本"'
  file_says 'line: 44'
  file_says 'end: 45'
  # put off, then a no without evidence
  goes_to data.synthesis
  keys l
  sees 'Put off: data.synthesis'
  sees 'method.compute · Methodology'
  answers n 'where is it' 'method.compute no'
  file_says 'reason: "where is it"'
  sees '2 of 25 answered'
  sees 'data.synthesis · Data'
  keys y
  sees 'YES to data.synthesis'
  sees '[x] '
  keys Enter
  sees 'All questions are answered'
  quits
  [[ $(<stderr) == *'3 of 25 questions answered'* ]]
  candor audit --format json --assessment assessment.yaml "$WORK"
  exits 0
  is_json 'd.verdicts.find(v => v.id === "eval.consistency").basis' assessed
}

@test "a yes needs a line that shows it; a reason that was begun is kept" {
  review 80x24 "$WORK" --only method.compute
  sees 'method.compute · Methodology'
  keys y
  sees '[x] '
  types 'half a reason'
  keys Tab Space
  sees '[ ] '
  loses '[x] '
  keys Enter
  sees 'A yes needs the lines that show it'
  [[ ! -e assessment.yaml ]]
  keys Escape
  sees 'Wanted '
  keys n
  sees 'half a reason'
  # editing: to the beginning, a word away, a character away
  keys C-a
  types 'é'
  sees 'éhalf a reason'
  keys Delete Right C-e C-w
  types 'x日'
  keys BSpace Enter
  sees 'Saved: method.compute no'
  file_says 'reason: "éalf a x"'
  file_lacks 'path:'
  quits
}

@test "answers are taken back one by one, to where the session began" {
  review 80x24 "$WORK" --only eval.consistency --only method.compute
  goes_to eval.consistency
  keys u
  sees 'Nothing of this session is left'
  answers n reason-1 'eval.consistency no'
  answers n reason-2 'method.compute no'
  keys u
  sees 'Taken back: method.compute'
  file_lacks reason-2
  sees '1 of 25 answered'
  keys u
  sees 'Taken back: eval.consistency'
  sees '0 of 25 answered'
  file_lacks reason-1
  keys u
  sees 'Nothing of this session is left'
  goes_to eval.consistency
  answers n reason-3 'eval.consistency no'
  quits
  # another session begins behind the answers of the one before
  review 80x24 "$WORK" --only eval.consistency --only method.compute
  sees 'Resumed where it was left'
  sees '1 of 25 answered'
  keys u
  sees 'Nothing of this session is left'
  quits
  file_says reason-3
}

@test "killed at any moment, it has lost no answer that the screen confirmed" {
  local round answer step reason confirmed=()
  RANDOM=9
  for round in {1..10}; do
    review 80x24 "$WORK"
    sees "${#confirmed[@]} of 25 answered"
    for ((answer = RANDOM % 3; answer > 0; answer--)); do
      answers n "reason-$round-$answer." ''
      confirmed+=("reason-$round-$answer.")
    done
    # some keys of another one, and at times the Enter that saves it: the end comes at any moment after that
    for ((step = RANDOM % 6; step > 0; step--)); do
      case $step in
        5) keys j ;;
        4) keys Enter ;;
        3) keys m ;;
        2) keys Escape ;;
        1)
          keys n
          types "unseen-$round."
          ;;
      esac
    done
    if ((RANDOM % 2)); then
      keys Enter
    fi
    kill -9 "$(<pid)"
    until_so 20 ended
    # Saved, though nobody saw it: then it is whole.
    if [[ -e assessment.yaml ]] && grep -qF "unseen-$round." assessment.yaml; then confirmed+=("unseen-$round."); fi
    for reason in "${confirmed[@]}"; do file_says "reason: \"$reason\""; done
  done
  ((${#confirmed[@]} >= 10))
  candor validate assessment.yaml
  exits 0
  review 80x24 "$WORK"
  sees "${#confirmed[@]} of 25 answered"
  quits
}

@test "wide, narrow, too small and back, in the middle of a reason" {
  review 200x60 "$WORK"
  sees 'README.md · line' # the file beside the question
  sees 'Questions'
  sees '? help'
  screen resize-window -t =w: -x 80 -y 24
  loses 'README.md · line'
  sees 'q quit'
  keys n
  sees 'Your answer: NO'
  types 'kept while the window shrinks'
  screen resize-window -t =w: -x 20 -y 5
  sees 'The terminal is too'
  keys j
  screen resize-window -t =w: -x 1 -y 1
  screen resize-window -t =w: -x 40 -y 12
  sees 'kept while the window'
  screen resize-window -t =w: -x 120 -y 40
  sees 'kept while the window shrinks'
  keys Enter
  sees 'Saved: '
  file_says 'kept while the window shrinks'
  screen resize-window -t =w: -x 20 -y 5
  sees 'The terminal is too'
  quits
}

@test "the list, the rules, the help and the search, by keys alone" {
  local first
  review 80x24 "$WORK"
  until_so 20 elsewhere none
  first=$(question)
  keys Right
  until_so 20 elsewhere "$first"
  keys Left
  sees "── $first ·"
  keys Tab
  sees 'Tab passages'
  keys G
  sees ' points ──'
  until_so 20 elsewhere "$first"
  keys g
  sees "── $first ·"
  keys Tab
  sees 'Tab list'
  keys c
  sees 'What counts, whatever the question'
  sees ' 1  The repository at one commit'
  keys G
  sees 'When in doubt after reading, answer no.'
  keys Escape
  sees "── $first ·"
  keys '?'
  sees 'put it off until the others are answered'
  keys q
  sees "── $first ·"
  # a file by its path, completed; one that is not there
  keys o
  sees 'Open:'
  types 'READ'
  keys Tab
  sees 'Open: README.md'
  types 'x'
  keys Enter
  sees 'there is no file README.mdx'
  keys BSpace
  types ':8'
  keys Enter
  sees 'README.md · line 8 of 46'
  keys /
  sees 'Search:'
  types 'SFT'
  keys Enter
  loses 'line 8 of 46'
  shown >first
  keys n
  until_so 20 eval '! shown | cmp -s - first'
  keys /
  types 'no such words'
  keys Enter
  sees 'Not in this file: no such words'
  keys q
  sees "── $first ·"
  quits
  [[ ! -e assessment.yaml ]]
}

@test "hostile text is shown, harmless and in its columns" {
  local hostile file
  hostile=$(repository hostile-text)
  review 80x24 "$hostile" --only method.compute
  sees '\u{1B}[31mred'
  sees '\u{202E}desrever'
  harmless
  keys Enter
  sees 'README.md · line 3'
  sees '日本語'
  sees 'tab separated'
  sees '\u{1}\u{2} controls \u{85} \u{FEFF} end.'
  sees '\xE9'
  harmless
  # what stands behind wide and combining characters is still there, and the row after a full one begins at its place
  [[ $(shown | grep -c 'end\.') -eq 3 ]]
  shown | LC_ALL=C grep -aqP 'e(\xcc\x81){1,3} end\.$'
  keys G /
  types 'combining FIRST'
  keys Enter
  sees 'combining first'
  keys o
  types giant.txt
  keys Enter
  sees 'giant.txt · line 1 of 1'
  keys G
  sees 'Behind-The-Giant'
  keys PageUp PageUp
  loses 'Behind-The-Giant'
  keys /
  types behind-the
  keys Enter
  sees 'Behind-The-Giant'
  for file in nul.txt='Nothing to read: binary' blob.bin='Nothing to read: binary' gone.txt='Not read: object missing' \
    empty.txt='The file is empty' paper.pdf='64 H800 GPUs'; do
    keys o
    sees 'Open:'
    types "${file%%=*}"
    keys Enter
    sees "${file#*=}"
  done
  sees 'paper.pdf'
  sees 'its text, as Candor reads it'
  screen resize-window -t =w: -x 41 -y 13
  sees '64 H800 GPUs'
  keys q
  quits
}

@test "without colour, and in ASCII where the locale has no more" {
  settings='LC_ALL=C NO_COLOR=1'
  review 100x30 "$(repository hostile-text)" --only method.compute
  sees 'method.compute - Methodology'
  shown >screen.txt
  never env LC_ALL=C grep -aqP '[^\x00-\x7f]' screen.txt
  screen capture-pane -e -p -t =w: >screen.txt
  never env LC_ALL=C grep -aqP '\x1b\[[0-9;]*3[0-7]m' screen.txt
  quits
  settings='LC_ALL=C.UTF-8'
  review 100x30 "$(repository hostile-text)" --only method.compute
  sees 'method.compute · Methodology'
  screen capture-pane -e -p -t =w: >screen.txt
  LC_ALL=C grep -aqP '\x1b\[[0-9;]*3[0-7]m' screen.txt
  quits
}

@test "pasted lines are text, not keys" {
  review 80x24 "$WORK" --only method.compute
  sees 'method.compute · Methodology'
  keys n
  sees 'Your answer: NO'
  screen set-buffer $'two\nlines, and\tmore\e[A\n'
  screen paste-buffer -p -t =w:
  sees 'two lines, and more'
  [[ ! -e assessment.yaml ]]
  keys Enter
  sees 'Saved: method.compute no'
  file_says 'reason: "two lines, and more[A"'
  quits
}

@test "a signal or a stop leaves the terminal as it was" {
  local name
  for name in TERM:143 INT:130 HUP:129; do
    settings='LC_ALL=C.UTF-8' review 80x24 "$WORK" --only method.compute
    sees 'method.compute · Methodology'
    kill "-${name%:*}" "$(<pid)"
    until_so 20 ended
    [[ $(<status) == "${name#*:}" ]]
    loses 'method.compute'
    [[ $(screen display -p -t =w: '#{alternate_on} #{cursor_flag}') == '0 1' ]]
  done
  # Ctrl-Z, as from a shell with jobs
  screen kill-session -t =w
  printf 'PS1="prompt> "\nset -m\n' >rc
  screen new-session -d -s w -x 80 -y 24 env LC_ALL=C.UTF-8 bash --rcfile rc -i
  sees 'prompt>'
  types "$(printf '%q ' "$CANDOR" review --assessor Ann --only method.compute "$WORK") 2>stderr"
  keys Enter
  sees 'Wanted '
  keys C-z
  sees 'Stopped'
  loses 'Wanted '
  keys f g Enter
  sees 'Wanted '
  keys q
  sees 'prompt>'
  loses 'Wanted '
}

@test "what cannot be saved is said, and stays on the form" {
  mkdir kept
  review 80x24 "$WORK" --only method.compute -o kept/a.yaml
  sees 'method.compute · Methodology'
  keys n
  sees 'Your answer: NO'
  types 'not to be lost'
  mv kept gone
  keys Enter
  sees 'kept/a.yaml'
  sees 'not to be lost'
  mv gone kept
  keys Enter
  sees 'Saved: method.compute no'
  quits
  grep -q 'not to be lost' kept/a.yaml
}

@test "what other readers said stands beside the question" {
  review 80x24 "$WORK" --only method.compute -o bob.yaml --assessor Bob
  sees 'method.compute · Methodology'
  answers n "Bob doubts it" 'method.compute no'
  quits
  review 80x24 "$WORK" --only method.compute --beside bob.yaml
  sees 'method.compute · Methodology'
  sees 'Bob no: Bob doubts it'
  quits
}

@test "without a terminal, or on one that has no screen, nothing is drawn" {
  run --separate-stderr timeout 60 "$CANDOR" review --assessor Ann --only method.compute "$WORK" </dev/null
  exits 0
  says 'Question method.compute'
  [[ $output != *$'\e'* ]]
  settings='LC_ALL=C.UTF-8 TERM=dumb'
  review 80x24 "$WORK" --only method.compute
  sees 'Answer (y, n, l'
  keys q Enter
  ends 0
}
