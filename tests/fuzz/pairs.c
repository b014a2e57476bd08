/* Random pairs of answers, half of them well-formed mathematics, half of them garbage made from it: no crash, the same verdict either way round, every
 * answer equal to itself, and memory that does not grow after the first tenth. Deterministic for a seed.
 * usage: pairs [N [SEED]]; prints time, peak memory and the slowest pair. Without arguments: 20,000 pairs as a test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "grading/math.h"

#define PAIRS 20000u
#define DEPTH 4u
#define MUTATIONS 12u
#define MOST_GROWTH_KB 4096u

static const char *const ATOMS[]
    = { "1",   "2",        "3",  "10",         "0",   "-1",          "0.5",     "3.14",    "1,000", "x",
        "y",   "n",        "a",  "\\pi",       "e",   "i",           "\\infty", "\\theta", "x_1",   "12345678901234567890",
        "1e5", "\\frac12", "AB", "\\text{cm}", "Yes", "\\text{ or }" };
static const char *const UNARY[] = { "-%s",
                                     "(%s)",
                                     "\\sqrt{%s}",
                                     "\\sin %s",
                                     "\\cos(%s)",
                                     "\\ln %s",
                                     "\\log_2 %s",
                                     "%s!",
                                     "%s\\%%",
                                     "%s^\\circ",
                                     "|%s|",
                                     "\\left(%s\\right)",
                                     "{%s}",
                                     "\\boxed{%s}",
                                     "$%s$",
                                     "\\lfloor %s \\rfloor",
                                     "%s \\text{ cm}",
                                     "x = %s",
                                     "\\{%s\\}",
                                     "\\sqrt[3]{%s}",
                                     "\\arctan %s",
                                     "e^{%s}",
                                     "\\pm %s",
                                     "%s^2",
                                     "f(%s)",
                                     "\\tan^2 %s",
                                     "\\overline{%s}",
                                     "x \\le %s" };
static const char *const BINARY[] = { "%s+%s",
                                      "%s-%s",
                                      "%s*%s",
                                      "%s %s",
                                      "\\frac{%s}{%s}",
                                      "%s/%s",
                                      "%s^{%s}",
                                      "(%s,%s)",
                                      "[%s,%s)",
                                      "%s,%s",
                                      "\\{%s,%s\\}",
                                      "%s=%s",
                                      "%s<%s",
                                      "%s \\cup %s",
                                      "\\binom{%s}{%s}",
                                      "%s:%s",
                                      "\\begin{pmatrix}%s\\\\%s\\end{pmatrix}",
                                      "%s \\text{ and } %s",
                                      "%s_{%s}",
                                      "%s \\pmod{%s}",
                                      "\\max(%s,%s)",
                                      "%s \\pm %s",
                                      "%s \\cdot %s",
                                      "\\{%s \\mid %s\\}",
                                      "\\log_{%s} %s" };
static const char *const SCRAPS[]
    = { "\\", "{",  "}",      "(",      ")",        "[",      "]",       "^",      "_",    "!",      "|", "$",           "&",      "\\\\",
        ",",  "..", "\\frac", "\\sqrt", "\\begin{", "\\end{", "\\text{", "\\left", "\xff", "\xe2",   "²", "½",           "∪",      "9999999999",
        "^^", "--", "\\pm",   "=",      "<",        "\n",     "\t",      "%",      "e",    "\\circ", "'", "10^10^10^10", "!!!!!!", "((((((((" };

typedef struct {
  guint64 state;
} Random;

/* splitmix64 (Steele, Lea, Flood 2014) */
static guint
draw (Random *random, guint below)
{
  guint64 z = (random->state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return (guint) ((z ^ (z >> 31)) % below);
}

/* The pattern with its %s filled. */
static char *
filled (const char *pattern, const char *first, const char *second)
{
  GString *text = g_string_new (NULL);
  for (const char *c = pattern; *c != '\0'; c++) {
    if (c[0] == '%' && c[1] == 's') {
      g_string_append (text, first);
      first = second;
      c++;
    } else if (c[0] == '%' && c[1] == '%') {
      g_string_append_c (text, '%');
      c++;
    } else
      g_string_append_c (text, *c);
  }
  return g_string_free (text, FALSE);
}

static char *
expression (Random *random, guint depth)
{
  guint kind = draw (random, 10);
  if (depth == 0 || kind < 2)
    return g_strdup (ATOMS[draw (random, G_N_ELEMENTS (ATOMS))]);
  g_autofree char *first = expression (random, depth - 1), *second = kind < 6 ? NULL : expression (random, depth - 1);
  return second == NULL ? filled (UNARY[draw (random, G_N_ELEMENTS (UNARY))], first, NULL)
                        : filled (BINARY[draw (random, G_N_ELEMENTS (BINARY))], first, second);
}

/* Pieces cut, doubled, moved, and scraps put in. */
static char *
mutated (Random *random, const char *text)
{
  GString *garbage = g_string_new (text);
  for (guint i = draw (random, MUTATIONS) + 1; i > 0; i--) {
    gsize at = draw (random, (guint) garbage->len + 1), length = draw (random, (guint) (garbage->len - at) + 1);
    switch (draw (random, 5)) {
      case 0:
        g_string_erase (garbage, (gssize) at, (gssize) MIN (length, 3));
        break;
      case 1: {
        g_autofree char *piece = g_strndup (garbage->str + at, MIN (length, 200));
        g_string_insert (garbage, draw (random, (guint) garbage->len + 1), piece);
        break;
      }
      case 2:
        if (at < garbage->len)
          garbage->str[at] = (char) (draw (random, 255) + 1);
        break;
      default:
        g_string_insert (garbage, (gssize) at, SCRAPS[draw (random, G_N_ELEMENTS (SCRAPS))]);
    }
  }
  return g_string_free (garbage, FALSE);
}

/* Peak resident memory so far, in kB. */
static guint64
peak_memory (void)
{
  g_autofree char *status = NULL;
  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  const char *line = strstr (status, "VmHWM:");
  return line != NULL ? g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) : 0;
}

/* Of this thread, in µs: what others do on the machine does not count. */
static gint64
processor_time (void)
{
  struct timespec time;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

typedef struct {
  guint equal, faults;
  gint64 slowest; /* µs */
  char *slowest_pair;
  guint64 early_kb, late_kb;
} Outcome;

static gboolean
is_blank (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return *text == '\0';
}

/* One draw: sometimes the second answer is the first with a change, so that both verdicts occur. */
static void
run_pair (Random *random, Outcome *outcome)
{
  g_autofree char *a = expression (random, DEPTH), *b = draw (random, 3) == 0 ? g_strdup (a) : expression (random, DEPTH);
  if (draw (random, 2) == 0) {
    char *garbage = mutated (random, a), *other = mutated (random, b);
    g_free (a);
    g_free (b);
    a = garbage;
    b = other;
  }
  gint64 start = processor_time ();
  gboolean equal = cd_math_equal (a, b);
  gint64 spent = processor_time () - start;
  outcome->equal += equal ? 1 : 0;
  if (spent > outcome->slowest) {
    g_free (outcome->slowest_pair);
    outcome->slowest = spent;
    outcome->slowest_pair = g_strdup_printf ("%s\n    %s", a, b);
  }
  g_free (cd_math_answer (a));
  if (cd_math_equal (b, a) != equal || (!is_blank (a) && !cd_math_equal (a, a))) {
    print_message ("not the same either way round, or not equal to itself:\n    %s\n    %s\n", a, b);
    outcome->faults++;
  }
}

static void
run (guint pairs, guint64 seed, Outcome *outcome)
{
  Random random = { seed };
  for (guint i = 0; i < pairs; i++) {
    if (i == pairs / 10)
      outcome->early_kb = peak_memory ();
    run_pair (&random, outcome);
  }
  outcome->late_kb = peak_memory ();
}

static void
test_pairs (void **state)
{
  (void) state;
  Outcome outcome = { 0 };
  run (PAIRS, 1, &outcome);
  g_free (outcome.slowest_pair);
  assert_int_equal (outcome.faults, 0);
  assert_true (outcome.equal > 0 && outcome.equal < PAIRS);
#ifndef __SANITIZE_ADDRESS__ /* which keeps what was freed */
  assert_true (outcome.late_kb - outcome.early_kb <= MOST_GROWTH_KB);
#endif
}

int
main (int count, char **arguments)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (test_pairs) };
  if (count < 2)
    return cmocka_run_group_tests (tests, NULL, NULL);
  guint pairs = (guint) strtoul (arguments[1], NULL, 10);
  Outcome outcome = { 0 };
  gint64 start = g_get_monotonic_time ();
  run (pairs, count > 2 ? strtoull (arguments[2], NULL, 10) : 1, &outcome);
  printf ("%u pairs, %u equal, %u faults, %.1f s; peak memory %" G_GUINT64_FORMAT " kB after a tenth, %" G_GUINT64_FORMAT
          " kB at the end; slowest pair %.2f ms:\n    %s\n",
          pairs, outcome.equal, outcome.faults, (double) (g_get_monotonic_time () - start) / 1e6, outcome.early_kb, outcome.late_kb,
          (double) outcome.slowest / 1e3, outcome.slowest_pair);
  g_free (outcome.slowest_pair);
  return outcome.faults > 0 || outcome.late_kb - outcome.early_kb > MOST_GROWTH_KB;
}
