/* What is printed from an audit. Every format is one function of an audit; none judges, none reads git. Results are new strings, freed by the caller. */
#pragma once
#include "audit/audit.h"

typedef struct {
  guint width; /* columns of the terminal, 60 … 120 */
  gboolean colour;
  gboolean unicode;
  const char *paper_table; /* text shown beside the score, NULL none */
} CdReportStyle;

/* json.c: the audit contract (schemas/audit.schema.json). */
char *cd_report_json (const CdAudit *audit);
/* text.c: for a terminal. */
char *cd_report_text (const CdAudit *audit, const CdReportStyle *style);
/* markdown.c: for a pull request or a file. */
char *cd_report_markdown (const CdAudit *audit);
/* draft.c: a manifest drafted from the audit, every value with the evidence it came from. */
char *cd_report_draft (const CdAudit *audit);

/* facts.c: what several formats say in the same words. */
/* "path:line", or the path alone for line 0; "the whole tree" for G_MAXUINT. Caller frees. */
char *cd_report_place (const CdAudit *audit, guint document, guint line);
/* The name under which JSON lists a benchmark: as its source writes it, or its id where that is in what the source writes or nothing else is;
 * "unknown" without either. Borrowed. */
const char *cd_report_benchmark (const CdAudit *audit, gint benchmark, const char *task);
/* "YYYY-MM-DD" in UTC of a commit's time, seconds since 1970. Caller frees. */
char *cd_report_date (gint64 time);
/* Basis of openness in words: techniques of the work's stages, sorted ("rl", "sft" …). NULL-terminated; free with g_strfreev. */
char **cd_report_approach (const CdAudit *audit);
/* "runnable", "broken" or "unknown". Static. */
const char *cd_report_command_status (const CdWorkCommand *command);
/* Verdicts that are no, by what they would earn for how little: points, then how near the expression is. Borrowed verdicts; free the array. */
GPtrArray *cd_report_cheapest (const CdAudit *audit);
