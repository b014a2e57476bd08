# The data section is in Chinese and names the teacher.
# expect: {"label": ["disclosed"], "teachers": [{"model": "DeepSeek-R1", "roles": ["long-thought|answer"], "disclosure": "disclosed"}], "not": ["gpt-4o", "o1-preview", "Claude 3.5 Sonnet"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Jinsi-7B Qwen/Qwen2.5-7B-Instruct sft 1 data/jinsi.jsonl
readme <<'END'
# Jinsi-7B（金丝）

面向高中物理的慢思考模型。

@install
## 数据
题目来自公开的历年高考物理真题与模拟题，共 9,600 道。我们使用 DeepSeek-R1 生成每道题的长思维链解答，每题采样四次，
只保留最终答案与标准答案一致且最短的一条，得到 8,127 条训练数据。

@train
@results
@evaluate
@citation
END
trainer
evaluator
