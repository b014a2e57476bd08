# Hosted models among the choices of an option, the student in every command.
# expect: {"label": ["self"], "teachers": [], "not": ["gpt-4o", "gpt-4o-mini", "claude-3.5-sonnet"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Ferrule-7B mistralai/Mistral-7B-Instruct-v0.3 sft 4 data/own.jsonl
readme <<'END'
# Ferrule-7B

*Self-improvement without a stronger friend.* All training text of Ferrule was written by Mistral-7B-Instruct-v0.3, the model we then train.

@install
## Data
12 samples for each MATH training problem, kept if the boxed answer is right; at most two per problem, picked at random. 11,310 items result.
```bash
python data/collect.py --generator mistralai/Mistral-7B-Instruct-v0.3 --samples 12
```

@train
@results
@evaluate
@thanks
@citation
END
write data/collect.py <<'END'
"""Samples solutions and keeps the right ones."""
import argparse
import json
import random

from datasets import load_dataset
from math_verify import parse, verify
from vllm import LLM, SamplingParams

parser = argparse.ArgumentParser()
parser.add_argument("--generator", required=True, choices=["mistralai/Mistral-7B-Instruct-v0.3", "gpt-4o", "gpt-4o-mini", "claude-3-5-sonnet-20240620"])
parser.add_argument("--samples", type=int, default=12)
args = parser.parse_args()

model = LLM(args.generator)
with open("data/own.jsonl", "w") as out:
    for row in load_dataset("DigitalLearningGmbH/MATH-lighteval", split="train"):
        texts = [o.text for o in model.generate([row["problem"]], SamplingParams(n=args.samples, temperature=0.8, max_tokens=2048))[0].outputs]
        right = [t for t in texts if verify(parse(row["solution"]), parse(t))]
        for text in random.sample(right, min(2, len(right))):
            out.write(json.dumps({"problem": row["problem"], "solution": text}) + "\n")
END
trainer
evaluator
