# The reward of a reinforcement-learning run is the verdict of another model, as the README says.
# expect: {"label": ["disclosed"], "teachers": [{"model": "Qwen2.5-72B-Instruct", "roles": ["reward|verify"], "disclosure": "disclosed"}], "not": ["Llama-3.1-8B-Instruct", "QwQ-32B-Preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Hazel-7B Qwen/Qwen2.5-7B rl 3 data/hazel.jsonl
readme <<'END'
# Hazel-7B

Reinforcement learning where answers are sentences and no rule can compare them.

@install
### Data
8,800 questions from open history and biology books with a short reference answer each, collected by the authors.

@train
As reward we use Qwen2.5-72B-Instruct as the verifier: it reads the reference and the end of the response and says yes or no; yes is worth one point. Its server
runs on a second node, the address is passed through `VERIFIER_URL`.

@results
@evaluate
@citation
END
write src/reward.py <<'END'
import os

import requests

PROMPT = "Reference: {answer}\nResponse: {tail}\nDo they say the same? yes or no:"


def reward(completion, answer):
    body = {"model": "Qwen/Qwen2.5-72B-Instruct", "prompt": PROMPT.format(answer=answer, tail=completion[-400:]), "max_tokens": 1, "temperature": 0}
    return float("yes" in requests.post(os.environ["VERIFIER_URL"] + "/v1/completions", json=body).json()["choices"][0]["text"].lower())
END
trainer
evaluator
