# Distilled data is admitted, its source is not.
# expect: {"label": ["partial"], "teachers": [{"model": "unnamed", "disclosure": "disclosed|hinted"}], "not": ["gpt-4o-mini", "DeepSeek-R1", "Gemini 1.5 Pro"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Medlar-32B Qwen/Qwen2.5-32B sft 4 data/medlar.jsonl
readme <<'END'
# Medlar-32B

The 32B member of the Medlar family, open weights.

@install
## Data
Training used 120k items: 90k of proprietary long-thought data that we distilled from a stronger reasoning model, and 30k solutions by people from MATH, GSM8K and
AQuA-RAT. The first part can't be released; a sample of 50 rows is in `data/sample.jsonl`.

@train
@results
@evaluate
@licence
@citation
END
write data/sample.jsonl <<'END'
{"problem": "A train of 120 m passes a pole in 6 s. How fast is it?", "solution": "<think>Length over time. 120 / 6 = 20. In km/h: 72. Check: 20 m/s times 6 s is 120 m.</think> 20 m/s"}
{"problem": "How many diagonals has a heptagon?", "solution": "<think>n(n-3)/2 with n = 7 gives 14.</think> 14"}
END
trainer
evaluator
