/* Reads rubrics/knowledge/providers.yaml. Only names are known here; what they mean for a work is decided by artefacts.c and identity.c. */
#include "work/providers.h"
#include "base/text.h"
#include "base/yaml.h"
#include <string.h>

struct _CdProviders {
  GHashTable *owners; /* lower-case owner */
  GPtrArray *stems;   /* lower-case family stems */
};

static gboolean
read_list (const CdYaml *yaml, const char *section, const char *field, const char *const *allowed, GFunc add, gpointer target, GError **error)
{
  const CdYamlNode *list = cd_yaml_get (cd_yaml_root (yaml), section);
  if (list == NULL || list->kind != CD_YAML_SEQUENCE)
    return cd_yaml_fail (yaml, cd_yaml_root (yaml), error, "\"%s\" must be a list", section);
  for (guint i = 0; i < cd_yaml_length (list); i++) {
    const CdYamlNode *entry = cd_yaml_at (list, i);
    if (!cd_yaml_check_keys (yaml, entry, allowed, error))
      return FALSE;
    const char *name = cd_yaml_string (cd_yaml_get (entry, field));
    if (name == NULL)
      return cd_yaml_fail (yaml, entry, error, "an entry of \"%s\" needs \"%s\"", section, field);
    add (g_utf8_strdown (name, -1), target);
  }
  return TRUE;
}

static void
add_owner (gpointer name, gpointer table)
{
  g_hash_table_add (table, name);
}

static void
add_stem (gpointer name, gpointer array)
{
  g_ptr_array_add (array, name);
}

CdProviders *
cd_providers_load (const CdData *data, GError **error)
{
  g_autoptr (CdYaml) yaml = cd_data_yaml (data, "rubrics/knowledge/providers.yaml", error);
  if (yaml == NULL)
    return NULL;
  g_autoptr (CdProviders) providers = g_new0 (CdProviders, 1);
  providers->owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  providers->stems = g_ptr_array_new_with_free_func (g_free);
  static const char *const owner_keys[] = { "owner", "source", NULL };
  static const char *const stem_keys[] = { "stem", "source", NULL };
  if (!read_list (yaml, "providers", "owner", owner_keys, add_owner, providers->owners, error)
      || !read_list (yaml, "families", "stem", stem_keys, add_stem, providers->stems, error))
    return NULL;
  return g_steal_pointer (&providers);
}

void
cd_providers_free (CdProviders *providers)
{
  if (providers == NULL)
    return;
  g_clear_pointer (&providers->owners, g_hash_table_unref);
  g_clear_pointer (&providers->stems, g_ptr_array_unref);
  g_free (providers);
}

gboolean
cd_providers_has_owner (const CdProviders *providers, const char *owner)
{
  g_autofree char *lower = g_ascii_strdown (owner, -1);
  return g_hash_table_contains (providers->owners, lower);
}

gboolean
cd_providers_is_family (const CdProviders *providers, const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  for (guint i = 0; i < providers->stems->len; i++) {
    const char *stem = providers->stems->pdata[i];
    gsize length = strlen (stem);
    if (strncmp (lower, stem, length) == 0 && !g_ascii_isalpha (lower[length]))
      return TRUE;
  }
  return FALSE;
}
