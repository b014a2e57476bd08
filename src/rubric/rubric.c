/* Rubric files read and checked. What the expressions mean is probes/expression.c's; judging and scoring have their own files. */
#include "base/text.h"
#include "rubric/set.h"
#include <string.h>

/* The distribution of the total takes time in proportion to the points times the criteria squared. */
#define MOST_POINTS 100
#define MOST_CRITERIA 250u
#define SUFFIX ".yaml"
#define CERTAINTY_SUFFIX ".certainty.yaml"

typedef struct {
  CdRubric *rubric;
  const CdProbes *probes;
  const CdYaml *yaml;
  GHashTable *probe_index; /* id → position + 1 */
} Reader;

static void
dimension_clear (gpointer item)
{
  CdDimension *dimension = item;
  g_free (dimension->id);
  g_free (dimension->name);
}

static void
criterion_clear (gpointer item)
{
  CdCriterion *criterion = item;
  g_free (criterion->id);
  g_free (criterion->question);
  g_free (criterion->fix);
  g_free (criterion->wants);
  g_clear_pointer (&criterion->shown, g_array_unref);
  g_clear_pointer (&criterion->hints, g_array_unref);
  g_clear_pointer (&criterion->against, g_array_unref);
  cd_expression_free (criterion->when);
}

static void
leaning_clear (gpointer item)
{
  g_free (((CdLeaning *) item)->weights);
}

static CdRubric *
rubric_new (void)
{
  CdRubric *rubric = g_new0 (CdRubric, 1);
  rubric->dimensions = g_array_new (FALSE, FALSE, sizeof (CdDimension));
  g_array_set_clear_func (rubric->dimensions, dimension_clear);
  rubric->criteria = g_array_new (FALSE, FALSE, sizeof (CdCriterion));
  g_array_set_clear_func (rubric->criteria, criterion_clear);
  rubric->index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  rubric->features = g_array_new (FALSE, FALSE, sizeof (CdFeature));
  rubric->leanings = g_array_new (FALSE, TRUE, sizeof (CdLeaning));
  g_array_set_clear_func (rubric->leanings, leaning_clear);
  return rubric;
}

void
cd_rubric_free (CdRubric *rubric)
{
  if (rubric == NULL)
    return;
  g_array_unref (rubric->dimensions);
  g_array_unref (rubric->criteria);
  g_hash_table_unref (rubric->index);
  g_array_unref (rubric->features);
  g_array_unref (rubric->leanings);
  g_free (rubric->together);
  g_free (rubric->id);
  g_free (rubric->name);
  g_free (rubric->version);
  g_free (rubric->source);
  g_free (rubric->sha256);
  g_strfreev (rubric->codebook);
  g_free (rubric);
}

static gboolean
read_dimensions (const Reader *reader, const CdYamlNode *root, GError **error)
{
  static const char *const keys[] = { "id", "name", NULL };
  const CdYamlNode *list = cd_yaml_get (root, "dimensions");
  if (list == NULL || list->kind != CD_YAML_SEQUENCE || cd_yaml_length (list) == 0)
    return cd_yaml_fail (reader->yaml, list != NULL ? list : root, error, "\"dimensions\" must be a list of at least one");
  for (guint i = 0; i < cd_yaml_length (list); i++) {
    const CdYamlNode *node = cd_yaml_at (list, i);
    if (!cd_yaml_check_keys (reader->yaml, node, keys, error))
      return FALSE;
    const char *id = cd_yaml_require (reader->yaml, node, "id", error);
    const char *name = id == NULL ? NULL : cd_yaml_require (reader->yaml, node, "name", error);
    if (name == NULL)
      return FALSE;
    for (guint j = 0; j < i; j++)
      if (strcmp (g_array_index (reader->rubric->dimensions, CdDimension, j).id, id) == 0)
        return cd_yaml_fail (reader->yaml, cd_yaml_get (node, "id"), error, "dimension \"%s\" is defined already", id);
    CdDimension dimension = { .id = g_strdup (id), .name = g_strdup (name) };
    g_array_append_val (reader->rubric->dimensions, dimension);
  }
  return TRUE;
}

static gboolean
read_dimension (const Reader *reader, const CdYamlNode *node, guint *index, GError **error)
{
  const char *id = cd_yaml_require (reader->yaml, node, "dimension", error);
  if (id == NULL)
    return FALSE;
  guint length = reader->rubric->dimensions->len;
  g_autofree const char **ids = g_new0 (const char *, (gsize) length + 1);
  for (guint i = 0; i < length; i++) {
    ids[i] = g_array_index (reader->rubric->dimensions, CdDimension, i).id;
    if (strcmp (ids[i], id) == 0) {
      *index = i;
      return TRUE;
    }
  }
  g_autofree char *all = g_strjoinv (", ", (char **) ids);
  return cd_yaml_fail (reader->yaml, cd_yaml_get (node, "dimension"), error, "there is no dimension \"%s\"; there are %s", id, all);
}

/* `evidence`, `hints` and `against`: lists of probes. */
static gboolean
read_probe_list (const Reader *reader, const CdYamlNode *node, const char *key, GArray **probes, GError **error)
{
  const CdYamlNode *list = cd_yaml_get (node, key);
  *probes = g_array_new (FALSE, FALSE, sizeof (guint));
  if (list != NULL && list->kind != CD_YAML_SEQUENCE)
    return cd_yaml_fail (reader->yaml, list, error, "\"%s\" must be a list of probes", key);
  for (guint i = 0; i < cd_yaml_length (list); i++) {
    const char *id = cd_yaml_string (cd_yaml_at (list, i));
    guint position = id == NULL ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (reader->probe_index, id));
    if (position == 0)
      return cd_yaml_fail (reader->yaml, cd_yaml_at (list, i), error, "there is no probe \"%s\"", id == NULL ? "" : id);
    position--;
    g_array_append_val (*probes, position);
  }
  return TRUE;
}

static gboolean
read_criterion (const Reader *reader, const CdYamlNode *node, CdCriterion *criterion, GError **error)
{
  static const char *const keys[] = { "id", "dimension", "question", "points", "when", "evidence", "hints", "against", "fix", "wants", NULL };
  if (!cd_yaml_check_keys (reader->yaml, node, keys, error))
    return FALSE;
  const char *id = cd_yaml_require (reader->yaml, node, "id", error);
  const char *question = id == NULL ? NULL : cd_yaml_require (reader->yaml, node, "question", error);
  if (question == NULL)
    return FALSE;
  if (g_hash_table_contains (reader->rubric->index, id))
    return cd_yaml_fail (reader->yaml, cd_yaml_get (node, "id"), error, "criterion \"%s\" is defined already", id);
  criterion->id = g_strdup (id);
  criterion->question = g_strdup (question);
  criterion->fix = g_strdup (cd_yaml_string (cd_yaml_get (node, "fix")));
  criterion->wants = g_strdup (cd_yaml_string (cd_yaml_get (node, "wants")));
  criterion->line = node->line;
  gint64 points = 0;
  const CdYamlNode *value = cd_yaml_get (node, "points");
  if (!cd_yaml_int (value, &points) || points < 1 || points > MOST_POINTS)
    return cd_yaml_fail (reader->yaml, value != NULL ? value : node, error, "\"points\" must be a whole number from 1 to %d", MOST_POINTS);
  criterion->points = (guint) points;
  const CdYamlNode *when = cd_yaml_get (node, "when");
  if (when == NULL)
    return cd_yaml_fail (reader->yaml, node, error, "\"when\" is missing");
  criterion->when = cd_expression_read (reader->yaml, when, reader->probe_index, error);
  return criterion->when != NULL && read_probe_list (reader, node, "evidence", &criterion->shown, error)
         && read_probe_list (reader, node, "hints", &criterion->hints, error) && read_probe_list (reader, node, "against", &criterion->against, error)
         && read_dimension (reader, node, &criterion->dimension, error);
}

static gboolean
read_criteria (const Reader *reader, const CdYamlNode *root, GError **error)
{
  const CdYamlNode *list = cd_yaml_get (root, "criteria");
  CdRubric *rubric = reader->rubric;
  if (list == NULL || list->kind != CD_YAML_SEQUENCE || cd_yaml_length (list) == 0 || cd_yaml_length (list) > MOST_CRITERIA)
    return cd_yaml_fail (reader->yaml, list != NULL ? list : root, error, "\"criteria\" must be a list of at least one and at most %u",
                         MOST_CRITERIA);
  for (guint i = 0; i < cd_yaml_length (list); i++) {
    CdCriterion criterion = { 0 };
    gboolean good = read_criterion (reader, cd_yaml_at (list, i), &criterion, error);
    g_array_append_val (rubric->criteria, criterion);
    if (!good)
      return FALSE;
    g_hash_table_insert (rubric->index, g_strdup (criterion.id), GUINT_TO_POINTER (rubric->criteria->len));
  }
  g_array_set_size (rubric->leanings, rubric->criteria->len);
  return TRUE;
}

static gboolean
read_codebook (const Reader *reader, const CdYamlNode *root, GError **error)
{
  const CdYamlNode *list = cd_yaml_get (root, "codebook");
  if (list != NULL && list->kind != CD_YAML_SEQUENCE)
    return cd_yaml_fail (reader->yaml, list, error, "\"codebook\" must be a list of sentences");
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < cd_yaml_length (list); i++) {
    const char *text = cd_yaml_string (cd_yaml_at (list, i));
    if (text == NULL)
      return cd_yaml_fail (reader->yaml, cd_yaml_at (list, i), error, "expected a sentence");
    g_ptr_array_add (rules, g_strdup (text));
  }
  g_ptr_array_add (rules, NULL);
  reader->rubric->codebook = (char **) g_ptr_array_steal (rules, NULL);
  return TRUE;
}

static gboolean
read_root (const Reader *reader, GError **error)
{
  static const char *const keys[] = { "rubric", "version", "name", "source", "codebook", "dimensions", "criteria", NULL };
  const CdYamlNode *root = cd_yaml_root (reader->yaml);
  CdRubric *rubric = reader->rubric;
  if (!cd_yaml_check_keys (reader->yaml, root, keys, error))
    return FALSE;
  const struct {
    const char *key;
    char **text;
  } texts[] = { { "rubric", &rubric->id }, { "version", &rubric->version }, { "name", &rubric->name } };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    const char *text = cd_yaml_require (reader->yaml, root, texts[i].key, error);
    if (text == NULL)
      return FALSE;
    *texts[i].text = g_strdup (text);
  }
  rubric->source = g_strdup (cd_yaml_string (cd_yaml_get (root, "source")));
  return read_codebook (reader, root, error) && read_dimensions (reader, root, error) && read_criteria (reader, root, error);
}

/* A rubric by path rather than by name. */
static gboolean
is_path (const char *name)
{
  return strchr (name, '/') != NULL || g_str_has_suffix (name, SUFFIX) || g_str_has_suffix (name, ".yml");
}

/* A file of a rubric: the name of a rule file, or a path where the rubric is given by path. */
typedef struct {
  char *name;
  gboolean path;
  GBytes *bytes;
} Source;

static void
source_clear (Source *source)
{
  g_free (source->name);
  g_clear_pointer (&source->bytes, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Source, source_clear)

/* FALSE with error where there is no such file. */
static gboolean
load (Source *source, const CdData *data, GError **error)
{
  if (!source->path)
    return (source->bytes = cd_data_load (data, source->name, error)) != NULL;
  char *text = NULL;
  gsize length = 0;
  g_autoptr (GError) why = NULL;
  if (g_file_get_contents (source->name, &text, &length, &why))
    return (source->bytes = g_bytes_new_take (text, length)) != NULL;
  g_set_error_literal (error, CD_ERROR, CD_ERROR_INPUT, why->message);
  return FALSE;
}

static CdYaml *
parse (const Source *source, const CdData *data, GError **error)
{
  if (!source->path)
    return cd_data_yaml (data, source->name, error);
  gsize length = 0;
  const char *text = g_bytes_get_data (source->bytes, &length);
  return cd_yaml_parse (source->name, text, length, error);
}

static gboolean
load_rubric (Source *source, const CdData *data, const char *name, GError **error)
{
  source->path = is_path (name);
  source->name = source->path ? g_strdup (name) : g_strconcat ("rubrics/", name, SUFFIX, NULL);
  if (load (source, data, source->path ? error : NULL))
    return TRUE;
  if (source->path)
    return FALSE;
  g_auto (GStrv) names = cd_rubric_list (data);
  g_autofree char *choices = cd_text_choices (name, (const char *const *) names);
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "there is no rubric \"%s\"%s", name, choices);
  return FALSE;
}

/* The certainties beside a rubric. FALSE where nobody has measured any. */
static gboolean
load_certainty (Source *source, const CdData *data, const char *name)
{
  source->path = is_path (name);
  const char *dot = source->path ? strrchr (name, '.') : NULL;
  g_autofree char *stem = g_strndup (name, dot != NULL ? (gsize) (dot - name) : strlen (name));
  source->name = g_strconcat (source->path ? "" : "rubrics/", stem, CERTAINTY_SUFFIX, NULL);
  return load (source, data, NULL);
}

static void
update_checksum (GChecksum *checksum, GBytes *bytes)
{
  gsize length = 0;
  const guchar *contents = g_bytes_get_data (bytes, &length);
  if (length > 0)
    g_checksum_update (checksum, contents, (gssize) length);
}

static GHashTable *
index_of (const CdProbes *probes)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < cd_probes_length (probes); i++)
    g_hash_table_insert (index, cd_probes_at (probes, i)->id, GUINT_TO_POINTER (i + 1));
  return index;
}

CdRubric *
cd_rubric_load (const CdData *data, const char *name, const CdProbes *probes, GError **error)
{
  g_auto (Source) source = { 0 }, beside = { 0 };
  g_autoptr (CdYaml) yaml = load_rubric (&source, data, name, error) ? parse (&source, data, error) : NULL;
  if (yaml == NULL)
    return NULL;
  g_autoptr (CdRubric) rubric = rubric_new ();
  g_autoptr (GHashTable) probe_index = index_of (probes);
  const Reader reader = { .rubric = rubric, .probes = probes, .yaml = yaml, .probe_index = probe_index };
  if (!read_root (&reader, error))
    return NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  update_checksum (checksum, source.bytes);
  if (load_certainty (&beside, data, name)) {
    g_autoptr (CdYaml) certainty = parse (&beside, data, error);
    if (certainty == NULL || !cd_certainty_read (rubric, certainty, probe_index, error))
      return NULL;
    update_checksum (checksum, beside.bytes);
  }
  rubric->sha256 = g_strdup (g_checksum_get_string (checksum));
  return g_steal_pointer (&rubric);
}

const char *
cd_rubric_id (const CdRubric *rubric)
{
  return rubric->id;
}

const char *
cd_rubric_name (const CdRubric *rubric)
{
  return rubric->name;
}

const char *
cd_rubric_version (const CdRubric *rubric)
{
  return rubric->version;
}

const char *
cd_rubric_sha256 (const CdRubric *rubric)
{
  return rubric->sha256;
}

const char *
cd_rubric_source (const CdRubric *rubric)
{
  return rubric->source;
}

const char *const *
cd_rubric_codebook (const CdRubric *rubric)
{
  return (const char *const *) rubric->codebook;
}

guint
cd_rubric_dimensions (const CdRubric *rubric)
{
  return rubric->dimensions->len;
}

const CdDimension *
cd_rubric_dimension (const CdRubric *rubric, guint index)
{
  return &g_array_index (rubric->dimensions, CdDimension, index);
}

guint
cd_rubric_length (const CdRubric *rubric)
{
  return rubric->criteria->len;
}

const CdCriterion *
cd_rubric_criterion (const CdRubric *rubric, guint index)
{
  return &g_array_index (rubric->criteria, CdCriterion, index);
}

char **
cd_rubric_list (const CdData *data)
{
  static const char folder[] = "rubrics/";
  g_auto (GStrv) names = cd_data_list (data, "rubrics");
  g_autoptr (GPtrArray) rubrics = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; names[i] != NULL; i++) {
    const char *name = names[i] + strlen (folder);
    if (strchr (name, '/') == NULL && g_str_has_suffix (name, SUFFIX) && !g_str_has_suffix (name, CERTAINTY_SUFFIX))
      g_ptr_array_add (rubrics, g_strndup (name, strlen (name) - strlen (SUFFIX)));
  }
  g_ptr_array_add (rubrics, NULL);
  return (char **) g_ptr_array_steal (rubrics, NULL);
}
