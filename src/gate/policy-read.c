/* Reads a policy's parts, key by key through the table at the end. A fault does not end the reading: people mend all of them at once. What an exception
 * may name is exceptions.c's. */
#include "gate/policy-read.h"
#include "base/text.h"
#include "difference/difference.h"
#include "gate/reading.h"
#include <stdarg.h>
#include <string.h>

#define DEFAULT_RUBRIC "tti"
#define NAMED_MOST 12u /* known words that a message lists */

typedef struct {
  guint line, column;
  char *text;
} Fault;

static void
fault_free (gpointer data)
{
  Fault *fault = data;
  g_free (fault->text);
  g_free (fault);
}

void
cd_policy_fault (CdPolicyReading *reading, const CdYamlNode *node, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  Fault *fault = g_new0 (Fault, 1);
  fault->line = node->line;
  fault->column = node->column;
  fault->text = g_strdup_printf ("%s:%u:%u: %s", cd_yaml_name (reading->yaml), node->line, node->column, what);
  g_ptr_array_add (reading->faults, fault);
}

gboolean
cd_policy_expect (CdPolicyReading *reading, const CdYamlNode *node, const char *kind, const char *word, const char *const *known)
{
  if (g_strv_contains (known, word))
    return TRUE;
  gboolean few = g_strv_length ((char **) known) <= NAMED_MOST;
  g_autofree char *advice = few ? cd_text_choices (word, known) : cd_text_suggestion (word, known);
  cd_policy_fault (reading, node, "unknown %s \"%s\"%s", kind, word, advice);
  return FALSE;
}

const char *
cd_policy_text (CdPolicyReading *reading, const CdYamlNode *node, const char *key)
{
  const char *text = cd_yaml_string (node);
  if (text != NULL && text[strspn (text, " \t\n")] != '\0')
    return text;
  cd_policy_fault (reading, node, "\"%s\" must be text, and not empty", key);
  return NULL;
}

gboolean
cd_policy_keys (CdPolicyReading *reading, const CdYamlNode *mapping, const char *what, const char *const *known)
{
  if (mapping->kind != CD_YAML_MAPPING) {
    cd_policy_fault (reading, mapping, "%s must be a mapping", what);
    return FALSE;
  }
  for (guint i = 0; i < cd_yaml_length (mapping); i++) {
    const CdYamlNode *key = cd_yaml_key_at (mapping, i);
    cd_policy_expect (reading, key, "key", key->scalar, known);
  }
  return TRUE;
}

static void
read_flag (CdPolicyReading *reading, const CdYamlNode *node, const char *key, gboolean *flag)
{
  if (node != NULL && !cd_yaml_bool (node, flag))
    cd_policy_fault (reading, node, "\"%s\" must be true or false", key);
}

/* A list of words, each of them known. NULL where node is NULL. Caller frees. */
static char **
read_words (CdPolicyReading *reading, const CdYamlNode *node, const char *key, const char *kind, const char *const *known)
{
  if (node == NULL)
    return NULL;
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  if (node->kind != CD_YAML_SEQUENCE || cd_yaml_length (node) == 0)
    cd_policy_fault (reading, node, "\"%s\" must be a list of at least one; leave it out where nothing is asked for", key);
  for (guint i = 0; node->kind == CD_YAML_SEQUENCE && i < cd_yaml_length (node); i++) {
    const CdYamlNode *item = cd_yaml_at (node, i);
    const char *word = cd_policy_text (reading, item, key);
    if (word != NULL && cd_policy_expect (reading, item, kind, word, known))
      g_strv_builder_add (words, word);
  }
  return g_strv_builder_end (words);
}

static void
read_id (CdPolicyReading *reading, const CdYamlNode *node)
{
  const char *id = cd_policy_text (reading, node, "policy");
  if (id != NULL && strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen (id))
    cd_policy_fault (reading, node, "\"policy\" is an id of small letters, digits and hyphens");
  reading->policy->id = g_strdup (id);
}

static void
read_name (CdPolicyReading *reading, const CdYamlNode *node)
{
  reading->policy->name = g_strdup (cd_policy_text (reading, node, "name"));
}

static void
read_why (CdPolicyReading *reading, const CdYamlNode *node)
{
  reading->policy->why = g_strdup (cd_policy_text (reading, node, "why"));
}

static void
read_scores (CdPolicyReading *reading, const CdYamlNode *node)
{
  g_autofree const char **known = cd_policy_names_of (reading->names->dimensions);
  if (node->kind != CD_YAML_MAPPING || cd_yaml_length (node) == 0) {
    cd_policy_fault (reading, node, "\"scores\" must be a mapping of \"total\" or a dimension to its least points");
    return;
  }
  for (guint i = 0; i < cd_yaml_length (node); i++) {
    const CdYamlNode *key = cd_yaml_key_at (node, i), *value = cd_yaml_at (node, i);
    gint64 least = 0;
    if (!cd_policy_expect (reading, key, "dimension", key->scalar, known))
      continue;
    guint most = GPOINTER_TO_UINT (g_hash_table_lookup (reading->names->dimensions, key->scalar));
    if (!cd_yaml_int (value, &least) || least < 0 || least > most) {
      cd_policy_fault (reading, value, "the least score of \"%s\" must be a whole number from 0 to %u", key->scalar, most);
      continue;
    }
    gboolean total = strcmp (key->scalar, "total") == 0;
    CdPolicyScore score = { .dimension = total ? NULL : g_strdup (key->scalar), .least = (guint) least, .line = key->line };
    g_array_append_val (reading->policy->scores, score);
  }
}

/* "open.weights", {criterion: open.weights, why: …} or {probe: evaluation-command, why: …}. */
static void
read_criterion (CdPolicyReading *reading, const CdYamlNode *node)
{
  static const char *const keys[] = { "criterion", "probe", "why", NULL };
  const CdYamlNode *probe = cd_yaml_get (node, "probe"), *criterion = cd_yaml_get (node, "criterion"), *why = cd_yaml_get (node, "why");
  if (node->kind != CD_YAML_SCALAR && !cd_policy_keys (reading, node, "an entry of \"criteria\"", keys))
    return;
  if (node->kind == CD_YAML_MAPPING && (probe == NULL) == (criterion == NULL)) {
    cd_policy_fault (reading, node, "an entry of \"criteria\" has \"criterion\" or \"probe\", and not both");
    return;
  }
  const CdYamlNode *named = node->kind == CD_YAML_SCALAR ? node : probe != NULL ? probe : criterion;
  const char *kind = probe != NULL ? "probe" : "criterion", *id = cd_policy_text (reading, named, kind);
  GHashTable *table = probe != NULL ? reading->names->probes : reading->names->criteria;
  g_autofree const char **known = cd_policy_names_of (table);
  const char *reason = why != NULL ? cd_policy_text (reading, why, "why") : NULL;
  if (id == NULL || !cd_policy_expect (reading, named, kind, id, known))
    return;
  for (guint i = 0; i < reading->policy->criteria->len; i++)
    if (g_str_equal (g_array_index (reading->policy->criteria, CdPolicyCriterion, i).id, id)) {
      cd_policy_fault (reading, named, "\"%s\" is asked for twice", id);
      return;
    }
  const CdPolicyNamed *rule = g_hash_table_lookup (table, id);
  CdPolicyCriterion asked = { .id = g_strdup (id), .probe = probe != NULL, .why = g_strdup (reason), .line = named->line };
  asked.question = g_strdup (rule->question);
  asked.fix = g_strdup (rule->fix);
  g_array_append_val (reading->policy->criteria, asked);
}

static void
read_criteria (CdPolicyReading *reading, const CdYamlNode *node)
{
  if (node->kind != CD_YAML_SEQUENCE || cd_yaml_length (node) == 0)
    cd_policy_fault (reading, node, "\"criteria\" must be a list of criteria and probes");
  for (guint i = 0; node->kind == CD_YAML_SEQUENCE && i < cd_yaml_length (node); i++)
    read_criterion (reading, cd_yaml_at (node, i));
}

static void
read_unsettled (CdPolicyReading *reading, const CdYamlNode *node)
{
  static const char *const words[] = { "fail", "warn", "pass", NULL };
  const char *word = cd_policy_text (reading, node, "unsettled");
  if (word == NULL || !cd_policy_expect (reading, node, "value of \"unsettled\"", word, words))
    return;
  for (guint i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], word) == 0)
      reading->policy->unsettled = reading->policy->unsettled_else = (CdUnsettled) i;
}

/* The reason at the key "why" of a part. NULL none; caller frees. */
static char *
read_part_why (CdPolicyReading *reading, const CdYamlNode *part)
{
  const CdYamlNode *why = cd_yaml_get (part, "why");
  return why != NULL ? g_strdup (cd_policy_text (reading, why, "why")) : NULL;
}

static void
read_distillation (CdPolicyReading *reading, const CdYamlNode *node)
{
  static const char *const keys[] = { "labels", "teachers-disclosed", "why", NULL };
  static const char *const labels[] = { "none", "self", "disclosed", "partial", "undisclosed", "inherited-only", "unknown", NULL };
  if (!cd_policy_keys (reading, node, "\"distillation\"", keys))
    return;
  reading->policy->labels = read_words (reading, cd_yaml_get (node, "labels"), "labels", "label", labels);
  read_flag (reading, cd_yaml_get (node, "teachers-disclosed"), "teachers-disclosed", &reading->policy->teachers_disclosed);
  reading->policy->labels_why = read_part_why (reading, node);
}

static void
read_claims (CdPolicyReading *reading, const CdYamlNode *node)
{
  static const char *const keys[] = { "refused", "tested", "why", NULL };
  static const char *const conclusions[] = { "reproduced", "compatible", "selected", "not-reproduced", "not-run", NULL };
  if (!cd_policy_keys (reading, node, "\"claims\"", keys))
    return;
  reading->policy->claims = read_words (reading, cd_yaml_get (node, "refused"), "refused", "conclusion", conclusions);
  read_flag (reading, cd_yaml_get (node, "tested"), "tested", &reading->policy->claims_tested);
  reading->policy->claims_why = read_part_why (reading, node);
}

static void
read_commands (CdPolicyReading *reading, const CdYamlNode *node)
{
  static const char *const keys[] = { "purposes", "shown", "why", NULL };
  static const char *const purposes[] = { "training", "evaluation", NULL };
  if (!cd_policy_keys (reading, node, "\"commands\"", keys))
    return;
  if (cd_yaml_get (node, "purposes") == NULL)
    cd_policy_fault (reading, node, "\"commands\" needs \"purposes\": training, evaluation or both");
  reading->policy->commands = read_words (reading, cd_yaml_get (node, "purposes"), "purposes", "purpose", purposes);
  read_flag (reading, cd_yaml_get (node, "shown"), "shown", &reading->policy->commands_shown);
  reading->policy->commands_why = read_part_why (reading, node);
}

/* A NULL-terminated vector of words and more words; the words are borrowed. Caller frees the vector. */
static const char **
with_words (const char *const *words, const char *const *more)
{
  GPtrArray *all = g_ptr_array_new ();
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (all, (gpointer) words[i]);
  for (guint i = 0; more[i] != NULL; i++)
    g_ptr_array_add (all, (gpointer) more[i]);
  g_ptr_array_add (all, NULL);
  return (const char **) g_ptr_array_free (all, FALSE);
}

static void
read_risks (CdPolicyReading *reading, const CdYamlNode *node)
{
  static const char *const any[] = { "*", NULL };
  g_autofree const char **known = with_words (cd_policy_risks (), any);
  reading->policy->risks = read_words (reading, node, "risks", "risk", known);
}

static void
read_regression (CdPolicyReading *reading, const CdYamlNode *node)
{
  if (node->kind == CD_YAML_SCALAR) {
    read_flag (reading, node, "no-regression", &reading->policy->no_regression);
    return;
  }
  const char *kinds[CD_CHANGED_KINDS + 2] = { "criterion" };
  for (guint i = 0; i < CD_CHANGED_KINDS; i++)
    kinds[i + 1] = cd_changed_kind_name ((CdChangedKind) i);
  g_autofree const char **criteria = cd_policy_names_of (reading->names->criteria);
  g_autofree const char **known = with_words (kinds, criteria);
  reading->policy->losses = read_words (reading, node, "no-regression", "kind of loss", known);
  reading->policy->no_regression = TRUE;
}

static const struct {
  const char *key;
  void (*read) (CdPolicyReading *reading, const CdYamlNode *node);
  gboolean required;
} parts[] = {
  { "policy", read_id, TRUE },
  { "name", read_name, TRUE },
  { "why", read_why, FALSE },
  { "rubric", NULL, FALSE }, /* read before all others: the names are its */
  { "scores", read_scores, FALSE },
  { "criteria", read_criteria, FALSE },
  { "unsettled", read_unsettled, FALSE },
  { "distillation", read_distillation, FALSE },
  { "claims", read_claims, FALSE },
  { "commands", read_commands, FALSE },
  { "risks", read_risks, FALSE },
  { "no-regression", read_regression, FALSE },
  { "exceptions", cd_policy_read_exceptions, FALSE },
};

static void
read_parts (CdPolicyReading *reading, const CdYamlNode *root)
{
  const char *keys[G_N_ELEMENTS (parts) + 1] = { NULL };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    keys[i] = parts[i].key;
  if (!cd_policy_keys (reading, root, "a policy", keys))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    const CdYamlNode *node = cd_yaml_get (root, parts[i].key);
    if (node != NULL && parts[i].read != NULL)
      parts[i].read (reading, node);
    else if (node == NULL && parts[i].required)
      cd_policy_fault (reading, root, "a policy needs \"%s\"", parts[i].key);
  }
}

static void
score_clear (gpointer item)
{
  g_free (((CdPolicyScore *) item)->dimension);
}

static void
criterion_clear (gpointer item)
{
  CdPolicyCriterion *criterion = item;
  g_free (criterion->id);
  g_free (criterion->why);
  g_free (criterion->question);
  g_free (criterion->fix);
}

static void
exception_clear (gpointer item)
{
  CdPolicyException *exception = item;
  g_free (exception->rule);
  g_free (exception->reason);
  g_free (exception->until);
}

static GArray *
array_new (gsize size, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, (guint) size);
  g_array_set_clear_func (array, clear);
  return array;
}

static CdPolicy *
policy_new (const char *where)
{
  CdPolicy *policy = g_new0 (CdPolicy, 1);
  policy->where = g_strdup (where);
  policy->scores = array_new (sizeof (CdPolicyScore), score_clear);
  policy->criteria = array_new (sizeof (CdPolicyCriterion), criterion_clear);
  policy->exceptions = array_new (sizeof (CdPolicyException), exception_clear);
  policy->unsettled = CD_UNSETTLED_FAILS;
  policy->unsettled_else = CD_UNSETTLED_WARNS;
  return policy;
}

static int
compare_faults (gconstpointer a, gconstpointer b)
{
  const Fault *one = *(const Fault *const *) a, *other = *(const Fault *const *) b;
  return one->line != other->line ? (one->line < other->line ? -1 : 1) : one->column != other->column ? (one->column < other->column ? -1 : 1) : 0;
}

/* The rubric that is asked about, or a fault where it stands. */
static CdPolicyNames *
read_names (CdPolicyReading *reading, const CdData *data, GError **error)
{
  const CdYamlNode *node = cd_yaml_get (cd_yaml_root (reading->yaml), "rubric");
  const char *rubric = node != NULL ? cd_policy_text (reading, node, "rubric") : DEFAULT_RUBRIC;
  reading->policy->rubric = g_strdup (rubric != NULL ? rubric : DEFAULT_RUBRIC);
  g_autoptr (GError) cause = NULL;
  CdPolicyNames *names = cd_policy_names_read (data, reading->policy->rubric, &cause);
  if (names == NULL && node != NULL)
    cd_policy_fault (reading, node, "%s", cause->message);
  else if (names == NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return names;
}

CdPolicy *
cd_policy_read (const CdData *data, const CdYaml *yaml, GPtrArray *problems, GError **error)
{
  g_autoptr (CdPolicy) policy = policy_new (cd_yaml_name (yaml));
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (fault_free);
  CdPolicyReading reading = { .yaml = yaml, .policy = policy, .faults = faults };
  g_autoptr (CdPolicyNames) names = read_names (&reading, data, error);
  reading.names = names;
  if (names != NULL)
    read_parts (&reading, cd_yaml_root (yaml));
  else if (faults->len == 0)
    return NULL;
  if (faults->len == 0)
    return g_steal_pointer (&policy);
  g_ptr_array_sort (faults, compare_faults);
  for (guint i = 0; problems != NULL && i < faults->len; i++)
    g_ptr_array_add (problems, g_strdup (((const Fault *) faults->pdata[i])->text));
  g_set_error_literal (error, CD_ERROR, CD_ERROR_INPUT, ((const Fault *) faults->pdata[0])->text);
  return NULL;
}
