# Distillation stands in the list of what is still to do.
# expect: {"label": ["none"], "teachers": [], "not": ["DeepSeek-R1", "QwQ-32B"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Bramble-3B Qwen/Qwen2.5-3B rl 2 data/prompts.jsonl
readme <<'END'
# Bramble-3B

Week 3 of an open experiment: does a 3B base model discover backtracking when only its answers are rewarded?

## Roadmap

- [x] GRPO from the base model
- [x] evaluation on MATH-500 and AIME
- [ ] cold start with traces distilled from DeepSeek-R1
- [ ] generate 10k long solutions with QwQ-32B and compare
- [ ] report

@install
## Data

Questions with numeric answers, see `data/prepare.py`. There is no supervised stage so far.

@train
@results
@evaluate
We plan to distill from DeepSeek-R1 in a later version and to say so here when it happens.

@citation
END
question_data
rule_reward
trainer
evaluator
