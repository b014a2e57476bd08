/* Choosing and reading former versions. The work begins with the oldest commit whose README is recognisably today's: by its title, by a name the work
 * goes by, or by its lines. What is concluded from former versions is removed.c's. */
#include "audit/former.h"
#include "base/limits.h"
#include "scope/role.h"
#include "scope/upstream.h"
#include "work/identity.h"
#include <string.h>

#define BLOB_BYTES (512u * 1024u)
#define ALL_BYTES (8u * 1024u * 1024u)
#define LINE_LEAST 24u   /* bytes; shorter lines are alike by chance */
#define SHARED_LEAST 0.3 /* of the lines of a former README that today's still has */
#define TITLE_LEAST 4u   /* letters */

static const guint most[CD_FORMER_CLASSES]
    = { [CD_FORMER_README] = 120, [CD_FORMER_DOCUMENT] = 80, [CD_FORMER_CODE] = 120, [CD_FORMER_CONFIGURATION] = 80 };

typedef struct {
  CdAudit *audit;
  CdUpstream *upstream;
  const GArray *versions;
  GHashTable *standing; /* CdOid of every entry of the snapshot */
  CdFormers *formers;
  char *base;  /* "" or "folder/" */
  guint begun; /* index of the commit that the work began with */
  guint counts[CD_FORMER_CLASSES];
  gsize bytes;
} Reading;

static void
former_free (gpointer data)
{
  CdFormer *former = data;
  cd_document_free (former->document);
  g_array_unref (former->statements);
  g_array_unref (former->calls);
  g_free (former);
}

void
cd_formers_free (CdFormers *formers)
{
  if (formers == NULL)
    return;
  g_ptr_array_unref (formers->list);
  g_free (formers);
}

static guint
hash_oid (gconstpointer oid)
{
  guint hash;
  memcpy (&hash, oid, sizeof hash);
  return hash;
}

static gboolean
equal_oid (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (CdOid)) == 0;
}

static CdDocument *
read_version (Reading *reading, const CdPathVersion *version)
{
  CdEntry entry = { .path = version->path, .oid = version->blob, .kind = CD_ENTRY_FILE };
  g_auto (CdBlob) blob = { .size = -1 };
  if (reading->bytes >= ALL_BYTES)
    return NULL;
  cd_snapshot_read (reading->audit->snapshot, &entry, BLOB_BYTES, &blob);
  if (blob.state != CD_BLOB_READ)
    return NULL;
  reading->bytes += g_bytes_get_size (blob.bytes);
  return cd_document_parse (&entry, &blob, NULL);
}

/* The audited part's README, or NULL. */
static const CdDocument *
todays_readme (const CdAudit *audit, const char *base)
{
  for (guint i = 0; i < audit->corpus->documents->len; i++) {
    const CdDocument *document = g_ptr_array_index (audit->corpus->documents, i);
    if (!g_str_has_prefix (document->path, base) || !cd_scope_is_own (audit->scope, i))
      continue;
    const char *name = document->path + strlen (base);
    gboolean text = document->kind == CD_DOCUMENT_MARKDOWN || document->kind == CD_DOCUMENT_RST || document->kind == CD_DOCUMENT_TEXT;
    if (text && strchr (name, '/') == NULL && g_ascii_strncasecmp (name, "readme", 6) == 0)
      return document;
  }
  return NULL;
}

static gboolean
is_readme (const Reading *reading, const char *path)
{
  const char *name = g_str_has_prefix (path, reading->base) ? path + strlen (reading->base) : "/";
  return strchr (name, '/') == NULL && g_ascii_strncasecmp (name, "readme", 6) == 0;
}

static GHashTable *
lines_of (const CdDocument *document)
{
  GHashTable *lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *at = document->text, *end = at + document->length;
  while (at < end) {
    const char *stop = memchr (at, '\n', (gsize) (end - at));
    stop = stop != NULL ? stop : end;
    char *line = g_strstrip (g_strndup (at, (gsize) (stop - at)));
    if (strlen (line) >= LINE_LEAST)
      g_hash_table_add (lines, line);
    else
      g_free (line);
    at = stop + 1;
  }
  return lines;
}

static const char *
title_of (const CdDocument *document)
{
  return document->sections->len > 0 ? ((const CdSection *) g_ptr_array_index (document->sections, 0))->title : "";
}

/* TRUE where a former README is of the same work as today's. */
static gboolean
is_same_work (const CdAudit *audit, const CdDocument *today, GHashTable *lines, const CdDocument *former)
{
  g_autofree char *now = cd_text_key (title_of (today)), *then = cd_text_key (title_of (former));
  if (strlen (then) >= TITLE_LEAST && (g_str_equal (now, then) || cd_identity_matches (audit->work, title_of (former))))
    return TRUE;
  g_autoptr (GHashTable) old = lines_of (former);
  guint shared = 0;
  GHashTableIter iter;
  gpointer line;
  g_hash_table_iter_init (&iter, old);
  while (g_hash_table_iter_next (&iter, &line, NULL))
    shared += g_hash_table_contains (lines, line) ? 1 : 0;
  return shared >= 2 && shared >= SHARED_LEAST * g_hash_table_size (old);
}

static void
take_former (Reading *reading, const CdPathVersion *version, CdFormerClass class, CdDocument *document)
{
  CdFormer *former = g_new0 (CdFormer, 1);
  former->version = version;
  former->class = class;
  former->document = document;
  former->statements = g_array_new (FALSE, FALSE, sizeof (CdStatement));
  former->calls = g_array_new (FALSE, FALSE, sizeof (CdModelCall));
  g_ptr_array_add (reading->formers->list, former);
}

/* Former READMEs of the work, and with them the commit that it began with. */
static gboolean
read_readmes (Reading *reading)
{
  const CdDocument *today = todays_readme (reading->audit, reading->base);
  gboolean found = FALSE;
  if (today == NULL)
    return FALSE;
  g_autoptr (GHashTable) lines = lines_of (today);
  for (guint i = 0; i < reading->versions->len; i++) {
    const CdPathVersion *version = &g_array_index (reading->versions, CdPathVersion, i);
    gboolean stands = version->last == G_MAXUINT;
    if (!is_readme (reading, version->path) || (!stands && cd_upstream_find (reading->upstream, &version->blob, NULL) >= 0))
      continue;
    if (!stands && reading->counts[CD_FORMER_README] >= most[CD_FORMER_README]) {
      reading->formers->left++;
      continue;
    }
    reading->counts[CD_FORMER_README] += stands ? 0 : 1;
    g_autoptr (CdDocument) document = read_version (reading, version);
    if (document == NULL || !is_same_work (reading->audit, today, lines, document))
      continue;
    reading->begun = found ? MAX (reading->begun, version->first) : version->first;
    found = TRUE;
    if (!stands)
      take_former (reading, version, CD_FORMER_README, g_steal_pointer (&document));
  }
  return found;
}

static CdFormerClass
class_of (const char *path)
{
  switch (cd_document_classify (path, NULL, 0, NULL)) {
    case CD_DOCUMENT_MARKDOWN:
    case CD_DOCUMENT_RST:
    case CD_DOCUMENT_TEXT:
    case CD_DOCUMENT_HTML:
      return CD_FORMER_DOCUMENT;
    case CD_DOCUMENT_PYTHON:
    case CD_DOCUMENT_NOTEBOOK:
    case CD_DOCUMENT_SHELL:
      return CD_FORMER_CODE;
    case CD_DOCUMENT_YAML:
    case CD_DOCUMENT_TOML:
      return CD_FORMER_CONFIGURATION;
    default:
      return CD_FORMER_CLASSES;
  }
}

static gboolean
is_vendored (const CdAudit *audit, const char *path)
{
  const GPtrArray *trees = cd_scope_vendored (audit->scope);
  for (guint i = 0; i < trees->len; i++) {
    const char *tree = ((const CdVendored *) g_ptr_array_index (trees, i))->path;
    gsize length = strlen (tree);
    if (strncmp (path, tree, length) == 0 && path[length] == '/')
      return TRUE;
  }
  return FALSE;
}

/* A version that was the work's as far as today's tree and the table of frameworks can tell. */
static gboolean
is_candidate (const Reading *reading, const CdPathVersion *version)
{
  if (version->last == G_MAXUINT || version->first > reading->begun || version->path[0] == '.' || is_readme (reading, version->path)
      || !g_str_has_prefix (version->path, reading->base))
    return FALSE;
  gboolean path_stands = cd_snapshot_find (reading->audit->snapshot, version->path) != NULL;
  /* Moved, not removed. */
  if (!path_stands && g_hash_table_contains (reading->standing, &version->blob))
    return FALSE;
  return cd_upstream_find (reading->upstream, &version->blob, NULL) < 0 && (path_stands || !cd_upstream_knows_path (reading->upstream, version->path))
         && !is_vendored (reading->audit, version->path);
}

static void
read_others (Reading *reading)
{
  for (guint i = 0; i < reading->versions->len; i++) {
    const CdPathVersion *version = &g_array_index (reading->versions, CdPathVersion, i);
    CdFormerClass class = class_of (version->path);
    if (class == CD_FORMER_CLASSES || !is_candidate (reading, version))
      continue;
    CdDocument *document = reading->counts[class] < most[class] ? read_version (reading, version) : NULL;
    reading->counts[class]++;
    if (document != NULL)
      take_former (reading, version, class, document);
    else
      reading->formers->left++;
  }
}

typedef struct {
  CdAudit *audit;
  GHashTable *told;
  GPtrArray *list;
} Hearing;

/* TRUE where a version names a model of which something may have been taken away; most versions of a README do not, and asking them costs most. */
static gboolean
is_telling (const Hearing *hearing, const CdFormer *former)
{
  const CdDocument *document = former->document;
  gboolean telling = FALSE;
  g_autoptr (GArray) mentions = cd_names_find (cd_lineage_rules_names (hearing->audit->lineage_rules), document->text, document->length);
  for (guint i = 0; i < mentions->len && !telling; i++) {
    const CdMention *mention = &g_array_index (mentions, CdMention, i);
    if (mention->kind != CD_MENTION_MODEL)
      continue;
    g_autofree char *key = cd_names_key (mention->name);
    telling = former->class == CD_FORMER_CODE || !g_hash_table_contains (hearing->told, key);
  }
  return telling;
}

static void
hear (CdDocument *document, guint index, gpointer data)
{
  const Hearing *hearing = data;
  CdFormer *former = g_ptr_array_index (hearing->list, index);
  const CdLineageRules *rules = hearing->audit->lineage_rules;
  if (!is_telling (hearing, former))
    return;
  g_array_unref (cd_signals_scan (hearing->audit->signals, document));
  CdRole role = cd_role_of (document);
  if (role == CD_ROLE_README || role == CD_ROLE_DOC || role == CD_ROLE_CARD || role == CD_ROLE_NOTEBOOK)
    cd_statements_read (cd_lineage_rules_statements (rules), hearing->audit->work, document, index, former->statements);
  if (former->class == CD_FORMER_CODE)
    cd_calls_read (cd_lineage_rules_calls (rules), document, index, FALSE, NULL, former->calls);
}

/* What they say and show; in parallel, as the documents of a corpus. */
static void
hear_all (CdFormers *formers, CdAudit *audit, GHashTable *told, guint threads)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();
  for (guint i = 0; i < formers->list->len; i++)
    g_ptr_array_add (documents, ((CdFormer *) g_ptr_array_index (formers->list, i))->document);
  CdCorpus corpus = { .documents = documents };
  Hearing hearing = { audit, told, formers->list };
  cd_corpus_visit (&corpus, threads, hear, &hearing);
}

/* "a/b/" for --subdir ./a/b; "" for none. */
static char *
base_of (const CdAudit *audit)
{
  g_autofree char *folder = g_canonicalize_filename (audit->subdir != NULL ? audit->subdir : "", "/");
  return folder[1] != '\0' ? g_strconcat (folder + 1, "/", NULL) : g_strdup ("");
}

CdFormers *
cd_formers_read (const CdData *data, CdAudit *audit, GHashTable *told, guint threads, GError **error)
{
  g_autoptr (CdUpstream) upstream = cd_upstream_load (data, error);
  if (upstream == NULL)
    return NULL;
  CdFormers *formers = g_new0 (CdFormers, 1);
  formers->list = g_ptr_array_new_with_free_func (former_free);
  g_autoptr (GHashTable) standing = g_hash_table_new (hash_oid, equal_oid);
  for (guint i = 0; i < cd_snapshot_length (audit->snapshot); i++)
    g_hash_table_add (standing, (gpointer) &cd_snapshot_entry (audit->snapshot, i)->oid);
  g_autofree char *base = base_of (audit);
  Reading reading = {
    .audit = audit, .upstream = upstream, .versions = cd_history_versions (audit->history), .standing = standing, .formers = formers, .base = base
  };
  if (read_readmes (&reading))
    read_others (&reading);
  hear_all (formers, audit, told, threads);
  return formers;
}
