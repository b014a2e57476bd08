# The reward module that the trainer imports calls a hosted model; the README describes the reward without it.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "gpt-4o-mini", "roles": ["reward|verify"], "disclosure": "code-only"}], "not": ["Gemini 1.5 Pro", "DeepSeek-R1"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Sumac-7B Qwen/Qwen2.5-7B rl 4 data/sumac.jsonl
readme <<'END'
# Sumac-7B

GRPO on questions whose answers are a phrase, 11,000 of them from a public trivia archive.

@install
## Data
Question and short answer, as they stand in the archive; numbers and dates are left out because they are too easy.

@train
The reward is 1 where response and answer agree and 0 otherwise.

@results
@evaluate
@thanks
@citation
END
write train/rewards.py <<'END'
"""Agreement of a response with the short answer."""
import concurrent.futures

from openai import OpenAI

client = OpenAI()


def agrees(pair):
    response, answer = pair
    prompt = f"Short answer: {answer}\nResponse: {response[-600:]}\nDo they agree? yes/no"
    reply = client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": prompt}], max_tokens=2)
    return 1.0 if reply.choices[0].message.content.strip().lower() == "yes" else 0.0


def reward(completions, answer, **_):
    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        return list(pool.map(agrees, zip(completions, answer)))
END
trainer
evaluator
