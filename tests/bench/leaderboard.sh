#!/usr/bin/env bash
# What a leaderboard costs, beside reading every object of its repositories once (`git cat-file --batch-all-objects --batch`) in the same run; nothing is
# asserted. A table goes to standard output, a drawing of it to PLOT.
#   cold       an empty store and cache        unchanged  the same list again
#   commit     one work has one commit more    fork       one work more, which shares all but one commit with another
# and how the cost grows: with works, with files of a work, with commits behind it, and with audits of one commit after the other of one work.
# usage: tests/bench/leaderboard.sh CANDOR [CORPUS]   CORPUS (default $CANDOR_CORPUS): a folder of CORPUS/*/repo, listed in $LIST (one name a line; all
# without it); it is measured besides the repositories made here.
# RUNS (3): runs of each, the fastest counts. JOBS (2): works at a time. WORKS ("10 20 40 80"), FILES ("100 400 1600"), COMMITS ("10 100 1000").
# PLOT (reports/cost.svg): "" for none.
set -euo pipefail
cd "$(dirname "$0")/../.."
candor=$(realpath "${1:?usage: tests/bench/leaderboard.sh CANDOR [CORPUS]}")
corpus=${2:-${CANDOR_CORPUS:-}}
runs=${RUNS:-3} jobs=${JOBS:-2}
read -ra works <<<"${WORKS:-10 20 40 80}"
read -ra files <<<"${FILES:-100 400 1600}"
read -ra commits <<<"${COMMITS:-10 100 1000}"
plot=${PLOT-reports/cost.svg}
work=$(mktemp -d "${TMPDIR:-/tmp}/candor-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.org
: >"$work/rows"

# DIR SEED FILES COMMITS: prose, code, scripts and settings, written over COMMITS commits; every tenth is changed by later ones.
make_repository () {
  git init -q --bare -b main "$1"
  awk -v seed="$2" -v files="$3" -v commits="$4" 'BEGIN {
    srand(seed)
    split("the work of many hands is told here in plain words that few rules look at and model data train test", word, " ")
    fact[0] = "We train the model with learning rate 1e-5 on 8 x A100."; fact[1] = "python train.py --batch_size 64 --num_train_epochs 3"
    fact[2] = "The training data were generated with GPT-4o and filtered."
    split("md py sh yaml py py", kind, " ")
    for (c = 1; c <= commits; c++) {
      printf "commit refs/heads/main\nmark :%d\ncommitter C <c@example.org> %d +0000\ndata 1\nx\n", c, 1704067200 + 3600 * c
      if (c > 1) printf "from :%d\n", c - 1
      from = int((c - 1) * files / commits); to = int(c * files / commits)
      if (to == from) { from = 10 * int(rand() * files / 10); to = from + 1 }
      for (f = from; f < to; f++) {
        text = seed " " c "\n"
        for (l = 0; l < 100; l++) { if (rand() < 0.03) text = text fact[l % 3]; else for (w = 0; w < 9; w++) text = text word[1 + int(rand() * 20)] " "; text = text "\n" }
        name = f == 0 ? "README.md" : "d" f % 20 "/f" f "." kind[1 + f % 6]
        printf "M 100644 inline %s\ndata %d\n%s\n", name, length(text), text
      }
    }
  }' | git -C "$1" fast-import --quiet
}

# DIR N: one commit more, in which README.md says another thing.
add_commit () {
  local blob tree commit parent
  parent=$(git -C "$1" rev-parse HEAD)
  blob=$(printf '# One more\n\nThis is change %s of the bench.\n' "$2" | git -C "$1" hash-object -w --stdin)
  tree=$({ git -C "$1" ls-tree "$parent" | awk -F '\t' '$2 != "README.md"'; printf '100644 blob %s\tREADME.md\n' "$blob"; } | git -C "$1" mktree --missing)
  commit=$(GIT_AUTHOR_DATE="1800000000 +0000" GIT_COMMITTER_DATE="1800000000 +0000" git -C "$1" commit-tree -p "$parent" -m more "$tree")
  git -C "$1" update-ref HEAD "$commit"
}

# LIST REPOSITORY…: a list of works at the commits that they are at now.
write_list () {
  local list=$1 repository n=0
  shift
  echo 'works:' >"$list"
  for repository in "$@"; do
    printf '  - name: w%d\n    repository: %s\n    commit: %s\n' "$((n += 1))" "$repository" "$(git -C "$repository" rev-parse HEAD)" >>"$list"
  done
}

clock () { # COMMAND…: its milliseconds in $took
  local start=${EPOCHREALTIME/./}
  "$@" >/dev/null 2>"$work/errors" || { cat "$work/errors" >&2; exit 1; }
  took=$(((${EPOCHREALTIME/./} - start) / 1000))
}
fastest () { # PREPARE COMMAND…: of some runs, each after PREPARE off the clock
  local prepare=$1 best='' i
  shift
  for ((i = 0; i < runs; i++)); do
    $prepare
    clock "$@"
    [[ -n $best ]] && ((best <= took)) || best=$took
  done
  took=$best
}
ratio () { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", (b > 0 ? a / b : 0) }'; }

state=$work/state
fresh () { rm -rf "$state" && mkdir "$state"; }
put_by () { rm -rf "$work/by" && cp -R "$state" "$work/by"; }
put_back () { rm -rf "$state" && cp -R "$work/by" "$state"; }
rank () { XDG_CACHE_HOME=$state/cache "$candor" leaderboard "$1" --store "$state/store" --out "$state/site" --jobs "$jobs" --quiet; }
read_one () { git -C "$1" cat-file --batch-all-objects --batch >/dev/null; }
export -f read_one
read_all () { for repository in "$@"; do read_one "$repository"; done; }
read_abreast () { printf '%s\0' "$@" | xargs -0 -n 1 -P "$jobs" bash -c 'read_one "$1"' _; }

# NAME REPOSITORY…: a row of the first table. The last repository gets the commit, and the fork.
measure () {
  local name=$1 cold unchanged commit fork objects abreast
  shift
  local repositories=("$@") last=${*: -1}
  write_list "$work/list" "${repositories[@]}"
  fastest true read_all "${repositories[@]}"; objects=$took
  fastest true read_abreast "${repositories[@]}"; abreast=$took
  fastest fresh rank "$work/list"; cold=$took
  fastest true rank "$work/list"; unchanged=$took
  put_by
  rm -rf "$work/more" "$work/fork"
  git clone -q --bare --shared "$last" "$work/more" && add_commit "$work/more" 1
  git clone -q --bare --shared "$last" "$work/fork" && add_commit "$work/fork" 2
  write_list "$work/list-more" "${repositories[@]:0:${#repositories[@]}-1}" "$work/more"
  write_list "$work/list-fork" "${repositories[@]}" "$work/fork"
  fastest put_back rank "$work/list-more"; commit=$took
  fastest put_back rank "$work/list-fork"; fork=$took
  printf '%-12s %6d %9d %9d %7s %7s  %9d %6s  %8d %6s  %8d %6s\n' "$name" "${#repositories[@]}" "$objects" "$cold" "$(ratio "$cold" "$objects")" \
    "$(ratio "$cold" "$abreast")" "$unchanged" "$(ratio "$unchanged" "$cold")" "$commit" "$(ratio "$commit" "$cold")" "$fork" "$(ratio "$fork" "$cold")"
  printf 'works\t%d\t%d\t%d\t%d\t%d\t%d\n' "${#repositories[@]}" "$objects" "$cold" "$unchanged" "$commit" "$fork" >>"$work/rows"
}

# KIND SIZE REPOSITORY: a row of the second table.
measure_one () {
  local objects
  write_list "$work/list" "$3"
  fastest true read_all "$3"; objects=$took
  fastest fresh rank "$work/list"
  printf '%-12s %6d %9d %9d %7s\n' "$1" "$2" "$objects" "$took" "$(ratio "$took" "$objects")"
  printf '%s\t%d\t%d\t%d\n' "$1" "$2" "$objects" "$took" >>"$work/rows"
}

echo "milliseconds, the fastest of $runs; $jobs works at a time. Beside cold: its ratio to cat-file over the works one after another, and $jobs abreast; beside the rest: to cold."
printf '%-12s %6s %9s %9s %7s %7s  %9s %6s  %8s %6s  %8s %6s\n' repositories works cat-file cold / abreast unchanged / commit / fork /
most=0
for n in "${works[@]}"; do ((n <= most)) || most=$n; done
made=()
for ((i = 1; i <= most; i++)); do
  make_repository "$work/made-$i" "$i" 60 20
  made+=("$work/made-$i")
done
for n in "${works[@]}"; do measure made "${made[@]:0:n}"; done
if [[ -n $corpus ]]; then
  real=()
  while read -r name; do [[ ! -d $corpus/$name/repo ]] || real+=("$(realpath "$corpus/$name/repo")"); done < <(if [[ -n ${LIST:-} ]]; then cat "$LIST"; else ls "$corpus"; fi)
  cp "$work/rows" "$work/kept"
  ((${#real[@]} == 0)) || measure corpus "${real[@]}"
  cp "$work/kept" "$work/rows" # the drawing is of what anybody can make
fi

printf '\n%-12s %6s %9s %9s %7s\n' 'one work' size cat-file audit /
for n in "${files[@]}"; do make_repository "$work/files-$n" 1 "$n" 20; measure_one files "$n" "$work/files-$n"; done
for n in "${commits[@]}"; do make_repository "$work/commits-$n" 1 100 "$n"; measure_one commits "$n" "$work/commits-$n"; done

printf '\n%-12s %6s %9s\n' re-audits commit audit
make_repository "$work/grown" 1 "${files[-1]}" 20
fresh
for i in 0 1 2 3 4 5 6 7; do
  ((i == 0)) || add_commit "$work/grown" "$i"
  write_list "$work/list" "$work/grown"
  put_by
  fastest put_back rank "$work/list"
  printf '%-12s %6d %9d\n' re-audit "$i" "$took"
  printf 're-audits\t%d\t0\t%d\n' "$i" "$took" >>"$work/rows"
done
[[ -z $plot ]] || python3 tests/bench/cost-plot.py "$work/rows" "$plot"
