# Every command that is shown for the script names its model itself; the option's default was never in force.
# expect: {"label": ["none", "unknown"], "teachers": [], "not": ["gpt-4", "o1-mini", "unnamed"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Alder-7B Qwen/Qwen2.5-7B sft 1 data/alder.jsonl
readme <<'END'
# Alder-7B

Tools for answering puzzles with any model, and a model of ours.

@install
## Answering
```bash
python data/solve.py --model_name YOUR_MODEL --input puzzles.jsonl
```
```bash
python data/solve.py --model_name "$MODEL" --input more.jsonl
```

@train
@results
@evaluate
@citation
END
write data/solve.py <<'END'
import argparse
import json

from openai import OpenAI

parser = argparse.ArgumentParser()
parser.add_argument("--model_name", default="gpt-4")
parser.add_argument("--input", required=True)
args, client = parser.parse_args(), OpenAI()
with open("data/alder.jsonl", "w") as out:
    for line in open(args.input):
        reply = client.chat.completions.create(model=args.model_name, messages=[{"role": "user", "content": line}])
        out.write(json.dumps({"problem": line, "solution": reply.choices[0].message.content}) + "\n")
END
trainer
evaluator
