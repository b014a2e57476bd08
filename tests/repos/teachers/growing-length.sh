# Analysis of the response length of the model that is trained.
# expect: {"label": ["none"], "teachers": [], "not": ["Qwen2.5-7B", "Qwen2.5-Math-7B", "DeepSeek-R1", "Llama-3.1-8B"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Fathom-7B Qwen/Qwen2.5-7B rl 2 data/prompts.jsonl
readme <<'END'
# Fathom-7B

Why do responses get longer? A measurement, with every checkpoint of the run.

@install
## Data

Questions and final answers (GSM8K, MATH), as in most open runs. `python data/prepare.py` downloads them.

@train
## What we saw

The response length of Qwen2.5-7B grows from 612 to 2,340 tokens while its training reward rises from 0.31 to 0.74. Responses of Llama-3.1-8B under the
same recipe stay short. Texts produced by Qwen2.5-7B at step 0 already contain "let me check" in 4 % of the cases, so checking is amplified, not invented.
The curve has the shape that the authors of DeepSeek-R1 describe.

@results
@evaluate
@thanks
@citation
END
question_data
rule_reward
trainer
evaluator
