# Provider names in a dataset id and in licence text.
# expect: {"label": ["none"], "teachers": [], "not": ["gpt-4", "chatgpt", "o1"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Limpet-1.5B Qwen/Qwen2.5-1.5B sft 1
readme <<'END'
# Limpet-1.5B

A one-and-a-half-billion-parameter model that shows its work.

@install
## Data
`openai/gsm8k` and `EleutherAI/hendrycks_math`, training splits, used as they are. The solutions were written by people.

@train
@results
@evaluate
## License and intended use
The weights are for research. Users must respect the license of the base model, the terms of OpenAI concerning data generated with its services,
and the terms of Anthropic and Google likewise, where they apply to what users do with this model.

@citation
END
human_data
write data/LICENSE.md <<'END'
GSM8K: MIT License, Copyright (c) 2021 OpenAI. MATH: MIT License, Copyright (c) 2021 Dan Hendrycks.
END
trainer
evaluator
