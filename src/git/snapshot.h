/* One commit's tree: entries in path order and blobs by id. A snapshot is immutable once opened; reading blobs is thread-safe
 * (each thread gets its own repository handle). */
#pragma once
#include "git/repository.h"

#define CD_OID_BYTES 20u
typedef struct {
  guint8 bytes[CD_OID_BYTES];
} CdOid;
/* hex: room for 41 bytes. */
void cd_oid_to_hex (const CdOid *oid, char hex[41]);
/* The commit that a revision, anything git rev-parse takes, names (NULL: HEAD). CD_ERROR_REPOSITORY as for cd_snapshot_open. */
gboolean cd_revision_resolve (CdRepository *repository, const char *revision, CdOid *commit, GError **error);

typedef enum { CD_ENTRY_FILE, CD_ENTRY_EXECUTABLE, CD_ENTRY_SYMLINK, CD_ENTRY_SUBMODULE } CdEntryKind;

typedef struct {
  char *path; /* from the root, '/' between parts, valid UTF-8 (other bytes as \xNN) */
  CdOid oid;
  CdEntryKind kind;
} CdEntry;

/* What became of reading a blob. */
typedef enum { CD_BLOB_READ, CD_BLOB_MISSING, CD_BLOB_TOO_LARGE, CD_BLOB_LFS, CD_BLOB_CORRUPT } CdBlobState;

typedef struct {
  CdBlobState state;
  gint64 size;   /* bytes of the object (for LFS: of the content it stands for), -1 unknown */
  GBytes *bytes; /* when CD_BLOB_READ; NUL-terminated one past the end; NULL otherwise */
  char *lfs_oid; /* "sha256:…" when CD_BLOB_LFS */
} CdBlob;
void cd_blob_clear (CdBlob *blob);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CdBlob, cd_blob_clear)
const char *cd_blob_state_text (CdBlobState state); /* "object missing", "too large", "Git LFS pointer", "object corrupt"; as not_examined says it */

typedef struct _CdSnapshot CdSnapshot;

/* revision: anything git rev-parse takes, NULL for HEAD. CD_ERROR_REPOSITORY for an unknown revision, an empty repository, an unborn HEAD. */
CdSnapshot *cd_snapshot_open (CdRepository *repository, const char *revision, GError **error);
void cd_snapshot_free (CdSnapshot *snapshot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdSnapshot, cd_snapshot_free)
const char *cd_snapshot_commit (const CdSnapshot *snapshot); /* 40 hex digits; borrowed */
gint64 cd_snapshot_time (const CdSnapshot *snapshot);        /* committer's, seconds since 1970 */
guint cd_snapshot_length (const CdSnapshot *snapshot);
const CdEntry *cd_snapshot_entry (const CdSnapshot *snapshot, guint index); /* sorted by path, bytewise */
/* The entry at path, or NULL. */
const CdEntry *cd_snapshot_find (const CdSnapshot *snapshot, const char *path);
/* TRUE where path names an entry or a folder that holds entries. */
gboolean cd_snapshot_has (const CdSnapshot *snapshot, const char *path);
/* Read an entry's blob, at most limit bytes (larger ones: CD_BLOB_TOO_LARGE without being read). Never fails: the state says. Thread-safe. */
void cd_snapshot_read (const CdSnapshot *snapshot, const CdEntry *entry, gsize limit, CdBlob *blob);
/* Subtrees that could not be walked (missing tree objects, depth limit): pairs path / why, for not_examined. */
typedef struct {
  char *path;
  const char *why;
} CdUnread;
const GArray *cd_snapshot_unread (const CdSnapshot *snapshot); /* CdUnread; borrowed */
