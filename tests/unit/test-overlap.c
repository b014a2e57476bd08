/* Problems read from data files, their normal form, and the index of 13-grams. */
#include "documents/records.h"
#include "metrics/overlap.h"
#include "metrics/problem-text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
test_normal_forms (void **state)
{
  static const struct {
    const char *text, *normal;
  } cases[] = {
    { "Find $\\dfrac{1}{2}+x$.", "find 1 2 + x" },
    { "find \\( \\frac12 \\;+\\, x \\)", "find 1 2 + x" },
    { "FIND ½ + x", "find 1 2 + x" },
    { "1,000 and 1{,}000 and 1\\,000 and 1,\\!000 and 1,00", "1000 and 1000 and 1000 and 1000 and 1 00" },
    { "3.14, 2. x_{10} x^2 x² 2x", "3.14 2 x 10 x 2 x 2 2 x" },
    { "\\left( a \\right) \\quad~\\!b", "a b" },
    { "$\\theta \\leq \\pi$; θ ≤ π", "theta leq pi theta leq pi" },
    { "a \\le b, a <= b, a ≤ b, a < b", "a leq b a leq b a leq b a < b" },
    { "three-digit don't x-1 \xe2\x88\x92"
      "1 a--b",
      "three digit dont x - 1 - 1 a b" },
    { "Problem 3. Let", "let" },
    { "**Question:** 2) Let", "let" },
    { "Question 5 people ask", "question 5 people ask" },
    { "1.5 litres", "1.5 litres" },
    { "\\begin{align*}x&=1\\\\y&=2\\end{align*}", "x = 1 y = 2" },
    { "a [asy] draw((0,0)); [/asy] b", "a b" },
    { "<image><|user|> a<br/>b", "a b" },
    { "Ｆｕｌｌ １２ ﬁne café", "full 12 fine cafe" },
    { "求和1", "求 和 1" },
    { "50\\% of \\$20", "50 % of 20" },
    { "\xff\xfe a \\", "a" },
    { "", "" },
  };
  (void) state;
  g_autoptr (GString) normal = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    cd_problem_normalise (cases[i].text, strlen (cases[i].text), normal);
    if (strcmp (normal->str, cases[i].normal) != 0)
      fail_msg ("\"%s\" is \"%s\" instead of \"%s\"", cases[i].text, normal->str, cases[i].normal);
  }
}

static gboolean
write_record (const CdRecord *record, gpointer data)
{
  g_string_append_printf (data, "%u:%.*s|", record->line, (int) record->length, record->text);
  return TRUE;
}

static void
test_records (void **state)
{
  static const struct {
    const char *language, *text, *records;
  } cases[] = {
    { "jsonl", "{\"question\": \"a\\nb\"}\n\nnot json\n{\"answer\": \"x\", \"Problem\": \"c\", \"question\": \"d\"}\n", "1:a\nb|4:c|" },
    { "json",
      "[\n {\"instruction\": \"do\", \"input\": \"it\"},\n {\"prompt\": [{\"role\": \"system\", \"content\": \"s\"}, {\"role\": \"user\", "
      "\"content\": \"u\"}]}\n]",
      "2:do\nit|3:u\n|" },
    { "json", "{\"version\": 1, \"data\": [{\"query\": \"q\", \"deep\": {\"problem\": \"no\"}}]}", "1:q|" },
    { "json", "{\"question\": [\"a\",\n \"b\"], \"answer\": [\"x\", \"y\"]}", "1:a|2:b|" },
    { "json", "{\"1\": {\"question\": \"a\"}, \"2\": {\"question\": \"b\"}}", "1:a|1:b|" },
    { "json", "{\n\"question\": \"a\"\n}\n{\n\"question\": \"b\"\n}\n", "1:a|4:b|" },
    { "jsonl",
      "{\"conversations\": [{\"from\": \"human\", \"value\": \"h\"}, {\"from\": \"gpt\", \"value\": \"g\"}, {\"from\": \"human\", \"value\": "
      "\"i\"}]}",
      "1:h\ni\n|" },
    { "csv", "id,question,answer\n1,\"a \"\"b\"\"\nc\",2\n2,d,3", "2:a \"b\"\nc|4:d|" },
    { "tsv", "problem\tx\na, b\t1\n", "2:a, b|" },
    { "csv", "a,b\n1,2\n", "" },
    { "json", "[{\"question\": \"a\"}, {\"question\": ", "1:a|" },
    { "yaml", "question: a", "" },
  };
  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GString) records = g_string_new (NULL);
    cd_records_visit (cases[i].text, strlen (cases[i].text), cases[i].language, write_record, records);
    if (strcmp (records->str, cases[i].records) != 0)
      fail_msg ("%s: \"%s\" instead of \"%s\"", cases[i].text, records->str, cases[i].records);
  }
}

/* Problems of one file, by lines from 1 on. */
static CdOverlap *
index_of (const char *const *problems)
{
  CdOverlap *overlap = cd_overlap_new ();
  for (guint i = 0; problems[i] != NULL; i++)
    assert_true (cd_overlap_add (overlap, problems[i], strlen (problems[i]), 0, i + 1));
  cd_overlap_seal (overlap);
  return overlap;
}

/* "line shared/of" or "line =", one after the other. */
static void
assert_found (CdOverlap *overlap, const char *text, const char *want)
{
  g_autoptr (GString) got = g_string_new (NULL);
  const GArray *matches = cd_overlap_find (overlap, text, strlen (text));
  for (guint i = 0; i < matches->len; i++) {
    const CdOverlapMatch *match = &g_array_index (matches, CdOverlapMatch, i);
    const CdOverlapItem *item = &g_array_index (cd_overlap_items (overlap, match->problem), CdOverlapItem, 0);
    if (match->exact)
      g_string_append_printf (got, "%u = ", item->line);
    else
      g_string_append_printf (got, "%u %u/%u ", item->line, match->shared, match->of);
  }
  if (strcmp (got->str, want) != 0)
    fail_msg ("\"%s\" gives \"%s\" instead of \"%s\"", text, got->str, want);
}

#define GARDEN "In the garden of a school 24 children plant beans in 6 long rows and every child waters exactly 3 of the rows each morning"
#define TRAIN "A train leaves the northern station at noon while another leaves the southern one and both arrive in the middle at the same time"

static void
test_whole_and_half (void **state)
{
  (void) state;
  g_autoptr (CdOverlap) overlap
      = index_of ((const char *const[]){ GARDEN ".", TRAIN "?", "What is 2 plus 2?", "Find the least prime above one hundred.", NULL });
  assert_found (overlap, GARDEN, "1 = ");
  assert_found (overlap, "Solve this: " GARDEN ". Think.", "1 13/13 ");
  assert_found (overlap, "every child waters exactly 3 of the rows each morning and no other", "");
  assert_found (overlap, "school 24 children plant beans in 6 long rows and every child waters exactly 3 of the rows each evening", "1 7/13 ");
  assert_found (overlap, TRAIN " " GARDEN, "1 13/13 2 12/12 ");
  assert_found (overlap, "What is 2 plus 2?", "");
  assert_found (overlap, "find the LEAST prime above one hundred", "");
  assert_found (overlap, "", "");
}

static void
test_another_number_is_another_problem (void **state)
{
  (void) state;
  const char *problem
      = "Sixty workers build a wall of 120 metres within a month when each of them lays as many bricks as the others do every single day; "
        "how many metres do they build if the boss sends home every other one of them on the first of the month and calls back 5?";
  g_autoptr (CdOverlap) overlap = index_of ((const char *const[]){ problem, NULL });
  g_autoptr (GString) other = g_string_new (problem);
  assert_found (overlap, other->str, "1 = ");
  g_string_replace (other, "month and", "month, dear pupils, and", 0);
  assert_int_equal (cd_overlap_find (overlap, other->str, other->len)->len, 1);
  g_string_replace (other, "120", "121", 0);
  assert_found (overlap, other->str, "");
  g_string_assign (other, problem);
  g_string_replace (other, "back 5", "back 6", 0);
  assert_found (overlap, other->str, "");
}

static void
test_templates (void **state)
{
  (void) state;
#define BOILER " please reason step by step and put your final answer within a box"
  g_autoptr (CdOverlap) overlap
      = index_of ((const char *const[]){ GARDEN BOILER, TRAIN BOILER, "One fish" BOILER, "Two birds" BOILER, "Red dogs" BOILER,
                                         "Some blue cats with very long tails sleep there" BOILER, "Old cows" BOILER, NULL });
  assert_found (overlap, "Something else altogether" BOILER, "");
  assert_found (overlap, GARDEN, "1 13/13 ");
  assert_found (overlap, "Some blue cats with very long tails sleep there.", "6 = ");
}

static void
test_places_of_a_problem (void **state)
{
  (void) state;
  g_autoptr (CdOverlap) overlap = cd_overlap_new ();
  cd_overlap_add (overlap, GARDEN, strlen (GARDEN), 0, 4);
  cd_overlap_add (overlap, "1. " GARDEN "!", strlen (GARDEN) + 4, 2, 9);
  cd_overlap_seal (overlap);
  assert_int_equal (cd_overlap_length (overlap), 1);
  const GArray *items = cd_overlap_items (overlap, 0);
  assert_int_equal (items->len, 2);
  assert_int_equal (g_array_index (items, CdOverlapItem, 1).file, 2);
  assert_int_equal (g_array_index (items, CdOverlapItem, 1).line, 9);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_normal_forms),   cmocka_unit_test (test_records),
    cmocka_unit_test (test_whole_and_half), cmocka_unit_test (test_another_number_is_another_problem),
    cmocka_unit_test (test_templates),      cmocka_unit_test (test_places_of_a_problem),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
