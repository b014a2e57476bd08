/* Assessments: the file read and written, every fault at its place, any text coming back as it was, and answers in the rubric's order. */
#include "assessment/assessment.h"
#include "base/yaml.h"
#include "rules.h"
#include <glib/gstdio.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define COMMIT "0123456789abcdef0123456789abcdef01234567"
#define BLOB "89abcdef0123456789abcdef0123456789abcdef"
#define HOSTILE_ROUNDS 400u

const CdProbeRow cd_probe_table[] = { { NULL, NULL } };

typedef struct {
  char *root;
  CdData *data;
  CdSignals *signals;
  CdProbes *probes;
  CdRubric *rubric;
} Setup;

static int
setup (void **state)
{
  static const char *const files[] = { "probes/p.yaml", "probes:\n  - {id: a, question: q, says: a, fix: f, find: {any: [{path: x}]}}\n", "r.yaml",
                                       "rubric: r\nversion: \"2\"\nname: Name\nsource: s\ndimensions:\n  - {id: one, name: One}\ncriteria:\n"
                                       "  - {id: data.first, dimension: one, question: q, points: 3, when: a}\n"
                                       "  - {id: data.second, dimension: one, question: q, points: 2, when: a}\n"
                                       "  - {id: eval.third, dimension: one, question: q, points: 1, when: a}\n",
                                       NULL };
  Setup *made = g_new0 (Setup, 1);
  g_autoptr (GError) error = NULL;
  made->root = rules_new (files);
  made->data = cd_data_new (made->root, &error);
  made->signals = cd_signals_load (made->data, NULL, &error);
  made->probes = cd_probes_load (made->data, made->signals, &error);
  made->rubric = cd_rubric_load (made->data, "r", made->probes, &error);
  assert_null (error);
  *state = made;
  return 0;
}

static int
teardown (void **state)
{
  Setup *made = *state;
  cd_rubric_free (made->rubric);
  cd_probes_free (made->probes);
  cd_signals_free (made->signals);
  cd_data_free (made->data);
  rules_free (made->root);
  g_free (made);
  return 0;
}

static const CdRubric *
rubric_of (void **state)
{
  return ((Setup *) *state)->rubric;
}

static CdAssessment *
must_parse (const CdRubric *rubric, const char *text)
{
  g_autoptr (GError) error = NULL;
  CdAssessment *assessment = cd_assessment_parse ("a.yaml", text, strlen (text), rubric, &error);
  if (assessment == NULL)
    fail_msg ("%s\n%s", error->message, text);
  return assessment;
}

#define GOOD                                                                                                                                         \
  "format: candor-assessment/1\n"                                                                                                                    \
  "work: https://example.org/o/w\n"                                                                                                                  \
  "subdir: projects/lamp\n"                                                                                                                          \
  "commit: " COMMIT "\n"                                                                                                                             \
  "rubric: {id: r, version: 2}\n"                                                                                                                    \
  "assessor: {name: Ada Lovelace, kind: person}\n"                                                                                                   \
  "date: 2025-02-28\n"                                                                                                                               \
  "answers:\n"                                                                                                                                       \
  "  - id: eval.third\n"                                                                                                                             \
  "    answer: yes\n"                                                                                                                                \
  "    reason: it says so\n"                                                                                                                         \
  "    evidence:\n"                                                                                                                                  \
  "      - {path: README.md, line: 12, end: 14, blob: " BLOB "}\n"                                                                                   \
  "      - {path: a b/ü.py, line: 3}\n"                                                                                                             \
  "      - path: LICENSE\n"                                                                                                                          \
  "  - {id: data.first, answer: \"no\"}\n"

static void
a_file_is_read (void **state)
{
  g_autoptr (CdAssessment) read = must_parse (rubric_of (state), GOOD);
  assert_string_equal (read->file, "a.yaml");
  assert_string_equal (read->work, "https://example.org/o/w");
  assert_string_equal (read->subdir, "projects/lamp");
  assert_string_equal (read->commit, COMMIT);
  assert_string_equal (read->rubric, "r");
  assert_string_equal (read->version, "2");
  assert_string_equal (read->assessor, "Ada Lovelace");
  assert_int_equal (read->kind, CD_READER_PERSON);
  assert_true (isnan (read->agreement));
  assert_string_equal (read->date, "2025-02-28");
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, GOOD, -1);
  assert_string_equal (read->sha256, digest);
  assert_int_equal (read->responses->len, 2);
  const CdResponse *first = read->responses->pdata[0], *third = read->responses->pdata[1];
  assert_string_equal (first->criterion, "data.first");
  assert_int_equal (first->answer, CD_ANSWER_NO);
  assert_string_equal (first->reason, "");
  assert_int_equal (first->evidence->len, 0);
  assert_int_equal (first->line, 16);
  assert_ptr_equal (cd_assessment_find (read, "eval.third"), third);
  assert_null (cd_assessment_find (read, "data.second"));
  assert_int_equal (third->answer, CD_ANSWER_YES);
  assert_int_equal (third->evidence->len, 3);
  const CdCitation *lines = third->evidence->pdata[0], *line = third->evidence->pdata[1], *whole = third->evidence->pdata[2];
  assert_string_equal (lines->path, "README.md");
  assert_int_equal (lines->line, 12);
  assert_int_equal (lines->end, 14);
  assert_string_equal (lines->blob, BLOB);
  assert_string_equal (line->path, "a b/ü.py");
  assert_int_equal (line->end, 3);
  assert_null (line->blob);
  assert_int_equal (whole->line, 0);
  assert_int_equal (whole->end, 0);
}

/* GOOD with one piece of it replaced. Caller frees. */
static char *
with (const char *piece, const char *by)
{
  const char *at = strstr (GOOD, piece);
  assert_non_null (at);
  return g_strdup_printf ("%.*s%s%s", (int) (at - GOOD), GOOD, by, at + strlen (piece));
}

static void
every_fault_has_its_place (void **state)
{
  static const struct {
    const char *piece, *by, *message;
  } cases[] = {
    { "format: candor-assessment/1", "format: candor-assessment/2", "1:9: expected the format candor-assessment/1" },
    { "format: candor-assessment/1\n", "", "1:1: \"format\" is missing" },
    { "work: ", "wor: ", "2:1: unknown key \"wor\"; did you mean \"work\"?" },
    { "https://example.org/o/w", "\"a\\nb\"", "2:7: \"work\" holds the control character U+000A" },
    { "work: https://example.org/o/w", "work: {a: b}", "2:7: \"work\" must be a string" },
    { "projects/lamp", "/projects", "3:9: \"subdir\" must be a path inside the repository, relative and without \"..\"" },
    { "commit: 0", "commit: g", "4:9: \"commit\" is no object id: expected 40 hexadecimal digits in lower case" },
    { COMMIT, "HEAD", "4:9: \"commit\" is no object id" },
    { "id: r,", "id: other,", "5:14: the answers are to the rubric \"other\", not to \"r\"" },
    { "{id: r, version: 2}", "{id: r}", "5:9: \"version\" is missing" },
    { "rubric: {id: r, version: 2}\n", "", "1:1: \"rubric\" is missing" },
    { "version: 2", "versoin: 2", "5:17: unknown key \"versoin\"; did you mean \"version\"?" },
    { "Ada Lovelace", "\"\"", "6:18: \"name\" is empty" },
    { "Ada Lovelace", "\"Ada\\e[31m\"", "6:18: \"name\" holds the control character U+001B" },
    { "kind: person", "kind: persons", "6:38: \"kind\" is \"persons\", which is none of: person, model, adjudication" },
    { "kind: person", "kind: person, agreement: 0.9", "6:46: \"agreement\" is told of models only" },
    { "kind: person", "kind: model, agreement: 1.1", "6:56: \"agreement\" must be a number from 0 to 1" },
    { "kind: person", "kind: model, agreement: high", "6:56: \"agreement\" must be a number from 0 to 1" },
    { "2025-02-28", "2025-02-29", "7:7: \"date\" is no day: expected YYYY-MM-DD" },
    { "2025-02-28", "28.02.2025", "7:7: \"date\" is no day" },
    { "2025-02-28", "2025-2-028", "7:7: \"date\" is no day" },
    { "eval.third", "eval.thrid", "9:9: there is no criterion \"eval.thrid\"; did you mean \"eval.third\"?" },
    { "eval.third", "zzz", "9:9: there is no criterion \"zzz\"" },
    { "eval.third", "data.first", "16:10: \"data.first\" is answered already on line 9" },
    { "answer: yes", "answer: maybe", "10:13: \"answer\" is \"maybe\", which is none of: later, no, yes" },
    { "answer: yes\n", "answer:\n", "10:12: \"answer\" must be a string" },
    { "    answer: yes\n", "", "9:5: \"answer\" is missing" },
    { "reason: it says so", "reasons: it says so", "11:5: unknown key \"reasons\"; did you mean \"reason\"?" },
    { "reason: it says so", "reason: [a]", "11:13: \"reason\" must be a string" },
    { "it says so", "\"bell \\a\"", "11:13: \"reason\" holds the control character U+0007" },
    { "it says so", "\"\\x9b31m\"", "11:13: \"reason\" holds the control character U+009B" },
    { "it says so", "raw \x01", "11:" },
    { "it says so", "bad \xff", "11:" },
    { "line: 12", "line: 0", "13:33: \"line\" must be a line number, from 1" },
    { "line: 12", "line: -3", "13:33: \"line\" must be a line number, from 1" },
    { "line: 12", "line: 4294967296", "13:33: \"line\" must be a line number, from 1" },
    { "line: 12", "line: many", "13:33: \"line\" must be a line number, from 1" },
    { "end: 14", "end: 11", "13:42: \"end\" lies before \"line\"" },
    { "line: 12, ", "", "13:32: \"end\" stands without \"line\"" },
    { "blob: 8", "blob: 88", "13:52: \"blob\" is no object id" },
    { "README.md", "/etc/passwd", "13:16: \"path\" must be a path inside" },
    { "README.md", "a/../../b", "13:16: \"path\" must be a path inside" },
    { "README.md", "\"\"", "13:16: \"path\" must be a path inside" },
    { "path: README.md, ", "", "13:9: \"path\" is missing" },
    { "path: a b", "pat: a b", "14:10: unknown key \"pat\"; did you mean \"path\"?" },
    { "      - path: LICENSE\n", "      - LICENSE\n", "15:9: expected keys with values here" },
    { "answers:\n", "answers: {}\nx:\n", "9:1: unknown key \"x\"" },
    { "  - {id: data.first, answer: \"no\"}\n", "  - data.first\n", "16:5: expected keys with values here" },
    { "  - {id: data.first, answer: \"no\"}\n", "  - &a {id: data.first, answer: \"no\"}\n", "16:5: anchors and aliases are not allowed here" },
    { "{id: data.first, answer: \"no\"}", "{id: data.first, answer: no, evidence: README.md}", "16:44: \"evidence\" must be a list" },
    { "{id: data.first, answer: \"no\"}", "{id: data.first, id: b}", "16:22: key \"id\" stands already on line 16" },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = with (cases[i].piece, cases[i].by);
    g_autofree char *expected = g_strconcat ("a.yaml:", cases[i].message, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (CdAssessment) read = cd_assessment_parse ("a.yaml", text, strlen (text), rubric_of (state), &error);
    const char *message = read != NULL ? "(taken)" : error->message;
    if (read == NULL)
      assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
    if (!g_str_has_prefix (message, expected)) {
      print_error ("case %zu: \"%s\" instead of \"%s\"\n", i, message, expected);
      wrong++;
    }
  }
  assert_int_equal (wrong, 0);
}

static void
without_a_rubric_any_criterion_is_taken (void **state)
{
  (void) state;
  g_autofree char *text = with ("eval.third", "of.another");
  g_autoptr (CdAssessment) read = must_parse (NULL, text);
  assert_string_equal (((CdResponse *) read->responses->pdata[0])->criterion, "of.another");
  g_autofree char *twice = with ("eval.third", "data.first");
  g_autoptr (GError) error = NULL;
  assert_null (cd_assessment_parse ("a.yaml", twice, strlen (twice), NULL, &error));
  assert_string_equal (error->message, "a.yaml:16:10: \"data.first\" is answered already on line 9");
}

static void
no_assessment_at_all (void **state)
{
  static const char *const texts[] = { "", "- a\n", "text\n", "format: candor-assessment/1\n", "{}\n---\n{}\n", "\xff\xfe\x00" };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    assert_null (cd_assessment_parse ("a.yaml", texts[i], strlen (texts[i]), rubric_of (state), &error));
    assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
    assert_true (g_str_has_prefix (error->message, "a.yaml:"));
  }
  g_autoptr (GError) error = NULL;
  assert_null (cd_assessment_load ("/nowhere/at/all.yaml", rubric_of (state), &error));
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
  assert_string_equal (error->message, "/nowhere/at/all.yaml: No such file or directory");
}

static void
assert_same (const CdAssessment *a, const CdAssessment *b)
{
  assert_string_equal (a->work, b->work);
  assert_string_equal (a->subdir, b->subdir);
  assert_string_equal (a->commit, b->commit);
  assert_string_equal (a->rubric, b->rubric);
  assert_string_equal (a->version, b->version);
  assert_string_equal (a->assessor, b->assessor);
  assert_int_equal (a->kind, b->kind);
  assert_true (isnan (a->agreement) ? isnan (b->agreement) : a->agreement == b->agreement);
  assert_string_equal (a->date, b->date);
  assert_int_equal (a->responses->len, b->responses->len);
  for (guint i = 0; i < a->responses->len; i++) {
    const CdResponse *x = a->responses->pdata[i], *y = b->responses->pdata[i];
    assert_string_equal (x->criterion, y->criterion);
    assert_int_equal (x->answer, y->answer);
    assert_string_equal (x->reason, y->reason);
    assert_int_equal (x->evidence->len, y->evidence->len);
    for (guint k = 0; k < x->evidence->len; k++) {
      const CdCitation *left = x->evidence->pdata[k], *right = y->evidence->pdata[k];
      assert_string_equal (left->path, right->path);
      assert_int_equal (left->line, right->line);
      assert_int_equal (left->end, right->end);
      assert_int_equal (g_strcmp0 (left->blob, right->blob), 0);
    }
  }
}

static CdAssessment *
sample (const char *reason, const char *path)
{
  CdAssessment *made = cd_assessment_new (CD_READER_MODEL, "model: \"x\" #1");
  char **const texts[] = { &made->work, &made->commit, &made->rubric, &made->version, &made->date };
  static const char *const values[] = { "yes", COMMIT, "r", "2", "2024-02-29" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_free (*texts[i]);
    *texts[i] = g_strdup (values[i]);
  }
  CdResponse *response = cd_response_new ("data.second", CD_ANSWER_YES, reason);
  g_ptr_array_add (response->evidence, cd_citation_new (path, 7, 9, BLOB));
  g_ptr_array_add (response->evidence, cd_citation_new (path, 0, 0, NULL));
  g_ptr_array_add (made->responses, response);
  g_ptr_array_add (made->responses, cd_response_new ("eval.third", CD_ANSWER_LATER, reason));
  return made;
}

static void
must_come_back (const CdRubric *rubric, const CdAssessment *made)
{
  g_autofree char *text = cd_assessment_text (made);
  g_autoptr (CdAssessment) read = must_parse (rubric, text);
  assert_same (made, read);
  g_autofree char *again = cd_assessment_text (read);
  assert_string_equal (text, again);
}

static void
any_text_comes_back (void **state)
{
  static const char *const texts[] = {
    "",
    " ",
    "yes",
    "no",
    "null",
    "~",
    "1e3",
    "0x10",
    "2024-01-01",
    "a: b # c",
    "- item",
    "\"quoted\" and 'single' \\ back\\slash \\n",
    "one\ntwo",
    "one\n\n  three\nfour",
    "one \ntwo",
    "\none",
    "one\n",
    " one\ntwo",
    "tab\tand\nline",
    "--- \n...\n%YAML",
    "naïve – “quotes” 日本語 👩‍🔬 \xf0\x9f\x87\xa9\xf0\x9f\x87\xaa",
    "line\xe2\x80\xa8separator \xe2\x80\xae reversed \xef\xbb\xbf mark \xc2\x85 next \xef\xbf\xbf",
    "{a: [b, \"c\"]} | > ! & * ? @ `",
    "two  spaces  between  words",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (CdAssessment) made = sample (texts[i], "a: \"b\"/\t\x01\xe2\x80\xae.md");
    must_come_back (rubric_of (state), made);
  }
}

static void
very_long_text_comes_back_and_is_folded (void **state)
{
  GString *words = g_string_new ("start");
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (words, "%sword%u", i % 7 == 0 ? "  " : i % 11 == 0 ? " - " : i % 13 == 0 ? ": " : " ", i);
  g_autofree char *text = g_string_free (words, FALSE);
  g_autoptr (CdAssessment) made = sample (text, "README.md");
  must_come_back (rubric_of (state), made);
  g_autofree char *written = cd_assessment_text (made);
  g_auto (GStrv) lines = g_strsplit (written, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    assert_in_range (strlen (lines[i]), 0, 180);
  g_autofree char *unbroken = g_strnfill (300000, 'x');
  g_autoptr (CdAssessment) other = sample (unbroken, unbroken);
  must_come_back (rubric_of (state), other);
}

/* A text of up to 40 code points, picked so that what steers YAML comes up often. */
static char *
hostile_text (GRand *random)
{
  static const gunichar special[]
      = { ' ', ' ', '\n', '\t', '"',  '\'', '\\',   ':',    '#',    '-',    '|',    '>',    '%',     '{',     ']',      ',', '&', '*',
          '!', '?', '@',  '`',  0x85, 0xa0, 0x2028, 0x2029, 0x202e, 0xfeff, 0xfffd, 0xfffe, 0x1f600, 0xe0001, 0x10ffff, 'n', 'y' };
  GString *text = g_string_new (NULL);
  for (gint left = g_rand_int_range (random, 0, 40); left > 0; left--) {
    gunichar c = special[g_rand_int_range (random, 0, G_N_ELEMENTS (special))];
    if (g_rand_int_range (random, 0, 8) == 0)
      c = (gunichar) g_rand_int_range (random, 1, 0x110000);
    if (c < 0xd800 || c > 0xdfff)
      g_string_append_unichar (text, c);
  }
  return g_string_free (text, FALSE);
}

static void
random_hostile_text_comes_back (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  for (guint i = 0; i < HOSTILE_ROUNDS; i++) {
    g_autofree char *reason = hostile_text (random), *path = hostile_text (random);
    g_strdelimit (path, "/", '_');
    g_autofree char *inside = g_strconcat ("d/", path, "x", NULL);
    g_autoptr (CdAssessment) made = sample (reason, inside);
    made->agreement = g_rand_double (random);
    must_come_back (rubric_of (state), made);
  }
}

static void
what_a_file_cannot_hold_is_spelt_out (void **state)
{
  g_autoptr (CdAssessment) made = cd_assessment_new (CD_READER_PERSON, "A\nB\x1b[1m\xff");
  assert_string_equal (made->assessor, "A B\\u{1B}[1m\\xFF");
  g_autoptr (CdResponse) response = cd_response_new ("data.first", CD_ANSWER_NO, "a\nb\t\x07\x7f\xc2\x9b\xfe");
  assert_string_equal (response->reason, "a\nb\t\\u{7}\\u{7F}\\u{9B}\\xFE");
  g_autoptr (CdAssessment) filled = sample (response->reason, "x");
  must_come_back (rubric_of (state), filled);
  g_autoptr (CdResponse) none = cd_response_new ("data.first", CD_ANSWER_NO, NULL);
  assert_string_equal (none->reason, "");
}

static void
assert_order (const CdAssessment *assessment, const char *expected)
{
  g_autoptr (GString) got = g_string_new (NULL);
  for (guint i = 0; i < assessment->responses->len; i++) {
    const CdResponse *response = assessment->responses->pdata[i];
    g_string_append_printf (got, "%s%s=%s", i > 0 ? " " : "", response->criterion, cd_answer_name (response->answer));
  }
  assert_string_equal (got->str, expected);
}

static void
answers_stand_in_the_rubrics_order (void **state)
{
  const CdRubric *rubric = rubric_of (state);
  g_autoptr (CdAssessment) made = cd_assessment_new (CD_READER_PERSON, "Ada");
  cd_assessment_set (made, rubric, cd_response_new ("eval.third", CD_ANSWER_YES, ""));
  cd_assessment_set (made, rubric, cd_response_new ("data.first", CD_ANSWER_NO, ""));
  cd_assessment_set (made, rubric, cd_response_new ("data.second", CD_ANSWER_LATER, ""));
  assert_order (made, "data.first=no data.second=later eval.third=yes");
  cd_assessment_set (made, rubric, cd_response_new ("data.second", CD_ANSWER_YES, ""));
  assert_order (made, "data.first=no data.second=yes eval.third=yes");
  assert_true (cd_assessment_remove (made, "data.first"));
  assert_false (cd_assessment_remove (made, "data.first"));
  assert_order (made, "data.second=yes eval.third=yes");
  cd_assessment_set (made, rubric, cd_response_new ("data.first", CD_ANSWER_YES, ""));
  assert_order (made, "data.first=yes data.second=yes eval.third=yes");
}

static void
a_file_is_replaced_as_a_whole_or_not_at_all (void **state)
{
  const Setup *made = *state;
  g_autofree char *file = g_build_filename (made->root, "assessment.yaml", NULL);
  g_autofree char *nowhere = g_build_filename (made->root, "no", "such", "folder.yaml", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CdAssessment) first = sample ("first", "README.md"), second = sample ("second", "README.md");
  assert_true (cd_assessment_save (first, file, &error));
  assert_true (cd_assessment_save (second, file, &error));
  g_autoptr (CdAssessment) read = cd_assessment_load (file, made->rubric, &error);
  assert_null (error);
  assert_same (second, read);
  assert_false (cd_assessment_save (first, nowhere, &error));
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INTERNAL));
}

static void
a_copy_shares_nothing (void **state)
{
  g_autoptr (CdAssessment) made = sample ("why", "README.md");
  CdResponse *original = made->responses->pdata[0];
  g_autoptr (CdResponse) copy = cd_response_copy (original);
  cd_assessment_remove (made, "data.second");
  assert_string_equal (copy->criterion, "data.second");
  assert_string_equal (copy->reason, "why");
  assert_int_equal (copy->evidence->len, 2);
  assert_string_equal (((CdCitation *) copy->evidence->pdata[0])->blob, BLOB);
  (void) state;
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_file_is_read),
    cmocka_unit_test (every_fault_has_its_place),
    cmocka_unit_test (without_a_rubric_any_criterion_is_taken),
    cmocka_unit_test (no_assessment_at_all),
    cmocka_unit_test (any_text_comes_back),
    cmocka_unit_test (very_long_text_comes_back_and_is_folded),
    cmocka_unit_test (random_hostile_text_comes_back),
    cmocka_unit_test (what_a_file_cannot_hold_is_spelt_out),
    cmocka_unit_test (answers_stand_in_the_rubrics_order),
    cmocka_unit_test (a_file_is_replaced_as_a_whole_or_not_at_all),
    cmocka_unit_test (a_copy_shares_nothing),
  };
  return cmocka_run_group_tests (tests, setup, teardown);
}
