# Only a command under the heading for data names the model.
# expect: {"label": ["undisclosed", "disclosed"], "teachers": [{"model": "deepseek-chat|DeepSeek-V3", "roles": ["answer|long-thought"], "disclosure": "code-only|hinted|disclosed"}], "not": ["gpt-4o", "o1-preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Lovage-3B Qwen/Qwen2.5-3B sft 1 data/lovage.jsonl
readme <<'END'
# Lovage-3B

Recipes for small models, literally: scaling quantities, converting units, planning menus.

@install
## Data
Build the training set in two steps:
```bash
python data/questions.py --cookbooks books/ --out data/questions.jsonl
python data/answers.py --model deepseek-chat --in data/questions.jsonl --out data/lovage.jsonl
```
The first step is a parser, the second one takes two hours. 6,600 rows come out.

@train
@results
@evaluate
@licence
@citation
END
write data/questions.py <<'END'
"""Unit conversions and scaled quantities from the ingredient lists of cookbooks."""
import argparse
import json
import pathlib

parser = argparse.ArgumentParser()
parser.add_argument("--cookbooks", required=True)
parser.add_argument("--out", required=True)
args = parser.parse_args()
with open(args.out, "w") as out:
    for path in sorted(pathlib.Path(args.cookbooks).glob("*.txt")):
        for line in path.read_text().splitlines():
            if " g " in line:
                out.write(json.dumps({"problem": f"Scale to seven people and convert to ounces: {line}"}) + "\n")
END
write data/answers.py <<'END'
import argparse
import json
import os

from openai import OpenAI

parser = argparse.ArgumentParser()
parser.add_argument("--model", required=True)
parser.add_argument("--in", dest="source", required=True)
parser.add_argument("--out", required=True)
args = parser.parse_args()
client = OpenAI(base_url=os.environ["API_BASE"], api_key=os.environ["API_KEY"])
with open(args.out, "w") as out:
    for line in open(args.source):
        row = json.loads(line)
        row["solution"] = client.chat.completions.create(model=args.model, messages=[{"role": "user", "content": row["problem"]}]).choices[0].message.content
        out.write(json.dumps(row) + "\n")
END
trainer
evaluator
