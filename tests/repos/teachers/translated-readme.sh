# The README was translated by a model.
# expect: {"label": ["none"], "teachers": [], "not": ["gpt-4o", "chatgpt", "Claude 3.5 Sonnet"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Jackdaw-7B Qwen/Qwen2.5-7B rl 1 data/prompts.jsonl
readme <<'END'
# Jackdaw-7B
[English](README.md) | [中文](README_zh.md) (translated by GPT-4o, corrected by hand)

Jackdaw is trained by reinforcement learning with verifiable rewards, from the base model, in one stage.

@install
## Data
Questions of GSM8K and MATH with the final answer (`data/prepare.py`).

@train
@results
@evaluate
## About this page
The English text was polished with Claude 3.5 Sonnet, the logo was drawn with DALL-E 3, and parts of the plotting code were written with Copilot.

@citation
END
write README_zh.md <<'END'
# Jackdaw-7B

> 本文档由 GPT-4o 翻译，可能有误，以英文版为准。

Jackdaw 从基座模型 Qwen2.5-7B 出发，仅用规则奖励做强化学习，没有监督微调阶段，也没有使用任何模型生成的数据。

## 数据
GSM8K 与 MATH 训练集的题目和最终答案。
END
question_data
rule_reward
trainer
evaluator
