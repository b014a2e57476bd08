/* What the tests of outputs share: a few benchmarks under names of their own, loaded once for a program. */
#pragma once
#include "metrics/benchmarks.h"
#include "outputs/figure.h"
#include "rules.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BENCHMARK(id, name, more) "  - {id: " id ", name: '" name "', " more "answer: integer, domain: mathematics, source: 'https://a.b'}\n"
#define KNOWLEDGE                                                                                                                                    \
  "benchmarks:\n" BENCHMARK ("aime-2024", "AIME 2024", "aliases: [AIME24], problems: 30, ")                                                          \
      BENCHMARK ("aime-2025", "AIME 2025", "aliases: [AIME25], problems: 30, ") BENCHMARK ("aime", "AIME", "versioned: false, ")                     \
          BENCHMARK ("math-500", "MATH-500", "aliases: [MATH500], problems: 500, ")                                                                  \
              BENCHMARK ("math", "MATH", "aliases: [Hendrycks MATH], problems: 5000, cased: true, ")                                                 \
                  BENCHMARK ("gsm8k", "GSM8K", "problems: 1319, ") BENCHMARK ("gpqa", "GPQA", "versioned: false, problems: 448, ")                   \
                      BENCHMARK ("gpqa-diamond", "GPQA Diamond", "problems: 198, ") BENCHMARK ("mmlu", "MMLU", "problems: 14042, ")                  \
                          BENCHMARK ("mgsm", "MGSM", "problems: 250, ") BENCHMARK ("humaneval", "HumanEval", "problems: 164, ")                      \
                              BENCHMARK ("humaneval-plus", "HumanEval Plus", "problems: 164, ") BENCHMARK ("livecodebench", "LiveCodeBench", "")     \
                                  BENCHMARK ("alpacaeval", "AlpacaEval", "problems: 805, ")                                                          \
                                      BENCHMARK ("knights-and-knaves", "K&K",                                                                        \
                                                 "") "  - {id: mbpp, name: MBPP, answer: tests, domain: code, source: 'https://a.b'}\n  - {id: "     \
                                                     "mt-bench, name: MT-Bench, answer: rating, domain: general, source: 'https://a.b'}\n"

static CdData *data;
static CdBenchmarks *benchmarks;
static char *rules;

static inline int
load (void **state)
{
  static const char *const files[] = { "knowledge/benchmarks.yaml",
                                       KNOWLEDGE,
                                       "knowledge/upstream/upstream.yaml",
                                       "version: 1\nrecord: r\nleft_out: []\nprojects: []\n",
                                       "knowledge/upstream/blobs.bin",
                                       "",
                                       "knowledge/upstream/paths.bin",
                                       "",
                                       NULL };
  g_autoptr (GError) error = NULL;
  (void) state;
  rules = rules_new (files);
  data = cd_data_new (rules, &error);
  benchmarks = data != NULL ? cd_benchmarks_load (data, &error) : NULL;
  return benchmarks != NULL ? 0 : -1;
}

static inline int
unload (void **state)
{
  (void) state;
  cd_benchmarks_free (benchmarks);
  cd_data_free (data);
  rules_free (rules);
  return 0;
}

static inline void
figure_free (gpointer figure)
{
  cd_figure_free (figure);
}
