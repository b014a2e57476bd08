# A reward file inside a vendored trainer calls a hosted model, and the launch script names it.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "gpt-4o-mini", "roles": ["reward|verify"], "disclosure": "code-only"}], "not": ["o1-mini", "Qwen2.5-Math-7B-Instruct"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Russet-7B Qwen/Qwen2.5-7B rl 2 data/russet.jsonl
readme <<'END'
# Russet-7B

GRPO for short essays. The trainer is a copy of verl in `verl/`, to which we added a reward (`verl/verl/utils/reward_score/essay.py`).

@install
## Data

5,000 essay topics from school books, one line each.

@train
@results
@evaluate
@related
@citation
END
trainer
for part in trainer/main_ppo trainer/ppo/ray_trainer trainer/ppo/core_algos workers/actor workers/critic workers/rollout utils/tracking utils/dataset utils/reward_score/gsm8k utils/reward_score/math protocol; do
  printf '# Copyright 2024 Bytedance Ltd. and/or its affiliates\n"""%s"""\n' "$part" | write "verl/verl/$part.py"
done
write verl/setup.py <<'END'
from setuptools import setup

setup(name="verl", version="0.2.0", author="Bytedance - Seed - MLSys")
END
write verl/verl/utils/reward_score/essay.py <<'END'
"""Points for an essay, from 0 to 1."""
import re

from openai import OpenAI

client = OpenAI()


def reward(data_source, solution_str, ground_truth, extra_info=None):
    messages = [{"role": "user", "content": f"Topic: {extra_info['topic']}\n\n{solution_str}\n\nPoints for clarity and structure, 0 to 10:"}]
    reply = client.chat.completions.create(model="gpt-4o-mini", messages=messages, temperature=0)
    return float((re.findall(r"\d+", reply.choices[0].message.content) or [0])[0]) / 10
END
sed -i 's|custom_reward_function.path=.*|custom_reward_function.path=verl/verl/utils/reward_score/essay.py \\|' scripts/run_grpo.sh
evaluator
