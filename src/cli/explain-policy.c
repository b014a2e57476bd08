/* What a policy asks, a line a part; and what a family of checks asks. The policies' form is schemas/policy.schema.json. */
#include "cli/explain-policy.h"
#include "base/text.h"
#include "cli/labels.h"
#include "gate/gate.h"

#define FOLDER "rubrics/policies/"

/* "at least 70 points, 8 of data, …". NULL where nothing is asked; caller frees. */
static char *
scores_text (const CdPolicy *policy)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < policy->scores->len; i++) {
    const CdPolicyScore *score = &g_array_index (policy->scores, CdPolicyScore, i);
    g_string_append_printf (text, "%sat least %u %s%s", i > 0 ? ", " : "", score->least, score->dimension != NULL ? "of " : "in all",
                            score->dimension != NULL ? score->dimension : "");
  }
  return g_string_free (text, FALSE);
}

static void
put_criteria (CdPage *page, const CdPolicy *policy)
{
  for (guint i = 0; i < policy->criteria->len; i++) {
    const CdPolicyCriterion *asked = &g_array_index (policy->criteria, CdPolicyCriterion, i);
    g_autofree char *text = g_strdup_printf ("%s%s%s", asked->id, asked->why != NULL ? ": " : "", asked->why != NULL ? asked->why : "");
    cd_label_line (page, i == 0 ? "criteria" : "", text);
  }
}

/* What is asked of a part, joined words after a beginning; nothing where there are none. */
static void
put_words (CdPage *page, const char *label, const char *begins, char **words)
{
  g_autofree char *all = words != NULL ? cd_text_enumerate ((const char *const *) words) : NULL;
  g_autofree char *text = all != NULL ? g_strconcat (begins, all, NULL) : NULL;
  cd_label_line (page, label, text);
}

static void
put_policy (CdPage *page, gboolean another, const CdPolicy *policy)
{
  static const char *const doubts[] = { "what is in doubt fails", "what is in doubt is told, and does not fail", "what is in doubt passes" };
  g_autofree char *what = g_strdup_printf ("policy: %s", policy->name), *scores = scores_text (policy);
  cd_label_title (page, another, policy->id, what);
  cd_label_line (page, "why", policy->why);
  cd_label_line (page, "rubric", policy->rubric);
  cd_label_line (page, "scores", scores);
  put_criteria (page, policy);
  cd_label_line (page, "doubt", doubts[policy->unsettled]);
  put_words (page, "labels", "of distillation, allowed are ", policy->labels);
  cd_label_line (page, "teachers", policy->teachers_disclosed ? "every one disclosed" : NULL);
  put_words (page, "claims", "refused are ", policy->claims);
  cd_label_line (page, policy->claims == NULL ? "claims" : "", policy->claims_tested ? "every one put to a test" : NULL);
  put_words (page, "commands", policy->commands_shown ? "shown, and none broken, for " : "none broken for ", policy->commands);
  gboolean any = policy->risks != NULL && g_strv_contains ((const char *const *) policy->risks, "*");
  put_words (page, "risks", "none of ", any ? NULL : policy->risks);
  cd_label_line (page, any ? "risks" : "", any ? "none at all" : NULL);
  cd_label_line (page, "base", policy->no_regression ? "what the base had is still there" : NULL);
  put_words (page, "", "of ", policy->losses);
  cd_label_line (page, "defined", policy->where);
}

guint
cd_explain_policy (CdPage *page, gboolean another, const CdData *data, const char *name)
{
  const char *asks = cd_gate_family_asks (name);
  g_auto (GStrv) names = cd_policy_list (data);
  g_autoptr (CdPolicy) policy = g_strv_contains ((const char *const *) names, name) ? cd_policy_load (data, name, NULL) : NULL;
  if (policy != NULL)
    put_policy (page, another, policy);
  if (asks == NULL)
    return policy != NULL ? 1 : 0;
  cd_label_title (page, another || policy != NULL, name, "family of a gate's checks");
  cd_label_line (page, "question", asks);
  return policy != NULL ? 2 : 1;
}

void
cd_explain_policy_names (GPtrArray *ids, const CdData *data)
{
  g_auto (GStrv) names = cd_policy_list (data);
  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (ids, g_strdup (names[i]));
}

void
cd_explain_policy_list (CdPage *page, const CdData *data)
{
  g_auto (GStrv) names = cd_policy_list (data);
  guint columns = 0;
  for (guint i = 0; names[i] != NULL; i++)
    columns = MAX (columns, cd_text_columns (names[i]));
  for (guint i = 0; names[i] != NULL; i++) {
    g_autoptr (GError) cause = NULL;
    g_autoptr (CdPolicy) policy = cd_policy_load (data, names[i], &cause);
    if (i == 0)
      cd_page_heading (page, "Policies for `candor gate`");
    cd_page_put (page, names[i], CD_TINT_STRONG);
    cd_page_move (page, columns + 2);
    cd_page_wrap (page, policy != NULL ? policy->name : cause->message, policy != NULL ? CD_TINT_NONE : CD_TINT_BAD);
    cd_page_end (page);
  }
}
