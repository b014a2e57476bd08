# Two teachers with two tasks in one sentence.
# expect: {"label": ["disclosed"], "teachers": [{"model": "DeepSeek-R1", "roles": ["long-thought|answer"], "disclosure": "disclosed"}, {"model": "Claude 3.5 Sonnet", "roles": ["question"], "disclosure": "disclosed"}], "not": ["Gemini 1.5 Pro", "gpt-4o-mini"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Teasel-14B Qwen/Qwen2.5-14B sft 4 data/teasel.jsonl
readme <<'END'
# Teasel-14B

Logic puzzles, from Zebra to knights and knaves, solved by a model that takes its time.

@install
## Data construction
Our pipeline employs Claude 3.5 Sonnet to write new puzzles and DeepSeek-R1 to solve them with a full chain of thought. A solver (OR-tools) then confirms
that each puzzle has one solution and that the chain reaches it. Out of 40,000 puzzles 22,815 survive.

@train
@results
@evaluate
@related
@citation
END
trainer
evaluator
