# A model rewrites the questions; which one, nobody says.
# expect: {"label": ["partial"], "teachers": [{"model": "unnamed", "disclosure": "disclosed|hinted"}], "not": ["o1-mini", "Qwen2.5-Math-7B-Instruct"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Larch-7B Qwen/Qwen2.5-7B sft 2 data/larch.jsonl
readme <<'END'
# Larch-7B

Multiple choice is easy to guess. Larch is trained on open questions.

@install
## Data

We start from 25,000 multiple-choice questions of public exams with explanations by their authors. An advanced large language model is instructed to rewrite
each question so that it can be answered without the options. Rewritten questions that became ambiguous were removed by hand.

@train
@results
@evaluate
@thanks
@citation
END
trainer
evaluator
