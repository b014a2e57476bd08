# A dictionary of contexts and endpoints for the evaluation of many models.
# expect: {"label": ["none"], "teachers": [], "not": ["gpt-4o", "o1-mini", "claude-3.5-sonnet", "DeepSeek-R1", "QwQ-32B"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Turnstone-7B Qwen/Qwen2.5-7B rl 1 data/prompts.jsonl
readme <<'END'
# Turnstone-7B

We publish the model, and a script that runs the same prompts on everything we could get our hands on.

@install
## Data
Two public training splits, questions and answers (`data/prepare.py`); the policy writes everything else during training.

@train
@results
@evaluate
To run a baseline: `python evaluation/baselines.py --name o1-mini --bench aime24`. Names are the keys in `evaluation/registry.py`.

@thanks
@citation
END
question_data
rule_reward
write evaluation/registry.py <<'END'
MODELS = {
    "gpt-4o": {"provider": "openai", "model": "gpt-4o-2024-08-06", "context": 128000},
    "o1-mini": {"provider": "openai", "model": "o1-mini-2024-09-12", "context": 128000},
    "sonnet": {"provider": "anthropic", "model": "claude-3-5-sonnet-20241022", "context": 200000},
    "r1": {"provider": "deepseek", "model": "deepseek-reasoner", "context": 64000},
    "qwq": {"provider": "local", "model": "Qwen/QwQ-32B", "context": 32768},
}
END
write evaluation/baselines.py <<'END'
"""Runs a baseline and writes its predictions for scoring."""
import argparse
import json

import litellm

from registry import MODELS

parser = argparse.ArgumentParser()
parser.add_argument("--name", choices=sorted(MODELS), required=True)
parser.add_argument("--bench", default="aime24")
args = parser.parse_args()
entry = MODELS[args.name]
with open(f"predictions/{args.bench}.{args.name}.jsonl", "w") as out:
    for line in open(f"benchmarks/{args.bench}.jsonl"):
        row = json.loads(line)
        reply = litellm.completion(model=f"{entry['provider']}/{entry['model']}", messages=[{"role": "user", "content": row["problem"]}])
        out.write(json.dumps({"id": row["id"], "model": entry["model"], "prediction": reply.choices[0].message.content}) + "\n")
END
trainer
evaluator
