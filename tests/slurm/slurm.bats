# The Slurm executor on a real cluster of one machine, and leaderboards on it. What steps, repeats and limits are is the local executor's tests' (tests/cli/reproduce-run.bats):
# here the same must come out through the queue, whatever happens to the queue. Needs root; `make test-slurm`.
load ../cli/candor
load cluster

setup_file () {
  [[ $EUID -eq 0 ]] || return 0
  export CLUSTER; CLUSTER=$(mktemp -d /tmp/candor-cluster-XXXXXX) # a socket's path may not be long
  export BIN=$BATS_FILE_TMPDIR/bin SUBMITTED=$BATS_FILE_TMPDIR/submitted
  mkdir "$BIN"
  # Tells what was submitted, one call a line.
  printf '#!/bin/sh\nprintf "%%s " "$@" >>"%s"\necho >>"%s"\nexec %s "$@"\n' "$SUBMITTED" "$SUBMITTED" "$(command -v sbatch)" >"$BIN/sbatch"
  chmod +x "$BIN/sbatch"
  export PATH=$BIN:$PATH
  cluster_up "$CLUSTER"
}
teardown_file () {
  [[ -n ${CLUSTER:-} ]] || return 0
  cluster_down "$CLUSTER"
  rm -rf "$CLUSTER"
}

setup () {
  [[ $EUID -eq 0 ]] || skip 'a cluster is started as root only'
  repo=$BATS_TEST_TMPDIR/repo
  scratch=$(mktemp -d '/var/tmp/candor slurm %a-XXXXXX') # the bats folder is not one that the sandbox's user can pass through
  chmod 711 "$scratch"
  export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache
  : >"$SUBMITTED"
  under_way=
}
teardown () {
  [[ -n ${scratch:-} ]] || return 0
  if [[ -n $under_way ]]; then kill -9 "$under_way" 2>/dev/null || true; fi
  rm -f "$CLUSTER"/{hold,held}
  scancel --me || true
  cluster_wait_empty
  chmod -R u+rwx "$scratch"
  rm -rf "$scratch"
}

manifest () { # its stages and evaluations on standard input
  git init -q -b main "$repo"
  { printf 'candor: 1\nwork: {title: Work}\n'; cat; } >"$repo/replication.yaml"
  git -C "$repo" add -A
  git -C "$repo" commit -q -m work
}
reproduce () { # EXECUTOR OPTION…
  candor reproduce --run --quiet --memory 512M --scratch "$scratch" --executor "$@" "$repo"
}
# In the background, the same by Slurm; the pid is $under_way.
reproduce_on () { # OPTION…
  "$CANDOR" reproduce --run --memory 512M --scratch "$scratch" --executor slurm "$@" "$repo" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" 3>&- &
  under_way=$!
}
# How it ended: $status, $output, $stderr.
finish () {
  status=0
  wait "$under_way" || status=$?
  under_way=
  output=$(cat "$BATS_TEST_TMPDIR/out")
  stderr=$(cat "$BATS_TEST_TMPDIR/err")
  unhurt
}
sleeping () { # SECONDS, which tell one command from another's
  pgrep -f "^sleep ${1/./[.]}\$" >/dev/null
}
until_true () { # COMMAND…
  local i
  for ((i = 0; i < 300; i++)); do
    if "$@"; then return 0; fi
    sleep 0.1
  done
  echo "not within 30 s: $*; $(squeue 2>&1); $(cat "$BATS_TEST_TMPDIR/err" 2>/dev/null)"
  return 1
}
submissions () {
  wc -l <"$SUBMITTED"
}
# The job that runs now.
running_job () {
  squeue --noheader --states=running --format=%A | head -n 1
}
both () { # OPTION…: by the local executor, then by Slurm, each with a cache of its own; the reports must be the same
  XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache-local reproduce local --format json "$@"
  local expected=$output expected_status=$status
  reproduce slurm --format json "$@"
  exits "$expected_status"
  silent
  is_json d.run.executor slurm
  diff <(sed 's/"executor":[[:space:]]*"local"/"executor": "slurm"/' <<<"$expected") <(sed 's/"executor":[[:space:]]*"slurm"/"executor": "slurm"/' <<<"$output")
}

@test "the same report as by the local executor, also of what fails" {
  manifest <<'END'
models: [{id: small, weights: out/model}]
stages:
  - {name: 'train: "a; $(b) %j é', kind: sft, seed: 5, inputs: [], outputs: [small], command: 'mkdir out; env | sort >out/model; pwd >>out/model; id -u >>out/model; ls -A / ~ >>out/model'}
  - {name: broken, kind: other, inputs: [], outputs: [x], command: 'printf "first\nbad \377 byte \001\n" >&2; exit 3'}
  - {name: killed, kind: other, inputs: [], outputs: [y], command: 'kill -SEGV $$'}
evaluations:
  - {benchmark: B, metric: accuracy, inputs: [small], command: 'cat out/model | wc -l >n; echo "{\"accuracy\": 0.5}" >results.json', results: results.json}
  - {benchmark: C, metric: accuracy, inputs: [x], command: 'cp x results.json', results: other.json}
END
  both
  exits 1
  is_json 'd.run.steps.filter (s => s.state === "done").length' 2
  is_json 'd.run.steps.filter (s => s.why !== null && /exit status 3: bad/.test (s.why)).length' 1
  [[ $(submissions) -eq 4 ]]
  never grep -F 'train: ' "$SUBMITTED"
  [[ -z $(ls -A "$scratch") ]]
}

@test "a limit that is reached in a job is told as by the local executor" {
  manifest <<'END'
stages:
  - {name: slow, kind: sft, inputs: [], command: 'sleep 30.125', resources: {time: 1s}}
  - {name: chatty, kind: sft, inputs: [], command: 'yes'}
END
  both
  exits 1
  reproduce slurm
  says 'stage slow: failed: over the limit of time (1 s)'
  says 'stage chatty: failed: over the limit of output'
  never sleeping 30.125
}

@test "repeats are one array job, with the seeds and the bit-identity of the local executor" {
  manifest <<'END'
stages:
  - {name: seeded, kind: sft, seed: 7, inputs: [], outputs: [s], command: 'echo $CANDOR_SEED >s'}
  - {name: plain, kind: other, inputs: [s], outputs: [p], command: 'echo same >p'}
END
  both --repeat 3
  exits 0
  is_json 'd.run.steps.filter (s => s.step === "stage seeded").map (s => s.seed)' '[7,8,9]'
  is_json 'd.run.bit_identical.map (b => b.identical)' '[false,true]'
  grep -q -- '--array=0-2 ' "$SUBMITTED"
  (($(submissions) <= 4)) # the second step starts as the first ends, task by task
  : >"$SUBMITTED"
  reproduce slurm --repeat 3 --same-seed --fresh --format json
  is_json 'd.run.bit_identical.map (b => b.identical)' '[true,true]'
  [[ $(head -n 1 "$SUBMITTED") == *--array=0-2\ * ]]
}

@test "what others cancel fails, alone; the same command goes on from there" {
  manifest <<'END'
stages:
  - {name: first, kind: other, outputs: [a], command: 'date +%N >a'}
  - {name: second, kind: other, inputs: [a], outputs: [b], command: 'sleep 2.375; cat a >b'}
  - {name: third, kind: other, inputs: [b], outputs: [c], command: 'cat b >c'}
END
  reproduce_on --timing
  until_true sleeping 2.375
  scancel "$(running_job)"
  finish
  exits 1
  says 'stage second: failed: cancelled by somebody else'
  says 'stage third: not run: it needs stage second, which failed'
  never sleeping 2.375
  candor reproduce --run --memory 512M --scratch "$scratch" --executor slurm --timing "$repo"
  exits 0
  complains 'stage first: taken from the cache'
  says 'from the cache'
  says 'stage third: done'
  [[ $(submissions) -eq 4 ]]
}

@test "a job that is cancelled while it waits in the queue" {
  manifest <<'END'
stages: [{name: first, kind: other, outputs: [a], command: 'echo 1 >a'}]
END
  scontrol update PartitionName=main State=DOWN
  reproduce_on
  waiting () { [[ -n $(squeue --noheader --states=pending) ]]; }
  until_true waiting
  scancel --me
  finish
  scontrol update PartitionName=main State=UP
  exits 1
  says 'stage first: failed: cancelled by somebody else'
  [[ -z $(ls -A "$scratch") ]]
}

@test "an interrupt cancels what runs and what waits" {
  manifest <<'END'
stages: [{name: long, kind: other, seed: 1, inputs: [], outputs: [a], command: 'sleep 61.625'}]
END
  reproduce_on --repeat 4
  until_true sleeping 61.625
  [[ $(squeue --noheader --array | wc -l) -eq 4 ]]
  kill -INT "$under_way"
  finish
  exits 130
  complains interrupted
  [[ -z $output ]]
  never sleeping 61.625
  cluster_wait_empty
  [[ -z $(ls -A "$scratch") ]]
}

@test "after a kill the same command finishes with the same figures, and what was left in the cluster ends" {
  manifest <<'END'
stages:
  - {name: first, kind: other, outputs: [a], command: 'echo 0.25 >a'}
  - {name: second, kind: other, inputs: [a], outputs: [b], command: 'sleep 3.875; cp a b'}
evaluations:
  - {benchmark: B, metric: accuracy, inputs: [b], command: 'echo "{\"accuracy\": $(cat b)}" >results.json', results: results.json}
END
  XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache-local reproduce local --format json
  local expected; expected=$(json '[d.run.outcomes, d.run.steps.map (s => [s.step, s.state, s.files]), d.reproductions]')
  reproduce_on
  until_true sleeping 3.875
  kill -9 "$under_way"
  wait "$under_way" || true
  local left; left=$(running_job)
  [[ -n $left ]]
  candor reproduce --run --memory 512M --scratch "$scratch" --executor slurm --format json "$repo"
  exits 0
  complains 'stage first: taken from the cache'
  is_json '[d.run.outcomes, d.run.steps.map (s => [s.step, s.state, s.files]), d.reproductions]' "$expected"
  cluster_wait_empty
  never sleeping 3.875
  [[ -z $(ls -A "$scratch") ]]
}

@test "a job that the queue outlives ends when its request is gone" {
  manifest <<'END'
stages: [{name: long, kind: other, outputs: [a], command: 'sleep 62.375'}]
END
  reproduce_on
  until_true sleeping 62.375
  kill -9 "$under_way"
  wait "$under_way" || true
  sleeping 62.375
  # another work's run in the same place removes what is nobody's
  git -C "$repo" checkout -q --orphan other
  manifest <<'END'
stages: [{name: short, kind: other, outputs: [a], command: 'echo 1 >a'}]
END
  reproduce slurm
  exits 0
  cluster_wait_empty
  never sleeping 62.375
}

@test "the controller is restarted during a job, and away when the next one is submitted" {
  manifest <<'END'
stages:
  - {name: first, kind: other, outputs: [a], command: 'sleep 4.625; echo 1 >a'}
  - {name: second, kind: other, inputs: [a], outputs: [b], command: 'cp a b'}
END
  reproduce_on
  until_true sleeping 4.625
  cluster_controller_down "$CLUSTER"
  until_true never sleeping 4.625
  sleep 2
  cluster_controller_up
  finish
  exits 0
  says 'stage second: done'
}

@test "no cluster, no program of Slurm's, a job that no node can take: an error, and nothing is run" {
  manifest <<'END'
stages: [{name: first, kind: other, outputs: [a], command: 'echo 1 >a'}]
END
  SLURM_CONF=$BATS_TEST_TMPDIR/nowhere reproduce slurm
  fails_clearly 4
  complains 'no Slurm cluster can be reached'
  complains "$BATS_TEST_TMPDIR/nowhere cannot be read"
  PATH=$BATS_TEST_TMPDIR reproduce_on --quiet
  finish
  fails_clearly 4
  complains 'is not installed'
  candor reproduce --run --quiet --executor slurm --memory 512TiB --scratch "$scratch" "$repo"
  fails_clearly 4
  complains 'sbatch: '
  [[ $(submissions) -eq 1 && -z $(squeue --noheader) && -z $(ls -A "$scratch") ]]
}

@test "a program that is not on the nodes is told of with what Slurm said" {
  manifest <<'END'
stages: [{name: first, kind: other, outputs: [a], command: 'echo 1 >a'}]
END
  # the task's own program vanishes between the submission and the start
  cp "$CANDOR" "$BATS_TEST_TMPDIR/candor"
  scontrol update PartitionName=main State=DOWN
  CANDOR=$BATS_TEST_TMPDIR/candor reproduce_on
  waiting () { [[ -n $(squeue --noheader --states=pending) ]]; }
  until_true waiting
  mv "$BATS_TEST_TMPDIR/candor" "$BATS_TEST_TMPDIR/moved"
  scontrol update PartitionName=main State=UP
  finish
  exits 1
  says 'ended without a result (FAILED)'
  says 'not found'
}

@test "the example through Slurm: one job is cancelled, the rest is kept, and the figures are the local executor's" {
  source "$ROOT/examples/publish.bash"
  publish_honest "$repo"
  reproduce_on --format json
  trained () { grep -q 'stage training on answers: done' "$BATS_TEST_TMPDIR/err"; }
  local i
  for ((i = 0; i < 150; i++)); do if trained; then break; fi; sleep 1; done
  scancel "$(running_job)"
  finish
  exits 1
  is_json 'd.run.steps.some (s => s.why === "cancelled by somebody else")' true
  reproduce_on --format json
  finish
  exits 0
  grep -q 'stage training on answers: taken from the cache' <<<"$stderr"
  echo "$output" >"$BATS_TEST_TMPDIR/slurm.json"
  XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache-local "$CANDOR" reproduce --run --quiet --memory 512M --scratch "$scratch" --format json "$repo" \
    >"$BATS_TEST_TMPDIR/local.json"
  diff <(grep -v '"executor"' "$BATS_TEST_TMPDIR/local.json") <(grep -v '"executor"' "$BATS_TEST_TMPDIR/slurm.json")
  is_json 'd.reproductions.length >= 6 && d.reproductions.every (r => r.conclusion === "reproduced")' true
}

# --- leaderboards ---

works () { # four recipes, one that is not there, and one whose commit is not there
  local recipe
  works=$BATS_TEST_TMPDIR/works.yaml
  printf 'title: Recipes\nworks:\n' >"$works"
  for recipe in open-work opaque-work distilled-work declared-work; do
    printf '  - {name: %s, repository: "%s"}\n' "$recipe" "$(repository "$recipe")" >>"$works"
  done
  printf '  - {name: gone, repository: ./nowhere}\n  - {name: lost, repository: "%s", commit: %040d}\n' "$(repository open-work)" 7 >>"$works"
  store="$scratch/store 100%.sqlite"
  site=$BATS_TEST_TMPDIR/site
}
leaderboard () { # OPTION…: on the cluster, in three shards
  candor leaderboard "$works" --out "$site" --store "$store" --executor slurm --shards 3 --jobs "$(nproc)" --memory 512MiB "$@"
}
leaderboard_on () { # in the background
  "$CANDOR" leaderboard "$works" --out "$site" --store "$store" --executor slurm --shards 3 --jobs "$(nproc)" --memory 512MiB \
    >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" 3>&- &
  under_way=$!
}
is_as_local () { # the site, byte by byte
  "$CANDOR" leaderboard "$works" --out "$BATS_TEST_TMPDIR/local" --store "$BATS_TEST_TMPDIR/local.sqlite" --quiet >"$BATS_TEST_TMPDIR/local.out" 2>/dev/null
  diff -r "$BATS_TEST_TMPDIR/local" "$site"
  [[ -z $(ls "$store.shards") || $(ls "$store.shards") == lock ]]
}
holding () { [[ -s $CLUSTER/held ]]; }
shards_queued () { # NUMBER
  [[ $(squeue --noheader --array | wc -l) -eq $1 ]]
}

@test "a leaderboard of shards is the local one, and is not audited twice" {
  works
  leaderboard
  exits 0
  says '4 audited, 0 kept, 2 failed'
  is_as_local
  [[ $(submissions) -eq 1 ]]
  grep -q -- '--array=0,1,2 ' "$SUBMITTED"
  diff <(grep -v /index.html <<<"$output") <(grep -v /index.html "$BATS_TEST_TMPDIR/local.out")
  leaderboard
  exits 0
  says '0 audited, 4 kept, 2 failed'
  # what failed is tried once more, in its shard alone
  grep -q -- '--array=2 ' <(tail -n 1 "$SUBMITTED")
  is_as_local
}

@test "a node that fails in the middle: its shard is done elsewhere, and the site is the local one" {
  works
  touch "$CLUSTER/hold"
  leaderboard_on
  until_true holding
  until_true shards_queued 1
  cluster_node_fail "$CLUSTER"
  finish
  cluster_node_up n1
  cluster_wait idle
  exits 0
  says '4 audited, 0 kept, 2 failed'
  is_as_local
  [[ $(submissions) -eq 2 ]]
  grep -q -- '--array=[012] .*--exclude=n1 ' <(tail -n 1 "$SUBMITTED")
}

@test "after a kill the same command ends what was left in the queue, and goes on from what the shards had done" {
  works
  touch "$CLUSTER/hold"
  leaderboard_on
  until_true holding
  until_true shards_queued 1
  kill -9 "$under_way"
  wait "$under_way" || true
  rm "$CLUSTER/hold" "$CLUSTER/held"
  shards_queued 1
  leaderboard
  exits 0
  never says '4 audited, 0 kept'
  never says '0 audited'
  says ', 2 failed'
  is_as_local
  cluster_wait_empty
}

@test "a request to stop ends the shards; what they had audited is kept" {
  works
  touch "$CLUSTER/hold"
  leaderboard_on
  until_true holding
  until_true shards_queued 1
  kill -TERM "$under_way" # an interrupt is ignored by what a shell runs in the background
  finish
  rm "$CLUSTER/hold" "$CLUSTER/held"
  exits 143
  [[ ! -e $site ]]
  cluster_wait_empty
  leaderboard
  exits 0
  never says '0 kept'
  is_as_local
}

@test "a shard that somebody cancels is told of, and is not submitted again" {
  works
  touch "$CLUSTER/hold"
  leaderboard_on
  until_true holding
  until_true shards_queued 1
  scancel "$(squeue --noheader --nodelist=n1 --format=%F_%K)"
  finish
  rm "$CLUSTER/hold" "$CLUSTER/held"
  fails_clearly 4
  complains '1 of 3 shards failed; what was audited is kept, and the same command goes on. cancelled by somebody else'
  [[ $(submissions) -eq 1 ]]
}

@test "a shard that always fails is tried three times, and told of with what it said" {
  works
  cp "$CANDOR" "$BATS_TEST_TMPDIR/candor"
  scontrol update PartitionName=main State=DOWN
  CANDOR=$BATS_TEST_TMPDIR/candor leaderboard_on
  until_true shards_queued 3
  mv "$BATS_TEST_TMPDIR/candor" "$BATS_TEST_TMPDIR/moved"
  scontrol update PartitionName=main State=UP
  finish
  fails_clearly 4
  complains '3 of 3 shards failed'
  complains 'not found'
  [[ $(submissions) -ge 7 ]] # once together, twice alone; once more where no other node was left
}

@test "a leaderboard without a cluster, and what --shards and --shard are for" {
  works
  SLURM_CONF=$BATS_TEST_TMPDIR/nowhere leaderboard
  fails_clearly 4
  complains 'no Slurm cluster can be reached'
  leaderboard --shard 1/2
  fails_clearly 2
  candor leaderboard "$works" --shard 1/2 --store "$store" --executor slurm
  fails_clearly 2
  complains 'give their number, --shards'
  candor leaderboard "$works" --out "$site" --shards 2
  fails_clearly 2
  complains '--shards is for a cluster'
  [[ $(submissions) -eq 0 && ! -e $site ]]
}
