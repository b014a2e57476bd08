/* Signals: reading and its faults, the two caches, scanning, context, captures; and the repository's own rules. */
#include "base/limits.h"
#include "rules.h"
#include "signals/signals.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define HEAD "signals:\n"
#define COUNT "  - {id: compute.count, means: m, pattern: '\\b(\\d+)\\s*x\\s*(A100|H100)\\b', where: [prose, table]}\n"
#define WORD "  - {id: compute.word, means: m, pattern: 'gpu', flags: i}\n"
#define UNLESS "  - {id: compute.firm, means: m, pattern: 'gpu', flags: i, unless: [plan, negated, quoted]}\n"
#define CONTEXT                                                                                                                                      \
  "  - {id: context.plan, means: m, pattern: 'will be|coming soon', flags: i}\n"                                                                     \
  "  - {id: context.negated-words, means: m, pattern: '\\b(no|without)\\b', flags: i, where: [prose]}\n"                                             \
  "  - {id: context.evaluation, means: m, pattern: 'evaluation', flags: i, where: [heading]}\n"
#define PASSAGE_SPAN "  - {id: span.gap, means: m, pattern: 'we[^.]*train', flags: i}\n"
#define CHINESE "  - {id: zh.train, means: m, pattern: '训[练煉]', where: [prose]}\n"

static CdSignals *
load (const char *text, const char *cache, GError **error)
{
  const char *const files[] = { "signals/t.yaml", text, NULL };
  char *root = rules_new (files);
  g_autoptr (CdData) data = cd_data_new (root, NULL);
  CdSignals *signals = cd_signals_load (data, cache, error);
  rules_free (root);
  return signals;
}

static CdSignals *
must_load (const char *text, const char *cache)
{
  g_autoptr (GError) error = NULL;
  CdSignals *signals = load (text, cache, &error);
  if (signals == NULL)
    fail_msg ("%s", error->message);
  return signals;
}

/* "line:id" of every hit, in order. */
static char *
hits_in (const CdSignals *signals, CdDocument *document)
{
  g_autoptr (GArray) hits = cd_signals_scan (signals, document);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < hits->len; i++) {
    const CdHit *hit = &g_array_index (hits, CdHit, i);
    g_string_append_printf (text, "%s%u:%s", i > 0 ? " " : "", hit->line, cd_signals_at (signals, hit->signal)->id);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
hits_are_placed_by_passage (void **state)
{
  (void) state;
  static const struct {
    const char *rules, *path, *text, *hits;
  } cases[] = {
    { HEAD COUNT, "a.md", "Trained on 8 x A100, then 4 x H100.\n\n| 16 x H100 | 3 days\n", "1:compute.count 3:compute.count" },
    { HEAD COUNT, "a.md", "$ run 8 x A100\n% 8 x A100\n# 8 x A100\n", "" },
    { HEAD WORD, "a.md", "# GPU\n$ gpu\n% gpu\n// gpu\n| gpu\ngpu\n",
      "1:compute.word 2:compute.word 3:compute.word 4:compute.word 5:compute.word 6:compute.word" },
    { HEAD PASSAGE_SPAN, "a.md", "We offer code\ntraining is below\nwe then train\n", "3:span.gap" },
    { HEAD PASSAGE_SPAN, "a.md", "we say\nand train, and we may train\n", "2:span.gap" },
    { HEAD CHINESE, "a.md", "模型训练。\n訓\n训煉\n", "1:zh.train 3:zh.train" },
    { HEAD UNLESS CONTEXT, "a.md", "a GPU\nno GPU\nGPUs will be used\n> GPU\n- [ ] GPU\n- [x] GPU\n",
      "1:compute.firm 2:context.negated-words 3:context.plan 6:compute.firm" },
    { HEAD UNLESS CONTEXT, "a.md", "# Coming soon\nGPU\n## More\nGPU\n# Now\nGPU\n", "1:context.plan 6:compute.firm" },
    { HEAD, "a.md", "GPU\n", "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (CdSignals) signals = must_load (cases[i].rules, NULL);
    g_autoptr (CdDocument) document = rules_document (cases[i].path, CD_DOCUMENT_MARKDOWN, cases[i].text);
    g_autofree char *hits = hits_in (signals, document);
    assert_string_equal (hits, cases[i].hits);
  }
}

/* A title that encloses everything passes nothing on in a README or paper, but does in any other document. */
static void
titles_of_works_mark_nothing (void **state)
{
  (void) state;
  static const struct {
    const char *path;
    CdDocumentKind kind;
    const char *text;
    gboolean marked;
  } cases[] = {
    { "README.md", CD_DOCUMENT_MARKDOWN, "# Evaluation of X\n## Data\nthis\n", FALSE },
    { "README.md", CD_DOCUMENT_MARKDOWN, "# Evaluation\n# Data\n## Part\nthis\n", FALSE },
    { "README.md", CD_DOCUMENT_MARKDOWN, "# X\n## Evaluation\nthis\n", TRUE },
    { "docs/readme.md", CD_DOCUMENT_MARKDOWN, "# Evaluation\n## Data\nthis\n", TRUE },
    { "paper.pdf", CD_DOCUMENT_PDF, "# Evaluation of X\n## Data\nthis\n", FALSE },
  };
  g_autoptr (CdSignals) signals = must_load (HEAD CONTEXT, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (CdDocument) document = rules_document (cases[i].path, cases[i].kind, cases[i].text);
    g_autoptr (GArray) hits = cd_signals_scan (signals, document);
    const CdPassage *last = &g_array_index (document->passages, CdPassage, document->passages->len - 1);
    assert_int_equal ((last->flags & CD_CONTEXT_EVALUATION) != 0, cases[i].marked);
    assert_true (hits->len > 0);
  }
}

static void
hits_of_a_signal_are_bounded (void **state)
{
  (void) state;
  g_autoptr (CdSignals) signals = must_load (HEAD WORD CONTEXT, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 5000; i++)
    g_string_append (text, "gpu will be gpu\n");
  g_autoptr (CdDocument) document = rules_document ("a.md", CD_DOCUMENT_MARKDOWN, text->str);
  g_autoptr (GArray) hits = cd_signals_scan (signals, document);
  assert_int_equal (hits->len, 2 * CD_LIMIT_HITS_PER_SIGNAL_AND_BLOB);
  const CdPassage *last = &g_array_index (document->passages, CdPassage, document->passages->len - 1);
  assert_int_equal (last->flags, CD_CONTEXT_PLAN);
}

static void
text_that_is_no_utf8_is_not_scanned (void **state)
{
  (void) state;
  g_autoptr (CdSignals) signals = must_load (HEAD WORD, NULL);
  g_autoptr (CdDocument) document = rules_document ("a.md", CD_DOCUMENT_MARKDOWN, "gpu gpu gpu \xff gpu\n");
  g_autofree char *hits = hits_in (signals, document);
  assert_string_equal (hits, "");
}

static void
captures_come_from_the_hit_passage (void **state)
{
  (void) state;
  g_autoptr (CdSignals) signals = must_load (HEAD COUNT, NULL);
  g_autoptr (CdDocument) document = rules_document ("a.md", CD_DOCUMENT_MARKDOWN, "8 x A100\nwe use 16 x H100 here\n使用4x A100训练\n");
  g_autoptr (GArray) hits = cd_signals_scan (signals, document);
  static const char *const groups[][3] = { { "8 x A100", "8", "A100" }, { "16 x H100", "16", "H100" }, { "4x A100", "4", "A100" } };
  assert_int_equal (hits->len, G_N_ELEMENTS (groups));
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (guint group = 0; group < 3; group++) {
      g_autofree char *text = cd_hit_capture (signals, document, &g_array_index (hits, CdHit, i), group);
      assert_string_equal (text, groups[i][group]);
    }
  assert_null (cd_hit_capture (signals, document, &g_array_index (hits, CdHit, 0), 7));
}

static void
faults_name_their_place (void **state)
{
  (void) state;
  static const struct {
    const char *text, *message;
  } cases[] = {
    { HEAD "  - {id: a.b, means: m, patern: x}\n", "t.yaml:2:25: unknown key \"patern\"; did you mean \"pattern\"?" },
    { HEAD "  - {id: a.b, means: m}\n", "t.yaml:2:5: \"pattern\" is missing" },
    { HEAD "  - {id: ab, means: m, pattern: x}\n", "t.yaml:2:10: \"ab\" is no signal id: write topic.name in lower case, digits and hyphens" },
    { HEAD WORD WORD, "t.yaml:3:10: signal \"compute.word\" is defined already at " },
    { HEAD "  - {id: a.b, means: m, pattern: x, where: [prosa]}\n", "t.yaml:2:45: unknown \"prosa\" in \"where\"; did you mean prose" },
    { HEAD "  - {id: a.b, means: m, pattern: x, unless: [plans]}\n", "t.yaml:2:46: unknown \"plans\" in \"unless\"; did you mean plan" },
    { HEAD "  - {id: a.b, means: m, pattern: x, flags: ix}\n", "t.yaml:2:44: unknown flag \"x\"; flags are i, m and s" },
    { HEAD "  - {id: context.nowhere, means: m, pattern: x}\n", "t.yaml:2:10: \"context.nowhere\" names no context flag" },
    { HEAD "  - {id: a.b, means: m, pattern: '(?=x)y'}\n", "t.yaml:2:34: signal \"a.b\": " },
    { HEAD "  - {id: a.b, means: m, pattern: 'x*'}\n", "t.yaml:2:34: signal \"a.b\": " },
    { HEAD "  - {id: a.b, means: m, pattern: '(x'}\n", "t.yaml:2:34: signal \"a.b\": " },
    { "signals: {a: b}\n", "t.yaml:1:10: \"signals\" must be a list" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    assert_null (load (cases[i].text, NULL, &error));
    assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
    const char *place = strstr (error->message, "t.yaml");
    assert_non_null (place);
    if (strncmp (place, cases[i].message, strlen (cases[i].message)) != 0)
      fail_msg ("%s\nis not\n%s", place, cases[i].message);
  }
}

/* The only file in the cache; NULL where there is none. */
static char *
only_file (const char *cache)
{
  g_autoptr (GDir) dir = g_dir_open (cache, 0, NULL);
  const char *name = dir == NULL ? NULL : g_dir_read_name (dir);
  char *path = name == NULL ? NULL : g_build_filename (cache, name, NULL);
  assert_true (dir == NULL || g_dir_read_name (dir) == NULL);
  return path;
}

static void
same_signals (const CdSignals *a, const CdSignals *b)
{
  assert_int_equal (cd_signals_length (a), cd_signals_length (b));
  for (guint i = 0; i < cd_signals_length (a); i++) {
    const CdSignal *left = cd_signals_at (a, i), *right = cd_signals_at (b, i);
    assert_string_equal (left->id, right->id);
    assert_string_equal (left->pattern, right->pattern);
    assert_string_equal (left->means, right->means);
    assert_int_equal (left->where, right->where);
    assert_int_equal (left->unless, right->unless);
    assert_int_equal (left->caseless, right->caseless);
    assert_int_equal (left->line, right->line);
    assert_int_equal (g_strv_length (left->yes), g_strv_length (right->yes));
    assert_true (g_str_has_suffix (right->file, "t.yaml"));
    assert_int_equal (cd_signals_find (b, left->id), i);
  }
}

static void
the_cache_holds_what_was_read (void **state)
{
  (void) state;
  static const char rules[] = HEAD COUNT UNLESS CONTEXT CHINESE "  - {id: e.x, means: m, pattern: abc, yes: [abc, xabc], no: [ab]}\n";
  static const char *const nothing[] = { NULL };
  char *cache = rules_new (nothing);
  g_autoptr (CdSignals) first = must_load (rules, cache);
  g_autofree char *file = only_file (cache);
  assert_non_null (file);
  g_autoptr (CdSignals) second = must_load (rules, cache);
  same_signals (first, second);
  static const char text[] = "# Evaluation\n8 x A100 GPU\nno GPU\n训练\n";
  g_autoptr (CdDocument) a = rules_document ("a.md", CD_DOCUMENT_MARKDOWN, text), b = rules_document ("a.md", CD_DOCUMENT_MARKDOWN, text);
  g_autofree char *hits = hits_in (first, a), *again = hits_in (second, b);
  assert_string_equal (hits, "1:context.evaluation 2:compute.count 2:compute.firm 3:context.negated-words 4:zh.train");
  assert_string_equal (again, hits);
  rules_free (cache);
}

/* Cut anywhere, or with a byte changed anywhere, a cache file is made again and works. */
static void
a_damaged_cache_is_made_again (void **state)
{
  (void) state;
  static const char rules[] = HEAD COUNT UNLESS CONTEXT;
  static const char *const nothing[] = { NULL };
  char *cache = rules_new (nothing);
  g_autoptr (CdSignals) first = must_load (rules, cache);
  g_autofree char *file = only_file (cache);
  g_autofree char *good = NULL;
  gsize length = 0;
  assert_true (g_file_get_contents (file, &good, &length, NULL));
  for (guint i = 0; i < 24; i++) {
    g_autofree char *bad = g_memdup2 (good, length);
    gsize at = length * i / 24;
    bad[at] = (char) ~bad[at];
    assert_true (g_file_set_contents (file, bad, (gssize) (i % 2 == 0 ? length : at), NULL));
    g_autoptr (CdSignals) signals = must_load (rules, cache);
    same_signals (first, signals);
    g_autofree char *now = NULL;
    gsize now_length = 0;
    assert_true (g_file_get_contents (file, &now, &now_length, NULL));
    assert_int_equal (now_length, length);
    assert_memory_equal (now, good, length);
  }
  rules_free (cache);
}

static void
changed_rules_are_not_taken_from_the_cache (void **state)
{
  (void) state;
  static const char *const nothing[] = { NULL };
  char *cache = rules_new (nothing);
  g_autoptr (CdSignals) first = must_load (HEAD WORD, cache);
  g_autoptr (CdSignals) second = must_load (HEAD COUNT, cache);
  assert_string_equal (cd_signals_at (second, 0)->id, "compute.count");
  assert_string_equal (cd_signals_at (first, 0)->id, "compute.word");
  rules_free (cache);
}

static void
precompiled_signals_name_their_rules (void **state)
{
  (void) state;
  const char *const files[] = { "signals/t.yaml", HEAD WORD, "bad/signals/t.yaml", HEAD "  - {id: a.b, means: m, pattern: '('}\n", NULL };
  char *root = rules_new (files);
  g_autofree char *path = g_build_filename (root, "signals.db", NULL), *bad = g_build_filename (root, "bad", NULL);
  g_autoptr (CdData) data = cd_data_new (root, NULL);
  assert_true (cd_signals_precompile (data, path, NULL));
  assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_autoptr (CdData) bad_data = cd_data_new (bad, NULL);
  g_autoptr (GError) error = NULL;
  assert_false (cd_signals_precompile (bad_data, path, &error));
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
  rules_free (root);
}

/* What is embedded is taken as it is: a word changed in it shows that it was used. */
static void
embedded_signals_serve_their_rules_only (void **state)
{
  (void) state;
  const char *const files[]
      = { "signals/t.yaml", HEAD "  - {id: a.b, means: compiled late, pattern: gpu}\n", "other/signals/t.yaml", HEAD WORD, NULL };
  char *root = rules_new (files);
  g_autofree char *path = g_build_filename (root, "signals.db", NULL), *other = g_build_filename (root, "other", NULL);
  g_autoptr (CdData) data = cd_data_new (root, NULL);
  g_autoptr (CdData) other_data = cd_data_new (other, NULL);
  assert_true (cd_signals_precompile (data, path, NULL));
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (path, TRUE, NULL);
  char *bytes = g_mapped_file_get_contents (mapped);
  gsize length = g_mapped_file_get_length (mapped);
  char *word = memmem (bytes, length, "late", 4);
  assert_non_null (word);
  memcpy (word, "once", 4);
  cd_signals_embed (bytes, length);
  g_autoptr (CdSignals) signals = cd_signals_load (data, NULL, NULL);
  assert_string_equal (cd_signals_at (signals, 0)->means, "compiled once");
  g_autoptr (CdDocument) document = rules_document ("a.md", CD_DOCUMENT_MARKDOWN, "a gpu\n");
  g_autofree char *hits = hits_in (signals, document);
  assert_string_equal (hits, "1:a.b");
  g_autoptr (CdSignals) others = cd_signals_load (other_data, NULL, NULL);
  assert_string_equal (cd_signals_at (others, 0)->id, "compute.word");
  cd_signals_embed (NULL, 0);
  rules_free (root);
}

/* The scan of one document by many threads at once finds the same as by one. */
static gpointer
scan_many (gpointer data)
{
  const CdSignals *signals = data;
  for (guint i = 0; i < 50; i++) {
    g_autoptr (CdDocument) document = rules_document ("a.md", CD_DOCUMENT_MARKDOWN, "8 x A100\nno GPU\nGPU\n");
    g_autofree char *hits = hits_in (signals, document);
    g_autoptr (GArray) again = cd_signals_scan (signals, document);
    g_autofree char *capture = cd_hit_capture (signals, document, &g_array_index (again, CdHit, 0), 1);
    if (strcmp (hits, "1:compute.count 2:context.negated-words 3:compute.firm") != 0 || g_strcmp0 (capture, "8") != 0)
      return g_steal_pointer (&hits);
  }
  return NULL;
}

static void
threads_share_signals (void **state)
{
  (void) state;
  g_autoptr (CdSignals) signals = must_load (HEAD COUNT UNLESS CONTEXT, NULL);
  GThread *threads[4];
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("scan", scan_many, signals);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    assert_null (g_thread_join (threads[i]));
}

static void
broken_examples_are_told (void **state)
{
  (void) state;
  g_autoptr (CdSignals) signals = must_load (HEAD "  - {id: a.b, means: m, pattern: 'abc', yes: [abc, axc], no: [xabcx, q]}\n", NULL);
  g_autoptr (GPtrArray) messages = cd_signals_check_examples (signals);
  assert_int_equal (messages->len, 2);
  assert_non_null (strstr (g_ptr_array_index (messages, 0), "t.yaml:2: signal \"a.b\" should match \"axc\""));
  assert_non_null (strstr (g_ptr_array_index (messages, 1), "signal \"a.b\" should not match \"xabcx\""));
}

/* Run from the project's root. */
static void
the_rules_of_the_project_hold (void **state)
{
  (void) state;
  g_autoptr (GError) error = NULL;
  g_autoptr (CdData) data = cd_data_new ("rubrics", &error);
  assert_non_null (data);
  g_autoptr (CdSignals) signals = cd_signals_load (data, NULL, &error);
  if (signals == NULL)
    fail_msg ("%s", error->message);
  assert_true (cd_signals_length (signals) > 50);
  g_autoptr (GPtrArray) messages = cd_signals_check_examples (signals);
  for (guint i = 0; i < messages->len; i++)
    print_error ("%s\n", (const char *) g_ptr_array_index (messages, i));
  assert_int_equal (messages->len, 0);
  for (guint i = 0; i < cd_signals_length (signals); i++)
    if (cd_signals_at (signals, i)->yes[0] == NULL)
      fail_msg ("signal \"%s\" has no example", cd_signals_at (signals, i)->id);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (hits_are_placed_by_passage),
    cmocka_unit_test (titles_of_works_mark_nothing),
    cmocka_unit_test (hits_of_a_signal_are_bounded),
    cmocka_unit_test (text_that_is_no_utf8_is_not_scanned),
    cmocka_unit_test (captures_come_from_the_hit_passage),
    cmocka_unit_test (faults_name_their_place),
    cmocka_unit_test (the_cache_holds_what_was_read),
    cmocka_unit_test (a_damaged_cache_is_made_again),
    cmocka_unit_test (changed_rules_are_not_taken_from_the_cache),
    cmocka_unit_test (precompiled_signals_name_their_rules),
    cmocka_unit_test (embedded_signals_serve_their_rules_only),
    cmocka_unit_test (threads_share_signals),
    cmocka_unit_test (broken_examples_are_told),
    cmocka_unit_test (the_rules_of_the_project_hold),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
