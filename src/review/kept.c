/* Holds a file through a lock on .FILE.lock beside it: the file itself is replaced with every answer, and a lock on it would go with the old one. The kernel
 * gives the lock back when the process ends, however that happens; a lock file that was left behind is no lock. */
#include "review/kept.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define TURNS 16 /* a lock file that others remove at the same time */

struct _CdKept {
  char *path, *lock_path;
  gboolean existed;
  int lock;
  struct stat written; /* as it was left here; st_nlink 0: not there */
};

static gboolean
fail (const char *path, CdErrorCode code, const char *why, GError **error)
{
  g_set_error (error, CD_ERROR, (gint) code, "%s: %s", path, why);
  return FALSE;
}

/* Follow links and look at what is there. */
static gboolean
find (CdKept *kept, const char *file, GError **error)
{
  struct stat status;
  if (lstat (file, &status) != 0) {
    kept->path = g_strdup (file);
    return errno == ENOENT ? TRUE : fail (file, CD_ERROR_INTERNAL, g_strerror (errno), error);
  }
  char *target = S_ISLNK (status.st_mode) ? realpath (file, NULL) : NULL;
  if (S_ISLNK (status.st_mode) && (target == NULL || stat (target, &status) != 0)) {
    free (target);
    return fail (file, CD_ERROR_INPUT, "is a link to nothing", error);
  }
  kept->path = g_strdup (target != NULL ? target : file);
  free (target);
  if (S_ISDIR (status.st_mode))
    return fail (file, CD_ERROR_INPUT, "is a folder; name a file in it", error);
  if (!S_ISREG (status.st_mode))
    return fail (file, CD_ERROR_INPUT, "is no regular file; answers are kept in one", error);
  return access (kept->path, R_OK | W_OK) == 0 ? TRUE : fail (file, CD_ERROR_INTERNAL, g_strerror (errno), error);
}

/* Whoever held the lock file may have removed it between its being opened and locked: then it is nobody's any more. */
static gboolean
is_current (const CdKept *kept)
{
  struct stat held, named;
  return fstat (kept->lock, &held) == 0 && lstat (kept->lock_path, &named) == 0 && held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

static gboolean
hold (CdKept *kept, GError **error)
{
  for (guint turn = 0; turn < TURNS; turn++) {
    kept->lock = open (kept->lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (kept->lock < 0)
      return fail (kept->lock_path, CD_ERROR_INTERNAL, g_strerror (errno), error);
    int status;
    while ((status = flock (kept->lock, LOCK_EX | LOCK_NB)) != 0 && errno == EINTR)
      continue;
    if (status == 0 && is_current (kept))
      return TRUE;
    int why = errno;
    close (kept->lock);
    kept->lock = -1;
    if (status != 0 && why != EWOULDBLOCK)
      return fail (kept->lock_path, CD_ERROR_INTERNAL, g_strerror (why), error);
    if (status != 0)
      break;
  }
  return fail (kept->path, CD_ERROR_INPUT, "is being reviewed by another process; end that one first, or name another file with -o", error);
}

/* Hidden: what ends by a signal leaves it behind. Caller frees. */
static char *
lock_beside (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path), *name = g_path_get_basename (path), *lock = g_strdup_printf (".%s.lock", name);
  return g_build_filename (folder, lock, NULL);
}

CdKept *
cd_kept_open (const char *file, GError **error)
{
  g_autoptr (CdKept) kept = g_new0 (CdKept, 1);
  kept->lock = -1;
  if (!find (kept, file, error))
    return NULL;
  kept->lock_path = lock_beside (kept->path);
  if (!hold (kept, error))
    return NULL;
  cd_kept_note (kept);
  kept->existed = kept->written.st_nlink > 0; /* only now: who held it may just have made it */
  return g_steal_pointer (&kept);
}

void
cd_kept_free (CdKept *kept)
{
  if (kept == NULL)
    return;
  if (kept->lock >= 0) {
    unlink (kept->lock_path);
    close (kept->lock);
  }
  g_free (kept->path);
  g_free (kept->lock_path);
  g_free (kept);
}

const char *
cd_kept_path (const CdKept *kept)
{
  return kept->path;
}

gboolean
cd_kept_existed (const CdKept *kept)
{
  return kept->existed;
}

void
cd_kept_note (CdKept *kept)
{
  if (stat (kept->path, &kept->written) != 0)
    kept->written = (struct stat){ .st_nlink = 0 };
}

/* One that was removed is simply made again. */
gboolean
cd_kept_check (const CdKept *kept, GError **error)
{
  struct stat now;
  const struct stat *before = &kept->written;
  if (stat (kept->path, &now) != 0
      || (before->st_nlink > 0 && now.st_dev == before->st_dev && now.st_ino == before->st_ino && now.st_size == before->st_size
          && now.st_mtim.tv_sec == before->st_mtim.tv_sec && now.st_mtim.tv_nsec == before->st_mtim.tv_nsec))
    return TRUE;
  return fail (kept->path, CD_ERROR_INPUT,
               "was changed by another program during this review; what stands there is left alone, begin again to go on with it", error);
}
