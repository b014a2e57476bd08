#!/usr/bin/env bash
# A work whose scripts count on a folder, on variables, on words or on steps that may not be given; the README's headings say which.
source "$(dirname "$0")/git.bash"
start "${1:?where to}"

write README.md <<'END'
# Ford: GRPO on mathematics

Training data: [ford-data](https://huggingface.co/datasets/ford-lab/ford-data). Set the data path in `run/edited.sh` before training.

## Training
```bash
python train_own.py lr=1e-6
```
```bash
python train_own.py --config-name other lr=1e-6
```
```bash
bash run/nested.sh
```
```bash
bash run/unset.sh
```
```bash
bash run/asked.sh
```
```bash
bash run/words.sh
```
```bash
bash run/words.sh models/ford
```
```bash
bash run/default.sh
```
```bash
bash run/branches.sh
```
```bash
bash run/edited.sh
```
```bash
python reference_server.py --port 80
```
```bash
bash run/train_last.sh
```

## Preparing
```bash
python data_tools/build_pairs.py --output pairs.jsonl
```

## Evaluation
Your problem file has one question a line.
```bash
python evaluate.py --question_file "$QUESTION_FILE"
```
```bash
vllm serve ford-lab/Ford-7B --port 8000
python answers.py --out answers.jsonl
```
```bash
huggingface-cli download ford-lab/ford-data
```

## Elsewhere
Run `run/nested.sh` for the ablation.
END
for name in train_own; do
  printf 'import hydra\n\n@hydra.main(config_path="conf", config_name="own")\ndef main(config):\n    pass\n' | write "$name.py"
done
printf 'lr: 1e-6\n' | write conf/other.yaml
printf 'bash run/inner_train.sh\npython tools/train.py\n' | write run/nested.sh
printf 'python train_step.py\n' | write run/inner_train.sh
printf 'import sys\n' | write run/tools/train.py
printf 'python evaluate.py --question_file data/q.jsonl --save $FORD_SAVE/out\n' | write run/unset.sh
printf '# FORD_LOG: where logs go\npython evaluate.py --question_file data/q.jsonl --save $FORD_LOG/out\n' | write run/asked.sh
printf 'python evaluate.py --question_file $1\n' | write run/words.sh
printf 'FILE=${1:-data/q.jsonl}\npython evaluate.py --question_file $FILE\n' | write run/default.sh
printf 'python evaluate.py --question_file data/q.jsonl\nif [ "$MODE" = old ]; then\n  python evaluate_former.py --question_file data/q.jsonl\nfi\n' | write run/branches.sh
printf 'DATA=/mnt/ada/q.jsonl\npython evaluate.py --question_file $DATA --deepspeed configs/lost.json\n' | write run/edited.sh
printf 'DATA=../data\npython -m ford.trainer data.train_files=$DATA/train.parquet\n' | write run/train_last.sh
printf 'python3 -m accelerate.commands.launch --num_processes 8 public_harness --tasks gsm8k\n' | write eval/run_public.sh
printf 'python answers.py --out answers.jsonl\n' | write eval/run_answers.sh
write ford/__init__.py </dev/null
printf 'import torch\n' | write ford/trainer.py
printf 'import sys\n' | write train_step.py
printf 'from vllm import LLM\n' | write answers.py
printf 'import sys\n' | write data_tools/build_pairs.py
printf 'import torch\n\nif __name__ == "__main__":\n    model_path = "/data2/ada/base"\n    print(model_path)\n' | write reference_server.py
printf 'import argparse\np = argparse.ArgumentParser()\np.add_argument("--question_file")\np.add_argument("--save")\np.add_argument("--deepspeed")\np.parse_args()\n' | write evaluate.py
printf '{"question": "1+1"}\n' | write data/q.jsonl
commit 'A work'
