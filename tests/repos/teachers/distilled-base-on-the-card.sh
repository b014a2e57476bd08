# Front matter names a distilled base; reinforcement learning with rules follows.
# expect: {"label": ["inherited-only"], "teachers": [], "inherited": ["DeepSeek-R1-Distill-Qwen-7B"], "not": ["Gemini 1.5 Pro", "gpt-4o-mini"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Grebe-7B deepseek-ai/DeepSeek-R1-Distill-Qwen-7B rl 4 data/prompts.jsonl
readme <<'END'
---
license: mit
base_model: deepseek-ai/DeepSeek-R1-Distill-Qwen-7B
datasets: [openai/gsm8k, DigitalLearningGmbH/MATH-lighteval]
pipeline_tag: text-generation
---
# Grebe-7B

Grebe is DeepSeek-R1-Distill-Qwen-7B after 600 steps of GRPO. It no longer repeats itself.

@install
## Data
The questions and answers of the two sets above. The policy's own rollouts are the only text it learns from.

@train
@results
@evaluate
@thanks
@citation
END
question_data
rule_reward
trainer
evaluator
