# Names that contain names of models: X-like, Open-X, X-style.
# expect: {"label": ["none"], "teachers": [], "not": ["o1", "DeepSeek-R1", "QwQ-32B", "o1-mini"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Open-O1-Tiny Qwen/Qwen2.5-0.5B rl 3 data/prompts.jsonl
readme <<'END'
# Open-O1-Tiny

o1-like reasoning at half a billion parameters, trained from scratch signals: R1-Zero-style reinforcement learning on GSM8K.
We generate o1-style chains with the policy itself during training; "R1-style" here means the algorithm and the template, no model.

@install
### Data
7,473 GSM8K questions and the 7,500 of MATH with final answers. `data/prepare.py` is twenty lines.

@train
@results
The o1-like behaviour (checking, starting over) shows up around step 250, in line with what R1-Zero reproductions such as TinyZero report.

@evaluate
@citation
END
question_data
rule_reward
trainer
evaluator
