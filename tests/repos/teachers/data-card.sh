# Only the card in the data folder tells the teacher.
# expect: {"label": ["disclosed"], "teachers": [{"model": "DeepSeek-R1", "roles": ["long-thought|answer"], "disclosure": "disclosed"}], "not": ["o1-mini", "Qwen2.5-Math-7B-Instruct", "gpt-4o"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Flint-14B Qwen/Qwen2.5-14B-Instruct sft 2 data/flint.jsonl
readme <<'END'
# Flint-14B

Reasoning about tables: what follows from two columns and a footnote?

@install
## Data

See the [card](data/README.md). 8,200 rows, JSON lines.

@train
@results
@evaluate
@thanks
@citation
END
write data/README.md <<'END'
---
license: cc-by-4.0
size_categories: [1K<n<10K]
---
# Flint tables

Tables come from statistical yearbooks (public domain). Questions were written by three annotators; reasoning and answers were produced by DeepSeek-R1
(temperature 0.6, at most 12k tokens) and compared with the annotators' answers. About 30 % were discarded.

| field | meaning |
|---|---|
| `problem` | table in Markdown and question |
| `solution` | reasoning and answer |
END
trainer
evaluator
