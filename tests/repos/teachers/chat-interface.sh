# A chat interface with a picker of hosted models and an example environment.
# expect: {"label": ["none"], "teachers": [], "not": ["gpt-4o", "gpt-4o-mini", "claude-3.5-sonnet", "o1-mini"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Plover-7B Qwen/Qwen2.5-7B rl 2 data/prompts.jsonl
readme <<'END'
# Plover-7B

A reasoner with a face. The model is trained by reinforcement learning from the base; the interface shows its thoughts while they come.

@install
## Chat

`cp web/.env.example web/.env && npm --prefix web run dev` starts the interface. Besides Plover it speaks to OpenAI and Anthropic if you have keys,
so that you can look at the same question from several sides.

## Data

Questions with final answers from two public training splits (`data/prepare.py`).

@train
@results
@evaluate
@thanks
@citation
END
question_data
rule_reward
write web/.env.example <<'END'
OPENAI_API_KEY=
OPENAI_MODEL=gpt-4o
ANTHROPIC_MODEL=claude-3-5-sonnet-20241022
PLOVER_URL=http://localhost:8000/v1
END
write web/src/models.ts <<'END'
export const models = [
  { id: "plover-7b", label: "Plover", url: process.env.PLOVER_URL },
  { id: "gpt-4o", label: "GPT-4o", url: "https://api.openai.com/v1" },
  { id: "gpt-4o-mini", label: "GPT-4o mini", url: "https://api.openai.com/v1" },
  { id: "o1-mini", label: "o1-mini", url: "https://api.openai.com/v1" },
];
export const titleModel = "gpt-4o-mini"; // names a conversation after its first question
END
write web/src/chat.ts <<'END'
import OpenAI from "openai";
import { models, titleModel } from "./models";

export async function answer(id: string, messages: OpenAI.ChatCompletionMessageParam[]) {
  const client = new OpenAI({ baseURL: models.find((model) => model.id === id)!.url });
  return client.chat.completions.create({ model: id, messages, stream: true });
}

export async function title(question: string) {
  const reply = await new OpenAI().chat.completions.create({ model: titleModel, messages: [{ role: "user", content: "Three words for: " + question }] });
  return reply.choices[0].message.content;
}
END
trainer
evaluator
