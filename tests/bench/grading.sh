#!/usr/bin/env bash
# `candor grade --grader math` on 1,000,000 predictions: time, MB a minute, peak memory at a tenth of them and at all; and the same cases through
# sympy-based verification (Debian's python3-sympy, installed if need be), measured on a sample with one process and scaled. Nothing is asserted.
# usage: tests/bench/grading.sh CANDOR   NUMBER (1000000), SAMPLE (2000)
set -euo pipefail
cd "$(dirname "$0")/../.."
candor=$(realpath "${1:?usage: tests/bench/grading.sh CANDOR}")
number=${NUMBER:-1000000} sample=${SAMPLE:-2000}
python=/usr/bin/python3
work=$(mktemp -d "${TMPDIR:-/tmp}/candor-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8

if ! "$python" -c 'import sympy' 2>/dev/null; then
  sudo=$([[ $(id -u) = 0 ]] || echo sudo)
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-sympy >/dev/null 2>&1 || true
fi

"$python" tests/bench/grading.py make "$number" >"$work/all.jsonl"
head -n $((number / 10)) "$work/all.jsonl" >"$work/tenth.jsonl"
head -n "$sample" "$work/all.jsonl" >"$work/sample.jsonl"
megabytes=$(($(stat -c %s "$work/all.jsonl") / 1000000))

measure () { # THREADS FILE: seconds and peak kilobytes
  command time -f '%e %M' -o "$work/time" "$candor" grade --grader math --threads "$1" --quiet "$2" >/dev/null
  tail -n 1 "$work/time"
}
read -r _ peak_tenth < <(measure 2 "$work/tenth.jsonl")
read -r both peak < <(measure 2 "$work/all.jsonl")
read -r one _ < <(measure 1 "$work/all.jsonl")
printf 'grading: %s predictions, %s MB (load %s): %s s with one thread, %s s with two: %s and %s MB/min; peak memory %s kB, with a tenth of them %s kB\n' \
  "$number" "$megabytes" "$(cut -d' ' -f1 /proc/loadavg)" "$one" "$both" "$(awk -v m="$megabytes" -v t="$one" 'BEGIN { printf "%.0f", 60 * m / t }')" \
  "$(awk -v m="$megabytes" -v t="$both" 'BEGIN { printf "%.0f", 60 * m / t }')" "$peak" "$peak_tenth"

if ! "$python" -c 'import sympy' 2>/dev/null; then
  echo 'grading: sympy cannot be installed here: no ratio'
  exit 0
fi
"$python" tests/bench/grading.py verify "$work/sample.jsonl" >"$work/sympy"
seconds=$(tail -n 1 "$work/sympy")
head -n -1 "$work/sympy" >"$work/sympy.verdicts"
"$candor" grade --grader math --quiet "$work/sample.jsonl" | sed -E 's/.*"verdict":"([a-z-]+)".*/\1/' >"$work/verdicts"
printf 'grading: sympy takes %s s for %s of them with one process: %s times as long as one thread; the same verdict on %s of %s\n' "$seconds" "$sample" \
  "$(awk -v s="$seconds" -v k="$sample" -v t="$one" -v n="$number" 'BEGIN { printf "%.0f", (s / k) / (t / n) }')" \
  "$(paste -d' ' "$work/verdicts" "$work/sympy.verdicts" | awk '$1 == $2' | wc -l)" "$sample"
