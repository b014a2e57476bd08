# A table of the training sets has a column for the teacher.
# expect: {"label": ["disclosed"], "teachers": [{"model": "QwQ-32B", "disclosure": "disclosed"}, {"model": "DeepSeek-R1", "disclosure": "disclosed"}], "not": ["gpt-4o", "Claude 3.5 Sonnet", "o1-preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Bracken-32B Qwen/Qwen2.5-32B sft 1 data/bracken.jsonl
readme <<'END'
# Bracken-32B

Our 32B model for mathematics and code.

@install
## Data
| subset | items | questions from | teacher | filter |
|---|---|---|---|---|
| Bracken-Math | 21,300 | MATH, olympiad archives | DeepSeek-R1 | answer equals reference |
| Bracken-Code | 9,750 | TACO, APPS | QwQ-32B | all tests pass |

Both subsets are in `data/bracken.jsonl` and are mixed in the proportion in which they come.

@train
@results
@evaluate
@related
@citation
END
trainer
evaluator
