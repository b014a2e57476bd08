/* rubrics/signals/ read from YAML and checked, every fault with its place. Patterns are only copied here: compile.c judges them. */
#include "signals/set.h"
#include <string.h>

#define ALL_KINDS ((1u << CD_PASSAGE_KINDS) - 1)

/* One file while it is read. */
typedef struct {
  CdSignals *signals;
  const CdYaml *yaml;
  char *file; /* owned by the set's strings */
} Reader;

static char *
keep (CdSignals *signals, const char *text)
{
  return text == NULL ? NULL : g_string_chunk_insert (signals->strings, text);
}

/* "topic.name", in lower case, digits and hyphens; a topic may have parts. */
static gboolean
is_id (const char *id)
{
  gboolean dot = FALSE;
  for (const char *c = id; *c != '\0'; c++) {
    if (*c == '.') {
      if (c == id || c[1] == '\0' || c[1] == '.')
        return FALSE;
      dot = TRUE;
    } else if (!g_ascii_islower (*c) && !g_ascii_isdigit (*c) && *c != '-')
      return FALSE;
  }
  return dot;
}

static gboolean
read_id (const Reader *reader, const CdYamlNode *node, CdSignal *signal, GError **error)
{
  const char *id = cd_yaml_require (reader->yaml, node, "id", error);
  if (id == NULL)
    return FALSE;
  const CdYamlNode *place = cd_yaml_get (node, "id");
  if (!is_id (id))
    return cd_yaml_fail (reader->yaml, place, error, "\"%s\" is no signal id: write topic.name in lower case, digits and hyphens", id);
  gint other = cd_signals_find (reader->signals, id);
  if (other >= 0) {
    const CdSignal *first = cd_signals_at (reader->signals, (guint) other);
    return cd_yaml_fail (reader->yaml, place, error, "signal \"%s\" is defined already at %s:%u", id, first->file, first->line);
  }
  signal->id = keep (reader->signals, id);
  return TRUE;
}

/* The flag that a "context.<flag>" or "context.<flag>-<anything>" signal sets. */
static gboolean
read_context (const Reader *reader, const CdYamlNode *node, const char *id, guint *flag, GError **error)
{
  static const char prefix[] = "context.";
  *flag = 0;
  if (!g_str_has_prefix (id, prefix))
    return TRUE;
  const char *name = id + strlen (prefix);
  gsize length = strcspn (name, "-");
  for (guint bit = 1; cd_context_name (bit) != NULL; bit <<= 1)
    if (strlen (cd_context_name (bit)) == length && strncmp (cd_context_name (bit), name, length) == 0)
      *flag = bit;
  return *flag != 0 || cd_yaml_fail (reader->yaml, cd_yaml_get (node, "id"), error, "\"%s\" names no context flag", id);
}

static gboolean
read_flags (const Reader *reader, const CdYamlNode *node, CdSignal *signal, GError **error)
{
  const CdYamlNode *flags = cd_yaml_get (node, "flags");
  const char *letters = cd_yaml_string (flags);
  for (const char *c = letters; c != NULL && *c != '\0'; c++) {
    if (*c == 'i')
      signal->caseless = TRUE;
    else if (*c == 's')
      signal->dotall = TRUE;
    else if (*c != 'm')
      return cd_yaml_fail (reader->yaml, flags, error, "unknown flag \"%c\"; flags are i, m and s", *c);
  }
  /* In a set of patterns over whole documents, the borders of the text mean nothing: ^ and $ are always those of a line. */
  signal->multiline = TRUE;
  return TRUE;
}

static gboolean
read_examples (const Reader *reader, const CdYamlNode *node, const char *key, char ***examples, GError **error)
{
  const char **texts = cd_yaml_strings (reader->yaml, node, key, error);
  if (texts == NULL)
    return FALSE;
  for (guint i = 0; texts[i] != NULL; i++)
    texts[i] = keep (reader->signals, texts[i]);
  *examples = (char **) texts;
  return TRUE;
}

static gboolean
read_signal (const Reader *reader, const CdYamlNode *node, CdSignal *signal, CdSignalForm *form, GError **error)
{
  static const char *const keys[] = { "id", "means", "pattern", "flags", "where", "unless", "yes", "no", NULL };
  if (!cd_yaml_check_keys (reader->yaml, node, keys, error) || !read_id (reader, node, signal, error)
      || !read_context (reader, node, signal->id, &form->context, error))
    return FALSE;
  const char *means = cd_yaml_require (reader->yaml, node, "means", error);
  const char *pattern = means == NULL ? NULL : cd_yaml_require (reader->yaml, node, "pattern", error);
  if (pattern == NULL)
    return FALSE;
  signal->means = keep (reader->signals, means);
  signal->pattern = keep (reader->signals, pattern);
  signal->file = reader->file;
  signal->line = node->line;
  form->line = cd_yaml_get (node, "pattern")->line;
  form->column = cd_yaml_get (node, "pattern")->column;
  if (!read_flags (reader, node, signal, error) || !cd_passage_kinds_read (reader->yaml, node, "where", &signal->where, error)
      || !cd_context_read (reader->yaml, node, "unless", &signal->unless, error))
    return FALSE;
  if (signal->where == 0)
    signal->where = ALL_KINDS;
  return read_examples (reader, node, "yes", &signal->yes, error) && read_examples (reader, node, "no", &signal->no, error);
}

static gboolean
read_file (CdSignals *signals, const CdData *data, const char *name, GError **error)
{
  static const char *const keys[] = { "signals", NULL };
  g_autoptr (CdYaml) yaml = cd_data_yaml (data, name, error);
  if (yaml == NULL || !cd_yaml_check_keys (yaml, cd_yaml_root (yaml), keys, error))
    return FALSE;
  const CdYamlNode *list = cd_yaml_get (cd_yaml_root (yaml), "signals");
  if (list != NULL && list->kind != CD_YAML_SEQUENCE && !cd_yaml_is_null (list))
    return cd_yaml_fail (yaml, list, error, "\"signals\" must be a list");
  Reader reader = { .signals = signals, .yaml = yaml, .file = keep (signals, cd_yaml_name (yaml)) };
  for (guint i = 0; i < cd_yaml_length (list); i++) {
    CdSignal signal = { 0 };
    CdSignalForm form = { .width = CD_WIDTH_UNBOUNDED };
    gboolean good = read_signal (&reader, cd_yaml_at (list, i), &signal, &form, error);
    /* Appended even when bad: the set owns what was read so far. */
    g_array_append_val (signals->signals, signal);
    g_array_append_val (signals->forms, form);
    if (!good)
      return FALSE;
    g_hash_table_insert (signals->index, signal.id, GUINT_TO_POINTER (signals->signals->len));
  }
  return TRUE;
}

gboolean
cd_signals_read (CdSignals *signals, const CdData *data, GError **error)
{
  g_auto (GStrv) names = cd_data_list (data, "rubrics/signals");
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_has_suffix (names[i], ".yaml") && !read_file (signals, data, names[i], error))
      return FALSE;
  return TRUE;
}
