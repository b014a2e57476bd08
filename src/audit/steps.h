/* The steps of an audit, for timeline.c, which takes them at several commits. For audit/ only. */
#pragma once
#include "audit/audit.h"

/* before: the audit of another commit, by the same rules, of the same part of the same repository, in which no step was taken since; its
 * documents and hits are shared. NULL none. */
/* Snapshot, documents, history and scope at revision (NULL: HEAD). */
gboolean cd_audit_read (CdAudit *audit, const CdData *data, const CdAuditOptions *options, const char *revision, const CdAudit *before,
                        GError **error);
/* Hits, facts, findings, verdicts and score of what was read. */
gboolean cd_audit_judge (CdAudit *audit, const CdData *data, const CdAuditOptions *options, const CdAudit *before, GError **error);

/* figures.c: claims, outputs, arithmetic and reproductions of a judged audit. */
void cd_audit_gather_figures (CdAudit *audit, const CdAuditOptions *options);

/* assessed.c */
/* Reads the files of options->assessments, once the rubric is there. */
gboolean cd_audit_read_assessments (CdAudit *audit, const CdAuditOptions *options, GError **error);
/* Sets them beside the verdicts of a judged audit: its verdicts and score are then the merged ones, its rulings what the rules said. */
gboolean cd_audit_merge_assessments (CdAudit *audit, GError **error);

/* timeline.c */
/* An empty audit of the same part of the same repository, by the same rules, which stay main's: free it before main. */
CdAudit *cd_audit_beside (const CdAudit *main);
/* Audits every point of main->timeline but the last, which is main's own commit. Returns the last audit that got as far as a scan, for main to share
 * with, or NULL; caller frees it, before main. */
CdAudit *cd_timeline_trace (const CdAudit *main, const CdData *data, const CdAuditOptions *options);
/* The last point from main, once that is judged, and what each point gained and lost. */
void cd_timeline_end (CdAudit *main);

/* removed.c */
/* What the history behind a judged audit said and its commit says no more. NULL with CD_ERROR_INPUT where rules cannot be read. */
CdRemovals *cd_removals_find (const CdData *data, CdAudit *audit, const CdAuditOptions *options, GError **error);
