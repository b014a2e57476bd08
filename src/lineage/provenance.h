/* Where a work's training and evaluation datasets come from: can they be found, at which revision, under which licence, does that fit what the work releases, are they
 * to be had, and is there as much of them as the work says. Facts with places for reports; nothing is fetched. */
#pragma once
#include "lineage/knowledge.h"
#include "lineage/licenses.h"
#include "manifest/manifest.h"
#include "work/work.h"

/* An answer that may not be known. */
typedef enum { CD_FACT_UNKNOWN, CD_FACT_NO, CD_FACT_YES } CdFact;

typedef struct {
  char *name;          /* hub id, or as the manifest calls it */
  char *where;         /* URL or path, NULL unknown */
  gboolean evaluation; /* else training */
  gboolean located;    /* a link, a hub id, or a path that the tree has */
  gboolean pinned;
  char *revision;       /* commit, tag or digest; NULL none */
  char *license;        /* SPDX id in lower case, or as written; NULL not told */
  char *license_source; /* "path:line" in the tree, or the URL that the knowledge names; NULL without licence */
  CdTermsSort terms;
  CdFact compatible;        /* NO: the licence restricts what the release permits; UNKNOWN: not told, not decided, or nothing released */
  CdFact available;         /* NO: only promised, or on request */
  gint64 stated_size, rows; /* -1 none */
  CdFact size_agrees;
  GArray *places; /* CdPlace, best first */
} CdDatasetFacts;

/* CdDatasetFacts*: the work's datasets in their order, then those that only the manifest declares. manifest may be NULL. Caller unrefs. */
GPtrArray *cd_provenance_gather (const CdCorpus *corpus, const CdSnapshot *snapshot, const CdWork *work, const CdManifest *manifest,
                                 const CdKnowledge *knowledge, const CdLicenses *licenses, const CdSignals *signals, GPtrArray *hits);
