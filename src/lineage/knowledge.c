/* Reads the knowledge files into entries, then ties their references together. Names meet in one index a kind, so that two entries cannot share one. */
#include "lineage/knowledge.h"
#include "base/yaml.h"
#include <string.h>

struct _CdKnowledge {
  GPtrArray *entries;                /* CdKnown* */
  GPtrArray *terms;                  /* CdTerm* */
  GHashTable *names[CD_KNOWN_KINDS]; /* normal name → index + 1 */
};

static void
known_free (gpointer data)
{
  CdKnown *known = data;
  char *texts[] = { known->id,      known->name, known->source, known->maker,  known->released,
                    known->license, known->size, known->sort,   known->origin, known->file };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_strfreev (known->hub);
  g_strfreev (known->aliases);
  g_clear_pointer (&known->from, g_array_unref);
  g_clear_pointer (&known->teachers, g_array_unref);
  g_free (known);
}

static void
term_free (gpointer data)
{
  CdTerm *term = data;
  char *texts[] = { term->provider, term->licence, term->clause, term->since, term->source };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (term);
}

void
cd_knowledge_free (CdKnowledge *knowledge)
{
  if (knowledge == NULL)
    return;
  g_clear_pointer (&knowledge->entries, g_ptr_array_unref);
  g_clear_pointer (&knowledge->terms, g_ptr_array_unref);
  for (guint k = 0; k < CD_KNOWN_KINDS; k++)
    g_clear_pointer (&knowledge->names[k], g_hash_table_unref);
  g_free (knowledge);
}

/* Lower case, blanks and underscores as hyphens. Dots stay: "qwen2.5-7b" is not "qwen2-57b". Caller frees. */
static char *
normal_name (const char *name)
{
  char *normal = g_strdup (name);
  for (char *at = normal; *at != '\0'; at++) {
    if ((guchar) *at >= 0x80) { /* rare, and some thousand names are read before every audit */
      g_free (normal);
      return g_strdelimit (g_utf8_strdown (name, -1), "_ ", '-');
    }
    *at = *at == '_' || *at == ' ' ? '-' : g_ascii_tolower (*at);
  }
  return normal;
}

/* One file being read. */
typedef struct {
  CdKnowledge *knowledge;
  const CdYaml *yaml;
  const char *file;
  CdKnownKind kind;
} Reader;

static gboolean
add_name (const Reader *reader, const CdYamlNode *node, const char *name, guint index, GError **error)
{
  g_autofree char *normal = normal_name (name);
  GHashTable *names = reader->knowledge->names[reader->kind];
  guint other = GPOINTER_TO_UINT (g_hash_table_lookup (names, normal));
  if (other == index + 1)
    return TRUE;
  if (other != 0)
    return cd_yaml_fail (reader->yaml, node, error, "\"%s\" is the name of \"%s\" already", name, cd_knowledge_at (reader->knowledge, other - 1)->id);
  g_hash_table_insert (names, g_steal_pointer (&normal), GUINT_TO_POINTER (index + 1));
  return TRUE;
}

static gboolean
add_names (const Reader *reader, const CdYamlNode *node, const CdKnown *known, guint index, GError **error)
{
  if (!add_name (reader, node, known->id, index, error) || !add_name (reader, node, known->name, index, error))
    return FALSE;
  char **const lists[] = { known->hub, known->aliases };
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; lists[l][i] != NULL; i++)
      if (!add_name (reader, node, lists[l][i], index, error))
        return FALSE;
  return TRUE;
}

static char **
read_strings (const Reader *reader, const CdYamlNode *node, const char *key, GError **error)
{
  g_autofree const char **strings = cd_yaml_strings (reader->yaml, node, key, error);
  return strings != NULL ? g_strdupv ((char **) strings) : NULL;
}

static char *
copy_of (const CdYamlNode *node, const char *key)
{
  return g_strdup (cd_yaml_string (cd_yaml_get (node, key)));
}

static gboolean
read_flag (const Reader *reader, const CdYamlNode *node, const char *key, gboolean *flag, GError **error)
{
  const CdYamlNode *value = cd_yaml_get (node, key);
  return value == NULL || cd_yaml_bool (value, flag) || cd_yaml_fail (reader->yaml, value, error, "\"%s\" is true or false", key);
}

static gboolean
read_model (const Reader *reader, const CdYamlNode *node, CdKnown *known, GError **error)
{
  const char *access = cd_yaml_require (reader->yaml, node, "access", error);
  if (access == NULL)
    return FALSE;
  known->open = g_str_equal (access, "open");
  if (!known->open && !g_str_equal (access, "api"))
    return cd_yaml_fail (reader->yaml, cd_yaml_get (node, "access"), error, "\"access\" is open or api");
  known->maker = copy_of (node, "provider");
  return read_flag (reader, node, "reasoning", &known->reasoning, error) && read_flag (reader, node, "moving", &known->moving, error);
}

static gboolean
read_dataset (const Reader *reader, const CdYamlNode *node, CdKnown *known, GError **error)
{
  gboolean human = FALSE;
  if (!read_flag (reader, node, "human", &human, error))
    return FALSE;
  known->sort = copy_of (node, "kind");
  known->origin = human ? g_strdup ("human") : copy_of (node, "origin");
  if (known->origin == NULL && cd_yaml_get (node, "teachers") == NULL && cd_yaml_get (node, "from") == NULL)
    return cd_yaml_fail (reader->yaml, node, error, "\"%s\" needs one of teachers, from, human and origin", known->id);
  return TRUE;
}

static gboolean
read_entry (const Reader *reader, const CdYamlNode *node, GError **error)
{
  static const char *const keys[CD_KNOWN_KINDS][16] = {
    { "id", "name", "hub", "aliases", "provider", "released", "access", "reasoning", "moving", "base", "teachers", "license", "size", "source",
      NULL },
    { "id", "name", "hub", "aliases", "kind", "released", "license", "size", "human", "teachers", "from", "origin", "source", NULL },
  };
  static const char *const required[CD_KNOWN_KINDS][6]
      = { { "id", "name", "provider", "released", "source", NULL }, { "id", "name", "kind", "source", NULL } };
  if (!cd_yaml_check_keys (reader->yaml, node, keys[reader->kind], error))
    return FALSE;
  for (guint i = 0; required[reader->kind][i] != NULL; i++)
    if (cd_yaml_require (reader->yaml, node, required[reader->kind][i], error) == NULL)
      return FALSE;
  CdKnown *known = g_new0 (CdKnown, 1);
  guint index = reader->knowledge->entries->len;
  g_ptr_array_add (reader->knowledge->entries, known);
  known->kind = reader->kind;
  known->id = copy_of (node, "id");
  known->name = copy_of (node, "name");
  known->source = copy_of (node, "source");
  known->released = copy_of (node, "released");
  known->license = copy_of (node, "license");
  known->size = copy_of (node, "size");
  known->file = g_strdup (reader->file);
  known->line = node->line;
  known->from = g_array_new (FALSE, FALSE, sizeof (guint));
  known->teachers = g_array_new (FALSE, FALSE, sizeof (guint));
  known->hub = read_strings (reader, node, "hub", error);
  known->aliases = known->hub != NULL ? read_strings (reader, node, "aliases", error) : NULL;
  return known->aliases != NULL && (reader->kind == CD_KNOWN_MODEL ? read_model : read_dataset) (reader, node, known, error)
         && add_names (reader, node, known, index, error);
}

static gboolean
refer (const Reader *reader, const CdYamlNode *node, const char *key, CdKnownKind kind, GArray *references, GError **error)
{
  g_autofree const char **ids = cd_yaml_strings (reader->yaml, node, key, error);
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; ids[i] != NULL; i++) {
    gint found = cd_knowledge_find (reader->knowledge, kind, ids[i]);
    if (found < 0)
      return cd_yaml_fail (reader->yaml, cd_yaml_get (node, key), error, "there is no %s \"%s\"", kind == CD_KNOWN_MODEL ? "model" : "dataset",
                           ids[i]);
    guint index = (guint) found;
    g_array_append_val (references, index);
  }
  return TRUE;
}

static const CdYamlNode *
entries_of (const CdYaml *yaml, const char *section, GError **error)
{
  const CdYamlNode *list = cd_yaml_get (cd_yaml_root (yaml), section);
  if (list == NULL || list->kind != CD_YAML_SEQUENCE) {
    cd_yaml_fail (yaml, cd_yaml_root (yaml), error, "\"%s\" must be a list", section);
    return NULL;
  }
  return list;
}

/* The entries of a file, then what they refer to: entries of the same kind by `base` or `from`, models by `teachers`. */
static gboolean
read_kind (CdKnowledge *knowledge, const CdData *data, CdKnownKind kind, const char *name, const char *section, const char *from, GError **error)
{
  g_autoptr (CdYaml) yaml = cd_data_yaml (data, name, error);
  const CdYamlNode *list = yaml != NULL ? entries_of (yaml, section, error) : NULL;
  if (list == NULL)
    return FALSE;
  g_autofree char *file = cd_data_where (data, name);
  const Reader reader = { knowledge, yaml, file, kind };
  guint first = knowledge->entries->len;
  for (guint i = 0; i < cd_yaml_length (list); i++)
    if (!read_entry (&reader, cd_yaml_at (list, i), error))
      return FALSE;
  for (guint i = 0; i < cd_yaml_length (list); i++) {
    const CdKnown *known = cd_knowledge_at (knowledge, first + i);
    if (!refer (&reader, cd_yaml_at (list, i), from, kind, known->from, error)
        || !refer (&reader, cd_yaml_at (list, i), "teachers", CD_KNOWN_MODEL, known->teachers, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_terms (CdKnowledge *knowledge, const CdData *data, GError **error)
{
  static const char *const keys[] = { "provider", "licence", "clause", "since", "source", NULL };
  g_autoptr (CdYaml) yaml = cd_data_yaml (data, "rubrics/knowledge/terms.yaml", error);
  const CdYamlNode *list = yaml != NULL ? entries_of (yaml, "terms", error) : NULL;
  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < cd_yaml_length (list); i++) {
    const CdYamlNode *node = cd_yaml_at (list, i);
    if (!cd_yaml_check_keys (yaml, node, keys, error) || cd_yaml_require (yaml, node, "provider", error) == NULL
        || cd_yaml_require (yaml, node, "clause", error) == NULL || cd_yaml_require (yaml, node, "source", error) == NULL)
      return FALSE;
    CdTerm *term = g_new0 (CdTerm, 1);
    *term = (CdTerm){ copy_of (node, "provider"), copy_of (node, "licence"), copy_of (node, "clause"), copy_of (node, "since"),
                      copy_of (node, "source") };
    g_ptr_array_add (knowledge->terms, term);
  }
  return TRUE;
}

CdKnowledge *
cd_knowledge_load (const CdData *data, GError **error)
{
  g_autoptr (CdKnowledge) knowledge = g_new0 (CdKnowledge, 1);
  knowledge->entries = g_ptr_array_new_with_free_func (known_free);
  knowledge->terms = g_ptr_array_new_with_free_func (term_free);
  for (guint k = 0; k < CD_KNOWN_KINDS; k++)
    knowledge->names[k] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!read_kind (knowledge, data, CD_KNOWN_MODEL, "rubrics/knowledge/models.yaml", "models", "base", error)
      || !read_kind (knowledge, data, CD_KNOWN_DATASET, "rubrics/knowledge/datasets.yaml", "datasets", "from", error)
      || !read_terms (knowledge, data, error))
    return NULL;
  return g_steal_pointer (&knowledge);
}

guint
cd_knowledge_length (const CdKnowledge *knowledge)
{
  return knowledge->entries->len;
}

const CdKnown *
cd_knowledge_at (const CdKnowledge *knowledge, guint index)
{
  return knowledge->entries->pdata[index];
}

gint
cd_knowledge_find (const CdKnowledge *knowledge, CdKnownKind kind, const char *name)
{
  g_autofree char *normal = normal_name (name);
  return (gint) GPOINTER_TO_UINT (g_hash_table_lookup (knowledge->names[kind], normal)) - 1;
}

GPtrArray *
cd_knowledge_terms (const CdKnowledge *knowledge, const char *provider)
{
  GPtrArray *terms = g_ptr_array_new ();
  for (guint i = 0; i < knowledge->terms->len; i++)
    if (g_str_equal (((const CdTerm *) knowledge->terms->pdata[i])->provider, provider))
      g_ptr_array_add (terms, knowledge->terms->pdata[i]);
  return terms;
}

static void climb (const CdKnowledge *knowledge, guint index, guint depth, guint8 *seen, GArray *ancestry);

static void
climb_all (const CdKnowledge *knowledge, const GArray *parents, gboolean taught, guint depth, guint8 *seen, GArray *ancestry)
{
  for (guint i = 0; i < parents->len; i++) {
    CdAncestor ancestor = { g_array_index (parents, guint, i), depth, taught };
    if (seen[ancestor.index])
      continue;
    seen[ancestor.index] = 1;
    g_array_append_val (ancestry, ancestor);
    climb (knowledge, ancestor.index, depth + 1, seen, ancestry);
  }
}

/* Depth is bounded by the number of entries: each is climbed once. */
static void
climb (const CdKnowledge *knowledge, guint index, guint depth, guint8 *seen, GArray *ancestry)
{
  const CdKnown *known = cd_knowledge_at (knowledge, index);
  climb_all (knowledge, known->teachers, TRUE, depth, seen, ancestry);
  climb_all (knowledge, known->from, FALSE, depth, seen, ancestry);
}

GArray *
cd_knowledge_ancestry (const CdKnowledge *knowledge, guint index)
{
  GArray *ancestry = g_array_new (FALSE, FALSE, sizeof (CdAncestor));
  g_autofree guint8 *seen = g_new0 (guint8, cd_knowledge_length (knowledge));
  seen[index] = 1;
  climb (knowledge, index, 1, seen, ancestry);
  return ancestry;
}
