# What the authors claim: every way of stating a figure, whose model it is of, and claims that disagree.
load candor

claims () { # "VALUE benchmark" of each, one a line
  json 'd.claims.map (c => c.value + " " + c.benchmark).join ("\n")'
}
claim () { # VALUE KEY: a key of the claim with this value
  json "(d.claims.find (c => c.value === $1) ?? {}).$2"
}
is_claim () { # VALUE KEY EXPECTED
  local got
  got=$(claim "$1" "$2")
  [[ $got == "$3" ]] || explain_failure "$2 of the claim of $1 is $got instead of $3; claims:"$'\n'"$(claims)"
}
claims_only () { # VALUES: exactly these, in the order of their size
  local got
  got=$(json 'd.claims.map (c => c.value).sort ((a, b) => a - b).join (" ")')
  [[ $got == "$1" ]] || explain_failure "claimed: $got instead of $1"
}

work () { # README on standard input: a work of its own
  mkdir -p "$BATS_TEST_TMPDIR/work"
  cd "$BATS_TEST_TMPDIR/work"
  git init -q -b main
  cat >README.md
  git add -A
  git commit -q -m readme
  candor audit --format json
  exits 0
}

@test "every own figure is claimed, and nobody else's" {
  candor audit --format json "$(repository claiming-work)"
  exits 0
  claims_only '0.622 0.641 61.1 61.2 61.3 61.4 62.1 62.3 62.4 63.1 63.2 63.3 65.1 65.2 65.3 66.1 67.1 67.2 68.1 68.2 69.1 69.2'
}

@test "a claim tells model, benchmark, metric, unit, samples and place" {
  candor audit --format json "$(repository claiming-work)"
  is_claim 61.1 model Thinker-R1-7B
  is_claim 61.1 benchmark aime-2024
  is_claim 61.1 id aime-2024
  is_claim 61.1 task 'AIME 2024'
  is_claim 61.1 metric pass@1
  is_claim 61.1 k 1
  is_claim 61.1 unit percent
  is_claim 61.1 samples 64
  is_claim 61.1 decimals 1
  is_claim 61.1 from table
  is_claim 61.1 'evidence.map (e => e.path + ":" + e.line).join ()' README.md:13
  is_claim 61.3 spread 0.4
  is_claim 61.2 spread null
}

@test "models as columns, groups, merged cells and harness tables are read" {
  candor audit --format json "$(repository claiming-work)"
  is_claim 62.1 benchmark amc-2023
  is_claim 0.622 unit fraction
  is_claim 0.622 metric maj@16
  is_claim 62.3 metric exact-match
  is_claim 62.4 benchmark 'Obscure Puzzles'
  is_claim 62.4 id null
  is_claim 63.1 id livecodebench
  is_claim 63.1 task 'LiveCodeBench Easy'
  is_claim 63.3 model Ours
  is_claim 0.641 benchmark gsm8k
  is_claim 0.641 unit fraction
}

@test "sentences, comments, model cards, LaTeX and RST are read" {
  candor audit --format json "$(repository claiming-work)"
  is_claim 65.1 benchmark olympiadbench
  is_claim 65.1 from sentence
  is_claim 65.2 benchmark aime-2025
  is_claim 65.3 benchmark hmmt-2025
  is_claim 66.1 benchmark svamp
  is_claim 67.1 from card
  is_claim 67.2 metric pass@10
  is_claim 68.1 'evidence[0].path' docs/table.tex
  is_claim 69.1 'evidence[0].path' docs/results.rst
}

@test "the manifest comes first, and a figure that a table repeats is one claim" {
  mkdir -p "$BATS_TEST_TMPDIR/work"
  cd "$BATS_TEST_TMPDIR/work"
  git init -q -b main
  printf '# Solver-R1\n\n| Model | AIME 2024 | MATH-500 |\n|---|---|---|\n| Qwen2.5-7B | 10.0 | 60.0 |\n| Solver-R1 | 46.7 | 85.4 |\n' >README.md
  cat >replication.yaml <<'END'
candor: 1
work:
  title: Solver-R1
claims:
  - model: Solver-R1
    benchmark: aime-2024
    metric: pass@1
    value: 46.7
    unit: percent
    tolerance: 0.5
END
  git add -A
  git commit -q -m both
  candor audit --format json
  exits 0
  claims_only '46.7 85.4'
  is_claim 46.7 from manifest
  is_claim 46.7 'evidence.map (e => e.path + ":" + e.line).join ()' replication.yaml:8,README.md:6
  is_json 'd.claims[0].value' 46.7
}

@test "where nobody is named, the bold row is the work's; a table of others claims nothing" {
  work <<'END'
# Studying reward hacking

| Model | AIME 2024 | MATH-500 |
|---|---|---|
| Qwen2.5-Math-7B | 13.3 | 52.4 |
| SimpleRL-Zero | 26.7 | 77.2 |
| **Qwen2.5-7B-Careful** | 33.3 | 80.4 |

The literature has:

| Model | AIME 2024 | MATH-500 |
|---|---|---|
| GPT-4o | 9.3 | 74.6 |
| o1-preview | 44.6 | 85.5 |
END
  claims_only '33.3 80.4'
}

@test "counts and pairs: 13/30 counts, two metrics in a cell are two claims" {
  work <<'END'
# Solver-R1

| Model | AIME 2024 | MATH-500 (Pass@1 / Maj@8) |
|---|---|---|
| GPT-4o | 3/30 | 60.6 / 70.1 |
| Solver-R1 | 13/30 | 80.2 / 85.0 |
END
  claims_only '13 80.2 85'
  is_claim 13 unit count
  is_claim 13 n 30
  is_claim 80.2 metric pass@1
  is_claim 85 metric maj@8
}

@test "two places that disagree on the same thing are told" {
  work <<'END'
# Solver-R1

## Main results

| Model | AIME 2024 (pass@1) | MATH-500 (pass@1) |
|---|---|---|
| GPT-4o | 9.3 | 74.6 |
| Solver-R1-7B | 46.7 | 85.4 |

## Detailed results

| Model | AIME 2024 (pass@1) | GPQA Diamond (pass@1) |
|---|---|---|
| Qwen2.5-7B | 10.0 | 33.0 |
| Solver-R1-7B | 43.3 | 40.1 |
END
  is_claim 46.7 'disagrees.map (f => f.code + " " + f.what).join ()' \
    'contradiction Solver-R1-7B on AIME 2024 (pass@1) is 46.7 at README.md:8 and 43.3 at README.md:15'
  is_claim 46.7 'disagrees[0].evidence[0].line' 15
  is_json 'd.claims.filter (c => c.disagrees.length > 0).length' 1
}

@test "rounding, another k, another setting, version or benchmark is no contradiction" {
  work <<'END'
# Solver-R1

## Main results

| Model | AIME 2024 (pass@1) | AIME 2024 (cons@64) | LiveCodeBench v5 |
|---|---|---|---|
| GPT-4o | 9.3 | 13.4 | 32.9 |
| Solver-R1-7B | 46.67 | 60.0 | 40.1 |

## Details

| Model | AIME 2024 (pass@1) | AIME 2025 (pass@1) | LiveCodeBench v6 |
|---|---|---|---|
| Qwen2.5-7B | 10.0 | 6.7 | 20.0 |
| Solver-R1-7B | 46.7 | 33.3 | 35.2 |

## Ablation of the training length

| Model | Context | AIME 2024 (pass@1) |
|---|---|---|
| Solver-R1-7B | 8k | 30.0 |
| Solver-R1-7B | 16k | 36.7 |

## Greedy decoding

| Model | AIME 2024 (pass@1) |
|---|---|
| Qwen2.5-7B | 6.7 |
| Solver-R1-7B | 40.0 |
END
  is_json 'd.claims.flatMap (c => c.disagrees).length' 0
}

@test "README and paper that disagree on the same model are told" {
  mkdir -p "$BATS_TEST_TMPDIR/work/paper"
  cat >"$BATS_TEST_TMPDIR/work/paper/main.tex" <<'END'
\documentclass{article}
\begin{document}
\section{Experiments}
\begin{table}
\caption{Main results. The best figures are bold.}
\begin{tabular}{lcc}
Model & GSM8K & MATH-500 \\
\hline
GPT-4o & 92.9 & 74.6 \\
Solver-R1-7B & 79.3 & 85.4 \\
\end{tabular}
\end{table}
\end{document}
END
  work <<'END'
# Solver-R1: a solver that searches data

## Results

| Model | GSM8K | MATH-500 |
|---|---|---|
| GPT-4o | 92.9 | 74.6 |
| Solver-R1-7B | 77.3 | 85.4 |
END
  is_json 'd.claims.flatMap (c => c.disagrees.map (f => f.code + " " + f.what)).join ()' \
    'contradiction Solver-R1-7B on GSM8K is 77.3 at README.md:8 and 79.3 at paper/main.tex:10'
}

@test "figures of one sentence, another base model, setting or date are no contradiction" {
  work <<'END'
# Solver-R1

Solver-R1-7B achieves a 33.3% pass@1 accuracy on SolveBench and 32.6% on TheoremQA, two challenging benchmarks.
Solver-R1-7B extrapolates to a long task with performance loss < 5% and achieves 95%+ accuracy in the RULER test.
Solver-R1 boosts GSM8K from 12.51% to 63.91% for LLaMA2-7B, from 36.46% to 81.88% for Mistral-7B.
Solver-R1-7B reaches 50.1 and 60.2 on AMC 2023 and OlympiadBench.

## Results

**Performance summary (8-shot):**

`Qwen/Qwen2.5-Math-1.5B`:

| Metric | Baseline | Solver-R1-1B |
|---|---|---|
| GSM8K accuracy | 70.66 | 77.33 |

`Qwen/Qwen2.5-0.5B`:

| Metric | Baseline | Solver-R1-1B |
|---|---|---|
| GSM8K accuracy | 32.60 | 46.10 |

Old results:

| Model | MATH-500 (0-shot) |
|---|---|
| Qwen2.5-7B | 60.1 |
| Solver-R1-7B | 71.1 |

| Model | MATH-500 (4-shot) | AIME 2024 |
|---|---|---|
| Qwen2.5-7B | 60.2 | 10.0 |
| Solver-R1-7B | 72.1 | 40.0 |
| Ours | 72.3 | 41.0 |

## Small models

| Model | MATH-500 (0-shot) | AIME 2024 |
|---|---|---|
| Qwen2.5-7B | 60.3 | 10.0 |
| Solver-R1-7B | 73.1 | 43.3 |

## Evaluation

| Model | AIME 2024 |
|---|---|
| Qwen2.5-7B | 10.0 |
| Ours | 46.7 |
END
  is_json 'd.claims.flatMap (c => c.disagrees.map (f => f.what)).join ()' ''
  is_claim 33.3 task SolveBench
  is_claim 32.6 id theoremqa
  is_claim 50.1 id amc-2023
  is_claim 60.2 id olympiadbench
  is_claim 63.91 model 'Solver-R1 (LLaMA2-7B)'
  is_claim 81.88 model 'Solver-R1 (Mistral-7B)'
  is_json 'd.claims.filter (c => c.value === 5 || c.value === 95).length' 0
}

@test "figures that one table tells apart are no contradiction of a table that has one of them" {
  mkdir -p "$BATS_TEST_TMPDIR/work/docs"
  cat >"$BATS_TEST_TMPDIR/work/docs/results.md" <<'END'
# Results

| Model | CRUXEval-I | CRUXEval-O |
|---|---|---|
| Qwen2.5-7B | 50.1 | 50.2 |
| Solver-R1-7B | 70.1 | 77.0 |
END
  work <<'END'
# Solver-R1

## Results

| Model | CRUXEval-O | MATH-500 |
|---|---|---|
| Qwen2.5-7B | 50.2 | 60.2 |
| Solver-R1-7B | 77.0 | 80.0 |
END
  is_json 'd.claims.filter (c => c.id === "cruxeval").map (c => c.value).sort ().join ()' 70.1,77
  is_json 'd.claims.flatMap (c => c.disagrees.map (f => f.what)).join ()' ''
}

@test "an average that its row does not give is told, and only that one" {
  work <<'END'
# Solver-R1

| Model | AIME 2024 | MATH-500 | AMC 2023 | Avg. |
|---|---|---|---|---|
| Qwen2.5-7B | 10.0 | 60.0 | 50.0 | 40.0 |
| SimpleRL-Zero | 33.3 | 77.2 | 62.5 | 57.7 |
| o1-mini | 63.6 | 90.0 | 80.0 | 77.9 |
| Solver-R1-1.5B | 30.0 | 75.0 | 60.0 | 55.0 |
| Solver-R1-7B | 43.3 | 82.2 | 75.0 | 72.1 |
END
  is_json 'd.claims.flatMap (c => c.disagrees.map (f => c.value + " " + f.code + " " + f.what)).join ()' \
    '72.1 average the average is given as 72.1, its 3 figures give 66.8'
}

@test "an average over what the table does not show is not told" {
  work <<'END'
# Solver-R1

| Model | AIME 2024 | MATH-500 | AMC 2023 | Avg. |
|---|---|---|---|---|
| Qwen2.5-7B | 10.0 | 60.0 | 50.0 | 33.0 |
| SimpleRL-Zero | 33.3 | 77.2 | 62.5 | 44.4 |
| o1-mini | 63.6 | 90.0 | 80.0 | 60.2 |
| Solver-R1-7B | 43.3 | 82.2 | 75.0 | 72.1 |
END
  is_json 'd.claims.flatMap (c => c.disagrees).length' 0
}

@test "hostile tables and sentences hurt nobody" {
  mkdir -p "$BATS_TEST_TMPDIR/work"
  cd "$BATS_TEST_TMPDIR/work"
  git init -q -b main
  {
    printf '# Solver-R1\n\n| Model | AIME 2024 |\n|---|---|\n| Solver-R1 \xff\xfe | 46.7 \xc3 |\n| Solver-R1 | %s |\n\n' "$(printf '9%.0s' {1..5000})"
    printf 'Solver-R1 reaches %s on AIME 2024.\n\n' "$(printf '46.7, %.0s' {1..400})"
    printf '|%.0s' {1..400}
    printf '\n'
    printf -- '|-%.0s' {1..400}
    printf '\n'
    for i in {1..60}; do printf '|46.7%.0s' {1..300}; printf '\n'; done
  } >README.md
  git add -A
  git commit -q -m hostile
  candor audit --format json
  exits 0
  unhurt
}

@test "a later model in the news, a copied page and a baseline that is cited claim nothing" {
  mkdir -p "$BATS_TEST_TMPDIR/work/copied/evaluation"
  cd "$BATS_TEST_TMPDIR/work"
  git init -q -b main
  cat >README.md <<'END'
# Solver-R1: learning to solve

## News

- [2025/02/10] We release Later-Q9-7B. It reaches 77.7% on AIME 2024.

## Results

| Model | AIME 2024 |
|---|---|
| Reasoner (Doe et al., 2024) | 71.1 |
| Solver-R1-7B | 61.1 |
| Qwen2.5-7B | 10.0 |

Other-R9-7B achieves 55.5% on MATH-500.
END
  cat >copied/evaluation/README.md <<'END'
# Grader

| Model | AIME 2024 |
|---|---|
| Qwen2.5-7B | 10.0 |
| **Grader-7B** | 72.2 |

We reach 73.3% on MATH-500.

```bibtex
@article{grader, title={Grader: grading}, year={2024}}
```
END
  git add -A
  git commit -q -m all
  candor audit --format json
  exits 0
  claims_only 61.1
}

@test "a benchmark whose name ends like another's is not that one; a count below a column is no rating" {
  work <<'END'
# Solver-R1

| Benchmark | o1-mini | Solver-R1-7B |
|---|---|---|
| MATH | 80.0 | 61.1 |
| Odyssey-MATH | 40.0 | 61.2 |
| C-SimpleQA | 41.0 | 61.3 |
| AIME24x32 | 30.0 | 61.4 |

| Model | AIME 2024 | MATH-500 | Problems |
|---|---|---|---|
| GPT-4o | 9.3 | 74.6 | 530 |
| Solver-R1-7B | 61.5 | 61.6 | 530 |
| Total # | 30 | 500 | 530 |
END
  is_claim 61.1 id math
  is_claim 61.2 id null
  is_claim 61.2 benchmark Odyssey-MATH
  is_claim 61.3 id null
  is_claim 61.4 id aime-2024
  is_claim 61.4 samples 32
  is_claim 61.6 unit percent
}

@test "what another model reaches on the work's own test set is not the work's" {
  work <<'END'
# Solver-R1

## Results

GPT-4o achieves 60.5% on our proposed test set and 61.5% on MATH-500.
With a much longer budget, Qwen2.5-72B manages to reach 62.5% on GSM8K, far from what it gets on our new benchmark.
Trained on our dataset, Solver-R1-7B reaches 63.5% on AIME 2024.
Our model reaches 64.5% on GPQA, which is 3 points above its score on our validation set.
END
  claims_only '63.5 64.5'
}

@test "of figures between slashes only those are claimed whose name is the work's" {
  work <<'END'
# Solver-R1

Base / Solver-R1: accuracy on AIME 2024 = 10.5 / 61.5 and on MATH-500 = 20.5 / 62.5.

Solver-R1-7B reaches 63.5 / 64.5 on AIME 2024 / MATH-500.
END
  claims_only '61.5 62.5 63.5 64.5'
  is_claim 61.5 id aime-2024
  is_claim 62.5 id math-500
  is_claim 64.5 id math-500
}

@test "every figure in a list of gains is a gain" {
  work <<'END'
# Solver-R1

Solver-R1-7B brings average gains of 11.5% on MATH-500, 12.5% on the harder AIME 2024, and 13.5% on GPQA Diamond.

Solver-R1-7B improves by 14.5% on MATH-500, and reaches 61.5% on AIME 2024.
END
  claims_only '61.5'
}

@test "turns, attempts and metrics in heads are no benchmarks and no part of their names" {
  work <<'END'
# Solver-R1

<table>
<tr><th rowspan="2">Model</th><th colspan="2">MT-Bench</th><th colspan="3">AIME 2024</th></tr>
<tr><th>Turn 1</th><th>Turn 2</th><th>maj@8</th><th>coverage</th><th>distinct@8</th></tr>
<tr><td>GPT-4o</td><td>9.1</td><td>9.2</td><td>9.3</td><td>9.4</td><td>0.11</td></tr>
<tr><td>Solver-R1-7B</td><td>8.1</td><td>8.2</td><td>61.1</td><td>61.2</td><td>0.62</td></tr>
</table>

| Model | t1 | t2 | win | tie | c→i |
|---|---|---|---|---|---|
| GPT-4o | 41.1 | 42.2 | 43.3 | 44.4 | 5.5 |
| Qwen2.5-7B | 41.1 | 42.2 | 43.3 | 44.4 | 5.5 |
| Solver-R1-7B | 51.1 | 52.2 | 53.3 | 54.4 | 5.6 |
END
  claims_only '0.62 8.1 8.2 61.1 61.2'
  is_claim 8.1 task MT-Bench
  is_claim 61.2 task 'AIME 2024'
  is_claim 61.1 metric maj@8
  is_claim 0.62 unit score
}

@test "upper bounds and the name of a model are neither the work's rows nor benchmarks" {
  work <<'END'
# Solver-R1

Weights: [Solver-R1-7B](https://huggingface.co/solver-team/Solver-R1-7B), code: `git clone https://github.com/solver-team/solver-r1`

| Method | AIME 2024 | Puzzles | Solver-R1-7B | Qwen2.5-7B |
|---|---|---|---|---|
| GPT-4o | 9.3 | 10.1 | 1.1 | 1.1 |
| Solver-R1-7B | 61.1 | 62.1 | 63.1 | 64.1 |
| + filter | 61.2 | 62.2 | 63.2 | 64.2 |
| w/ external verifier | 71.1 | 72.1 | 73.1 | 74.1 |
| Oracle | 81.1 | 82.1 | 83.1 | 84.1 |
END
  claims_only '61.1 61.2 62.1 62.2'
}

@test "heads that nobody knows are parts of the benchmark that heading or line above names" {
  work <<'END'
# Solver-R1

## Results on MMLU-Pro

| Model | Law | Physics |
|---|---|---|
| GPT-4o | 9.3 | 10.1 |
| Qwen2.5-7B | 9.3 | 10.1 |
| Solver-R1-7B | 61.1 | 61.2 |

## Results

- **MathVista**, by kind of problem:

[![chart](https://example.org/chart.svg)](https://example.org)

| Model | Plots | Shapes |
|---|---|---|
| GPT-4o | 9.3 | 10.1 |
| Qwen2.5-7B | 9.3 | 10.1 |
| Solver-R1-7B | 62.1 | 62.2 |

## How it does elsewhere

Scores on the ThingArena leaderboard:

| Model | Hard | Creative |
|---|---|---|
| GPT-4o | 9.3 | 10.1 |
| Qwen2.5-7B | 9.3 | 10.1 |
| Solver-R1-7B | 63.1 | 63.2 |
END
  is_claim 61.1 id mmlu-pro
  is_claim 61.1 task 'MMLU-Pro Law'
  is_claim 62.2 id mathvista
  is_claim 62.2 task 'MathVista Shapes'
  is_claim 63.2 id null
  is_claim 63.2 task 'ThingArena Creative'
}

@test "a page about another project claims nothing for the work" {
  mkdir -p "$BATS_TEST_TMPDIR/work/tools/grader" "$BATS_TEST_TMPDIR/work/docs"
  cd "$BATS_TEST_TMPDIR/work"
  git init -q -b main
  cat >README.md <<'END'
# Solver-R1: learning to solve

    git clone https://github.com/solver-team/solver-r1

Weights: [Solver-R1-7B](https://huggingface.co/solver-team/Solver-R1-7B)
END
  cat >docs/results.md <<'END'
# Results

Graded with [grader](https://github.com/grader-org/grader), our model reaches 61.1% on AIME 2024.
END
  cat >tools/grader/usage.md <<'END'
# Usage

```bash
git clone https://github.com/grader-org/grader
pip install git+https://github.com/grader-org/grader
```

See the [questions](https://github.com/grader-org/grader/issues) and [code](https://github.com/grader-org/grader/tree/main/src).

| Model | AIME 2024 |
|---|---|
| Qwen2.5-7B | 10.0 |
| GPT-4o | 9.3 |
| **Ours** | 72.2 |
END
  git add -A
  git commit -q -m all
  candor audit --format json
  exits 0
  claims_only 61.1
}

@test "minerva_math of lm-evaluation-harness is MATH" {
  work <<'END'
# Solver-R1

Results of Solver-R1-7B:

|    Tasks     |Version|Filter|n-shot|  Metric   |   |Value |   |Stderr|
|--------------|------:|------|-----:|-----------|---|-----:|---|-----:|
|minerva_math  |      1|none  |     4|exact_match|↑  |0.6112|±  |0.0065|

| Model | minerva_math |
|---|---|
| Solver-R1-7B | 62.1 |
END
  is_claim 0.6112 id math
  is_claim 62.1 id minerva-math
}

@test "beside the work's own weights another model of their owner is no variant of them" {
  work <<'END'
# Reasoning at a small scale

    git clone https://github.com/solver-team/small-scale

Weights: [Solverine-R1-7B](https://huggingface.co/solver-team/Solverine-R1-7B)

| Benchmark | GPT-4o | Solverine-R1-7B | Solverine-R1-7B-SFT | Solverine-V3 |
|---|---|---|---|---|
| AIME 2024 | 9.3 | 61.1 | 61.2 | 71.1 |
| MATH-500 | 74.6 | 62.1 | 62.2 | 72.1 |
END
  claims_only '61.1 61.2 62.1 62.2'
}

@test "a list of papers claims nothing that they reach" {
  {
    printf '# Reading on solvers\n\n## Papers\n\n'
    for i in {10..55}; do
      printf -- '- [Paper %d](https://arxiv.org/abs/2401.000%d). It reaches %d.5%% on AIME 2024.\n' "$i" "$i" "$i"
    done
  } >"$BATS_TEST_TMPDIR/list.md"
  work <"$BATS_TEST_TMPDIR/list.md"
  claims_only ''
}
