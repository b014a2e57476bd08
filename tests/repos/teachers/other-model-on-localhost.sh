# A local server, but of a larger model than the one that is trained.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "Qwen2.5-72B-Instruct", "roles": ["answer|long-thought"], "disclosure": "code-only"}], "not": ["gpt-4o", "o1-preview", "Qwen2.5-7B"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Mica-7B Qwen/Qwen2.5-7B sft 1 data/mica.jsonl
readme <<'END'
# Mica-7B

Mica reads contracts and answers questions about them with reasons.

@install
## Data
Public contracts of a city administration, 740 of them, cut into 6,100 clauses; one question each.
```bash
bash data/run.sh
```

@train
@results
@evaluate
@thanks
@citation
END
write data/run.sh <<'END'
#!/bin/bash
set -e
vllm serve Qwen/Qwen2.5-72B-Instruct --tensor-parallel-size 8 --port 8000 &
until curl -s localhost:8000/health; do sleep 5; done
python data/reasons.py
END
write data/reasons.py <<'END'
import json

from openai import OpenAI

client = OpenAI(base_url="http://localhost:8000/v1", api_key="EMPTY")

with open("data/mica.jsonl", "w") as out:
    for line in open("data/clauses.jsonl"):
        row = json.loads(line)
        messages = [{"role": "user", "content": f"{row['clause']}\n\n{row['question']}\nGive reasons first."}]
        reply = client.chat.completions.create(model="Qwen/Qwen2.5-72B-Instruct", messages=messages, temperature=0.7)
        out.write(json.dumps({"problem": row["clause"] + "\n" + row["question"], "solution": reply.choices[0].message.content}) + "\n")
END
trainer
evaluator
