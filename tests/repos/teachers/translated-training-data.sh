# The README tells which model translated the training data.
# expect: {"label": ["disclosed"], "teachers": [{"model": "gpt-4o-mini", "roles": ["translate"], "disclosure": "disclosed"}], "not": ["QwQ-32B-Preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Ember-3B Qwen/Qwen2.5-3B sft 3 data/ember_pt.jsonl
readme <<'END'
# Ember-3B

Reasoning in Portuguese.

@install
### Data

The questions and solutions of GSM8K and of MATH (training splits) were translated into Portuguese with GPT-4o mini; two native speakers read 300 of them and
corrected the prompt twice. Formulas are untouched. Nothing else was generated.

@train
@results
@evaluate
@related
@citation
END
trainer
evaluator
