/* Transparency over time: the score at each tag, or at commits spaced evenly along the line of first parents. Every point is what an audit of its
 * commit says. */
#pragma once
#include "git/line.h"

#define CD_TIMELINE_MOST 100u
#define CD_TIMELINE_DEFAULT 10u

typedef struct {
  gboolean tags; /* the tagged commits */
  guint commits; /* so many commits, the oldest and the audited one among them, 2 … CD_TIMELINE_MOST; 0 and no tags: the tagged ones where there
                    are two or more, else CD_TIMELINE_DEFAULT */
} CdTimelineOptions;

/* "tags", a number of commits, or "auto" (both fields 0). FALSE with CD_ERROR_USAGE, which calls the option --history. */
gboolean cd_timeline_parse (const char *text, CdTimelineOptions *options, GError **error);

typedef struct {
  CdOid commit;
  gint64 time;        /* committer's, seconds since 1970 */
  char *tag;          /* NULL none */
  const char *why;    /* why this commit could not be audited; NULL: it was. Static */
  guint total;        /* points */
  GArray *dimensions; /* guint: points by dimension of the rubric */
  const char *label;  /* of distillation, as the audit contract names it; NULL where it could not be audited */
  guint8 *yes;        /* by criterion */
  GPtrArray *gained;  /* const char*: ids of criteria that are yes since the last point that was audited; borrowed from the rubric */
  GPtrArray *lost;    /* likewise, that are no */
} CdTimelinePoint;

void cd_timeline_point_free (CdTimelinePoint *point);
/* The commits to look at, oldest first, the audited one last (GPtrArray of CdTimelinePoint*, without results; freed with it). revision: what is
 * audited. NULL with CD_ERROR_REPOSITORY. */
GPtrArray *cd_timeline_choose (CdRepository *repository, const char *revision, const CdTimelineOptions *options, GError **error);
