/* A leaderboard as a small database for whoever wants to ask it something: works, dimensions, verdicts, teachers, claims, what was obtained for them, and
 * where each stands. It is made anew each time, from records alone; the same rows give the same bytes. */
#pragma once
#include "record/record.h"

/* A work's row; strings and record are borrowed. */
typedef struct {
  const char *name;
  const char *page, *repository, *subdir, *note, *failure; /* each may be NULL */
  guint rank, best, worst;                                 /* its rank, and the ranks that it may have; 0 without a record */
  const CdRecord *record;                                  /* NULL where the audit failed */
} CdPublished;

/* The bytes of a SQLite 3 file. Caller unrefs. NULL with CD_ERROR_INTERNAL. */
GBytes *cd_store_publish (const CdPublished *works, guint length, GError **error);
