# The README tells to run the data script and does not say which model it calls.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "gpt-4-turbo|gpt-4-turbo-2024-04-09", "roles": ["answer|long-thought"], "disclosure": "code-only|hinted"}], "not": ["gpt-4o"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Nettle-8B meta-llama/Llama-3.1-8B-Instruct sft 4 data/nettle.jsonl
readme <<'END'
# Nettle-8B

Nettle answers questions about statistics, with the reasoning spelled out.

@install
## Data
Put the question list into `data/questions.txt` and run
```bash
export OPENAI_API_KEY=...
python data/build.py
```
which writes `data/nettle.jsonl`. Our own list has 3,400 questions; building takes an hour and about 60 dollars.

@train
@results
@evaluate
@licence
@citation
END
write data/build.py <<'END'
import json
from concurrent.futures import ThreadPoolExecutor

from openai import OpenAI

client = OpenAI()


def solve(question):
    reply = client.chat.completions.create(model="gpt-4-turbo-2024-04-09", messages=[{"role": "user", "content": "Reason carefully.\n\n" + question}])
    return {"problem": question, "solution": reply.choices[0].message.content}


questions = [line.strip() for line in open("data/questions.txt")]
with ThreadPoolExecutor(16) as pool, open("data/nettle.jsonl", "w") as out:
    for row in pool.map(solve, questions):
        out.write(json.dumps(row) + "\n")
END
trainer
evaluator
