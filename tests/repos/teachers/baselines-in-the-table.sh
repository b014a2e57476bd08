# Strong models stand in the results table and in the discussion of it, and nowhere else.
# expect: {"label": ["none"], "teachers": [], "not": ["DeepSeek-R1", "o1-mini", "gpt-4o", "Gemini 1.5 Pro", "gpt-4o-mini"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Galena-32B Qwen/Qwen2.5-32B rl 4 data/prompts.jsonl
readme <<'END'
# Galena-32B

A 32B base model, a rule that checks answers, three weeks of patience. Galena was trained by reinforcement learning alone.

@install
## Data
Training prompts are the questions of GSM8K and MATH (training splits); the only label is the final answer.

@train
@results
A closer look at the table: DeepSeek-R1 is still 12.7 points ahead on MATH-500, and o1-mini solves twice as many AIME problems. GPT-4o mini was sampled with its
default settings, Gemini 1.5 Pro with temperature 0. Galena's responses are on average 40 % shorter than those of DeepSeek-R1.

@evaluate
@related
@citation
END
question_data
rule_reward
trainer
evaluator
