# A model writes critiques that are woven into the training texts.
# expect: {"label": ["disclosed"], "teachers": [{"model": "gpt-4o", "roles": ["reflect"], "disclosure": "disclosed"}], "not": ["QwQ-32B-Preview", "Llama-3.1-8B-Instruct"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Kelp-7B Qwen/Qwen2.5-7B sft 3 data/kelp.jsonl
readme <<'END'
# Kelp-7B

Mistakes are material. Kelp learns from texts in which a mistake is made, noticed, and repaired.

@install
### Data
Wrong attempts are drawn from the base model itself. GPT-4o then writes a critique of each attempt, in which it reflects on the first wrong step, and the attempt, the
critique, and the human solution of the dataset are joined to one training text. 10,450 texts from 7,500 MATH training problems.

@train
@results
@evaluate
@related
@citation
END
trainer
evaluator
