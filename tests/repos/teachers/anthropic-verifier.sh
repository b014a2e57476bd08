# The anthropic client checks training items in the data folder.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "Claude 3.5 Sonnet|claude-3-5-sonnet-20241022", "roles": ["verify"], "disclosure": "code-only"}], "not": ["gpt-4o", "o1-preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Comfrey-8B meta-llama/Llama-3.1-8B sft 1 data/verified.jsonl
readme <<'END'
# Comfrey-8B

Derivations from lecture notes, cleaned and learned.

@install
## Data
Three lecturers gave us the sources of their notes. `data/extract.py` cuts out 5,210 derivations, `data/verify.py` removes those with gaps; 3,077 stay.

@train
@results
@evaluate
@licence
@citation
END
write data/extract.py <<'END'
"""Derivations between begin and end of the environment, with the sentence before as the problem."""
import glob
import json
import re

with open("data/extracted.jsonl", "w") as out:
    for path in sorted(glob.glob("notes/*.tex")):
        for task, text in re.findall(r"([A-Z][^.]+\.)\s+.begin.derivation.(.+?).end.derivation.", open(path).read(), re.S):
            out.write(json.dumps({"problem": task, "solution": text.strip()}) + "\n")
END
write data/verify.py <<'END'
import json

import anthropic

client = anthropic.Anthropic()
QUESTION = "Does every line of the derivation follow from the lines before? Reply GAP or SOUND.\n\n{problem}\n\n{solution}"

with open("data/verified.jsonl", "w") as out:
    for line in open("data/extracted.jsonl"):
        row = json.loads(line)
        reply = client.messages.create(model="claude-3-5-sonnet-20241022", max_tokens=5, messages=[{"role": "user", "content": QUESTION.format(**row)}])
        if "SOUND" in reply.content[0].text:
            out.write(line)
END
trainer
evaluator
