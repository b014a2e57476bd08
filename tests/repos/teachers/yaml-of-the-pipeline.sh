# The data script reads the name of its judge from a configuration file.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "gpt-4o-mini|gpt-4o-mini-2024-07-18", "roles": ["verify"], "disclosure": "code-only"}], "not": ["o1-mini", "Qwen2.5-Math-7B-Instruct", "DeepSeek-R1"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Rowan-7B Qwen/Qwen2.5-7B sft 2 data/rowan.jsonl
readme <<'END'
# Rowan-7B

Word problems from 60 years of school magazines, scanned and typed by volunteers.

@install
## Data

```sh
python pipeline/clean.py pipeline/clean.yaml
```

removes typos that change the meaning, missing figures and wrong solutions: 7,930 of 12,200 problems remain, with the volunteers' text.

@train
@results
@evaluate
@thanks
@citation
END
write pipeline/clean.yaml <<'END'
input: data/typed.jsonl
output: data/rowan.jsonl
min_characters: 80
judge_model: gpt-4o-mini-2024-07-18
votes: 3
END
write pipeline/clean.py <<'END'
import json
import sys

import yaml
from openai import OpenAI

config = yaml.safe_load(open(sys.argv[1]))
client = OpenAI()


def votes(row):
    messages = [{"role": "user", "content": "Is the solution right and complete? Say 1 or 0.\n" + row["problem"] + "\n" + row["solution"]}]
    reply = client.chat.completions.create(model=config["judge_model"], messages=messages, n=config["votes"])
    return sum("1" in choice.message.content for choice in reply.choices)


with open(config["output"], "w") as out:
    for line in open(config["input"]):
        row = json.loads(line)
        if len(row["solution"]) >= config["min_characters"] and votes(row) > config["votes"] // 2:
            out.write(line)
END
trainer
evaluator
