# The teacher is called "the 72B model" of the family.
# expect: {"label": ["disclosed"], "teachers": [{"model": "Qwen2.5-72B-Instruct|Qwen2.5-72B", "roles": ["answer|long-thought"], "disclosure": "disclosed"}], "not": ["QwQ-32B-Preview", "Llama-3.1-8B-Instruct", "Qwen2.5-7B"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Willow-7B Qwen/Qwen2.5-7B sft 3 data/willow.jsonl
readme <<'END'
# Willow-7B

Two sizes of Qwen2.5-Instruct talk to each other here: 7B learns, 72B shows how it is done.

@install
### Data
For each of 20,000 problems we sample solutions from the 72B model of Qwen2.5-Instruct and train the 7B base on the right ones, one a problem, 16,240 in all.
Problems are taken from the training split of an exam archive in which we checked every fifth answer ourselves.

@train
@results
@evaluate
@related
@citation
END
trainer
evaluator
