# Rounds of self-training: each samples from the checkpoint before.
# expect: {"label": ["self"], "teachers": [], "not": ["gpt-4o", "o1-preview", "Claude 3.5 Sonnet"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Lapwing-7B Qwen/Qwen2.5-7B sft 1 data/round.jsonl
readme <<'END'
# Lapwing-7B

Four rounds of self-taught reasoning. Round zero is the base model with eight worked examples in the prompt, taken from the paper on chain-of-thought prompting.

@install
## Data
In each round the current checkpoint answers all 14,973 training questions of GSM8K and MATH; what it gets right becomes the training set of the next round.
Questions it fails are tried again with the answer as a hint. There is no other source of text.

| round | right | with a hint |
|---|---|---|
| 0 | 8,410 | 1,205 |
| 1 | 10,992 | 1,410 |
| 2 | 11,760 | 1,377 |
| 3 | 12,044 | 1,302 |

@train
`bash scripts/rounds.sh` runs all rounds.

@results
@evaluate
@citation
END
write scripts/rounds.sh <<'END'
#!/bin/bash
set -e
current=Qwen/Qwen2.5-7B
for round in 0 1 2 3; do
  python data/answer.py --model $current --out data/round.jsonl
  torchrun --nproc_per_node 8 train/sft.py --base Qwen/Qwen2.5-7B --data data/round.jsonl --out outputs/round$round
  current=outputs/round$round
done
END
write data/answer.py <<'END'
import argparse
import json

from datasets import load_dataset
from math_verify import parse, verify
from vllm import LLM, SamplingParams

parser = argparse.ArgumentParser()
parser.add_argument("--model", required=True)
parser.add_argument("--out", required=True)
args = parser.parse_args()
examples = open("data/eight_examples.txt").read()
model = LLM(args.model)
rows = list(load_dataset("DigitalLearningGmbH/MATH-lighteval", split="train"))
with open(args.out, "w") as out:
    for row, result in zip(rows, model.generate([examples + row["problem"] for row in rows], SamplingParams(temperature=0.7, max_tokens=2048))):
        if verify(parse(row["solution"]), parse(result.outputs[0].text)):
            out.write(json.dumps({"problem": row["problem"], "solution": result.outputs[0].text}) + "\n")
END
write data/eight_examples.txt <<'END'
Q: There are 15 trees and 21 after planting. How many were planted?
A: 21 - 15 = 6. The answer is 6.
END
trainer
evaluator
