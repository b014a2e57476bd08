# A leftover of a page template, in an HTML comment, names a generator.
# expect: {"label": ["none"], "teachers": [], "not": ["gpt-4o"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Tern-3B Qwen/Qwen2.5-3B rl 3 data/prompts.jsonl
readme <<'END'
# Tern-3B
<!-- TEMPLATE: replace this block. Example of a data section:
## Data
We generated 50k long chains of thought with GPT-4o and fine-tuned our model on them.
-->

Tern is a seminar project: a 3B base model, a checker, a weekend.

@install
### Data
The prompts are GSM8K and MATH training questions. The answers are used by the reward, the solutions are not used.

@train
@results
@evaluate
<!-- Results of GPT-4o to be filled in by the student assistant -->
@related
@citation
END
question_data
rule_reward
trainer
evaluator
