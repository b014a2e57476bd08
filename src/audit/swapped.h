/* One dataset for another in a configuration that trains. For audit/ only. */
#pragma once
#include "audit/audit.h"

typedef struct {
  char *gone, *come; /* hub ids */
  guint32 line;      /* of the one that is gone, in the former version */
} CdSwapped;

/* TRUE where a document of the audit sets values of a training run and names its dataset. */
gboolean cd_swapped_is_training (const CdAudit *audit, guint document);
/* Compares a former version of a document of today with it. TRUE where one dataset took the place of another that none of the work's files has any
 * more; the caller frees the ids. */
gboolean cd_swapped_find (const CdAudit *audit, guint today, const CdDocument *former, CdSwapped *swapped);
