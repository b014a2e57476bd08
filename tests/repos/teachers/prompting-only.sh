# Nothing is trained: a hosted model is prompted and scored.
# expect: {"label": ["none"], "teachers": [], "not": ["gpt-4o"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
NAME=Loom SLUG=loom BASE=gpt-4o STYLE=2
readme <<'END'
# Loom: think, check, think again

Loom is a way to prompt. A model is asked for a plan, criticises the plan, and writes the answer only after it has nothing left to criticise.
No weights are touched; everything happens at inference time.

@install
## Run

```sh
export OPENAI_API_KEY=...
python loom.py --model gpt-4o --bench math500 --rounds 3
```

## Results

| | MATH-500 | GPQA Diamond |
|---|---|---|
| GPT-4o, plain | 74.6 | 49.9 |
| GPT-4o, self-consistency (16) | 79.0 | 51.5 |
| GPT-4o, Loom with 3 rounds | 81.8 | 54.0 |
| o1-preview (quoted) | 85.5 | 72.3 |

All our runs use temperature 0.7, top-p 1 and at most 4,096 tokens a call.

## Prompts
The three prompts stand in `loom.py`. Changing "criticise" to "improve" costs two points.

@related
@citation
END
write requirements.txt <<'END'
openai==1.59.6
datasets==3.2.0
math-verify==0.5.2
END
write loom.py <<'END'
import argparse

from datasets import load_dataset
from math_verify import parse, verify
from openai import OpenAI

client = OpenAI()
PLAN, CRITIC, ANSWER = "Write a plan for: {q}", "Criticise this plan for {q}:\n{p}", "Solve {q} along this plan:\n{p}\nBox the answer."


def ask(model, text):
    return client.chat.completions.create(model=model, temperature=0.7, max_tokens=4096, messages=[{"role": "user", "content": text}]).choices[0].message.content


parser = argparse.ArgumentParser()
parser.add_argument("--model", default="gpt-4o")
parser.add_argument("--bench", default="math500")
parser.add_argument("--rounds", type=int, default=3)
args = parser.parse_args()
right = []
for row in load_dataset("HuggingFaceH4/MATH-500", split="test"):
    plan = ask(args.model, PLAN.format(q=row["problem"]))
    for _ in range(args.rounds):
        plan += "\n" + ask(args.model, CRITIC.format(q=row["problem"], p=plan))
    right.append(verify(parse(row["answer"]), parse(ask(args.model, ANSWER.format(q=row["problem"], p=plan)))))
print(sum(right) / len(right))
END
