/* A commit's files written into a folder, as git would check them out but for what a hostile tree could do with that: no filters, no hooks,
 * nothing outside of the folder, no ".git", no link that leads out. */
#pragma once
#include "git/snapshot.h"

typedef struct {
  char *path;
  const char *why; /* static: "Git LFS pointer", "symbolic link that leaves the folder" … */
} CdNotExported;

typedef struct {
  guint64 files, bytes;
  GArray *left; /* CdNotExported in path order: what was not written. An LFS pointer stands there as the small text file that it is */
} CdExport;
void cd_export_clear (CdExport *export);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CdExport, cd_export_clear)

/* Writes every entry below folder, which must exist and be empty. Modes are 755 and 644; submodules are left out. CD_ERROR_INTERNAL where the
 * folder cannot be written or more than limit bytes (0: no bound) would be. export is zeroed by the caller. */
gboolean cd_snapshot_export (const CdSnapshot *snapshot, const char *folder, guint64 limit, CdExport *export, GError **error);
