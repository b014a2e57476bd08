/* A rule's texts from the rubric and its probes, or from a table of families where a check is about no criterion. cmd-explain.c lays the same out for a
 * terminal. */
#include "report/rule-text.h"
#include "base/text.h"
#include "report/markup.h"
#include <string.h>

/* What counts, where a check is about no criterion; what is asked is the gate's to say. */
static const struct {
  const char *family, *tells;
} families[] = {
  { "score",
    "The transparency score, in all or of one dimension, must reach what the policy asks for. Every question that is answered no is a way to more "
    "points." },
  { "distillation",
    "Outputs of another model that reached the training data must be told of in the way that the policy allows: the teacher is named where "
    "the data is described." },
  { "claim", "A claimed figure is compared with the repository's result logs, predictions and runs; the policy names the conclusions that fail." },
  { "command", "Files, scripts and arguments that a training or evaluation command names must be there." },
  { "risk", "What harms authors or readers, such as a committed credential, fails where the policy names it." },
  { "regression", "What the base had and this change takes away fails; what was missing before does not." },
};

static void
rule_text_free (gpointer data)
{
  CdRuleText *text = data;
  g_free (text->id);
  g_free (text->name);
  g_free (text->summary);
  g_free (text->full);
  g_free (text->help);
  g_free (text->markdown);
  g_free (text->address);
  g_free (text->group);
  g_free (text);
}

/* "criterion/open.weights" → "CriterionOpenWeights". */
static char *
name_of (const char *id)
{
  GString *name = g_string_new (NULL);
  gboolean begins = TRUE;
  for (const char *at = id; *at != '\0'; at++) {
    if (g_ascii_isalnum (*at))
      g_string_append_c (name, begins ? g_ascii_toupper (*at) : *at);
    begins = !g_ascii_isalnum (*at);
  }
  return g_string_free (name, FALSE);
}

/* The page of the paper that the rubric's source names as "arXiv NNNN.NNNNN"; NULL without one. */
static char *
address_of (const CdRubric *rubric)
{
  const char *source = rubric != NULL ? cd_rubric_source (rubric) : NULL;
  const char *at = source != NULL ? strstr (source, "arXiv ") : NULL;
  if (at == NULL)
    return NULL;
  at += strlen ("arXiv ");
  gsize length = strspn (at, "0123456789.v");
  g_autofree char *id = g_strndup (at, length);
  return strchr (id, '.') != NULL ? g_strconcat ("https://arxiv.org/abs/", id, NULL) : NULL;
}

static const CdCriterion *
find_criterion (const CdRubric *rubric, const char *id)
{
  for (guint i = 0; rubric != NULL && i < cd_rubric_length (rubric); i++)
    if (strcmp (cd_rubric_criterion (rubric, i)->id, id) == 0)
      return cd_rubric_criterion (rubric, i);
  return NULL;
}

static const CdProbeInfo *
find_probe (const CdProbes *probes, const char *id)
{
  gint index = probes != NULL ? cd_probes_find (probes, id) : -1;
  return index >= 0 ? cd_probes_at (probes, (guint) index) : NULL;
}

/* A help page, plain and in Markdown at once. */
typedef struct {
  GString *plain, *markdown;
} Help;

static void
help_add (Help *help, const char *label, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  g_string_append_printf (help->plain, "%s%s: %s", help->plain->len > 0 ? "\n" : "", label, text);
  g_string_append_printf (help->markdown, "%s**%s**: ", help->markdown->len > 0 ? "\n\n" : "", label);
  cd_markup_text (help->markdown, text);
}

/* Depth is bounded by the reader of expressions. */
static void
help_add_expression (Help *help, const CdProbes *probes, const CdExpression *expression, const CdExpression *parent, guint depth)
{
  gboolean weighed = parent != NULL && parent->kind == CD_EXPRESSION_SCORE;
  g_autofree char *weight = weighed ? g_strdup_printf ("%+d ", expression->weight) : g_strdup ("");
  g_autofree char *head = cd_expression_head (expression);
  const CdProbeInfo *info = head == NULL ? cd_probes_at (probes, expression->probe) : NULL;
  g_string_append_printf (help->plain, "\n%*s- %s", (int) (2 * depth), "", weight);
  g_string_append_printf (help->markdown, "\n%*s- %s", (int) (2 * depth), "", weight);
  if (info != NULL) {
    g_string_append_printf (help->plain, "%s: %s", info->id, info->question);
    cd_markup_code (help->markdown, info->id);
    g_string_append (help->markdown, ": ");
    cd_markup_text (help->markdown, info->question);
    return;
  }
  g_string_append (help->plain, head);
  g_string_append (help->markdown, head);
  for (guint i = 0; i < expression->members->len; i++)
    help_add_expression (help, probes, expression->members->pdata[i], expression, depth + 1);
}

static void
tell_criterion (CdRuleText *text, Help *help, const CdGateReport *report, const CdCriterion *criterion)
{
  g_autofree char *points = g_strdup_printf ("%u of the rubric %s", criterion->points, cd_rubric_name (report->rubric));
  text->full = g_strdup (criterion->wants != NULL ? criterion->wants : criterion->question);
  text->group = g_strdup (cd_rubric_dimension (report->rubric, criterion->dimension)->id);
  text->address = address_of (report->rubric);
  help_add (help, "Question", criterion->question);
  help_add (help, "What counts", criterion->wants);
  help_add (help, "Points", points);
  help_add (help, "Fix", criterion->fix);
  if (report->probes != NULL) {
    help_add (help, "Answered yes by", "rules over what the repository shows");
    g_string_append_c (help->markdown, '\n');
    help_add_expression (help, report->probes, criterion->when, NULL, 0);
  }
}

static void
tell_probe (CdRuleText *text, Help *help, const CdProbeInfo *info)
{
  text->full = g_strdup (info->why != NULL ? info->why : info->question);
  help_add (help, "Question", info->question);
  help_add (help, "Why", info->why);
  help_add (help, "How it is answered", info->how);
  help_add (help, "Fix", info->fix);
}

/* What a family asks, where a check is about no rule of the rubric's. */
static void
tell_family (CdRuleText *text, Help *help, const char *family, const CdRecordVerdict *verdict)
{
  const char *asks = cd_gate_family_asks (family), *tells = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    if (strcmp (families[i].family, family) == 0)
      tells = families[i].tells;
  asks = verdict != NULL ? verdict->question : asks != NULL ? asks : "Does the audit show what the policy asks for?";
  tells = verdict == NULL && tells != NULL ? tells : asks;
  text->summary = text->summary != NULL ? text->summary : g_strdup (asks);
  text->full = g_strdup (tells);
  help_add (help, "Question", asks);
  help_add (help, "What counts", tells != asks ? tells : NULL);
}

static CdRuleText *
rule_text_new (const CdGateReport *report, const CdCheck *check)
{
  CdRuleText *text = g_new0 (CdRuleText, 1);
  Help help = { g_string_new (NULL), g_string_new (NULL) };
  g_autofree char *family = cd_check_family (check);
  const char *rule = check->rule != NULL ? check->rule : "";
  const CdCriterion *criterion = find_criterion (report->rubric, rule);
  const CdProbeInfo *probe = find_probe (report->probes, rule);
  const char *question = criterion != NULL ? criterion->question : probe != NULL ? probe->question : NULL;
  text->id = cd_check_rule (check);
  text->name = name_of (text->id);
  if (question != NULL && strcmp (family, "regression") == 0)
    text->summary = g_strconcat ("Does the change keep this answered yes: ", question, NULL);
  else if (question != NULL)
    text->summary = g_strdup (question);
  if (criterion != NULL)
    tell_criterion (text, &help, report, criterion);
  else if (probe != NULL)
    tell_probe (text, &help, probe);
  else
    tell_family (text, &help, family, cd_check_verdict (report->gate, check));
  if (criterion != NULL || probe != NULL) {
    g_autofree char *command = g_strconcat ("candor explain ", rule, NULL);
    g_string_append_printf (help.plain, "\nMore: `%s`", command);
    g_string_append (help.markdown, "\n\nMore: ");
    cd_markup_code (help.markdown, command);
  }
  text->group = text->group != NULL ? text->group : g_strdup (family);
  text->help = g_string_free (help.plain, FALSE);
  text->markdown = g_string_free (help.markdown, FALSE);
  return text;
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  const CdRuleText *const *first = a, *const *second = b;
  return strcmp ((*first)->id, (*second)->id);
}

static void
add_texts (GPtrArray *texts, GHashTable *known, const CdGateReport *report, const CdGate *gate)
{
  for (guint i = 0; gate != NULL && i < gate->checks->len; i++) {
    char *id = cd_check_rule (gate->checks->pdata[i]);
    if (g_hash_table_add (known, id)) /* takes id */
      g_ptr_array_add (texts, rule_text_new (report, gate->checks->pdata[i]));
  }
}

GPtrArray *
cd_rule_texts (const CdGateReport *report)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (rule_text_free);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  add_texts (texts, known, report, report->gate);
  add_texts (texts, known, report, report->before);
  g_ptr_array_sort (texts, compare_texts);
  return texts;
}

guint
cd_rule_text_index (const GPtrArray *texts, const char *id)
{
  guint low = 0, high = texts->len;
  while (low + 1 < high) {
    guint middle = (low + high) / 2;
    if (strcmp (((const CdRuleText *) texts->pdata[middle])->id, id) <= 0)
      low = middle;
    else
      high = middle;
  }
  return low;
}
