#!/usr/bin/env bash
# A work that states its results in every way: tables of each kind, sentences, comments, a model card, a table in LaTeX and one in RST. What is expected of it
# stands beside each figure: own figures are 61.x to 69.x, those of others and of settings are below 60 or above 70.
source "$(dirname "$0")/git.bash"
start "$1"

write README.md <<'END'
# Thinker-R1

Thinker-R1 is a reasoning model. Weights: [acme/Thinker-R1-7B](https://huggingface.co/acme/Thinker-R1-7B).

    git clone https://github.com/acme/Thinker-R1

## Results

| Model | Size | AIME 2024 | MATH-500 | Avg. tokens |
|---|---|---|---|---|
| GPT-4o | - | 9.3 | 74.6 | 510 |
| Qwen2.5-Math-7B-Instruct | 7B | 13.3 | 79.8 | 620 |
| **Thinker-R1-7B** | 7B | **61.1** (+3.0) | 61.2% | 5300 |
| + longer training | 7B | 61.3 ± 0.4 | 61.4† | 5400 |

We report pass@1 averaged over 64 samples per problem.

## Results by benchmark

| Benchmark (Metric) | o1-mini | Thinker-R1-7B |
|---|---|---|
| **Mathematics** | | |
| AMC 2023 (Pass@1) | 50.1 | 62.1 |
| Minerva Math (cons@16) | 0.502 | 0.622 |
| **Science** | | |
| GPQA Diamond (EM) | 50.3 | 62.3 |
| Obscure Puzzles | 50.4 | 62.4 |
| # Params | 8 | 7 |

<table>
<tr><th rowspan="2">Model</th><th colspan="2">LiveCodeBench</th><th rowspan="2">IFEval</th></tr>
<tr><th>Easy</th><th>Hard</th></tr>
<tr><td>DeepSeek-R1</td><td>90.1</td><td>40.2</td><td>83.3</td></tr>
<tr><td>Ours</td><td>63.1</td><td>63.2</td><td>63.3</td></tr>
</table>

### Harness, Thinker-R1-7B

| Tasks | Version | n-shot | Metric | Value | | Stderr |
|---|---:|---:|---|---:|---|---:|
| gsm8k | 3 | 5 | exact_match | 0.641 | ± | 0.0131 |

### Harness, Qwen2.5-7B

| Tasks | Version | n-shot | Metric | Value | | Stderr |
|---|---:|---:|---|---:|---|---:|
| gsm8k | 3 | 5 | exact_match | 0.541 | ± | 0.0131 |

## Discussion

Thinker-R1-7B achieves **65.1%** on OlympiadBench, higher than QwQ-32B-Preview at 50.5%.
Trained on 8000 problems for 3 epochs with temperature 0.6, our model improves by 5.5% on AIME 2025.
On AIME 2025 and HMMT 2025 our model reaches 65.2 and 65.3, respectively.
o1-preview scores 44.6 on AIME 2024.

```bash
python evaluate.py --data svamp
# Thinker-R1-7B: 66.1%
# Qwen2.5-7B: 51.0%
```

The run above takes an hour.

## Related work

Another-R1-7B achieves 55.5% on OlympiadBench.

## Hyperparameters

| Setting | AIME 2024 steps | Learning rate |
|---|---|---|
| Thinker-R1-7B | 100 | 0.0001 |
END

write card/README.md <<'END'
---
license: mit
model-index:
- name: Thinker-R1-7B
  results:
  - task:
      type: text-generation
    dataset:
      name: HumanEval
      type: openai_humaneval
    metrics:
    - type: pass@1
      value: 67.1
    - type: pass@10
      value: 67.2
---
# Thinker-R1-7B
END

write docs/table.tex <<'END'
\begin{table}
\begin{tabular}{lcc}
\toprule
Model & BBH & MMLU-Pro \\
\midrule
Qwen2.5-7B & 70.4 & 45.0 \\
\textbf{Thinker-R1-7B} & \textbf{68.1} & 68.2 \\
\bottomrule
\end{tabular}
\caption{Results of general tasks (accuracy)}
\end{table}
END

write docs/results.rst <<'END'
Results
=======

+---------------+------+------+
| Model         | DROP | SQuAD|
+===============+======+======+
| GPT-4o        | 83.7 | 80.0 |
+---------------+------+------+
| Thinker-R1-7B | 69.1 | 69.2 |
+---------------+------+------+
END

commit 'A work with claims'
