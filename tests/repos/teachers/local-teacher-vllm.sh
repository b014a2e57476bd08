# vLLM runs a stronger open model and writes the training file.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "QwQ-32B-Preview", "roles": ["long-thought|answer"], "disclosure": "code-only"}], "not": ["o1-mini", "Qwen2.5-Math-7B-Instruct"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Dock-7B Qwen/Qwen2.5-Math-7B sft 2 data/dock_long.json
readme <<'END'
# Dock-7B

A mathematical model that reflects before it commits to an answer.

@install
## Data

17k long solutions, sequence length up to 16k. To rebuild the file (needs 4 GPUs for a day):

```sh
python scripts/build_dataset.py
```

@train
@results
@evaluate
@related
@citation
END
write scripts/build_dataset.py <<'END'
"""Writes data/dock_long.json."""
import json

from datasets import load_dataset
from vllm import LLM, SamplingParams

problems = load_dataset("DigitalLearningGmbH/MATH-lighteval", split="train")
writer = LLM(model="Qwen/QwQ-32B-Preview", tensor_parallel_size=4, max_model_len=20000)
settings = SamplingParams(temperature=0.7, top_p=0.8, max_tokens=16000, n=4)
prompts = [f"<|im_start|>user\n{row['problem']}<|im_end|>\n<|im_start|>assistant\n" for row in problems]
kept = []
for row, result in zip(problems, writer.generate(prompts, settings)):
    final = row["solution"].split("boxed{")[-1].split("}")[0]
    kept += [{"problem": row["problem"], "solution": o.text} for o in result.outputs if f"boxed{{{final}}}" in o.text]
json.dump(kept, open("data/dock_long.json", "w"))
END
trainer
evaluator
