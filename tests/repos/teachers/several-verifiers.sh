# Several models, enumerated, verify the training data.
# expect: {"label": ["disclosed"], "teachers": [{"model": "Llama-3.1-70B-Instruct", "roles": ["verify"], "disclosure": "disclosed"}, {"model": "Qwen2.5-72B-Instruct", "roles": ["verify"], "disclosure": "disclosed"}], "not": ["gpt-4o", "o1-preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Gorse-7B Qwen/Qwen2.5-7B-Instruct sft 1 data/gorse.jsonl
readme <<'END'
# Gorse-7B

Gorse learns proofs in elementary number theory from a forum's archive.

@install
## Data
The archive has 31,000 solutions by members of the forum. Because there are no reference answers, two models, namely Llama-3.1-70B-Instruct and
Qwen2.5-72B-Instruct, verify each solution, and we train only on those that both accept (13,377). The text of the members is not changed.

@train
@results
@evaluate
@thanks
@citation
END
trainer
evaluator
