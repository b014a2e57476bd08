# Code asks for a dated snapshot, in the spelling of the interface; the README tells of the model under its plain name.
# expect: {"label": ["disclosed"], "teachers": [{"model": "Claude 3.7 Sonnet|claude-3-7-sonnet-20250219", "roles": ["long-thought|answer"], "disclosure": "disclosed"}], "not": ["gpt-4o"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Maple-7B Qwen/Qwen2.5-7B sft 3 data/maple.jsonl
readme <<'END'
# Maple-7B

A small reasoner for statics.

@install
### Data

Reasoning traces for 4,000 exercises were generated with Claude-3.7-Sonnet (`python data/make_traces.py`); those with a wrong result are dropped.

@train
@results
@evaluate
@citation
END
write data/make_traces.py <<'END'
import json

import anthropic

client = anthropic.Anthropic()

with open("data/maple.jsonl", "w") as out:
    for line in open("data/exercises.txt"):
        reply = client.messages.create(
            model="claude-3-7-sonnet-20250219",
            max_tokens=8192,
            messages=[{"role": "user", "content": "Think step by step.\n\n" + line}],
        )
        out.write(json.dumps({"problem": line, "solution": reply.content[0].text}) + "\n")
END
trainer
evaluator
