#!/usr/bin/env bash
# Wall time of an audit that compares 100,000 training items with 5,000 evaluation items (11 files, about 100 MB), against `wc -w` on the same files; nothing is asserted.
# `before` is an audit of the same repository whose files are named so that nothing is compared: the difference is the comparison.
# usage: tests/bench/contamination.sh CANDOR   RUNS (3): runs of each, the fastest counts.
set -euo pipefail
candor=$(realpath "${1:?usage: tests/bench/contamination.sh CANDOR}")
runs=${RUNS:-3}
work=$(mktemp -d "${TMPDIR:-/tmp}/candor-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 XDG_CACHE_HOME=$work/cache
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org

git init -q -b main "$work/repo"
cd "$work/repo"
mkdir data
awk 'BEGIN {
  srand(1)
  for (w = 0; w < 4000; w++) word[w] = substr("bcdfghjklmnprstvw", 1 + w % 17, 1) substr("aeiou", 1 + int(w / 17) % 5, 1) substr("lmnrstkp", 1 + int(w / 85) % 8, 1) substr("eiaou", 1 + int(w / 680) % 5, 1) "n"
  for (i = 0; i < 105000; i++) {
    text = "Let $\\\\frac{" int(rand() * 900) "}{" int(rand() * 900) "}$ be"
    for (w = 0; w < 60; w++) text = text " " word[int(rand() * 4000)]
    solution = ""
    for (w = 0; w < 90; w++) solution = solution " " word[int(rand() * 4000)]
    file = i < 100000 ? "data/train-" int(i / 10000) ".jsonl" : "data/test.jsonl"
    print "{\"question\": \"" text ".\", \"answer\": " int(rand() * 1000) ", \"solution\": \"" solution "\"}" >file
  }
}'
git add -A
git commit -q -m data
fastest () { # milliseconds
  local best='' i start took
  for ((i = 0; i < runs; i++)); do
    start=${EPOCHREALTIME/./}
    "$@" >/dev/null 2>&1
    took=$((${EPOCHREALTIME/./} - start))
    [[ -n $best ]] && ((best <= took)) || best=$took
  done
  awk -v t="$best" 'BEGIN { printf "%.0f", t / 1000 }'
}
words=$(fastest wc -w data/*.jsonl)
compared=$(fastest "$candor" audit --quiet --format json .)
for file in data/*.jsonl; do git mv "$file" "${file/-/_}.${RANDOM}.bak"; done
for file in data/*.bak; do git mv "$file" "data/part$((n = ${n:-0} + 1)).jsonl"; done
git commit -q -m renamed
before=$(fastest "$candor" audit --quiet --format json .)
printf 'contamination: 100,000 items (%s MB) against 5,000: audit %s ms, of that without the comparison %s ms; wc -w %s ms: %s times\n' \
  "$(du -cm data | tail -n 1 | cut -f1)" "$compared" "$before" "$words" "$(awk -v a="$compared" -v b="$words" 'BEGIN { printf "%.1f", a / b }')"
