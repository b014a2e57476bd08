/* Every document of a snapshot. Workers take entries from one list, slow kinds first, and put documents at their entry's index, so that
 * the result is the same whatever the number of threads. */
#include "documents/corpus.h"

#include "base/limits.h"
#include "documents/lines.h"

#include <string.h>

/* Enough of an opaque file to tell a Git LFS pointer; a longer one is known to be there without being read. */
#define PROBE_BYTES 1024u
#define LINK_BYTES 4096u

/* Steps 0 … length - 1, each taken by one of several threads. */
typedef struct {
  void (*step) (guint place, gpointer data);
  gpointer data;
  guint length;
  gint next; /* atomic */
} Work;

static gpointer
work (gpointer data)
{
  Work *steps = data;
  for (;;) {
    gint place = g_atomic_int_add (&steps->next, 1);
    if (place < 0 || (guint) place >= steps->length)
      return NULL;
    steps->step ((guint) place, steps->data);
  }
}

/* One thread works without starting another. A thread that cannot be started leaves its share to the others. */
static void
work_in_threads (Work *steps, guint threads)
{
  guint wanted = threads > 0 ? threads : g_get_num_processors ();
  wanted = CLAMP (wanted, 1, MAX (steps->length, 1));
  g_autoptr (GPtrArray) workers = g_ptr_array_new ();
  for (guint i = 1; i < wanted; i++) {
    GThread *thread = g_thread_try_new ("documents", work, steps, NULL);
    if (thread != NULL)
      g_ptr_array_add (workers, thread);
  }
  work (steps);
  for (guint i = 0; i < workers->len; i++)
    g_thread_join (g_ptr_array_index (workers, i));
}

typedef struct {
  const CdSnapshot *snapshot;
  const CdCorpusOptions *options;
  CdDocument **documents; /* by entry index */
  guint *order;
} Reading;

static gsize
limit_of (const CdEntry *entry, const CdDocumentOptions *options)
{
  const char *why = NULL;
  if (entry->kind == CD_ENTRY_SYMLINK)
    return LINK_BYTES;
  if (cd_document_is_opaque (entry->path, &why))
    return PROBE_BYTES;
  if (cd_document_classify (entry->path, NULL, 0, NULL) != CD_DOCUMENT_PDF)
    return CD_LIMIT_BLOB_BYTES;
  return options->keep_pdf ? CD_LIMIT_PDF_BYTES : PROBE_BYTES;
}

/* A forged tree may name a path twice; one document would then stand at two places, and two threads work on it. */
static gboolean
is_alone (const CdSnapshot *snapshot, guint index)
{
  const char *path = cd_snapshot_entry (snapshot, index)->path;
  return (index == 0 || !g_str_equal (path, cd_snapshot_entry (snapshot, index - 1)->path))
         && (index + 1 >= cd_snapshot_length (snapshot) || !g_str_equal (path, cd_snapshot_entry (snapshot, index + 1)->path));
}

/* The entry's document, where the other commit has it; NULL where not. A link and a file may have the same blob. */
static CdDocument *
known_document (const Reading *reading, guint index)
{
  const CdEntry *entry = cd_snapshot_entry (reading->snapshot, index);
  const CdCorpus *known = is_alone (reading->snapshot, index) ? reading->options->known : NULL;
  CdDocument *document = known != NULL ? g_hash_table_lookup (known->by_path, entry->path) : NULL;
  if (document == NULL || memcmp (&document->oid, &entry->oid, sizeof entry->oid) != 0)
    return NULL;
  gboolean link = g_str_equal (document->language, "symlink"), submodule = g_str_equal (document->language, "submodule");
  return link == (entry->kind == CD_ENTRY_SYMLINK) && submodule == (entry->kind == CD_ENTRY_SUBMODULE) ? document : NULL;
}

static void
read_one (guint place, gpointer data)
{
  Reading *reading = data;
  guint index = reading->order[place];
  const CdEntry *entry = cd_snapshot_entry (reading->snapshot, index);
  CdDocument *known = known_document (reading, index);
  if (known != NULL) {
    reading->documents[index] = cd_document_ref (known);
    return;
  }
  const CdCorpusOptions *options = reading->options;
  CdDocument *recalled = options->recall != NULL ? options->recall (entry, options->recall_data) : NULL;
  if (recalled != NULL) {
    reading->documents[index] = recalled;
    return;
  }
  g_auto (CdBlob) blob = { .size = -1 };
  if (entry->kind != CD_ENTRY_SUBMODULE)
    cd_snapshot_read (reading->snapshot, entry, limit_of (entry, &reading->options->document), &blob);
  reading->documents[index] = cd_document_parse (entry, &blob, &reading->options->document);
}

/* 0 for what takes longest (a process is started for each PDF), 1 for what is usually large, 2 for the rest. */
static guint
slowness (const CdEntry *entry)
{
  static const char *const large[] = { ".ipynb", ".json", ".jsonl", ".csv", ".tsv", ".log" };
  if (g_str_has_suffix (entry->path, ".pdf"))
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (large); i++)
    if (g_str_has_suffix (entry->path, large[i]))
      return 1;
  return 2;
}

static guint *
order_entries (const CdSnapshot *snapshot, guint length)
{
  guint *order = g_new (guint, length + 1);
  guint filled = 0;
  for (guint class = 0; class < 3; class ++)
    for (guint i = 0; i < length; i++)
      if (slowness (cd_snapshot_entry (snapshot, i)) == class)
        order[filled++] = i;
  return order;
}

CdNotExamined *
cd_not_examined_new (const char *path, const char *why)
{
  CdNotExamined *row = g_new0 (CdNotExamined, 1);
  row->path = g_strdup (path);
  row->why = g_strdup (why);
  return row;
}

void
cd_not_examined_free (gpointer data)
{
  CdNotExamined *row = data;
  g_free (row->path);
  g_free (row->why);
  g_free (row);
}

static int
compare_not_examined (gconstpointer a, gconstpointer b)
{
  const CdNotExamined *left = *(const CdNotExamined *const *) a, *right = *(const CdNotExamined *const *) b;
  int order = strcmp (left->path, right->path);
  return order != 0 ? order : strcmp (left->why, right->why);
}

static void
add_not_examined (CdCorpus *corpus, const char *path, const char *why)
{
  g_ptr_array_add (corpus->not_examined, cd_not_examined_new (path, why));
}

static void
document_free (gpointer document)
{
  cd_document_free (document);
}

CdCorpus *
cd_corpus_read (const CdSnapshot *snapshot, const CdCorpusOptions *options)
{
  CdCorpus *corpus = g_new0 (CdCorpus, 1);
  guint length = cd_snapshot_length (snapshot);
  corpus->documents = g_ptr_array_new_full (length, document_free);
  corpus->not_examined = g_ptr_array_new_with_free_func (cd_not_examined_free);
  corpus->by_path = g_hash_table_new (g_str_hash, g_str_equal);

  g_autofree CdDocument **documents = g_new0 (CdDocument *, length + 1);
  g_autofree guint *order = order_entries (snapshot, length);
  Reading reading = { .snapshot = snapshot, .options = options, .documents = documents, .order = order };
  Work steps = { .step = read_one, .data = &reading, .length = length };
  work_in_threads (&steps, options->threads);

  for (guint i = 0; i < length; i++) {
    CdDocument *document = documents[i];
    g_ptr_array_add (corpus->documents, document);
    g_hash_table_insert (corpus->by_path, document->path, document);
    if (document->unread != NULL)
      add_not_examined (corpus, document->path, document->unread);
  }
  const GArray *unread = cd_snapshot_unread (snapshot);
  for (guint i = 0; unread != NULL && i < unread->len; i++) {
    const CdUnread *row = &g_array_index (unread, CdUnread, i);
    add_not_examined (corpus, row->path, row->why);
  }
  g_ptr_array_sort (corpus->not_examined, compare_not_examined);
  return corpus;
}

typedef struct {
  CdCorpus *corpus;
  CdDocumentVisit visit;
  gpointer data;
  guint *order;
} Visiting;

static void
visit_one (guint place, gpointer data)
{
  Visiting *visiting = data;
  guint index = visiting->order[place];
  visiting->visit (g_ptr_array_index (visiting->corpus->documents, index), index, visiting->data);
}

static int
compare_lengths (gconstpointer a, gconstpointer b, gpointer data)
{
  const GPtrArray *documents = data;
  guint left = *(const guint *) a, right = *(const guint *) b;
  gsize left_length = ((const CdDocument *) g_ptr_array_index (documents, left))->length;
  gsize right_length = ((const CdDocument *) g_ptr_array_index (documents, right))->length;
  return left_length != right_length ? (left_length < right_length ? 1 : -1) : (left > right) - (left < right);
}

/* The longest first: one of them taken last would leave the other threads idle. */
static guint *
order_documents (const CdCorpus *corpus)
{
  GPtrArray *documents = corpus->documents;
  guint *order = g_new (guint, documents->len + 1);
  for (guint i = 0; i < documents->len; i++)
    order[i] = i;
  g_qsort_with_data (order, (gint) documents->len, sizeof *order, compare_lengths, documents);
  return order;
}

void
cd_corpus_visit (CdCorpus *corpus, guint threads, CdDocumentVisit visit, gpointer data)
{
  g_autofree guint *order = order_documents (corpus);
  Visiting visiting = { .corpus = corpus, .visit = visit, .data = data, .order = order };
  Work steps = { .step = visit_one, .data = &visiting, .length = corpus->documents->len };
  work_in_threads (&steps, threads);
}

void
cd_corpus_free (CdCorpus *corpus)
{
  if (corpus == NULL)
    return;
  g_hash_table_unref (corpus->by_path);
  g_ptr_array_unref (corpus->documents);
  g_ptr_array_unref (corpus->not_examined);
  g_free (corpus);
}

const CdDocument *
cd_corpus_find (const CdCorpus *corpus, const char *path)
{
  return g_hash_table_lookup (corpus->by_path, path);
}
