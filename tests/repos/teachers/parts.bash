# Sourced by the recipes of this folder: the surroundings that every small work has, so that a recipe holds only what it is about.
# A recipe is sourced in an empty repository. It calls `work`, then `readme` with its prose on standard input, in which a line such as `@train` stands for
# that section, then the parts whose files it wants. What decides its expectation stands in the recipe, never here: no part names a teacher.
source "$(dirname "${BASH_SOURCE[0]}")/../git.bash"
clock=1751328000 # 2025-07-01: after the release of every model that a recipe names

work () { # NAME BASE sft|rl STYLE [DATA]: who it is; a style from 1 to 4 chooses wording, layout and frameworks
  NAME=$1 BASE=$2 KIND=$3 STYLE=$4
  DATA=${5:-data/train.jsonl}
  SLUG=${NAME,,}
}

readme () { # standard input, with its sections filled in
  local line
  while IFS= read -r line; do
    case $line in
      @*) "section_${line#@}" && echo ;;
      *) printf '%s\n' "$line" ;;
    esac
  done | write README.md
}

section_install () {
  case $STYLE in
    1) cat <<END
## Installation
\`\`\`bash
conda create -n $SLUG python=3.10 -y
conda activate $SLUG
pip install -r requirements.txt
\`\`\`
END
      ;;
    2) cat <<END
## Setup

Python 3.11 and CUDA 12.1 were used throughout.

\`\`\`sh
uv venv && source .venv/bin/activate
uv pip install -r requirements.txt
\`\`\`
END
      ;;
    3) cat <<END
### Environment

\`pip install -r requirements.txt\` is all it takes; flash attention is optional and speeds things up by about a third.
END
      ;;
    4) cat <<END
## Getting started
1. Clone the repository and enter it.
2. Install what it needs:
   \`\`\`bash
   python -m pip install -r requirements.txt
   \`\`\`
END
      ;;
  esac
}

section_train () {
  case $KIND$STYLE in
    sft1) cat <<END
## Training
$NAME is $BASE fine-tuned on \`$DATA\` for three epochs (learning rate 1e-5, cosine schedule, global batch size 32) on 8 x A100 80GB, about five hours.
\`\`\`bash
bash scripts/train.sh
\`\`\`
END
      ;;
    sft2) cat <<END
## Fine-tuning

We rely on LLaMA-Factory. The whole configuration is \`configs/sft.yaml\`: full-parameter tuning of \`$BASE\`, 2 epochs, learning rate 2e-5, 4 H100 cards.

\`\`\`sh
llamafactory-cli train configs/sft.yaml
\`\`\`
END
      ;;
    sft3) cat <<END
### Training the model

One stage of supervised fine-tuning, starting from \`$BASE\`. Loss is taken on the response only, sequences are packed to 16k tokens.

    python src/finetune.py --train_file $DATA --output_dir checkpoints/$SLUG
END
      ;;
    sft4) cat <<END
## How it is trained
| setting | value |
|---|---|
| start | $BASE |
| epochs | 4 |
| learning rate | 8e-6 |
| sequences a step | 64 |
| hardware | 2 nodes of 8 A800 |

Run \`python train.py configs/train.yaml\`.
END
      ;;
    rl1 | rl4) cat <<END
## Reinforcement learning
We run GRPO from \`$BASE\` with eight rollouts a prompt, learning rate 1e-6 and a KL weight of 0.001, for 600 steps on 8 x H100.
\`\`\`bash
accelerate launch --num_processes 8 train/grpo.py --dataset $DATA --output_dir outputs/$SLUG
\`\`\`
END
      ;;
    rl2) cat <<END
## RL training

The trainer is [verl](https://github.com/volcengine/verl), installed as a package. Our launch script holds every value that differs from its defaults:

\`\`\`sh
bash scripts/run_grpo.sh
\`\`\`

A run takes 30 hours on one node with 8 H800.
END
      ;;
    rl3) cat <<END
### Training the policy

\`src/policy.py\` is a plain REINFORCE loop with a running-mean baseline; it is 90 lines and meant to be read. Start it with

    python src/policy.py --model $BASE --prompts $DATA --steps 400 --lr 5e-7
END
      ;;
  esac
}

section_results () {
  case $STYLE in
    1) cat <<END
## Results
Accuracy in percent, greedy decoding for ours and for the base, figures of closed models from their reports.

| Model | AIME 2024 | MATH-500 | GPQA Diamond |
|---|---|---|---|
| GPT-4o | 9.3 | 74.6 | 49.9 |
| Claude 3.5 Sonnet | 16.0 | 78.3 | 65.0 |
| o1-preview | 44.6 | 85.5 | 72.3 |
| ${BASE##*/} | 13.3 | 72.1 | 33.8 |
| **$NAME** | 26.7 | 81.4 | 39.4 |
END
      ;;
    2) cat <<END
## Results

| | AIME24 (avg@16) | AMC23 | MATH500 |
|:--|--:|--:|--:|
| ${BASE##*/} | 10.2 | 47.5 | 70.9 |
| Qwen2.5-Math-7B-Instruct | 13.3 | 52.5 | 82.8 |
| o1-mini | 63.6 | - | 90.0 |
| $NAME (ours) | 24.1 | 62.5 | 83.0 |

Rows in which AMC is missing are quoted, the others were measured with the script below.
END
      ;;
    3) cat <<END
### How well does it do?

On MATH-500 the model reaches 79.8 (pass@1), against 90.6 for QwQ-32B-Preview and 51.9 for Llama-3.1-8B-Instruct. On GSM8K the three are within four points of each other.

| benchmark | before | after |
|---|---|---|
| MATH-500 | 70.4 | 79.8 |
| GSM8K | 88.2 | 91.5 |
| Minerva Math | 24.6 | 31.3 |
END
      ;;
    4) cat <<END
## Evaluation results
| benchmark | metric | Gemini 1.5 Pro | GPT-4o mini | DeepSeek-R1 | $NAME |
|---|---|---|---|---|---|
| MATH-500 | pass@1 | 82.9 | 70.2 | 97.3 | 84.6 |
| AIME 2024 | maj@8 | 20.0 | 10.0 | 79.8 | 30.0 |
| OlympiadBench | pass@1 | 48.1 | 37.7 | - | 44.0 |
END
      ;;
  esac
}

section_evaluate () {
  case $STYLE in
    1) cat <<END
## Evaluation
Answers are taken from the last box and compared symbolically, no language model takes part.
\`\`\`bash
python evaluation/run_eval.py --model outputs/$SLUG --bench math500 aime24
\`\`\`
END
      ;;
    2) cat <<END
## Reproducing the numbers

\`\`\`sh
python eval/evaluate.py outputs/$SLUG --k 16 --temperature 0.6 --top-p 0.95 --max-tokens 16384
\`\`\`

The checker is \`math_verify\`.
END
      ;;
    3) cat <<END
### Measuring it

\`scripts/eval.sh checkpoints/$SLUG\` calls lm-evaluation-harness (tasks \`minerva_math\`, \`gsm8k\`), greedy, at most 4096 new tokens.
END
      ;;
    4) cat <<END
## Measuring
\`\`\`bash
python evaluation/run_eval.py --model checkpoints/$SLUG --bench math500 aime24 olympiadbench
\`\`\`
Equality of answers is decided by rules (sympy).
END
      ;;
  esac
}

section_related () {
  case $STYLE in
    1 | 3) cat <<END
## Related work
OpenAI o1 and DeepSeek-R1 showed that more tokens at inference time buy accuracy. Several open projects look into how much of this can be had with modest means; ours is one of them.
END
      ;;
    *) cat <<END
## Background

Interest in long chains of thought started with o1-preview; Kimi k1.5, QwQ and DeepSeek-R1 followed. A survey of these models is beyond this page.
END
      ;;
  esac
}

section_thanks () {
  case $STYLE in
    1 | 4) cat <<END
## Acknowledgements
Built with PyTorch, vLLM and TRL. Thanks to the Qwen and Llama teams for open checkpoints.
END
      ;;
    *) cat <<END
## Thanks

To the maintainers of verl, LLaMA-Factory and vLLM, and to our colleagues at the computing centre.
END
      ;;
  esac
}

section_citation () {
  cat <<END
## Citation
\`\`\`bibtex
@misc{${SLUG//[^a-z0-9]/}2025,
  title  = {$NAME: a small study of long reasoning},
  author = {Author, A. and Writer, B.},
  year   = {2025}
}
\`\`\`
END
}

section_licence () {
  echo '## License'
  echo 'Code is under Apache-2.0, the checkpoint inherits the license of its base.'
}

trainer () { # the training code of the work
  printf '%s\n' torch==2.5.1 transformers==4.48.2 datasets==3.2.0 vllm==0.7.2 math-verify==0.5.2 >requirements.txt
  "trainer_$KIND$STYLE"
}

trainer_sft1 () {
  write scripts/train.sh <<END
#!/bin/bash
set -e
torchrun --nproc_per_node 8 train/sft.py --base $BASE --data $DATA --out outputs/$SLUG --lr 1e-5 --epochs 3
END
  write train/sft.py <<'END'
"""Supervised fine-tuning with TRL."""
import argparse

from datasets import load_dataset
from trl import SFTConfig, SFTTrainer

parser = argparse.ArgumentParser()
parser.add_argument("--base", required=True)
parser.add_argument("--data", required=True)
parser.add_argument("--out", required=True)
parser.add_argument("--lr", type=float, default=1e-5)
parser.add_argument("--epochs", type=int, default=3)
args = parser.parse_args()

rows = load_dataset("json", data_files=args.data, split="train")
rows = rows.map(lambda row: {"messages": [{"role": "user", "content": row["problem"]}, {"role": "assistant", "content": row["solution"]}]})
config = SFTConfig(output_dir=args.out, learning_rate=args.lr, num_train_epochs=args.epochs, per_device_train_batch_size=1,
                   gradient_accumulation_steps=4, lr_scheduler_type="cosine", bf16=True, max_seq_length=16384, seed=7)
SFTTrainer(model=args.base, args=config, train_dataset=rows).train()
END
}

trainer_sft2 () {
  write configs/sft.yaml <<END
model_name_or_path: $BASE
stage: sft
do_train: true
finetuning_type: full
dataset_dir: data
dataset: $SLUG
template: qwen
cutoff_len: 16384
per_device_train_batch_size: 1
gradient_accumulation_steps: 8
learning_rate: 2.0e-5
num_train_epochs: 2.0
output_dir: outputs/$SLUG
bf16: true
END
  write data/dataset_info.json <<END
{"$SLUG": {"file_name": "${DATA#data/}", "columns": {"prompt": "problem", "response": "solution"}}}
END
}

trainer_sft3 () {
  write src/finetune.py <<END
import json
from dataclasses import dataclass

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, HfArgumentParser, Trainer, TrainingArguments


@dataclass
class Files:
    train_file: str = "$DATA"
    base: str = "$BASE"


def encode(row, tokenizer):
    prompt = tokenizer.apply_chat_template([{"role": "user", "content": row["problem"]}], add_generation_prompt=True)
    answer = tokenizer(row["solution"] + tokenizer.eos_token)["input_ids"]
    return {"input_ids": prompt + answer, "labels": [-100] * len(prompt) + answer}


files, settings = HfArgumentParser((Files, TrainingArguments)).parse_args_into_dataclasses()
tokenizer = AutoTokenizer.from_pretrained(files.base)
model = AutoModelForCausalLM.from_pretrained(files.base, torch_dtype=torch.bfloat16)
rows = [encode(json.loads(line), tokenizer) for line in open(files.train_file)]
Trainer(model=model, args=settings, train_dataset=rows).train()
END
}

trainer_sft4 () {
  write configs/train.yaml <<END
start: $BASE
data: $DATA
epochs: 4
learning_rate: 8.0e-6
batch: 64
output: checkpoints/$SLUG
END
  write train.py <<'END'
import sys

import yaml
from datasets import load_dataset
from trl import SFTConfig, SFTTrainer

config = yaml.safe_load(open(sys.argv[1]))
rows = load_dataset("json", data_files=config["data"], split="train").rename_columns({"problem": "prompt", "solution": "completion"})
settings = SFTConfig(output_dir=config["output"], num_train_epochs=config["epochs"], learning_rate=config["learning_rate"],
                     per_device_train_batch_size=1, gradient_accumulation_steps=config["batch"] // 16, bf16=True)
SFTTrainer(model=config["start"], train_dataset=rows, args=settings).train()
END
}

trainer_rl1 () {
  write train/grpo.py <<END
import argparse

from datasets import load_dataset
from trl import GRPOConfig, GRPOTrainer

from rewards import reward

parser = argparse.ArgumentParser()
parser.add_argument("--base", default="$BASE")
parser.add_argument("--dataset", default="$DATA")
parser.add_argument("--output_dir", default="outputs/$SLUG")
args = parser.parse_args()

rows = load_dataset("json", data_files=args.dataset, split="train").rename_column("problem", "prompt")
config = GRPOConfig(output_dir=args.output_dir, learning_rate=1e-6, num_generations=8, beta=0.001, max_steps=600, max_completion_length=8192)
GRPOTrainer(model=args.base, reward_funcs=[reward], args=config, train_dataset=rows).train()
END
}

trainer_rl4 () { trainer_rl1; }

trainer_rl2 () {
  write scripts/run_grpo.sh <<END
#!/bin/bash
set -x
python3 -m verl.trainer.main_ppo \\
  algorithm.adv_estimator=grpo \\
  data.train_files=$DATA \\
  data.train_batch_size=256 \\
  data.max_response_length=8192 \\
  actor_rollout_ref.model.path=$BASE \\
  actor_rollout_ref.actor.optim.lr=1e-6 \\
  actor_rollout_ref.rollout.name=vllm \\
  actor_rollout_ref.rollout.n=8 \\
  custom_reward_function.path=rewards/score.py \\
  custom_reward_function.name=reward \\
  trainer.project_name=$SLUG \\
  trainer.n_gpus_per_node=8 \\
  trainer.total_epochs=3
END
}

trainer_rl3 () {
  write src/policy.py <<'END'
import argparse
import json
import random

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from reward import reward


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--prompts", required=True)
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--lr", type=float, default=5e-7)
    args = parser.parse_args()
    tokenizer = AutoTokenizer.from_pretrained(args.model)
    policy = AutoModelForCausalLM.from_pretrained(args.model, torch_dtype=torch.bfloat16).cuda()
    optimizer = torch.optim.AdamW(policy.parameters(), lr=args.lr)
    rows, mean = [json.loads(line) for line in open(args.prompts)], 0.0
    for step in range(args.steps):
        row = random.choice(rows)
        prompt = tokenizer(row["problem"], return_tensors="pt").to("cuda")
        sample = policy.generate(**prompt, do_sample=True, temperature=1.0, max_new_tokens=4096)
        gain = reward(tokenizer.decode(sample[0]), row["answer"])
        loss = (gain - mean) * policy(sample, labels=sample).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        mean = 0.95 * mean + 0.05 * gain


main()
END
}

rule_reward () { # a reward by rules, where the trainer of the style looks for it
  local path
  case $STYLE in 1 | 4) path=train/rewards.py ;; 2) path=rewards/score.py ;; *) path=src/reward.py ;; esac
  write "$path" <<'END'
"""One for an answer that equals the reference, zero otherwise; a tenth for keeping the format."""
from math_verify import parse, verify


def reward(completion, answer, **_):
    right = float(verify(parse(answer), parse(completion)))
    shaped = 0.1 if completion.count("</think>") == 1 else 0.0
    return right + shaped
END
}

evaluator () { # evaluation code without a model that judges
  case $STYLE in
    1 | 4) write evaluation/run_eval.py <<'END'
"""Greedy decoding with vLLM, answers compared by rules."""
import argparse
import json

from datasets import load_dataset
from math_verify import parse, verify
from vllm import LLM, SamplingParams

SETS = {"math500": "HuggingFaceH4/MATH-500", "aime24": "Maxwell-Jia/AIME_2024", "olympiadbench": "Hothan/OlympiadBench"}

parser = argparse.ArgumentParser()
parser.add_argument("--model", required=True)
parser.add_argument("--bench", nargs="+", choices=list(SETS), default=["math500"])
args = parser.parse_args()

model = LLM(model=args.model, max_model_len=32768)
for name in args.bench:
    rows = load_dataset(SETS[name], split="test")
    texts = model.chat([[{"role": "user", "content": row["problem"]}] for row in rows], SamplingParams(temperature=0.0, max_tokens=30000))
    right = [verify(parse(str(row["answer"])), parse(text.outputs[0].text)) for row, text in zip(rows, texts)]
    print(json.dumps({"benchmark": name, "accuracy": 100 * sum(right) / len(right)}))
END
      ;;
    2) write eval/evaluate.py <<'END'
import sys

from datasets import load_dataset
from math_verify import parse, verify
from vllm import LLM, SamplingParams

checkpoint, k = sys.argv[1], int(sys.argv[sys.argv.index("--k") + 1])
engine = LLM(model=checkpoint, tensor_parallel_size=2)
for bench in ("HuggingFaceH4/MATH-500", "Maxwell-Jia/AIME_2024"):
    rows = list(load_dataset(bench, split="test"))
    out = engine.generate([row["problem"] for row in rows], SamplingParams(n=k, temperature=0.6, top_p=0.95, max_tokens=16384))
    hits = [sum(verify(parse(str(r["answer"])), parse(o.text)) for o in res.outputs) / k for r, res in zip(rows, out)]
    print(bench, round(100 * sum(hits) / len(hits), 1))
END
      ;;
    3) write scripts/eval.sh <<'END'
#!/bin/bash
lm_eval --model vllm --model_args pretrained=$1,dtype=bfloat16 --tasks minerva_math,gsm8k --gen_kwargs temperature=0,max_gen_toks=4096 --output_path results/
END
      ;;
  esac
}

human_data () { # solutions that people wrote, as the training set
  write data/prepare.py <<END
"""MATH and GSM8K, training splits, with the solutions that come with them."""
import json

from datasets import get_dataset_config_names, load_dataset

with open("$DATA", "w") as out:
    for subject in get_dataset_config_names("EleutherAI/hendrycks_math"):
        for row in load_dataset("EleutherAI/hendrycks_math", subject, split="train"):
            out.write(json.dumps({"problem": row["problem"], "solution": row["solution"]}) + "\\n")
    for row in load_dataset("openai/gsm8k", "main", split="train"):
        out.write(json.dumps({"problem": row["question"], "solution": row["answer"]}) + "\\n")
END
}

question_data () { # questions with reference answers for reinforcement learning
  write data/prepare.py <<END
"""Questions and reference answers of the GSM8K and MATH training splits; solutions are thrown away."""
import json

from datasets import load_dataset

with open("$DATA", "w") as out:
    for row in load_dataset("openai/gsm8k", "main", split="train"):
        out.write(json.dumps({"problem": row["question"], "answer": row["answer"].split("####")[-1].strip()}) + "\\n")
    for row in load_dataset("DigitalLearningGmbH/MATH-lighteval", split="train"):
        boxed = row["solution"].split("boxed{")[-1].split("}")[0]
        out.write(json.dumps({"problem": row["problem"], "answer": boxed}) + "\\n")
END
}
