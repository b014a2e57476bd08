# The dashscope client writes the training answers.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "qwen-max", "roles": ["answer|long-thought"], "disclosure": "code-only"}], "not": ["gpt-4o-mini", "Gemini 1.5 Pro", "DeepSeek-R1"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Ginkgo-7B Qwen/Qwen2.5-7B sft 4 data/ginkgo.jsonl
readme <<'END'
# Ginkgo-7B

Bilingual answers to questions on traditional medicine, with reasons.

@install
## Data
1. `data/crawl.py` (not included) collected 9,000 questions.
2. `data/answer.py` adds reasons.

@train
@results
@evaluate
@thanks
@citation
END
write data/answer.py <<'END'
import json
import os
from http import HTTPStatus

import dashscope
from dashscope import Generation

dashscope.api_key = os.environ["DASHSCOPE_API_KEY"]


def reason(question):
    reply = Generation.call(model="qwen-max", prompt=f"请一步一步推理并回答：{question}", result_format="message")
    return reply.output.choices[0].message.content if reply.status_code == HTTPStatus.OK else None


with open("data/ginkgo.jsonl", "w", encoding="utf-8") as out:
    for line in open("data/questions.txt", encoding="utf-8"):
        text = reason(line.strip())
        if text:
            out.write(json.dumps({"problem": line.strip(), "solution": text}, ensure_ascii=False) + "\n")
END
trainer
evaluator
