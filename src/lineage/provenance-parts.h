/* What the files of provenance share: the datasets' facts being gathered. For lineage/ only. */
#pragma once
#include "lineage/provenance.h"

typedef struct {
  const CdCorpus *corpus;
  const CdSnapshot *snapshot;
  const CdWork *work;
  const CdKnowledge *knowledge;
  const CdLicenses *licenses;
  const CdSignals *signals;
  GPtrArray *hits;
  gint size_signal;
  const CdLicense *release; /* of the work; NULL not known */
  gboolean releases;        /* own weights or data */
  guint manifest;           /* its document */
  GHashTable *by_key;       /* key of a file's or its folder's name → GArray of guint: cards, licences and data */
  GHashTable *lines;        /* &line_key → datasets mentioned there */
  GArray *revisions;        /* CdPlace of arguments called revision; end: index of the setting */
} CdProvenance;

/* Keep a revision, unless one is known or it is a branch that moves (main, master; NULL and "" are none). */
void cd_provenance_set_revision (CdDatasetFacts *facts, const char *revision);
/* Keep a licence as its source calls it, unless one is known. Takes source. */
void cd_provenance_set_license (const CdProvenance *gathering, CdDatasetFacts *facts, const char *name, char *source);

/* provenance-tree.c */
/* Fills by_key and revisions, once for all datasets. */
void cd_provenance_index_tree (CdProvenance *gathering);
/* What the tree has of a dataset under its name: card, licence, records. */
void cd_provenance_read_tree (const CdProvenance *gathering, CdDatasetFacts *facts);
/* The commit of the git submodule whose URL holds the dataset's id. */
void cd_provenance_read_submodules (const CdProvenance *gathering, CdDatasetFacts *facts);
/* The number of records of a document, where it holds some and none is known. */
void cd_provenance_read_rows (CdDatasetFacts *facts, const CdDocument *document);
