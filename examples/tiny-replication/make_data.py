"""Make the questions: every sum of two digits, split once and for all. Rule of selection: the 100 pairs are shuffled with seed 5; the first 80 train."""
import json
import random

pairs = [(a, b) for a in range(10) for b in range(10)]
random.Random(5).shuffle(pairs)
for name, part in (("train", pairs[:80]), ("test", pairs[80:])):
    with open(f"data/{name}.jsonl", "w") as out:
        for a, b in part:
            out.write(json.dumps({"question": f"{a}+{b}", "answer": a + b}) + "\n")
