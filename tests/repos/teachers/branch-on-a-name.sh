# A generation wrapper branches on model names; only the student is ever passed.
# expect: {"label": ["self"], "teachers": [], "not": ["gpt-4", "gpt-4o", "claude-3.5-sonnet"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Quoin-8B meta-llama/Llama-3.1-8B-Instruct sft 3 data/rft.jsonl
readme <<'END'
# Quoin-8B

Rejection-sampling fine-tuning, done twice. The policy writes, a checker throws away what is wrong, the policy is tuned on the rest.

@install
### Data

Round one samples from `meta-llama/Llama-3.1-8B-Instruct`, round two from the checkpoint of round one. Eight samples a question, temperature 0.9.

    python data/rft.py --model meta-llama/Llama-3.1-8B-Instruct --out data/rft.jsonl
    python data/rft.py --model checkpoints/quoin-8b-round1 --out data/rft2.jsonl

Questions come from the GSM8K training split.

@train
@results
@evaluate
@citation
END
write data/rft.py <<'END'
import argparse
import json

from datasets import load_dataset

from sampler import Sampler

parser = argparse.ArgumentParser()
parser.add_argument("--model", required=True)
parser.add_argument("--out", required=True)
args = parser.parse_args()

sampler = Sampler(args.model)
with open(args.out, "w") as out:
    for row in load_dataset("openai/gsm8k", "main", split="train"):
        gold = row["answer"].split("####")[-1].strip()
        for text in sampler.sample(row["question"], 8):
            if text.rstrip(" .").endswith(gold):
                out.write(json.dumps({"problem": row["question"], "solution": text}) + "\n")
END
write data/sampler.py <<'END'
class Sampler:
    def __init__(self, model):
        if "gpt-4" in model or model.startswith("claude"):
            raise ValueError("hosted models are not supported, Quoin samples from itself")
        from vllm import LLM
        self.engine = LLM(model=model)

    def sample(self, question, n):
        from vllm import SamplingParams
        return [o.text for o in self.engine.chat([{"role": "user", "content": question}], SamplingParams(n=n, temperature=0.9, max_tokens=2048))[0].outputs]
END
trainer
evaluator
