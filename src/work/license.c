/* Known licences told by a phrase of their text; source: the SPDX licence list's texts (https://spdx.org/licenses). */
#include "work/license.h"
#include <string.h>

static const struct {
  const char *phrase;
  const char *spdx;
} phrases[] = {
  { "Apache License", "Apache-2.0" },
  { "MIT License", "MIT" },
  { "Permission is hereby granted, free of charge", "MIT" },
  { "GNU AFFERO GENERAL PUBLIC LICENSE", "AGPL-3.0" },
  { "GNU LESSER GENERAL PUBLIC LICENSE", "LGPL-3.0" },
  { "GNU GENERAL PUBLIC LICENSE", "GPL-3.0" },
  { "Attribution-NonCommercial-ShareAlike 4.0", "CC-BY-NC-SA-4.0" },
  { "Attribution-NonCommercial 4.0", "CC-BY-NC-4.0" },
  { "Attribution-ShareAlike 4.0", "CC-BY-SA-4.0" },
  { "Attribution 4.0 International", "CC-BY-4.0" },
  { "Mozilla Public License", "MPL-2.0" },
  { "Neither the name of", "BSD-3-Clause" },
  { "Redistribution and use in source and binary forms", "BSD-2-Clause" },
  { "CC0 1.0", "CC0-1.0" },
};

const char *
cd_license_of (const CdCorpus *corpus)
{
  static const char *const names[] = { "LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE", "COPYING", "License", "license", "LICENSE-CODE" };
  for (guint n = 0; n < G_N_ELEMENTS (names); n++) {
    const CdDocument *document = cd_corpus_find (corpus, names[n]);
    if (document == NULL || document->length == 0)
      continue;
    for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
      if (g_strstr_len (document->text, (gssize) document->length, phrases[i].phrase) != NULL)
        return phrases[i].spdx;
    return "LicenseRef-unknown";
  }
  return NULL;
}
