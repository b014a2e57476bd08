/* Reads ids, questions and fixes out of the rule files. What their expressions mean, and whether they are right, is left to those who judge by them. */
#include "gate/names.h"
#include <stdlib.h>
#include <string.h>

#define TOTAL "total"
#define SUFFIX ".yaml"

static void
named_free (gpointer data)
{
  CdPolicyNamed *named = data;
  g_free (named->question);
  g_free (named->fix);
  g_free (named);
}

void
cd_policy_names_free (CdPolicyNames *names)
{
  if (names == NULL)
    return;
  g_hash_table_unref (names->criteria);
  g_hash_table_unref (names->probes);
  g_hash_table_unref (names->dimensions);
  g_free (names);
}

/* Every entry of a list of mappings with an id, into table. */
static void
add_named (GHashTable *table, const CdYamlNode *list)
{
  for (guint i = 0; i < cd_yaml_length (list); i++) {
    const CdYamlNode *entry = cd_yaml_at (list, i);
    const char *id = cd_yaml_string (cd_yaml_get (entry, "id")), *question = cd_yaml_string (cd_yaml_get (entry, "question"));
    gint64 points = 0;
    if (id == NULL)
      continue;
    CdPolicyNamed *named = g_new0 (CdPolicyNamed, 1);
    named->question = g_strdup (question != NULL ? question : id);
    named->fix = g_strdup (cd_yaml_string (cd_yaml_get (entry, "fix")));
    named->points = cd_yaml_int (cd_yaml_get (entry, "points"), &points) && points > 0 ? (guint) points : 0;
    g_hash_table_replace (table, g_strdup (id), named);
  }
}

static gboolean
read_probes (CdPolicyNames *names, const CdData *data, GError **error)
{
  g_auto (GStrv) files = cd_data_list (data, "rubrics/probes");
  for (guint i = 0; files[i] != NULL; i++) {
    if (!g_str_has_suffix (files[i], SUFFIX))
      continue;
    g_autoptr (CdYaml) yaml = cd_data_yaml (data, files[i], error);
    if (yaml == NULL)
      return FALSE;
    add_named (names->probes, cd_yaml_get (cd_yaml_root (yaml), "probes"));
  }
  return TRUE;
}

static void
add_points (GHashTable *dimensions, const char *dimension, guint points)
{
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (dimensions, dimension));
  g_hash_table_replace (dimensions, g_strdup (dimension), GUINT_TO_POINTER (before + points));
}

static void
add_dimensions (CdPolicyNames *names, const CdYamlNode *criteria)
{
  for (guint i = 0; i < cd_yaml_length (criteria); i++) {
    const CdYamlNode *entry = cd_yaml_at (criteria, i);
    const char *id = cd_yaml_string (cd_yaml_get (entry, "id")), *dimension = cd_yaml_string (cd_yaml_get (entry, "dimension"));
    const CdPolicyNamed *named = id != NULL ? g_hash_table_lookup (names->criteria, id) : NULL;
    if (named == NULL)
      continue;
    add_points (names->dimensions, TOTAL, named->points);
    if (dimension != NULL && strcmp (dimension, TOTAL) != 0)
      add_points (names->dimensions, dimension, named->points);
  }
}

/* The tree of a rubric by name or path. */
static CdYaml *
read_rubric (const CdData *data, const char *rubric, GError **error)
{
  if (!g_str_has_suffix (rubric, SUFFIX)) {
    g_autofree char *name = g_strconcat ("rubrics/", rubric, SUFFIX, NULL);
    return cd_data_yaml (data, name, error);
  }
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (GError) cause = NULL;
  if (g_file_get_contents (rubric, &text, &length, &cause))
    return cd_yaml_parse (rubric, text, length, error);
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s", cause->message);
  return NULL;
}

CdPolicyNames *
cd_policy_names_read (const CdData *data, const char *rubric, GError **error)
{
  g_autoptr (CdYaml) yaml = read_rubric (data, rubric, error);
  if (yaml == NULL)
    return NULL;
  CdPolicyNames *names = g_new0 (CdPolicyNames, 1);
  names->criteria = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, named_free);
  names->probes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, named_free);
  names->dimensions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const CdYamlNode *criteria = cd_yaml_get (cd_yaml_root (yaml), "criteria");
  add_named (names->criteria, criteria);
  add_dimensions (names, criteria);
  if (read_probes (names, data, error))
    return names;
  cd_policy_names_free (names);
  return NULL;
}

static int
compare (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

const char **
cd_policy_names_of (GHashTable *table)
{
  guint length = 0;
  gpointer *keys = g_hash_table_get_keys_as_array (table, &length);
  qsort (keys, length, sizeof *keys, compare);
  return (const char **) keys;
}

const char *const *
cd_policy_risks (void)
{
  static const char *const codes[] = { "committed-credential", "instructions-to-a-reader", NULL };
  return codes;
}
