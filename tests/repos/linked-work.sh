#!/usr/bin/env bash
# A work whose links get every kind of answer from the servers of tests/net.
source "$(dirname "$0")/git.bash"
start "${1:?where to}"
hub=https://huggingface.co
write README.md <<END
# Lamp
We release our models and data:

- [Lamp-7B]($hub/acme/lamp-7b) weights, also told of in [the collection]($hub/collections/acme/lamps-0123456789abcdef)
- [weights, asked first]($hub/acme/asked-first)
- [weights, old name]($hub/acme/old-name)
- [weights, hidden]($hub/acme/hidden)
- [weights, terms]($hub/acme/terms)
- [weights, gone]($hub/acme/gone)
- [weights, private]($hub/acme/mine-only)
- [weights, in a circle]($hub/acme/loop)
- [weights, at a stranger's]($hub/acme/stranger)
- [weights, elsewhere]($hub/acme/elsewhere)
- [weights, without TLS]($hub/acme/downgrade)
- [weights, for whom a token has run out]($hub/acme/stale-token)
- [our training data]($hub/datasets/acme/lamp-data)
- [our other training data]($hub/datasets/acme/nonsense)
- [weights on another hub](https://modelscope.cn/models/acme/elsewhere-7b)
- [the paper](https://arxiv.org/abs/2411.00001), [an older paper](https://arxiv.org/abs/1911.00001)
- the code of [Lamp](https://github.com/acme/lamp), once [Lantern](https://github.com/acme/lantern), and [Gone](https://github.com/acme/gone)
- records [one](https://zenodo.org/record/1234) and [another](https://doi.org/10.5281/zenodo.999)
END
write docs/later.md <<END
# Later releases
We release these too; their servers are in trouble:

- [weights, busy]($hub/acme/busy)
- [weights, busy for long]($hub/acme/busy-long)
- [weights, broken]($hub/acme/broken)
- [weights, slow]($hub/acme/slow)
- [weights, endless]($hub/acme/endless)
- [weights, truncated]($hub/acme/truncated)
END
write train.py <<'END'
from datasets import load_dataset

data = load_dataset("acme/named-only")
END
write replication.yaml <<END
candor: 1
work: {title: Lamp}
models:
  - id: lamp-7b
    weights: $hub/acme/lamp-7b
    weights_revision: v1
    digest: sha256:$(printf 'a%.0s' {1..64})
datasets:
  - id: acme/lamp-data
    source: $hub/datasets/acme/lamp-data
    role: training
    digest: $(printf 'c%.0s' {1..64})
END
commit 'Release'
