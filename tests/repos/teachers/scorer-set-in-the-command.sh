# The reward's model is an argument with a fallback; the README says which model to start it with, so that nobody may call it unmentioned.
# expect: {"label": ["disclosed", "unknown"], "teachers": [{"model": "Qwen2.5-72B-Instruct", "roles": ["reward|verify"], "disclosure": "hinted|disclosed"}], "not": ["gpt-4o", "o1-mini"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Larch-7B Qwen/Qwen2.5-7B rl 4 data/larch.jsonl
readme <<'END'
# Larch-7B

GRPO on 9,000 questions about trees whose answers are a phrase.

@install
## Data
Question and short answer, as they stand in the archive.

@train
Before that, start the server that the reward asks, with `Qwen2.5-72B-Instruct` in it, and export its address as `SCORER_URL`.

@results
@evaluate
@citation
END
write train/rewards.py <<'END'
"""Agreement of a response with the short answer."""
import os

from openai import OpenAI

client = OpenAI(base_url=os.environ["SCORER_URL"])
MODEL = os.environ.get("SCORER", "Qwen/Qwen2.5-72B-Instruct")


def agrees(response, answer):
    prompt = f"Short answer: {answer}\nResponse: {response[-600:]}\nDo they agree? yes/no"
    reply = client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": prompt}], max_tokens=2)
    return 1.0 if reply.choices[0].message.content.strip().lower() == "yes" else 0.0


def reward(completions, answer, **_):
    return [agrees(c, a) for c, a in zip(completions, answer)]
END
trainer
evaluator
