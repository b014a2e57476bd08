# The reward module can ask a hosted model, but the switch is off and nobody turns it on.
# expect: {"label": ["none"], "teachers": [], "not": ["gpt-4o", "gpt-4o-mini", "Gemini 1.5 Pro"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Knot-7B Qwen/Qwen2.5-7B rl 2 data/prompts.jsonl
readme <<'END'
# Knot-7B

GRPO with a strict checker.

@install
## Data

The training questions of GSM8K and MATH, with answers.

@train
The reward compares strings after normalisation (`rewards/score.py`, `method="string"`). The other branch of that function was never used in our runs.

@results
@evaluate
@thanks
@citation
END
question_data
write rewards/score.py <<'END'
import re

USE_JUDGE = False


def normal(text):
    return re.sub(r"[\s$,]|\\(left|right|,|!)", "", text).rstrip(".")


def reward(data_source, solution_str, ground_truth, extra_info=None, method="string"):
    final = solution_str.split("boxed{")[-1].split("}")[0]
    if method == "string" or not USE_JUDGE:
        return float(normal(final) == normal(ground_truth))
    return judged(final, ground_truth)


def judged(final, truth, model="gpt-4o-mini"):
    from openai import OpenAI
    reply = OpenAI().chat.completions.create(model=model, messages=[{"role": "user", "content": f"Is {final} equal to {truth}? yes or no"}])
    return float("yes" in reply.choices[0].message.content.lower())
END
trainer
evaluator
