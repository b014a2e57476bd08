# A hosted model wrote test problems; training has none of them.
# expect: {"label": ["none"], "teachers": [], "not": ["gpt-4o", "Claude 3.5 Sonnet"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Whimbrel-7B Qwen/Qwen2.5-7B rl 1 data/prompts.jsonl
readme <<'END'
# Whimbrel-7B

How brittle is what reinforcement learning teaches? We train on the usual problems and test on disturbed ones.

@install
## Training data
Questions and answers of GSM8K and MATH, training splits, untouched.

@train
@results
@evaluate
## A disturbed test set
For the robustness test we took the 1,319 test problems of GSM8K and asked GPT-4o to add one irrelevant sentence to each. The disturbed set is used for evaluation only;
the script is `evaluation/disturb.py`. Whimbrel loses 6.1 points on it, its base 14.8.

@citation
END
question_data
rule_reward
write evaluation/disturb.py <<'END'
"""GSM8K test -> benchmarks/gsm8k_disturbed.jsonl"""
import json

from datasets import load_dataset
from openai import OpenAI

client = OpenAI()
with open("benchmarks/gsm8k_disturbed.jsonl", "w") as out:
    for row in load_dataset("openai/gsm8k", "main", split="test"):
        messages = [{"role": "user", "content": "Add one irrelevant sentence with a number to this problem:\n" + row["question"]}]
        question = client.chat.completions.create(model="gpt-4o", messages=messages).choices[0].message.content
        out.write(json.dumps({"problem": question, "answer": row["answer"].split("####")[1].strip()}) + "\n")
END
trainer
evaluator
