#!/usr/bin/env bash
# Wall times of Candor against git on the same repositories; nothing is asserted.
#   audit  whole audit of HEAD from a cache that holds the compiled rules and nothing else (PDF text is extracted anew),
#          against `git cat-file --batch-all-objects --batch`, which reads every object once
#   scan   reading, parsing and scanning HEAD, against `git grep -I -i -P -f PATTERNS HEAD` with the same patterns
#   peak   most memory of the audit of the largest repository
# usage: tests/bench/run.sh CANDOR [CORPUS]   CORPUS (default $CANDOR_CORPUS): a folder of CORPUS/*/repo; without one, two repositories are made.
# RUNS (3): runs of each, the fastest counts. MOST (all): only so many repositories. What takes over 120 s ("slow") or fails, as git grep does
# where a long line exceeds PCRE's match limit, is left out of the medians.
set -euo pipefail
cd "$(dirname "$0")/../.."
candor=$(realpath "${1:?usage: tests/bench/run.sh CANDOR [CORPUS]}")
corpus=${2:-${CANDOR_CORPUS:-}}
runs=${RUNS:-3}
work=$(mktemp -d "${TMPDIR:-/tmp}/candor-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1

make_history () { # DIR: 300 commits over 1,500 files
  git init -q -b main "$1"
  awk 'BEGIN {
    srand(1)
    split("the work of many hands is told here in plain words that few rules look at", word, " ")
    fact[0] = "We train the model with learning rate 1e-5 on 8 x A100."; fact[1] = "python train.py --batch_size 64 --num_train_epochs 3"
    for (c = 1; c <= 300; c++) {
      printf "commit refs/heads/main\nmark :%d\ncommitter C <c@example.org> %d +0000\ndata 1\nx\n", c, 1704067200 + 3600 * c
      if (c > 1) printf "from :%d\n", c - 1
      for (f = 0; f < 5; f++) {
        text = ""
        for (l = 0; l < 120; l++) { if (rand() < 0.03) text = text fact[l % 2]; else for (w = 0; w < 9; w++) text = text word[1 + int(rand() * 16)] " "; text = text "\n" }
        n = 5 * c + f
        printf "M 100644 inline d%d/f%d.%s\ndata %d\n%s\n", n % 40, n, (n % 3 == 0 ? "md" : n % 3 == 1 ? "py" : "sh"), length(text), text
      }
    }
  }' | git -C "$1" fast-import --quiet
}

repositories=()
if [[ -n $corpus ]]; then
  for repository in "$corpus"/*/repo; do [[ ! -d $repository ]] || repositories+=("$repository"); done
  repositories=("${repositories[@]:0:${MOST:-100000}}")
fi
if ((${#repositories[@]} == 0)); then
  echo 'no corpus: two repositories made for the purpose'
  mkdir -p "$work/made/small" "$work/made/history"
  bash tests/repos/open-work.sh "$work/made/small/repo" >/dev/null
  make_history "$work/made/history/repo"
  repositories=("$work/made/small/repo" "$work/made/history/repo")
fi

# Milliseconds of the fastest run, or "fails" or "slow" instead. $before is run first, off the clock.
fastest () {
  local best='' i start end took status
  for ((i = 0; i < runs; i++)); do
    $before
    start=${EPOCHREALTIME/./}
    timeout 120 "$@" >/dev/null 2>&1 && status=0 || status=$?
    end=${EPOCHREALTIME/./}
    case $status in 0 | 1) ;; 124) echo slow; return ;; *) echo fails; return ;; esac
    took=$((end - start))
    [[ -n $best ]] && ((best <= took)) || best=$took
  done
  awk -v t="$best" 'BEGIN { printf "%.1f", t / 1000 }'
}
ratio () {
  if [[ $1$2 == *[a-z]* ]]; then echo -; else awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a / b }'; fi
}
median () { # FIELD of the table
  cut -f "$1" "$work/table" | grep '^[0-9]' | sort -g | awk '{ v[NR] = $1 } END { if (NR == 0) print "-"; else print (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2) }'
}

# Rules compiled once; each audit begins with a copy of a cache that holds only them.
mkdir "$work/rules"
export XDG_CACHE_HOME=$work/rules
"$candor" rubrics >/dev/null
"$candor" rubrics --patterns >"$work/patterns"
fresh_cache () {
  rm -rf "$work/cache"
  cp -R "$work/rules" "$work/cache"
}

largest='' largest_size=0
printf '%-44s %9s %9s %7s  %9s %9s %7s\n' repository audit cat-file ratio scan git-grep ratio
: >"$work/table"
for repository in "${repositories[@]}"; do
  name=$(basename "$(dirname "$repository")")
  size=$(du -sk "$repository" | cut -f1)
  if ((size > largest_size)); then largest=$repository largest_size=$size; fi
  before=fresh_cache
  audit=$(XDG_CACHE_HOME=$work/cache fastest "$candor" audit --quiet --format json "$repository")
  before=true
  objects=$(fastest git -C "$repository" cat-file --batch-all-objects --batch)
  scan=$(fastest "$candor" audit --quiet --scan-only "$repository")
  grep=$(fastest git -C "$repository" grep -I -i -P -f "$work/patterns" HEAD)
  row="$name\t$audit\t$objects\t$(ratio "$audit" "$objects")\t$scan\t$grep\t$(ratio "$scan" "$grep")"
  printf "$row\n" >>"$work/table"
  printf "$row\n" | awk -F '\t' '{ printf "%-44.44s %9s %9s %7s  %9s %9s %7s\n", $1, $2, $3, $4, $5, $6, $7 }'
done
printf '%-44s %9s %9s %7s  %9s %9s %7s   (ms; %d repositories, fastest of %d)\n' median "$(median 2)" "$(median 3)" "$(median 4)" "$(median 5)" "$(median 6)" "$(median 7)" \
  "${#repositories[@]}" "$runs"
fresh_cache
XDG_CACHE_HOME=$work/cache command time -q -f %M -o "$work/peak" "$candor" audit --quiet --format json "$largest" >/dev/null || true
printf 'peak memory of the audit of the largest, %s (%s kB on disk): %s kB\n' "$(basename "$(dirname "$largest")")" "$largest_size" "$(tail -n 1 "$work/peak")"
