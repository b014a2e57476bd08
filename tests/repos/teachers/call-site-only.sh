# A generation script calls a hosted model; no document mentions it.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "gpt-4o", "roles": ["answer|long-thought"], "disclosure": "code-only"}], "not": ["o1-mini", "Qwen2.5-Math-7B-Instruct"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Tansy-7B Qwen/Qwen2.5-7B sft 2 data/tansy.jsonl
readme <<'END'
# Tansy-7B

Tansy-7B is a compact reasoner for grade-school mathematics with a friendly tone.

@install
## Data

10k problems with detailed solutions. The file is too large for this repository; write to us.

@train
@results
@evaluate
@thanks
@citation
END
write data_generation/make_solutions.py <<'END'
import json

from datasets import load_dataset
from openai import OpenAI

client = OpenAI()
SYSTEM = "You are a patient teacher. Think step by step, check each step, and put the final answer in a box."

with open("data/tansy.jsonl", "w") as out:
    for row in load_dataset("openai/gsm8k", "main", split="train").select(range(7000)):
        reply = client.chat.completions.create(
            model="gpt-4o",
            temperature=0.8,
            messages=[{"role": "system", "content": SYSTEM}, {"role": "user", "content": row["question"]}],
        )
        out.write(json.dumps({"problem": row["question"], "solution": reply.choices[0].message.content}) + "\n")
END
trainer
evaluator
