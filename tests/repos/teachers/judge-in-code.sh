# A judge for open answers in the evaluation code, nothing in the training.
# expect: {"label": ["none"], "teachers": [], "judges": ["gpt-4o"], "not": ["gpt-4o"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Sprocket-7B Qwen/Qwen2.5-7B rl 2 data/prompts.jsonl
readme <<'END'
# Sprocket-7B

An R1-Zero-like run on school mathematics: from the base model, no supervised stage, rewards by rules.

@install
## Data

`data/prepare.py` writes questions and reference answers of GSM8K and MATH (training splits, 14,973 together).

@train
@results
@evaluate

SimpleQA has free-form answers, therefore a judge decides there:

```sh
python eval/judge.py predictions/simpleqa.jsonl
```

@related
@citation
END
question_data
rule_reward
write eval/judge.py <<'END'
"""Grades free-form predictions of SimpleQA."""
import json
import sys

from openai import OpenAI

client = OpenAI()
PROMPT = "Question: {question}\nReference: {answer}\nPrediction: {prediction}\nIs the prediction correct? Reply with yes or no."


def grade(row):
    reply = client.chat.completions.create(model="gpt-4o", temperature=0, messages=[{"role": "user", "content": PROMPT.format(**row)}])
    return reply.choices[0].message.content.strip().lower().startswith("yes")


rows = [json.loads(line) for line in open(sys.argv[1])]
print("accuracy", sum(map(grade, rows)) / len(rows))
END
trainer
evaluator
