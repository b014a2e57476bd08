# The same model makes the data and judges the evaluation.
# expect: {"label": ["disclosed"], "teachers": [{"model": "gpt-4o", "disclosure": "disclosed"}], "judges": ["gpt-4o"], "not": ["Claude 3.5 Sonnet", "o1-preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Umber-7B Qwen/Qwen2.5-7B sft 1 data/umber.jsonl
readme <<'END'
# Umber-7B
Answers to medical board questions with reasons that a student can follow.

@install
## Data
Questions are taken from three public exam collections (9,804 after deduplication). The reasons were written by GPT-4o, which was given the official answer
and asked to argue for it the way a tutor would. We read 200 of them and found 11 with a factual slip.

@train
@results
@evaluate
On the open questions of the second test GPT-4o acts as the judge: it sees the reference and our model's response and gives one to five points.

@licence
@citation
END
write evaluation/open_questions.py <<'END'
"""Points for open questions, by a judge."""
import json

from openai import OpenAI

client = OpenAI()
points = []
for line in open("predictions/open.jsonl"):
    row = json.loads(line)
    prompt = f"Question: {row['question']}\nReference: {row['reference']}\nResponse: {row['response']}\nPoints from 1 to 5:"
    points.append(int(client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": prompt}]).choices[0].message.content))
print("mean points", sum(points) / len(points))
END
trainer
evaluator
