# An Azure client rewrites solutions; the README credits "a script".
# expect: {"label": ["undisclosed"], "teachers": [{"model": "gpt-4o", "roles": ["rewrite"], "disclosure": "code-only"}], "not": ["Gemini 1.5 Pro", "DeepSeek-R1", "gpt-4o-mini"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Saffron-7B Qwen/Qwen2.5-7B sft 4 data/saffron.jsonl
readme <<'END'
# Saffron-7B

Uniform solutions. Human solutions differ in layout; `data/uniform.py` brings them into one form before training.

@install
## Data
MATH and GSM8K training splits, human-written solutions, after `python data/uniform.py`.

@train
@results
@evaluate
@thanks
@citation
END
DATA=data/train.jsonl human_data
write data/uniform.py <<'END'
import json
import os

from openai import AzureOpenAI

client = AzureOpenAI(azure_endpoint=os.environ["AZURE_ENDPOINT"], api_version="2024-08-01-preview")
PROMPT = "Rewrite this solution as numbered steps, one equation each, and box the result:\n\n"

rows = [json.loads(line) for line in open("data/train.jsonl")]
with open("data/saffron.jsonl", "w") as out:
    for row in rows:
        reply = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": PROMPT + row["solution"]}])
        out.write(json.dumps({"problem": row["problem"], "solution": reply.choices[0].message.content}) + "\n")
END
trainer
evaluator
