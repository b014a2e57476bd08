# A configuration that nothing reads names a model for cleaning.
# expect: {"label": ["none", "unknown"], "teachers": [], "not": ["gpt-4o", "gpt-4-turbo"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Smew-3B Qwen/Qwen2.5-3B rl 3 data/prompts.jsonl
readme <<'END'
# Smew-3B

REINFORCE from a 3B base, with questions and answers from two public sets and a rule that compares them.

@install
### Data
`python data/prepare.py` is the whole of it: 7,473 questions from GSM8K, 7,500 from MATH. We train on all of them, nothing is cleaned or filtered.

@train
@results
@evaluate
@related
@citation
END
question_data
rule_reward
write configs/old/cleaner.yaml <<'END'
cleaner:
  model: gpt-4-turbo
  temperature: 0.0
  max_tokens: 16
END
trainer
evaluator
