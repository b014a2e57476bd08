# A public distilled dataset that the README names without saying who wrote it; the data script only changes its order.
# expect: {"label": ["inherited-only"], "teachers": [], "inherited": ["Bespoke-Stratos-17k"], "not": ["o1-preview", "gpt-4o"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Rivet-32B Qwen/Qwen2.5-32B-Instruct sft 2 data/stratos.jsonl
readme <<'END'
# Rivet-32B

Rivet is a 32B student of public reasoning data. We ask how the order of the examples matters and train three times: shuffled, short first, long first.

@install
## Data

The whole of Bespoke-Stratos-17k, a public dataset by Bespoke Labs, is used in all three runs; only its order differs. We generated nothing ourselves.

@train
| order | MATH500 | AIME24 |
|---|---|---|
| shuffled | 91.0 | 50.0 |
| short first | 91.8 | 53.3 |
| long first | 89.6 | 46.7 |

@results
@evaluate
@citation
END
write data/order.py <<'END'
import json
import sys

from datasets import load_dataset

rows = list(load_dataset("bespokelabs/Bespoke-Stratos-17k", split="train"))
if sys.argv[1] != "shuffled":
    rows.sort(key=lambda row: len(row["conversations"][1]["value"]), reverse=sys.argv[1] == "long")
with open("data/stratos.jsonl", "w") as out:
    for row in rows:
        out.write(json.dumps({"problem": row["conversations"][0]["value"], "solution": row["conversations"][1]["value"]}) + "\n")
END
trainer
evaluator
