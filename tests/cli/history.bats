# `candor audit --history`: a work over time. Every point is what an audit of its commit says.
load candor

# What an audit of each point's commit alone says, in the shape of the points.
points_alone () { # REPOSITORY: the points stand in $output
  local commits commit alone=()
  commits=$(json 'd.history.points.map (p => p.commit).join ("\n")')
  for commit in $commits; do
    alone+=("$("$CANDOR" audit --format json --commit "$commit" "$1" 2>/dev/null | tr -d '\n' || true)")
  done
  printf '%s\n' "${alone[@]}" | node -e '
    let before = null;
    const points = require ("fs").readFileSync (0, "utf8").split ("\n").slice (0, -1).map (line => {
      if (!line) return { total: null, dimensions: [], label: null, gained: [], lost: [] };
      const d = JSON.parse (line), ids = (yes, no) => !before ? [] : d.verdicts.filter ((v, i) => v.yes === yes && before[i].yes === no).map (v => v.id);
      const point = { total: d.score.total, dimensions: d.score.dimensions.map (x => x.points), label: d.distillation.label,
        gained: ids (true, false), lost: ids (false, true) };
      before = d.verdicts;
      return point;
    });
    console.log (JSON.stringify (points));'
}

@test "every point of the timeline is what an audit of its commit says" {
  local repository got
  repository=$(repository grown-work)
  candor audit --format json --history=100 "$repository"
  exits 0
  silent
  is_json 'd.history.points.length' 14
  got=$(json 'd.history.points.map (({ total, dimensions, label, gained, lost }) => ({ total, dimensions, label, gained, lost }))')
  [[ $got == "$(points_alone "$repository")" ]] || explain_failure "the points differ from audits alone: $(points_alone "$repository")"
}

@test "the audited commit's own report is the same with and without the timeline" {
  local repository expected threads
  repository=$(repository grown-work)
  candor audit --format json "$repository"
  exits 0
  is_json 'd.history === undefined' true
  expected=$(json 'JSON.stringify (d)')
  for threads in 1 8; do
    candor audit --format json --history=100 --threads $threads "$repository"
    exits 0
    is_json 'delete d.history && JSON.stringify (d)' "$expected"
  done
}

@test "points are those of the commits on the line of first parents, oldest first" {
  local repository
  repository=$(repository grown-work)
  candor audit --format json --history=100 "$repository"
  exits 0
  is_json 'd.history.points.map (p => p.commit).join (" ")' "$(git -C "$repository" rev-list --first-parent --reverse HEAD | tr '\n' ' ' | sed 's/ $//')"
  is_json 'd.history.points.map (p => p.date).join (" ")' \
    "$(TZ=UTC git -C "$repository" log --first-parent --reverse --date=short-local --format=%cd | tr '\n' ' ' | sed 's/ $//')"
}

@test "of many commits as many are taken as asked for, evenly, the oldest and the audited one among them" {
  local repository line
  repository=$(repository grown-work)
  line=($(git -C "$repository" rev-list --first-parent --reverse HEAD))
  candor audit --format json --history=5 "$repository"
  exits 0
  is_json 'd.history.points.map (p => p.commit).join (" ")' "${line[0]} ${line[3]} ${line[7]} ${line[10]} ${line[13]}"
  candor audit --format json --history=2 --commit HEAD~4 "$repository"
  exits 0
  is_json 'd.history.points.map (p => p.commit).join (" ")' "${line[0]} ${line[9]}"
}

@test "two tags on the line are taken of themselves, with the audited commit; of several tags on a commit the first" {
  candor audit --format json --history "$(repository grown-work)"
  exits 0
  is_json 'd.history.points.map (p => p.tag)' '["v0.1","v0.2",null]'
}

@test "one tag on the line is no history: commits are taken, unless tags are asked for" {
  local repository=$BATS_TEST_TMPDIR/one-tag
  git clone -q --no-local "$(repository grown-work)" "$repository"
  git -C "$repository" tag -d v0.2 v0.2-final >/dev/null
  candor audit --format json --history "$repository"
  exits 0
  is_json 'd.history.points.length' 10
  is_json 'd.history.points.filter (p => p.tag).length <= 1' true
  candor audit --format json --history=tags "$repository"
  exits 0
  is_json 'd.history.points.map (p => p.tag)' '["v0.1",null]'
}

@test "what was gained and lost is told between points that could be audited; one that could not says why" {
  candor audit --format json --history=100 "$(repository grown-work)"
  exits 0
  is_json 'd.history.points.filter (p => p.why).map (p => [p.total, p.label, p.why])' '[[null,null,"its manifest has faults"]]'
  is_json 'd.history.points.filter (p => p.tag === "v0.2")[0].lost' '["method.long-thought","method.compute"]'
  is_json 'd.history.points.at (-1).gained' '["open.weights"]'
  is_json 'd.history.points[0].gained.length' 0
}

@test "the part that is audited may not have been there from the start" {
  candor audit --format json --history=100 --subdir third_party "$(repository grown-work)"
  exits 0
  is_json 'd.history.points.slice (0, 3).map (p => p.why)' '["the audited part was not there","the audited part was not there",null]'
}

@test "text and Markdown show the timeline, and only where it is asked for" {
  local repository format
  repository=$(repository grown-work)
  for format in text markdown; do
    candor audit --format $format --history "$repository"
    exits 0
    says 'Over time'
    says v0.1
    says 2024-04-20
    says "$(git -C "$repository" rev-parse --short=10 HEAD)"
    candor audit --format $format "$repository"
    lacks 'Over time'
  done
  COLUMNS=60 candor audit --history=100 "$repository"
  exits 0
  says 'not audited: its manifest'
  [[ $(wc -L <<<"$output") -le 60 ]] || explain_failure 'a line is too long'
}

@test "a bare --history leaves the next word to be the repository; values are checked" {
  cd "$(repository opaque-work)"
  candor audit --history . --format json
  exits 0
  is_json 'd.history.points.length' 1
  local value
  for value in 0 1 101 x -3 ''; do
    candor audit "--history=$value" .
    fails_clearly 2
    complains 'from 2 to 100'
  done
}

@test "a shallow clone's line ends where the clone does" {
  local repository=$BATS_TEST_TMPDIR/shallow
  git clone -q --depth 3 "file://$(repository grown-work)" "$repository" 2>/dev/null
  candor audit --format json --history=100 "$repository"
  exits 0
  is_json 'd.history.points.length' 3
}

@test "names of tags do not steer a terminal" {
  local repository=$BATS_TEST_TMPDIR/tags format
  git clone -q --no-local "$(repository opaque-work)" "$repository"
  git -C "$repository" tag "$(printf 'a\302\233c|<b>')"
  for format in text markdown json; do
    candor audit --format $format --history=tags "$repository"
    exits 0
    [[ $output != *$'\302\233'* ]] || explain_failure 'a control character is printed'
  done
}

@test "a forged tree that names one file a thousand times is no harm to a timeline" {
  local repository=$BATS_TEST_TMPDIR/forged blob tree commit=
  git clone -q --no-local "$(repository opaque-work)" "$repository"
  cd "$repository"
  blob=$(git rev-parse HEAD:README.md)
  tree=$(python3 -c 'import sys
blob = bytes.fromhex(sys.argv[1])
sys.stdout.buffer.write((b"100644 README.md\0" + blob) * 1000)' "$blob" | git hash-object -t tree -w --stdin --literally)
  for _ in 1 2 3; do commit=$(git commit-tree -m forged ${commit:+-p $commit} "$tree"); done
  git update-ref refs/heads/main "$commit"
  candor audit --format json --history=3 --threads 8 .
  exits 0
  unhurt
  is_json 'd.history.points.length' 3
}
