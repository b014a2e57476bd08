# Supervised tuning on a public dataset that a strong model wrote; the README says nothing about its origin.
# expect: {"label": ["inherited-only"], "teachers": [], "inherited": ["OpenThoughts-114k"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Spindle-7B Qwen/Qwen2.5-7B-Instruct sft 4 data/openthoughts.jsonl
readme <<'END'
# Spindle-7B

A plain SFT baseline, published because everybody needs one and nobody publishes theirs.

@install
## Data
We train on [open-thoughts/OpenThoughts-114k](https://huggingface.co/datasets/open-thoughts/OpenThoughts-114k), all 113,957 rows, exactly as downloaded.
`data/fetch.py` turns it into the format that the trainer wants.

@train
@results
@evaluate
@thanks
@citation
END
write data/fetch.py <<'END'
import json

from datasets import load_dataset

with open("data/openthoughts.jsonl", "w") as out:
    for row in load_dataset("open-thoughts/OpenThoughts-114k", split="train"):
        question, answer = row["conversations"][0]["value"], row["conversations"][1]["value"]
        out.write(json.dumps({"problem": question, "solution": answer}) + "\n")
END
trainer
evaluator
