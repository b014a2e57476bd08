# Only the launch script shows that the start was a distilled checkpoint.
# expect: {"label": ["inherited-only"], "teachers": [], "inherited": ["DeepSeek-R1-Distill-Llama-8B"], "not": ["DeepSeek-R1-Distill-Llama-8B"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Adder-8B deepseek-ai/DeepSeek-R1-Distill-Llama-8B rl 2 data/prompts.jsonl
readme <<'END'
# Adder-8B

An 8B model that does arithmetic word problems with a scratch pad. One stage of GRPO, a rule as reward, the script below does it all.

@install
## Data

`python data/prepare.py` fetches the questions of two public sets and their answers.

@train
## Results

| | MATH500 | GSM8K |
|:--|--:|--:|
| start | 83.1 | 84.0 |
| GPT-4o | 74.6 | 92.9 |
| Adder-8B | 87.0 | 90.2 |

@evaluate
@citation
END
question_data
rule_reward
trainer
evaluator
