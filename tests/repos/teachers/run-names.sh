# Names of runs, folders and hub repositories contain names of strong models.
# expect: {"label": ["none"], "teachers": [], "not": ["QwQ-32B", "o1", "o1-mini", "DeepSeek-R1"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Ptarmigan-7B Qwen/Qwen2.5-7B rl 4 data/prompts.jsonl
readme <<'END'
# Ptarmigan-7B

Can a 7B base model get halfway to o1-mini with rule rewards? (Spoiler: on MATH-500 it can.)

@install
## Data
Questions and answers only, written by `data/prepare.py` from GSM8K and MATH.

@train
The exact call of the published run is `scripts/run.sh`.

@results
@evaluate
@citation
END
question_data
rule_reward
write scripts/run.sh <<'END'
#!/bin/bash
export WANDB_PROJECT=chasing-o1-mini
export WANDB_NAME=qwq-like-lr1e6-kl1e3
accelerate launch --num_processes 8 train/grpo.py \
  --base Qwen/Qwen2.5-7B \
  --dataset data/prompts.jsonl \
  --output_dir outputs/r1-zero-qwq-style-7b
huggingface-cli upload ptarmigan-lab/qwq-style-ptarmigan-7b outputs/r1-zero-qwq-style-7b
END
trainer
evaluator
