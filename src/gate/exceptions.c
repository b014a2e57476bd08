/* A policy's exceptions: each names a finding, or a glob over findings, with a reason and a last day. One that could never excuse anything, because of a
 * misspelt criterion, say, is a fault: nobody would notice it before the day it was needed. */
#include "difference/difference.h"
#include "gate/families.h"
#include "gate/reading.h"
#include <string.h>

static gboolean
is_glob (const char *text)
{
  return strpbrk (text, "*?") != NULL;
}

/* Adds to the words that may follow a family's name; those ended by '/' may be followed by anything. */
static void
add_words (GPtrArray *words, const char *const *more)
{
  for (guint i = 0; more[i] != NULL; i++)
    g_ptr_array_add (words, (gpointer) more[i]);
}

static void
add_keys (GPtrArray *words, GHashTable *table)
{
  g_autofree const char **keys = cd_policy_names_of (table);
  add_words (words, keys);
}

/* The words that may follow a family's name, borrowed; NULL: any may. */
static GPtrArray *
words_of (const CdPolicyNames *names, const char *family)
{
  static const char *const distillation[] = { "label", "teacher/", NULL };
  static const char *const kinds[] = { "label/", "teacher/", "claim/", "reproduction/", "command/", "dataset/", "weights/", "risk/", NULL };
  if (strcmp (family, CD_FAMILY_CLAIM) == 0 || strcmp (family, CD_FAMILY_COMMAND) == 0)
    return NULL;
  GPtrArray *words = g_ptr_array_new ();
  if (strcmp (family, CD_FAMILY_SCORE) == 0)
    add_keys (words, names->dimensions);
  else if (strcmp (family, CD_FAMILY_DISTILLATION) == 0)
    add_words (words, distillation);
  else if (strcmp (family, CD_FAMILY_RISK) == 0)
    add_words (words, cd_policy_risks ());
  else
    add_keys (words, names->criteria);
  if (strcmp (family, CD_FAMILY_CRITERION) == 0)
    add_keys (words, names->probes);
  if (strcmp (family, CD_FAMILY_REGRESSION) == 0)
    add_words (words, kinds);
  g_ptr_array_add (words, NULL);
  return words;
}

/* Whether a finding may be called rest, or a glob that fits one. */
static gboolean
may_follow (const GPtrArray *words, const char *rest)
{
  for (guint i = 0; words->pdata[i] != NULL; i++) {
    const char *word = words->pdata[i];
    if (is_glob (rest) ? g_pattern_match_simple (rest, word) : strcmp (rest, word) == 0)
      return TRUE;
    if (g_str_has_suffix (word, "/") && g_str_has_prefix (rest, word) && rest[strlen (word)] != '\0')
      return TRUE;
  }
  return FALSE;
}

static void
check_rule (CdPolicyReading *reading, const CdYamlNode *node, const char *rule)
{
  g_auto (GStrv) parts = g_strsplit (rule, "/", 2);
  if (is_glob (parts[0]))
    return;
  const char *const *families = cd_gate_families ();
  if (parts[1] == NULL || *parts[1] == '\0') {
    g_autofree char *all = g_strjoinv ("/…, ", (char **) families);
    cd_policy_fault (reading, node, "\"%s\" is no id of a finding: they are %s/…", rule, all);
    return;
  }
  if (!cd_policy_expect (reading, node, "family of findings", parts[0], families))
    return;
  g_autoptr (GPtrArray) words = words_of (reading->names, parts[0]);
  if (words == NULL || may_follow (words, parts[1]))
    return;
  if (is_glob (parts[1]))
    cd_policy_fault (reading, node, "no finding is called \"%s\"", rule);
  else
    cd_policy_expect (reading, node, strcmp (parts[0], CD_FAMILY_RISK) == 0 ? "risk" : "criterion", parts[1], (const char *const *) words->pdata);
}

static void
read_exception (CdPolicyReading *reading, const CdYamlNode *node)
{
  static const char *const keys[] = { "rule", "reason", "until", NULL };
  const char *texts[3] = { NULL };
  if (!cd_policy_keys (reading, node, "an exception", keys))
    return;
  for (guint i = 0; keys[i] != NULL; i++) {
    const CdYamlNode *value = cd_yaml_get (node, keys[i]);
    if (value == NULL)
      cd_policy_fault (reading, node, "an exception needs \"%s\"", keys[i]);
    else
      texts[i] = cd_policy_text (reading, value, keys[i]);
  }
  if (texts[0] != NULL)
    check_rule (reading, cd_yaml_get (node, "rule"), texts[0]);
  if (texts[2] != NULL && !cd_policy_is_day (texts[2]))
    cd_policy_fault (reading, cd_yaml_get (node, "until"),
                     "\"until\" is the last day on which the exception holds, written YYYY-MM-DD; \"%s\" is none", texts[2]);
  CdPolicyException exception = { .rule = g_strdup (texts[0]), .reason = g_strdup (texts[1]), .until = g_strdup (texts[2]), .line = node->line };
  g_array_append_val (reading->policy->exceptions, exception);
}

void
cd_policy_read_exceptions (CdPolicyReading *reading, const CdYamlNode *list)
{
  if (list->kind != CD_YAML_SEQUENCE)
    cd_policy_fault (reading, list, "\"exceptions\" must be a list");
  for (guint i = 0; list->kind == CD_YAML_SEQUENCE && i < cd_yaml_length (list); i++)
    read_exception (reading, cd_yaml_at (list, i));
}
