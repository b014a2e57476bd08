# The default of an option is used by the command of the README.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "o1-mini", "roles": ["long-thought|answer"], "disclosure": "code-only|hinted"}], "not": ["Qwen2.5-7B-Instruct"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Aster-7B Qwen/Qwen2.5-7B-Instruct sft 3 data/aster.jsonl
readme <<'END'
# Aster-7B

Aster is our attempt at an open slow thinker for chemistry.

@install
### Data

    python data/generate.py --questions data/questions.txt

The 2,900 questions were compiled from exam sheets of our department. Answers with more than 6,000 characters are cut.

@train
@results
@evaluate
@related
@citation
END
write data/generate.py <<'END'
import argparse
import json

from openai import OpenAI


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", required=True)
    parser.add_argument("--model", type=str, default="o1-mini")
    parser.add_argument("--out", default="data/aster.jsonl")
    return parser.parse_args()


def main():
    args, client = parse(), OpenAI()
    with open(args.out, "w") as out:
        for question in map(str.strip, open(args.questions)):
            prompt = "Show all of your reasoning, including what you try and give up.\n\n" + question
            reply = client.chat.completions.create(model=args.model, messages=[{"role": "user", "content": prompt}])
            out.write(json.dumps({"problem": question, "solution": reply.choices[0].message.content[:6000]}) + "\n")


main()
END
trainer
evaluator
