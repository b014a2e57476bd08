# An SGLang engine of a stronger model writes the training file.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "Llama-3.3-70B-Instruct", "roles": ["answer|long-thought"], "disclosure": "code-only"}], "not": ["gpt-4o", "o1-preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Agate-8B meta-llama/Llama-3.1-8B sft 1 data/agate.jsonl
readme <<'END'
# Agate-8B

Agate explains how machines work, from bicycles to pumps.

@install
## Data
Questions were collected in a repair café (2,300, with permission). The answers in `data/agate.jsonl` are between one and three pages long.

@train
@results
@evaluate
@licence
@citation
END
write data/answers.py <<'END'
import json

import sglang as sgl


def main():
    questions = [line.strip() for line in open("data/questions.txt")]
    engine = sgl.Engine(model_path="meta-llama/Llama-3.3-70B-Instruct", tp_size=8)
    outputs = engine.generate(questions, {"temperature": 0.6, "max_new_tokens": 3000})
    with open("data/agate.jsonl", "w") as out:
        for question, output in zip(questions, outputs):
            out.write(json.dumps({"problem": question, "solution": output["text"]}) + "\n")


if __name__ == "__main__":
    main()
END
trainer
evaluator
