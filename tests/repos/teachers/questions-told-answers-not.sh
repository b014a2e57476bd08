# The README tells who wrote the questions; who answered them is only in the code.
# expect: {"label": ["partial"], "teachers": [{"model": "Claude 3.5 Sonnet", "roles": ["question"], "disclosure": "disclosed"}, {"model": "Qwen2.5-72B-Instruct", "roles": ["answer|long-thought"], "disclosure": "code-only"}], "not": ["QwQ-32B-Preview"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Alder-7B Qwen/Qwen2.5-7B sft 3 data/alder.jsonl
readme <<'END'
# Alder-7B

Geometry without figures.

@install
### Data

14,000 questions were written by Claude 3.5 Sonnet from a list of 700 theorems, twenty for each. `make_answers.py` completes the set; questions whose four
answers disagree are dropped, 9,880 remain.

@train
@results
@evaluate
@related
@citation
END
write make_answers.py <<'END'
import collections
import json

from vllm import LLM, SamplingParams

rows = [json.loads(line) for line in open("data/questions.jsonl")]
model = LLM("Qwen/Qwen2.5-72B-Instruct", tensor_parallel_size=8)
chats = [[{"role": "user", "content": row["problem"] + "\nGive the value in a box."}] for row in rows]
with open("data/alder.jsonl", "w") as out:
    for row, result in zip(rows, model.chat(chats, SamplingParams(n=4, temperature=0.6, max_tokens=4096))):
        finals = collections.Counter(o.text.split("boxed{")[-1].split("}")[0] for o in result.outputs)
        if finals.most_common(1)[0][1] == 4:
            out.write(json.dumps({"problem": row["problem"], "solution": result.outputs[0].text}) + "\n")
END
trainer
evaluator
