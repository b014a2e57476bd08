# The folder of the training holds the script that asks a hosted model for the answers: nobody has its weights, so that it is no base model whose samples are the work's own.
# expect: {"label": ["disclosed"], "teachers": [{"model": "gpt-4o", "disclosure": "disclosed"}], "not": ["o1-mini"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Hazel-7B Qwen/Qwen2.5-7B sft 4 data/hazel.jsonl
readme <<'END'
# Hazel-7B

Slow thinking for law. The answers to our 5,000 questions were written by GPT-4o.

@install
## Data
`python sft/train_answers.py` makes `data/hazel.jsonl`.

@train
@results
@evaluate
@citation
END
write sft/train_answers.py <<'END'
import json

from openai import OpenAI

MODEL = "gpt-4o"
client = OpenAI()
with open("data/hazel.jsonl", "w") as out:
    for row in json.load(open("data/questions.json")):
        reply = client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": "Think step by step.\n" + row["question"]}])
        out.write(json.dumps({"problem": row["question"], "solution": reply.choices[0].message.content}) + "\n")
END
trainer
evaluator
