# Reinforcement learning with rules from a distilled checkpoint, which the README names as base.
# expect: {"label": ["inherited-only"], "teachers": [], "inherited": ["DeepSeek-R1-Distill-Qwen-1.5B"], "not": ["gpt-4o"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Wren-1.5B deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B rl 1 data/prompts.jsonl
readme <<'END'
# Wren-1.5B

Starting from DeepSeek-R1-Distill-Qwen-1.5B we make responses a third shorter without losing accuracy, by reinforcement learning with a length penalty.

@install
## Data
GSM8K and MATH questions with reference answers. Rollouts come from the policy alone.

@train
The reward is 1 for a right answer, minus 0.2 for every full 4,096 tokens (`train/rewards.py` holds the first part).

@results
@evaluate
@related
@citation
END
question_data
rule_reward
trainer
evaluator
