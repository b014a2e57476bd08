# `candor diff`: what A and B may be, what is told of commits, files and works, faults with their exit status.
load candor

setup_file () {
  load candor
  local work
  work=$(repository grown-work)
  "$CANDOR" audit --format json -o "$BATS_FILE_TMPDIR/v0.1.json" --commit v0.1 "$work"
  "$CANDOR" audit --format json -o "$BATS_FILE_TMPDIR/v0.2.json" --commit v0.2 "$work"
}
setup () {
  work=$(repository grown-work) old=$BATS_FILE_TMPDIR/v0.1.json new=$BATS_FILE_TMPDIR/v0.2.json
}

@test "two commits: score, criteria with evidence, other changes" {
  cd "$work"
  candor diff v0.2~1 v0.2
  exits 0
  silent
  says 'before  97672e4'
  says 'after   bf2eb04'
  says 'Lost: '
  says 'method.compute'
  says 'README.md:15' # where the hardware stood
  says 'likely range'
}

@test "A..B, A alone and two files tell the same as two commits" {
  cd "$work"
  candor diff --format json v0.1 v0.2
  exits 0
  local expected=$output
  for arguments in "v0.1..v0.2" "$old $new" "$old v0.2" "v0.1 $new" "v0.1 --commit v0.2"; do
    candor diff --format json $arguments
    exits 0
    [[ $output == "$expected" ]] || explain_failure "diff $arguments"
  done
  is_json d.same_rules true
  is_json d.two_works false
  is_json d.before.commit "$(git rev-parse 'v0.1^{commit}')"
  is_json 'd.change === d.after.total - d.before.total' true
}

@test "A.. and A alone are compared with HEAD" {
  cd "$work"
  git checkout -q --detach v0.2
  candor diff --format json "$old"
  exits 0
  is_json d.after.commit "$(git rev-parse 'v0.2^{commit}')"
  local expected=$output
  candor diff --format json "v0.1.."
  git checkout -q main
  [[ $output == "$expected" ]]
}

@test "evidence is of the side that has the criterion" {
  candor diff --format json "$old" "$new"
  exits 0
  is_json 'd.gained.length > 0 && d.gained.every(c => c.after.yes && !c.before.yes && c.after.evidence.length > 0)' true
  is_json 'd.lost.every(c => c.before.yes && !c.after.yes)' true
  is_json 'd.settled.concat(d.unsettled).every(c => c.before.yes === c.after.yes && c.before.settled !== c.after.settled)' true
  is_json 'd.changes.find(c => c.kind === "claim").evidence[0].path' README.md
}

@test "the same thing twice is empty, in every format" {
  candor diff --format json "$new" "$new"
  exits 0
  is_json d.empty true
  is_json '[d.gained, d.lost, d.settled, d.unsettled, d.changes].flat().length' 0
  candor diff "$new" "$new"
  says 'no difference'
  lacks Score
  candor diff --format markdown "$new" "$new"
  says 'No difference.'
}

@test "lines that moved are no change" {
  local moved=$BATS_TEST_TMPDIR/moved
  git clone -q "$work" "$moved"
  cd "$moved"
  sed -i '1a\\nA word of welcome.\n' README.md
  git commit -qam moved
  candor diff --format json HEAD~1
  exits 0
  is_json d.changes.length 0
  is_json 'd.gained.length + d.lost.length' 0
}

@test "a command that breaks is for the worse" {
  local broken=$BATS_TEST_TMPDIR/broken
  git clone -q "$work" "$broken"
  cd "$broken"
  git rm -q train.sh
  git commit -qm 'No script'
  candor diff HEAD~1..HEAD
  exits 0
  says 'for the worse'
  says '! command: bash train.sh'
  says 'runnable → broken, missing-file: train.sh'
}

@test "two works stand side by side" {
  candor diff "$work" "$(repository distilled-work)"
  exits 0
  says 'Only A: '
  says 'Only B: '
  lacks Gained
  lacks Lost
  lacks worse
}

@test "where the rules differ the report says so first" {
  node -e 'const fs = require("fs"), d = JSON.parse(fs.readFileSync(process.argv[1])); d.tool.version = "0.0.9"; d.tool.rubric.version = "0";
           fs.writeFileSync(process.argv[2], JSON.stringify(d));' "$old" "$BATS_TEST_TMPDIR/older.json"
  candor diff "$BATS_TEST_TMPDIR/older.json" "$old"
  exits 0
  says "The two audits were made by different rules: rubric (tti 0 and tti 1); version of Candor (0.0.9"
  candor diff --format markdown "$BATS_TEST_TMPDIR/older.json" "$new"
  [[ ${lines[2]} == '> **Different rules.** The two audits'* ]] || explain_failure 'expected the rules below the headline'
  candor diff --format json "$BATS_TEST_TMPDIR/older.json" "$old"
  is_json d.same_rules false
  is_json d.empty true
}

@test "a comment begins with its marker and goes to a file whole" {
  candor diff --format markdown -o "$BATS_TEST_TMPDIR/comment.md" "$old" "$new"
  exits 0
  [[ -z $output ]]
  [[ $(head -n1 "$BATS_TEST_TMPDIR/comment.md") == '<!-- candor-difference -->' ]]
  [[ $(sed -n 2p "$BATS_TEST_TMPDIR/comment.md") == '### Transparency: '*' of 100 ('*')' ]]
  grep -qF '#### Gained: ' "$BATS_TEST_TMPDIR/comment.md"
  grep -qF '<details><summary>' "$BATS_TEST_TMPDIR/comment.md"
}

@test "a commit comes before a file and a folder of its name" {
  cd "$work"
  cp "$new" v0.1 # names a tag too
  candor diff --format json v0.1 "$new"
  rm v0.1
  exits 0
  is_json d.before.commit "$(git rev-parse 'v0.1^{commit}')"
}

@test "what is neither is named with what was tried" {
  cd "$work"
  candor diff nowhere v0.2
  fails_clearly 3
  complains "\"nowhere\" is neither a commit (cannot read the git repository at '.': revision 'nowhere' names no commit in it), nor the file of an audit or a repository"
  candor diff v0.1 HEAD:README.md
  fails_clearly 3
  complains 'names something other than a commit'
  cd "$BATS_TEST_TMPDIR"
  candor diff HEAD "$new"
  fails_clearly 3
  complains 'it is not a git repository'
}

@test "files that are no audits are refused with the place of the fault" {
  cd "$work"
  candor diff README.md v0.2
  fails_clearly 2
  complains 'README.md:1:1: this is not JSON'
  printf '{"schema": "candor-audit/1",\n "tool": {}}\n' >"$BATS_TEST_TMPDIR/part.json"
  candor diff "$new" "$BATS_TEST_TMPDIR/part.json"
  fails_clearly 2
  complains 'part.json: no audit: '
  candor diff v0.2~2 v0.2 # its manifest has a fault
  fails_clearly 2
  complains 'v0.2~2: replication.yaml:2:1: '
  candor diff "$new" train.py
  fails_clearly 2
}

@test "wrong usage" {
  cd "$work"
  candor diff
  fails_clearly 2
  complains 'diff takes two audits, or A..B'
  candor diff a b c
  fails_clearly 2
  complains '"c" is too much'
  candor diff --format html a b
  fails_clearly 2
  candor diff --commit v0.1 a b
  fails_clearly 2
  complains '--commit goes with A alone'
  candor diff --repository "$BATS_TEST_TMPDIR" a b
  fails_clearly 3
  candor diff --help
  exits 0
  says 'whatever comes first: a commit of the repository'
}

@test "the options of an audit hold for both sides" {
  candor diff --repository "$work" --rubric code-completeness --format json v0.1..v0.2
  exits 0
  is_json d.before.rubric.id code-completeness
  is_json d.after.rubric.id code-completeness
  candor diff --repository "$work" --subdir third_party/framework v0.1..v0.2 --format json
  is_json d.after.subdir third_party/framework
  candor diff --repository "$work" --rubric no-such v0.1..v0.2
  exits 2
}
