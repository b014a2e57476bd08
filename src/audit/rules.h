/* Everything that audits take from the rule files, loaded once for any number of them, one after another or at once. Immutable and thread-safe. */
#pragma once
#include "lineage/licenses.h"
#include "lineage/lineage.h"
#include "rubric/rubric.h"

typedef struct {
  const CdData *data; /* borrowed: outlives the rules */
  CdSignals *signals;
  CdProbes *probes;
  CdRubric *rubric;
  CdLineageRules *lineage;
  CdLicenses *licenses;
} CdRules;

/* rubric: a name or file, NULL: "tti". cache: for signals that the build did not compile, NULL: none. NULL with CD_ERROR_INPUT and its place where a
 * file is malformed, with CD_ERROR_USAGE where there is no such rubric. */
CdRules *cd_rules_load (const CdData *data, const char *rubric, const char *cache, GError **error);
void cd_rules_free (CdRules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdRules, cd_rules_free)
