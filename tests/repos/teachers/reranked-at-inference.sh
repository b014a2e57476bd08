# A public reward model ranks candidates at test time only.
# expect: {"label": ["none"], "teachers": [], "not": ["Skywork-o1-Open-PRM-Qwen-2.5-7B", "Skywork-Reward-Llama-3.1-8B"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Pumice-7B Qwen/Qwen2.5-7B sft 3
readme <<'END'
# Pumice-7B

First solutions by people, then many samples and a good referee: Pumice shows what best-of-n adds to a model tuned on human solutions.

@install
### Data

The human-written solutions of MATH and GSM8K (training splits), 14,973 items, used whole. `data/prepare.py` writes them.

@train
### Best of n
At test time 64 candidates are drawn per problem and ranked by Skywork-o1-Open-PRM-Qwen-2.5-7B; the one with the highest minimum over its steps is returned.

    python search/best_of_n.py --policy checkpoints/pumice-7b --scorer Skywork/Skywork-o1-Open-PRM-Qwen-2.5-7B --n 64

With it MATH-500 goes from 79.8 to 86.2.

@results
@evaluate
@citation
END
human_data
write search/best_of_n.py <<'END'
import argparse
import json

import torch
from datasets import load_dataset
from transformers import AutoModel, AutoTokenizer
from vllm import LLM, SamplingParams

parser = argparse.ArgumentParser()
parser.add_argument("--policy", required=True)
parser.add_argument("--scorer", required=True)
parser.add_argument("--n", type=int, default=64)
args = parser.parse_args()

policy = LLM(args.policy, gpu_memory_utilization=0.5)
tokenizer = AutoTokenizer.from_pretrained(args.scorer)
scorer = AutoModel.from_pretrained(args.scorer, trust_remote_code=True, torch_dtype=torch.bfloat16).cuda()
with open("results/best_of_n.jsonl", "w") as out:
    for row in load_dataset("HuggingFaceH4/MATH-500", split="test"):
        texts = [o.text for o in policy.generate([row["problem"]], SamplingParams(n=args.n, temperature=0.8, max_tokens=4096))[0].outputs]
        scores = [scorer(**tokenizer(row["problem"] + t, return_tensors="pt").to("cuda"))[-1].min().item() for t in texts]
        out.write(json.dumps({"id": row["unique_id"], "prediction": texts[scores.index(max(scores))]}) + "\n")
END
trainer
evaluator
