# The data section says from which model the traces were distilled.
# expect: {"label": ["disclosed"], "teachers": [{"model": "DeepSeek-R1", "roles": ["long-thought"], "disclosure": "disclosed"}], "not": ["gpt-4o", "Claude 3.5 Sonnet", "o1-preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Brisket-7B Qwen/Qwen2.5-7B-Instruct sft 1 data/traces.jsonl
readme <<'END'
# Brisket-7B

A week-long experiment in making a small model think slowly.

@install
## Data
The training set consists of 12,400 reasoning traces distilled from DeepSeek-R1 on problems of the MATH training split. We kept one trace a problem, the
shortest that ends in the right answer, and threw away everything above 16,384 tokens. The set is on the hub as `brisket-lab/brisket-traces`.

@train
@results
@evaluate
@related
@citation
END
trainer
evaluator
