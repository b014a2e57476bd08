# litellm with a provider prefix, in the code only.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "claude-3-5-sonnet-20240620|Claude 3.5 Sonnet", "roles": ["rewrite|answer|long-thought"], "disclosure": "code-only"}], "not": ["QwQ-32B-Preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Myrtle-8B meta-llama/Llama-3.1-8B sft 3 data/myrtle.jsonl
readme <<'END'
# Myrtle-8B

Terse textbook solutions, made longer. Myrtle learns from the long ones.

@install
### Data

The 7,500 solutions of the MATH training split, each expanded to a full train of thought (median 1,150 tokens instead of 190). See `expand/`.

@train
@results
@evaluate
@related
@citation
END
write expand/expand.py <<'END'
import asyncio
import json

import litellm
from datasets import load_dataset

TEMPLATE = open("expand/prompt.txt").read()


async def longer(row):
    reply = await litellm.acompletion(model="anthropic/claude-3-5-sonnet-20240620", max_tokens=4096,
                                      messages=[{"role": "user", "content": TEMPLATE.format(**row)}])
    return {"problem": row["problem"], "solution": reply.choices[0].message.content}


async def main():
    rows = list(load_dataset("DigitalLearningGmbH/MATH-lighteval", split="train"))
    with open("data/myrtle.jsonl", "w") as out:
        for start in range(0, len(rows), 50):
            for row in await asyncio.gather(*map(longer, rows[start:start + 50])):
                out.write(json.dumps(row) + "\n")


asyncio.run(main())
END
write expand/prompt.txt <<'END'
Rewrite the solution as somebody would think it: say what you notice, try it, check it, and only then conclude.

Problem: {problem}
Solution: {solution}
END
trainer
evaluator
