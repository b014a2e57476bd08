/* The index's published scores (rubrics/knowledge/tti-table.yaml), for a look beside an audit's own. */
#pragma once
#include "base/data.h"

/* Aligned text of at most 56 columns, its source below; the caller frees it. NULL with CD_ERROR_INPUT and the place of a fault. */
char *cd_paper_table (const CdData *data, GError **error);
