# The name of the model is a constant at the top, the call is in another function, through google.generativeai.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "Gemini 2.0 Flash Thinking|gemini-2.0-flash-thinking-exp-01-21", "roles": ["long-thought|answer"], "disclosure": "code-only"}], "not": ["o1-preview", "gpt-4o", "Claude 3.5 Sonnet"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Yarrow-7B Qwen/Qwen2.5-7B-Instruct sft 1 data/yarrow.jsonl
readme <<'END'
# Yarrow-7B

Thinking before speaking, on a thousand examples. Less turned out to be enough.

@install
## Data
One thousand carefully chosen questions with long reasoning. `python data/collect.py` reproduces the file; questions are selected by length and by subject,
at most 25 from each of the subjects of the MATH and olympiad archives.

@train
@results
@evaluate
@related
@citation
END
write data/collect.py <<'END'
import json
import os
import time

import google.generativeai as genai

GEMINI_MODEL = "gemini-2.0-flash-thinking-exp-01-21"
PER_SUBJECT = 25


def connect():
    genai.configure(api_key=os.environ["GOOGLE_API_KEY"])
    return genai.GenerativeModel(GEMINI_MODEL)


def think(model, question, tries=5):
    for attempt in range(tries):
        try:
            parts = model.generate_content(question).candidates[0].content.parts
            return "<think>" + parts[0].text + "</think>" + parts[-1].text
        except Exception:
            time.sleep(2 ** attempt)


def main():
    model, seen = connect(), {}
    with open("data/yarrow.jsonl", "w") as out:
        for line in open("data/pool.jsonl"):
            row = json.loads(line)
            seen[row["subject"]] = seen.get(row["subject"], 0) + 1
            if seen[row["subject"]] <= PER_SUBJECT:
                out.write(json.dumps({"problem": row["question"], "solution": think(model, row["question"])}) + "\n")


main()
END
trainer
evaluator
