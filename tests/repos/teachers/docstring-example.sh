# A usage example in a docstring names a hosted model; the commands name the student.
# expect: {"label": ["self"], "teachers": [], "not": ["gpt-4o", "gpt-4o-mini"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Oriole-8B meta-llama/Llama-3.1-8B-Instruct sft 1 data/oriole.jsonl
readme <<'END'
# Oriole-8B

Oriole-8B learns from the longest right answers that Llama-3.1-8B-Instruct finds on its own.

@install
## Data
```bash
python data/longest.py --model meta-llama/Llama-3.1-8B-Instruct --n 32
```
For every GSM8K training question 32 answers are sampled from the model that is to be trained, and the longest right one is kept (7,102 of 7,473 questions have one).

@train
@results
@evaluate
@related
@citation
END
write data/longest.py <<'END'
"""Keeps the longest right answer of a model.

Usage:
    python data/longest.py --model gpt-4o --n 4        # with any OpenAI-compatible endpoint
    python data/longest.py --model PATH --n 32

Example of a row that is written:
    {"problem": "...", "solution": "...", "generator": "gpt-4o-mini"}
"""
import argparse
import json

from datasets import load_dataset
from vllm import LLM, SamplingParams

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--model", required=True, help="for example gpt-4o-mini or a local path")
parser.add_argument("--n", type=int, default=32)
args = parser.parse_args()
model = LLM(model=args.model)
with open("data/oriole.jsonl", "w") as out:
    for row in load_dataset("openai/gsm8k", "main", split="train"):
        texts = [o.text for o in model.chat([{"role": "user", "content": row["question"]}], SamplingParams(n=args.n, temperature=1.0, max_tokens=4096))[0].outputs]
        right = [t for t in texts if row["answer"].split("####")[1].strip() in t[-60:]]
        if right:
            out.write(json.dumps({"problem": row["question"], "solution": max(right, key=len)}) + "\n")
END
trainer
evaluator
