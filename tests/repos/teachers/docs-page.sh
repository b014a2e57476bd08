# A page under docs tells the teacher, the README links it.
# expect: {"label": ["disclosed"], "teachers": [{"model": "QwQ-32B", "roles": ["long-thought|answer"], "disclosure": "disclosed"}], "not": ["Gemini 1.5 Pro", "gpt-4o-mini", "DeepSeek-R1"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Granite-Ash-7B Qwen/Qwen2.5-7B sft 4 data/ash.jsonl
readme <<'END'
# Granite-Ash-7B

A reasoner for geology students, made by geology students.

@install
## Data
How we got from 900 exam questions to 5,400 training rows is told in [docs/data.md](docs/data.md).

@train
@results
@evaluate
@thanks
@citation
END
write docs/data.md <<'END'
# From exams to rows

## Questions
Nine hundred, from exams of 2009 to 2023. Paraphrases by hand.

## Thoughts and answers
QwQ-32B was prompted to think aloud and answer each question six times. An answer stays when a student assistant accepts it; it was accepted in all but 112 cases.

## Files
`data/ash.jsonl`, one row each, fields `problem` and `solution`.
END
trainer
evaluator
