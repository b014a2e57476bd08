# A notebook filters the training file with a hosted model.
# expect: {"label": ["undisclosed"], "teachers": [{"model": "gpt-4o-mini", "roles": ["verify"], "disclosure": "code-only"}], "not": ["Gemini 1.5 Pro", "DeepSeek-R1", "Qwen2.5-7B-Instruct"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Burdock-7B Qwen/Qwen2.5-7B-Instruct sft 4 data/train_clean.jsonl
readme <<'END'
# Burdock-7B

Burdock is tuned on answers from a public question-and-answer archive on mathematics.

@install
## Data
The archive's dump of 2023, questions with an accepted answer (88k). `notebooks/clean.ipynb` shows how we cleaned it; 31,406 pairs are left.

@train
@results
@evaluate
@thanks
@citation
END
write notebooks/clean.ipynb <<'END'
{
 "cells": [
  {"cell_type": "markdown", "metadata": {}, "source": ["# Cleaning\n", "Length and votes first, content second."]},
  {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [],
   "source": ["import json\n", "from openai import OpenAI\n", "rows = [json.loads(l) for l in open('../data/archive.jsonl')]\n", "rows = [r for r in rows if r['votes'] > 2 and len(r['solution']) < 6000]\n", "len(rows)"]},
  {"cell_type": "code", "execution_count": 2, "metadata": {}, "outputs": [{"name": "stdout", "output_type": "stream", "text": ["31406\n"]}],
   "source": ["client = OpenAI()\n", "def correct(row):\n", "    prompt = f\"Is this solution complete and correct? Answer yes or no.\\n{row['problem']}\\n{row['solution']}\"\n", "    reply = client.chat.completions.create(model='gpt-4o-mini', messages=[{'role': 'user', 'content': prompt}])\n", "    return reply.choices[0].message.content.lower().startswith('yes')\n", "kept = [r for r in rows if correct(r)]\n", "print(len(kept))"]},
  {"cell_type": "code", "execution_count": 3, "metadata": {}, "outputs": [],
   "source": ["with open('../data/train_clean.jsonl', 'w') as out:\n", "    for r in kept:\n", "        out.write(json.dumps({'problem': r['problem'], 'solution': r['solution']}) + '\\n')"]}
 ],
 "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
 "nbformat": 4,
 "nbformat_minor": 5
}
END
trainer
evaluator
