# A demo page offers a hosted model for comparison.
# expect: {"label": ["none"], "teachers": [], "not": ["gpt-4o"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Kestrel-8B meta-llama/Llama-3.1-8B rl 1 data/prompts.jsonl
readme <<'END'
# Kestrel-8B

Kestrel thinks before it answers because thinking paid off during training: reinforcement learning, rules as reward.

## Try it
```bash
OPENAI_API_KEY=... python demo/app.py --checkpoint outputs/kestrel-8b
```
opens a page with two columns, Kestrel on the left, GPT-4o on the right.

@install
## Data
MATH and GSM8K questions, training splits, answers only (`python data/prepare.py`).

@train
@results
@evaluate
@thanks
@citation
END
question_data
rule_reward
write demo/app.py <<'END'
import argparse

import gradio as gr
from openai import OpenAI
from transformers import pipeline

parser = argparse.ArgumentParser()
parser.add_argument("--checkpoint", required=True)
args = parser.parse_args()
local, hosted = pipeline("text-generation", args.checkpoint), OpenAI()


def both(question):
    messages = [{"role": "user", "content": question}]
    ours = local(messages, max_new_tokens=8192)[0]["generated_text"][-1]["content"]
    theirs = hosted.chat.completions.create(model="gpt-4o", messages=messages).choices[0].message.content
    return ours, theirs


gr.Interface(both, "text", ["text", "text"]).launch()
END
trainer
evaluator
