# Tests of an API server mock a hosted model.
# expect: {"label": ["none"], "teachers": [], "not": ["gpt-4o", "gpt-3.5-turbo"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Dipper-1.5B Qwen/Qwen2.5-1.5B rl 4 data/prompts.jsonl
readme <<'END'
# Dipper-1.5B

Small enough for a laptop; comes with a server that speaks the OpenAI protocol.

@install
## Data
GSM8K and MATH, questions and final answers.

@train
@results
@evaluate
## Serving
`python serve/server.py checkpoints/dipper-1.5b` answers `/v1/chat/completions`. `pytest tests` checks that the official client understands it.

@licence
@citation
END
question_data
rule_reward
write serve/server.py <<'END'
import sys

from fastapi import FastAPI
from transformers import pipeline

app, model = FastAPI(), pipeline("text-generation", sys.argv[1] if len(sys.argv) > 1 else "checkpoints/dipper-1.5b")


@app.post("/v1/chat/completions")
def complete(body: dict):
    text = model(body["messages"], max_new_tokens=body.get("max_tokens", 2048))[0]["generated_text"][-1]["content"]
    return {"model": body["model"], "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}]}
END
write tests/test_client.py <<'END'
from unittest import mock

from openai import OpenAI


def test_same_shape_as_openai():
    client = OpenAI(base_url="http://testserver/v1", api_key="x")
    with mock.patch.object(client.chat.completions, "create") as create:
        client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "generate training data"}])
        create.assert_called_once()


def test_model_name_is_echoed(server):
    assert server.post("/v1/chat/completions", json={"model": "gpt-3.5-turbo", "messages": []}).json()["model"] == "gpt-3.5-turbo"
END
trainer
evaluator
