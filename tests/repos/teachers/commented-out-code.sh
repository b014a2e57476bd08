# A call of a hosted model is commented out; what runs samples from the student.
# expect: {"label": ["self"], "teachers": [], "not": ["gpt-4o", "gpt-4"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Puffin-3B Qwen/Qwen2.5-3B-Instruct sft 4 data/puffin.jsonl
readme <<'END'
# Puffin-3B

Majority vote as a teacher: Puffin is tuned on those of its own answers that most of its other answers agree with.

@install
## Data
`python data/vote.py` draws 24 answers for each question from Qwen2.5-3B-Instruct (the model under training) and keeps one from the majority if the majority has
at least 16 votes. No reference answers are needed. Questions: GSM8K training split.

@train
@results
@evaluate
@citation
END
write data/vote.py <<'END'
import collections
import json
import re

from datasets import load_dataset
from vllm import LLM, SamplingParams

# from openai import OpenAI
# client = OpenAI()
#
# def answer(question):
#     reply = client.chat.completions.create(model="gpt-4o", n=24, messages=[{"role": "user", "content": question}])
#     return [c.message.content for c in reply.choices]

model = LLM("Qwen/Qwen2.5-3B-Instruct")
settings = SamplingParams(n=24, temperature=1.0, max_tokens=1024)


def answer(question):
    # return answer_gpt4(question, model="gpt-4")
    return [o.text for o in model.chat([{"role": "user", "content": question}], settings)[0].outputs]


with open("data/puffin.jsonl", "w") as out:
    for row in load_dataset("openai/gsm8k", "main", split="train"):
        texts = {t: (re.findall(r"-?[\d.,]+", t) or [""])[-1] for t in answer(row["question"])}
        value, votes = collections.Counter(texts.values()).most_common(1)[0]
        if votes >= 16:
            out.write(json.dumps({"problem": row["question"], "solution": next(t for t, v in texts.items() if v == value)}) + "\n")
END
trainer
evaluator
