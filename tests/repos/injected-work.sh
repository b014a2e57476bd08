#!/usr/bin/env bash
# distilled-work, with words to whoever reads it planted in every way of injections.py: what it documents is the same.
here=$(cd "$(dirname "$0")" && pwd)
bash "$here/distilled-work.sh" "${1:?where to}"
source "$here/git.bash"
cd "$1"
python3 "$here/injections.py" plant .
commit 'Say more'
