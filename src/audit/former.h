/* Former versions of the work's files that can speak of its making: documents, code, configurations that were changed or deleted in its history, read
 * again. What the history holds from before the work began (a fork's README of old) and what is a public framework's is left out. For audit/ only. */
#pragma once
#include "audit/audit.h"

typedef enum { CD_FORMER_README, CD_FORMER_DOCUMENT, CD_FORMER_CODE, CD_FORMER_CONFIGURATION, CD_FORMER_CLASSES } CdFormerClass;

typedef struct {
  const CdPathVersion *version; /* borrowed from the audit's history */
  CdFormerClass class;
  CdDocument *document;
  GArray *statements; /* CdStatement; of prose */
  GArray *calls;      /* CdModelCall; of code */
} CdFormer;

typedef struct {
  GPtrArray *list; /* CdFormer*, by path, then newest first */
  guint left;      /* versions that bounds left unread */
} CdFormers;

/* audit: with its lineage; told: keys of models (cd_names_key) of which a document need not be asked. Nothing is read where the audited part has no README: then nothing tells when the work began. */
CdFormers *cd_formers_read (const CdData *data, CdAudit *audit, GHashTable *told, guint threads, GError **error);
void cd_formers_free (CdFormers *formers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdFormers, cd_formers_free)
