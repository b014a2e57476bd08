/* The static site of a leaderboard: table, a page for each work, criterion and teacher, the method and its limits, data for download (JSON, CSV, SQLite), a
 * feed of changes. Complete without JavaScript; with it the table sorts and filters. Nothing is loaded from outside. The same rows give the same bytes. */
#pragma once
#include "leaderboard/leaderboard.h"

typedef struct {
  const CdData *data;  /* rubric, method texts, knowledge */
  const char *address; /* where the site will stand, for the feed's absolute links; NULL: relative ones */
  gboolean excerpts;   /* FALSE: audits are written without what quotes a repository */
  const char *cache;   /* a folder that keeps what sites were made from, outside of them, so that one that nothing has changed is left as it is in no
                             time; may be emptied at any time. NULL: every site is made and compared */
} CdSiteOptions;

/* Write the site into folder, which is made. Every file is written beside its place and renamed; unchanged files are not touched; files of an earlier run of
 * the site that are not part of it any more are removed, other files never. A run that is killed leaves whole files. CD_ERROR_INTERNAL. */
gboolean cd_site_write (const CdLeaderboard *leaderboard, const CdSiteOptions *options, const char *folder, GError **error);
