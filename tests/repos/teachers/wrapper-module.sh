# The literal stands in a wrapper of another module that the data script imports.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "gpt-4o-2024-08-06|gpt-4o", "disclosure": "code-only"}], "not": ["QwQ-32B-Preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Sedge-3B Qwen/Qwen2.5-3B sft 3 data/sedge.jsonl
readme <<'END'
# Sedge-3B

Short programs as thoughts: Sedge writes a little Python, runs it in its head, and answers.

@install
### Data
`python -m pipeline.programs` makes programs for the MATH training problems and keeps those whose output is the reference answer (8,031).

@train
@results
@evaluate
@related
@citation
END
write pipeline/programs.py <<'END'
import contextlib
import io
import json

from datasets import load_dataset

from common.chat import complete

PROMPT = "Write a short Python program that prints the answer to this problem, with comments that explain each step.\n\n"


def output_of(program):
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        exec(program, {})
    return stream.getvalue().strip()


with open("data/sedge.jsonl", "w") as out:
    for row in load_dataset("DigitalLearningGmbH/MATH-lighteval", split="train"):
        program = complete(PROMPT + row["problem"])
        if output_of(program) and output_of(program) in row["solution"]:
            out.write(json.dumps({"problem": row["problem"], "solution": program}) + "\n")
END
write common/chat.py <<'END'
import functools

from openai import OpenAI

ENGINE = "gpt-4o-2024-08-06"


@functools.cache
def _client():
    return OpenAI(max_retries=8)


def complete(prompt, temperature=0.3):
    messages = [{"role": "user", "content": prompt}]
    return _client().chat.completions.create(model=ENGINE, messages=messages, temperature=temperature).choices[0].message.content
END
trainer
evaluator
