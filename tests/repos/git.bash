# Sourced by the recipes: repositories through git with fixed authors and dates, the same ids on every machine.
# A recipe is called with the folder to make; it leaves a repository with a working tree there.
set -euo pipefail
export LC_ALL=C.UTF-8 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME='A. Author' GIT_AUTHOR_EMAIL=author@example.org GIT_COMMITTER_NAME='C. Committer' GIT_COMMITTER_EMAIL=committer@example.org
clock=1704067200 # 2024-01-01T00:00:00Z; an hour a commit

start () { # DIR: an empty repository, made and entered
  mkdir -p "$1"
  cd "$1"
  git init -q -b main
}

commit () { # MESSAGE: everything in the working tree
  export GIT_AUTHOR_DATE="$clock +0000" GIT_COMMITTER_DATE="$clock +0000"
  clock=$((clock + 3600))
  git add -A
  git commit -q --allow-empty -m "$1"
}

write () { # PATH: standard input into a file, with its folders
  mkdir -p "$(dirname "$1")"
  cat >"$1"
}
