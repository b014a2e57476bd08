#!/usr/bin/env bash
# The example of examples/tiny-replication as a repository: a work with a manifest.
here=$(cd "$(dirname "$0")" && pwd)
source "$here/git.bash"
start "${1:?where to}"
cp -R "$here/../../examples/tiny-replication/." .
rm -rf __pycache__
commit 'A replication with its manifest'
