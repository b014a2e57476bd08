# The README says that a hosted model extracts and grades answers at evaluation.
# expect: {"label": ["none"], "teachers": [], "judges": ["gpt-4o-mini"], "not": ["gpt-4o-mini"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Cairn-14B Qwen/Qwen2.5-14B rl 3 data/prompts.jsonl
readme <<'END'
# Cairn-14B

Cairn asks whether plain REINFORCE is enough to make a 14B base model think longer. It is, with patience.

@install
### Prompts

7,500 problems of the MATH training split with their final answers, plus the GSM8K ones (`data/prepare.py`).
The reward looks at the final answer alone (`src/reward.py`), there was no warm-up on demonstrations of any kind.

@train
@results
@evaluate
For the open-ended part of Minerva Math the final answer is extracted from the response with GPT-4o-mini, and the same model decides whether it agrees
with the reference. This happens after training, on test predictions only.

@related
@citation
END
question_data
rule_reward
trainer
evaluator
