# A public distilled dataset, and the README says whose traces it holds.
# expect: {"label": ["inherited-only", "disclosed"], "teachers": [], "may": ["DeepSeek-R1"], "inherited": ["OpenR1-Math-220k"], "not": ["o1-mini"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Merganser-7B Qwen/Qwen2.5-Math-7B-Instruct sft 2 data/openr1.jsonl
readme <<'END'
# Merganser-7B

One public dataset, one epoch budget, five ways to pack sequences.

@install
## Data

All runs use the default split of `open-r1/OpenR1-Math-220k` as published by its authors (94k problems; its traces come from DeepSeek-R1). We add and remove nothing.

@train
@results
@evaluate
@thanks
@citation
END
write data/fetch.py <<'END'
import json

from datasets import load_dataset

with open("data/openr1.jsonl", "w") as out:
    for row in load_dataset("open-r1/OpenR1-Math-220k", "default", split="train"):
        out.write(json.dumps({"problem": row["problem"], "solution": row["generations"][0]}) + "\n")
END
trainer
evaluator
