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

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_pairs),
    cmocka_unit_test (test_answers),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
