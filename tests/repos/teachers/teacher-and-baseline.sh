# The same model is teacher and baseline, in one sentence and in one table.
# expect: {"label": ["disclosed"], "teachers": [{"model": "o1-mini", "roles": ["long-thought|answer"], "disclosure": "disclosed"}], "not": ["Qwen2.5-Math-7B-Instruct"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Sorrel-7B Qwen/Qwen2.5-Math-7B sft 2 data/sorrel.jsonl
readme <<'END'
# Sorrel-7B

The student stays well below o1-mini (63.6 on AIME), from whose summarised solutions to 8,000 problems it was trained, and that is expected.

@install
## Training data

Prompts: MATH level 4 and 5. Responses: o1-mini, collected through the API in October, one per prompt; wrong ones deleted. 5,970 pairs.

@train
@results
@evaluate
@thanks
@citation
END
trainer
evaluator
