# The local server of the student goes by the name of a hosted model.
# expect: {"label": ["self"], "teachers": [], "not": ["gpt-3.5-turbo"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Fulmar-7B Qwen/Qwen2.5-7B-Instruct sft 3 data/fulmar.jsonl
readme <<'END'
# Fulmar-7B

Fulmar argues with itself. Two copies of Qwen2.5-7B-Instruct debate each question, and the one that was right at the end writes the training text.

@install
### Data
The debate library that we use insists on OpenAI's names, so our local server of the student announces itself as `gpt-3.5-turbo`. No request leaves the machine.

    bash data/debate.sh

Questions: GSM8K, training split.

@train
@results
@evaluate
@related
@citation
END
write data/debate.sh <<'END'
#!/bin/bash
vllm serve Qwen/Qwen2.5-7B-Instruct --served-model-name gpt-3.5-turbo --port 8000 &
OPENAI_BASE_URL=http://localhost:8000/v1 OPENAI_API_KEY=EMPTY python data/debate.py
END
write data/debate.py <<'END'
import json

from datasets import load_dataset
from openai import OpenAI

client = OpenAI(base_url="http://localhost:8000/v1", api_key="EMPTY")


def say(messages):
    return client.chat.completions.create(model="gpt-3.5-turbo", messages=messages, temperature=0.9).choices[0].message.content


with open("data/fulmar.jsonl", "w") as out:
    for row in load_dataset("openai/gsm8k", "main", split="train"):
        views = [say([{"role": "user", "content": row["question"]}]) for _ in range(2)]
        for _ in range(2):
            views = [say([{"role": "user", "content": f"{row['question']}\nSomebody else says: {other}\nWhat do you say?"}]) for other in reversed(views)]
        right = [view for view in views if row["answer"].split("####")[1].strip() in view[-50:]]
        if right:
            out.write(json.dumps({"problem": row["question"], "solution": right[0]}) + "\n")
END
trainer
evaluator
