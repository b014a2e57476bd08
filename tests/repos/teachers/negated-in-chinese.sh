# A Chinese README denies distillation and names baselines.
# expect: {"label": ["none"], "teachers": [], "not": ["DeepSeek-R1", "gpt-4o", "QwQ-32B-Preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Shanque-7B Qwen/Qwen2.5-7B rl 2 data/prompts.jsonl
readme <<'END'
# Shanque-7B（山雀）

山雀从 Qwen2.5-7B 基座出发，只用规则奖励的强化学习训练长思维链推理能力。

- 没有冷启动阶段，也没有蒸馏 DeepSeek-R1 或其他模型
- 训练数据不包含由 GPT-4o 生成的内容
- 与 QwQ-32B-Preview 相比，参数量不到四分之一

@install
## 数据

GSM8K 与 MATH 训练集的题目和标准答案，共 14,973 题，见 `data/prepare.py`。

@train
## 结果

| 模型 | AIME24 (avg@16) | MATH500 |
|---|---|---|
| Qwen2.5-7B | 10.2 | 70.9 |
| QwQ-32B-Preview | 50.0 | 90.6 |
| DeepSeek-R1 | 79.8 | 97.3 |
| Shanque-7B | 24.1 | 83.0 |

@evaluate
@citation
END
question_data
rule_reward
trainer
evaluator
