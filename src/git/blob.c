/* Reading an entry's blob: its state, its bytes without a copy, and what a Git LFS pointer stands for.
 * What the bytes mean is left to documents/. */
#include "git/objects.h"
#include <string.h>

#define LFS_POINTER_BYTES 1024 /* the specification's bound on pointer files */

void
cd_blob_clear (CdBlob *blob)
{
  g_clear_pointer (&blob->bytes, g_bytes_unref);
  g_clear_pointer (&blob->lfs_oid, g_free);
}

const char *
cd_blob_state_text (CdBlobState state)
{
  static const char *const texts[] = {
    [CD_BLOB_READ] = "read",           [CD_BLOB_MISSING] = "object missing", [CD_BLOB_TOO_LARGE] = "too large",
    [CD_BLOB_LFS] = "Git LFS pointer", [CD_BLOB_CORRUPT] = "object corrupt",
  };

  return texts[state];
}

static gboolean
lfs_oid_is_valid (const char *oid)
{
  static const char method[] = "sha256:";

  if (!g_str_has_prefix (oid, method) || strlen (oid) != sizeof method - 1 + 64)
    return FALSE;
  return strspn (oid + sizeof method - 1, "0123456789abcdef") == 64;
}

/* https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: the version line, then "key value" lines. */
static gboolean
lfs_parse (const char *text, gsize length, gint64 *size, char **oid)
{
  g_auto (GStrv) lines = NULL;
  const char *found = NULL;
  guint64 bytes = 0;
  gboolean sized = FALSE;

  if (length > LFS_POINTER_BYTES || memchr (text, 0, length) != NULL
      || (!g_str_has_prefix (text, "version https://git-lfs.github.com/spec/")
          && !g_str_has_prefix (text, "version https://hawser.github.com/spec/")))
    return FALSE;
  lines = g_strsplit (text, "\n", 0);
  for (guint i = 1; lines[i] != NULL; i++) {
    g_strchomp (lines[i]);
    if (g_str_has_prefix (lines[i], "oid ") && lfs_oid_is_valid (lines[i] + 4))
      found = lines[i] + 4;
    else if (g_str_has_prefix (lines[i], "size "))
      sized = g_ascii_string_to_unsigned (lines[i] + 5, 10, 0, G_MAXINT64, &bytes, NULL);
  }
  if (found == NULL || !sized)
    return FALSE;
  *size = (gint64) bytes;
  *oid = g_strdup (found);
  return TRUE;
}

static CdBlobState
blob_state (CdObjectState state)
{
  static const CdBlobState states[] = {
    [CD_OBJECT_READ] = CD_BLOB_READ,
    [CD_OBJECT_MISSING] = CD_BLOB_MISSING,
    [CD_OBJECT_CORRUPT] = CD_BLOB_CORRUPT,
    [CD_OBJECT_TOO_LARGE] = CD_BLOB_TOO_LARGE,
  };

  return states[state];
}

static void
read_bytes (CdOdb *odb, const CdEntry *entry, CdBlob *blob)
{
  git_odb_object *object;
  const char *text;

  blob->state = blob_state (cd_object_read (odb, &entry->oid, GIT_OBJECT_BLOB, &object));
  if (blob->state != CD_BLOB_READ)
    return;
  text = git_odb_object_data (object);
  blob->size = (gint64) git_odb_object_size (object);
  if (entry->kind != CD_ENTRY_SYMLINK && lfs_parse (text, (gsize) blob->size, &blob->size, &blob->lfs_oid)) {
    blob->state = CD_BLOB_LFS;
    git_odb_object_free (object);
    return;
  }
  /* Every backend of libgit2 allocates one byte more and sets it to NUL; test-snapshot holds it to that. */
  blob->bytes = g_bytes_new_with_free_func (text, (gsize) blob->size, (GDestroyNotify) git_odb_object_free, object);
}

void
cd_blob_read (CdRepository *repository, const CdEntry *entry, gsize limit, CdBlob *blob)
{
  CdOdb *odb;

  *blob = (CdBlob){ .state = CD_BLOB_MISSING, .size = -1 };
  if (entry->kind == CD_ENTRY_SUBMODULE)
    return;
  odb = cd_repository_take_odb (repository);
  if (odb == NULL)
    return;
  blob->state = blob_state (cd_object_size (odb, &entry->oid, GIT_OBJECT_BLOB, &blob->size));
  if (blob->state == CD_BLOB_READ && (guint64) blob->size > limit)
    blob->state = CD_BLOB_TOO_LARGE;
  if (blob->state == CD_BLOB_READ)
    read_bytes (odb, entry, blob);
  git_error_clear ();
  cd_repository_give_odb (repository, odb);
}
