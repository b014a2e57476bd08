/* The list of works that a leaderboard is made of (WORKS.yaml, schemas/works.schema.json):
 *   works:
 *     - name: NAME
 *       repository: https://github.com/OWNER/NAME   # or a path, from the list's folder
 *       commit: 0123…
 *       subdir: part-two        # optional, as scope: [globs], assessments: [files] and note: text
 * Ownership: the list owns everything. */
#pragma once
#include "base/data.h"

typedef struct {
  char *name, *repository, *commit; /* commit NULL: HEAD when it is audited */
  char *subdir, *note;              /* NULL none */
  char **scope;                     /* globs; NULL none */
  char *page;                       /* the name of its page, of letters, digits, - and . only; no two works have the same, in capitals or not */
  guint line;
  char *location;     /* where the repository is: a URL as listed, a path from here. Never for a report: it may be absolute */
  gboolean remote;    /* repository is a URL */
  char **assessments; /* files of readers' answers, as paths from here; NULL none */
} CdWorkEntry;

typedef struct {
  char *title;      /* NULL none */
  GPtrArray *works; /* CdWorkEntry*, as listed */
} CdWorks;

/* CD_ERROR_INPUT with line and column of the first fault: unknown keys, two works of one name, globs or ids that are none. */
CdWorks *cd_works_read (const char *path, GError **error);
void cd_works_free (CdWorks *works);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdWorks, cd_works_free)
