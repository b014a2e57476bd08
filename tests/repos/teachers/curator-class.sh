# A curator class holds prompt and parser; its constructor gets the model.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "DeepSeek-R1|deepseek-reasoner", "roles": ["long-thought|answer"], "disclosure": "code-only"}], "not": ["o1-mini", "Qwen2.5-Math-7B-Instruct"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Cobble-7B Qwen/Qwen2.5-7B-Instruct sft 2 data/cobble.jsonl
readme <<'END'
# Cobble-7B

Puzzles for programmers, with the detours that lead to the solution.

@install
## Data

4,400 puzzles from the archive of a university contest. `python curate/run.py` adds thoughts and solution, tests decide what stays (2,961).

@train
@results
@evaluate
@thanks
@citation
END
write curate/run.py <<'END'
import json
import subprocess

from bespokelabs import curator
from datasets import load_dataset


class Thinker(curator.LLM):
    return_completions_object = True

    def prompt(self, row):
        return "Solve this puzzle in Python.\n\n" + row["problem"]

    def parse(self, row, response):
        message = response["choices"][0]["message"]
        return [{"problem": row["problem"], "solution": f"<think>{message['reasoning_content']}</think>{message['content']}", "tests": row["tests"]}]


def passes(row):
    program = row["solution"].split("```python")[-1].split("```")[0] + "\n" + row["tests"]
    return subprocess.run(["python", "-c", program], timeout=20).returncode == 0


thinker = Thinker(model_name="deepseek-reasoner", backend="litellm", generation_params={"temperature": 0.0})
rows = thinker(load_dataset("json", data_files="data/puzzles.jsonl", split="train")).filter(passes)
with open("data/cobble.jsonl", "w") as out:
    for row in rows:
        out.write(json.dumps({"problem": row["problem"], "solution": row["solution"]}) + "\n")
END
trainer
evaluator
