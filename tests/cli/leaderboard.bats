# `candor leaderboard`: a list of works, audited into a store by worker processes, ranked and written as a site. Kills are in tests/hostile/kill.bats.
load candor
# Where many audits are made the optimised program makes them; elsewhere the one under test.
FAST=$(dirname "$CANDOR")/../candor
[[ -x $FAST ]] || FAST=$CANDOR

setup () {
  cd "$BATS_TEST_TMPDIR"
  store=store.sqlite
}
# A work's repository with a README of the lines given.
make_work () { # DIR LINE…
  local dir=$1
  shift
  git init -q -b main "$dir"
  printf '%s\n' "${@:-We train with learning rate 1e-5 on 8 x A100.}" >"$dir/README.md"
  git -C "$dir" add -A
  git -C "$dir" commit -q -m work
}
list () { # standard input: entries
  { echo 'works:'; cat; } >works.yaml
}
leaderboard () {
  candor leaderboard --quiet --store "$store" works.yaml "$@"
}
fast () {
  CANDOR=$FAST leaderboard "$@"
}
# What the store has, whatever the order in which it came.
contents () { # STORE
  python3 -c '
import hashlib, sqlite3, sys
rows = sqlite3.connect (sys.argv[1]).execute ("SELECT work, source, revision, options, rules, date, json, failure FROM audit ORDER BY 1, 2, 3, 4, 5")
for row in rows:
    print (*(hashlib.sha256 (part).hexdigest () if isinstance (part, bytes) else part for part in row), sep="\t")' "$1"
}
site_json () { # EXPRESSION over d, the site's data
  output=$(cat site/data/leaderboard.json) json "$1"
}

@test "works are ranked, what cannot be audited is a row, and a second run audits nothing again" {
  make_work one
  repository opaque-work >/dev/null
  list <<END
  - {name: One, repository: one, note: "a small one"}
  - {name: Umbra, repository: $(repository opaque-work)}
  - {name: Gone, repository: nowhere}
  - {name: Wrong, repository: one, commit: 0123456789abcdef0123456789abcdef01234567}
END
  leaderboard --out site
  exits 0
  unhurt
  says 'Gone: cannot read the git repository at '\''nowhere'\'
  says "Wrong: cannot read the git repository at 'one': revision '0123456789abcdef0123456789abcdef01234567' names no commit in it"
  says '2 audited, 0 kept, 2 failed'
  says site/index.html
  complains 'without an audit: 2 of 4 works'
  [[ $output =~ '    1 '.*'One'.*'    2 '.*'Umbra' || $output =~ '    1 '.*'Umbra'.*'    2 '.*'One' ]] || explain_failure 'not ranked'
  [[ -s site/index.html ]]
  never grep -rqF "$BATS_TEST_TMPDIR" site
  contents "$store" >before
  cp -r site first
  leaderboard --out site
  exits 0
  says '0 audited, 2 kept, 2 failed'
  diff -r first site
  contents "$store" | diff before -
}

@test "a commit more is audited, the one before stays as its past; a failure that was mended is gone" {
  make_work one
  list <<'END'
  - {name: One, repository: one}
  - {name: Late, repository: late}
END
  fast --out site
  exits 0
  says '1 audited, 0 kept, 1 failed'
  make_work late
  echo 'The data, the code and the weights are released.' >>one/README.md
  GIT_COMMITTER_DATE='1706000000 +0000' git -C one commit -q -a -m more
  fast --out site
  exits 0
  says '2 audited, 0 kept, 0 failed'
  silent
  local first
  first=$(git -C one rev-parse --short=7 HEAD~1)
  grep -rq "$first" site/works/One.html || explain_failure 'the page does not tell the work'\''s past'
  fast --out again
  says '0 audited, 2 kept, 0 failed'
  diff -r site again
}

@test "a URL's clone is taken from --repositories, and the audit is that of the URL" {
  make_work 'clones/owner/name.git'
  make_work 'other/owner+name/repo'
  make_work 'third/owner/name'
  list <<'END'
  - {name: Name, repository: 'https://github.com/owner/name'}
END
  local folder
  for folder in clones other third; do
    store=$folder.sqlite
    fast --out "$folder-site" --repositories $folder
    exits 0
    says '1 audited, 0 kept, 0 failed'
  done
  diff -r clones-site other-site
  diff -r clones-site third-site
  grep -q 'https://github.com/owner/name/blob/' clones-site/works/Name.html || explain_failure 'no links'
  diff <(contents clones.sqlite) <(contents other.sqlite)
  fast --out none-site --repositories nowhere
  exits 0
  says '0 audited, 1 kept, 0 failed' || says '1 failed'
}

@test "a worker that crashes costs its own work only" {
  mkdir bin
  printf '#!/bin/sh\nkill -USR1 $PPID\n' >bin/pdftotext
  printf '#!/bin/sh\nexit 1\n' >bin/bwrap
  chmod +x bin/*
  make_work one
  make_work two
  make_work bad
  printf '%%PDF-1.4\nx\n' >bad/paper.pdf
  git -C bad add -A
  git -C bad commit -q -m paper
  list <<'END'
  - {name: Bad, repository: bad}
  - {name: One, repository: one}
  - {name: Two, repository: two}
END
  XDG_CACHE_HOME=$PWD/cache PATH=$PWD/bin:$PATH fast --jobs 1 --out site
  exits 0
  says 'Bad: the audit ended with signal 10'
  says '2 audited, 0 kept, 1 failed'
  printf '#!/bin/sh\nkill -KILL $PPID\n' >bin/pdftotext
  XDG_CACHE_HOME=$PWD/cache PATH=$PWD/bin:$PATH fast --jobs 2 --out site
  says 'Bad: the audit ended with signal 9'
  says '0 audited, 2 kept, 1 failed'
  printf '#!/bin/sh\nexec sleep 10\n' >bin/pdftotext
  XDG_CACHE_HOME=$PWD/cache PATH=$PWD/bin:$PATH fast --time 1s --out site
  exits 0
  says 'Bad: the audit took longer than 1 s'
  never pgrep -f "$PWD/bin"
  fast --out site
  exits 0
  says '1 audited, 2 kept, 0 failed'
}

@test "a work that needs more memory than there is fails alone" {
  [[ $FAST != "$CANDOR" || -z $(nm -D "$CANDOR" | grep -m1 __asan) ]] || skip 'memory is not bounded under the sanitizers'
  make_work one
  make_work large
  python3 -c '
import random
random.seed (1)
text = "\n\n".join (f"w{number} x{number % 977} y" for number in random.choices (range (100000), k=600000))
for part in range (6):
    with open (f"large/notes-{part}.md", "w") as out:
        out.write (f"part {part}\n\n" + text)'
  git -C large config core.looseCompression 0
  git -C large add -A
  git -C large commit -q -m large
  list <<'END'
  - {name: Large, repository: large}
  - {name: One, repository: one}
END
  fast --memory 128MiB --out site
  exits 0
  says 'Large: the audit takes more memory than 128 MiB'
  says '1 audited, 0 kept, 1 failed'
}

@test "shards, over one store or each over its own, are the whole; jobs and the list's order do not matter" {
  local i
  for i in 1 2 3 4 5 6 7 8; do
    make_work "w$i" "# Work $i" 'We train with learning rate 1e-5 on 8 x A100.'
    echo "  - {name: Work $i, repository: w$i}"
  done | list
  echo '  - {name: Gone, repository: nowhere}' >>works.yaml
  store=whole.sqlite fast --jobs 1 --out whole
  exits 0
  says '8 audited, 0 kept, 1 failed'
  local -a shards=()
  for i in 1 2 3 4 5 6 7 8; do
    "$FAST" leaderboard --quiet --jobs 1 --store shared.sqlite --shard "$i/8" works.yaml >"$i.out" 2>"$i.err" 3>&- &
    shards+=($!)
  done
  for i in "${shards[@]}"; do wait "$i" || explain_failure "$(cat ./*.err)"; done
  store=shared.sqlite fast --jobs 4 --out shared
  exits 0
  says '0 audited, 8 kept, 1 failed'
  diff -r whole shared
  diff <(contents whole.sqlite) <(contents shared.sqlite)
  store=one.sqlite fast --shard 1/2
  exits 0
  says '4 audited'
  store=two.sqlite fast --shard 2/2
  exits 0
  says '4 audited'
  store=both.sqlite fast --merge one.sqlite --merge two.sqlite --out both
  exits 0
  says '0 audited, 8 kept, 1 failed'
  diff -r whole both
  diff <(contents whole.sqlite) <(contents both.sqlite)
  { echo 'works:'; grep '^  -' works.yaml | tac; } >reversed.yaml
  mv reversed.yaml works.yaml
  store=reversed.sqlite fast --jobs 3 --out reversed
  exits 0
  diff <(contents whole.sqlite) <(contents reversed.sqlite)
}

@test "rules, options and readers' answers are part of what an audit is known by" {
  make_work one
  list <<'END'
  - {name: One, repository: one}
END
  fast --shard 1/1
  says '1 audited'
  mkdir -p rules/signals
  printf 'signals:\n  - {id: own.word, means: x, pattern: "zzyzx"}\n' >rules/signals/own.yaml
  fast --shard 1/1 --rubrics rules
  says '1 audited'
  fast --shard 1/1 --rubric code-completeness
  says '1 audited'
  fast --shard 1/1 --history 2
  says '1 audited'
  printf 'format: candor-assessment/1\nwork: one\ncommit: "%s"\nrubric: {id: tti, version: "1"}\nassessor: {name: ann, kind: author}\ndate: "2025-01-02"\nanswers:\n  - {id: data.sources, answer: "yes", reason: r}\n' \
    "$(git -C one rev-parse HEAD)" >reply.yaml
  list <<'END'
  - {name: One, repository: one, assessments: [reply.yaml]}
END
  fast --shard 1/1
  says '1 audited'
  sed -i 's/reason: r/reason: other/' reply.yaml
  fast --shard 1/1
  says '1 audited'
  fast --shard 1/1
  says '0 audited, 1 kept'
}

@test "a signal ends workers and leaderboard; what was audited stays" {
  mkdir bin
  printf '#!/bin/sh\nexec sleep 30\n' >bin/pdftotext
  printf '#!/bin/sh\nexit 1\n' >bin/bwrap
  chmod +x bin/*
  make_work one
  make_work slow
  printf '%%PDF-1.4\nx\n' >slow/paper.pdf
  git -C slow add -A
  git -C slow commit -q -m paper
  list <<'END'
  - {name: One, repository: one}
  - {name: Slow, repository: slow}
END
  local number status pid try
  for number in INT TERM; do
    rm -f "$store"
    XDG_CACHE_HOME=$PWD/cache PATH=$PWD/bin:$PATH python3 -c 'import os, signal, sys; signal.signal (signal.SIGINT, signal.SIG_DFL); os.execv (sys.argv[1], sys.argv[1:])' \
      "$FAST" leaderboard --quiet --jobs 2 --store "$store" --out site works.yaml 3>&- &
    pid=$!
    for ((try = 0; try < 200; try++)); do
      [[ ! -e $store || $(sqlite_count) != 1 ]] || break
      sleep 0.05
    done
    kill -$number "$pid"
    status=0
    wait "$pid" || status=$?
    [[ $status -eq $((128 + $(kill -l $number))) ]] || explain_failure "ended with $status"
    [[ $(sqlite_count) == 1 && ! -e $store-wal ]] || explain_failure 'the store is not whole'
    never pgrep -P "$pid"
    [[ ! -e site ]]
  done
  fast --out site
  exits 0
  says '1 audited, 1 kept, 0 failed'
}
sqlite_count () {
  python3 -c 'import sqlite3, sys; print (sqlite3.connect (sys.argv[1]).execute ("SELECT count(*) FROM audit").fetchone ()[0])' "$store" 2>/dev/null || true
}

@test "what is no list, no store, no share of work" {
  make_work one
  printf 'works:\n  - {name: a, repository: one}\n  - {name: a, repository: one}\n' >twice.yaml
  candor leaderboard --store "$store" --out site twice.yaml
  fails_clearly 2
  complains 'twice.yaml:3:12: two works are called "a"; the other is on line 2'
  printf 'works:\n  - {name: a, repository: one, comit: x}\n' >unknown.yaml
  candor leaderboard --store "$store" --out site unknown.yaml
  fails_clearly 2
  complains 'unknown.yaml:2:32: unknown key "comit"; did you mean "commit"?'
  candor leaderboard --store "$store" --out site none.yaml
  fails_clearly 2
  list <<<'  - {name: One, repository: one}'
  local arguments
  for arguments in '' '--out site --shard 1/2' '--shard 0/2' '--shard 3/2' '--shard x' '--out site --jobs -1' '--out site --memory 1MiB' '--out site --memory much' \
    '--out site --time never' '--out site --history 1' '--out site --executor cloud' '--out site --rubric tto' '--out site more.yaml' '--out site --merge none.sqlite'; do
    leaderboard $arguments
    fails_clearly 2
  done
  echo 'this is a text, not a database; it is a long one, so that nobody takes it for an empty file' >text
  cp text kept
  store=text leaderboard --out site
  fails_clearly 2
  complains 'text: this file is no database'
  cmp text kept
  store=one/README.md/store.sqlite leaderboard --out site
  fails_clearly 4
  [[ ! -e site ]]
  candor leaderboard-worker <<<'{}'
  fails_clearly 2
}

@test "a work's hostile name stays text" {
  make_work one
  list <<'END'
  - {name: "<script>alert(1)</script> $(id) `id` ../../x", repository: one}
END
  fast --out site
  exits 0
  says '<script>alert(1)</script> $(id) `id` ../../x'
  [[ -s $(echo site/works/*.html) ]]
  never grep -rq '<script>alert' site --include='*.html'
}
