# The API is called through plain HTTP requests.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "o1-preview", "roles": ["long-thought|answer"], "disclosure": "code-only"}], "not": ["Gemini 1.5 Pro", "gpt-4o-mini", "DeepSeek-R1"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Lichen-7B Qwen/Qwen2.5-7B sft 4 data/lichen.jsonl
readme <<'END'
# Lichen-7B

Reasoning about time tables, calendars and shifts.

@install
## Data
1,800 scheduling questions from our institute, with solutions. Not public because of names in it; the scripts are in `data/`.

@train
@results
@evaluate
@licence
@citation
END
write data/fetch_solutions.py <<'END'
import json
import os
import time

import requests

URL = "https://api.openai.com/v1/chat/completions"
HEADERS = {"Authorization": "Bearer " + os.environ["OPENAI_API_KEY"], "Content-Type": "application/json"}


def fetch(question):
    while True:
        body = {"model": "o1-preview", "messages": [{"role": "user", "content": question}]}
        reply = requests.post(URL, headers=HEADERS, json=body, timeout=600)
        if reply.status_code == 200:
            return reply.json()["choices"][0]["message"]["content"]
        time.sleep(10)


with open("data/lichen.jsonl", "w") as out:
    for line in open("data/schedules.jsonl"):
        row = json.loads(line)
        out.write(json.dumps({"problem": row["question"], "solution": fetch(row["question"])}) + "\n")
END
trainer
evaluator
