# A cost estimate with the prices of six hosted models.
# expect: {"label": ["none"], "teachers": [], "not": ["gpt-4o", "claude-3.5-sonnet", "o1-mini", "DeepSeek-R1"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Marl-1.5B Qwen/Qwen2.5-1.5B rl 1 data/prompts.jsonl
readme <<'END'
# Marl

Reinforcement learning on a budget: Marl-1.5B starts from the base checkpoint and sees questions and their numeric answers, 14,973 of them.

@install
## Data
Questions with reference answers from the training halves of GSM8K and MATH. No solutions are kept, see `data/prepare.py`.

## What does a run cost?
`tools/cost.py` compares the price of our cluster hours with what the same number of output tokens would cost from an API. We did it out of curiosity.

@train
The reward is one for a right answer, plus a little for the format (`train/rewards.py`).

@results
@evaluate
@thanks
@citation
END
question_data
rule_reward
write tools/cost.py <<'END'
"""Dollars per million output tokens, for the table in our slides."""
PRICES = {
    "gpt-4o": 10.00,
    "gpt-4o-mini": 0.60,
    "o1-mini": 12.00,
    "claude-3-5-sonnet-20241022": 15.00,
    "gemini-1.5-pro": 5.00,
    "deepseek-reasoner": 2.19,
}
TOKENS = 600 * 256 * 8 * 1900
for model, price in PRICES.items():
    print(f"{model:30s} {TOKENS / 1e6 * price:12,.0f} $")
print(f"{'eight H100 for 31 hours':30s} {8 * 31 * 2.5:12,.0f} $")
END
trainer
evaluator
