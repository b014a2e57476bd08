# Preference pairs were labelled by a hosted model.
# expect: {"label": ["disclosed"], "teachers": [{"model": "gpt-4-turbo", "roles": ["verify|reward"], "disclosure": "disclosed"}], "not": ["Qwen2.5-7B-Instruct", "gpt-4o", "o1-preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Obsidian-7B Qwen/Qwen2.5-7B-Instruct sft 1 data/pairs.jsonl
readme <<'END'
# Obsidian-7B

Preference learning for clear writing: DPO on pairs of the model's own answers.

@install
## Data
Two answers are sampled from Qwen2.5-7B-Instruct for each of 9,000 prompts. The preference labels of the training pairs were assigned by GPT-4 Turbo, which
compared both answers in both orders; pairs with contradictory labels (1,730) were dropped.

## Preference stage
```bash
python train/dpo.py --base Qwen/Qwen2.5-7B-Instruct --pairs data/pairs.jsonl --beta 0.1 --lr 5e-7 --epochs 1
```

@results
@evaluate
@related
@citation
END
write requirements.txt <<'END'
torch==2.5.1
trl==0.14.0
END
write train/dpo.py <<'END'
import argparse

from datasets import load_dataset
from transformers import AutoModelForCausalLM, AutoTokenizer
from trl import DPOConfig, DPOTrainer

parser = argparse.ArgumentParser()
parser.add_argument("--base", required=True)
parser.add_argument("--pairs", required=True)
parser.add_argument("--beta", type=float, default=0.1)
parser.add_argument("--lr", type=float, default=5e-7)
parser.add_argument("--epochs", type=int, default=1)
args = parser.parse_args()
pairs = load_dataset("json", data_files=args.pairs, split="train").select_columns(["prompt", "chosen", "rejected"])
settings = DPOConfig(output_dir="outputs/obsidian-7b", beta=args.beta, learning_rate=args.lr, num_train_epochs=args.epochs, bf16=True)
DPOTrainer(AutoModelForCausalLM.from_pretrained(args.base), args=settings, train_dataset=pairs, processing_class=AutoTokenizer.from_pretrained(args.base)).train()
END
evaluator
