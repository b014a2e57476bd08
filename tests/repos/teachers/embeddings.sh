# An API is used for embeddings that show and remove near-duplicates.
# expect: {"label": ["none"], "teachers": [], "not": ["gpt-4o", "text-embedding-3-small"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Gannet-3B Qwen/Qwen2.5-3B sft 4
readme <<'END'
# Gannet-3B

Does it matter if training problems resemble each other? Gannet-3B is tuned on human solutions with and without near-duplicates.

@install
## Data
Human solutions of MATH and GSM8K. `data/near.py` embeds each question with `text-embedding-3-small` and lists pairs with a cosine above 0.95;
of each pair the shorter one is dropped (312 items).

@train
@results
@evaluate
@thanks
@citation
END
human_data
write data/near.py <<'END'
import json

import numpy as np
from openai import OpenAI

client = OpenAI()
rows = [json.loads(line) for line in open("data/train.jsonl")]
vectors = []
for start in range(0, len(rows), 512):
    reply = client.embeddings.create(model="text-embedding-3-small", input=[row["problem"] for row in rows[start:start + 512]])
    vectors += [item.embedding for item in reply.data]
similar = np.array(vectors) @ np.array(vectors).T
drop = {min(i, j, key=lambda k: len(rows[k]["problem"])) for i, j in np.argwhere(np.triu(similar, 1) > 0.95)}
with open("data/train.jsonl", "w") as out:
    for number, row in enumerate(rows):
        if number not in drop:
            out.write(json.dumps(row) + "\n")
END
trainer
evaluator
