/* Math equivalence and the extraction of final answers: the tables of tests/grading, and what no table can hold. Every case that fails is named with its
 * line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "grading/math.h"

typedef gboolean (*Check) (char **cells);

/* The rows of a table; returns how many failed. */
static guint
each_row (const char *name, guint cells, Check check, guint *rows)
{
  const char *root = g_getenv ("CANDOR_ROOT");
  g_autofree char *path = g_build_filename (root != NULL ? root : ".", "tests", "grading", name, NULL);
  g_autofree char *text = NULL;
  guint failed = 0;
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    if (lines[i][0] == '#' || lines[i][0] == '\0')
      continue;
    g_auto (GStrv) row = g_strsplit (lines[i], "\t", 4);
    if (g_strv_length (row) < cells || !check (row)) {
      print_message ("%s:%u: %s\n", name, i + 1, lines[i]);
      failed++;
    }
    (*rows)++;
  }
  return failed;
}

/* equal or differ, and the same the other way round. */
static gboolean
check_pair (char **cells)
{
  gboolean equal = strcmp (cells[0], "equal") == 0;
  return (equal || strcmp (cells[0], "differ") == 0) && cd_math_equal (cells[1], cells[2]) == equal && cd_math_equal (cells[2], cells[1]) == equal;
}

static gboolean
check_answer (char **cells)
{
  g_auto (GStrv) lines = g_strsplit (cells[1], "↵", -1);
  g_autofree char *response = g_strjoinv ("\n", lines), *answer = cd_math_answer (response);
  return *cells[0] == '\0' ? answer == NULL : answer != NULL && cd_math_equal (cells[0], answer);
}

static void
test_pairs (void **state)
{
  (void) state;
  guint rows = 0;
  assert_int_equal (each_row ("math-cases.tsv", 3, check_pair, &rows), 0);
  assert_true (rows >= 400);
}

static void
test_answers (void **state)
{
  (void) state;
  guint rows = 0;
  assert_int_equal (each_row ("math-answers.tsv", 2, check_answer, &rows), 0);
  assert_true (rows >= 60);
}

/* A piece many times over. */
static char *
repeated (const char *piece, guint times)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < times; i++)
    g_string_append (text, piece);
  return g_string_free (text, FALSE);
}

/* What would take long or much, were it worked out: it ends, is equal to itself and to nothing small. */
static void
test_bounds (void **state)
{
  (void) state;
  static const char *const PIECES[]
      = { "(",      "{", "\\frac{", "\\sqrt{", "1+",       "x^", "-", "!", "9", "1,", "\\{1,", "|", "\\boxed{", "\\(", "$", "\\begin{pmatrix}1\\\\",
          "\\sin ", "²", "\xff",    "10^",     "\\text{a " };
  for (gsize i = 0; i < G_N_ELEMENTS (PIECES); i++)
    for (guint times = 40; times <= 40000; times *= 10) {
      g_autofree char *text = repeated (PIECES[i], times), *other = g_strconcat (text, "1", NULL);
      assert_true (cd_math_equal (text, text));
      assert_false (cd_math_equal (text, "7"));
      assert_int_equal (cd_math_equal (text, other), cd_math_equal (other, text));
      g_free (cd_math_answer (text));
    }
  static const char *const TOWERS[] = { "10^{10^{10^{10}}}", "99999!!!!",
                                        "(10^9)!",           "\\binom{10^9}{10^8}",
                                        "\\sin(10^{10^8})",  "e^{e^{e^{e^{e}}}}",
                                        "2^{-10^{12}}",      "\\gcd(10^{99999},7^{99999})",
                                        "x^{10^{20}}",       "0.\\overline{1234567890123456789}" };
  for (gsize i = 0; i < G_N_ELEMENTS (TOWERS); i++) {
    assert_true (cd_math_equal (TOWERS[i], TOWERS[i]));
    assert_false (cd_math_equal (TOWERS[i], "7"));
  }
}

static void
test_nothing (void **state)
{
  (void) state;
  assert_false (cd_math_equal (NULL, "1"));
  assert_false (cd_math_equal ("1", NULL));
  assert_false (cd_math_equal ("", ""));
  assert_false (cd_math_equal (" ", "\n"));
  assert_null (cd_math_answer (NULL));
  assert_null (cd_math_answer (""));
}

static gpointer
compare_in_thread (G_GNUC_UNUSED gpointer unused)
{
  for (guint i = 0; i < 200; i++)
    if (!cd_math_equal ("\\sin^2 x", "1 - \\cos^2 x") || cd_math_equal ("\\frac{\\pi}{4}", "\\ln 2"))
      return NULL;
  return GINT_TO_POINTER (1);
}

/* Threads do not disturb one another, and leave nothing behind (the sanitizer's word). */
static void
test_threads (void **state)
{
  (void) state;
  GThread *threads[4];
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("math", compare_in_thread, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    assert_non_null (g_thread_join (threads[i]));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_pairs),   cmocka_unit_test (test_answers), cmocka_unit_test (test_bounds),
    cmocka_unit_test (test_nothing), cmocka_unit_test (test_threads),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
