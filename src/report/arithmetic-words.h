/* What reports and pages say of figures that no single run gives. That is no fault, averages over runs are good practice: the words say so. For report/ and
 * page/. */
#pragma once
#include <glib.h>

/* "44.6 and 2 more figures on the 30 problems of AIME 2024 are not single-run figures, …". value: as printed; n: 0 for a benchmark of several sets; others: figures on the same benchmark of
 * which the same is said; fewest: samples that would yield the value, 0 not known. Caller frees. */
char *cd_report_several_runs (const char *value, guint others, double n, const char *benchmark, guint fewest);
/* "… is impossible as stated: …". samples: stated, at least 1. Caller frees. */
char *cd_report_impossible (const char *value, double n, const char *benchmark, guint samples);
