/* What is known of the field's public models and datasets (rubrics/knowledge/models.yaml, datasets.yaml, terms.yaml): who made them, when, from what, and
 * whose outputs taught them. Facts with a source each; which of them a work descends from is not decided here.
 * Ownership: a CdKnowledge owns everything it hands out. Entries are addressed by index; models stand before datasets, in the files' order. */
#pragma once
#include "base/data.h"

typedef enum { CD_KNOWN_MODEL, CD_KNOWN_DATASET, CD_KNOWN_KINDS } CdKnownKind;

typedef struct {
  CdKnownKind kind;
  char *id, *name, *source;
  char *maker;           /* model: who published it; dataset: NULL */
  char *released;        /* "2025-01-20", NULL unknown */
  char *license;         /* NULL unknown */
  char *size;            /* model: parameters ("7B"); dataset: items; NULL unknown */
  char *sort;            /* dataset: "questions", "long-thought" …; model: NULL */
  char *origin;          /* dataset made neither of models' outputs nor of datasets: "human", "procedural", "unknown"; else NULL */
  char **hub, **aliases; /* NULL-terminated, never NULL */
  GArray *from;          /* guint: the base model, or the datasets it was built from */
  GArray *teachers;      /* guint: models whose outputs make up what it was trained on or consists of; not those that only picked or graded */
  gboolean open;         /* model: weights can be had */
  gboolean reasoning;    /* model: trained to think at length */
  gboolean moving;       /* model: an alias whose snapshot changes */
  char *file;            /* where it is defined, as messages call it */
  guint line;
} CdKnown;

/* A clause of a provider's terms of use, or of a licence, that bears on training other models on outputs. */
typedef struct {
  char *provider, *licence, *clause, *since, *source; /* licence NULL: the terms of service; since NULL: not established */
} CdTerm;

typedef struct _CdKnowledge CdKnowledge;
/* CD_ERROR_INPUT with file:line:column for a malformed entry, a name that two entries share, or a reference to no entry. */
CdKnowledge *cd_knowledge_load (const CdData *data, GError **error);
void cd_knowledge_free (CdKnowledge *knowledge);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdKnowledge, cd_knowledge_free)
guint cd_knowledge_length (const CdKnowledge *knowledge);
const CdKnown *cd_knowledge_at (const CdKnowledge *knowledge, guint index);
/* The entry of a kind that is called so: by id, name, alias or hub id, whole; case, blanks and underscores do not matter. -1 for none. */
gint cd_knowledge_find (const CdKnowledge *knowledge, CdKnownKind kind, const char *name);
/* The terms of a model's maker, CdTerm*, in the file's order; empty for none. Caller unrefs; members are borrowed. */
GPtrArray *cd_knowledge_terms (const CdKnowledge *knowledge, const char *provider);

/* One step up an entry's descent. */
typedef struct {
  guint index;
  guint depth;     /* 1: named by the entry itself */
  gboolean taught; /* as a teacher; else as base or source */
} CdAncestor;
/* Everything an entry descends from, nearest branch first; what is reached twice is listed at its first place only. Caller unrefs. */
GArray *cd_knowledge_ancestry (const CdKnowledge *knowledge, guint index);
