# The README says that "a strong LLM" writes the solutions; only the code says which.
# expect: {"label": ["partial"], "teachers": [{"model": "gpt-4o", "roles": ["answer|long-thought"], "disclosure": "code-only|hinted"}], "may": ["unnamed"], "not": ["Claude 3.5 Sonnet", "o1-preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Quince-7B Qwen/Qwen2.5-7B sft 1 data/quince.jsonl
readme <<'END'
# Quince-7B

Everyday physics in plain words.

@install
## Data
We let a strong LLM generate detailed solutions for 5,000 questions from a children's encyclopedia and use them as training targets:
```bash
python data/solve.py
```
Solutions of more than 800 words are dropped.

@train
@results
@evaluate
@licence
@citation
END
write data/solve.py <<'END'
import json

from openai import OpenAI

client = OpenAI()
with open("data/quince.jsonl", "w") as out:
    for line in open("data/encyclopedia.jsonl"):
        question = json.loads(line)["question"]
        reply = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "Explain in detail: " + question}])
        text = reply.choices[0].message.content
        if len(text.split()) <= 800:
            out.write(json.dumps({"problem": question, "solution": text}) + "\n")
END
trainer
evaluator
