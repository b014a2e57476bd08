# A disclosed teacher and a distilled base.
# expect: {"label": ["disclosed"], "teachers": [{"model": "QwQ-32B", "roles": ["long-thought|answer"], "disclosure": "disclosed"}], "inherited": ["DeepSeek-R1-Distill-Qwen-7B"], "not": ["o1-mini", "Qwen2.5-Math-7B-Instruct", "DeepSeek-R1-Distill-Qwen-7B"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Icicle-7B deepseek-ai/DeepSeek-R1-Distill-Qwen-7B sft 2 data/icicle.jsonl
readme <<'END'
# Icicle-7B

Shorter thoughts. Icicle starts from DeepSeek-R1-Distill-Qwen-7B and learns to stop.

@install
## Data

6,000 concise chains generated with QwQ-32B under a budget of 1,500 tokens serve as targets, on problems of the MATH training split. Chains with a wrong result are
left out, as are chains in which the word "wait" appears more than twice.

@train
@results
@evaluate
@thanks
@citation
END
trainer
evaluator
