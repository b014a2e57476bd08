# A copied project in third_party tells in its own README how it made its data.
# expect: {"label": ["none"], "teachers": [], "not": ["gpt-4o", "gpt-4"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Dunlin-7B Qwen/Qwen2.5-7B rl 1 data/prompts.jsonl
readme <<'END'
# Dunlin-7B

Dunlin studies entropy in reinforcement learning for mathematics. `third_party/OpenRLHF` is a copy of the framework's release 0.5.9 for its vLLM glue, unchanged.

@install
## Data
Questions with reference answers of the two usual training splits, `data/prepare.py`.

@train
@results
@evaluate
@thanks
@citation
END
question_data
rule_reward
mkdir -p third_party/OpenRLHF/openrlhf/{cli,datasets,models,trainer} third_party/OpenRLHF/examples/scripts
write third_party/OpenRLHF/README.md <<'END'
# OpenRLHF
An RLHF framework. The example chat model was fine-tuned on 90k conversations that we generated with GPT-4o; its reward data was labelled by GPT-4.
END
write third_party/OpenRLHF/setup.py <<'END'
from setuptools import find_packages, setup

setup(name="openrlhf", version="0.5.9", author="OpenRLHF Team", packages=find_packages())
END
for part in cli/train_sft cli/train_ppo cli/batch_inference datasets/sft_dataset datasets/prompts models/actor models/loss trainer/ppo trainer/sft; do
  printf '"""%s of the framework."""\n\n\ndef run(args):\n    return args\n' "$part" >"third_party/OpenRLHF/openrlhf/$part.py"
done
write third_party/OpenRLHF/examples/scripts/generate_sft_data.py <<'END'
"""Makes instruction data with a hosted model."""
import json

from openai import OpenAI

client = OpenAI()
with open("sft_data.jsonl", "w") as out:
    for line in open("prompts.txt"):
        text = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": line}]).choices[0].message.content
        out.write(json.dumps({"prompt": line, "response": text}) + "\n")
END
trainer
evaluator
