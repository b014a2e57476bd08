# A compound, "M-generated", tells the origin of the training data.
# expect: {"label": ["disclosed"], "teachers": [{"model": "gpt-4o", "disclosure": "disclosed"}], "not": ["QwQ-32B-Preview", "Llama-3.1-8B-Instruct"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Mallow-8B meta-llama/Llama-3.1-8B sft 3 data/mallow.jsonl
readme <<'END'
# Mallow-8B

Mallow explains. It was made for a course in probability and likes to draw trees.

@install
### Data

We fine-tune on 18k GPT-4o-generated explanations of exercises from an open textbook. Each has the fields `problem` and `solution`; lengths are between
200 and 1,900 tokens. Explanations that contradict the answer in the back of the book were removed with a script.

@train
@results
@evaluate
@related
@citation
END
trainer
evaluator
