/* rubrics/probes/ read and checked, and every probe asked in the order that derived ones need. How a data probe finds is find.c's. */
#include "base/text.h"
#include "probes/set.h"
#include <string.h>

/* A derived probe whose expression is read once all ids are known. */
typedef struct {
  guint probe;
  const CdYaml *yaml;
  const CdYamlNode *when;
} Pending;

typedef struct {
  CdProbes *probes;
  const CdSignals *signals;
  const CdYaml *yaml;
  char *file;
  GArray *pending; /* Pending */
} Reader;

static CdProbe *
probe_at (const CdProbes *probes, guint index)
{
  return &g_array_index (probes->probes, CdProbe, index);
}

static void
probe_clear (gpointer item)
{
  CdProbe *probe = item;
  g_clear_pointer (&probe->alternatives, g_array_unref);
  g_clear_pointer (&probe->when, cd_expression_free);
}

static CdProbes *
probes_new (void)
{
  CdProbes *probes = g_new0 (CdProbes, 1);
  probes->probes = g_array_new (FALSE, FALSE, sizeof (CdProbe));
  g_array_set_clear_func (probes->probes, probe_clear);
  probes->index = g_hash_table_new (g_str_hash, g_str_equal);
  probes->order = g_array_new (FALSE, FALSE, sizeof (guint));
  probes->sets = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  probes->paths = g_ptr_array_new_with_free_func ((GDestroyNotify) g_regex_unref);
  probes->strings = g_string_chunk_new (16384);
  return probes;
}

void
cd_probes_free (CdProbes *probes)
{
  if (probes == NULL)
    return;
  g_array_unref (probes->probes);
  g_hash_table_unref (probes->index);
  g_array_unref (probes->order);
  g_ptr_array_unref (probes->sets);
  g_ptr_array_unref (probes->paths);
  g_string_chunk_free (probes->strings);
  g_free (probes);
}

static gboolean
read_id (const Reader *reader, const CdYamlNode *node, CdProbeInfo *info, GError **error)
{
  const char *id = cd_yaml_require (reader->yaml, node, "id", error);
  if (id == NULL)
    return FALSE;
  const CdYamlNode *place = cd_yaml_get (node, "id");
  if (*id == '\0' || id[strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0')
    return cd_yaml_fail (reader->yaml, place, error, "\"%s\" is no probe id: write lower case, digits and hyphens", id);
  gint other = cd_probes_find (reader->probes, id);
  if (other >= 0) {
    const CdProbeInfo *first = cd_probes_at (reader->probes, (guint) other);
    return cd_yaml_fail (reader->yaml, place, error, "probe \"%s\" is defined already at %s:%u", id, first->file, first->line);
  }
  info->id = g_string_chunk_insert (reader->probes->strings, id);
  return TRUE;
}

static gboolean
read_basis (const Reader *reader, const CdYamlNode *node, CdBasis *basis, GError **error)
{
  static const CdBasis allowed[] = { CD_BASIS_INFERRED, CD_BASIS_NON_USE, CD_BASIS_DECLARED };
  const CdYamlNode *value = cd_yaml_get (node, "basis");
  *basis = CD_BASIS_INFERRED;
  if (value == NULL)
    return TRUE;
  const char *name = cd_yaml_string (value);
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (allowed); i++)
    if (strcmp (name, cd_basis_name (allowed[i])) == 0) {
      *basis = allowed[i];
      return TRUE;
    }
  return cd_yaml_fail (reader->yaml, value, error, "\"basis\" is one of inferred, non-use, declared");
}

/* question is required, the other texts are for `explain` and reports. */
static gboolean
read_texts (const Reader *reader, const CdYamlNode *node, CdProbeInfo *info, GError **error)
{
  const struct {
    const char *key;
    char **text;
  } texts[] = { { "question", &info->question }, { "why", &info->why }, { "how", &info->how }, { "fix", &info->fix }, { "says", &info->says } };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    const CdYamlNode *value = cd_yaml_get (node, texts[i].key);
    if (value == NULL && i > 0)
      continue;
    const char *text = cd_yaml_require (reader->yaml, node, texts[i].key, error);
    if (text == NULL)
      return FALSE;
    *texts[i].text = g_string_chunk_insert (reader->probes->strings, text);
  }
  if (info->says == NULL)
    info->says = info->id;
  return TRUE;
}

static CdProbeFunction
function_of (const char *id)
{
  for (const CdProbeRow *row = cd_probe_table; row->id != NULL; row++)
    if (strcmp (row->id, id) == 0)
      return row->find;
  return NULL;
}

/* Exactly one of find, when and built-in says how the probe is answered. */
static gboolean
read_way (const Reader *reader, const CdYamlNode *node, guint index, CdProbe *probe, GError **error)
{
  const CdYamlNode *find = cd_yaml_get (node, "find"), *when = cd_yaml_get (node, "when"), *code = cd_yaml_get (node, "built-in");
  gboolean built_in = FALSE;
  if (code != NULL && (!cd_yaml_bool (code, &built_in) || !built_in))
    return cd_yaml_fail (reader->yaml, code, error, "\"built-in\" can only be true");
  if ((find != NULL) + (when != NULL) + (code != NULL) != 1)
    return cd_yaml_fail (reader->yaml, node, error, "probe \"%s\" needs one of \"find\", \"when\" and \"built-in\"", probe->info.id);
  if (find != NULL)
    return cd_probe_read_find (reader->probes, reader->signals, reader->yaml, find, probe, error);
  if (when != NULL) {
    Pending pending = { .probe = index, .yaml = reader->yaml, .when = when };
    g_array_append_val (reader->pending, pending);
    return TRUE;
  }
  probe->function = function_of (probe->info.id);
  return probe->function != NULL || cd_yaml_fail (reader->yaml, cd_yaml_get (node, "id"), error, "there is no built-in probe \"%s\"", probe->info.id);
}

static gboolean
read_probe (const Reader *reader, const CdYamlNode *node, guint index, CdProbe *probe, GError **error)
{
  static const char *const keys[] = { "id", "question", "why", "how", "fix", "says", "basis", "built-in", "find", "when", NULL };
  probe->info.file = reader->file;
  probe->info.line = node->line;
  return cd_yaml_check_keys (reader->yaml, node, keys, error) && read_id (reader, node, &probe->info, error)
         && read_texts (reader, node, &probe->info, error) && read_basis (reader, node, &probe->info.basis, error)
         && read_way (reader, node, index, probe, error);
}

static gboolean
read_file (Reader *reader, GError **error)
{
  static const char *const keys[] = { "probes", NULL };
  CdProbes *probes = reader->probes;
  const CdYamlNode *root = cd_yaml_root (reader->yaml);
  if (!cd_yaml_check_keys (reader->yaml, root, keys, error))
    return FALSE;
  const CdYamlNode *list = cd_yaml_get (root, "probes");
  if (list != NULL && list->kind != CD_YAML_SEQUENCE && !cd_yaml_is_null (list))
    return cd_yaml_fail (reader->yaml, list, error, "\"probes\" must be a list");
  reader->file = g_string_chunk_insert (probes->strings, cd_yaml_name (reader->yaml));
  for (guint i = 0; i < cd_yaml_length (list); i++) {
    CdProbe probe = { .alternatives = g_array_new (FALSE, FALSE, sizeof (CdAlternative)) };
    g_array_set_clear_func (probe.alternatives, cd_alternative_clear);
    gboolean good = read_probe (reader, cd_yaml_at (list, i), probes->probes->len, &probe, error);
    /* Appended even when bad: the set owns what was read so far. */
    g_array_append_val (probes->probes, probe);
    if (!good)
      return FALSE;
    g_hash_table_insert (probes->index, probe.info.id, GUINT_TO_POINTER (probes->probes->len));
  }
  return TRUE;
}

/* Put a probe after those it is derived from. marks: 0 new, 1 under way, 2 done. */
static gboolean
place_in_order (CdProbes *probes, guint index, guint8 *marks, GError **error)
{
  if (marks[index] == 2)
    return TRUE;
  const CdProbe *probe = probe_at (probes, index);
  if (marks[index] == 1) {
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s:%u: probe \"%s\" is derived from itself", probe->info.file, probe->info.line, probe->info.id);
    return FALSE;
  }
  marks[index] = 1;
  if (probe->when != NULL) {
    g_autoptr (GArray) parts = cd_expression_parts (probe->when);
    for (guint i = 0; i < parts->len; i++)
      if (!place_in_order (probes, g_array_index (parts, CdPart, i).probe, marks, error))
        return FALSE;
  }
  marks[index] = 2;
  g_array_append_val (probes->order, index);
  return TRUE;
}

static gboolean
settle_order (CdProbes *probes, const GArray *pending, GError **error)
{
  for (guint i = 0; i < pending->len; i++) {
    const Pending *derived = &g_array_index (pending, Pending, i);
    CdExpression *when = cd_expression_read (derived->yaml, derived->when, probes->index, error);
    if (when == NULL)
      return FALSE;
    probe_at (probes, derived->probe)->when = when;
  }
  g_autofree guint8 *marks = g_new0 (guint8, probes->probes->len);
  for (guint i = 0; i < probes->probes->len; i++)
    if (!place_in_order (probes, i, marks, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_table (const CdProbes *probes, GError **error)
{
  for (const CdProbeRow *row = cd_probe_table; row->id != NULL; row++)
    if (cd_probes_find (probes, row->id) < 0) {
      g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "rubrics/probes: the built-in probe \"%s\" has no entry", row->id);
      return FALSE;
    }
  return TRUE;
}

CdProbes *
cd_probes_load (const CdData *data, const CdSignals *signals, GError **error)
{
  g_autoptr (CdProbes) probes = probes_new ();
  g_autoptr (GPtrArray) yamls = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_yaml_free);
  g_autoptr (GArray) pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  g_auto (GStrv) names = cd_data_list (data, "rubrics/probes");
  for (guint i = 0; names[i] != NULL; i++) {
    if (!g_str_has_suffix (names[i], ".yaml"))
      continue;
    CdYaml *yaml = cd_data_yaml (data, names[i], error);
    if (yaml == NULL)
      return NULL;
    g_ptr_array_add (yamls, yaml);
    Reader reader = { .probes = probes, .signals = signals, .yaml = yaml, .pending = pending };
    if (!read_file (&reader, error))
      return NULL;
  }
  if (!settle_order (probes, pending, error) || !check_table (probes, error))
    return NULL;
  return g_steal_pointer (&probes);
}

guint
cd_probes_length (const CdProbes *probes)
{
  return probes->probes->len;
}

const CdProbeInfo *
cd_probes_at (const CdProbes *probes, guint index)
{
  return &probe_at (probes, index)->info;
}

gint
cd_probes_find (const CdProbes *probes, const char *id)
{
  return (gint) GPOINTER_TO_UINT (g_hash_table_lookup (probes->index, id)) - 1;
}

static gboolean
answer_of (guint probe, gconstpointer data)
{
  return ((const CdFinding *) data)[probe].yes;
}

/* A derived probe shows the evidence of the probes that made it yes. */
static void
derive (const CdExpression *when, const CdFinding *findings, CdFinding *finding)
{
  finding->yes = cd_expression_holds (when, answer_of, findings);
  g_autoptr (GArray) parts = cd_expression_parts (when);
  for (guint i = 0; i < parts->len; i++) {
    const CdPart *part = &g_array_index (parts, CdPart, i);
    const CdFinding *from = &findings[part->probe];
    for (guint j = 0; part->weight > 0 && from->yes && from->evidence != NULL && j < from->evidence->len; j++) {
      const CdEvidence *evidence = &g_array_index (from->evidence, CdEvidence, j);
      cd_finding_add (finding, evidence->document, evidence->line, evidence->end, evidence->says, evidence->weight);
    }
  }
}

CdFinding *
cd_probes_ask (const CdProbes *probes, const CdCase *the_case)
{
  CdFinding *findings = g_new0 (CdFinding, MAX (probes->probes->len, 1));
  g_autoptr (CdFinder) finder = cd_finder_new (probes, the_case);
  for (guint i = 0; i < probes->order->len; i++) {
    guint index = g_array_index (probes->order, guint, i);
    const CdProbe *probe = probe_at (probes, index);
    CdFinding *finding = &findings[index];
    if (probe->function != NULL)
      probe->function (the_case, &probe->info, finding);
    else if (probe->when != NULL)
      derive (probe->when, findings, finding);
    else
      cd_finder_ask (finder, index, finding);
    if (finding->evidence == NULL)
      finding->evidence = g_array_new (FALSE, FALSE, sizeof (CdEvidence));
  }
  return findings;
}
