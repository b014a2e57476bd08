/* An audit's JSON read back: what a record tells is what the file says; every fault of a file has its message; places and their links; what is published without
 * excerpts quotes nothing of the repository and keeps ids, paths, lines and names. */
#include "base/error.h"
#include "cli/embedded.h"
#include "fixture.h"
#include "record/record.h"
#include "report/report.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEADING "Quokkas over quiet quarries"
#define PROSE "wallabies wander while the weather is warm"
#define ARGUMENT "numbats-never-nap"
#define REASON "The readme says that " PROSE
#define PERSON "I looked and found no list of the data"

static const char readme[] = "# Tiny reasoner\n\nThis is told: " PROSE ".\n\n## " HEADING "\n\n"
                             "We generate step-by-step solutions for training with GPT-4, one for each of 8,000 problems.\n"
                             "We fine-tune Qwen/Qwen2.5-7B on them. Training ran on 8 x A100 GPUs.\n\n"
                             "```bash\npython train.py --note " ARGUMENT "\nbash scripts/train_missing.sh\n```\n\n"
                             "| Model | AIME 2024 (pass@1) |\n|---|---|\n| Tiny reasoner | 46.7 |\n";

typedef struct {
  Fixture *fixture;
  char *json;
} Case;

/* Assessments of the commit by a model and a person. */
static void
write_assessment (Fixture *fixture, const char *commit, const char *kind, const char *reason)
{
  g_autofree char *text = g_strdup_printf ("format: candor-assessment/1\nwork: w\nsubdir: \"\"\ncommit: \"%s\"\nrubric: {id: tti, version: \"1\"}\n"
                                           "assessor: {name: %s reader, kind: %s}\ndate: \"2025-01-02\"\nanswers:\n"
                                           "  - {id: data.sources, answer: \"no\", reason: \"%s\", evidence: [{path: README.md, line: 3}]}\n",
                                           commit, kind, kind, reason);
  g_autofree char *name = g_strconcat (kind, ".yaml", NULL);
  fixture_write (fixture, name, text);
}

static int
set_up (void **state)
{
  Case *c = g_new0 (Case, 1);
  *state = c;
  c->fixture = fixture_new ();
  cd_embedded_register ();
  g_autoptr (CdData) data = cd_data_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  assert_non_null (data);
  fixture_write (c->fixture, "README.md", readme);
  fixture_write (c->fixture, "train.py", "import torch\nlearning_rate = 1e-5\n");
  fixture_git (c->fixture, "remote", "add", "origin", "https://github.com/owner/name.git", NULL);
  const char *commit = fixture_commit (c->fixture, "all");
  write_assessment (c->fixture, commit, "model", REASON);
  write_assessment (c->fixture, commit, "person", PERSON);
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "candor", NULL);
  g_autofree char *model = g_build_filename (fixture_path (c->fixture), "model.yaml", NULL);
  g_autofree char *person = g_build_filename (fixture_path (c->fixture), "person.yaml", NULL);
  char *assessments[] = { model, person, NULL };
  const CdAuditOptions options = { .location = fixture_path (c->fixture), .cache = cache, .threads = 1, .assessments = assessments };
  g_autoptr (CdAudit) audit = cd_audit_run (data, &options, &error);
  if (audit == NULL)
    fail_msg ("%s", error->message);
  c->json = cd_report_json (audit);
  return 0;
}

static int
tear_down (void **state)
{
  Case *c = *state;
  fixture_free (c->fixture);
  g_free (c->json);
  g_free (c);
  return 0;
}

static CdRecord *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  CdRecord *record = cd_record_read (text, strlen (text), "audit.json", &error);
  if (record == NULL)
    fail_msg ("%s", error->message);
  return record;
}

static void
test_a_record_tells_what_the_audit_says (void **state)
{
  const Case *c = *state;
  g_autoptr (CdRecord) record = read_text (c->json);
  assert_string_equal (record->rubric, "tti");
  assert_string_equal (record->remote, "https://github.com/owner/name.git");
  assert_string_equal (record->date, "2024-01-01");
  assert_null (record->manifest);
  assert_int_equal (strlen (record->commit), 40);
  assert_int_equal (record->of, 100);
  assert_int_equal (record->verdicts->len, 25);
  assert_int_equal (record->settled + record->unsettled, 25);
  assert_true (record->likely[0] <= record->likely[1] && record->likely[1] <= 100);
  guint points = 0, earned = 0;
  for (guint i = 0; i < record->dimensions->len; i++)
    points += g_array_index (record->dimensions, CdRecordDimension, i).points;
  for (guint i = 0; i < record->verdicts->len; i++)
    earned += ((const CdRecordVerdict *) record->verdicts->pdata[i])->points;
  assert_int_equal (points, record->total);
  assert_int_equal (earned, record->total);
  const CdRecordVerdict *verdict = cd_record_verdict (record, "method.compute");
  assert_non_null (verdict);
  assert_true (verdict->yes && verdict->evidence->len > 0);
  const CdRecordPlace *place = &g_array_index (verdict->evidence, CdRecordPlace, 0);
  assert_string_equal (place->path, "README.md");
  assert_int_equal (place->line, 8);
  assert_int_equal (strlen (place->blob), 40);
  assert_null (cd_record_verdict (record, "no.such"));
  assert_int_equal (record->teachers->len, 1);
  assert_string_equal (((const CdRecordTeacher *) record->teachers->pdata[0])->model, "GPT-4");
}

static void
test_parts_are_found_by_their_keys (void **state)
{
  const Case *c = *state;
  g_autoptr (CdRecord) record = read_text (c->json);
  const cJSON *commands = cd_record_part (record, "commands.training");
  assert_true (cJSON_IsArray (commands) && commands->child != NULL);
  CdRecordPlace place = cd_record_place (commands->child);
  assert_string_equal (place.path, "README.md");
  assert_int_equal (place.line, 11);
  assert_int_equal (place.end, 11);
  assert_null (cd_record_part (record, "commands.no.such"));
  assert_null (cd_record_part (record, "subject.manifest"));
  const cJSON *claim = cd_record_part (record, "claims")->child;
  assert_true (cd_record_number (claim, "value", 0) > 46.6);
  assert_true (cd_record_number (claim, "model", -5) < 0);
  assert_string_equal (cd_record_string (claim, "unit"), "percent");
  assert_null (cd_record_string (claim, "value"));
  assert_false (cd_record_true (claim, "value"));
  g_autoptr (GArray) places = cd_record_places (claim, "evidence"), none = cd_record_places (claim, "no-such");
  assert_int_equal (places->len, 1);
  assert_int_equal (none->len, 0);
}

static void
test_links_lead_to_the_commit_on_known_forges (void **state)
{
  const Case *c = *state;
  static const struct {
    const char *remote, *path;
    guint line, end;
    const char *link; /* %s: the commit */
  } cases[] = {
    { "https://github.com/owner/name.git", "train.py", 3, 3, "https://github.com/owner/name/blob/%s/train.py#L3" },
    { "https://github.com/owner/name", "train.py", 3, 5, "https://github.com/owner/name/blob/%s/train.py#L3-L5" },
    { "https://github.com/owner/name", "README.md", 3, 3, "https://github.com/owner/name/blob/%s/README.md?plain=1#L3" },
    { "https://github.com/owner/name", "paper.PDF", 3, 3, "https://github.com/owner/name/blob/%s/paper.PDF" },
    { "https://github.com/owner/name", "run.ipynb", 3, 3, "https://github.com/owner/name/blob/%s/run.ipynb" },
    { "https://github.com/owner/name", "a b#?\"<.py", 0, 0, "https://github.com/owner/name/blob/%s/a%%20b%%23%%3F%%22%%3C.py" },
    { "https://github.com/owner/name", "", 0, 0, NULL },
    { "https://forge.example/owner/name", "train.py", 3, 3, NULL },
    { "https://github.com/owner/\"onclick", "train.py", 3, 3, NULL },
    { NULL, "train.py", 3, 3, NULL },
  };
  g_autoptr (CdRecord) record = read_text (c->json);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const CdRecordPlace place = { .path = cases[i].path, .line = cases[i].line, .end = cases[i].end };
    record->remote = cases[i].remote;
    g_autofree char *link = cd_record_link (record, &place);
    g_auto (GStrv) around = cases[i].link != NULL ? g_strsplit (cases[i].link, "%s", 2) : NULL;
    g_autofree char *expected = NULL;
    if (around != NULL) {
      g_autofree char *tail = g_strdup (around[1]);
      g_autoptr (GString) plain = g_string_new (tail);
      g_string_replace (plain, "%%", "%", 0);
      expected = g_strconcat (around[0], record->commit, plain->str, NULL);
    }
    if (g_strcmp0 (link, expected) != 0)
      fail_msg ("case %u: %s instead of %s", i, link, expected);
  }
}

/* The audit with the value at keys replaced by JSON text (NULL: taken out); a number among keys counts in a list. Caller frees. */
static char *
changed (const Case *c, const char *keys, const char *value)
{
  cJSON *root = cJSON_Parse (c->json), *at = root;
  g_auto (GStrv) path = g_strsplit (keys, ".", -1);
  guint length = g_strv_length (path);
  for (guint i = 0; i + 1 < length; i++)
    at = g_ascii_isdigit (*path[i]) ? cJSON_GetArrayItem (at, atoi (path[i])) : cJSON_GetObjectItemCaseSensitive (at, path[i]);
  assert_non_null (at);
  const char *last = path[length - 1];
  if (value == NULL)
    cJSON_DeleteItemFromObjectCaseSensitive (at, last);
  else if (g_ascii_isdigit (*last))
    cJSON_ReplaceItemInArray (at, atoi (last), cJSON_Parse (value));
  else
    cJSON_ReplaceItemInObjectCaseSensitive (at, last, cJSON_Parse (value));
  char *printed = cJSON_Print (root), *text = g_strdup (printed);
  cJSON_free (printed);
  cJSON_Delete (root);
  return text;
}

static void
check_refused (const char *text, gsize length, const char *message)
{
  g_autoptr (GError) error = NULL;
  assert_null (cd_record_read (text, length, "audit.json", &error));
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
  if (!g_str_equal (error->message, message))
    fail_msg ("\"%s\" instead of \"%s\"", error->message, message);
}

static void
test_a_fault_is_named_by_its_key (void **state)
{
  const Case *c = *state;
  static const struct {
    const char *keys, *value, *message;
  } cases[] = {
    { "schema", NULL, "schema is not \"candor-audit/1\"" },
    { "schema", "\"candor-audit/2\"", "schema is not \"candor-audit/1\"" },
    { "tool", "[]", "tool is not an object" },
    { "tool.version", NULL, "version is not a string" },
    { "tool.knowledge_sha256", "7", "knowledge_sha256 is not a string" },
    { "tool.rubric", NULL, "rubric is not an object" },
    { "tool.rubric.id", "null", "id is not a string" },
    { "tool.rubric.sha256", NULL, "sha256 is not a string" },
    { "subject", NULL, "subject is not an object" },
    { "subject.commit", "\"abc\"", "commit is not the id of a commit" },
    { "subject.commit", "\"javascript:alert(1)//aaaaaaaaaaaaaaaaaaaa\"", "commit is not the id of a commit" },
    { "subject.subdir", "null", "subdir is not a string" },
    { "score", NULL, "score is not an object" },
    { "score.total", "-1", "total is not a count" },
    { "score.of", "\"100\"", "of is not a count" },
    { "score.settled", "1e99", "settled is not a count" },
    { "score.unsettled", NULL, "unsettled is not a count" },
    { "score.likely", "7", "likely is not a list" },
    { "score.likely", "[1]", "likely is not two numbers of points" },
    { "score.likely.1", "1e300", "likely is not two numbers of points" },
    { "score.dimensions", NULL, "dimensions is not a list" },
    { "score.dimensions.0.name", NULL, "name is not a string" },
    { "score.dimensions.1.points", "true", "points is not a count" },
    { "category", NULL, "category is not an object" },
    { "category.openness", NULL, "openness is not a string" },
    { "category.approach", "{}", "approach is not a list" },
    { "verdicts", NULL, "verdicts is not a list" },
    { "verdicts.3", "\"yes\"", "id is not a string" },
    { "verdicts.3.question", NULL, "question is not a string" },
    { "verdicts.3.certainty", "1.5", "certainty is not a number from 0 to 1" },
    { "verdicts.3.of", NULL, "of is not a count" },
    { "distillation", "[]", "distillation is not an object" },
    { "distillation.label", NULL, "label is not a string" },
    { "distillation.teachers", NULL, "teachers is not a list" },
    { "distillation.teachers.0.disclosure", "1", "disclosure is not a string" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = changed (c, cases[i].keys, cases[i].value);
    g_autofree char *message = g_strconcat ("audit.json: no audit: ", cases[i].message, NULL);
    check_refused (text, strlen (text), message);
  }
}

static void
test_what_is_no_json_is_named_by_its_place (void **state)
{
  const Case *c = *state;
  static const struct {
    const char *text, *message;
  } cases[] = {
    { "", "audit.json:1:1: this is not JSON" },
    { "# An audit\n", "audit.json:1:1: this is not JSON" },
    { "{\n \"schema\": }\n", "audit.json:2:12: this is not JSON" },
    { "{\"a\": \"\377\"}", "audit.json:1:8: this is not UTF-8" },
    { "[1, 2]", "audit.json: no audit: schema is not \"candor-audit/1\"" },
    { "\"text\"", "audit.json: no audit: schema is not \"candor-audit/1\"" },
    { "null", "audit.json: no audit: schema is not \"candor-audit/1\"" },
    { "{}\n{}\n", "audit.json:2:1: the audit is over, and more follows" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_refused (cases[i].text, strlen (cases[i].text), cases[i].message);
  check_refused ("{\"a\": 1\0}", 9, "audit.json:1:8: this is not UTF-8");
  g_autoptr (GString) deep = g_string_new (NULL);
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  g_autoptr (GError) error = NULL;
  assert_null (cd_record_read (deep->str, deep->len, "deep.json", &error));
  g_autofree char *half = g_strndup (c->json, strlen (c->json) / 2);
  g_autoptr (GError) cut = NULL;
  assert_null (cd_record_read (half, strlen (half), "half.json", &cut));
  assert_true (g_str_has_prefix (cut->message, "half.json:") && g_str_has_suffix (cut->message, ": this is not JSON"));
}

static void
test_a_file_that_is_not_there_is_an_error_of_input (void **state)
{
  (void) state;
  g_autoptr (GError) error = NULL;
  assert_null (cd_record_load ("/no/such/audit.json", &error));
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
  assert_non_null (strstr (error->message, "/no/such/audit.json"));
}

static void
test_parts_of_later_versions_may_be_absent (void **state)
{
  const Case *c = *state;
  static const char *const keys[] = { "claims", "reproductions", "commands", "provenance", "risks", "subject.date", "questions" };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autofree char *text = changed (c, keys[i], NULL);
    g_autoptr (CdRecord) record = read_text (text);
    assert_null (cd_record_part (record, keys[i]));
  }
}

/* Every path, line, blob and id stands in both, in the same order. */
static void
check_same_places (const cJSON *before, const cJSON *after)
{
  static const char *const kept[]
      = { "path", "line", "end", "blob", "id", "model", "benchmark", "value", "says", "status", "code", "what", "certainty", "yes" };
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++) {
    const cJSON *first = cJSON_GetObjectItemCaseSensitive (before, kept[i]), *second = cJSON_GetObjectItemCaseSensitive (after, kept[i]);
    assert_true (cJSON_Compare (first, second, TRUE) || (first == NULL && second == NULL));
  }
  if (cJSON_IsArray (before))
    assert_int_equal (cJSON_GetArraySize (before), cJSON_GetArraySize (after));
  int index = 0;
  const cJSON *child = NULL;
  cJSON_ArrayForEach (child, before)
  {
    const cJSON *other = child->string != NULL ? cJSON_GetObjectItemCaseSensitive (after, child->string) : cJSON_GetArrayItem (after, index);
    if (other != NULL)
      check_same_places (child, other);
    index++;
  }
}

static void
test_what_is_published_quotes_nothing (void **state)
{
  const Case *c = *state;
  static const char *const texts[] = { HEADING, PROSE, ARGUMENT, "bash scripts" };
  g_autoptr (CdRecord) record = read_text (c->json);
  g_autofree char *published = cd_record_without_excerpts (record);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    if (strstr (c->json, texts[i]) == NULL)
      fail_msg ("\"%s\" is not in the audit", texts[i]);
    if (strstr (published, texts[i]) != NULL)
      fail_msg ("\"%s\" is published", texts[i]);
  }
  assert_non_null (strstr (published, PERSON));
  assert_non_null (strstr (published, "scripts/train_missing.sh")); /* a name */
  g_autoptr (CdRecord) again = read_text (published);
  assert_int_equal (again->total, record->total);
  check_same_places (record->json, again->json);
  assert_non_null (strstr (c->json, "\"command\":"));
  assert_null (strstr (published, "\"command\":"));
  g_autofree char *twice = cd_record_without_excerpts (again);
  assert_string_equal (twice, published);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_a_record_tells_what_the_audit_says),       cmocka_unit_test (test_parts_are_found_by_their_keys),
    cmocka_unit_test (test_links_lead_to_the_commit_on_known_forges), cmocka_unit_test (test_a_fault_is_named_by_its_key),
    cmocka_unit_test (test_what_is_no_json_is_named_by_its_place),    cmocka_unit_test (test_a_file_that_is_not_there_is_an_error_of_input),
    cmocka_unit_test (test_parts_of_later_versions_may_be_absent),    cmocka_unit_test (test_what_is_published_quotes_nothing),
  };
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
