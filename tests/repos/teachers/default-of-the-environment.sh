# The model comes from an environment variable with a default.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "Qwen2.5-72B-Instruct", "roles": ["question|rewrite"], "disclosure": "code-only"}], "not": ["QwQ-32B-Preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Pitch-7B Qwen/Qwen2.5-7B rl 3 data/pitch.jsonl
readme <<'END'
# Pitch-7B

More questions, same answers: reinforcement learning on an enlarged set of word problems.

@install
### Data
`python data/more_questions.py` turns the 7,473 GSM8K training questions into about 30,000, with known answers. The reward is a rule.

@train
@results
@evaluate
@related
@citation
END
rule_reward
write data/more_questions.py <<'END'
"""New questions with the numbers and the answer of an old one."""
import json
import os

from datasets import load_dataset
from vllm import LLM, SamplingParams

WRITER = os.environ.get("WRITER_MODEL", "Qwen/Qwen2.5-72B-Instruct")
PROMPT = "Write a new question with the same numbers and the same answer, in another setting.\n\nQuestion: {question}\n\nNew question:"

rows = list(load_dataset("openai/gsm8k", "main", split="train"))
writer = LLM(model=WRITER, tensor_parallel_size=8)
results = writer.generate([PROMPT.format(**row) for row in rows], SamplingParams(n=3, temperature=0.9, max_tokens=300))
with open("data/pitch.jsonl", "w") as out:
    for row, result in zip(rows, results):
        answer = row["answer"].split("####")[1].strip()
        for question in [row["question"]] + [o.text.strip() for o in result.outputs]:
            out.write(json.dumps({"problem": question, "answer": answer}) + "\n")
END
trainer
evaluator
