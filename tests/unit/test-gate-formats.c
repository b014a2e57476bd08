/* What formats of a gate make of hostile names and texts: each stays one value of its format. The gate is made by hand, so that every outcome is there. */
#include "report/gate-check.h"
#include "report/gate-formats.h"
#include <libxml/parser.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BIDI "\xE2\x80\xAE" /* right-to-left override */
#define HOSTILE "a]]>&amp;\"'<script>\x01\x1b[31m" BIDI "\xEF\xBF\xBE%0A,line=9::\r\n::error::x|`y`[z](w) {0} \\"
#define AUDIT                                                                                                                                        \
  "{\"schema\":\"candor-audit/1\",\"tool\":{\"name\":\"candor\",\"version\":\"1\",\"rubric\":{\"id\":\"tti\",\"version\":\"1\",\"sha256\":\"aa\"},"  \
  "\"knowledge_sha256\":\"bb\"},\"subject\":{\"commit\":\"%040d\",\"subdir\":\"\",\"scope\":[],\"remote\":\"%s\",\"manifest\":null,\"date\":null},"  \
  "\"score\":{\"total\":61,\"of\":100,\"expected\":60,\"likely\":[50,70],\"settled\":1,\"unsettled\":0,\"dimensions\":[]},"                          \
  "\"category\":{\"openness\":\"open\",\"approach\":[]},\"verdicts\":[{\"id\":\"open.weights\",\"question\":\"Are the weights "                      \
  "linked?\",\"yes\":false,"                                                                                                                         \
  "\"points\":0,\"of\":5,\"certainty\":0.9,\"basis\":\"absent\",\"why\":\"w\",\"evidence\":[],\"candidates\":[],\"missing\":[],\"settled\":true}],"  \
  "\"distillation\":{\"label\":\"none\",\"teachers\":[],\"eval_judges\":[],\"inherited\":[]},\"commands\":{\"training\":["                           \
  "{\"path\":\"run.sh\",\"line\":%d,\"command\":\"python train.py\",\"status\":\"broken\",\"problems\":[]}],\"evaluation\":[]},"                     \
  "\"claims\":[],\"reproductions\":[],\"risks\":[],\"vendored\":[],\"not_examined\":[],\"provenance\":{}}"

typedef struct {
  CdRecord *record, *base;
  CdPolicy policy;
  CdPolicyException exception;
  CdGate gate, before;
} Case;

static CdRecord *
record (const char *remote, int commit, int line)
{
  g_autofree char *text = g_strdup_printf (AUDIT, commit, remote, line);
  g_autoptr (GError) error = NULL;
  CdRecord *read = cd_record_read (text, strlen (text), "audit", &error);
  if (read == NULL)
    fail_msg ("%s", error->message);
  return read;
}

static void
check_free (gpointer data)
{
  CdCheck *check = data;
  g_free (check->id);
  g_free (check->rule);
  g_free (check->what);
  g_free (check->fix);
  g_array_unref (check->places);
  g_free (check);
}

static CdCheck *
add (CdGate *gate, CdOutcome outcome, const char *id, const char *rule, const char *what, const char *path, guint line)
{
  guint *counts[] = { &gate->passed, &gate->warned, &gate->excepted, &gate->failed };
  CdCheck *check = g_new0 (CdCheck, 1);
  check->id = g_strdup (id);
  check->rule = g_strdup (rule);
  check->outcome = outcome;
  check->what = g_strdup (what);
  check->fix = outcome == CD_OUTCOME_PASSED ? NULL : g_strdup ("Mend it.");
  check->places = g_array_new (FALSE, TRUE, sizeof (CdRecordPlace));
  const CdRecordPlace place = { .path = path, .line = line, .end = line };
  if (path != NULL)
    g_array_append_val (check->places, place);
  g_ptr_array_add (gate->checks, check);
  ++*counts[outcome];
  return check;
}

static void
make_gate (Case *c, CdGate *gate, const CdRecord *of)
{
  gate->policy = &c->policy;
  gate->record = of;
  gate->checks = g_ptr_array_new_with_free_func (check_free);
  gate->expired = g_ptr_array_new ();
  gate->unused = g_ptr_array_new ();
}

static int
set_up (void **state)
{
  Case *c = g_new0 (Case, 1);
  *state = c;
  c->record = record ("https://github.com/owner/name", 1, 7);
  c->base = record ("https://github.com/owner/name", 2, 3);
  c->policy.id = (char *) "mine";
  c->policy.name = (char *) HOSTILE;
  c->exception = (CdPolicyException){ .rule = (char *) "risk/*", .reason = (char *) HOSTILE, .until = (char *) "2030-01-01" };
  make_gate (c, &c->gate, c->record);
  make_gate (c, &c->before, c->base);
  c->gate.base = c->base;
  add (&c->gate, CD_OUTCOME_FAILED, "claim/" HOSTILE, "claim", HOSTILE, "a b#" HOSTILE ".md", 3);
  add (&c->gate, CD_OUTCOME_FAILED, "command/run.sh:7", "command", "broken", "run.sh", 7);
  add (&c->gate, CD_OUTCOME_FAILED, "criterion/open.weights", "open.weights", "No weights.", NULL, 0);
  CdCheck *gone = add (&c->gate, CD_OUTCOME_WARNED, "regression/open.weights", "open.weights", "Was yes.", "paper.PDF", 9);
  gone->gone = TRUE;
  CdCheck *excepted = add (&c->gate, CD_OUTCOME_EXCEPTED, "risk/x", "x", "A risk.", "a.txt", 0);
  excepted->exception = &c->exception;
  add (&c->gate, CD_OUTCOME_PASSED, "score/total", "score", "fine", NULL, 0);
  add (&c->before, CD_OUTCOME_FAILED, "command/run.sh:3", "command", "broken", "run.sh", 3);
  add (&c->before, CD_OUTCOME_FAILED, "score/total", "score", "too little", NULL, 0);
  g_ptr_array_add (c->gate.unused, &c->exception);
  return 0;
}

static int
tear_down (void **state)
{
  Case *c = *state;
  CdGate *gates[] = { &c->gate, &c->before };
  for (guint i = 0; i < G_N_ELEMENTS (gates); i++) {
    g_ptr_array_unref (gates[i]->checks);
    g_ptr_array_unref (gates[i]->expired);
    g_ptr_array_unref (gates[i]->unused);
  }
  cd_record_free (c->record);
  cd_record_free (c->base);
  g_free (c);
  return 0;
}

static CdGateReport
report_of (const Case *c)
{
  return (CdGateReport){ .gate = &c->gate, .before = &c->before };
}

/* No controls but new lines, nothing that turns text around. */
static void
assert_printable (const char *text)
{
  assert_true (g_utf8_validate (text, -1, NULL));
  assert_null (strstr (text, BIDI));
  for (const char *at = text; *at != '\0'; at++)
    assert_true ((guchar) *at >= 0x20 || *at == '\n' || *at == '\t');
}

static const cJSON *
result_at (const cJSON *root, int index)
{
  const cJSON *run = cJSON_GetArrayItem (cJSON_GetObjectItem (root, "runs"), 0);
  return cJSON_GetArrayItem (cJSON_GetObjectItem (run, "results"), index);
}

static const char *
at (const cJSON *object, const char *keys)
{
  g_auto (GStrv) path = g_strsplit (keys, ".", -1);
  for (guint i = 0; path[i] != NULL; i++)
    object = g_ascii_isdigit (*path[i]) ? cJSON_GetArrayItem (object, atoi (path[i])) : cJSON_GetObjectItem (object, path[i]);
  return cJSON_GetStringValue (object);
}

static void
test_sarif_keeps_paths_and_texts_apart (void **state)
{
  const Case *c = *state;
  const CdGateReport report = report_of (c);
  g_autofree char *text = cd_report_sarif (&report), *again = cd_report_sarif (&report);
  assert_string_equal (text, again);
  assert_printable (text);
  cJSON *root = cJSON_Parse (text);
  assert_non_null (root);
  const cJSON *first = result_at (root, 0);
  const char *uri = at (first, "locations.0.physicalLocation.artifactLocation.uri");
  assert_true (g_str_has_prefix (uri, "a%20b%23a%5D%5D%3E%26amp%3B"));
  assert_null (strpbrk (uri, " <>\"\\^`{|}\r\n"));
  g_autofree char *path = g_uri_unescape_string (uri, NULL);
  assert_string_equal (path, "a b#" HOSTILE ".md");
  assert_non_null (strstr (at (first, "message.text"), "\\[z\\](w)")); /* no link */
  /* A check without a place stands where its disclosure could be written, one in a PDF at its first line. */
  assert_string_equal (at (result_at (root, 2), "locations.0.physicalLocation.artifactLocation.uri"), "README.md");
  assert_string_equal (at (result_at (root, 2), "locations.0.message.text"), "where it could be stated");
  assert_string_equal (at (result_at (root, 3), "locations.0.message.text"), "in the base, 000000000000");
  assert_string_equal (at (result_at (root, 4), "suppressions.0.kind"), "external");
  cJSON_Delete (root);
}

static void
test_sarif_tells_new_from_old (void **state)
{
  const Case *c = *state;
  const CdGateReport report = report_of (c);
  g_autofree char *text = cd_report_sarif (&report);
  cJSON *root = cJSON_Parse (text);
  /* The command moved by four lines and is the same finding; the score was mended. */
  static const char *const states[] = { "new", "unchanged", "new", "new", "new", "absent" };
  for (int i = 0; i < (int) G_N_ELEMENTS (states); i++)
    assert_string_equal (at (result_at (root, i), "baselineState"), states[i]);
  assert_null (result_at (root, G_N_ELEMENTS (states)));
  assert_string_equal (at (result_at (root, 5), "level"), "none");
  assert_string_equal (at (result_at (root, 5), "ruleId"), "score");
  cJSON_Delete (root);
}

static void
test_sarif_names_no_remote_with_a_password (void **state)
{
  const Case *c = *state;
  CdGateReport report = report_of (c);
  static const struct {
    const char *remote;
    gboolean told;
  } rows[] = { { "https://github.com/owner/name", TRUE },
               { "https://user:hunter2hunter2@example.org/x", FALSE },
               { "git@github.com:owner/name", FALSE },
               { "/home/somebody/work", FALSE } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (CdRecord) other = record (rows[i].remote, 1, 7);
    CdGate gate = c->gate;
    gate.record = other;
    report.gate = &gate;
    g_autofree char *text = cd_report_sarif (&report);
    assert_int_equal (strstr (text, "versionControlProvenance") != NULL, rows[i].told);
    assert_int_equal (strstr (text, rows[i].remote) != NULL, rows[i].told);
  }
}

static void
test_fingerprints_stay_and_differ (void **state)
{
  const Case *c = *state;
  CdGate twice = c->gate;
  twice.checks = g_ptr_array_new_with_free_func (check_free);
  add (&twice, CD_OUTCOME_FAILED, "risk/x", "x", "one", "a", 1);
  add (&twice, CD_OUTCOME_FAILED, "risk/x", "x", "two", "a", 2);
  g_autoptr (GPtrArray) some = cd_check_fingerprints (&c->gate), others = cd_check_fingerprints (&twice), old = cd_check_fingerprints (&c->before);
  assert_string_not_equal (others->pdata[0], others->pdata[1]);
  assert_string_equal (others->pdata[0], some->pdata[4]);
  assert_string_equal (some->pdata[1], old->pdata[0]); /* run.sh:7 and run.sh:3 */
  g_ptr_array_unref (twice.checks);
}

static xmlDocPtr
parse_xml (const char *text)
{
  xmlDocPtr document = xmlReadMemory (text, (int) strlen (text), NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  assert_non_null (document);
  return document;
}

static void
test_junit_is_xml_whatever_it_holds (void **state)
{
  const Case *c = *state;
  const CdGateReport report = report_of (c);
  g_autofree char *text = cd_report_junit (&report);
  assert_printable (text);
  xmlDocPtr document = parse_xml (text);
  xmlNodePtr suite = xmlFirstElementChild (xmlDocGetRootElement (document)), one = xmlFirstElementChild (suite);
  g_autofree char *told = NULL;
  xmlChar *name = xmlGetProp (suite, BAD_CAST "name"), *body = xmlNodeGetContent (xmlFirstElementChild (one));
  assert_string_equal ((char *) name, "candor.mine.claim");
  assert_non_null (strstr ((char *) body, "a]]>&amp;\"'<script>\\u{1}\\u{1B}[31m\\u{202E}\\u{FFFE}%0A"));
  xmlFree (name);
  xmlFree (body);
  xmlFreeDoc (document);
}

static void
test_annotations_are_one_command_a_line (void **state)
{
  const Case *c = *state;
  const CdGateReport report = report_of (c);
  g_autofree char *text = cd_report_annotations (&report);
  assert_printable (text);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  assert_int_equal (g_strv_length (lines), 6); /* five commands, and nothing after the last new line */
  static const char *const begins[] = { "::error file=a b#a]]>", "::error file=run.sh,line=7,title=command/run.sh%3A7::broken",
                                        "::error file=README.md,title=criterion/open.weights::",
                                        "::warning file=paper.PDF,title=regression/open.weights::", "::notice file=a.txt,title=risk/x::" };
  for (guint i = 0; i < G_N_ELEMENTS (begins); i++)
    assert_true (g_str_has_prefix (lines[i], begins[i]));
  /* What the name holds ends neither the property nor the command. */
  assert_non_null (strstr (lines[0], "%250A%2Cline=9%3A%3A"));
  g_autofree char *properties = g_strndup (lines[0], (gsize) (strstr (lines[0] + 2, "::") - lines[0]));
  assert_null (strstr (properties, ",line=9"));
  assert_true (g_str_has_suffix (properties, "x|`y`[z](w) {0} \\"));
  assert_non_null (strstr (lines[0], ",line=3,title="));
}

static void
test_a_summary_is_inert (void **state)
{
  const Case *c = *state;
  const CdGateReport report = report_of (c);
  g_autofree char *text = cd_report_step_summary (&report);
  assert_printable (text);
  assert_null (strstr (text, "<script"));
  assert_null (strstr (text, "[z](w)"));
  assert_non_null (strstr (text, "https://github.com/owner/name/blob/0000000000000000000000000000000000000001/run.sh#L7"));
  assert_non_null (strstr (text, "https://github.com/owner/name/blob/0000000000000000000000000000000000000002/paper.PDF"));
}

static void
test_a_badge_fits_its_text (void **state)
{
  Case *c = *state;
  const CdGateReport report = report_of (c);
  static char long_id[400];
  memset (long_id, 'w', sizeof long_id - 1);
  char *ids[] = { (char *) "mine", long_id, (char *) HOSTILE };
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    c->policy.id = ids[i];
    g_autofree char *svg = cd_report_badge_svg (&report), *json = cd_report_badge_json (&report);
    assert_printable (svg);
    xmlFreeDoc (parse_xml (svg));
    assert_true (strlen (svg) < 2500);
    cJSON *root = cJSON_Parse (json);
    assert_string_equal (at (root, "message"), "3 failed, 61/100");
    assert_string_equal (at (root, "color"), "red");
    cJSON_Delete (root);
  }
  c->policy.id = ids[0];
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_sarif_keeps_paths_and_texts_apart),
    cmocka_unit_test (test_sarif_tells_new_from_old),
    cmocka_unit_test (test_sarif_names_no_remote_with_a_password),
    cmocka_unit_test (test_fingerprints_stay_and_differ),
    cmocka_unit_test (test_junit_is_xml_whatever_it_holds),
    cmocka_unit_test (test_annotations_are_one_command_a_line),
    cmocka_unit_test (test_a_summary_is_inert),
    cmocka_unit_test (test_a_badge_fits_its_text),
  };
  return cmocka_run_group_tests_name ("formats of a gate", tests, set_up, tear_down);
}
