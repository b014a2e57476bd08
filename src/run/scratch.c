/* Scratch folders. A lock on the folder, which ends with its process, tells whether somebody still uses it. */
#include "run/scratch.h"
#include "base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct _CdScratch {
  char *path;
  int lock;
  guint folders;
};

/* A descriptor that holds the lock; -1 where somebody else does, or where it is no folder of ours. */
static int
lock_folder (const char *path)
{
  struct stat status;
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd >= 0 && fstat (fd, &status) == 0 && status.st_uid == geteuid () && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

static void
remove_stale (const char *parent, const char *prefix)
{
  g_autoptr (GDir) folder = g_dir_open (parent, 0, NULL);
  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *path = g_build_filename (parent, name, NULL);
    int lock = g_str_has_prefix (name, prefix) ? lock_folder (path) : -1;
    if (lock < 0)
      continue;
    cd_folder_remove (path);
    close (lock);
  }
}

static gboolean
fail (const char *path, GError **error)
{
  g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

CdScratch *
cd_scratch_new (const char *parent, const char *prefix, guint mode, GError **error)
{
  if (g_mkdir_with_parents (parent, 0700) != 0) {
    fail (parent, error);
    return NULL;
  }
  remove_stale (parent, prefix);
  g_autofree char *name = g_strconcat (prefix, "XXXXXX", NULL);
  g_autofree char *path = g_build_filename (parent, name, NULL);
  if (g_mkdtemp_full (path, 0700) == NULL) {
    fail (parent, error);
    return NULL;
  }
  CdScratch *scratch = g_new0 (CdScratch, 1);
  scratch->path = g_steal_pointer (&path);
  scratch->lock = lock_folder (scratch->path);
  g_chmod (scratch->path, mode);
  return scratch;
}

char *
cd_scratch_folder (CdScratch *scratch, guint mode, GError **error)
{
  g_autofree char *path = g_strdup_printf ("%s/%u", scratch->path, scratch->folders++);
  if (g_mkdir (path, 0700) == 0 && g_chmod (path, mode) == 0)
    return g_steal_pointer (&path);
  fail (path, error);
  return NULL;
}

void
cd_scratch_free (CdScratch *scratch)
{
  if (scratch == NULL)
    return;
  cd_folder_remove (scratch->path);
  if (scratch->lock >= 0)
    close (scratch->lock);
  g_free (scratch->path);
  g_free (scratch);
}
