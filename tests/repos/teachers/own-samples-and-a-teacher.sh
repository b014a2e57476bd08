# Own samples and a disclosed teacher side by side; the student is not a teacher.
# expect: {"label": ["disclosed"], "teachers": [{"model": "Qwen2.5-72B-Instruct", "disclosure": "disclosed"}], "not": ["Qwen2.5-7B-Instruct", "gpt-4o", "o1-preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Harrow-7B Qwen/Qwen2.5-7B-Instruct sft 1 data/harrow.jsonl
readme <<'END'
# Harrow-7B

Learn from yourself where you can, from a bigger model where you must.

@install
## Data
Qwen2.5-7B-Instruct, which is also the model we train, samples 16 solutions per problem. For the 2,871 problems on which all 16 are wrong, solutions are sampled from
Qwen2.5-72B-Instruct instead. Both kinds pass the same answer check. 12,102 own solutions and 1,930 of the larger model make the training set.

@train
@results
@evaluate
@licence
@citation
END
trainer
evaluator
