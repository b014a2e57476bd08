# replication.yaml made to hurt: `validate` and `audit` refuse it with line and column, and take nothing from it.
load hostile

declare_work () { # standard input: the manifest
  begin
  cat >replication.yaml
  keep
}
# Both verbs refuse the manifest with exit status 2 and name the place.
refused () { # LINE:COLUMN TEXT
  cd /
  bounded validate "$repo/replication.yaml"
  exits 2
  [[ $output$stderr == *"replication.yaml:$1: "*"$2"* ]] || explain_failure "expected replication.yaml:$1: … $2"
  bounded audit "$repo"
  fails_clearly 2
  complains "replication.yaml:$1: "
  complains "$2"
}
head_of_manifest=$'candor: 1\nwork: {title: Work}\n'

@test "aliases that multiply" {
  {
    printf '%s' "$head_of_manifest"
    echo 'models: &a0 [{id: x}]'
    for i in {1..30}; do echo "x$i: &a$i [*a$((i - 1)), *a$((i - 1)), *a$((i - 1))]"; done
  } | declare_work
  refused 3:9 ''
}

@test "an unknown key, with the nearest known one" {
  printf '%smodles: []\n' "$head_of_manifest" | declare_work
  refused 3:1 'did you mean "models"'
}

@test "values of the wrong type, all of them told" {
  printf 'candor: one\nwork: [a, b]\nmodels: {id: x}\nclaims:\n  - {model: m, benchmark: b, metric: a, value: high}\n' | declare_work
  refused 1:9 'whole number'
  bounded validate "$repo/replication.yaml"
  local place
  for place in 1:9 2:7 3:9 5:48; do
    [[ $output$stderr == *"replication.yaml:$place: "* ]] || explain_failure "expected a fault at $place"
  done
}

@test "a tab as indentation" {
  printf 'candor: 1\nwork:\n\ttitle: x\n' | declare_work
  refused 3:1 ''
}

@test "the same key twice" {
  printf '%sclaims: []\nclaims: []\n' "$head_of_manifest" | declare_work
  refused 4:1 claims
}

@test "10,000 levels" {
  { printf '%smodels: ' "$head_of_manifest"; printf '[%.0s' {1..10000}; } | declare_work
  refused 3: '' || refused "3:$((9 + 63))" ''
}

@test "NUL, UTF-16, nothing, a scalar, a list" {
  local text
  for text in 'candor: 1\nwork: {title: "a\0b"}\n' 'candor' '- a\n- b\n' '' '\xff\xfec\0a\0' '%%YAML 9.9\n---\n' '{' '"' '!!python/object:os.system x' '? [a]\n: b\n'; do
    rm -rf "$BATS_TEST_TMPDIR/repo"
    printf "$text" | declare_work
    bounded validate "$repo/replication.yaml"
    exits 2
    bounded audit "$repo"
    fails_clearly 2
    complains replication.yaml
  done
}

@test "bytes that are no UTF-8 in a value are no reason to fail in any other way" {
  printf 'candor: 1\nwork: {title: "a\xff"}\n' | declare_work
  bounded validate "$repo/replication.yaml"
  exits 2
  says 'replication.yaml:2:'
  bounded audit "$repo"
  [[ $status -eq 0 ]] || fails_clearly 2
}

@test "an escape in a key does not reach the terminal" {
  printf '%s"\\e[31mred\\e]0;x\\a": 1\n' "$head_of_manifest" | declare_work
  refused 3:1 'unknown key'
}

@test "200,000 claims and a title of a megabyte" {
  {
    printf 'candor: 1\nwork:\n  title: "%s"\nclaims:\n' "$(head -c 1000000 /dev/zero | tr '\0' x)"
    yes '  - {model: m, benchmark: aime24, metric: accuracy, value: 1}' | head -n 20000
  } | declare_work
  bounded audit "$repo"
  [[ $status -eq 0 ]] || fails_clearly 2
}

@test "paths that leave the repository are not taken for files of it" {
  declare_work <<'END'
candor: 1
work: {title: Work, license: MIT}
models:
  - {id: m, base: x, weights: ../../../../etc/passwd}
datasets:
  - {id: d, path: /etc/passwd, role: training}
  - {id: e, path: "../\0", role: training}
END
  cd /
  bounded audit --format json "$repo"
  [[ $status -eq 0 ]] || fails_clearly 2
  lacks 'root:x'
}

@test "a manifest that is a folder, a symbolic link or a submodule" {
  begin; mkdir replication.yaml; echo x >replication.yaml/x; keep; survives
  rm -rf "$repo"
  begin; ln -s /etc/passwd replication.yaml; keep; cd /
  bounded audit --format json "$repo"
  [[ $status -eq 0 ]] || fails_clearly 2
  lacks 'root:x'
}

@test "what validate is given is missing, a folder, a device or endless" {
  bounded validate "$BATS_TEST_TMPDIR/none.yaml"
  exits 2
  [[ -n $stderr ]]
  bounded validate /proc/self/mem
  [[ $status -ge 2 ]]
  head -c 40000000 /dev/zero | tr '\0' '#' >"$BATS_TEST_TMPDIR/large.yaml"
  bounded validate "$BATS_TEST_TMPDIR/large.yaml"
  exits 2
}
