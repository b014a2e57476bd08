# Rules of one's own that are wrong: refused with the place, exit status 2.
load hostile

setup () {
  begin; keep
  cd /
  folder=$BATS_TEST_TMPDIR/rules
}
rules () { # FILE: standard input into a file of a --rubrics directory
  mkdir -p "$folder/$(dirname "$1")"
  cat >"$folder/$1"
}
refused () { # PLACE TEXT
  bounded audit --rubrics "$folder" "${@:3}" "$repo"
  fails_clearly 2
  complains "$1"
  complains "$2"
}

@test "a rules directory that is not there, or a file" {
  bounded audit --rubrics /nowhere "$repo"
  fails_clearly 2
  complains /nowhere
  bounded audit --rubrics "$repo/README.md" "$repo"
  fails_clearly 2
}

@test "broken YAML, with file, line and column" {
  printf 'signals:\n  - id: [\n' | rules signals/own.yaml
  refused signals/own.yaml:3:1: ''
}

@test "a signal with an invalid pattern" {
  printf 'signals:\n  - id: own.broken\n    means: x\n    pattern: "(unclosed"\n' | rules signals/own.yaml
  refused signals/own.yaml:4:14: ''
}

@test "a signal with a pattern that the scanner does not take" {
  printf 'signals:\n  - id: own.look\n    means: x\n    pattern: "(?<=a)b"\n' | rules signals/own.yaml
  refused signals/own.yaml:4:14: ''
}

@test "a signal that matches the empty text, one that explodes" {
  printf 'signals:\n  - {id: own.empty, means: x, pattern: "a*"}\n' | rules signals/own.yaml
  bounded audit --rubrics "$folder" "$repo"
  [[ $status -eq 0 ]] || fails_clearly 2
  printf 'signals:\n  - {id: own.large, means: x, pattern: "((a{1,3000}){1,3000}){1,3000}"}\n' | rules signals/own.yaml
  bounded audit --rubrics "$folder" "$repo"
  fails_clearly 2
}

@test "a signal defined twice, one without a pattern, one with an unknown key" {
  printf 'signals:\n  - {id: own.a, means: x, pattern: a}\n  - {id: own.a, means: x, pattern: b}\n' | rules signals/own.yaml
  refused signals/own.yaml:3: own.a
  printf 'signals:\n  - {id: own.a, means: x}\n' | rules signals/own.yaml
  refused signals/own.yaml:2: pattern
  printf 'signals:\n  - {id: own.a, means: x, patern: a}\n' | rules signals/own.yaml
  refused signals/own.yaml:2: patern
}

rubric () { # POINTS WHEN
  printf 'rubric: own\nversion: "1"\nname: Own\ndimensions:\n  - {id: d, name: D}\ncriteria:\n  - id: d.one\n    dimension: d\n    question: Is it so?\n    points: %s\n    when: %s\n' "$1" "$2" | rules own.yaml
}

@test "a rubric that asks an unknown probe" {
  rubric 3 no-such-probe
  refused own.yaml:11: no-such-probe --rubric own
}

@test "a rubric whose points are negative, none, or no number" {
  local points
  for points in -3 0 three 1e9; do
    rubric "$points" hub-model-link
    refused own.yaml:10: points --rubric own
  done
}

@test "an unknown rubric, and one outside the rules" {
  bounded audit --rubric nothing "$repo"
  fails_clearly 2
  complains nothing
  bounded audit --rubric ../../etc/passwd "$repo"
  fails_clearly 2
}

@test "an expression that is deep, and one that is neither one thing nor another" {
  rubric 3 "$(printf '{not: %.0s' {1..1000})hub-model-link$(printf '}%.0s' {1..1000})"
  refused own.yaml:11: '' --rubric own
  rubric 3 '{all: [], any: []}'
  refused own.yaml:11: '' --rubric own
}

@test "probes that ask each other" {
  printf 'probes:\n  - {id: own-a, question: a?, when: own-b}\n  - {id: own-b, question: b?, when: own-a}\n' | rules probes/own.yaml
  refused probes/own.yaml: own-
}

@test "a probe that looks for an unknown signal" {
  printf 'probes:\n  - {id: own-a, question: "a?", find: {any: [{signals: [no.such]}]}}\n' | rules probes/own.yaml
  refused probes/own.yaml:2: no.such
}

@test "knowledge that is broken" {
  printf 'benchmarks: 7\n' | rules knowledge/benchmarks.yaml
  refused benchmarks.yaml:1: ''
}

@test "a table of blobs that is truncated or garbage" {
  head -c 1001 /dev/urandom | rules knowledge/upstream/blobs.bin
  bounded audit --rubrics "$folder" "$repo"
  [[ $status -eq 0 ]] || fails_clearly 2
}
