#!/usr/bin/env bash
# The layout of the project, held by grep: a folder of src/ includes only folders before it, a library is included by one folder, and the
# top level holds only what README.md explains. Every fault on a line of its own; `tests/check-layers.sh DIR` checks another tree.
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"

order=(base git net documents signals scope work manifest statistics grading metrics lineage probes rubric assessment claims outputs reproduction audit run record difference gate store report page leaderboard site review cli)
top=(Makefile README.md LICENSE src rubrics schemas reports tests examples)
# What an #include names: the folders that may.
libraries=(
  'git2: git'
  'yaml\.h: base'
  'hs: signals'
  'cmark: documents'
  'libxml: documents report page'
  'curl: net'
  'ncurses: review'
  'curses: review'
  'sqlite3: store'
  'gmp\.h: grading'
  'mpfr\.h: grading'
)
# Programs as string literals: the folders that may name them.
programs=('pdftotext: documents' 'bwrap: documents run' 'squeue: run' 'sacct: run' 'scancel: run')

faults=0
fault () {
  echo "$1" >&2
  faults=$((faults + 1))
}

declare -A rank
for i in "${!order[@]}"; do rank[${order[i]}]=$i; done

check_folders () {
  local place folder included
  for folder in src/*/; do
    folder=$(basename "$folder")
    [[ -n ${rank[$folder]:-} ]] || fault "src/$folder: not a folder of the layout; the order in $(basename "$0") does not know it"
  done
  while IFS=: read -r place line include; do
    folder=${place#src/} folder=${folder%%/*}
    included=${include#*\"} included=${included%%\"*}
    if [[ $included != */* ]]; then
      fault "$place:$line: includes \"$included\" without its folder"
      continue
    fi
    included=${included%%/*}
    if [[ -z ${rank[$included]:-} ]]; then
      fault "$place:$line: includes from \"$included/\", which is no folder of the layout"
    elif [[ -n ${rank[$folder]:-} ]] && ((rank[$included] > rank[$folder])); then
      fault "$place:$line: $folder/ may not include $included/, which comes after it"
    fi
  done < <(grep -rnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' src --include='*.[ch]' | LC_ALL=C sort -t: -k1,1 -k2,2n)
}

# rows of "WHAT: FOLDERS", and how WHAT is looked for
check_owners () {
  local pattern=$1 what allowed place line folder row
  shift
  for row in "$@"; do
    what=${row%%: *} allowed=" ${row#*: } "
    while IFS=: read -r place line _; do
      folder=${place#src/} folder=${folder%%/*}
      [[ $allowed == *" $folder "* ]] || fault "$place:$line: ${what//\\/} is only for$allowed"
    done < <(grep -rnE "${pattern//@/$what}" src --include='*.[ch]' | LC_ALL=C sort -t: -k1,1 -k2,2n)
  done
}

check_top () {
  local name
  while IFS= read -r name; do
    [[ $name == .* || " ${top[*]} " == *" $name "* ]] || fault "$name: does not belong on the top level"
  done < <({ git ls-files 2>/dev/null || ls -A; } | cut -d/ -f1 | LC_ALL=C sort -u)
}

check_folders
check_owners '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]@' "${libraries[@]}"
check_owners '"@"' "${programs[@]}"
check_top
if ((faults > 0)); then
  echo "$faults faults in the layout" >&2
  exit 1
fi
