#!/usr/bin/env bash
# The second version of the example: an undisclosed teacher, the best of many runs, a broken command, no seed, impossible figures.
source "$(cd "$(dirname "$0")" && pwd)/../../examples/publish.bash"
publish_dishonest "${1:?where to}"
