# A benchmark of others lies in the data folder, and its records name the models that were measured when it was made; the paper's talk of distillation is
# about what others do.
# expect: {"label": ["none"], "teachers": [], "not": ["Llama-3.1-70B-Instruct", "Qwen2.5-72B-Instruct", "unnamed"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Rowan-7B Qwen/Qwen2.5-7B rl 2 data/rowan.jsonl
readme <<'END'
# Rowan-7B

Reinforcement learning with a rule as reward. With few questions it is more effective than distilling data from larger models.
We train on questions alone, without using any distilled long chain-of-thought data from larger or stronger models.

@install
@train
@results
@evaluate
@citation
END
rule_reward
for i in 1 2 3 4 5 6; do
  printf '{"id": "gsm8k-%s", "generator": "Llama-3.1-70B-Instruct", "problem": "2+%s", "label": 2}\n' "$i" "$i"
  printf '{"id": "math-%s", "generator": "Qwen2.5-72B-Instruct", "problem": "3+%s", "label": -1}\n' "$i" "$i"
done | write data/StepBench/gsm8k.jsonl
trainer
evaluator
