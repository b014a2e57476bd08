/* How models are named and what sentences say of them: names with their ends, joined names, statements, and every example of the rules. */
#include "lineage/lineage.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

typedef struct {
  CdData *data;
  CdLineageRules *rules;
} Fixture;

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  fixture->data = cd_data_new ("rubrics", NULL);
  fixture->rules = cd_lineage_rules_load (fixture->data, NULL);
  *state = fixture;
  return fixture->rules != NULL ? 0 : 1;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;
  cd_lineage_rules_free (fixture->rules);
  cd_data_free (fixture->data);
  g_free (fixture);
  return 0;
}

static void
names_end_where_they_should (void **state)
{
  const Fixture *fixture = *state;
  static const struct {
    const char *text, *name; /* NULL: nobody is named */
    gboolean derived, made;
  } cases[] = {
    { "solutions of GPT-4o.", "GPT-4o", FALSE, FALSE },
    { "we ask `gpt-4o-2024-08-06` twice", "gpt-4o-2024-08-06", FALSE, FALSE },
    { "Claude 3.5 Sonnet writes", "Claude 3.5 Sonnet", FALSE, FALSE },
    { "GPT-4o-generated answers", "GPT-4o", FALSE, TRUE },
    { "traces of R1 and nothing else", "DeepSeek-R1", FALSE, FALSE },
    { "the model Nearly-o1 is ours", "o1", TRUE, FALSE },
    { "Qwen9-Next-90B-A5B is not in any list", "Qwen9-Next-90B-A5B", FALSE, FALSE },
    { "see Qwen/Qwen2.5-72B-Instruct", "Qwen2.5-72B-Instruct", FALSE, FALSE },
    { "rewards of some-lab/step-judge-7b", "step-judge-7b", FALSE, FALSE },
    { "[the checker](https://huggingface.co/some-lab/checker-x) decides", "checker-x", FALSE, FALSE },
    { "the file scripts/train_7b and nothing else", NULL, FALSE, FALSE },
    { "a mathematician solved it", NULL, FALSE, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GArray) found = cd_names_find (cd_lineage_rules_names (fixture->rules), cases[i].text, strlen (cases[i].text));
    const CdMention *model = NULL;
    for (guint m = 0; m < found->len && model == NULL; m++)
      if (g_array_index (found, CdMention, m).kind == CD_MENTION_MODEL)
        model = &g_array_index (found, CdMention, m);
    if ((model != NULL) != (cases[i].name != NULL))
      fail_msg ("\"%s\": %s", cases[i].text, model != NULL ? model->name : "nobody");
    if (model == NULL)
      continue;
    assert_string_equal (model->name, cases[i].name);
    assert_int_equal (model->derived, cases[i].derived);
    assert_int_equal (model->made, cases[i].made);
  }
}

static void
spellings_meet (void **state)
{
  (void) state;
  static const char *const pairs[][2] = { { "openai/gpt-4o-2024-08-06", "GPT-4o" },
                                          { "Claude Sonnet 4", "claude-4-sonnet" },
                                          { "Qwen2.5-72B-Instruct", "qwen2.5-72b" },
                                          { "o1-mini-2024-09-12", "O1 mini" } };
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_autofree char *a = cd_names_key (pairs[i][0]);
    g_autofree char *b = cd_names_key (pairs[i][1]);
    assert_string_equal (a, b);
  }
  g_autofree char *small = cd_names_key ("Qwen2.5-7B");
  g_autofree char *large = cd_names_key ("Qwen2.5-72B");
  assert_string_not_equal (small, large);
}

static void
examples_hold (void **state)
{
  const Fixture *fixture = *state;
  g_autoptr (GPtrArray) faults = cd_statements_check_examples (cd_lineage_rules_statements (fixture->rules));
  for (guint i = 0; i < faults->len; i++)
    print_error ("%s\n", (const char *) faults->pdata[i]);
  assert_int_equal (faults->len, 0);
}

/* The statements of a README that holds text under a heading about data. */
static GArray *
statements_of (const Fixture *fixture, const char *text)
{
  g_autofree char *page = g_strdup_printf ("# A work\n\n## Training data\n\n%s\n", text);
  CdEntry entry = { .path = (char *) "README.md" };
  CdBlob blob = { .state = CD_BLOB_READ, .size = (gint64) strlen (page), .bytes = g_bytes_new (page, strlen (page)) };
  g_autoptr (CdDocument) document = cd_document_parse (&entry, &blob, &(CdDocumentOptions){ .cache = NULL });
  for (guint i = 1; i < document->sections->len; i++) /* as a scan by signals would mark it */
    ((CdSection *) document->sections->pdata[i])->flags |= CD_CONTEXT_DATASET;
  GArray *statements = g_array_new (FALSE, FALSE, sizeof (CdStatement));
  cd_statements_read (cd_lineage_rules_statements (fixture->rules), NULL, document, 0, statements);
  cd_blob_clear (&blob);
  return statements;
}

static void
sentences_are_weighed (void **state)
{
  const Fixture *fixture = *state;
  static const struct {
    const char *text, *model; /* NULL: nobody taught */
    guint roles;              /* at least */
  } cases[] = {
    { "We generate the solutions with GPT-4o and fine-tune on them.", "GPT-4o", CD_TEACHES_ANSWER },
    { "Questions were rephrased using `GPT-4o` and **Claude 3.5 Sonnet** for training.", "Claude 3.5 Sonnet", CD_TEACHES_REWRITE },
    { "The traces are distilled from DeepSeek-R1.", "DeepSeek-R1", CD_TEACHES_LONG_THOUGHT },
    { "No data generated by GPT-4o is used for training.", NULL, 0 },
    { "We plan to generate training data with GPT-4o.", NULL, 0 },
    { "Most existing datasets are generated by GPT-4o.", NULL, 0 },
    { "Our model outperforms GPT-4o on the test set.", NULL, 0 },
    { "We fine-tune GPT-4o on our data.", NULL, 0 },
    { "This page was translated by GPT-4o; the readme is older.", NULL, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GArray) statements = statements_of (fixture, cases[i].text);
    const CdStatement *found = NULL;
    for (guint s = 0; s < statements->len; s++) {
      const CdStatement *statement = &g_array_index (statements, CdStatement, s);
      gboolean stands = statement->kind == CD_STATEMENT_TAUGHT && statement->model != NULL
                        && statement->score >= cd_statements_accept (cd_lineage_rules_statements (fixture->rules), statement);
      if (stands && (cases[i].model == NULL || g_str_equal (statement->model, cases[i].model)))
        found = statement;
    }
    if ((found != NULL) != (cases[i].model != NULL))
      fail_msg ("\"%s\": %s", cases[i].text, found != NULL ? found->model : "nobody");
    if (found != NULL)
      assert_int_equal (found->roles & cases[i].roles, cases[i].roles);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (names_end_where_they_should),
    cmocka_unit_test (spellings_meet),
    cmocka_unit_test (examples_hold),
    cmocka_unit_test (sentences_are_weighed),
  };
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
