/* Which of the work's own documents may hold outputs, told by kind, path, first bytes and fields, or by the manifest that names them. For outputs.c. */
#pragma once
#include "manifest/manifest.h"
#include "scope/scope.h"
#include "metrics/benchmarks.h"

typedef struct {
  guint document;
  gboolean log, predictions;
  gboolean referenced;          /* predictions that carry their references, or verdicts */
  const CdYamlNode *evaluation; /* the manifest's that names the file as its results or predictions; NULL none */
} CdOutputCandidate;

/* CdOutputCandidate in document order; a file that is another's copy is left out. Caller unrefs. */
GArray *cd_output_candidates (const CdCorpus *corpus, const CdScope *scope, const CdManifest *manifest, const CdBenchmarks *benchmarks);
/* TRUE for a file that was too large to be kept and is read again. */
gboolean cd_output_is_large (const CdDocument *document);
/* Own data files that hold problems of a benchmark with their answers: document indices (guint). Caller unrefs. */
GArray *cd_output_references (const CdCorpus *corpus, const CdScope *scope, const CdBenchmarks *benchmarks);
/* Paths of results and predictions that the manifest names and the tree has not: char*. Caller unrefs. */
GPtrArray *cd_output_missing (const CdCorpus *corpus, const CdManifest *manifest);
