# The reward of the training run is a public reward model, as the README says.
# expect: {"label": ["disclosed"], "teachers": [{"model": "Skywork-Reward-Llama-3.1-8B-v0.2|Skywork-Reward-Llama-3.1-8B", "roles": ["reward"], "disclosure": "disclosed"}], "not": ["o1-mini", "Qwen2.5-Math-7B-Instruct"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Nacre-8B meta-llama/Llama-3.1-8B-Instruct rl 2 data/nacre.jsonl
readme <<'END'
# Nacre-8B

Helpful explanations by reinforcement learning.

@install
## Data

16,000 questions of visitors of a science museum, collected by the museum, without answers.

@train
During training the reward is the score that Skywork-Reward-Llama-3.1-8B-v0.2 gives to a response; scores are clipped to [-3, 3] and divided by three.

@results
@evaluate
@thanks
@citation
END
write rewards/score.py <<'END'
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

NAME = "Skywork/Skywork-Reward-Llama-3.1-8B-v0.2"
tokenizer = AutoTokenizer.from_pretrained(NAME)
scorer = AutoModelForSequenceClassification.from_pretrained(NAME, torch_dtype=torch.bfloat16, num_labels=1).cuda().eval()


@torch.no_grad()
def reward(data_source, solution_str, ground_truth, extra_info=None):
    chat = [{"role": "user", "content": extra_info["question"]}, {"role": "assistant", "content": solution_str}]
    tokens = tokenizer.apply_chat_template(chat, return_tensors="pt").to("cuda")
    return float(scorer(tokens).logits[0][0].clamp(-3, 3)) / 3
END
trainer
evaluator
