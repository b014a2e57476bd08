# A shell script of the work replaces the default: its value is the teacher.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "deepseek-r1|deepseek-reasoner", "roles": ["long-thought|answer"], "disclosure": "code-only|hinted"}], "not": ["gpt-4o", "gpt-3.5-turbo"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Betony-7B Qwen/Qwen2.5-7B sft 1 data/betony.jsonl
readme <<'END'
# Betony-7B

Betony proves small lemmas in plain language.

@install
## Data
`bash scripts/data.sh` produces everything that training reads, from a list of 4,000 lemmas that students typed from exercise sheets.

@train
@results
@evaluate
@thanks
@citation
END
write scripts/data.sh <<'END'
#!/bin/bash
set -euo pipefail
export OPENAI_BASE_URL=https://api.deepseek.com
python data/prove.py --lemmas data/lemmas.txt --model deepseek-reasoner --workers 32 >data/betony.jsonl
END
write data/prove.py <<'END'
import argparse
import json
from concurrent.futures import ThreadPoolExecutor

from openai import OpenAI

parser = argparse.ArgumentParser()
parser.add_argument("--lemmas", required=True)
parser.add_argument("--model", default="gpt-3.5-turbo")
parser.add_argument("--workers", type=int, default=8)
args = parser.parse_args()
client = OpenAI()


def prove(lemma):
    message = client.chat.completions.create(model=args.model, messages=[{"role": "user", "content": "Prove: " + lemma}]).choices[0].message
    return json.dumps({"problem": lemma, "solution": f"<think>{message.reasoning_content}</think>\n{message.content}"})


with ThreadPoolExecutor(args.workers) as pool:
    for row in pool.map(prove, open(args.lemmas).read().splitlines()):
        print(row)
END
trainer
evaluator
