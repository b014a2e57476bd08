/* One dataset after the other: what the manifest declares comes first, then what stands at its mentions, then what the tree has of it, then what is publicly known. */
#include "lineage/provenance-parts.h"
#include "work/hub.h"
#include <math.h>
#include <string.h>

#define LINE_BYTES 2000u
#define SLACK_MOST 0.05 /* of a rounded number of items */
#define CALL_LINES 6u   /* a call that loads a dataset is not longer */

static void
facts_free (gpointer data)
{
  CdDatasetFacts *facts = data;
  char *texts[] = { facts->name, facts->where, facts->revision, facts->license, facts->license_source };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_array_unref (facts->places);
  g_free (facts);
}

static CdDatasetFacts *
facts_new (const char *name, const char *where, gboolean evaluation)
{
  CdDatasetFacts *facts = g_new0 (CdDatasetFacts, 1);
  *facts = (CdDatasetFacts){ .name = g_strdup (name), .where = g_strdup (where), .evaluation = evaluation, .stated_size = -1, .rows = -1 };
  facts->places = g_array_new (FALSE, FALSE, sizeof (CdPlace));
  return facts;
}

static gint64
line_key (const CdPlace *place)
{
  return ((gint64) place->document << 32) | place->line;
}

/* TRUE where a line speaks of this dataset and of no other: what else it says is said of it. */
static gboolean
is_alone (const GHashTable *lines, const CdPlace *place)
{
  gint64 key = line_key (place);
  return GPOINTER_TO_UINT (g_hash_table_lookup ((GHashTable *) lines, &key)) <= 1;
}

static const CdDocument *
document_at (const CdProvenance *gathering, guint index)
{
  return gathering->corpus->documents->pdata[index];
}

/* The text of a line; "" where there is none. Caller frees. */
static char *
line_text (const CdProvenance *gathering, const CdPlace *place)
{
  const CdDocument *document = document_at (gathering, place->document);
  gsize start, end;
  if (document->lines == NULL || !cd_lines_range (document->lines, document->text, document->length, place->line, &start, &end))
    return g_strdup ("");
  return g_utf8_make_valid (document->text + start, (gssize) MIN (end - start, (gsize) LINE_BYTES));
}

void
cd_provenance_set_revision (CdDatasetFacts *facts, const char *revision)
{
  if (facts->revision == NULL && revision != NULL && *revision != '\0' && strcmp (revision, "main") != 0 && strcmp (revision, "master") != 0)
    facts->revision = g_strdup (revision);
  facts->pinned = facts->revision != NULL;
}

void
cd_provenance_set_license (const CdProvenance *gathering, CdDatasetFacts *facts, const char *name, char *source)
{
  const CdLicense *license = cd_licenses_find (gathering->licenses, name);
  if (facts->license == NULL && *name != '\0') {
    facts->license = g_strdup (license != NULL ? license->id : name);
    facts->license_source = g_strdup (source);
    facts->terms = license != NULL ? license->terms : CD_TERMS_UNKNOWN;
  }
  g_free (source);
}

/* A hub URL with a commit, tag or branch other than the moving one. */
static void
read_url (CdDatasetFacts *facts)
{
  static const char *const marks[] = { "/tree/", "/blob/", "/resolve/", "/commit/" };
  for (guint i = 0; facts->where != NULL && i < G_N_ELEMENTS (marks); i++) {
    const char *mark = strstr (facts->where, marks[i]);
    if (mark == NULL)
      continue;
    const char *start = mark + strlen (marks[i]);
    g_autofree char *revision = g_strndup (start, strcspn (start, "/?#"));
    cd_provenance_set_revision (facts, revision);
  }
}

/* load_dataset (…, revision="…") at a mention. */
static void
read_calls (const CdProvenance *gathering, CdDatasetFacts *facts)
{
  for (guint p = 0; p < facts->places->len; p++) {
    const CdPlace *place = &g_array_index (facts->places, CdPlace, p);
    for (guint r = 0; r < gathering->revisions->len; r++) {
      const CdPlace *revision = &g_array_index (gathering->revisions, CdPlace, r);
      if (revision->document == place->document && revision->line >= place->line && revision->line <= place->line + CALL_LINES)
        cd_provenance_set_revision (facts, ((const CdSetting *) document_at (gathering, revision->document)->settings->pdata[revision->end])->value);
    }
  }
}

static void
index_lines (CdProvenance *gathering)
{
  for (guint i = 0; i < gathering->work->artefacts->len; i++) {
    const CdArtefact *artefact = gathering->work->artefacts->pdata[i];
    gint64 last = -1;
    for (guint p = 0; artefact->kind == CD_ARTEFACT_DATASET && p < artefact->places->len; p++) {
      gint64 key = line_key (&g_array_index (artefact->places, CdPlace, p));
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (gathering->lines, &key));
      if (key != last)
        g_hash_table_insert (gathering->lines, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (count + 1));
      last = key;
    }
  }
}

/* "17k", "17,398", "1.2M", "230 thousand": the number; *slack is half a unit of its last digit that is no zero, within bounds. -1 none. */
static gint64
read_size (const char *text, gint64 *slack)
{
  static const struct {
    const char *suffix;
    double factor;
  } suffixes[] = { { "k", 1e3 }, { "m", 1e6 }, { "million", 1e6 }, { "thousand", 1e3 }, { "b", 1e9 }, { "万", 1e4 } };
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *at = text + strcspn (text, "0123456789");
  for (; g_ascii_isdigit (*at) || ((*at == ',' || *at == '.') && g_ascii_isdigit (at[1])); at++)
    if (*at != ',')
      g_string_append_c (digits, *at);
  if (digits->len == 0 || digits->len > 12)
    return -1;
  double value = g_ascii_strtod (digits->str, NULL), factor = 1;
  const char *dot = strchr (digits->str, '.');
  at += strspn (at, " -");
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    gsize length = strlen (suffixes[i].suffix);
    if (g_ascii_strncasecmp (at, suffixes[i].suffix, length) == 0 && !g_ascii_isalpha (at[length]))
      factor = suffixes[i].factor;
  }
  double unit = dot != NULL ? factor / pow (10, (double) strlen (dot + 1)) : factor;
  for (gsize i = digits->len; dot == NULL && i > 1 && digits->str[i - 1] == '0'; i--)
    unit *= 10;
  *slack = unit > 1 ? (gint64) MIN (unit / 2, value * factor * SLACK_MOST) : 0;
  return (gint64) llround (value * factor);
}

/* A number of items beside the dataset's name. */
static void
read_stated_size (const CdProvenance *gathering, CdDatasetFacts *facts, gint64 *slack)
{
  for (guint p = 0; p < facts->places->len && facts->stated_size < 0; p++) {
    const CdPlace *place = &g_array_index (facts->places, CdPlace, p);
    const GArray *hits = gathering->hits->pdata[place->document];
    for (guint h = 0; is_alone (gathering->lines, place) && h < hits->len && facts->stated_size < 0; h++) {
      const CdHit *hit = &g_array_index (hits, CdHit, h);
      if ((gint) hit->signal != gathering->size_signal || hit->line != place->line)
        continue;
      g_autofree char *text = cd_hit_capture (gathering->signals, document_at (gathering, place->document), hit, 0);
      facts->stated_size = text != NULL ? read_size (text, slack) : -1;
    }
  }
}

/* A licence named in a line that names the dataset and speaks of licences, or in its row of a table. */
static void
read_stated_license (const CdProvenance *gathering, CdDatasetFacts *facts)
{
  for (guint p = 0; p < facts->places->len && facts->license == NULL; p++) {
    const CdPlace *place = &g_array_index (facts->places, CdPlace, p);
    g_autofree char *line = line_text (gathering, place);
    gboolean speaks = is_alone (gathering->lines, place) && (strcasestr (line, "licen") != NULL || g_str_has_prefix (line, "|"));
    const CdLicense *license = speaks ? cd_licenses_in_text (gathering->licenses, line) : NULL;
    if (license != NULL)
      cd_provenance_set_license (gathering, facts, license->id,
                                 g_strdup_printf ("%s:%u", document_at (gathering, place->document)->path, place->line));
  }
}

/* NO where every mention only promises it. */
static void
read_availability (const CdProvenance *gathering, CdDatasetFacts *facts)
{
  static const char *const promises[]
      = { "upon request", "on request", "coming soon", "will be released", "to be released", "will release", "will open", "即将" };
  guint promised = 0;
  for (guint p = 0; p < facts->places->len; p++) {
    g_autofree char *line = line_text (gathering, &g_array_index (facts->places, CdPlace, p));
    for (guint i = 0; i < G_N_ELEMENTS (promises); i++)
      if (strcasestr (line, promises[i]) != NULL) {
        promised++;
        break;
      }
  }
  if (promised > 0 && promised == facts->places->len)
    facts->available = CD_FACT_NO;
  else
    facts->available = facts->located ? CD_FACT_YES : CD_FACT_UNKNOWN;
}

static void
read_known (const CdProvenance *gathering, CdDatasetFacts *facts)
{
  gint index = cd_knowledge_find (gathering->knowledge, CD_KNOWN_DATASET, facts->name);
  const CdKnown *known = index >= 0 ? cd_knowledge_at (gathering->knowledge, (guint) index) : NULL;
  if (known != NULL && known->license != NULL)
    cd_provenance_set_license (gathering, facts, known->license, g_strdup (known->source));
}

/* Terms of a dataset that is trained on against those of the release. A licence with a text of its own is not decided, nor is whether a trained model
 * has to keep the licence of data that is to be shared alike. */
static CdFact
compare_terms (const CdProvenance *gathering, const CdDatasetFacts *facts, gboolean own)
{
  if (facts->evaluation || own || !gathering->releases || gathering->release == NULL)
    return CD_FACT_UNKNOWN;
  CdTermsSort release = gathering->release->terms;
  gboolean commercial = release == CD_TERMS_PERMISSIVE || release == CD_TERMS_SHARE_ALIKE;
  switch (facts->terms) {
    case CD_TERMS_PERMISSIVE:
      return CD_FACT_YES;
    case CD_TERMS_NON_COMMERCIAL:
      return commercial ? CD_FACT_NO : release == CD_TERMS_NON_COMMERCIAL ? CD_FACT_YES : CD_FACT_UNKNOWN;
    case CD_TERMS_NO_DERIVATIVES:
      return CD_FACT_NO;
    default:
      return CD_FACT_UNKNOWN;
  }
}

static void
finish (const CdProvenance *gathering, CdDatasetFacts *facts, gboolean own)
{
  gint64 slack = 0;
  read_url (facts);
  read_calls (gathering, facts);
  cd_provenance_read_submodules (gathering, facts);
  cd_provenance_read_tree (gathering, facts);
  read_stated_license (gathering, facts);
  read_known (gathering, facts);
  read_stated_size (gathering, facts, &slack);
  read_availability (gathering, facts);
  facts->compatible = compare_terms (gathering, facts, own);
  if (facts->stated_size >= 0 && facts->rows >= 0)
    facts->size_agrees = ABS (facts->stated_size - facts->rows) <= slack ? CD_FACT_YES : CD_FACT_NO;
}

/* What the authors declare of a dataset. */
static void
read_declaration (const CdProvenance *gathering, const CdYamlNode *node, CdDatasetFacts *facts)
{
  const char *source = cd_yaml_string (cd_yaml_get (node, "source")), *path = cd_yaml_string (cd_yaml_get (node, "path"));
  const char *license = cd_yaml_string (cd_yaml_get (node, "license")), *revision = cd_yaml_string (cd_yaml_get (node, "revision"));
  const CdDocument *manifest = document_at (gathering, gathering->manifest);
  CdPlace place = { gathering->manifest, node->line, node->line };
  g_array_append_val (facts->places, place);
  cd_provenance_set_revision (facts, revision != NULL ? revision : cd_yaml_string (cd_yaml_get (node, "digest")));
  if (license != NULL)
    cd_provenance_set_license (gathering, facts, license, g_strdup_printf ("%s:%u", manifest->path, cd_yaml_get (node, "license")->line));
  gint64 size = -1;
  if (cd_yaml_int (cd_yaml_get (node, "size"), &size))
    facts->stated_size = size;
  g_autofree char *folder = g_path_get_dirname (manifest->path);
  g_autofree char *full = path != NULL && strcmp (folder, ".") != 0 ? g_build_path ("/", folder, path, NULL) : g_strdup (path);
  gboolean there = full != NULL && cd_snapshot_has (gathering->snapshot, full);
  facts->located |= there || source != NULL;
  if (facts->where == NULL)
    facts->where = g_strdup (there || source == NULL ? full : source);
  const CdDocument *file = full != NULL ? cd_corpus_find (gathering->corpus, full) : NULL;
  if (file == NULL)
    return;
  char hex[41];
  cd_oid_to_hex (&file->oid, hex);
  cd_provenance_set_revision (facts, hex); /* the tree holds it at one content */
  cd_provenance_read_rows (facts, file);
}

static const CdYamlNode *
declarations (const CdManifest *manifest)
{
  const CdYamlNode *list = manifest != NULL ? cd_yaml_get (cd_manifest_root (manifest), "datasets") : NULL;
  return list != NULL && list->kind == CD_YAML_SEQUENCE ? list : NULL;
}

/* The declaration of a dataset, by id or source; taken: one byte a declaration. */
static const CdYamlNode *
find_declaration (const CdYamlNode *list, const CdArtefact *artefact, guint8 *taken)
{
  for (guint i = 0; i < cd_yaml_length (list); i++) {
    const CdYamlNode *node = cd_yaml_at (list, i);
    const char *id = cd_yaml_string (cd_yaml_get (node, "id")), *source = cd_yaml_string (cd_yaml_get (node, "source"));
    gboolean named = id != NULL && g_ascii_strcasecmp (id, artefact->id) == 0;
    gboolean linked = source != NULL && strcasestr (source, artefact->id) != NULL;
    if (taken[i] || (!named && !linked))
      continue;
    taken[i] = 1;
    return node;
  }
  return NULL;
}

static void
add_artefacts (const CdProvenance *gathering, const CdYamlNode *list, guint8 *taken, GPtrArray *found)
{
  for (guint i = 0; i < gathering->work->artefacts->len; i++) {
    const CdArtefact *artefact = gathering->work->artefacts->pdata[i];
    if (artefact->kind != CD_ARTEFACT_DATASET || !(artefact->own || artefact->training || artefact->evaluation))
      continue;
    CdDatasetFacts *facts = facts_new (artefact->id, artefact->where, artefact->evaluation && !artefact->training);
    const CdYamlNode *declared = find_declaration (list, artefact, taken);
    facts->located = artefact->where != NULL || cd_hub_is_id (artefact->id);
    g_array_append_vals (facts->places, artefact->places->data, artefact->places->len);
    if (declared != NULL)
      read_declaration (gathering, declared, facts);
    finish (gathering, facts, artefact->own);
    g_ptr_array_add (found, facts);
  }
}

static void
add_declared (const CdProvenance *gathering, const CdYamlNode *list, const guint8 *taken, GPtrArray *found)
{
  for (guint i = 0; i < cd_yaml_length (list); i++) {
    const CdYamlNode *node = cd_yaml_at (list, i);
    const char *id = cd_yaml_string (cd_yaml_get (node, "id")), *role = cd_yaml_string (cd_yaml_get (node, "role"));
    if (taken[i] || id == NULL)
      continue;
    CdDatasetFacts *facts = facts_new (id, NULL, g_strcmp0 (role, "training") != 0);
    read_declaration (gathering, node, facts);
    finish (gathering, facts, FALSE);
    g_ptr_array_add (found, facts);
  }
}

static void
read_release (CdProvenance *gathering, const CdManifest *manifest)
{
  const CdYamlNode *declared = manifest != NULL ? cd_yaml_get (cd_yaml_get (cd_manifest_root (manifest), "work"), "license") : NULL;
  const char *name = declared != NULL && cd_yaml_string (declared) != NULL ? cd_yaml_string (declared) : gathering->work->license;
  gathering->release = name != NULL ? cd_licenses_find (gathering->licenses, name) : NULL;
  for (guint i = 0; i < gathering->work->artefacts->len; i++) {
    const CdArtefact *artefact = gathering->work->artefacts->pdata[i];
    gathering->releases |= artefact->own && (artefact->kind == CD_ARTEFACT_WEIGHTS || artefact->kind == CD_ARTEFACT_DATASET);
  }
}

GPtrArray *
cd_provenance_gather (const CdCorpus *corpus, const CdSnapshot *snapshot, const CdWork *work, const CdManifest *manifest,
                      const CdKnowledge *knowledge, const CdLicenses *licenses, const CdSignals *signals, GPtrArray *hits)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (facts_free);
  const CdYamlNode *list = declarations (manifest);
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  g_autoptr (GHashTable) lines = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) revisions = g_array_new (FALSE, FALSE, sizeof (CdPlace));
  CdProvenance gathering = { .corpus = corpus,
                             .snapshot = snapshot,
                             .work = work,
                             .knowledge = knowledge,
                             .licenses = licenses,
                             .signals = signals,
                             .hits = hits,
                             .size_signal = cd_signals_find (signals, "data.size"),
                             .by_key = by_key,
                             .lines = lines,
                             .revisions = revisions };
  for (guint i = 0; list != NULL && i < corpus->documents->len; i++)
    if (strcmp (document_at (&gathering, i)->path, cd_manifest_name (manifest)) == 0)
      gathering.manifest = i;
  read_release (&gathering, manifest);
  cd_provenance_index_tree (&gathering);
  index_lines (&gathering);
  g_autofree guint8 *taken = g_new0 (guint8, cd_yaml_length (list) + 1);
  add_artefacts (&gathering, list, taken, found);
  add_declared (&gathering, list, taken, found);
  return found;
}
