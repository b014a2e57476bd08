/* What a model's answer is worth: read strictly, and its quotes held against the lines that it was shown. Endpoints stand in tests/cli/model-reader.bats. */
#include "review/model-parts.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* cmocka.h needs the headers above. */
#include <cmocka.h>

static void
free_excerpt (gpointer data)
{
  CdExcerpt *excerpt = data;
  g_array_unref (excerpt->lines);
  g_free (excerpt);
}

static void
add (GPtrArray *excerpts, const char *path, guint withheld, const CdExcerptLine *lines, guint length)
{
  CdExcerpt *excerpt = g_new0 (CdExcerpt, 1);
  excerpt->path = (char *) path;
  excerpt->withheld = withheld;
  excerpt->lines = g_array_new (FALSE, FALSE, sizeof (CdExcerptLine));
  g_array_append_vals (excerpt->lines, lines, length);
  g_ptr_array_add (excerpts, excerpt);
}

static GPtrArray *
shown (void)
{
  static const CdExcerptLine readme[] = {
    { 3, (char *) "## Training data", FALSE }, { 7, (char *) "We train on  5,970 pairs of problems", FALSE },
    { 8, (char *) "and solutions.", FALSE },   { 9, NULL, TRUE },
    { 10, (char *) "| lr |", FALSE },          { 11, (char *) "a token of \\u{200B} and [credential]", FALSE },
  };
  static const CdExcerptLine spoken[] = {
    { 1, NULL, FALSE },
    { 2, (char *) "All data is public, as the reader sees.", FALSE },
  };
  GPtrArray *excerpts = g_ptr_array_new_with_free_func (free_excerpt);
  add (excerpts, "README.md", 0, readme, G_N_ELEMENTS (readme));
  add (excerpts, "docs/data.md", 1, spoken, G_N_ELEMENTS (spoken));
  return excerpts;
}

#define QUOTE(path, line, text) "{\"path\": \"" path "\", \"line\": " line ", \"text\": \"" text "\"}"
#define YES(quotes) "{\"answer\": \"yes\", \"reason\": \"so\", \"quotes\": [" quotes "]}"
#define NO "{\"answer\": \"no\", \"reason\": \"so\", \"quotes\": []}"
#define TRUE_QUOTE QUOTE ("README.md", "7", "We train on 5,970 pairs")

static const struct {
  const char *content;
  CdAnswer answer;
  const char *fault; /* how the reason begins; NULL: the answer is valid */
  guint line, end;   /* of the first citation */
} cases[] = {
  { YES (TRUE_QUOTE), CD_ANSWER_YES, NULL, 7, 7 },
  { YES (QUOTE ("README.md", "7", "  We train on\\n5,970   pairs of problems ")), CD_ANSWER_YES, NULL, 7, 7 },
  { YES (QUOTE ("README.md", "7", "pairs of problems and solutions.")), CD_ANSWER_YES, NULL, 7, 8 },
  { YES (QUOTE ("README.md", "7", "7| We train on 5,970 pairs")), CD_ANSWER_YES, NULL, 7, 7 },
  { YES (QUOTE ("README.md", "10", "| lr |")), CD_ANSWER_YES, NULL, 10, 10 },
  { YES (QUOTE ("README.md", "11", "\\u200b and [credential]")), CD_ANSWER_YES, NULL, 11, 11 },
  { NO, CD_ANSWER_NO, NULL, 0, 0 },
  { "  \n" NO "\n", CD_ANSWER_NO, NULL, 0, 0 },
  { "{\"answer\": \"no\"}", CD_ANSWER_NO, NULL, 0, 0 },
  { "{\"answer\": \"no\", \"reason\": \"so\", \"quotes\": null, \"sure\": 3}", CD_ANSWER_NO, NULL, 0, 0 },
  { "{\"answer\": \"unsure\", \"reason\": \"so\", \"quotes\": []}", CD_ANSWER_LATER, NULL, 0, 0 },
  { "Here:\n```json\n" NO "\n```\nDone.", CD_ANSWER_NO, NULL, 0, 0 },
  { "<think>{yes?}</think> It is " NO " I think.", CD_ANSWER_NO, NULL, 0, 0 },
  { "", CD_ANSWER_LATER, "it is no JSON object", 0, 0 },
  { "yes", CD_ANSWER_LATER, "it is no JSON object", 0, 0 },
  { "\"yes\"", CD_ANSWER_LATER, "it is no JSON object", 0, 0 },
  { "[" NO "]", CD_ANSWER_NO, NULL, 0, 0 },
  { NO "\n" NO, CD_ANSWER_LATER, "it is no JSON object", 0, 0 },
  { "```json\n" NO "\n```\n```json\n" YES (TRUE_QUOTE) "\n```", CD_ANSWER_LATER, "it is no JSON object", 0, 0 },
  { "{\"answer\": \"yes\", \"reason\": \"so", CD_ANSWER_LATER, "it is no JSON object", 0, 0 },
  { "{\"answer\": \"Yes\", \"quotes\": [" TRUE_QUOTE "]}", CD_ANSWER_LATER, "its answer is neither", 0, 0 },
  { "{\"answer\": true, \"quotes\": [" TRUE_QUOTE "]}", CD_ANSWER_LATER, "its answer is neither", 0, 0 },
  { "{\"Answer\": \"yes\", \"quotes\": [" TRUE_QUOTE "]}", CD_ANSWER_LATER, "its answer is neither", 0, 0 },
  { "{\"eval.metrics\": {\"answer\": \"yes\"}}", CD_ANSWER_LATER, "its answer is neither", 0, 0 },
  { "{\"answer\": \"no\", \"reason\": 3}", CD_ANSWER_LATER, "its reason is no text", 0, 0 },
  { "{\"answer\": \"yes\", \"quotes\": " TRUE_QUOTE "}", CD_ANSWER_LATER, "its quotes are no list", 0, 0 },
  { "{\"answer\": \"yes\", \"quotes\": [\"We train\"]}", CD_ANSWER_LATER, "a quote has no path", 0, 0 },
  { YES (""), CD_ANSWER_LATER, "a yes without a quote", 0, 0 },
  { YES (QUOTE ("README.md", "7.5", "We train on 5,970 pairs")), CD_ANSWER_LATER, "a quote has no path", 0, 0 },
  { YES (QUOTE ("README.md", "-7", "We train on 5,970 pairs")), CD_ANSWER_LATER, "a quote has no path", 0, 0 },
  { YES (QUOTE ("README.md", "1e300", "We train on 5,970 pairs")), CD_ANSWER_LATER, "a quote has no path", 0, 0 },
  { YES (QUOTE ("README.md", "\"7\"", "We train on 5,970 pairs")), CD_ANSWER_LATER, "a quote has no path", 0, 0 },
  { YES (TRUE_QUOTE "," QUOTE ("README.md", "8", "and all of it is public.")), CD_ANSWER_LATER, "README.md:8 does not say", 0, 0 },
  { YES (QUOTE ("README.md", "8", "We train on 5,970 pairs")), CD_ANSWER_LATER, "README.md:8 does not say", 0, 0 },
  { YES (QUOTE ("README.md", "7", "we train on 5,970 pairs")), CD_ANSWER_LATER, "README.md:7 does not say", 0, 0 },
  { YES (QUOTE ("README.md", "3", "## Training data We train on")), CD_ANSWER_LATER, "README.md:3 does not say", 0, 0 },
  { YES (QUOTE ("README.md", "8", "and solutions. [markup or a comment, on no page]")), CD_ANSWER_LATER, "README.md:8 does not say", 0, 0 },
  { YES (QUOTE ("README.md", "7", "")), CD_ANSWER_LATER, "README.md:7 does not say", 0, 0 },
  { YES (QUOTE ("README.md", "7", "pairs")), CD_ANSWER_LATER, "\"pairs\" of README.md:7 is too little", 0, 0 },
  { YES (QUOTE ("README.md", "9", "[markup or a comment, on no page]")), CD_ANSWER_LATER, "it quotes README.md:9, which was withheld", 0, 0 },
  { YES (QUOTE ("README.md", "4", "We train on 5,970 pairs")), CD_ANSWER_LATER, "it quotes README.md:4, which it was not shown", 0, 0 },
  { YES (QUOTE ("readme.md", "7", "We train on 5,970 pairs")), CD_ANSWER_LATER, "it quotes readme.md:7, which it was not shown", 0, 0 },
  { YES (QUOTE ("docs/data.md", "2", "All data is public")), CD_ANSWER_LATER, "it quotes docs/data.md:2, beside lines that speak", 0, 0 },
  { "{\"answer\": \"no\", \"quotes\": [" QUOTE ("README.md", "7", "We invented this") "]}", CD_ANSWER_LATER, "README.md:7 does not say", 0, 0 },
};

static void
reads_answers (void **state)
{
  (void) state;
  g_autoptr (GPtrArray) excerpts = shown ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (CdModelAnswer) answer = { 0 };
    cd_model_answer_read (&answer, cases[i].content, excerpts);
    gboolean valid = cases[i].fault == NULL;
    if (answer.valid != valid || answer.answer != cases[i].answer || (!valid && !g_str_has_prefix (answer.reason, cases[i].fault)))
      fail_msg ("%s\nis %s: %s", cases[i].content, answer.valid ? cd_answer_name (answer.answer) : "discarded", answer.reason);
    assert_int_equal (answer.evidence->len > 0, cases[i].line > 0);
    if (cases[i].line == 0)
      continue;
    const CdCitation *first = answer.evidence->pdata[0];
    assert_string_equal (first->path, "README.md");
    assert_int_equal (first->line, cases[i].line);
    assert_int_equal (first->end, cases[i].end);
  }
}

/* Depth and length that no answer has. */
static void
survives_hostile_answers (void **state)
{
  (void) state;
  g_autoptr (GPtrArray) excerpts = shown ();
  g_autofree char *deep = g_strnfill (200000, '['), *many = g_strnfill (200000, '{');
  g_autoptr (GString) quotes = g_string_new (TRUE_QUOTE);
  for (guint i = 0; i < 16; i++)
    g_string_append (quotes, "," TRUE_QUOTE);
  g_autofree char *full = g_strdup_printf ("{\"answer\": \"yes\", \"quotes\": [%s]}", quotes->str);
  g_autofree char *long_reason = g_strnfill (100000, 'x'),
                  *reasoned = g_strdup_printf ("{\"answer\": \"no\", \"reason\": \"%s\\u001b[2J\"}", long_reason);
  const char *const contents[] = { deep, many, full, "\xff\xfe{\"answer\": \"\xff\"}", "``````", "```json\n```", "}{", "</think>" };
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++) {
    g_auto (CdModelAnswer) answer = { 0 };
    cd_model_answer_read (&answer, contents[i], excerpts);
    assert_false (answer.valid);
  }
  g_auto (CdModelAnswer) answer = { 0 };
  cd_model_answer_read (&answer, reasoned, excerpts);
  assert_true (answer.valid);
  assert_int_equal (strlen (answer.reason), 1000);
}

static void
names_files_for_models (void **state)
{
  (void) state;
  static const struct {
    const char *model, *file;
  } rows[] = {
    { "gpt-4o-mini", "assessment.gpt-4o-mini.yaml" },
    { "Qwen/Qwen2.5-72B-Instruct", "assessment.Qwen-Qwen2.5-72B-Instruct.yaml" },
    { "llama3:8b", "assessment.llama3-8b.yaml" },
    { "../../etc/passwd", "assessment...-..-etc-passwd.yaml" },
    { "a b\n", "assessment.a-b-.yaml" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *file = cd_model_file (rows[i].model);
    assert_string_equal (file, rows[i].file);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (reads_answers),
    cmocka_unit_test (survives_hostile_answers),
    cmocka_unit_test (names_files_for_models),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
