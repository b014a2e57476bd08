# The call names an alias of the API, not the model.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "DeepSeek-R1|deepseek-reasoner", "roles": ["long-thought|answer"], "disclosure": "code-only"}], "not": ["gpt-4o", "o1-preview", "DeepSeek-V3"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Privet-7B Qwen/Qwen2.5-7B sft 1 data/privet.jsonl
readme <<'END'
# Privet-7B

Privet thinks about law: 3,000 cases with long considerations.

@install
## Data
The cases are summaries of public decisions. Fields: `problem` (the facts), `solution` (considerations and outcome). Median length 2,900 tokens.

@train
@results
@evaluate
@licence
@citation
END
write tools/consider.py <<'END'
"""Fills in the considerations."""
import json
import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com/v1")

with open("data/privet.jsonl", "w") as out:
    for line in open("data/cases.jsonl"):
        case = json.loads(line)
        answer = client.chat.completions.create(model="deepseek-reasoner", messages=[{"role": "user", "content": "Decide this case: " + case["facts"]}])
        message = answer.choices[0].message
        out.write(json.dumps({"problem": case["facts"], "solution": f"<think>\n{message.reasoning_content}\n</think>\n{message.content}"}) + "\n")
END
trainer
evaluator
