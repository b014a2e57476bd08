/* What a work's training starts from and reads, by name: base models and datasets that its training commands, configurations, cards and sentences give. */
#pragma once
#include "lineage/statements.h"
#include "work/work.h"

typedef struct {
  const char *name; /* as written; owned by the names */
  char *key;        /* cd_names_key of a model; NULL for a dataset */
  gint known;       /* index into knowledge, -1 none */
  gboolean base;    /* a model, else a dataset */
  guint document;
  guint32 line;
} CdStart;

/* CdStart*, in the order of documents and lines, statements last. Caller unrefs. */
GPtrArray *cd_starts_find (const CdNames *names, const CdCorpus *corpus, const CdScope *scope, const CdWork *work, const GArray *statements);
/* The first base model among them that is the one called name (dated snapshots and spellings aside); NULL none. */
const CdStart *cd_starts_base (const GPtrArray *starts, const char *name);
