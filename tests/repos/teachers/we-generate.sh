# "We generate ... with M": an active sentence in the section on training.
# expect: {"label": ["disclosed"], "teachers": [{"model": "gpt-4o", "roles": ["answer|long-thought"], "disclosure": "disclosed"}], "not": ["Gemini 1.5 Pro", "gpt-4o-mini", "DeepSeek-R1"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Pewter-3B meta-llama/Llama-3.2-3B-Instruct sft 4 data/pewter.jsonl
readme <<'END'
# Pewter-3B

Pewter is a Llama with 3B parameters that answers questions of school physics.

@install
## Corpus
Two teachers of physics wrote 2,150 exercises. We generate step-by-step solutions for training with GPT-4o, four for each exercise, and let a majority vote
over the final values decide which of them go into `data/pewter.jsonl`; exercises without a majority are left out.

@train
@results
@evaluate
@licence
@citation
END
trainer
evaluator
