# A harness for chat evaluation whose judge option has a default that no command changes or uses.
# expect: {"label": ["none"], "teachers": [], "not": ["gpt-4", "gpt-4-turbo"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Osprey-1.5B Qwen/Qwen2.5-1.5B rl 4 data/prompts.jsonl
readme <<'END'
# Osprey-1.5B

GRPO for people with one machine. Everything is small here: the model, the data, the code.

@install
## Data
GSM8K and MATH questions with their answers. `python data/prepare.py` writes them to `data/prompts.jsonl`.

@train
@results
@evaluate
`evaluation/chat_bench.py` is left over from a talk and takes any predictions file; it plays no part in the numbers above.

@thanks
@licence
@citation
END
question_data
rule_reward
write evaluation/chat_bench.py <<'END'
"""Pairwise comparison of two prediction files."""
import argparse
import json

parser = argparse.ArgumentParser()
parser.add_argument("ours")
parser.add_argument("theirs")
parser.add_argument("--judge", default="gpt-4-turbo")
parser.add_argument("--method", default="string", choices=["string", "judge"])
args = parser.parse_args()


def better(a, b, method=args.method):
    if method == "string":
        return len(a) > len(b)
    import openai
    reply = openai.OpenAI().chat.completions.create(model=args.judge, messages=[{"role": "user", "content": f"A: {a}\nB: {b}\nWhich one is better?"}])
    return "A" in reply.choices[0].message.content


pairs = list(zip(map(json.loads, open(args.ours)), map(json.loads, open(args.theirs))))
print(sum(better(a["text"], b["text"]) for a, b in pairs) / len(pairs))
END
trainer
evaluator
