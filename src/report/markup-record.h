/* Pieces of GitHub Markdown about a record. */
#pragma once
#include "record/record.h"

/* A place as a code span ("path:3-5"), linked to the commit's file where the record's remote is on a known forge; "the whole tree" for a place without a
 * path. */
void cd_markup_record_place (GString *out, const CdRecord *record, const CdRecordPlace *place);
/* The first of several places, most of them; a dash where there is none. */
void cd_markup_record_places (GString *out, const CdRecord *record, const GArray *places, guint most);
