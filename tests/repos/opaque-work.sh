#!/usr/bin/env bash
# A work that shows figures and promises the rest.
source "$(dirname "$0")/git.bash"
start "${1:?where to}"
write README.md <<'END'
# Umbra-32B

Umbra-32B is a reasoning model that surpasses all open models.

| model | AIME 2024 | MATH-500 |
|---|---|---|
| Umbra-32B | 70.0 | 94.0 |

Code, data and weights are coming soon.
END
commit 'Announcement'
