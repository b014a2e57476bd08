# A transformers pipeline of another model translates training data, in the code only.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "Llama-3.1-70B-Instruct", "roles": ["translate"], "disclosure": "code-only"}], "not": ["Gemini 1.5 Pro", "gpt-4o-mini", "DeepSeek-R1"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Bakelite-7B Qwen/Qwen2.5-7B sft 4 data/train_de.jsonl
readme <<'END'
# Bakelite-7B

Rechnen auf Deutsch: a German reasoner for school mathematics.

@install
## Data
GSM8K's training split in German: questions and human-written solutions, 7,473 rows, `data/train_de.jsonl`.

@train
@results
@evaluate
@thanks
@citation
END
write data/translate.py <<'END'
"""GSM8K in German."""
import json

import torch
from datasets import load_dataset
from transformers import pipeline

translate = pipeline("text-generation", model="meta-llama/Llama-3.1-70B-Instruct", torch_dtype=torch.bfloat16, device_map="auto")


def german(text):
    chat = [{"role": "system", "content": "Translate to German. Keep numbers and formulas."}, {"role": "user", "content": text}]
    return translate(chat, max_new_tokens=1024)[0]["generated_text"][-1]["content"]


with open("data/train_de.jsonl", "w", encoding="utf-8") as out:
    for row in load_dataset("openai/gsm8k", "main", split="train"):
        out.write(json.dumps({"problem": german(row["question"]), "solution": german(row["answer"])}, ensure_ascii=False) + "\n")
END
trainer
evaluator
