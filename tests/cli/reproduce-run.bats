# `candor reproduce --run`: order, cache, repeats, failures, limits and how it ends. What the sandbox keeps out stands in tests/hostile/sandbox.bats.
load candor

setup () {
  repo=$BATS_TEST_TMPDIR/repo
  kept=$BATS_TEST_TMPDIR/kept
  scratch=$(mktemp -d /var/tmp/candor-reproduce-XXXXXX) # the bats folder is not one that the sandbox's user can pass through
  chmod 711 "$scratch"
  export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache
  git init -q -b main "$repo"
  cd "$repo"
}
teardown () {
  chmod -R u+rwx "$scratch"
  rm -rf "$scratch"
}
manifest () { # its stages and evaluations on standard input
  { printf 'candor: 1\nwork: {title: Work}\n'; cat; } >replication.yaml
  git add -A
  git commit -q -m work
}
reproduce () { # OPTION…
  rm -rf "$kept"
  candor reproduce --run --scratch "$scratch" --keep "$kept" "$@" "$repo"
}
made () { # PATH of what was made, of the first repeat
  cat "$kept/repeat-${2:-1}/$1"
}

@test "steps run in the order of what they need, not of the file" {
  manifest <<'END'
models: [{id: small, weights: out/model}]
datasets: [{id: thoughts, path: data/thoughts.txt, role: training}]
stages:
  - {name: train, kind: sft, inputs: [thoughts], outputs: [small], command: 'mkdir -p out && cp data/thoughts.txt out/model && echo train >>out/model'}
  - {name: generate, kind: other, inputs: [], outputs: [thoughts], command: 'mkdir -p data && echo generate >data/thoughts.txt'}
evaluations:
  - {benchmark: B, metric: accuracy, inputs: [small], command: 'cp out/model results.txt && echo evaluate >>results.txt', results: results.txt}
  - {benchmark: C, metric: accuracy, results: ./results.txt, inputs: [small]}
END
  reproduce --quiet
  exits 0
  silent
  [[ $(made results.txt | tr '\n' ' ') == 'generate train evaluate ' ]]
  [[ $output == *'stage generate: done'*'stage train: done'*'evaluation B accuracy: done'* ]]
  says 'evaluation B accuracy: results results.txt'
  says 'evaluation C accuracy: not run: no command in the manifest'
  says 'evaluation C accuracy: results ./results.txt'
  [[ -z $(ls -A "$scratch") ]]
}

@test "a cycle is an error with its place" {
  manifest <<'END'
stages:
  - {name: first, kind: other, inputs: [b], outputs: [a], command: 'true'}
  - {name: second, kind: other, inputs: [a], outputs: [b], command: 'true'}
END
  reproduce
  fails_clearly 2
  complains 'replication.yaml:4:5: a cycle: stage first needs what stage second makes, which needs what stage first makes'
}

@test "faults of the manifest and of the command line" {
  manifest <<'END'
stages:
  - name: train
    kind: sft
    command: 'true'
    resources: {time: soon}
END
  reproduce
  fails_clearly 2
  complains 'replication.yaml:7:23: "time" must be a time'
  candor reproduce --repeat 2 "$repo"
  fails_clearly 2
  complains 'nothing is run without --run'
  for wrong in '--executor moon' '--gpus a' '--gpus ../sda' '--time soon' '--memory 1' '--repeat -1' '--format xml' '--image nowhere' '--scratch nowhere' '--disk much'; do
    # shellcheck disable=SC2086
    reproduce $wrong
    fails_clearly 2
  done
  git rm -q replication.yaml
  git commit -q -m gone
  reproduce
  fails_clearly 2
  complains 'the commit has no such file'
  repo=$BATS_TEST_TMPDIR/nowhere
  reproduce
  fails_clearly 3
}

@test "a failing step stops what needs it, and nothing else" {
  manifest <<'END'
stages:
  - {name: broken, kind: other, inputs: [], outputs: [x], command: 'echo partial >x; echo the reason >&2; exit 3'}
  - {name: sound, kind: other, inputs: [], outputs: [y], command: 'ls >y'}
evaluations:
  - {benchmark: B, metric: accuracy, inputs: [x], command: 'cp x results.json', results: results.json}
  - {benchmark: C, metric: accuracy, inputs: [y], command: 'cp y results.json', results: results.json}
END
  reproduce --quiet
  exits 1
  says 'stage broken: failed: exit status 3: the reason'
  says 'stage sound: done, 1 file'
  says 'evaluation B accuracy: not run: it needs stage broken, which failed'
  says 'evaluation C accuracy: done'
  [[ ! -e $kept/repeat-1/x ]]
  made y | never grep x
}

@test "what the commit ships is no result of a run" {
  echo '{"accuracy": 100}' >results.json
  echo old >kept.txt
  manifest <<'END'
evaluations:
  - {benchmark: B, metric: accuracy, command: 'ls >seen', results: results.json}
  - {benchmark: C, metric: accuracy, command: 'cat kept.txt >new; touch kept.txt; rm replication.yaml', results: kept}
END
  reproduce --quiet
  says 'evaluation B accuracy: nothing: it made no results.json'
  says 'evaluation C accuracy: nothing: it made no kept'
  made seen | never grep results.json
  [[ $(made new) == old ]]
}

@test "a run that was killed goes on where it stopped; an interrupt leaves nothing" {
  manifest <<'END'
stages:
  - {name: first, kind: other, outputs: [a], command: 'echo 1 >a'}
  - {name: second, kind: other, inputs: [a], outputs: [b], command: 'sleep 64.25'}
END
  run_until_second () { # SIGNAL
    "$CANDOR" reproduce --run --scratch "$scratch" "$repo" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" 3>&- &
    local candor=$!
    for _ in $(seq 200); do ! pgrep -f '^sleep 64[.]25$' >/dev/null || break; sleep 0.05; done
    kill -"$1" "$candor"
    wait "$candor"
  }
  status=0
  run_until_second KILL || status=$?
  exits 137
  grep -q 'stage first: done' "$BATS_TEST_TMPDIR/err"
  [[ $(ls "$XDG_CACHE_HOME/candor/runs") =~ ^[0-9a-f]{64}$ ]]
  status=0
  run_until_second INT || status=$?
  exits 130
  grep -q 'stage first: taken from the cache' "$BATS_TEST_TMPDIR/err"
  grep -q 'interrupted' "$BATS_TEST_TMPDIR/err"
  [[ ! -s $BATS_TEST_TMPDIR/out ]]
  never pgrep -f '^sleep 64[.]25$'
  [[ -z $(ls -A "$scratch") ]]
  [[ $(ls -A "$XDG_CACHE_HOME/candor/runs") =~ ^[0-9a-f]{64}$ ]]
  status=0
  run_until_second TERM || status=$?
  exits 143
}

@test "the cache is asked by what a step depends on" {
  manifest <<'END'
stages:
  - {name: make, kind: other, outputs: [a], command: 'date +%N >a'}
END
  reproduce --quiet
  local first; first=$(made a)
  reproduce --quiet --timing
  says 'from the cache'
  [[ $(made a) == "$first" ]]
  reproduce --quiet --fresh
  [[ $(made a) != "$first" ]]
  first=$(made a)
  reproduce --quiet
  [[ $(made a) == "$first" ]]
  reproduce --quiet --memory 1G
  [[ $(made a) != "$first" ]]
  echo other >file
  git add -A && git commit -q -m other
  reproduce --quiet --timing
  lacks 'from the cache'
  [[ $(made a) != "$first" ]]
  first=$(made a)
  # an entry that is not what it says is made anew
  find "$XDG_CACHE_HOME/candor/runs" -type f ! -name products.json -exec sh -c 'echo spoilt >"$1"' _ {} \;
  reproduce --quiet
  exits 0
  [[ $(made a) =~ ^[0-9]+$ && $(made a) != "$first" ]]
}

@test "repeats: seeds counted up from the manifest's, spread in the files, bit-identity told" {
  manifest <<'END'
stages:
  - {name: seeded, kind: sft, seed: 7, inputs: [], outputs: [s], command: 'echo $CANDOR_SEED >s; echo same >t'}
  - {name: plain, kind: other, inputs: [], outputs: [p], command: 'echo $CANDOR_SEED >p'}
  - {name: loose, kind: other, inputs: [], outputs: [l], command: 'date +%N >l'}
END
  reproduce --quiet --repeat 3
  exits 0
  [[ $(made s 1) == 7 && $(made s 2) == 8 && $(made s 3) == 9 && $(made p 3) == 0 ]]
  says 'stage seeded, repeat 3 (seed 9): done'
  says 'stage seeded: not bit-identical, first in s'
  says 'stage plain: bit-identical'
  says 'stage loose: not bit-identical, first in l'
  reproduce --quiet --repeat 2 --same-seed --format json
  is_json 'd.run.steps.filter (s => s.step === "stage seeded").map (s => s.seed)' '[7,7]'
  is_json 'd.run.bit_identical.map (b => b.identical)' '[true,true,false]'
  is_json 'd.run.same_seed' true
}

@test "a manifest's demands are met within what is allowed" {
  manifest <<'END'
stages:
  - {name: long, kind: sft, inputs: [], command: 'true', resources: {time: 2h}}
  - {name: large, kind: sft, inputs: [], command: 'true', resources: {memory: 64GiB}}
  - {name: graphics, kind: sft, inputs: [], command: 'true', resources: {gpus: 2}}
  - {name: short, kind: sft, inputs: [], command: 'sleep 20', resources: {time: 1s, memory: 100M, cpus: 2}}
  - {name: threads, kind: sft, inputs: [], outputs: [n], command: 'echo $OMP_NUM_THREADS >n', resources: {cpus: 3}}
END
  reproduce --quiet
  exits 1
  says 'stage long: not run: it asks for 2 h of time, and 1 h are allowed (--time)'
  says 'stage large: not run: it asks for 64 GiB of memory, and 8 GiB are allowed (--memory)'
  says 'stage graphics: not run: it asks for 2 GPUs, and 0 are given (--gpus)'
  says 'stage short: failed: over the limit of time (1 s)'
  [[ $(made n) == 3 ]]
}

@test "a work in a subfolder, files in Git LFS, an image" {
  mkdir -p works/one
  printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 9\n' 0 >works/one/weights.bin
  { printf 'candor: 1\nwork: {title: Work}\nstages:\n'; echo "  - {name: s, kind: other, command: 'pwd >where; cat ../../top >>where; test ! -e /usr/share/doc; ls / >>where'}"; } >works/one/replication.yaml
  echo top >top
  git add -A && git commit -q -m work
  local image=$scratch/image
  mkdir -p "$image"/usr/{bin,lib} "$image/srv"
  ln -s usr/bin "$image/bin"
  for name in sh pwd cat ls test true; do cp "$(command -v "$name" || echo /bin/true)" "$image/usr/bin/" 2>/dev/null || true; done
  # the programs' libraries, wherever they stand
  for library in $(ldd /bin/ls /bin/sh | grep -oE '/[^ ]+' | grep -v : | sort -u); do mkdir -p "$image$(dirname "$library")" && cp "$library" "$image$library"; done
  reproduce --quiet --subdir works/one --image "$image"
  exits 0
  says "in the image $image"
  says 'Not exported: works/one/weights.bin (Git LFS pointer)'
  [[ $(made works/one/where) == $'/replication/works/one\ntop\n'*srv* ]]
  made works/one/where | never grep -x opt
}

@test "the same report twice" {
  manifest <<'END'
stages:
  - {name: make, kind: other, outputs: [a], command: 'echo $CANDOR_SEED >a; sleep 0.1'}
END
  reproduce --quiet --format json
  local first=$output
  reproduce --quiet --format json --fresh
  [[ $output == "$first" ]]
}
