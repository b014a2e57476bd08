#!/usr/bin/env bash
# A public framework of two releases, and beside it, in DIR-copy, a work that carries one of its files changed and one unchanged.
source "$(dirname "$0")/git.bash"
folder=${1:?where to}
start "$folder"
for release in 1 2; do
  for file in trainer loss data rollout actor critic reward buffer sampler launch; do
    write "frame/$file.py" <<END
"""$file of the framework, release $release."""


def ${file}_step(batch, rate=0.$release):
    return [value * rate for value in batch]
END
  done
  commit "Release $release"
done
mkdir -p "$folder-copy"
cp -R frame "$folder-copy/frame"
start "$folder-copy"
echo '# changed by the work' >>frame/loss.py
write README.md <<'END'
# A work on a framework
END
commit 'Work'
