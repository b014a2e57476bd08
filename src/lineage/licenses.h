/* Licences by the names that documents, cards and hubs give them, and the sort of terms that their texts set (rubrics/knowledge/licenses.yaml). Whether a work keeps
 * to them is not decided here. */
#pragma once
#include "base/data.h"

typedef enum {
  CD_TERMS_UNKNOWN,
  CD_TERMS_PERMISSIVE,
  CD_TERMS_SHARE_ALIKE,
  CD_TERMS_NON_COMMERCIAL,
  CD_TERMS_NO_DERIVATIVES,
  CD_TERMS_CONDITIONS, /* a text of its own */
  CD_TERMS_SORTS
} CdTermsSort;
const char *cd_terms_name (CdTermsSort terms); /* "permissive" …; NULL for unknown */

typedef struct {
  char *id, *name, *source;
  CdTermsSort terms;
} CdLicense;

typedef struct _CdLicenses CdLicenses;
/* CD_ERROR_INPUT with file:line:column for a malformed entry or a name that two entries share. */
CdLicenses *cd_licenses_load (const CdData *data, GError **error);
void cd_licenses_free (CdLicenses *licenses);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdLicenses, cd_licenses_free)
/* The licence that is called so, whole; NULL for none. Borrowed. */
const CdLicense *cd_licenses_find (const CdLicenses *licenses, const char *name);
/* The licence that a line of text names: the longest name in it. "MIT" alone is no licence's name in running text. NULL for none. Borrowed. */
const CdLicense *cd_licenses_in_text (const CdLicenses *licenses, const char *text);
