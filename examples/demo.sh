#!/usr/bin/env bash
# What Candor does, offline: audits a tiny replication, runs it again from nothing in the sandbox and compares its figures with those claimed; then shows
# what Candor says of a second version of it that is dishonest in known ways. usage: examples/demo.sh [CANDOR]
set -euo pipefail
cd "$(dirname "$0")/.."
candor=$(realpath "${1:-build/candor}")
work=$(mktemp -d "${TMPDIR:-/tmp}/candor-demo-XXXXXX")
trap 'rm -rf "$work"' EXIT

# shellcheck source=examples/publish.bash
source examples/publish.bash
publish_honest "$work/tiny-replication"
publish_dishonest "$work/tiny-thinker"
show () {
  printf '\n$ candor %s\n' "$*"
  (cd "$work" && "$candor" "$@")
}

show audit tiny-replication
show reproduce --run --fresh tiny-replication
show audit tiny-thinker
