/* Keys and values of kept results, and which are worth it. A value holds a document and, behind it, the hits of its scan; both pack themselves. */
#include "audit/kept.h"
#include "documents/stored.h"
#include "signals/stored.h"

#define VALUE_KIND "blob-1"

/* Kinds whose reading and scanning takes more than 30 ms a megabyte of value, from so many bytes of text on. Measured over 74 works' 15,000 files: papers
 * 2,700 ms (nearly all of it pdftotext's), notebooks 89, Markdown 81, licences 53, reStructuredText 50, text 39; left out are YAML 30, Python and shell 24,
 * other code 17, JSON 12, lists of dependencies 9, data 4. LaTeX and HTML, of which there was too little to measure, are kept as the prose that they are.
 * Packing takes 1 to 3 ms a megabyte, unpacking 1 to 3. */
static const struct {
  CdDocumentKind kind;
  gsize least;
} worth[] = {
  { CD_DOCUMENT_PDF, 0 },    { CD_DOCUMENT_NOTEBOOK, 0 }, { CD_DOCUMENT_MARKDOWN, 2048 }, { CD_DOCUMENT_LATEX, 2048 },
  { CD_DOCUMENT_RST, 2048 }, { CD_DOCUMENT_HTML, 2048 },  { CD_DOCUMENT_TEXT, 2048 },     { CD_DOCUMENT_LICENSE, 2048 },
};

struct _CdKeeping {
  const CdBlobCache *cache;
  GMutex lock;
  GHashTable *known; /* CdDocument* → Known* */
};

/* A value whose document was taken out, and where its hits stand. */
typedef struct {
  GBytes *value;
  CdUnpacking hits;
} Known;

static void
known_free (gpointer data)
{
  Known *known = data;
  g_bytes_unref (known->value);
  g_free (known);
}

CdKeeping *
cd_keeping_new (const CdBlobCache *cache)
{
  if (cache == NULL)
    return NULL;
  CdKeeping *keeping = g_new0 (CdKeeping, 1);
  keeping->cache = cache;
  g_mutex_init (&keeping->lock);
  keeping->known = g_hash_table_new_full (NULL, NULL, NULL, known_free);
  return keeping;
}

void
cd_keeping_free (CdKeeping *keeping)
{
  if (keeping == NULL)
    return;
  g_hash_table_unref (keeping->known);
  g_mutex_clear (&keeping->lock);
  g_free (keeping);
}

static gboolean
is_worth (CdDocumentKind kind, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (worth); i++)
    if (worth[i].kind == kind)
      return length >= worth[i].least;
  return FALSE;
}

/* A path tells what its bytes are read as; it stands last, since it may hold anything. Caller frees. */
static char *
key_of (const CdKeeping *keeping, const char *path, const CdOid *oid)
{
  char hex[41];
  cd_oid_to_hex (oid, hex);
  g_autofree char *text = g_strdup_printf (VALUE_KIND "\n%s\n%s\n%s", keeping->cache->rules, hex, path);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

CdDocument *
cd_keeping_recall (const CdEntry *entry, gpointer data)
{
  CdKeeping *keeping = data;
  gboolean file = entry->kind == CD_ENTRY_FILE || entry->kind == CD_ENTRY_EXECUTABLE;
  if (!file || !is_worth (cd_document_classify (entry->path, NULL, 0, NULL), G_MAXSIZE))
    return NULL;
  g_autofree char *key = key_of (keeping, entry->path, &entry->oid);
  g_mutex_lock (&keeping->lock);
  g_autoptr (GBytes) value = keeping->cache->take (key, keeping->cache->data);
  g_mutex_unlock (&keeping->lock);
  CdUnpacking from;
  CdDocument *document
      = value != NULL && cd_unpack_start (&from, value, VALUE_KIND) ? cd_document_unpack (&from, value, entry->path, &entry->oid) : NULL;
  if (document == NULL)
    return NULL;
  Known *known = g_new (Known, 1);
  *known = (Known){ g_steal_pointer (&value), from };
  g_mutex_lock (&keeping->lock);
  g_hash_table_insert (keeping->known, document, known);
  g_mutex_unlock (&keeping->lock);
  return document;
}

gboolean
cd_keeping_knows (const CdKeeping *keeping, const CdDocument *document)
{
  return keeping != NULL && g_hash_table_contains (keeping->known, document);
}

GArray *
cd_keeping_hits (const CdKeeping *keeping, const CdSignals *signals, const CdDocument *document)
{
  const Known *known = g_hash_table_lookup (keeping->known, document);
  CdUnpacking from = known->hits;
  g_autoptr (GArray) hits = cd_hits_unpack (&from, signals, document);
  return hits != NULL && cd_unpack_end (&from) ? g_steal_pointer (&hits) : NULL;
}

static GBytes *
value_of (const CdDocument *document, const GArray *hits)
{
  GByteArray *out = cd_pack_start (VALUE_KIND);
  cd_document_pack (document, out);
  cd_hits_pack (hits, out);
  return cd_pack_finish (out);
}

/* What was not read to its end may be read another time. */
void
cd_keeping_end (const CdKeeping *keeping, const CdCorpus *corpus, const GPtrArray *hits, const gboolean *scanned)
{
  if (keeping == NULL)
    return;
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = g_ptr_array_index (corpus->documents, i);
    if (!scanned[i] || document->unread != NULL || !is_worth (document->kind, document->length)
        || !is_worth (cd_document_classify (document->path, NULL, 0, NULL), G_MAXSIZE))
      continue;
    g_ptr_array_add (keys, key_of (keeping, document->path, &document->oid));
    g_ptr_array_add (values, value_of (document, g_ptr_array_index (hits, i)));
  }
  if (keys->len > 0)
    keeping->cache->keep (keys, values, keeping->cache->data);
}
