/* Brings the two sides together: evaluation problems into the index, training records looked up, file by file, so that no more than one file is held. Which files
 * are which is data-files.c's finding, what counts as the same problem is overlap.c's. */
#include "metrics/contamination.h"
#include "base/limits.h"
#include "documents/records.h"
#include "metrics/evaluation-folder.h"
#include "metrics/overlap.h"
#include <string.h>

#define FILE_BYTES (128u * 1024u * 1024u)        /* forges take no file over 100 MB */
#define ALL_BYTES (G_GUINT64_CONSTANT (1) << 30) /* of all files together */
#define SETS_MOST 100u
#define PLACES_MOST 16u
#define SET_LEAST 10u /* problems from which on a set may be found as a whole */
#define SET_SHARE 0.9

typedef struct {
  CdContamination *found;
  const CdSnapshot *snapshot;
  const CdCorpus *corpus;
  CdEvaluationFolder *folder; /* NULL none */
  CdOverlap *overlap;
  guint64 bytes; /* read so far */
  /* Of the file that is read: */
  guint file;
  gboolean full;    /* the index takes no more */
  GHashTable *held; /* problems + 1 that the training file holds */
  guint *indexed;   /* problems in the index, by evaluation file */
} Comparison;

static void
file_free (gpointer data)
{
  g_free (((CdContaminationFile *) data)->path);
  g_free (data);
}

void
cd_contamination_free (CdContamination *contamination)
{
  if (contamination == NULL)
    return;
  GPtrArray *lists[] = { contamination->training, contamination->evaluation, contamination->not_examined };
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_ptr_array_unref (lists[i]);
  GArray *arrays[] = { contamination->items, contamination->sets, contamination->both, contamination->unassigned, contamination->stated };
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_array_unref (arrays[i]);
  g_free (contamination);
}

static CdContamination *
contamination_new (void)
{
  CdContamination *made = g_new0 (CdContamination, 1);
  made->training = g_ptr_array_new_with_free_func (file_free);
  made->evaluation = g_ptr_array_new_with_free_func (file_free);
  made->not_examined = g_ptr_array_new_with_free_func (cd_not_examined_free);
  made->items = g_array_new (FALSE, FALSE, sizeof (CdContaminationItem));
  made->sets = g_array_new (FALSE, FALSE, sizeof (CdContaminationSet));
  made->both = g_array_new (FALSE, FALSE, sizeof (CdDataFile));
  made->unassigned = g_array_new (FALSE, FALSE, sizeof (guint));
  made->stated = g_array_new (FALSE, FALSE, sizeof (CdPlace));
  return made;
}

static void
add_not_examined (CdContamination *found, const char *path, const char *why)
{
  g_ptr_array_add (found->not_examined, cd_not_examined_new (path, why));
}

static void
add_file (GPtrArray *list, const char *path, guint document, gint64 items)
{
  CdContaminationFile *file = g_new0 (CdContaminationFile, 1);
  *file = (CdContaminationFile){ g_strdup (path), document, items };
  g_ptr_array_add (list, file);
}

static gboolean
is_readable (const CdDocument *document)
{
  static const char *const languages[] = { "json", "jsonl", "csv", "tsv", NULL };
  gboolean large = g_strcmp0 (document->unread, cd_blob_state_text (CD_BLOB_TOO_LARGE)) == 0;
  return (document->unread == NULL || large) && g_strv_contains (languages, document->language);
}

/* The tree's files on their sides. */
static void
take_sides (Comparison *comparison, const GArray *files)
{
  CdContamination *found = comparison->found;
  for (guint i = 0; i < files->len; i++) {
    const CdDataFile *file = &g_array_index (files, CdDataFile, i);
    const CdDocument *document = comparison->corpus->documents->pdata[file->document];
    gint64 rows = document->data != NULL ? document->data->rows : 0;
    if (file->sides == 0)
      g_array_append_val (found->unassigned, file->document);
    else if (!is_readable (document))
      add_not_examined (found, document->path, document->unread != NULL ? document->unread : "no records that are known");
    else {
      if ((file->sides & CD_SIDE_TRAINING) != 0)
        add_file (found->training, document->path, file->document, rows);
      if ((file->sides & CD_SIDE_EVALUATION) != 0)
        add_file (found->evaluation, document->path, file->document, rows);
      if (file->sides == (CD_SIDE_TRAINING | CD_SIDE_EVALUATION))
        g_array_append_val (found->both, *file);
    }
  }
}

/* All data of the user's folder is evaluation data, but for what calls itself training data. */
static void
take_folder (Comparison *comparison, const CdBenchmarks *benchmarks)
{
  const GPtrArray *files = cd_evaluation_folder_files (comparison->folder);
  for (guint i = 0; i < files->len; i++) {
    const CdFolderFile *file = files->pdata[i];
    const char *base = strrchr (file->path, '/');
    gboolean training = cd_data_files_named (base != NULL ? base + 1 : file->path, -1, benchmarks) == CD_SIDE_TRAINING;
    if (file->why != NULL || training)
      add_not_examined (comparison->found, file->path, file->why != NULL ? file->why : "a training split by its name");
    else
      add_file (comparison->found->evaluation, file->path, G_MAXUINT, 0);
  }
}

static const CdFolderFile *
find_folder_file (const CdEvaluationFolder *folder, const char *path)
{
  const GPtrArray *files = cd_evaluation_folder_files (folder);
  for (guint i = 0; i < files->len; i++)
    if (strcmp (((const CdFolderFile *) files->pdata[i])->path, path) == 0)
      return files->pdata[i];
  return NULL;
}

/* The bytes of a file of the tree that the corpus did not keep, or of the folder. */
static GBytes *
read_bytes (const Comparison *comparison, const CdContaminationFile *file, const char **why)
{
  if (file->document == G_MAXUINT)
    return cd_evaluation_folder_read (comparison->folder, find_folder_file (comparison->folder, file->path), FILE_BYTES, why);
  g_auto (CdBlob) blob = { 0 };
  cd_snapshot_read (comparison->snapshot, cd_snapshot_find (comparison->snapshot, file->path), FILE_BYTES, &blob);
  *why = blob.state == CD_BLOB_READ ? NULL : cd_blob_state_text (blob.state);
  return g_steal_pointer (&blob.bytes);
}

/* Visits a file's records. FALSE where it could not be read, which is noted. */
static gboolean
visit_file (Comparison *comparison, CdContaminationFile *file, CdRecordVisit visit)
{
  const CdDocument *document = file->document != G_MAXUINT ? comparison->corpus->documents->pdata[file->document] : NULL;
  gboolean kept = document != NULL && document->unread == NULL;
  const char *why = "more data than is compared", *language = "";
  g_autoptr (GBytes) bytes = kept || comparison->bytes > ALL_BYTES ? NULL : read_bytes (comparison, file, &why);
  gsize length = kept ? document->length : 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : kept ? document->text : NULL;
  file->items = 0;
  if (text == NULL && bytes == NULL) {
    add_not_examined (comparison->found, file->path, why);
    return FALSE;
  }
  comparison->bytes += length;
  if (document == NULL)
    cd_document_classify (file->path, NULL, 0, &language);
  gsize mark = length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  file->items = length > 0 ? cd_records_visit (text + mark, length - mark, document != NULL ? document->language : language, visit, comparison) : 0;
  return TRUE;
}

static gboolean
index_record (const CdRecord *record, gpointer data)
{
  Comparison *comparison = data;
  comparison->full = !cd_overlap_add (comparison->overlap, record->text, record->length, comparison->file, record->line);
  return !comparison->full;
}

static void
index_evaluation (Comparison *comparison)
{
  const GPtrArray *files = comparison->found->evaluation;
  for (comparison->file = 0; comparison->file < files->len; comparison->file++) {
    CdContaminationFile *file = files->pdata[comparison->file];
    visit_file (comparison, file, index_record);
    if (comparison->full)
      add_not_examined (comparison->found, file->path, "more evaluation text than is compared: its rest");
    comparison->full = FALSE;
  }
  cd_overlap_seal (comparison->overlap);
}

/* The first place of a problem outside the training file itself; NULL none. */
static const CdOverlapItem *
place_outside (const Comparison *comparison, guint problem, guint document)
{
  const GArray *items = cd_overlap_items (comparison->overlap, problem);
  for (guint i = 0; i < items->len; i++) {
    const CdOverlapItem *item = &g_array_index (items, CdOverlapItem, i);
    if (((const CdContaminationFile *) comparison->found->evaluation->pdata[item->file])->document != document)
      return item;
  }
  return NULL;
}

static gboolean
compare_record (const CdRecord *record, gpointer data)
{
  Comparison *comparison = data;
  CdContamination *found = comparison->found;
  const CdContaminationFile *file = found->training->pdata[comparison->file];
  const GArray *matches = cd_overlap_find (comparison->overlap, record->text, record->length);
  guint before = found->total;
  for (guint i = 0; i < matches->len; i++) {
    const CdOverlapMatch *match = &g_array_index (matches, CdOverlapMatch, i);
    const CdOverlapItem *item = place_outside (comparison, match->problem, file->document);
    if (item == NULL)
      continue;
    CdContaminationItem row = { comparison->file, item->file, record->line, item->line, match->shared, match->of, match->exact };
    if (found->items->len < CD_CONTAMINATION_LISTED)
      g_array_append_val (found->items, row);
    found->total++;
    g_hash_table_add (comparison->held, GUINT_TO_POINTER (match->problem + 1));
  }
  found->held += found->total > before ? 1 : 0;
  return TRUE;
}

static gboolean
is_same_blob (const Comparison *comparison, const CdContaminationFile *a, const CdContaminationFile *b)
{
  if (a->document == G_MAXUINT || b->document == G_MAXUINT || a->document == b->document)
    return FALSE;
  const CdDocument *one = comparison->corpus->documents->pdata[a->document], *other = comparison->corpus->documents->pdata[b->document];
  return memcmp (&one->oid, &other->oid, sizeof one->oid) == 0;
}

static void
count_items (const Comparison *comparison, guint problem, guint *counts)
{
  const GArray *items = cd_overlap_items (comparison->overlap, problem);
  for (guint i = 0; i < items->len; i++)
    counts[g_array_index (items, CdOverlapItem, i).file]++;
}

/* Evaluation sets that the training file of this moment holds as a whole. */
static void
find_sets (Comparison *comparison)
{
  CdContamination *found = comparison->found;
  const CdContaminationFile *training = found->training->pdata[comparison->file];
  g_autofree guint *counts = g_new0 (guint, found->evaluation->len + 1);
  GHashTableIter iter;
  gpointer problem;
  g_hash_table_iter_init (&iter, comparison->held);
  while (g_hash_table_iter_next (&iter, &problem, NULL))
    count_items (comparison, GPOINTER_TO_UINT (problem) - 1, counts);
  for (guint i = 0; i < found->evaluation->len && found->sets->len < SETS_MOST; i++) {
    const CdContaminationFile *evaluation = found->evaluation->pdata[i];
    guint of = comparison->indexed[i];
    gboolean same = is_same_blob (comparison, training, evaluation);
    gboolean whole = evaluation->document != training->document && of >= SET_LEAST && counts[i] >= SET_SHARE * of;
    CdContaminationSet set = { comparison->file, i, counts[i], of, same };
    if (same || whole)
      g_array_append_val (found->sets, set);
  }
}

static void
compare_training (Comparison *comparison)
{
  CdContamination *found = comparison->found;
  g_autoptr (GHashTable) held = g_hash_table_new (NULL, NULL);
  g_autofree guint *indexed = g_new0 (guint, found->evaluation->len + 1);
  for (guint problem = 0; problem < cd_overlap_length (comparison->overlap); problem++)
    count_items (comparison, problem, indexed);
  comparison->held = held;
  comparison->indexed = indexed;
  for (comparison->file = 0; comparison->file < found->training->len; comparison->file++) {
    g_hash_table_remove_all (held);
    CdContaminationFile *file = found->training->pdata[comparison->file];
    found->compared |= visit_file (comparison, file, compare_record) && file->items > 0 && cd_overlap_length (comparison->overlap) > 0;
    find_sets (comparison);
  }
}

/* Passages of the work's own documents and scripts that call the data decontaminated. */
static void
find_statements (CdContamination *found, const CdSignals *signals, GPtrArray *hits)
{
  const gint ids[] = { cd_signals_find (signals, "data.decontaminated"), cd_signals_find (signals, "data.no-overlap") };
  for (guint d = 0; d < hits->len; d++) {
    const GArray *of_document = hits->pdata[d];
    guint32 last = 0;
    for (guint i = 0; i < of_document->len && found->stated->len < PLACES_MOST; i++) {
      const CdHit *hit = &g_array_index (of_document, CdHit, i);
      if (((gint) hit->signal != ids[0] && (gint) hit->signal != ids[1]) || hit->line == last)
        continue;
      CdPlace place = { d, hit->line, hit->line };
      last = hit->line;
      g_array_append_val (found->stated, place);
    }
  }
}

CdContamination *
cd_contamination_gather (const CdSnapshot *snapshot, const CdCorpus *corpus, const CdScope *scope, const CdWork *work, const CdBenchmarks *benchmarks,
                         const CdSignals *signals, GPtrArray *hits, const char *location, GError **error)
{
  g_autoptr (CdEvaluationFolder) folder = location != NULL ? cd_evaluation_folder_open (location, error) : NULL;
  if (location != NULL && folder == NULL)
    return NULL;
  CdContamination *found = contamination_new ();
  g_autoptr (GArray) files = cd_data_files_gather (corpus, scope, work, benchmarks);
  Comparison comparison = { .found = found, .snapshot = snapshot, .corpus = corpus, .folder = folder };
  take_sides (&comparison, files);
  if (folder != NULL)
    take_folder (&comparison, benchmarks);
  find_statements (found, signals, hits);
  if (found->training->len == 0 || found->evaluation->len == 0)
    return found;
  g_autoptr (CdOverlap) overlap = cd_overlap_new ();
  comparison.overlap = overlap;
  index_evaluation (&comparison);
  compare_training (&comparison);
  return found;
}
