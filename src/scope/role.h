/* The part that a document plays in its repository: what probe files call `documents`. */
#pragma once
#include "documents/document.h"

typedef enum {
  CD_ROLE_OTHER,
  CD_ROLE_README, /* README* at the root or of a top-level folder */
  CD_ROLE_DOC,    /* other prose: Markdown, RST, text, HTML */
  CD_ROLE_CARD,   /* model and dataset cards */
  CD_ROLE_PAPER,  /* PDF and TeX */
  CD_ROLE_SCRIPT, /* shell scripts, Makefiles */
  CD_ROLE_CONFIG, /* YAML, JSON, TOML, INI */
  CD_ROLE_CODE,
  CD_ROLE_NOTEBOOK,
  CD_ROLE_DATA,
  CD_ROLE_DEPENDENCIES,
  CD_ROLE_LICENSE,
  CD_ROLE_CITATION, /* CITATION.cff, codemeta.json */
  CD_ROLE_BIBTEX,
  CD_ROLES
} CdRole;

CdRole cd_role_of (const CdDocument *document);
const char *cd_role_name (CdRole role); /* "readme", "doc" … static */
/* The role called name, or CD_ROLES. */
CdRole cd_role_parse (const char *name);
