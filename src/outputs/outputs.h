/* What evaluations and runs left in the tree: all figures of its result logs and predictions. */
#pragma once
#include "manifest/manifest.h"
#include "outputs/figure.h"
#include "work/work.h"

typedef struct {
  GPtrArray *figures; /* CdFigure*, by document, then line, then task */
  GPtrArray *unread;  /* CdNotExamined*: outputs that are named or recognised and cannot be read */
} CdOutputs;

/* manifest may be NULL; its evaluations' `results`, `predictions` and `fields` are taken first. Reads the work's own documents only. threads: 0 one a processor. */
CdOutputs *cd_outputs_gather (const CdSnapshot *snapshot, const CdCorpus *corpus, const CdScope *scope, const CdManifest *manifest,
                              const CdBenchmarks *benchmarks, guint threads);
void cd_outputs_free (CdOutputs *outputs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdOutputs, cd_outputs_free)
