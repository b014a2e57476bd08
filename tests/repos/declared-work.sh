#!/usr/bin/env bash
# The example of examples/tiny-replication as a repository: a work with a manifest.
source "$(cd "$(dirname "$0")" && pwd)/../../examples/publish.bash"
publish_honest "${1:?where to}"
