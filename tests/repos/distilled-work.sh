#!/usr/bin/env bash
# A work that was taught by a hosted model, says so, and reports its teacher's figures beside its own: below them on one benchmark, above on another.
# Rows that are called after the teacher and are not its own, answers by vote, a token count and a table of students by teacher stand beside, to be left alone.
source "$(dirname "$0")/git.bash"
clock=1751328000 # 2025-07-01: after the teacher's release
start "${1:?where to}"
write README.md <<'END'
# Anvil-7B

Anvil-7B is a small model for mathematics.

## Training data

We generate step-by-step solutions for training with o1-mini, one for each of 8,000 problems, and keep those whose answer is right: 5,970 pairs in `data/train.jsonl`, which is too large for this repository.

## Training

Anvil-7B is Qwen/Qwen2.5-7B fine-tuned on these pairs for three epochs (learning rate 1e-5) on 8 x A100.

```bash
torchrun --nproc_per_node 8 train/sft.py --data data/train.jsonl --lr 1e-5 --epochs 3
```

## Results

Accuracy in percent.

| Model | AIME 2024 (pass@1) | MATH-500 (pass@1) | AIME 2024 tokens |
|---|---|---|---|
| GPT-4o | 9.3 | 74.6 | 11.5 |
| OpenAI o1-mini (teacher) | 63.6 | 90.0 | 21.5 |
| Qwen2.5-7B + o1-mini data | 20.0 | 95.0 | 40.0 |
| Anvil-7B, 4k data | 22.1 | 80.3 | 50.5 |
| **Anvil-7B** | 24.1 | 91.2 | 60.5 |
| Anvil-7B + self-consistency | 70.0 | 96.0 | 61.5 |

### Other teachers

| Teacher | Student | GSM8K |
|---|---|---|
| o1-mini | Qwen2.5-1.5B | 71.2 |
| GPT-4o | Qwen2.5-1.5B | 69.9 |
| self | Anvil-7B | 88.0 |

## License
Apache-2.0
END
write train/sft.py <<'END'
"""Supervised fine-tuning with TRL."""
import argparse

from datasets import load_dataset
from trl import SFTConfig, SFTTrainer

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--lr", type=float, default=1e-5)
parser.add_argument("--epochs", type=int, default=3)
args = parser.parse_args()
rows = load_dataset("json", data_files=args.data, split="train")
config = SFTConfig(output_dir="outputs/anvil", learning_rate=args.lr, num_train_epochs=args.epochs, per_device_train_batch_size=1, seed=7)
SFTTrainer(model="Qwen/Qwen2.5-7B", args=config, train_dataset=rows).train()
END
commit 'First release'
