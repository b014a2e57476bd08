# The hub id of a public distilled dataset stands in a configuration of the trainer only.
# expect: {"label": ["inherited-only"], "teachers": [], "inherited": ["s1K-1.1"], "not": ["o1-mini", "Qwen2.5-Math-7B-Instruct"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Stilt-32B Qwen/Qwen2.5-32B-Instruct sft 2 data/none.jsonl
readme <<'END'
# Stilt-32B

How little is enough? A 32B model, a thousand public examples, one afternoon.

@install
## Data

LLaMA-Factory downloads the examples itself, see `data/dataset_info.json`. We changed nothing in them and made none.

@train
@results
@evaluate
@related
@citation
END
trainer
write data/dataset_info.json <<'END'
{"stilt-32b": {"hf_hub_url": "simplescaling/s1K-1.1", "columns": {"prompt": "question", "response": "deepseek_attempt"}}}
END
evaluator
