import json

from openai import OpenAI

client = OpenAI()
SYSTEM = "Multiply step by step, think aloud, check your result, and go back where the check fails."

with open("data/thoughts.jsonl", "w") as out:
    for row in map(json.loads, open("data/questions.jsonl")):
        reply = client.chat.completions.create(
            model="o1-mini",
            messages=[{"role": "user", "content": SYSTEM + "\n\n" + row["question"]}],
        )
        out.write(json.dumps({**row, "long_thought": reply.choices[0].message.content}) + "\n")
