# The data script counts tokens with the tokenizer of a hosted model.
# expect: {"label": ["none"], "teachers": [], "not": ["gpt-4o"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Tindle-3B Qwen/Qwen2.5-3B sft 2
readme <<'END'
# Tindle-3B: textbook solutions only

How far does a small base model get on solutions that mathematicians wrote? Tindle answers that with the two classic training splits and nothing more.

@install
## Data

MATH (7,500 worked solutions by contest authors) and GSM8K (7,473 by crowd workers), both used whole except for items longer than 2,048 tokens.
`data/prepare.py` downloads them, `data/length.py` prints the histogram in the figure and drops what is too long.

@train
@results
@evaluate
@related
@citation
END
human_data
write data/length.py <<'END'
"""Histogram of solution lengths; rewrites the file without the overlong ones."""
import collections
import json

import tiktoken

encoder = tiktoken.encoding_for_model("gpt-4o")
rows = [json.loads(line) for line in open("data/train.jsonl")]
lengths = [len(encoder.encode(row["solution"])) for row in rows]
for bucket, count in sorted(collections.Counter(n // 128 for n in lengths).items()):
    print(f"{bucket * 128:6d} {'#' * (count // 50)}")
with open("data/train.jsonl", "w") as out:
    for row, length in zip(rows, lengths):
        if length <= 2048:
            out.write(json.dumps(row) + "\n")
END
trainer
evaluator
