/* Writing a snapshot into a folder. Every file is opened below the folder part by part, links refused (base/folder.c): a tree that holds a link and
 * something below it cannot lead anywhere. What is done with the folder is left to run/. */
#include "git/export.h"
#include "base/folder.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void
clear_left (gpointer data)
{
  g_free (((CdNotExported *) data)->path);
}

void
cd_export_clear (CdExport *export)
{
  g_clear_pointer (&export->left, g_array_unref);
}

static void
leave_out (CdExport *export, const CdEntry *entry, const char *why)
{
  const CdNotExported left = { g_strdup (entry->path), why };
  g_array_append_val (export->left, left);
}

static gboolean
write_all (int fd, const char *bytes, gsize length)
{
  for (gsize done = 0; done < length;) {
    gssize written = write (fd, bytes + done, length - done);
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      return FALSE;
    done += (gsize) written;
  }
  return TRUE;
}

static gboolean
fail_write (const CdEntry *entry, GError **error)
{
  g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s cannot be exported: %s", entry->path, g_strerror (errno));
  return FALSE;
}

static gboolean
write_file (const char *folder, const CdEntry *entry, const char *bytes, gsize length, CdExport *export, GError **error)
{
  g_autoptr (GError) cause = NULL;
  int fd = cd_folder_create (folder, entry->path, entry->kind == CD_ENTRY_EXECUTABLE, &cause);
  if (fd < 0) {
    leave_out (export, entry, "another entry stands in its place");
    return TRUE;
  }
  gboolean written = write_all (fd, bytes, length);
  if ((close (fd) != 0) | !written)
    return fail_write (entry, error);
  export->files++;
  export->bytes += length;
  return TRUE;
}

static void
write_link (const char *folder, const CdEntry *entry, const char *bytes, gsize length, CdExport *export)
{
  g_autofree char *target = g_strndup (bytes, length);
  if (strlen (target) != length || !cd_folder_target_is_safe (entry->path, target))
    leave_out (export, entry, "symbolic link that leaves the folder");
  else if (!cd_folder_link (folder, entry->path, target, NULL))
    leave_out (export, entry, "another entry stands in its place");
}

static char *
pointer_text (const CdBlob *blob)
{
  return g_strdup_printf ("version https://git-lfs.github.com/spec/v1\noid %s\nsize %" G_GINT64_FORMAT "\n", blob->lfs_oid, blob->size);
}

static gboolean
export_entry (const CdSnapshot *snapshot, const char *folder, guint64 limit, const CdEntry *entry, CdExport *export, GError **error)
{
  g_auto (CdBlob) blob = { 0 };
  gsize most = limit > 0 ? (gsize) (limit - MIN (limit, export->bytes)) : G_MAXSIZE;
  if (entry->kind == CD_ENTRY_SUBMODULE || !cd_folder_path_is_safe (entry->path)) {
    leave_out (export, entry, entry->kind == CD_ENTRY_SUBMODULE ? "submodule" : "path that git would not write");
    return TRUE;
  }
  cd_snapshot_read (snapshot, entry, most, &blob);
  if (blob.state == CD_BLOB_TOO_LARGE) {
    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "the commit's files are larger than the limit on disk (%" G_GUINT64_FORMAT " bytes): %s", limit,
                 entry->path);
    return FALSE;
  }
  if (blob.state == CD_BLOB_LFS) {
    g_autofree char *pointer = pointer_text (&blob);
    leave_out (export, entry, cd_blob_state_text (blob.state));
    return write_file (folder, entry, pointer, strlen (pointer), export, error);
  }
  if (blob.state != CD_BLOB_READ) {
    leave_out (export, entry, cd_blob_state_text (blob.state));
    return TRUE;
  }
  gsize length = 0;
  const char *bytes = g_bytes_get_data (blob.bytes, &length);
  if (entry->kind != CD_ENTRY_SYMLINK)
    return write_file (folder, entry, bytes, length, export, error);
  write_link (folder, entry, bytes, length, export);
  return TRUE;
}

gboolean
cd_snapshot_export (const CdSnapshot *snapshot, const char *folder, guint64 limit, CdExport *export, GError **error)
{
  export->left = g_array_new (FALSE, FALSE, sizeof (CdNotExported));
  g_array_set_clear_func (export->left, clear_left);
  for (guint i = 0; i < cd_snapshot_length (snapshot); i++)
    if (!export_entry (snapshot, folder, limit, cd_snapshot_entry (snapshot, i), export, error))
      return FALSE;
  return TRUE;
}
