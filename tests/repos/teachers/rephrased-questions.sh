# Training questions were rephrased by a hosted model.
# expect: {"label": ["disclosed"], "teachers": [{"model": "gpt-3.5-turbo", "roles": ["rewrite"], "disclosure": "disclosed"}], "not": ["QwQ-32B-Preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Clove-3B Qwen/Qwen2.5-3B sft 3 data/clove.jsonl
readme <<'END'
# Clove-3B

Is it the wording? Clove-3B sees each problem in several wordings and one human solution.

@install
### Data

Starting from the 7,473 problems of GSM8K, every question is rephrased three times using GPT-3.5 while the human-written solution stays as it is. A rephrasing
that changes one of the numbers is rejected by a regular expression. In total 27,190 pairs.

@train
@results
@evaluate
@related
@citation
END
trainer
evaluator
