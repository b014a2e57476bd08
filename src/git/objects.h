/* Raw git objects for the files of this folder: object databases lent to threads, bounded reads, trees and commits taken apart
 * without copies. Not for other folders: it includes libgit2. */
#pragma once
#include "git/snapshot.h"
#include <git2.h>

/* Starts libgit2 with this program's settings, once. */
void cd_git_start (void);
/* Reads the machine's certificates, once; before anything is fetched by https. FALSE where they cannot be read. tls.c */
gboolean cd_git_start_tls (void);
/* Sets error to "cannot read the git repository at 'location': what (libgit2's reason)". Always returns FALSE. */
gboolean cd_git_fail (GError **error, CdErrorCode code, const char *location, const char *what);

/* An object database, and where in it loose objects may stand. */
typedef struct {
  git_odb *native;
  char *folder;
  gboolean loose[256]; /* by first byte of the id: that loose objects exist below it */
} CdOdb;
CdOdb *cd_odb_open (const char *folder);
void cd_odb_free (CdOdb *odb);

CdRepository *cd_repository_ref (CdRepository *repository);
const char *cd_repository_location (const CdRepository *repository);
/* The libgit2 repository, for one thread at a time: hold the lock while using it. */
git_repository *cd_repository_lock (CdRepository *repository);
void cd_repository_unlock (CdRepository *repository);
/* An object database for the calling thread alone, until given back. NULL where it cannot be opened. */
CdOdb *cd_repository_take_odb (CdRepository *repository);
void cd_repository_give_odb (CdRepository *repository, CdOdb *odb);
/* Opens what stands at location without looking into the folders above it. */
CdRepository *cd_repository_open_local (const char *location, GError **error);

/* Clones url into the cache, or fetches into the clone that is there. Returns the clone's path; caller frees. */
char *cd_clone_refresh (const char *url, CdProgress progress, gpointer data, GError **error);

typedef enum { CD_OBJECT_READ, CD_OBJECT_MISSING, CD_OBJECT_CORRUPT, CD_OBJECT_TOO_LARGE } CdObjectState;

/* The size of an object of the wanted type, from its header; -1 in *size where unknown. */
CdObjectState cd_object_size (CdOdb *odb, const CdOid *oid, git_object_t type, gint64 *size);
/* Reads an object of the wanted type. Trees and commits over CD_OBJECT_BYTES are too large; blobs have no bound here. */
CdObjectState cd_object_read (CdOdb *odb, const CdOid *oid, git_object_t type, git_odb_object **object);
#define CD_OBJECT_BYTES (64u * 1024u * 1024u)
#define CD_PATH_BYTES 4096u /* PATH_MAX: longer paths cannot be checked out either */

/* A position in a raw tree; name and oid point into the tree's bytes. */
typedef struct {
  const guint8 *next, *end;
  const char *name;
  gsize length;
  guint mode;
  const CdOid *oid;
  gboolean broken; /* the tree's bytes end or turn wrong before its end */
} CdTreeCursor;

void cd_tree_begin (CdTreeCursor *cursor, git_odb_object *tree);
/* FALSE at the end, or where the bytes are no tree (then broken is set). */
gboolean cd_tree_step (CdTreeCursor *cursor);
gboolean cd_tree_is_folder (const CdTreeCursor *cursor);
/* FALSE for a mode that git does not know. */
gboolean cd_tree_kind (const CdTreeCursor *cursor, CdEntryKind *kind);
/* FALSE for names that git refuses to write: empty, ".", "..", ".git", or with a slash. */
gboolean cd_tree_name_is_legal (const CdTreeCursor *cursor);
/* The order of git trees: bytewise, folders as if a slash followed. */
int cd_tree_compare (const CdTreeCursor *a, const CdTreeCursor *b);
/* Appends the name in valid UTF-8. */
void cd_tree_append_name (GString *path, const CdTreeCursor *cursor);

/* A raw commit taken apart; pointers go into its bytes. */
typedef struct {
  CdOid tree;
  const char *parents; /* the first "parent …" line; one each 48 bytes */
  guint parent_count;
  gint64 time;
  const char *message;
  gsize message_length;
  char encoding[32]; /* "" for UTF-8 */
} CdCommitView;

gboolean cd_commit_view (git_odb_object *commit, CdCommitView *view);
void cd_commit_parent (const CdCommitView *view, guint index, CdOid *parent);

guint cd_oid_hash (gconstpointer oid);
gboolean cd_oid_equal (gconstpointer a, gconstpointer b);

/* cd_snapshot_read's work. */
void cd_blob_read (CdRepository *repository, const CdEntry *entry, gsize limit, CdBlob *blob);
/* What cd_snapshot_unread says of an object's state. */
const char *cd_object_state_text (CdObjectState state);
/* The snapshot's repository; borrowed. */
CdRepository *cd_snapshot_repository (const CdSnapshot *snapshot);
/* The snapshot's commit; borrowed. */
const CdOid *cd_snapshot_oid (const CdSnapshot *snapshot);
