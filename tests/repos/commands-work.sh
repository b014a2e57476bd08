#!/usr/bin/env bash
# A work whose commands fail, run or leave open in the ways that commands do; the README's headings say which. The credentials are put together
# here, so that no line of this file looks like one.
source "$(dirname "$0")/git.bash"
start "${1:?where to}"

write README.md <<'END'
# Brook: GRPO on mathematics

We train [Brook-7B](https://huggingface.co/brook-lab/Brook-7B) on 8 x A100 GPUs.
Training data: [brook-data](https://huggingface.co/datasets/brook-lab/brook-data). Set `OUTPUT` and the model path in `scripts/edited.sh` before training.

## Training: runnable
```bash
python train.py --lr 1e-6 --train_file data/train.jsonl --output_dir /mnt/me/out --model_name_or_path <your checkpoint>
```
```bash
torchrun --nproc_per_node $NUM_GPUS train.py --learn 1e-6 --config configs/grpo.yaml
```
```bash
cd sub
bash run.sh
```
```bash
bash scripts/edited.sh
```
```bash
python sft_train.py --lr 1e-6 --max-length 512 --no-packing
```
```bash
python -m torch.distributed.run train.py --train_file data/made.jsonl
```
```bash
python convert.py --output data/made.jsonl
```

## Training: broken
```bash
python train.py --learning_rate 1e-6
```
```bash
python trian.py --lr 1e-6
```
```bash
bash scripts/train
```
```bash
python train.py --config configs/ppo.yaml
```
```bash
python -m brook.trian --lr 1e-6
```
```bash
python train.py --train_file /mnt/ada/brook/train.jsonl
```
```bash
python train.py --model_name_or_path /redacted/path
```
```bash
bash scripts/train.sh
```
```bash
cd sub
bash lost.sh
```
```bash
python hydra_train.py trainer.lr=1e-6 trainer.epoch=3
```
```bash
make train
```

## Training: unknown
```bash
python train.py --model_name_or_path base_models/brook-init
```
```bash
python train.py --train_file $BROOK_TRAIN
```
```bash
python third_party/verl/train.py
```
```bash
brookctl train --lr 1e-6
```

## Evaluation
```bash
make evaluate
python -m lm_eval --model hf --tasks gsm8k
```
END
write train.py <<'END'
import argparse, torch
from brook.options import add_data_options

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", "--learn_rate", type=float, default=1e-6)
    parser.add_argument(
        "--output_dir", default="out")
    parser.add_argument("--model_name_or_path", type=str)
    parser.add_argument("--config", default=None)
    parser.add_argument("--seed", type=int, default=42)
    add_data_options(parser)
    args = parser.parse_args()
    loss = torch.zeros(1)
    loss.backward()
END
write brook/__init__.py </dev/null
write brook/options.py <<'END'
def add_data_options(parser):
    parser.add_argument("--train_file", default="data/train.jsonl")
END
write sft_train.py <<'END'
from dataclasses import dataclass, field
from transformers import HfArgumentParser

@dataclass
class Base:
    lr: float = field(default=1e-6)

@dataclass
class Arguments(Base):
    max_length: int = 512
    packing: bool = True

(args,) = HfArgumentParser((Arguments,)).parse_args_into_dataclasses()
END
write hydra_train.py <<'END'
import hydra

@hydra.main(config_path="configs", config_name="hydra", version_base=None)
def main(config):
    pass
END
write configs/hydra.yaml <<'END'
trainer:
  lr: 1e-6
  epochs: 2
END
printf 'learning_rate: 1e-6\n' | write configs/grpo.yaml
printf '{"question": "1+1", "answer": "2"}\n' | write data/train.jsonl
printf 'import argparse\np = argparse.ArgumentParser()\np.add_argument("--output")\np.parse_args()\n' | write convert.py
printf 'python inner.py --lr 1e-6\n' | write sub/run.sh
printf 'import sys\n' | write sub/inner.py
printf 'python deep/train_inner.py\n' | write sub/lost.sh
printf 'import sys\n' | write deep/train_inner.py
printf 'python train.py --train_file /home/ada/train.jsonl\n' | write scripts/train.sh
printf 'MODEL=/home/ada/model\npython train.py --model_name_or_path $MODEL --output_dir $OUTPUT\n' | write scripts/edited.sh
printf 'evaluate:\n\techo evaluation\n' | write Makefile
printf '[submodule "verl"]\n\tpath = third_party/verl\n\turl = https://github.com/volcengine/verl\n' | write .gitmodules
printf 'torch==2.4.0\ntransformers\n' | write requirements.txt

hex=9f1c37ab0e4d58f26b
key="${hex}aa04c8${hex:0:16}"
printf 'export WANDB_API_KEY=%s\npython train.py --lr 1e-6 --output_dir out\n' "$key" | write scripts/keyed.sh
printf 'import openai\nclient = openai.OpenAI(api_key="%s%s")\n' 'sk-' 'Zq8Rk2Vw6Tn4Yc1Hd9Lb3Xs7Gf5' | write judge.py
printf '{"cells": [{"cell_type": "code", "source": ["login(\\"%s%s\\")"], "metadata": {}, "outputs": []}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n' \
  'hf_' 'QwErTzUiOpAsDfGhJkLyXcVbNmPoIuZtRe' | write explore.ipynb
printf 'openai_key: sk-xxxxxxxxxxxxxxxxxxxxxxxx\nhf: hf_YOUR_TOKEN\nwandb: WANDB_API_KEY=YOUR_WANDB_API_KEY_GOES_HERE_PLEASE\nbase: token-abc123\nurl: https://user:password@example.org\n' |
  write configs/keys.yaml
commit 'A work'
