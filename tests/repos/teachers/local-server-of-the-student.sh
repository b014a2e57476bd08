# An OpenAI client that talks to a local server of the very model that is trained.
# expect: {"label": ["self"], "teachers": [], "not": ["gpt-4o", "Qwen2.5-7B-Instruct"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Heron-7B Qwen/Qwen2.5-7B-Instruct sft 1 data/kept.jsonl
readme <<'END'
# Heron-7B

Heron is what you get when Qwen2.5-7B-Instruct is trained on the best of its own answers. One round, no outside help.

@install
## Data
For each of the 7,473 questions of GSM8K and 7,500 of MATH we draw 16 solutions from the starting checkpoint itself, served on the same machine:
```bash
vllm serve Qwen/Qwen2.5-7B-Instruct --port 8000 &
python data/sample.py --out data/kept.jsonl
```
A solution stays if its final answer equals the reference. Of those that stay, the shortest and the longest are written out, 21,904 in all.

@train
@results
@evaluate
@citation
END
write data/sample.py <<'END'
import argparse
import json

from datasets import load_dataset
from math_verify import parse, verify
from openai import OpenAI

client = OpenAI(base_url="http://localhost:8000/v1", api_key="EMPTY")
parser = argparse.ArgumentParser()
parser.add_argument("--out", required=True)
args = parser.parse_args()

with open(args.out, "w") as out:
    for row in load_dataset("openai/gsm8k", "main", split="train"):
        reply = client.chat.completions.create(model="Qwen/Qwen2.5-7B-Instruct", n=16, temperature=1.0,
                                               messages=[{"role": "user", "content": row["question"]}])
        texts = sorted((c.message.content for c in reply.choices if verify(parse(row["answer"].split("####")[1]), parse(c.message.content))), key=len)
        for text in {texts[0], texts[-1]} if texts else ():
            out.write(json.dumps({"problem": row["question"], "solution": text}) + "\n")
END
trainer
evaluator
