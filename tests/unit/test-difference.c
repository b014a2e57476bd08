/* What changed between two audits: which criterion, claim, command, dataset, risk is the same one on both sides, what counts as less than before, and that reports of
 * it are safe to paste. Audits are written out here in their shortest form. */
#include "report/difference.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COMMIT_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define COMMIT_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define BLOB "cccccccccccccccccccccccccccccccccccccccc"

/* Pieces of an audit's JSON; NULL: the usual one. */
typedef struct {
  const char *commit, *version, *rubric, *knowledge, *remote, *subdir;
  const char *verdicts, *label, *teachers, *claims, *reproductions, *training, *evaluation, *datasets, *weights, *risks;
  guint total;
} Parts;

static const char * or (const char *text, const char *usual)
{
  return text != NULL ? text : usual;
}

static CdRecord *
record_of (const Parts *parts)
{
  g_autofree char *text = g_strdup_printf (
      "{\"schema\": \"candor-audit/1\", \"tool\": {\"name\": \"candor\", \"version\": \"%s\", \"rubric\": {\"id\": \"tti\", \"version\": \"%s\", "
      "\"sha256\": "
      "\"r\"}, \"knowledge_sha256\": \"%s\"}, \"subject\": {\"commit\": \"%s\", \"subdir\": \"%s\", \"scope\": [], \"remote\": %s, \"manifest\": "
      "null},"
      "\"score\": {\"total\": %u, \"of\": 100, \"expected\": 1, \"likely\": [1, 9], \"settled\": 0, \"unsettled\": 0, \"dimensions\": [{\"id\": "
      "\"data\", "
      "\"name\": \"Data\", \"points\": %u, \"of\": 100}]}, \"category\": {\"openness\": \"opaque\", \"approach\": []}, \"verdicts\": [%s],"
      "\"distillation\": {\"label\": \"%s\", \"teachers\": [%s]}, \"provenance\": {\"datasets\": [%s], \"weights\": [%s]},"
      "\"commands\": {\"training\": [%s], \"evaluation\": [%s]}, \"claims\": [%s], \"reproductions\": [%s], \"risks\": [%s]}",
      or (parts->version, "1.0.0"), or (parts->rubric, "1"), or (parts->knowledge, "k"), or (parts->commit, COMMIT_A), or (parts->subdir, ""),
      or (parts->remote, "null"), parts->total, parts->total, or (parts->verdicts, ""), or (parts->label, "none"), or (parts->teachers, ""),
      or (parts->datasets, ""), or (parts->weights, ""), or (parts->training, ""), or (parts->evaluation, ""), or (parts->claims, ""),
      or (parts->reproductions, ""), or (parts->risks, ""));
  g_autoptr (GError) error = NULL;
  CdRecord *record = cd_record_read (text, strlen (text), "audit", &error);
  if (record == NULL)
    fail_msg ("%s", error->message);
  return record;
}

typedef struct {
  CdRecord *before, *after;
  CdDifference *difference;
} Pair;

static void
pair_clear (Pair *pair)
{
  cd_difference_free (pair->difference);
  cd_record_free (pair->before);
  cd_record_free (pair->after);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static Pair
compare (const Parts *before, const Parts *after)
{
  Pair pair = { record_of (before), record_of (after), NULL };
  pair.difference = cd_difference_new (pair.before, pair.after);
  return pair;
}

/* "claim M on b (pass@1): 1 > 2 !\n", a line a change. Caller frees. */
static char *
told (const CdDifference *difference)
{
  GString *lines = g_string_new (NULL);
  for (guint i = 0; i < difference->changes->len; i++) {
    const CdChange *change = difference->changes->pdata[i];
    g_string_append_printf (lines, "%s %s: %s > %s%s\n", cd_changed_kind_name (change->kind), change->what, or (change->before, "-"),
                            or (change->after, "-"), change->worse ? " !" : "");
  }
  return g_string_free (lines, FALSE);
}

static void
check_told (const Parts *before, const Parts *after, const char *expected)
{
  g_auto (Pair) pair = compare (before, after);
  g_autofree char *lines = told (pair.difference);
  assert_string_equal (lines, expected);
}

#define VERDICT(id, yes, settled)                                                                                                                    \
  "{\"id\": \"" id "\", \"question\": \"Q " id "?\", \"yes\": " yes ", \"points\": 0, \"of\": 3, \"certainty\": 0.8, \"settled\": " settled          \
  ", \"basis\": \"inferred\", \"why\": \"W " id " " yes "\", \"evidence\": [{\"path\": \"" id ".md\", \"line\": 4, \"end\": 6}]}"

static void
test_criteria_are_gained_lost_or_more_or_less_certain (void **state)
{
  (void) state;
  const Parts before = { .verdicts = VERDICT ("a", "true", "true") "," VERDICT ("b", "false", "true") "," VERDICT ("c", "true", "true") "," VERDICT (
                             "d", "false", "true") "," VERDICT ("e", "true", "false") "," VERDICT ("f", "false", "true") };
  const Parts after = { .verdicts = VERDICT ("f", "true", "true") "," VERDICT ("b", "true", "false") "," VERDICT ("c", "false", "false") "," VERDICT (
                            "d", "false", "false") "," VERDICT ("e", "true", "true") "," VERDICT ("a", "true", "true") };
  g_auto (Pair) pair = compare (&before, &after);
  const struct {
    const GArray *list;
    const char *ids;
  } lists[]
      = { { pair.difference->gained, "fb" }, { pair.difference->lost, "c" }, { pair.difference->settled, "e" }, { pair.difference->unsettled, "d" } };
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    assert_int_equal (lists[i].list->len, strlen (lists[i].ids));
    for (guint k = 0; k < lists[i].list->len; k++) {
      const CdVerdictChange *change = &g_array_index (lists[i].list, CdVerdictChange, k);
      assert_int_equal (*change->before->id, lists[i].ids[k]);
      assert_int_equal (*change->after->id, lists[i].ids[k]);
    }
  }
}

static void
test_a_criterion_of_one_rubric_has_one_side (void **state)
{
  (void) state;
  const Parts before = { .rubric = "1", .verdicts = VERDICT ("a", "true", "true") "," VERDICT ("b", "false", "true") };
  const Parts after = { .rubric = "2", .verdicts = VERDICT ("c", "true", "true") "," VERDICT ("d", "false", "true") };
  g_auto (Pair) pair = compare (&before, &after);
  assert_false (pair.difference->same_rules);
  assert_int_equal (pair.difference->gained->len, 1);
  assert_null (g_array_index (pair.difference->gained, CdVerdictChange, 0).before);
  assert_int_equal (pair.difference->lost->len, 1);
  assert_null (g_array_index (pair.difference->lost, CdVerdictChange, 0).after);
}

static void
test_rules_are_the_same_in_version_rubric_and_knowledge (void **state)
{
  (void) state;
  static const struct {
    Parts after;
    const char *says;
  } cases[] = {
    { { .commit = COMMIT_B }, NULL },
    { { .version = "1.0.1" }, "version of Candor (1.0.0 and 1.0.1)" },
    { { .rubric = "2" }, "rubric (tti 1 and tti 2)" },
    { { .knowledge = "other" }, "knowledge" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Pair) pair = compare (&(Parts){ .total = 0 }, &cases[i].after);
    g_autofree char *rules = cd_difference_rules (pair.difference);
    assert_int_equal (pair.difference->same_rules, cases[i].says == NULL);
    assert_true (rules == NULL ? cases[i].says == NULL : strstr (rules, cases[i].says) != NULL);
    assert_true (cd_difference_is_empty (pair.difference));
  }
}

static void
test_works_are_told_by_remote_and_folder (void **state)
{
  (void) state;
  static const struct {
    const char *before, *after, *subdir;
    gboolean two;
  } cases[] = {
    { "\"https://github.com/owner/name.git\"", "\"https://github.com/Owner/Name/\"", "", FALSE },
    { "\"git@github.com:owner/name.git\"", "\"https://github.com/owner/name\"", "", FALSE },
    { "\"ssh://git@github.com/owner/name\"", "\"https://github.com/owner/name\"", "", FALSE },
    { "\"https://github.com/owner/name\"", "null", "", FALSE },
    { "\"https://github.com/owner/name\"", "\"https://github.com/other/name\"", "", TRUE },
    { "null", "null", "part", TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Pair) pair = compare (&(Parts){ .remote = cases[i].before }, &(Parts){ .remote = cases[i].after, .subdir = cases[i].subdir });
    if (pair.difference->two_works != cases[i].two)
      fail_msg ("case %u", i);
  }
}

#define TEACHER(model, disclosure)                                                                                                                   \
  "{\"model\": \"" model "\", \"provider\": null, \"disclosure\": \"" disclosure                                                                     \
  "\", \"confidence\": \"high\", \"direct\": true, \"evidence\": [{\"path\": \"" model ".py\", \"line\": 7}]}"

static void
test_less_told_of_teachers_is_worse (void **state)
{
  (void) state;
  static const struct {
    const char *label[2], *teachers[2], *expected;
  } cases[] = {
    { { "disclosed", "undisclosed" },
      { TEACHER ("o1", "disclosed"), TEACHER ("o1", "code-only") },
      "label distillation: disclosed > undisclosed !\nteacher o1: disclosed > in code only, not disclosed !\n" },
    { { "undisclosed", "disclosed" },
      { TEACHER ("o1", "code-only"), TEACHER ("o1", "disclosed") },
      "label distillation: undisclosed > disclosed\nteacher o1: in code only, not disclosed > disclosed\n" },
    { { "disclosed", "unknown" }, { TEACHER ("o1", "disclosed"), "" }, "label distillation: disclosed > unknown !\nteacher o1: disclosed > - !\n" },
    { { "none", "disclosed" }, { "", TEACHER ("o1", "disclosed") }, "label distillation: none > disclosed\nteacher o1: - > disclosed\n" },
    { { "partial", "partial" },
      { TEACHER ("o1", "code-only"), TEACHER ("r1", "code-only") "," TEACHER ("q", "hinted") },
      "teacher r1: - > in code only, not disclosed !\nteacher q: - > a lead for a reader\nteacher o1: in code only, not disclosed > -\n" },
    { { "partial", "partial" }, { TEACHER ("o1", "hinted"), TEACHER ("o1", "hinted") }, "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_told (&(Parts){ .label = cases[i].label[0], .teachers = cases[i].teachers[0] },
                &(Parts){ .label = cases[i].label[1], .teachers = cases[i].teachers[1] }, cases[i].expected);
}

static void
test_places_are_of_the_side_that_has_the_thing (void **state)
{
  (void) state;
  g_auto (Pair) pair = compare (&(Parts){ .label = "disclosed", .teachers = TEACHER ("o1", "disclosed") },
                                &(Parts){ .label = "undisclosed", .teachers = TEACHER ("r1", "code-only") });
  static const struct {
    const char *path;
    gboolean gone;
  } expected[] = { { "r1.py", FALSE }, { "r1.py", FALSE }, { "o1.py", TRUE } };
  assert_int_equal (pair.difference->changes->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    const CdChange *change = pair.difference->changes->pdata[i];
    assert_string_equal (change->where.path, expected[i].path);
    assert_int_equal (change->where.line, 7);
    assert_int_equal (change->gone, expected[i].gone);
  }
}

#define CLAIM(model, benchmark, metric, version, k, value)                                                                                           \
  "{\"model\": " model ", \"benchmark\": \"" benchmark "\", \"id\": \"" benchmark "\", \"metric\": " metric ", \"version\": " version ", \"k\": " k  \
  ", \"value\": " value ", \"decimals\": 1, \"unit\": \"percent\", \"evidence\": [{\"path\": \"README.md\", \"line\": 9}]}"
#define PLAIN(model, benchmark, value) CLAIM ("\"" model "\"", benchmark, "\"pass@1\"", "null", "1", value)

static void
test_claims_are_the_same_by_model_benchmark_metric_version_and_k (void **state)
{
  (void) state;
  static const struct {
    const char *before, *after, *expected;
  } cases[] = {
    { PLAIN ("M", "aime", "46.7"), PLAIN ("M", "aime", "30"), "claim M on aime (pass@1): 46.7 > 30.0\n" },
    { PLAIN ("M", "aime", "46.7") "," PLAIN ("N", "aime", "1"), PLAIN ("N", "aime", "1.0") "," PLAIN ("M", "aime", "46.70"), "" },
    { PLAIN ("M", "aime", "46.7"), PLAIN ("N", "aime", "46.7"), "claim N on aime (pass@1): - > 46.7\nclaim M on aime (pass@1): 46.7 > -\n" },
    { CLAIM ("null", "aime", "null", "\"2024\"", "null", "1"), CLAIM ("null", "aime", "null", "\"2025\"", "null", "1"),
      "claim a model without a name on aime, 2025: - > 1.0\nclaim a model without a name on aime, 2024: 1.0 > -\n" },
    { CLAIM ("\"M\"", "aime", "\"maj@k\"", "null", "8", "1"), CLAIM ("\"M\"", "aime", "\"maj@k\"", "null", "64", "1"),
      "claim M on aime (maj@k): - > 1.0\nclaim M on aime (maj@k): 1.0 > -\n" },
    { PLAIN ("M", "aime", "1") "," PLAIN ("M", "aime", "2"), PLAIN ("M", "aime", "2") "," PLAIN ("M", "aime", "3"),
      "claim M on aime (pass@1): 1.0 > 3.0\n" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_told (&(Parts){ .claims = cases[i].before }, &(Parts){ .claims = cases[i].after }, cases[i].expected);
  check_told (&(Parts){ .claims = "7, null, []" }, &(Parts){ .claims = "7" },
              "claim a model without a name on an unknown benchmark: nan > -\nclaim a model without a name on an unknown benchmark: nan > -\n");
}

#define REPRODUCTION(claim, conclusion, value, runs)                                                                                                 \
  "{\"claim\": " claim ", \"conclusion\": " conclusion ", \"value\": " value ", \"unit\": \"percent\", \"runs\": " runs                              \
  ", \"best\": 46.7, \"evidence\": [{\"path\": \"log.json\", \"line\": 1}]}"

static void
test_a_claim_no_longer_reproduced_is_worse (void **state)
{
  (void) state;
  const char *claim = PLAIN ("M", "aime", "46.7"), *other = PLAIN ("N", "aime", "1") "," PLAIN ("M", "aime", "46.7");
  const struct {
    const char *claims[2], *before, *after, *expected;
  } cases[] = {
    { { claim, other },
      REPRODUCTION ("0", "\"reproduced\"", "46.7", "1"),
      REPRODUCTION ("1", "\"reproduced\"", "46.7", "1"),
      "claim N on aime (pass@1): - > 1.0\n" },
    { { claim, claim },
      REPRODUCTION ("0", "\"reproduced\"", "46.7", "1"),
      REPRODUCTION ("0", "\"selected\"", "30", "26"),
      "reproduction M on aime (pass@1): reproduced: 46.7 > selected: 30 in the median of 26 runs, the best 46.7 !\n" },
    { { claim, claim },
      REPRODUCTION ("0", "\"reproduced\"", "46.7", "1"),
      REPRODUCTION ("0", "\"compatible\"", "43.3", "1"),
      "reproduction M on aime (pass@1): reproduced: 46.7 > compatible: 43.3 !\n" },
    { { claim, claim },
      REPRODUCTION ("0", "\"compatible\"", "43.3", "1"),
      REPRODUCTION ("0", "\"not-run\"", "null", "0"),
      "reproduction M on aime (pass@1): compatible: 43.3 > - !\n" },
    { { claim, claim }, REPRODUCTION ("0", "\"not-run\"", "null", "0"), "", "" },
    { { claim, claim },
      REPRODUCTION ("0", "\"not-reproduced\"", "1", "1"),
      REPRODUCTION ("0", "\"reproduced\"", "46.7", "1"),
      "reproduction M on aime (pass@1): not-reproduced: 1 > reproduced: 46.7\n" },
    { { claim, "" },
      REPRODUCTION ("0", "\"reproduced\"", "46.7", "1"),
      "",
      "claim M on aime (pass@1): 46.7 > -\nreproduction M on aime (pass@1): reproduced: 46.7 > -\n" },
    { { claim, claim }, REPRODUCTION ("null", "null", "46.7", "1"), REPRODUCTION ("7", "\"reproduced\"", "46.7", "1"), "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_told (&(Parts){ .claims = cases[i].claims[0], .reproductions = cases[i].before },
                &(Parts){ .claims = cases[i].claims[1], .reproductions = cases[i].after }, cases[i].expected);
}

#define COMMAND(path, line, command, status)                                                                                                         \
  "{\"path\": \"" path "\", \"line\": " line ", \"command\": \"" command "\", \"status\": \"" status "\", \"problems\": []}"
#define BROKEN(path, line, command)                                                                                                                  \
  "{\"path\": \"" path "\", \"line\": " line ", \"command\": \"" command                                                                             \
  "\", \"status\": \"broken\", \"problems\": [{\"code\": \"missing-file\", \"what\": \"a.py\"}]}"
#define BARE(path, line, status) "{\"path\": \"" path "\", \"line\": " line ", \"status\": \"" status "\", \"problems\": []}"

static void
test_commands_are_the_same_by_file_and_words (void **state)
{
  (void) state;
  static const struct {
    const char *before, *after, *expected;
  } cases[] = {
    { COMMAND ("a.md", "3", "python  a.py \\t --x 1", "runnable"), COMMAND ("a.md", "90", "$ python a.py --x 1 ", "runnable"), "" },
    { COMMAND ("a.md", "3", "python a.py", "runnable"), BROKEN ("a.md", "3", "python a.py"),
      "command python a.py: runnable > broken, missing-file: a.py !\n" },
    { COMMAND ("a.md", "3", "python a.py", "unknown"), COMMAND ("a.md", "3", "python a.py", "runnable"),
      "command python a.py: unknown > runnable\n" },
    { BROKEN ("a.md", "3", "python a.py"), COMMAND ("a.md", "3", "python a.py", "runnable"),
      "command python a.py: broken, missing-file: a.py > runnable\n" },
    { COMMAND ("a.md", "3", "python a.py", "runnable"), COMMAND ("b.md", "3", "python a.py", "runnable"),
      "command python a.py: - > runnable\ncommand python a.py: runnable > -\n" },
    { "", BROKEN ("a.md", "3", "python a.py"), "command python a.py: - > broken, missing-file: a.py !\n" },
    { BROKEN ("a.md", "3", "python a.py"), BROKEN ("a.md", "3", "python a.py --new"),
      "command python a.py --new: - > broken, missing-file: a.py\ncommand python a.py: broken, missing-file: a.py > -\n" },
    { COMMAND ("a.md", "3", "x", "runnable") "," COMMAND ("a.md", "4", "x", "runnable"), COMMAND ("a.md", "3", "x", "runnable"),
      "command x: runnable > -\n" },
    { BARE ("a.md", "3", "runnable") "," BARE ("a.md", "5", "unknown"),
      COMMAND ("a.md", "30", "x", "unknown") "," COMMAND ("a.md", "50", "y", "broken"), "command y: runnable > broken !\n" },
    { COMMAND ("a.md", "3", "python a.py", "runnable"), BARE ("a.md", "30", "runnable"), "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_told (&(Parts){ .training = cases[i].before }, &(Parts){ .training = cases[i].after }, cases[i].expected);
  check_told (&(Parts){ .training = cases[0].before }, &(Parts){ .evaluation = cases[0].after }, ""); /* listed elsewhere, by other rules */
}

#define DATASET(name, role, where, pinned, license)                                                                                                  \
  "{\"name\": \"" name "\", \"role\": \"" role "\", \"where\": " where ", \"pinned\": " pinned ", \"license\": " license                             \
  ", \"located\": true, \"evidence\": [{\"path\": \"README.md\", \"line\": 2}]}"

static void
test_data_and_weights_that_are_gone_are_worse (void **state)
{
  (void) state;
  static const struct {
    const char *before, *after, *expected;
  } cases[] = {
    { DATASET ("D", "training", "null", "false", "null"), "", "dataset D (training): located, not pinned, no licence told > - !\n" },
    { DATASET ("D", "evaluation", "null", "false", "null"), "", "dataset D (evaluation): located, not pinned, no licence told > -\n" },
    { "", DATASET ("D", "training", "\"d/e\"", "true", "\"mit\""), "dataset D (training): - > at d/e, pinned, licence mit\n" },
    { DATASET ("D", "training", "\"d/e\"", "true", "\"mit\""), DATASET ("D", "training", "\"d/e\"", "false", "\"mit\""),
      "dataset D (training): at d/e, pinned, licence mit > at d/e, not pinned, licence mit !\n" },
    { DATASET ("D", "training", "\"d/e\"", "false", "null"), DATASET ("D", "training", "\"d/f\"", "false", "\"mit\""),
      "dataset D (training): at d/e, not pinned, no licence told > at d/f, not pinned, licence mit\n" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_told (&(Parts){ .datasets = cases[i].before }, &(Parts){ .datasets = cases[i].after }, cases[i].expected);
  check_told (&(Parts){ .weights = "{\"id\": \"o/a\", \"evidence\": []}, {\"id\": \"o/b\", \"evidence\": []}" },
              &(Parts){ .weights = "{\"id\": \"o/c\", \"evidence\": []}, {\"id\": \"o/b\", \"evidence\": []}" },
              "weights o/c: - > named\nweights o/a: named > - !\n");
}

#define RISK(places) "{\"code\": \"committed-credential\", \"evidence\": [" places "]}"
#define AT(path, line, blob) "{\"path\": \"" path "\", \"line\": " line ", \"end\": " line ", \"blob\": \"" blob "\"}"

static void
test_a_risk_that_moved_is_no_new_one (void **state)
{
  (void) state;
  static const struct {
    const char *before, *after, *expected;
  } cases[] = {
    { RISK (AT ("a.env", "3", "x")), RISK (AT ("a.env", "9", "y")), "" },
    { RISK (AT ("a.env", "3", "x")), RISK (AT ("conf/a.env", "3", "x")), "" },
    { RISK (AT ("a.env", "3", "x")), RISK (AT ("a.env", "3", "y") "," AT ("a.env", "4", "y")), "risk committed-credential in a.env: - > found !\n" },
    { "", RISK (AT ("a.env", "3", "x")), "risk committed-credential in a.env: - > found !\n" },
    { RISK (AT ("a.env", "3", "x")), "", "risk committed-credential in a.env: found > -\n" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_told (&(Parts){ .risks = cases[i].before }, &(Parts){ .risks = cases[i].after }, cases[i].expected);
}

static char *
text_of (const CdDifference *difference, guint width)
{
  const CdReportStyle style = { .width = width, .unicode = TRUE };
  return cd_difference_text (difference, &style);
}

static void
test_the_same_twice_is_empty (void **state)
{
  (void) state;
  const Parts parts = { .verdicts = VERDICT ("a", "true", "true"),
                        .claims = PLAIN ("M", "aime", "1"),
                        .training = COMMAND ("a", "1", "x", "broken"),
                        .risks = RISK (AT ("a", "1", "x")),
                        .teachers = TEACHER ("o1", "code-only"),
                        .total = 40 };
  g_auto (Pair) pair = compare (&parts, &parts);
  assert_true (cd_difference_is_empty (pair.difference));
  g_autofree char *text = text_of (pair.difference, 80), *markdown = cd_difference_markdown (pair.difference);
  assert_true (g_str_has_prefix (text, "40 → 40 of 100 (0)\n  no difference\n"));
  assert_true (g_str_has_prefix (markdown, CD_DIFFERENCE_MARKER "\n### Transparency: 40 → 40 of 100 (0)\n\nNo difference.\n"));
  Parts other = parts;
  other.total = 41;
  g_auto (Pair) scored = compare (&parts, &other);
  assert_false (cd_difference_is_empty (scored.difference));
}

static void
test_two_works_neither_gain_nor_lose (void **state)
{
  (void) state;
  const Parts before = { .remote = "\"https://github.com/o/a\"",
                         .verdicts = VERDICT ("a", "true", "true") "," VERDICT ("b", "false", "true"),
                         .weights = "{\"id\": \"o/w\", \"evidence\": []}",
                         .total = 3 };
  const Parts after = { .remote = "\"https://github.com/o/b\"", .verdicts = VERDICT ("a", "false", "true") "," VERDICT ("b", "true", "true") };
  g_auto (Pair) pair = compare (&before, &after);
  g_autofree char *text = text_of (pair.difference, 100), *markdown = cd_difference_markdown (pair.difference);
  const char *const both[] = { text, markdown };
  static const char *const never[] = { "ained", "ost:", " lost", "worse", "before", "Before", "gone", "**less**" };
  for (guint i = 0; i < G_N_ELEMENTS (both); i++) {
    assert_non_null (strstr (both[i], "Only A"));
    assert_non_null (strstr (both[i], "Only B"));
    for (guint n = 0; n < G_N_ELEMENTS (never); n++)
      if (strstr (both[i], never[n]) != NULL)
        fail_msg ("\"%s\" is said of two works", never[n]);
  }
}

static void
test_a_comment_links_evidence_to_its_side (void **state)
{
  (void) state;
  const char *remote = "\"https://github.com/o/a.git\"";
  const Parts before = { .remote = remote, .verdicts = VERDICT ("a", "true", "true") "," VERDICT ("b", "false", "true"), .commit = COMMIT_A };
  const Parts after = { .remote = remote, .verdicts = VERDICT ("a", "false", "true") "," VERDICT ("b", "true", "true"), .commit = COMMIT_B };
  g_auto (Pair) pair = compare (&before, &after);
  g_autofree char *markdown = cd_difference_markdown (pair.difference);
  assert_non_null (
      strstr (markdown, "| `a`<br>Q a? | −3 | [`a.md:4`](https://github.com/o/a/blob/" COMMIT_A "/a.md?plain=1#L4-L6)<br>W a true | W a false |"));
  assert_non_null (
      strstr (markdown, "| `b`<br>Q b? | +3 | [`b.md:4`](https://github.com/o/a/blob/" COMMIT_B "/b.md?plain=1#L4-L6)<br>W b true | W b false |"));
  assert_true (strstr (markdown, "#### Lost: 1") < strstr (markdown, "#### Gained: 1"));
}

#define HOSTILE "<script>alert(1)</script> @everyone #1 [x](javascript:y) | `z` --> \\u202e \\u001b[31m </details>"

static void
test_reports_hold_any_text_and_stay_short (void **state)
{
  (void) state;
  g_autoptr (GString) claims = g_string_new (NULL), verdicts = g_string_new (NULL);
  g_autofree char *filler = g_strnfill (10000, '@');
  for (guint i = 0; i < 400; i++)
    g_string_append_printf (claims,
                            "%s"
                            "{\"model\": \"%u %s\", \"benchmark\": \"" HOSTILE "%s\", \"metric\": \"" HOSTILE
                            "\", \"value\": %u, \"unit\": \"" HOSTILE "\", \"evidence\": [{\"path\": \"%s" HOSTILE "\", \"line\": 3}]}",
                            i > 0 ? "," : "", i, HOSTILE, filler, i, i % 2 ? filler : "");
  for (guint i = 0; i < 60; i++)
    g_string_append_printf (
        verdicts,
        "%s{\"id\": \"v%u" HOSTILE "\", \"question\": \"" HOSTILE "%s\", \"yes\": true, \"points\": 0, \"of\": 3, \"certainty\": 0.8, "
        "\"settled\": true, \"basis\": \"x\", \"why\": \"" HOSTILE "%s\", \"evidence\": [{\"path\": \"" HOSTILE "\", \"line\": 4}]}",
        i > 0 ? "," : "", i, filler, filler);
  const char *remote = "\"https://github.com/o/a\"";
  g_auto (Pair) pair = compare (&(Parts){ .remote = remote, .claims = claims->str, .label = "none" },
                                &(Parts){ .remote = remote, .verdicts = verdicts->str, .label = HOSTILE, .rubric = filler });
  g_autofree char *markdown = cd_difference_markdown (pair.difference), *again = cd_difference_markdown (pair.difference);
  g_autofree char *text = text_of (pair.difference, 80), *json = cd_difference_json (pair.difference);
  assert_true (strlen (markdown) > 40000 && strlen (markdown) < 65536);
  assert_string_equal (markdown, again);
  g_autoptr (GRegex) code = g_regex_new ("`[^`]*`|<code>.*?</code>", G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  g_autofree char *prose = g_regex_replace_literal (code, markdown, -1, 0, "", G_REGEX_MATCH_DEFAULT, NULL);
  static const char *const never[] = { "<script", "@everyone", "](javascript", " #1 [" }, *const nowhere[] = { "\033", "\xe2\x80\xae" };
  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    assert_null (strstr (prose, never[i]));
  for (guint i = 0; i < G_N_ELEMENTS (nowhere); i++)
    assert_true (strstr (markdown, nowhere[i]) == NULL && strstr (text, nowhere[i]) == NULL && strstr (json, nowhere[i]) == NULL);
  assert_null (strstr (strstr (markdown, "</details>") + 1, "</details>"));
  assert_non_null (strstr (markdown, "And 48 more."));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  assert_non_null (strstr (text, "more; --format json has all"));
  assert_true (g_strv_length (lines) > 100);
  cJSON *root = cJSON_Parse (json);
  assert_int_equal (cJSON_GetArraySize (cJSON_GetObjectItem (root, "changes")), 401);
  assert_int_equal (cJSON_GetArraySize (cJSON_GetObjectItem (root, "gained")), 60);
  cJSON_Delete (root);
}

static void
test_many_things_are_compared_in_no_order (void **state)
{
  (void) state;
  g_autoptr (GString) forth = g_string_new (NULL), back = g_string_new (NULL);
  const guint many = 20000;
  for (guint i = 0; i < many; i++) {
    g_string_append_printf (forth, "%s{\"model\": \"%u\", \"benchmark\": \"b\", \"value\": 1}", i > 0 ? "," : "", i);
    g_string_append_printf (back, "%s{\"model\": \"%u\", \"benchmark\": \"b\", \"value\": %u}", i > 0 ? "," : "", many - 1 - i, i == 0 ? 2 : 1);
  }
  check_told (&(Parts){ .claims = forth->str }, &(Parts){ .claims = back->str }, "claim 19999 on b: 1 > 2\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_criteria_are_gained_lost_or_more_or_less_certain),
    cmocka_unit_test (test_a_criterion_of_one_rubric_has_one_side),
    cmocka_unit_test (test_rules_are_the_same_in_version_rubric_and_knowledge),
    cmocka_unit_test (test_works_are_told_by_remote_and_folder),
    cmocka_unit_test (test_less_told_of_teachers_is_worse),
    cmocka_unit_test (test_places_are_of_the_side_that_has_the_thing),
    cmocka_unit_test (test_claims_are_the_same_by_model_benchmark_metric_version_and_k),
    cmocka_unit_test (test_a_claim_no_longer_reproduced_is_worse),
    cmocka_unit_test (test_commands_are_the_same_by_file_and_words),
    cmocka_unit_test (test_data_and_weights_that_are_gone_are_worse),
    cmocka_unit_test (test_a_risk_that_moved_is_no_new_one),
    cmocka_unit_test (test_the_same_twice_is_empty),
    cmocka_unit_test (test_two_works_neither_gain_nor_lose),
    cmocka_unit_test (test_a_comment_links_evidence_to_its_side),
    cmocka_unit_test (test_reports_hold_any_text_and_stay_short),
    cmocka_unit_test (test_many_things_are_compared_in_no_order),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
