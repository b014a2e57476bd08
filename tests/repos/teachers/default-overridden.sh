# A hosted model is the default of an option; every command of the work passes the student.
# expect: {"label": ["self"], "teachers": [], "not": ["gpt-4o"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Siskin-7B Qwen/Qwen2.5-7B-Instruct sft 2 data/siskin.jsonl
readme <<'END'
# Siskin-7B

Siskin reflects on its own mistakes. Wrong attempts are shown to the model again, and if the second attempt is right, both are joined to one training text.

@install
## Data

Attempts and second attempts are sampled from Qwen2.5-7B-Instruct, the model that is trained, with local vLLM:

```sh
bash scripts/make_data.sh
```

9,240 texts are left after checking answers against the reference.

@train
@results
@evaluate
@thanks
@citation
END
write scripts/make_data.sh <<'END'
#!/bin/bash
set -e
vllm serve Qwen/Qwen2.5-7B-Instruct --port 8100 &
python data/attempt.py --model Qwen/Qwen2.5-7B-Instruct --base_url http://127.0.0.1:8100/v1 --out data/siskin.jsonl
END
write data/attempt.py <<'END'
import argparse
import json

from datasets import load_dataset
from openai import OpenAI

parser = argparse.ArgumentParser()
parser.add_argument("--model", default="gpt-4o")
parser.add_argument("--base_url", default="https://api.openai.com/v1")
parser.add_argument("--out", default="attempts.jsonl")
args = parser.parse_args()
client = OpenAI(base_url=args.base_url, api_key="none")


def ask(*turns):
    messages = [{"role": "user" if i % 2 == 0 else "assistant", "content": t} for i, t in enumerate(turns)]
    return client.chat.completions.create(model=args.model, messages=messages, temperature=1.0).choices[0].message.content


with open(args.out, "w") as out:
    for row in load_dataset("openai/gsm8k", "main", split="train"):
        gold, first = row["answer"].split("####")[1].strip(), ask(row["question"])
        if gold in first[-40:]:
            continue
        second = ask(row["question"], first, "This is not right. Look for the mistake and solve it again.")
        if gold in second[-40:]:
            out.write(json.dumps({"problem": row["question"], "solution": first + "\nWait, that is not right.\n" + second}) + "\n")
END
trainer
evaluator
