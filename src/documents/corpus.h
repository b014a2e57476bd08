/* Every document of a snapshot, parsed in parallel; order is the snapshot's path order whatever the thread count. */
#pragma once
#include "documents/document.h"

typedef struct {
  char *path;
  char *why;
} CdNotExamined;
/* Both texts are copied. Freed by cd_not_examined_free, which lists take as it is. */
CdNotExamined *cd_not_examined_new (const char *path, const char *why);
void cd_not_examined_free (gpointer data);

typedef struct {
  GPtrArray *documents;    /* CdDocument*, one for each entry that is a file (missing ones included, with unread set) */
  GPtrArray *not_examined; /* CdNotExamined*, sorted by path */
  GHashTable *by_path;     /* const char* → CdDocument*, borrowed */
} CdCorpus;

/* An entry's document as it was kept somewhere, or NULL. Called in several threads at once. The corpus takes the reference. */
typedef CdDocument *(*CdCorpusRecall) (const CdEntry *entry, gpointer data);

typedef struct {
  CdDocumentOptions document;
  guint threads;         /* 0: one a processor */
  const CdCorpus *known; /* of another commit, read with the same options: its documents are shared where path and blob are the same; NULL none */
  CdCorpusRecall recall; /* asked for what is not known, before it is read and parsed; NULL none */
  gpointer recall_data;
} CdCorpusOptions;

CdCorpus *cd_corpus_read (const CdSnapshot *snapshot, const CdCorpusOptions *options);
/* Call visit once for each document, in several threads at once (threads as above). */
typedef void (*CdDocumentVisit) (CdDocument *document, guint index, gpointer data);
void cd_corpus_visit (CdCorpus *corpus, guint threads, CdDocumentVisit visit, gpointer data);
void cd_corpus_free (CdCorpus *corpus);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdCorpus, cd_corpus_free)
const CdDocument *cd_corpus_find (const CdCorpus *corpus, const char *path);
