/* The parts of the JSON report (schemas/audit.schema.json), a file each; json.c puts them together in the contract's order. For report/ only. */
#pragma once
#include "base/json.h"
#include "report/report.h"
#include <cjson/cJSON.h>

/* json-parts.c */
/* text under key, or null. */
void cd_json_text (cJSON *object, const char *key, const char *text);
/* A count under key, or null for none: 0 and below are not told. */
void cd_json_count (cJSON *object, const char *key, gint64 count);
/* A new object at the end of a list; borrowed. */
cJSON *cd_json_member (cJSON *array);
/* A place with its blob, and what it says (NULL: nothing); nothing for a statement about the whole tree (document G_MAXUINT). */
void cd_json_place (cJSON *array, const CdAudit *audit, guint document, guint line, guint end, const char *says);
/* CdEvidence as places under "evidence". */
void cd_json_evidence (cJSON *object, const CdAudit *audit, const GArray *evidence);
/* value in whole units, so that it prints short. */
double cd_json_plain (double value, double unit);

/* Each adds its key to the report. */
void cd_json_distillation (cJSON *root, const CdAudit *audit);  /* json-distillation.c */
void cd_json_provenance (cJSON *root, const CdAudit *audit);    /* json-provenance.c */
void cd_json_commands (cJSON *root, const CdAudit *audit);      /* json-commands.c */
void cd_json_risks (cJSON *root, const CdAudit *audit);         /* json-commands.c */
void cd_json_online (cJSON *root, const CdAudit *audit);        /* json-online.c; nothing where nothing was asked */
void cd_json_history (cJSON *root, const CdAudit *audit);       /* json-history.c; only where a timeline was asked for */
void cd_json_claims (cJSON *root, const CdAudit *audit);        /* json-claims.c */
void cd_json_contamination (cJSON *root, const CdAudit *audit); /* json-contamination.c */
void cd_json_assessments (cJSON *root, const CdAudit *audit);   /* json-assessments.c; "questions", and "assessments" where any were given */
void cd_json_reproductions (cJSON *root, const CdAudit *audit); /* json-reproductions.c */
/* One of them, at the end of a list. */
void cd_json_reproduction (cJSON *array, const CdAudit *audit, const CdReproduction *reproduction);
/* What readers and rules said, in the object of a verdict that readers answered; nothing in another's. json-assessments.c */
void cd_json_opinions (cJSON *object, const CdAudit *audit, const CdVerdict *verdict);
