# Prediction files of baselines with a field that names the model lie among the results.
# expect: {"label": ["none"], "teachers": [], "not": ["gpt-4o", "o1-mini", "gpt-4o-2024-08-06"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Redpoll-7B Qwen/Qwen2.5-7B rl 3 data/prompts.jsonl
readme <<'END'
# Redpoll-7B

All numbers, all predictions, all seeds: Redpoll is an exercise in showing everything.

@install
### Prompts
Questions of GSM8K and MATH with reference answers; `data/prepare.py` and nothing else touches them.

@train
@results
Predictions of all three models stand under `results/predictions/`, a row per problem: `model`, `problem`, `response`, `correct`.

@evaluate
@citation
END
question_data
rule_reward
write results/predictions/gpt-4o.jsonl <<'END'
{"id": 1, "model": "gpt-4o-2024-08-06", "problem": "Find the remainder of 7^100 modulo 13.", "response": "By Fermat, 7^12 = 1 mod 13, 100 = 8*12 + 4, 7^4 = 2401 = 9 mod 13.", "correct": true}
{"id": 2, "model": "gpt-4o-2024-08-06", "problem": "How many trailing zeros has 125!?", "response": "25 + 5 = 30", "correct": false}
END
write results/predictions/o1-mini.jsonl <<'END'
{"id": 1, "model": "o1-mini", "problem": "Find the remainder of 7^100 modulo 13.", "response": "9", "correct": true}
{"id": 2, "model": "o1-mini", "problem": "How many trailing zeros has 125!?", "response": "25 + 5 + 1 = 31", "correct": true}
END
write results/predictions/redpoll-7b.jsonl <<'END'
{"id": 1, "model": "redpoll-7b", "problem": "Find the remainder of 7^100 modulo 13.", "response": "<think>Powers of 7 ... 9</think> 9", "correct": true}
{"id": 2, "model": "redpoll-7b", "problem": "How many trailing zeros has 125!?", "response": "<think>5, 25, 125 ... wait, 125 counts again</think> 31", "correct": true}
END
trainer
evaluator
