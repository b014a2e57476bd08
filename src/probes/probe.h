/* A probe answers one factual question about a work with yes or no and evidence. Most are data (rubrics/probes/: signals, where, near what);
 * the others are functions registered in the table of probes/registry.c under the same ids. Rubrics see probes only. */
#pragma once
#include "base/data.h"
#include "documents/corpus.h"
#include "scope/scope.h"
#include "signals/signals.h"

typedef struct {
  guint document; /* index into corpus->documents; G_MAXUINT for a statement about the whole tree */
  guint32 line, end;
  const char *says; /* signal or fact id; static or owned by the rules */
  double weight;    /* how telling; orders evidence and candidates */
} CdEvidence;

typedef enum {
  CD_BASIS_ABSENT,
  CD_BASIS_INFERRED,
  CD_BASIS_NON_USE,
  CD_BASIS_DECLARED,
  CD_BASIS_VERIFIED,
  CD_BASIS_CONTRADICTED,
  CD_BASIS_ASSESSED,
  CD_BASIS_NOT_EXAMINED
} CdBasis;
const char *cd_basis_name (CdBasis basis); /* as in the audit contract */

typedef struct {
  gboolean yes;
  guint count;      /* pieces of evidence found, also past those kept */
  GArray *evidence; /* CdEvidence, best first, at most 16 */
  CdBasis basis;    /* what this answer rests on, where the probe found out; CD_BASIS_ABSENT: the probe's own basis */
} CdFinding;

typedef struct {
  char *id, *question, *why, *how, *fix;
  CdBasis basis; /* what a yes of it means for a criterion */
  char *file;
  guint line;
  char *says; /* a short noun phrase for what a yes found ("training hardware"); the id where the file gives none */
} CdProbeInfo;

/* Everything that is known about one work when its questions are asked. Borrowed pointers; manifest may be NULL. */
typedef struct _CdManifest CdManifest;
typedef struct _CdWork CdWork;
typedef struct {
  const CdSnapshot *snapshot;
  const CdHistory *history;
  const CdCorpus *corpus;
  const CdScope *scope;
  const CdSignals *signals;
  GPtrArray *hits; /* GArray* of CdHit for each document, by index; empty for files that are not the work's own */
  const CdManifest *manifest;
  const CdWork *work;               /* work/work.h: identity, artefacts, commands, configurations, stages */
  const struct _CdResults *results; /* metrics/results.h: results tables, sentences with figures, images */
} CdCase;

/* A probe in code: sets yes, count and evidence (cd_finding_add). `info` is its entry in rubrics/probes. */
typedef void (*CdProbeFunction) (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
typedef struct {
  const char *id;
  CdProbeFunction find;
} CdProbeRow;
/* The table of probes in code, ended by a row of NULLs. registry.c */
extern const CdProbeRow cd_probe_table[];

void cd_finding_clear (CdFinding *finding);
/* Record a place. Evidence is kept best first (weight, then document order, then line), at most 16; count counts all. */
void cd_finding_add (CdFinding *finding, guint document, guint line, guint end, const char *says, double weight);

/* What the instructions lead to is what was run; a tree holds side paths, former versions and a framework's defaults as well. A factor for the
 * weight of evidence, at most 1. */
double cd_reach_weight (const CdCase *the_case, guint document);

/* All probes: rubrics/probes/ read and checked (a probe in code without an entry, an unknown signal, an unknown built-in: CD_ERROR_INPUT with place). */
typedef struct _CdProbes CdProbes;
CdProbes *cd_probes_load (const CdData *data, const CdSignals *signals, GError **error);
void cd_probes_free (CdProbes *probes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdProbes, cd_probes_free)
guint cd_probes_length (const CdProbes *probes);
const CdProbeInfo *cd_probes_at (const CdProbes *probes, guint index);
gint cd_probes_find (const CdProbes *probes, const char *id);
/* Ask every probe; returns CdFinding by probe index. Caller frees with cd_findings_free. */
CdFinding *cd_probes_ask (const CdProbes *probes, const CdCase *the_case);
void cd_findings_free (CdFinding *findings, guint length);
