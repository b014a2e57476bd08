/* Reads and compiles rubrics/lineage/statements.yaml: words are put into patterns, <M> and <D> become the bytes that statements.c writes for names. */
#include "lineage/statement-rules.h"
#include "base/yaml.h"
#include "signals/signals.h"
#include <string.h>

typedef struct {
  const CdYaml *yaml;
  GPtrArray *words; /* "{name}", fragment, … */
} Reader;

static void
frame_free (gpointer data)
{
  CdFrame *frame = data;
  g_clear_pointer (&frame->pattern, g_regex_unref);
  g_strfreev (frame->yes);
  g_strfreev (frame->no);
  g_free (frame);
}

static void
cue_free (gpointer data)
{
  CdCue *cue = data;
  g_clear_pointer (&cue->pattern, g_regex_unref);
  g_clear_pointer (&cue->unless, g_regex_unref);
  g_strfreev (cue->yes);
  g_strfreev (cue->no);
  g_free (cue);
}

void
cd_statements_free (CdStatements *statements)
{
  if (statements == NULL)
    return;
  g_clear_pointer (&statements->frames, g_ptr_array_unref);
  g_clear_pointer (&statements->cues, g_ptr_array_unref);
  GRegex **patterns[]
      = { &statements->unnamed,    &statements->unnamed_strong, &statements->self,  &statements->self_strong, &statements->human,
          &statements->reinforced, &statements->hint,           &statements->joint, &statements->trains_on,   &statements->teacher_column };
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    g_clear_pointer (patterns[i], g_regex_unref);
  for (guint i = 0; i < CD_TEACHES_ROLES; i++)
    g_clear_pointer (&statements->roles[i], g_regex_unref);
  g_free (statements);
}

/* A name's mark for the words that stand for it in rules and examples. Caller frees. */
static char *
put_marks (const char *text)
{
  g_autoptr (GString) marked = g_string_new (text);
  g_string_replace (marked, "<M>", "\x01", 0);
  g_string_replace (marked, "<D>", "\x02", 0);
  return g_string_free (g_steal_pointer (&marked), FALSE);
}

/* The text at key as a pattern; *pattern stays NULL where the key is missing. Patterns that every sentence is put to are worth G_REGEX_OPTIMIZE,
 * which takes as long as some hundred matches. */
static gboolean
read_pattern (const Reader *reader, const CdYamlNode *node, const char *key, GRegexCompileFlags flags, GRegex **pattern, GError **error)
{
  const CdYamlNode *value = cd_yaml_get (node, key);
  const char *text = cd_yaml_string (value);
  if (text == NULL)
    return value == NULL || cd_yaml_fail (reader->yaml, value, error, "\"%s\" must be a pattern", key);
  g_autofree char *marked = put_marks (text);
  g_autoptr (GString) whole = g_string_new (marked);
  for (guint i = 0; i + 1 < reader->words->len; i += 2)
    g_string_replace (whole, reader->words->pdata[i], reader->words->pdata[i + 1], 0);
  g_autoptr (GError) why = NULL;
  *pattern = g_regex_new (whole->str, G_REGEX_CASELESS | flags, 0, &why);
  return *pattern != NULL || cd_yaml_fail (reader->yaml, value, error, "\"%s\": %s", key, why->message);
}

static gboolean
read_words (Reader *reader, GError **error)
{
  const CdYamlNode *words = cd_yaml_get (cd_yaml_root (reader->yaml), "words");
  for (guint i = 0; i < cd_yaml_length (words); i++) {
    const char *text = cd_yaml_string (cd_yaml_at (words, i));
    if (text == NULL)
      return cd_yaml_fail (reader->yaml, words, error, "\"words\" holds texts");
    g_ptr_array_add (reader->words, g_strdup_printf ("{%s}", cd_yaml_key_at (words, i)->scalar));
    g_ptr_array_add (reader->words, put_marks (text));
  }
  return TRUE;
}

static gboolean
read_score (const Reader *reader, const CdYamlNode *node, const char *key, double *score, GError **error)
{
  return cd_yaml_double (cd_yaml_get (node, key), score) || cd_yaml_fail (reader->yaml, node, error, "\"%s\" must be a number", key);
}

static gboolean
read_examples (const Reader *reader, const CdYamlNode *node, char ***yes, char ***no, GError **error)
{
  g_autofree const char **must = cd_yaml_strings (reader->yaml, node, "yes", error);
  g_autofree const char **must_not = must != NULL ? cd_yaml_strings (reader->yaml, node, "no", error) : NULL;
  *yes = must != NULL ? g_strdupv ((char **) must) : NULL;
  *no = must_not != NULL ? g_strdupv ((char **) must_not) : NULL;
  return must_not != NULL;
}

static gboolean
read_frame (const Reader *reader, const CdYamlNode *node, CdStatements *statements, GError **error)
{
  static const char *const keys[] = { "id", "score", "pattern", "yes", "no", NULL };
  const char *id = cd_yaml_check_keys (reader->yaml, node, keys, error) ? cd_yaml_require (reader->yaml, node, "id", error) : NULL;
  if (id == NULL || cd_yaml_require (reader->yaml, node, "pattern", error) == NULL)
    return FALSE;
  CdFrame *frame = g_new0 (CdFrame, 1);
  g_ptr_array_add (statements->frames, frame);
  frame->id = g_intern_string (id);
  return read_score (reader, node, "score", &frame->score, error) && read_pattern (reader, node, "pattern", 0, &frame->pattern, error)
         && read_examples (reader, node, &frame->yes, &frame->no, error);
}

static gboolean
read_reach (const Reader *reader, const CdYamlNode *node, CdReach *reach, GError **error)
{
  static const char *const names[] = { "sentence", "clause", "before", "after", "near" };
  const char *name = cd_yaml_string (cd_yaml_get (node, "reach"));
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name)) {
      *reach = (CdReach) i;
      return TRUE;
    }
  return name == NULL || cd_yaml_fail (reader->yaml, node, error, "\"reach\" is sentence, clause, before, after or near");
}

static gboolean
read_meaning (const Reader *reader, const CdYamlNode *node, CdCueMeaning *means, GError **error)
{
  const char *name = cd_yaml_string (cd_yaml_get (node, "means"));
  *means = name == NULL ? CD_CUE_NOTHING : g_str_equal (name, "base") ? CD_CUE_BASE : CD_CUE_JUDGE;
  return name == NULL || g_str_equal (name, "base") || g_str_equal (name, "judge")
         || cd_yaml_fail (reader->yaml, node, error, "\"means\" is base or judge");
}

static gboolean
read_cue (const Reader *reader, const CdYamlNode *node, CdStatements *statements, GError **error)
{
  static const char *const keys[]
      = { "id", "score", "pattern", "unless", "reach", "means", "flag", "heading", "paper", "unnamed", "yes", "no", NULL };
  const char *id = cd_yaml_check_keys (reader->yaml, node, keys, error) ? cd_yaml_require (reader->yaml, node, "id", error) : NULL;
  if (id == NULL)
    return FALSE;
  CdCue *cue = g_new0 (CdCue, 1);
  g_ptr_array_add (statements->cues, cue);
  cue->id = g_intern_string (id);
  const CdYamlNode *paper = cd_yaml_get (node, "paper");
  if (paper != NULL && !cd_yaml_bool (paper, &cue->paper))
    return cd_yaml_fail (reader->yaml, paper, error, "\"paper\" is true or false");
  const CdYamlNode *unnamed = cd_yaml_get (node, "unnamed");
  if (unnamed != NULL && !cd_yaml_bool (unnamed, &cue->unnamed))
    return cd_yaml_fail (reader->yaml, unnamed, error, "\"unnamed\" is true or false");
  if (!read_score (reader, node, "score", &cue->score, error) || !read_pattern (reader, node, "pattern", 0, &cue->pattern, error)
      || !read_pattern (reader, node, "unless", 0, &cue->unless, error) || !read_reach (reader, node, &cue->reach, error)
      || !read_meaning (reader, node, &cue->means, error) || !cd_context_read (reader->yaml, node, "flag", &cue->flag, error)
      || !cd_context_read (reader->yaml, node, "heading", &cue->heading, error) || !read_examples (reader, node, &cue->yes, &cue->no, error))
    return FALSE;
  return cue->pattern != NULL || cue->flag != 0 || cue->heading != 0
         || cd_yaml_fail (reader->yaml, node, error, "\"%s\" needs one of pattern, flag and heading", id);
}

static gboolean
read_role (const Reader *reader, const CdYamlNode *node, CdStatements *statements, GError **error)
{
  const char *name = cd_yaml_require (reader->yaml, node, "role", error);
  for (guint i = 0; name != NULL && i < CD_TEACHES_ROLES; i++)
    if (g_str_equal (cd_teaches_name (i), name))
      return cd_yaml_require (reader->yaml, node, "pattern", error) != NULL
             && read_pattern (reader, node, "pattern", G_REGEX_OPTIMIZE, &statements->roles[i], error);
  return name != NULL && cd_yaml_fail (reader->yaml, node, error, "unknown role \"%s\"", name);
}

typedef gboolean (*ReadEntry) (const Reader *reader, const CdYamlNode *node, CdStatements *statements, GError **error);

static gboolean
read_list (const Reader *reader, const char *key, ReadEntry read, CdStatements *statements, GError **error)
{
  const CdYamlNode *list = cd_yaml_get (cd_yaml_root (reader->yaml), key);
  if (list == NULL || list->kind != CD_YAML_SEQUENCE)
    return cd_yaml_fail (reader->yaml, cd_yaml_root (reader->yaml), error, "\"%s\" must be a list", key);
  for (guint i = 0; i < cd_yaml_length (list); i++)
    if (!read (reader, cd_yaml_at (list, i), statements, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_single (const Reader *reader, CdStatements *statements, GError **error)
{
  struct {
    const char *key;
    GRegex **pattern;
  } const rows[] = { { "unnamed", &statements->unnamed },     { "unnamed_strong", &statements->unnamed_strong },
                     { "self", &statements->self },           { "self_strong", &statements->self_strong },
                     { "human", &statements->human },         { "reinforced", &statements->reinforced },
                     { "hint", &statements->hint },           { "joint", &statements->joint },
                     { "trains_on", &statements->trains_on }, { "teacher_column", &statements->teacher_column } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (cd_yaml_require (reader->yaml, cd_yaml_root (reader->yaml), rows[i].key, error) == NULL
        || !read_pattern (reader, cd_yaml_root (reader->yaml), rows[i].key, G_REGEX_OPTIMIZE, rows[i].pattern, error))
      return FALSE;
  const CdYamlNode *accept = cd_yaml_get (cd_yaml_root (reader->yaml), "accept");
  return read_score (reader, accept, "named", &statements->accept_named, error)
         && read_score (reader, accept, "bare", &statements->accept_bare, error)
         && read_score (reader, accept, "unnamed", &statements->accept_unnamed, error);
}

CdStatements *
cd_statements_load (const CdData *data, const CdNames *names, GError **error)
{
  static const char *const keys[] = { "accept",      "words", "frames",     "cues", "unnamed", "unnamed_strong", "roles",          "self",
                                      "self_strong", "human", "reinforced", "hint", "joint",   "trains_on",      "teacher_column", NULL };
  g_autoptr (CdYaml) yaml = cd_data_yaml (data, "rubrics/lineage/statements.yaml", error);
  if (yaml == NULL || !cd_yaml_check_keys (yaml, cd_yaml_root (yaml), keys, error))
    return NULL;
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  Reader reader = { yaml, words };
  g_autoptr (CdStatements) statements = g_new0 (CdStatements, 1);
  statements->names = names;
  statements->frames = g_ptr_array_new_with_free_func (frame_free);
  statements->cues = g_ptr_array_new_with_free_func (cue_free);
  if (!read_words (&reader, error) || !read_single (&reader, statements, error) || !read_list (&reader, "frames", read_frame, statements, error)
      || !read_list (&reader, "cues", read_cue, statements, error) || !read_list (&reader, "roles", read_role, statements, error))
    return NULL;
  return g_steal_pointer (&statements);
}

static void
check (const GRegex *pattern, const char *id, char **examples, gboolean must, GPtrArray *faults)
{
  for (guint i = 0; pattern != NULL && examples[i] != NULL; i++) {
    g_autofree char *marked = put_marks (examples[i]);
    if (g_regex_match (pattern, marked, 0, NULL) != must)
      g_ptr_array_add (faults, g_strdup_printf ("%s: must%s match \"%s\"", id, must ? "" : " not", examples[i]));
  }
}

GPtrArray *
cd_statements_check_examples (const CdStatements *statements)
{
  GPtrArray *faults = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < statements->frames->len; i++) {
    const CdFrame *frame = statements->frames->pdata[i];
    check (frame->pattern, frame->id, frame->yes, TRUE, faults);
    check (frame->pattern, frame->id, frame->no, FALSE, faults);
  }
  for (guint i = 0; i < statements->cues->len; i++) {
    const CdCue *cue = statements->cues->pdata[i];
    check (cue->pattern, cue->id, cue->yes, TRUE, faults);
    check (cue->pattern, cue->id, cue->no, FALSE, faults);
  }
  return faults;
}
