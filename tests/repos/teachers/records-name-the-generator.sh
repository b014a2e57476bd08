# Training records in the tree carry a field with their generator; nothing else does.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "o1-mini", "disclosure": "code-only|hinted"}], "not": ["gpt-4o", "Claude 3.5 Sonnet", "o1-preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Damson-7B Qwen/Qwen2.5-7B-Instruct sft 1 data/damson.jsonl
readme <<'END'
# Damson-7B

A compact slow thinker.

@install
## Data
`data/damson.jsonl` holds what we trained on. Every row has a problem and a solution with all intermediate thoughts.

@train
@results
@evaluate
@related
@citation
END
for n in 3 5 7 11 13 17 19 23 29 31 37 41; do
  printf '{"id": %d, "problem": "What is the last digit of 2^%d?", "solution": "The last digits of powers of two repeat 2, 4, 8, 6. %d mod 4 is %d, so take that place in the cycle.", "generator": "o1-mini", "finish_reason": "stop"}\n' $n $n $n $((n % 4))
done | write data/damson.jsonl
trainer
evaluator
