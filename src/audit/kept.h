/* What reading and scanning single blobs gave, taken over from earlier audits of whatever repository, so that forks and later commits cost only what changed
 * in them. Where it is kept is the caller's; what comes back is believed only as far as it fits. An audit says the same with it and without. */
#pragma once
#include "documents/corpus.h"
#include "signals/signals.h"

typedef struct {
  const char *rules; /* digest of all that a result follows from besides the blob and its path: program, signals, knowledge */
  /* The value that was kept under a key, or NULL; the audit unrefs it. Never called by two threads at once. */
  GBytes *(*take) (const char *key, gpointer data);
  /* New values (GBytes*) under their keys (char*): once for every commit that an audit reads, where there are any. Both are the audit's. */
  void (*keep) (GPtrArray *keys, GPtrArray *values, gpointer data);
  gpointer data;
} CdBlobCache;

/* One corpus's share of what is kept. */
typedef struct _CdKeeping CdKeeping;
/* cache is borrowed; NULL gives NULL, which the functions below take for a keeping without anything in it. */
CdKeeping *cd_keeping_new (const CdBlobCache *cache);
void cd_keeping_free (CdKeeping *keeping);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdKeeping, cd_keeping_free)
/* An entry's document as it was kept, marks of its scan included; NULL where it was not. Thread-safe. Caller frees. A CdCorpusRecall; data: the keeping. */
CdDocument *cd_keeping_recall (const CdEntry *entry, gpointer data);
/* TRUE where a document came out of cd_keeping_recall. Thread-safe, as is the next. */
gboolean cd_keeping_knows (const CdKeeping *keeping, const CdDocument *document);
/* The hits that were kept with it, or NULL where they are damaged. Caller unrefs. */
GArray *cd_keeping_hits (const CdKeeping *keeping, const CdSignals *signals, const CdDocument *document);
/* Hands to the caller's keep what was scanned anew (by document) and is worth it. */
void cd_keeping_end (const CdKeeping *keeping, const CdCorpus *corpus, const GPtrArray *hits, const gboolean *scanned);
