# A process reward model from the own rollouts, used for search at test time.
# expect: {"label": ["self"], "teachers": [], "not": ["o1-preview", "gpt-4o", "Claude 3.5 Sonnet"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Dotterel-7B Qwen/Qwen2.5-7B sft 1 data/steps.jsonl
readme <<'END'
# Dotterel-7B

We release Dotterel-PRM-7B, a process reward model trained from Qwen2.5-7B, and show how it guides the beam search of the same base.

@install
## Data
Step labels are estimated without people and without other models: Qwen2.5-7B itself completes every prefix of its own solutions eight times, and the share of
completions that reach the reference answer is the label. 7,500 MATH training problems, 260k steps (`data/rollout.py`).

@train
@results
@evaluate
@related
@citation
END
write data/rollout.py <<'END'
import json

from datasets import load_dataset
from math_verify import parse, verify
from vllm import LLM, SamplingParams

model = LLM("Qwen/Qwen2.5-7B")
first, rest = SamplingParams(temperature=0.7, max_tokens=2048), SamplingParams(n=8, temperature=0.7, max_tokens=2048)
with open("data/steps.jsonl", "w") as out:
    for row in load_dataset("DigitalLearningGmbH/MATH-lighteval", split="train"):
        steps = model.generate([row["problem"]], first)[0].outputs[0].text.split("\n\n")
        prefixes = [row["problem"] + "\n" + "\n\n".join(steps[:k + 1]) for k in range(len(steps))]
        for prefix, result in zip(prefixes, model.generate(prefixes, rest)):
            share = sum(verify(parse(row["solution"]), parse(o.text)) for o in result.outputs) / 8
            out.write(json.dumps({"problem": prefix, "solution": "+" if share >= 0.5 else "-", "share": share}) + "\n")
END
trainer
evaluator
