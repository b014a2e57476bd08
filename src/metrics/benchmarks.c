/* Reads rubrics/knowledge/benchmarks.yaml and finds benchmarks in short labels by hashed names, without a scan over all of them.
 * Running text is scanned by signals ("benchmarks.<id>"); what a benchmark in a table means is left to result-table.c. */
#include "metrics/benchmarks.h"
#include "base/text.h"
#include "base/yaml.h"
#include <string.h>

#define NAME_TOKENS 5u   /* words of the longest name ("Humanity's Last Exam" has four) */
#define LABEL_BYTES 400u /* longer cells are prose, not labels */
#define TEXT_BYTES 4000u /* read of a sentence */

struct _CdBenchmarks {
  GPtrArray *entries; /* CdBenchmark* */
  GHashTable *by_id;  /* id → index + 1 */
  GHashTable *by_key; /* cd_text_key of name and aliases → index + 1 */
};

static void
benchmark_free (gpointer pointer)
{
  CdBenchmark *benchmark = pointer;
  g_free (benchmark->id);
  g_free (benchmark->name);
  g_free (benchmark->answer);
  g_free (benchmark->domain);
  g_clear_pointer (&benchmark->sizes, g_array_unref);
  g_free (benchmark);
}

void
cd_benchmarks_free (CdBenchmarks *benchmarks)
{
  if (benchmarks == NULL)
    return;
  g_hash_table_unref (benchmarks->by_id);
  g_hash_table_unref (benchmarks->by_key);
  g_ptr_array_unref (benchmarks->entries);
  g_free (benchmarks);
}

static void
add_key (CdBenchmarks *benchmarks, const char *name, guint index)
{
  char *key = cd_text_key (name);
  if (*key == '\0' || g_hash_table_contains (benchmarks->by_key, key))
    g_free (key);
  else
    g_hash_table_insert (benchmarks->by_key, key, GUINT_TO_POINTER (index + 1));
}

static gboolean
read_sizes (const CdYaml *yaml, const CdYamlNode *sizes, CdBenchmark *benchmark, GError **error)
{
  if (sizes == NULL)
    return TRUE;
  if (sizes->kind != CD_YAML_MAPPING)
    return cd_yaml_fail (yaml, sizes, error, "\"sizes\" must be a mapping of names to numbers");
  for (guint i = 0; i < cd_yaml_length (sizes); i++) {
    gint64 size;
    if (!cd_yaml_int (cd_yaml_at (sizes, i), &size) || size <= 0)
      return cd_yaml_fail (yaml, cd_yaml_at (sizes, i), error, "a size must be a positive number");
    g_array_append_val (benchmark->sizes, size);
  }
  return TRUE;
}

static gboolean
read_values (const CdYaml *yaml, const CdYamlNode *entry, CdBenchmark *benchmark, GError **error)
{
  const CdYamlNode *problems = cd_yaml_get (entry, "problems");
  if (problems != NULL && (!cd_yaml_int (problems, &benchmark->problems) || benchmark->problems <= 0))
    return cd_yaml_fail (yaml, problems, error, "\"problems\" must be a positive number");
  const CdYamlNode *versioned = cd_yaml_get (entry, "versioned"), *cased = cd_yaml_get (entry, "cased"), *all = cd_yaml_get (entry, "all_sizes");
  if (versioned != NULL && !cd_yaml_bool (versioned, &benchmark->versioned))
    return cd_yaml_fail (yaml, versioned, error, "\"versioned\" must be true or false");
  if (cased != NULL && !cd_yaml_bool (cased, &benchmark->cased))
    return cd_yaml_fail (yaml, cased, error, "\"cased\" must be true or false");
  if (all != NULL && !cd_yaml_bool (all, &benchmark->all_sizes))
    return cd_yaml_fail (yaml, all, error, "\"all_sizes\" must be true or false");
  return read_sizes (yaml, cd_yaml_get (entry, "sizes"), benchmark, error);
}

static gboolean
read_entry (const CdYaml *yaml, const CdYamlNode *entry, CdBenchmarks *benchmarks, GError **error)
{
  static const char *const allowed[]
      = { "id", "name", "aliases", "problems", "sizes", "answer", "domain", "versioned", "cased", "all_sizes", "source", NULL };
  if (!cd_yaml_check_keys (yaml, entry, allowed, error))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    if (cd_yaml_string (cd_yaml_get (entry, allowed[i])) == NULL)
      return cd_yaml_fail (yaml, entry, error, "a benchmark needs \"%s\"", allowed[i]);
  guint index = benchmarks->entries->len;
  CdBenchmark *benchmark = g_new0 (CdBenchmark, 1);
  g_ptr_array_add (benchmarks->entries, benchmark);
  benchmark->id = g_strdup (cd_yaml_string (cd_yaml_get (entry, "id")));
  benchmark->name = g_strdup (cd_yaml_string (cd_yaml_get (entry, "name")));
  benchmark->answer = g_strdup (cd_yaml_string (cd_yaml_get (entry, "answer")));
  benchmark->domain = g_strdup (cd_yaml_string (cd_yaml_get (entry, "domain")));
  benchmark->sizes = g_array_new (FALSE, FALSE, sizeof (gint64));
  benchmark->versioned = TRUE;
  if (!g_hash_table_insert (benchmarks->by_id, benchmark->id, GUINT_TO_POINTER (index + 1)))
    return cd_yaml_fail (yaml, entry, error, "a second benchmark \"%s\"", benchmark->id);
  add_key (benchmarks, benchmark->name, index);
  const CdYamlNode *aliases = cd_yaml_get (entry, "aliases");
  for (guint i = 0; i < cd_yaml_length (aliases); i++) {
    const char *alias = cd_yaml_string (cd_yaml_at (aliases, i));
    if (alias == NULL)
      return cd_yaml_fail (yaml, cd_yaml_at (aliases, i), error, "an alias must be text");
    add_key (benchmarks, alias, index);
  }
  return read_values (yaml, entry, benchmark, error);
}

CdBenchmarks *
cd_benchmarks_load (const CdData *data, GError **error)
{
  g_autoptr (CdYaml) yaml = cd_data_yaml (data, "rubrics/knowledge/benchmarks.yaml", error);
  if (yaml == NULL)
    return NULL;
  const CdYamlNode *list = cd_yaml_get (cd_yaml_root (yaml), "benchmarks");
  if (list == NULL || list->kind != CD_YAML_SEQUENCE) {
    cd_yaml_fail (yaml, cd_yaml_root (yaml), error, "\"benchmarks\" must be a list");
    return NULL;
  }
  g_autoptr (CdBenchmarks) benchmarks = g_new0 (CdBenchmarks, 1);
  benchmarks->entries = g_ptr_array_new_with_free_func (benchmark_free);
  benchmarks->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  benchmarks->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < cd_yaml_length (list); i++)
    if (!read_entry (yaml, cd_yaml_at (list, i), benchmarks, error))
      return NULL;
  return g_steal_pointer (&benchmarks);
}

guint
cd_benchmarks_length (const CdBenchmarks *benchmarks)
{
  return benchmarks->entries->len;
}

const CdBenchmark *
cd_benchmarks_at (const CdBenchmarks *benchmarks, guint index)
{
  return g_ptr_array_index (benchmarks->entries, index);
}

gint
cd_benchmarks_find (const CdBenchmarks *benchmarks, const char *id)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (benchmarks->by_id, id)) - 1;
}

/* A run of letters and digits in a label; key: in lower case. */
typedef struct {
  const char *start, *end;
  char *key;
  gboolean capitals;
} Token;

static void
token_clear (gpointer pointer)
{
  g_free (((Token *) pointer)->key);
}

static GArray *
label_tokens (const char *label, gsize bytes)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (Token));
  g_array_set_clear_func (tokens, token_clear);
  for (const char *at = label; *at != '\0' && (gsize) (at - label) < bytes;) {
    if (!g_unichar_isalnum (g_utf8_get_char (at))) {
      at = g_utf8_next_char (at);
      continue;
    }
    Token token = { at, at, NULL, TRUE };
    for (; g_unichar_isalnum (g_utf8_get_char (token.end)); token.end = g_utf8_next_char (token.end))
      token.capitals = token.capitals && !g_unichar_islower (g_utf8_get_char (token.end));
    token.key = g_utf8_strdown (token.start, token.end - token.start);
    at = token.end;
    g_array_append_val (tokens, token);
  }
  return tokens;
}

/* What follows or precedes a family's name and says which set of it is meant: a year, a release, dates, a split. */
static gboolean
says_version (const char *label)
{
  static gsize once;
  static GRegex *pattern;
  if (g_once_init_enter (&once)) {
    pattern = g_regex_new ("(20)?2[0-9](?![0-9])|\\bv\\.?\\d|\\d{1,2}[/-]\\d{1,2}|verified|diamond|lite|mini|\\bval|\\btest|\\bdev\\b",
                           G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
    g_once_init_leave (&once, 1);
  }
  return g_regex_match (pattern, label, 0, NULL);
}

gint
cd_benchmarks_in_label (const CdBenchmarks *benchmarks, const char *label, gboolean *versioned)
{
  if (!g_utf8_validate (label, -1, NULL))
    return -1;
  g_autoptr (GArray) tokens = label_tokens (label, LABEL_BYTES);
  g_autoptr (GString) key = g_string_new (NULL);
  gint found = -1;
  gsize longest = 0;
  for (guint i = 0; i < tokens->len; i++) {
    const Token *first = &g_array_index (tokens, Token, i);
    gboolean capitals = TRUE;
    g_string_truncate (key, 0);
    for (guint j = i; j < tokens->len && j < i + NAME_TOKENS; j++) {
      const Token *token = &g_array_index (tokens, Token, j);
      capitals = capitals && token->capitals;
      g_string_append (key, token->key);
      gint index = GPOINTER_TO_INT (g_hash_table_lookup (benchmarks->by_key, key->str)) - 1;
      if (index < 0 || key->len <= longest)
        continue;
      gboolean alone = tokens->len == j - i + 1 && first == &g_array_index (tokens, Token, 0);
      if (cd_benchmarks_at (benchmarks, (guint) index)->cased && !capitals && !alone)
        continue;
      found = index;
      longest = key->len;
    }
  }
  if (versioned != NULL)
    *versioned = found >= 0 && (cd_benchmarks_at (benchmarks, (guint) found)->versioned || says_version (label));
  return found;
}

/* The longest name that begins with token i; its last token in *last. -1 none. */
static gint
longest_at (const CdBenchmarks *benchmarks, const GArray *tokens, guint i, guint *last)
{
  g_autoptr (GString) key = g_string_new (NULL);
  gboolean capitals = TRUE;
  gint found = -1;
  for (guint j = i; j < tokens->len && j < i + NAME_TOKENS; j++) {
    const Token *token = &g_array_index (tokens, Token, j);
    /* A name does not reach over a sentence's punctuation. */
    if (j > i && token->start - g_array_index (tokens, Token, j - 1).end > 3)
      break;
    capitals = capitals && token->capitals;
    g_string_append (key, token->key);
    gint index = GPOINTER_TO_INT (g_hash_table_lookup (benchmarks->by_key, key->str)) - 1;
    if (index < 0 || (cd_benchmarks_at (benchmarks, (guint) index)->cased && !capitals))
      continue;
    found = index;
    *last = j;
  }
  return found;
}

GArray *
cd_benchmarks_in_text (const CdBenchmarks *benchmarks, const char *text)
{
  GArray *mentions = g_array_new (FALSE, FALSE, sizeof (CdBenchmarkMention));
  if (!g_utf8_validate (text, -1, NULL))
    return mentions;
  g_autoptr (GArray) tokens = label_tokens (text, TEXT_BYTES);
  for (guint i = 0; i < tokens->len; i++) {
    guint last = i;
    gint found = longest_at (benchmarks, tokens, i, &last);
    if (found < 0)
      continue;
    CdBenchmarkMention mention
        = { (gsize) (g_array_index (tokens, Token, i).start - text), (gsize) (g_array_index (tokens, Token, last).end - text), found };
    g_array_append_val (mentions, mention);
    i = last;
  }
  return mentions;
}
