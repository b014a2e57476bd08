/* Gathers claims from all readers, makes the same figure at several places one claim, and orders them. What a source says is its reader's business,
 * what two claims say of each other claims-compare.c's. */
#include "claims/parts.h"
#include "base/text.h"
#include "work/identity.h"
#include <math.h>
#include <string.h>

#define MODEL_BYTES 200u
#define PLACES 16u

gboolean
cd_claim_matches (GRegex **regex, const char *pattern, const char *text)
{
  if (g_once_init_enter (regex))
    g_once_init_leave (regex, g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL));
  return text != NULL && g_utf8_validate (text, -1, NULL) && g_regex_match (*regex, text, 0, NULL);
}

/* Valid UTF-8, white space collapsed, at most MODEL_BYTES; NULL stays. */
static char *
copy_name (const char *text)
{
  if (text == NULL || *text == '\0')
    return NULL;
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) MIN (strlen (text), MODEL_BYTES));
  g_auto (GStrv) words = g_strsplit_set (valid, " \t\r\n", -1);
  GString *name = g_string_new (NULL);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "", words[i]);
  return g_string_free (name, FALSE);
}

CdClaim *
cd_claim_add (CdClaimGatherer *gatherer, CdClaimFrom from, const char *model, const char *task, double value, CdPlace place)
{
  g_autofree char *name = copy_name (task);
  if (gatherer->claims->len >= CD_CLAIMS_MOST || name == NULL || !isfinite (value))
    return NULL;
  CdClaim *claim = g_new0 (CdClaim, 1);
  *claim = (CdClaim){ .from = from, .model = copy_name (model), .benchmark = -1, .task = g_steal_pointer (&name), .value = value, .spread = NAN };
  claim->tolerance = NAN;
  claim->table = claim->row = claim->column = -1;
  claim->places = g_array_new (FALSE, FALSE, sizeof (CdPlace));
  g_array_append_val (claim->places, place);
  g_ptr_array_add (gatherer->claims, claim);
  return claim;
}

static void
claim_free (gpointer data)
{
  CdClaim *claim = data;
  g_free (claim->model);
  g_free (claim->task);
  g_free (claim->version);
  g_free (claim->conditions);
  g_array_unref (claim->places);
  g_free (claim);
}

static void
fault_free (gpointer data)
{
  CdClaimFault *fault = data;
  g_free (fault->what);
  g_free (fault);
}

void
cd_claims_free (CdClaims *claims)
{
  if (claims == NULL)
    return;
  g_ptr_array_unref (claims->claims);
  g_ptr_array_unref (claims->faults);
  g_free (claims);
}

static gboolean
is_prose (CdDocumentKind kind)
{
  return kind == CD_DOCUMENT_MARKDOWN || kind == CD_DOCUMENT_LATEX || kind == CD_DOCUMENT_RST || kind == CD_DOCUMENT_TEXT || kind == CD_DOCUMENT_HTML
         || kind == CD_DOCUMENT_PDF || kind == CD_DOCUMENT_NOTEBOOK;
}

static guint
depth_of (const char *path)
{
  guint depth = 0;
  for (; *path != '\0'; path++)
    depth += *path == '/' ? 1 : 0;
  return depth;
}

/* A page in a folder that asks to cite others' papers only is a copy of theirs. */
static gboolean
cites_others (const CdClaimGatherer *gatherer, const CdDocument *document)
{
  gboolean cites = FALSE;
  if (depth_of (document->path) == 0 || gatherer->work->names->len == 0)
    return FALSE;
  for (guint i = 0; i < document->passages->len; i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    if (passage->kind != CD_PASSAGE_BIBTEX)
      continue;
    g_autofree char *text = cd_document_passage_text (document, passage);
    if (cd_identity_matches (gatherer->work, text))
      return FALSE;
    cites = cites || strcasestr (text, "title") != NULL;
  }
  return cites;
}

#define NAMED_MOST 500u /* links and commands that are read for whose page it is */
#define NAMED_OFTEN 3u

/* Counts a forge project or hub id of another owner; FALSE where it is the work's own. */
static gboolean
count_project (const CdClaimGatherer *gatherer, GHashTable *projects, const char *target)
{
  g_auto (CdHubAddress) address = { 0 };
  if (!cd_hub_parse (target, &address) || address.owner == NULL)
    return TRUE;
  if (cd_identity_owns (gatherer->work, address.owner))
    return FALSE;
  if (address.kind == CD_HUB_FORGE && address.name != NULL) {
    char *project = g_strdup_printf ("%s/%s", address.owner, address.name);
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (projects, project));
    g_hash_table_insert (projects, project, GUINT_TO_POINTER (count + 1));
  }
  return TRUE;
}

/* A page in a folder that sends its readers to one other project again and again, and never to the work, is that project's. */
static gboolean
is_anothers (const CdClaimGatherer *gatherer, const CdDocument *document)
{
  if (document->kind != CD_DOCUMENT_MARKDOWN || depth_of (document->path) == 0 || gatherer->work->owners->len == 0)
    return FALSE;
  for (guint i = 0; i < document->sections->len; i++)
    if (cd_identity_matches (gatherer->work, ((const CdSection *) g_ptr_array_index (document->sections, i))->title))
      return FALSE;
  g_autoptr (GHashTable) projects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < document->links->len && i < NAMED_MOST; i++)
    if (!count_project (gatherer, projects, ((const CdLink *) g_ptr_array_index (document->links, i))->target))
      return FALSE;
  for (guint i = 0; i < document->commands->len && i < NAMED_MOST; i++) {
    const CdCommand *command = g_ptr_array_index (document->commands, i);
    for (guint word = 0; command->argv[word] != NULL && word < NAMED_MOST; word++)
      if (!count_project (gatherer, projects, command->argv[word]))
        return FALSE;
  }
  guint most = 0;
  GHashTableIter each;
  gpointer count;
  g_hash_table_iter_init (&each, projects);
  while (g_hash_table_iter_next (&each, NULL, &count))
    most = MAX (most, GPOINTER_TO_UINT (count));
  return most >= NAMED_OFTEN;
}

/* The document tells of the work itself: prose of its own, no change log. */
static gboolean
is_read (const CdClaimGatherer *gatherer, guint index)
{
  static GRegex *others, *logs;
  const CdDocument *document = g_ptr_array_index (gatherer->corpus->documents, index);
  return cd_scope_is_own (gatherer->scope, index) && is_prose (document->kind) && document->path[0] != '.'
         && !(document->kind == CD_DOCUMENT_TEXT
              && cd_claim_matches (&logs, "(^|/)(logs?|outputs?|results?|wandb|data|datasets?|samples?)(/|[._-])|\\.(log|out)$", document->path))
         && !cd_claim_matches (&others, "(^|/)(changelog|changes|history|contributing|code_of_conduct|third_?party|node_modules|prompts?)[^/]*($|/)",
                               document->path)
         && !cites_others (gatherer, document) && !is_anothers (gatherer, document);
}

static gint
compare_lengths (gconstpointer a, gconstpointer b)
{
  const char *left = *(const char *const *) a, *right = *(const char *const *) b;
  gsize length_left = strlen (left), length_right = strlen (right);
  return length_left != length_right ? (length_left < length_right ? 1 : -1) : strcmp (left, right);
}

/* Base names of the work's own weights, as keys. */
static GPtrArray *
own_checkpoints (const CdWork *work)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < work->artefacts->len; i++) {
    const CdArtefact *artefact = g_ptr_array_index (work->artefacts, i);
    if (artefact->kind != CD_ARTEFACT_WEIGHTS || !artefact->own || artefact->id == NULL)
      continue;
    const char *slash = strrchr (artefact->id, '/');
    g_autofree char *key = cd_text_key (slash != NULL ? slash + 1 : artefact->id);
    if (strlen (key) >= 3)
      g_ptr_array_add (names, g_steal_pointer (&key));
  }
  g_ptr_array_sort (names, compare_lengths);
  return names;
}

#define STEM_BYTES 5u /* a shorter first word is many works' */

static void
add_stem (GPtrArray *stems, const CdWork *work, const char *name)
{
  g_auto (GStrv) tokens = cd_text_tokens (name);
  if (tokens[0] == NULL || strlen (tokens[0]) < STEM_BYTES || g_ptr_array_find_with_equal_func (stems, tokens[0], g_str_equal, NULL))
    return;
  /* "deepseekmath" begins like a family too. */
  for (gsize length = strlen (tokens[0]); length > 1 && work->providers != NULL; length--) {
    g_autofree char *begin = g_strndup (tokens[0], length);
    if (cd_providers_is_family (work->providers, begin))
      return;
  }
  g_ptr_array_add (stems, g_strdup (tokens[0]));
}

/* First words of the work's own weights, which their other sizes and stages share. */
static GPtrArray *
own_stems (const CdWork *work)
{
  GPtrArray *stems = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < work->artefacts->len; i++) {
    const CdArtefact *artefact = g_ptr_array_index (work->artefacts, i);
    const char *slash = artefact->id != NULL ? strrchr (artefact->id, '/') : NULL;
    if (artefact->kind == CD_ARTEFACT_WEIGHTS && artefact->own && slash != NULL)
      add_stem (stems, work, slash + 1);
  }
  return stems;
}

static gboolean
same_metric (const CdClaim *a, const CdClaim *b)
{
  if (a->metric.kind == CD_METRIC_UNKNOWN || b->metric.kind == CD_METRIC_UNKNOWN)
    return TRUE;
  return a->metric.kind == b->metric.kind && (a->metric.k == b->metric.k || a->metric.k == 0 || b->metric.k == 0);
}

/* The figures are equal to the digits that both print. */
static gboolean
same_value (const CdClaim *a, const CdClaim *b)
{
  if ((a->unit == CD_UNIT_COUNT) != (b->unit == CD_UNIT_COUNT))
    return FALSE;
  return fabs (cd_unit_scale (a->value, a->unit) - cd_unit_scale (b->value, b->unit)) < 1e-6;
}

/* Of two claims of one figure the stronger keeps its words and takes over what only the other tells. */
static void
merge (CdClaim *kept, CdClaim *other)
{
  for (guint i = 0; i < other->places->len && kept->places->len < PLACES; i++)
    g_array_append_val (kept->places, g_array_index (other->places, CdPlace, i));
  if (kept->model == NULL)
    kept->model = g_steal_pointer (&other->model);
  if (kept->version == NULL)
    kept->version = g_steal_pointer (&other->version);
  if (kept->metric.kind == CD_METRIC_UNKNOWN)
    kept->metric = other->metric;
  if (kept->samples == 0) {
    kept->samples = other->samples;
    kept->sampled_at = other->sampled_at;
  }
  kept->n = kept->n > 0 ? kept->n : other->n;
  if (isnan (kept->spread))
    kept->spread = other->spread;
}

static char *
claim_key (const CdClaim *claim)
{
  g_autofree char *task = cd_text_key (claim->task);
  if (claim->benchmark >= 0)
    return g_strdup_printf ("%d %.4f", claim->benchmark, cd_unit_scale (claim->value, claim->unit));
  return g_strdup_printf ("%s %.4f", task, cd_unit_scale (claim->value, claim->unit));
}

static gboolean
same_model (const CdClaim *a, const CdClaim *b)
{
  if (a->model == NULL || b->model == NULL)
    return TRUE;
  g_autofree char *left = cd_text_key (a->model);
  g_autofree char *right = cd_text_key (b->model);
  return strstr (left, right) != NULL || strstr (right, left) != NULL;
}

#define MERGED_MOST 64u /* claims of one figure that another is compared with */

/* claims in the order of their strength → each figure once. */
static GPtrArray *
merge_all (GPtrArray *claims)
{
  GPtrArray *merged = g_ptr_array_new_with_free_func (claim_free);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < claims->len; i++) {
    CdClaim *claim = g_ptr_array_index (claims, i);
    g_autofree char *key = claim_key (claim);
    GPtrArray *alike = g_hash_table_lookup (known, key);
    gboolean done = FALSE;
    for (guint k = 0; alike != NULL && k < alike->len && k < MERGED_MOST && !done; k++) {
      CdClaim *kept = g_ptr_array_index (alike, k);
      done = same_value (kept, claim) && same_metric (kept, claim) && same_model (kept, claim);
      if (done)
        merge (kept, claim);
    }
    if (done) {
      claim_free (claim);
      continue;
    }
    g_ptr_array_add (merged, claim);
    if (alike == NULL)
      g_hash_table_insert (known, g_steal_pointer (&key), alike = g_ptr_array_new ());
    g_ptr_array_add (alike, claim);
  }
  return merged;
}

/* By source, strongest first, then as they stand. */
static gint
compare_claims (gconstpointer a, gconstpointer b)
{
  const CdClaim *left = *(const CdClaim *const *) a, *right = *(const CdClaim *const *) b;
  const CdPlace *here = &g_array_index (left->places, CdPlace, 0), *there = &g_array_index (right->places, CdPlace, 0);
  if (left->from != right->from)
    return left->from < right->from ? -1 : 1;
  if (here->document != there->document)
    return here->document < there->document ? -1 : 1;
  if (here->line != there->line)
    return here->line < there->line ? -1 : 1;
  return left->column != right->column ? (left->column < right->column ? -1 : 1) : 0;
}

static void
read_documents (CdClaimGatherer *gatherer)
{
  for (guint i = 0; i < gatherer->corpus->documents->len; i++) {
    if (!is_read (gatherer, i))
      continue;
    cd_claims_card (gatherer, i);
    cd_claims_tables (gatherer, i);
    cd_claims_sentences (gatherer, i);
    cd_claims_comments (gatherer, i);
  }
}

CdClaims *
cd_claims_gather (const CdCorpus *corpus, const CdScope *scope, const CdSignals *signals, GPtrArray *hits, const CdWork *work,
                  const CdResults *results, const CdManifest *manifest)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autoptr (GPtrArray) checkpoints = own_checkpoints (work);
  CdClaimGatherer gatherer = { .corpus = corpus, .scope = scope, .signals = signals, .hits = hits, .work = work, .results = results };
  gatherer.reader = (CdResultReader){ results->benchmarks, work->names, work->providers, NULL };
  g_autoptr (GPtrArray) stems = own_stems (work);
  gatherer.checkpoints = checkpoints;
  gatherer.stems = stems;
  gatherer.claims = found;
  if (manifest != NULL)
    cd_claims_manifest (&gatherer, manifest);
  read_documents (&gatherer);
  g_ptr_array_sort (found, compare_claims);
  CdClaims *claims = g_new0 (CdClaims, 1);
  claims->claims = merge_all (found);
  claims->faults = g_ptr_array_new_with_free_func (fault_free);
  cd_claims_contradict (&gatherer, claims);
  cd_claims_average (&gatherer, claims);
  return claims;
}
