/* The `find` of a data probe, read and resolved against the signals: what to look for, where, and next to what. */
#include "base/text.h"
#include "probes/set.h"
#include "scope/role.h"
#include <string.h>

#define UNLESS_BY_DEFAULT (CD_CONTEXT_PLAN | CD_CONTEXT_RELATED | CD_CONTEXT_DEMO | CD_CONTEXT_BOILERPLATE)

typedef struct {
  CdProbes *probes;
  const CdSignals *signals;
  const CdYaml *yaml;
} Reader;

void
cd_alternative_clear (gpointer item)
{
  CdAlternative *alternative = item;
  g_clear_pointer (&alternative->signals, g_array_unref);
}

static gboolean
fail_signal (const Reader *reader, const CdYamlNode *node, const char *id, GError **error)
{
  g_autofree const char **ids = g_new0 (const char *, (gsize) cd_signals_length (reader->signals) + 1);
  for (guint i = 0; i < cd_signals_length (reader->signals); i++)
    ids[i] = cd_signals_at (reader->signals, i)->id;
  g_autofree char *suggestion = cd_text_suggestion (id, ids);
  return cd_yaml_fail (reader->yaml, node, error, "there is no signal \"%s\"%s", id, suggestion);
}

static int
compare_indexes (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a, right = *(const guint *) b;
  return (left > right) - (left < right);
}

/* Add the signals that id names, which may be a glob. FALSE where there are none. */
static gboolean
add_named (const Reader *reader, const char *id, GArray *into)
{
  gint exact = cd_signals_find (reader->signals, id);
  if (exact >= 0) {
    g_array_append_val (into, exact);
    return TRUE;
  }
  if (strpbrk (id, "*?") == NULL)
    return FALSE;
  g_autoptr (GPatternSpec) glob = g_pattern_spec_new (id);
  guint before = into->len;
  for (guint i = 0; i < cd_signals_length (reader->signals); i++)
    if (g_pattern_spec_match_string (glob, cd_signals_at (reader->signals, i)->id))
      g_array_append_val (into, i);
  return into->len > before;
}

/* The signals that the list at key names, ascending, each once. */
static GArray *
read_signals (const Reader *reader, const CdYamlNode *node, GError **error)
{
  g_autofree const char **ids = cd_yaml_strings (reader->yaml, node, "signals", error);
  if (ids == NULL)
    return NULL;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));
  const CdYamlNode *list = cd_yaml_get (node, "signals");
  for (guint i = 0; ids[i] != NULL; i++)
    if (!add_named (reader, ids[i], found)) {
      fail_signal (reader, list->kind == CD_YAML_SCALAR ? list : cd_yaml_at (list, i), ids[i], error);
      return NULL;
    }
  g_array_sort (found, compare_indexes);
  guint kept = 0;
  for (guint i = 0; i < found->len; i++)
    if (kept == 0 || g_array_index (found, guint, i) != g_array_index (found, guint, kept - 1))
      g_array_index (found, guint, kept++) = g_array_index (found, guint, i);
  g_array_set_size (found, kept);
  return g_steal_pointer (&found);
}

/* The set's index in the table of sets; several probes ask for the same neighbours. */
static gint
intern_set (CdProbes *probes, GArray *set)
{
  for (guint i = 0; i < probes->sets->len; i++) {
    const GArray *known = g_ptr_array_index (probes->sets, i);
    if (known->len == set->len && memcmp (known->data, set->data, set->len * sizeof (guint)) == 0) {
      g_array_unref (set);
      return (gint) i;
    }
  }
  g_ptr_array_add (probes->sets, set);
  return (gint) probes->sets->len - 1;
}

static gboolean
read_within (const Reader *reader, const CdYamlNode *node, CdNear *near, GError **error)
{
  static const char *const names[] = { "passage", "paragraph", "section", "document", "work", NULL };
  const CdYamlNode *within = cd_yaml_get (node, "within");
  const char *name = cd_yaml_string (within);
  near->within = CD_WITHIN_PASSAGE;
  while (name != NULL && names[near->within] != NULL && strcmp (names[near->within], name) != 0)
    near->within++;
  if (name == NULL || names[near->within] == NULL)
    return cd_yaml_fail (reader->yaml, within != NULL ? within : node, error, "\"within\" is one of passage, paragraph, section, document, work");
  gint64 lines = 0;
  const CdYamlNode *most = cd_yaml_get (node, "lines");
  if (most != NULL && (!cd_yaml_int (most, &lines) || lines < 1 || lines > G_MAXINT))
    return cd_yaml_fail (reader->yaml, most, error, "\"lines\" must be a whole number from 1");
  near->lines = (guint) lines;
  return TRUE;
}

static gboolean
read_near (const Reader *reader, const CdYamlNode *alternative, const char *key, CdNear *near, GError **error)
{
  static const char *const keys[] = { "signals", "within", "lines", NULL };
  const CdYamlNode *node = cd_yaml_get (alternative, key);
  near->set = -1;
  if (node == NULL)
    return TRUE;
  if (!cd_yaml_check_keys (reader->yaml, node, keys, error) || !read_within (reader, node, near, error))
    return FALSE;
  GArray *set = read_signals (reader, node, error);
  if (set == NULL)
    return FALSE;
  gboolean empty = set->len == 0;
  near->set = intern_set (reader->probes, set);
  return !empty || cd_yaml_fail (reader->yaml, node, error, "\"%s\" names no signals", key);
}

static gboolean
read_path (const Reader *reader, const CdYamlNode *alternative, const char *key, gint *path, GError **error)
{
  const CdYamlNode *node = cd_yaml_get (alternative, key);
  *path = -1;
  if (node == NULL)
    return TRUE;
  const char *pattern = cd_yaml_require (reader->yaml, alternative, key, error);
  if (pattern == NULL)
    return FALSE;
  for (guint i = 0; i < reader->probes->paths->len; i++)
    if (strcmp (g_regex_get_pattern (g_ptr_array_index (reader->probes->paths, i)), pattern) == 0)
      *path = (gint) i;
  if (*path >= 0)
    return TRUE;
  /* Paths of a repository in invalid UTF-8 are spelt out by the snapshot, so matching them needs no raw mode. */
  g_autoptr (GError) why = NULL;
  GRegex *regex = g_regex_new (pattern, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, &why);
  if (regex == NULL)
    return cd_yaml_fail (reader->yaml, node, error, "%s", why->message);
  *path = (gint) reader->probes->paths->len;
  g_ptr_array_add (reader->probes->paths, regex);
  return TRUE;
}

static gboolean
read_roles (const Reader *reader, const CdYamlNode *node, guint *roles, GError **error)
{
  g_autofree const char **names = cd_yaml_strings (reader->yaml, node, "documents", error);
  if (names == NULL)
    return FALSE;
  *roles = 0;
  for (guint i = 0; names[i] != NULL; i++) {
    CdRole role = cd_role_parse (names[i]);
    if (role == CD_ROLES) {
      const char *all[CD_ROLES + 1] = { NULL };
      for (guint r = 0; r < CD_ROLES; r++)
        all[r] = cd_role_name ((CdRole) r);
      const CdYamlNode *list = cd_yaml_get (node, "documents");
      g_autofree char *known = g_strjoinv (", ", (char **) all);
      return cd_yaml_fail (reader->yaml, list->kind == CD_YAML_SCALAR ? list : cd_yaml_at (list, i), error,
                           "unknown \"%s\" in \"documents\"; it can be %s", names[i], known);
    }
    *roles |= 1u << role;
  }
  return TRUE;
}

/* What only a hit can have makes no sense for a document that is found as such. */
static gboolean
check_document_find (const Reader *reader, const CdYamlNode *node, const CdAlternative *alternative, GError **error)
{
  static const char *const hit_keys[] = { "where", "context", "unless", "near", "not-near" };
  if (alternative->signals->len > 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (hit_keys); i++)
    if (cd_yaml_get (node, hit_keys[i]) != NULL)
      return cd_yaml_fail (reader->yaml, cd_yaml_key (node, hit_keys[i]), error, "\"%s\" needs \"signals\"", hit_keys[i]);
  return alternative->roles != 0 || alternative->path >= 0 || alternative->not_path >= 0
         || cd_yaml_fail (reader->yaml, node, error, "nothing to find: name signals, documents or a path");
}

static gboolean
read_alternative (const Reader *reader, const CdYamlNode *node, CdAlternative *alternative, GError **error)
{
  static const char *const keys[] = { "signals", "documents", "path", "not-path", "where", "context", "unless", "near", "not-near", "weight", NULL };
  if (!cd_yaml_check_keys (reader->yaml, node, keys, error))
    return FALSE;
  alternative->signals = read_signals (reader, node, error);
  if (alternative->signals == NULL || !read_roles (reader, node, &alternative->roles, error)
      || !read_path (reader, node, "path", &alternative->path, error) || !read_path (reader, node, "not-path", &alternative->not_path, error)
      || !cd_passage_kinds_read (reader->yaml, node, "where", &alternative->where, error)
      || !cd_context_read (reader->yaml, node, "context", &alternative->context, error)
      || !cd_context_read (reader->yaml, node, "unless", &alternative->unless, error) || !read_near (reader, node, "near", &alternative->near, error)
      || !read_near (reader, node, "not-near", &alternative->not_near, error))
    return FALSE;
  if (cd_yaml_get (node, "unless") == NULL)
    alternative->unless = UNLESS_BY_DEFAULT & ~alternative->context;
  alternative->weight = 1;
  const CdYamlNode *weight = cd_yaml_get (node, "weight");
  if (weight != NULL && (!cd_yaml_double (weight, &alternative->weight) || alternative->weight <= 0))
    return cd_yaml_fail (reader->yaml, weight, error, "\"weight\" must be a number above 0");
  return check_document_find (reader, node, alternative, error);
}

gboolean
cd_probe_read_find (CdProbes *probes, const CdSignals *signals, const CdYaml *yaml, const CdYamlNode *find, CdProbe *probe, GError **error)
{
  static const char *const keys[] = { "at-least", "any", NULL };
  const Reader reader = { .probes = probes, .signals = signals, .yaml = yaml };
  if (!cd_yaml_check_keys (yaml, find, keys, error))
    return FALSE;
  gint64 at_least = 1;
  const CdYamlNode *least = cd_yaml_get (find, "at-least");
  if (least != NULL && (!cd_yaml_int (least, &at_least) || at_least < 1 || at_least > G_MAXINT))
    return cd_yaml_fail (yaml, least, error, "\"at-least\" must be a whole number from 1");
  probe->at_least = (guint) at_least;
  const CdYamlNode *any = cd_yaml_get (find, "any");
  if (any == NULL || any->kind != CD_YAML_SEQUENCE || cd_yaml_length (any) == 0)
    return cd_yaml_fail (yaml, any != NULL ? any : find, error, "\"any\" must be a list of ways to find it");
  for (guint i = 0; i < cd_yaml_length (any); i++) {
    CdAlternative alternative = { 0 };
    gboolean good = read_alternative (&reader, cd_yaml_at (any, i), &alternative, error);
    /* Heaviest first, so that a passage found twice keeps its best weight. */
    guint at = probe->alternatives->len;
    while (at > 0 && g_array_index (probe->alternatives, CdAlternative, at - 1).weight < alternative.weight)
      at--;
    g_array_insert_val (probe->alternatives, at, alternative);
    if (!good)
      return FALSE;
  }
  return TRUE;
}
