#!/usr/bin/env bash
# A work whose commands name what another project, a container, an archive or the reader has; beside each, one that nothing excuses. What a command
# must be stands in its heading or in the test.
source "$(dirname "$0")/git.bash"
start "${1:?where to}"

write README.md <<'END'
# Weir: GRPO on mathematics

Code: [weir](https://github.com/weir-lab/weir). Data: [weir-data](https://huggingface.co/datasets/weir-lab/weir-data).

## Training by other parsers
```bash
python train_mem.py --mm_tower clip
python flexible.py --train_path weir
python fired.py --split math --rounds 2
cd scripts && bash copied.sh
deepspeed --include localhost:0 --module weir.loop --lr 1e-6
```
## Training by its own parsers
```bash
python strict.py --train_path weir
python fired.py --splat math
python -m weir.loop --rate 1e-6
```

## Training with values to fill
```bash
bash scripts/emptied.sh
python strict.py --train-path weir --use_wandb "<redacted key>"
python flexible.py --train-path "/path/to/your set/a.jsonl"
# Remember to replace the path in the script by your own
python constants.py
```
## Training with values that nobody can fill
```bash
bash scripts/mounted.sh
python strict.py --train-path /redacted/path
```
```bash
python constants_too.py
```

## Training in other places
```bash
docker run --rm -v ~/.cache/hub:/root/.cache/hub weir/image bash start_here.sh
bash scripts/run_[2k|4k].sh --lr 1e-6
python src\step_train.py
bash /tmp/weir_train.sh
```
Our longer runs are on [Sluice](https://github.com/weir-lab/sluice):
```bash
python launcher/train_long.py
```

## Training with another framework
The scripts are for [Lockgate](https://github.com/gate-lab/lockgate).
```bash
bash factory/train.sh
bash factory/entered.sh
```
First move `train_prep.py` to the `lockgate/data/` folder.
```bash
python lockgate/data/train_prep.py
python strict.py --train-path packed/train.jsonl --config packed/all.yaml
```
The program is short:
```python
import torch
torch.manual_seed(1)
```
```bash
python shown_train.py
```

## Training step by step
```bash
cd steps
python first_train.py
```
## Training, second step
```bash
python second_train.py
python third_train.py
```

## Training alone
To create the model run `python train_absent.py --lr 1e-6`; see `./folder/train.sh` for more.
```bash
bash folder/lost.sh
```
```bash
python strict.py --train-path weir --config configs/lost.yaml
```

## Acknowledgements
We thank [Pond](https://github.com/pond-lab/pond).
END
write train_mem.py <<'END'
from weir.impl import train
from weir.chat import talk

train()
END
write weir/__init__.py </dev/null
write weir/impl.py <<'END'
from dataclasses import dataclass
import transformers

@dataclass
class Arguments(transformers.TrainingArguments):
    mm_tower: str = ""

def train():
    return transformers.HfArgumentParser((Arguments,)).parse_args_into_dataclasses()
END
printf 'import argparse\ndef talk():\n    parser = argparse.ArgumentParser()\n    parser.add_argument("--temperature")\n    return parser.parse_args()\n' | write weir/chat.py
printf 'import argparse\np = argparse.ArgumentParser()\np.add_argument("--lr")\np.parse_args()\n' | write weir/loop.py
printf 'from vllm.utils import FlexibleArgumentParser\nparser = FlexibleArgumentParser()\nparser.add_argument("--train-path")\nparser.parse_args()\n' | write flexible.py
for name in strict train_strict; do
  printf 'import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--train-path")\nparser.add_argument("--use_wandb")\nparser.add_argument("--config")\nparser.parse_args()\n' | write "$name.py"
done
printf 'import fire\n\ndef run(\n    # required\n    split: str = None,\n\n    # sampling (see the paper)\n    rounds: int = 1,\n):\n    print(split)\n\nfire.Fire(run)\n' | write fired.py
printf 'python -m lift.main trainer.depth=3\n' | write scripts/copied.sh
printf 'import hydra\n\n@hydra.main(config_path="config", config_name="main")\ndef main(config):\n    pass\n' | write old/lift/main.py
write old/lift/__init__.py </dev/null
printf 'trainer:\n  width: 2\n' | write old/lift/config/main.yaml
printf 'WEIR_ROOT=\npython train_strict.py --train-path $WEIR_ROOT/sets/train.jsonl\n' | write scripts/emptied.sh
printf '# NOTE: change to your folder\nWEIR_HOME=/mnt/ada\npython train_strict.py --train-path $WEIR_HOME/sets/train.jsonl\n' | write scripts/noted.sh
printf '# Set the folder\nWEIR_MOUNT=/mnt/ada\npython train_strict.py --train-path $WEIR_MOUNT/sets/train.jsonl\n' | write scripts/mounted.sh
for name in constants constants_too; do
  printf 'import torch\n\nif __name__ == "__main__":\n    train_path = "/data2/ada/%s.jsonl"\n    print(train_path)\n' "$name" | write "$name.py"
done
printf 'import sys\n' | write src/step_train.py
printf 'python launch/train_all.py --lr 1e-6\n' | write factory/train.sh
printf 'HERE=$1\ncd "${HERE}/tools/deep"\npython work/train_deep.py\n' | write factory/entered.sh
for folder in tools/deep tools/other; do
  printf 'import sys\n' | write "$folder/work/train_deep.py"
done
for step in first second; do
  printf 'import sys\n' | write "steps/${step}_train.py"
done
printf 'PK\n' | write packed.zip
printf 'python launch/train_lost.py --lr 1e-6\n' | write folder/lost.sh
printf 'python train_inner.py --lr 1e-6\n' | write folder/train.sh
printf 'import sys\n' | write folder/train_inner.py
printf 'torch==2.4.0\nfire\n' | write requirements.txt
printf 'from setuptools import setup\nsetup(name="harness")\n' | write eval/harness/setup.py
printf '# Use\n\n## Evaluation\n```bash\npython run_evaluation.py --config registry/none.yaml\n```\n' | write eval/harness/docs/use.md
commit 'A work'
