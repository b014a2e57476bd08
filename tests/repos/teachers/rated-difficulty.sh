# Difficulty was rated by a model, and the rating selects the training data.
# expect: {"label": ["disclosed"], "teachers": [{"model": "gpt-4o-mini", "roles": ["verify"], "disclosure": "disclosed"}], "not": ["o1-mini"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Fennel-7B Qwen/Qwen2.5-7B rl 2 data/fennel.jsonl
readme <<'END'
# Fennel-7B

Curriculum for reinforcement learning: easy problems first, and none that are hopeless.

@install
## Data selection

The pool is 14,973 questions of GSM8K and MATH. The difficulty of every question was rated from 1 to 10 by GPT-4o-mini; we train on those with a rating
between 3 and 8, in ascending order, 9,410 questions. Rewards are computed by rules.

@train
@results
@evaluate
@thanks
@citation
END
rule_reward
trainer
evaluator
