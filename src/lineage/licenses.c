/* Reads the licence table. Names are compared in a normal form: lower case, runs of anything but letters, digits and dots as one hyphen. */
#include "lineage/licenses.h"
#include <string.h>

#define TEXT_BYTES 2000u

typedef struct {
  char *normal; /* with a hyphen at both ends */
  guint license;
  gboolean bare; /* a model family's name, too: no licence's in running text */
} Name;

struct _CdLicenses {
  GPtrArray *entries; /* CdLicense* */
  GArray *names;      /* Name */
};

static const char *const terms_names[CD_TERMS_SORTS] = { NULL, "permissive", "share-alike", "non-commercial", "no-derivatives", "conditions" };

const char *
cd_terms_name (CdTermsSort terms)
{
  return terms < CD_TERMS_SORTS ? terms_names[terms] : NULL;
}

static void
license_free (gpointer data)
{
  CdLicense *license = data;
  g_free (license->id);
  g_free (license->name);
  g_free (license->source);
  g_free (license);
}

static void
name_clear (gpointer data)
{
  g_free (((Name *) data)->normal);
}

void
cd_licenses_free (CdLicenses *licenses)
{
  if (licenses == NULL)
    return;
  g_ptr_array_unref (licenses->entries);
  g_array_unref (licenses->names);
  g_free (licenses);
}

/* A dot counts within a word only: it may end a sentence. Caller frees. */
static char *
normal_of (const char *text)
{
  GString *normal = g_string_new ("-");
  for (const char *at = text; *at != '\0' && at - text < (gssize) TEXT_BYTES; at++) {
    gboolean kept = g_ascii_isalnum (*at) || (*at == '.' && g_ascii_isalnum (at[1]));
    if (kept)
      g_string_append_c (normal, g_ascii_tolower (*at));
    else if (normal->str[normal->len - 1] != '-')
      g_string_append_c (normal, '-');
  }
  if (normal->str[normal->len - 1] != '-' || normal->len == 1)
    g_string_append_c (normal, '-');
  return g_string_free (normal, FALSE);
}

static gboolean
add_name (CdLicenses *licenses, const CdYaml *yaml, const CdYamlNode *node, const char *text, guint license, GError **error)
{
  Name name = { normal_of (text), license, FALSE };
  name.bare = ((const CdLicense *) licenses->entries->pdata[license])->terms == CD_TERMS_CONDITIONS && strstr (name.normal, "license") == NULL;
  for (guint i = 0; i < licenses->names->len; i++) {
    const Name *other = &g_array_index (licenses->names, Name, i);
    if (strcmp (other->normal, name.normal) != 0)
      continue;
    g_free (name.normal);
    return other->license == license || cd_yaml_fail (yaml, node, error, "\"%s\" names another licence already", text);
  }
  g_array_append_val (licenses->names, name);
  return TRUE;
}

static gboolean
read_entry (CdLicenses *licenses, const CdYaml *yaml, const CdYamlNode *node, GError **error)
{
  static const char *const keys[] = { "id", "name", "terms", "source", "aliases", NULL };
  if (!cd_yaml_check_keys (yaml, node, keys, error))
    return FALSE;
  const char *values[4];
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if ((values[i] = cd_yaml_require (yaml, node, keys[i], error)) == NULL)
      return FALSE;
  guint index = licenses->entries->len;
  CdLicense *license = g_new0 (CdLicense, 1);
  *license = (CdLicense){ g_strdup (values[0]), g_strdup (values[1]), g_strdup (values[3]), CD_TERMS_UNKNOWN };
  g_ptr_array_add (licenses->entries, license);
  for (guint t = 1; t < CD_TERMS_SORTS; t++)
    if (strcmp (values[2], terms_names[t]) == 0)
      license->terms = (CdTermsSort) t;
  if (license->terms == CD_TERMS_UNKNOWN)
    return cd_yaml_fail (yaml, cd_yaml_get (node, "terms"), error, "there are no terms \"%s\"", values[2]);
  g_autofree const char **aliases = cd_yaml_strings (yaml, node, "aliases", error);
  gboolean good
      = aliases != NULL && add_name (licenses, yaml, node, values[0], index, error) && add_name (licenses, yaml, node, values[1], index, error);
  for (guint i = 0; good && aliases[i] != NULL; i++)
    good = add_name (licenses, yaml, node, aliases[i], index, error);
  return good;
}

CdLicenses *
cd_licenses_load (const CdData *data, GError **error)
{
  g_autoptr (CdYaml) yaml = cd_data_yaml (data, "rubrics/knowledge/licenses.yaml", error);
  if (yaml == NULL)
    return NULL;
  const CdYamlNode *list = cd_yaml_get (cd_yaml_root (yaml), "licenses");
  if (list == NULL || list->kind != CD_YAML_SEQUENCE) {
    cd_yaml_fail (yaml, cd_yaml_root (yaml), error, "\"licenses\" must be a list");
    return NULL;
  }
  g_autoptr (CdLicenses) licenses = g_new0 (CdLicenses, 1);
  licenses->entries = g_ptr_array_new_with_free_func (license_free);
  licenses->names = g_array_new (FALSE, FALSE, sizeof (Name));
  g_array_set_clear_func (licenses->names, name_clear);
  for (guint i = 0; i < cd_yaml_length (list); i++)
    if (!read_entry (licenses, yaml, cd_yaml_at (list, i), error))
      return NULL;
  return g_steal_pointer (&licenses);
}

const CdLicense *
cd_licenses_find (const CdLicenses *licenses, const char *name)
{
  g_autofree char *normal = normal_of (name);
  for (guint i = 0; i < licenses->names->len; i++) {
    const Name *known = &g_array_index (licenses->names, Name, i);
    if (strcmp (known->normal, normal) == 0)
      return licenses->entries->pdata[known->license];
  }
  return NULL;
}

const CdLicense *
cd_licenses_in_text (const CdLicenses *licenses, const char *text)
{
  g_autofree char *normal = normal_of (text);
  const CdLicense *found = NULL;
  gsize longest = strlen ("-mit-");
  for (guint i = 0; i < licenses->names->len; i++) {
    const Name *known = &g_array_index (licenses->names, Name, i);
    gsize length = strlen (known->normal);
    if (length > longest && !known->bare && strstr (normal, known->normal) != NULL) {
      found = licenses->entries->pdata[known->license];
      longest = length;
    }
  }
  return found;
}
