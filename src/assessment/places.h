/* Where the evidence of an answer stands in the audited tree. For assessment/ only. */
#pragma once
#include "assessment/assessment.h"

typedef struct {
  const CdCorpus *corpus;
  const char *commit;  /* of the audited tree */
  GHashTable *by_blob; /* CdOid* of a document, borrowed → its index + 1, the first in the tree's order; NULL until it is asked for */
} CdPlaces;
void cd_places_clear (CdPlaces *places);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CdPlaces, cd_places_clear)

/* The document that a citation means at the audited commit: at its path with its blob, else the first with its blob; G_MAXUINT where there is none.
 * exact: the citation was made at this commit, so that a path without a blob means the document there. */
guint cd_places_find (CdPlaces *places, const CdCitation *citation, gboolean exact);
/* How a response of an assessment made at commit stands here. */
CdCarried cd_places_carry (CdPlaces *places, const char *commit, const CdResponse *response);
