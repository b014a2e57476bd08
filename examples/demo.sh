#!/usr/bin/env bash
# What Candor does, in seconds and offline: audits a tiny replication with its manifest and without, then trains and evaluates it and
# compares the accuracy obtained with the one its README claims. usage: examples/demo.sh [CANDOR]
set -euo pipefail
cd "$(dirname "$0")/.."
candor=$(realpath "${1:-build/candor}")
work=$(mktemp -d "${TMPDIR:-/tmp}/candor-demo-XXXXXX")
trap 'rm -rf "$work"' EXIT

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME='Candor contributors' GIT_AUTHOR_EMAIL=candor@example.org GIT_AUTHOR_DATE='1735689600 +0000'
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE

publish () { # FOLDER: the example as a repository
  mkdir "$1"
  cp -R examples/tiny-replication/. "$1"
  rm -rf "$1/__pycache__" ${2:+"$1/$2"}
  git -C "$1" init -q -b main
  git -C "$1" add -A
  git -C "$1" commit -q -m 'Tiny replication'
}
# The number after a key of the JSON that Candor prints: first occurrence.
number () {
  sed -nE "s/^.*\"$1\":[[:space:]]*(-?[0-9.]+).*/\1/p" "$2" | head -n 1
}

publish "$work/declared"
publish "$work/undeclared" replication.yaml

echo '$ candor audit tiny-replication'
"$candor" audit "$work/declared"

for name in declared undeclared; do
  "$candor" audit --quiet --format json -o "$work/$name.json" "$work/$name"
done
echo
echo 'The same work, with its manifest and without:'
printf '  with replication.yaml     %3s of %s\n' "$(number total "$work/declared.json")" "$(number of "$work/declared.json")"
printf '  without replication.yaml  %3s of %s\n' "$(number total "$work/undeclared.json")" "$(number of "$work/undeclared.json")"

echo
echo 'Its commands, run as its README gives them:'
claimed=$(sed -nE 's/^\| tiny replication \(ours\) \| *([0-9.]+) *\|$/\1/p' "$work/declared/README.md")
cd "$work/declared"
rm results/metrics.json results/predictions.jsonl results/weights.json
sed -n '/^## Run$/,/^## Results$/p' README.md | sed -n '/^```bash$/,/^```$/p' | grep -v '^```' >"$work/commands"
while IFS= read -r command; do
  echo "  \$ $command"
  bash -c "$command" </dev/null | sed 's/^/    /'
done <"$work/commands"
obtained=$(number accuracy results/metrics.json)
echo
printf '  accuracy claimed %s, obtained %s: ' "$claimed" "$obtained"
if [[ -n $claimed && $claimed == "$obtained" ]]; then
  echo reproduced
else
  echo 'not reproduced'
  exit 1
fi
