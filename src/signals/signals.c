/* The set of signals: loading, looking up, and the workspaces and regular expressions that scanning and capturing share. */
#include "signals/set.h"

static void
signal_clear (gpointer item)
{
  CdSignal *signal = item;
  g_free (signal->yes);
  g_free (signal->no);
}

static void
workspace_free (gpointer item)
{
  CdWorkspace *workspace = item;
  hs_free_scratch (workspace->scratch);
  g_free (workspace->last);
  g_free (workspace);
}

static CdSignals *
signals_new (void)
{
  CdSignals *signals = g_new0 (CdSignals, 1);
  signals->signals = g_array_new (FALSE, FALSE, sizeof (CdSignal));
  g_array_set_clear_func (signals->signals, signal_clear);
  signals->forms = g_array_new (FALSE, FALSE, sizeof (CdSignalForm));
  signals->strings = g_string_chunk_new (16384);
  signals->index = g_hash_table_new (g_str_hash, g_str_equal);
  signals->idle = g_ptr_array_new_with_free_func (workspace_free);
  g_mutex_init (&signals->lock);
  return signals;
}

void
cd_signals_free (CdSignals *signals)
{
  if (signals == NULL)
    return;
  for (guint i = 0; signals->regexes != NULL && i < signals->signals->len; i++)
    if (signals->regexes[i] != NULL)
      g_regex_unref (signals->regexes[i]);
  g_free (signals->regexes);
  g_ptr_array_unref (signals->idle);
  hs_free_scratch (signals->prototype);
  for (guint class = 0; signals->stored == NULL && class < CD_CLASSES; class ++)
    hs_free_database (signals->databases[class]);
  g_mutex_clear (&signals->lock);
  g_hash_table_unref (signals->index);
  g_array_unref (signals->signals);
  g_array_unref (signals->forms);
  g_string_chunk_free (signals->strings);
  g_clear_pointer (&signals->stored, g_bytes_unref);
  g_free (signals);
}

/* Out of a stored form, or NULL. */
static CdSignals *
load_stored (const CdData *data, GBytes *bytes, gboolean trusted)
{
  g_autoptr (CdSignals) signals = signals_new ();
  return cd_signals_restore (signals, data, bytes, trusted) ? g_steal_pointer (&signals) : NULL;
}

static CdSignals *
load_cached (const CdData *data, const char *path)
{
  g_autoptr (GMappedFile) mapped = path == NULL ? NULL : g_mapped_file_new (path, FALSE, NULL);
  if (mapped == NULL)
    return NULL;
  g_autoptr (GBytes) bytes = g_mapped_file_get_bytes (mapped);
  return load_stored (data, bytes, FALSE);
}

static struct {
  const void *bytes;
  gsize length;
} embedded;

void
cd_signals_embed (const void *bytes, gsize length)
{
  embedded.bytes = bytes;
  embedded.length = length;
}

static CdSignals *
load_embedded (const CdData *data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (embedded.bytes, embedded.length);
  return load_stored (data, bytes, TRUE);
}

static CdSignals *
load_rules (const CdData *data, gboolean portable, GError **error)
{
  g_autoptr (CdSignals) signals = signals_new ();
  if (!cd_signals_read (signals, data, error) || !cd_signals_compile (signals, portable, error))
    return NULL;
  return g_steal_pointer (&signals);
}

/* A cache that cannot be written costs time, nothing else. */
static void
save (const CdSignals *signals, const CdData *data, const char *path)
{
  g_autoptr (GBytes) bytes = cd_signals_store (signals, data);
  g_autofree char *folder = g_path_get_dirname (path);
  gsize length = 0;
  const char *contents = bytes == NULL ? NULL : g_bytes_get_data (bytes, &length);
  if (contents != NULL && g_mkdir_with_parents (folder, 0700) == 0)
    g_file_set_contents_full (path, contents, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

CdSignals *
cd_signals_load (const CdData *data, const char *cache, GError **error)
{
  g_autoptr (CdSignals) signals = load_embedded (data);
  g_autofree char *path = signals == NULL ? cd_signals_cache_path (data, cache) : NULL;
  if (signals == NULL)
    signals = load_cached (data, path);
  if (signals == NULL) {
    signals = load_rules (data, FALSE, error);
    if (signals == NULL)
      return NULL;
    if (path != NULL)
      save (signals, data, path);
  }
  for (guint class = 0; class < CD_CLASSES; class ++)
    if (signals->databases[class] != NULL && hs_alloc_scratch (signals->databases[class], &signals->prototype) != HS_SUCCESS) {
      g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "no memory to scan for signals");
      return NULL;
    }
  signals->regexes = g_new0 (GRegex *, signals->signals->len);
  return g_steal_pointer (&signals);
}

gboolean
cd_signals_precompile (const CdData *data, const char *path, GError **error)
{
  g_autoptr (CdSignals) signals = load_rules (data, TRUE, error);
  if (signals == NULL)
    return FALSE;
  g_autoptr (GBytes) bytes = cd_signals_store (signals, data);
  if (bytes == NULL) {
    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s: the signals cannot be stored", path);
    return FALSE;
  }
  gsize length = 0;
  const char *contents = g_bytes_get_data (bytes, &length);
  return g_file_set_contents (path, contents, (gssize) length, error);
}

guint
cd_signals_length (const CdSignals *signals)
{
  return signals->signals->len;
}

const CdSignal *
cd_signals_at (const CdSignals *signals, guint index)
{
  return &g_array_index (signals->signals, CdSignal, index);
}

gint
cd_signals_find (const CdSignals *signals, const char *id)
{
  return (gint) GPOINTER_TO_UINT (g_hash_table_lookup (signals->index, id)) - 1;
}

CdWorkspace *
cd_signals_acquire (const CdSignals *constant)
{
  /* The pool of workspaces is no part of what a caller sees as constant. */
  CdSignals *signals = (CdSignals *) constant;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&signals->lock);
  if (signals->idle->len > 0)
    return g_ptr_array_steal_index_fast (signals->idle, signals->idle->len - 1);
  CdWorkspace *workspace = g_new0 (CdWorkspace, 1);
  if (hs_clone_scratch (signals->prototype, &workspace->scratch) != HS_SUCCESS)
    g_error ("no memory to scan for signals");
  gsize length = signals->signals->len;
  workspace->last = g_new0 (guint32, 4 * length);
  workspace->count = workspace->last + length;
  workspace->exact = workspace->count + length;
  workspace->exact_end = workspace->exact + length;
  return workspace;
}

void
cd_signals_release (const CdSignals *constant, CdWorkspace *workspace)
{
  CdSignals *signals = (CdSignals *) constant;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&signals->lock);
  g_ptr_array_add (signals->idle, workspace);
}

/* To libhs a word is ASCII letters, digits and underscores; to GRegex, which cannot be told otherwise, it is those of all scripts, and
 * the border in front of the number in "使用8 x A100" is none. So the classes are spelt out for it. */
static char *
ascii_words (const char *pattern)
{
  static const struct {
    char letter;
    const char *outside, *inside;
  } classes[] = {
    { 'b', "(?:(?<![0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<=[0-9A-Za-z_])(?![0-9A-Za-z_]))", "\\x08" },
    { 'w', "[0-9A-Za-z_]", "0-9A-Za-z_" },
    { 'W', "[^0-9A-Za-z_]", "\\W" },
    { 'd', "[0-9]", "0-9" },
  };
  GString *spelt = g_string_new (NULL);
  gboolean in_class = FALSE;
  for (const char *c = pattern; *c != '\0'; c++) {
    guint row = 0;
    if (*c != '\\' || c[1] == '\0') {
      in_class = *c == '[' ? TRUE : *c == ']' ? FALSE : in_class;
      g_string_append_c (spelt, *c);
      continue;
    }
    c++;
    while (row < G_N_ELEMENTS (classes) && classes[row].letter != *c)
      row++;
    if (row < G_N_ELEMENTS (classes))
      g_string_append (spelt, in_class ? classes[row].inside : classes[row].outside);
    else
      g_string_append_printf (spelt, "\\%c", *c);
  }
  return g_string_free (spelt, FALSE);
}

GRegex *
cd_signals_regex (const CdSignals *signals, guint index, GError **error)
{
  GRegex **slot = &signals->regexes[index];
  GRegex *regex = g_atomic_pointer_get (slot);
  if (regex != NULL)
    return regex;
  const CdSignal *signal = cd_signals_at (signals, index);
  GRegexCompileFlags flags = G_REGEX_MULTILINE | G_REGEX_OPTIMIZE;
  if (signal->caseless)
    flags |= G_REGEX_CASELESS;
  if (signal->dotall)
    flags |= G_REGEX_DOTALL;
  g_autofree char *pattern = ascii_words (signal->pattern);
  GRegex *made = g_regex_new (pattern, flags, G_REGEX_MATCH_DEFAULT, error);
  if (made == NULL || g_atomic_pointer_compare_and_exchange (slot, NULL, made))
    return made;
  g_regex_unref (made);
  return g_atomic_pointer_get (slot);
}
