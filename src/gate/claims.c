/* Claimed figures: whether any has a conclusion that the policy refuses, and, where it asks for that, whether each has been put to a test. */
#include "gate/families.h"
#include <math.h>
#include <string.h>

#define CONCLUSION_NONE "none"

static const struct {
  const char *conclusion, *means, *fix;
  double effort;
} conclusions[] = {
  { "selected", "it equals the best of several logged runs, and their median does not bear it out",
    "Report the median or the mean over all runs, with their spread.", 0.3 },
  { "not-reproduced", "what was obtained does not bear it out", "Correct the figure, or add the log or the predictions that it was taken from.",
    0.8 },
  { "not-run", "a command is declared for it, and nothing that the command writes is there",
    "Run `candor reproduce --run`, or add the log or the predictions of the evaluation.", 0.6 },
  { "compatible", "it lies inside the interval of what was obtained, and is not equal to it",
    "Add the log or the predictions that the figure was taken from.", 0.5 },
  { "reproduced", "what was obtained is equal to it", "Choose a policy that allows it.", 1 },
  { CONCLUSION_NONE, "nothing in the tree allows it to be tested", "Add the log or the predictions of the evaluation that the figure was taken from.",
    0.6 },
};

static guint
row_of (const char *conclusion)
{
  for (guint i = 0; i < G_N_ELEMENTS (conclusions); i++)
    if (strcmp (conclusions[i].conclusion, conclusion) == 0)
      return i;
  return G_N_ELEMENTS (conclusions) - 1;
}

/* A number without superfluous digits. Caller frees. */
static char *
figure_text (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  return g_strdup (g_ascii_formatd (text, sizeof text, "%.10g", value));
}

/* "MODEL/BENCHMARK/METRIC". Caller frees. */
static char *
name_of (const cJSON *claim)
{
  const char *model = cd_record_string (claim, "model"), *benchmark = cd_record_string (claim, "benchmark"),
             *metric = cd_record_string (claim, "metric");
  return g_strdup_printf ("%s/%s/%s", model != NULL ? model : "unnamed", benchmark != NULL ? benchmark : "unknown",
                          metric != NULL ? metric : "unknown");
}

/* "Our-7B on aime24 (pass@1): 46.7 is claimed, 30 was obtained from 26 runs; it equals …". Caller frees. */
static char *
what_of (const cJSON *claim, const cJSON *reproduction, guint row)
{
  const char *model = cd_record_string (claim, "model"), *benchmark = cd_record_string (claim, "benchmark"),
             *metric = cd_record_string (claim, "metric"), *why = cd_record_string (reproduction, "why");
  g_autofree char *claimed = figure_text (cd_record_number (claim, "value", 0));
  double value = cd_record_number (reproduction, "value", NAN), runs = cd_record_number (reproduction, "runs", 0);
  g_autofree char *obtained = figure_text (value);
  GString *what = g_string_new (NULL);
  g_string_printf (what, "%s on %s%s%s%s: %s is claimed", model != NULL ? model : "a model", benchmark != NULL ? benchmark : "a benchmark",
                   metric != NULL ? " (" : "", metric != NULL ? metric : "", metric != NULL ? ")" : "", claimed);
  if (!isnan (value))
    g_string_append_printf (what, ", %s was obtained", obtained);
  if (!isnan (value) && runs > 1)
    g_string_append_printf (what, " (the median of %.0f runs)", runs);
  g_string_append_printf (what, "; %s", why != NULL ? why : conclusions[row].means);
  return g_string_free (what, FALSE);
}

/* By claim, the reproduction that the policy minds most: a refused one, else the first with a conclusion; NULL none. Borrowed members. */
static GPtrArray *
tests_of (const CdRecord *record, const CdPolicy *policy, guint claims)
{
  GPtrArray *tests = g_ptr_array_new ();
  g_ptr_array_set_size (tests, (int) claims);
  cJSON *item = NULL;
  cJSON_ArrayForEach (item, cd_record_part (record, "reproductions"))
  {
    double claim = cd_record_number (item, "claim", -1);
    const char *conclusion = cd_record_string (item, "conclusion");
    if (!(claim >= 0 && claim < claims) || conclusion == NULL)
      continue;
    gpointer *test = &tests->pdata[(guint) claim];
    gboolean refused = policy->claims != NULL && g_strv_contains ((const char *const *) policy->claims, conclusion);
    gboolean held = *test != NULL && strcmp (cd_record_string (*test, "conclusion"), "not-run") != 0;
    const char *before = *test != NULL ? cd_record_string (*test, "conclusion") : NULL;
    gboolean refused_before = before != NULL && policy->claims != NULL && g_strv_contains ((const char *const *) policy->claims, before);
    if (*test == NULL || (refused && !refused_before) || (!held && !refused_before))
      *test = item;
  }
  return tests;
}

static void
check_claim (CdGateCase *the_case, const cJSON *claim, const cJSON *test)
{
  const CdPolicy *policy = the_case->policy;
  const char *conclusion = test != NULL ? cd_record_string (test, "conclusion") : CONCLUSION_NONE;
  gboolean refused = policy->claims != NULL && g_strv_contains ((const char *const *) policy->claims, conclusion);
  gboolean untested = strcmp (conclusion, CONCLUSION_NONE) == 0 || strcmp (conclusion, "not-run") == 0;
  if (untested && !refused && !policy->claims_tested)
    return; /* nothing is asked of it */
  gboolean failed = refused || untested;
  guint row = row_of (conclusion);
  g_autofree char *name = name_of (claim);
  g_autoptr (GArray) places = cd_record_places (claim, "evidence"), obtained = cd_record_places (test, "evidence");
  CdCheck *check = cd_gate_add (the_case, failed ? CD_OUTCOME_FAILED : CD_OUTCOME_PASSED, name, NULL, what_of (claim, test, row));
  cd_gate_mend (check, conclusions[row].fix, conclusions[row].effort);
  cd_gate_place (check, places);
  cd_gate_place (check, obtained);
}

void
cd_gate_check_claims (CdGateCase *the_case)
{
  const cJSON *claims = cd_record_part (the_case->record, "claims"), *claim = NULL;
  if (the_case->policy->claims == NULL && !the_case->policy->claims_tested)
    return;
  the_case->why = the_case->policy->claims_why;
  g_autoptr (GPtrArray) tests = tests_of (the_case->record, the_case->policy, (guint) cJSON_GetArraySize (claims));
  guint index = 0;
  cJSON_ArrayForEach (claim, claims) check_claim (the_case, claim, tests->pdata[index++]);
}
