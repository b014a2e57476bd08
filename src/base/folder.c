/* Walking hostile folders by file descriptors: every step opens one name below an open folder and refuses links, so that nothing outside can be
 * reached even while a job still moves things about. Who may write there is the sandbox's business. */
#include "base/folder.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OPEN_FOLDER (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

/* One walk: visit is called for every entry but folders (and for folders, before what is in them); FALSE ends the walk. */
typedef struct _Walk Walk;
struct _Walk {
  gboolean (*visit) (Walk *walk, const char *name, const struct stat *status);
  GString *path; /* of the folder that is being read, "" or ended by '/' */
  guint depth;
  gboolean too_deep, unreadable;
  guint64 total, limit;
  const gint *stop;
  GPtrArray *items;
};

static void G_GNUC_PRINTF (2, 3) fail (GError **error, const char *format, ...)
{
  va_list values;
  va_start (values, format);
  g_autofree char *what = g_strdup_vprintf (format, values);
  va_end (values);
  g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s", what);
}

static gboolean walk_folder (Walk *walk, int fd);

static gboolean
walk_entry (Walk *walk, int folder, const char *name)
{
  struct stat status;
  if (fstatat (folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
    return TRUE; /* gone meanwhile */
  if (!walk->visit (walk, name, &status))
    return FALSE;
  if (!S_ISDIR (status.st_mode))
    return TRUE;
  if (walk->depth >= CD_FOLDER_DEPTH) {
    walk->too_deep = TRUE;
    return FALSE;
  }
  int below = openat (folder, name, OPEN_FOLDER);
  if (below < 0) {
    walk->unreadable |= errno != ENOENT;
    return TRUE;
  }
  gsize length = walk->path->len;
  g_string_append_printf (walk->path, "%s/", name);
  walk->depth++;
  gboolean goes_on = walk_folder (walk, below);
  walk->depth--;
  g_string_truncate (walk->path, length);
  return goes_on;
}

/* Takes fd. */
static gboolean
walk_folder (Walk *walk, int fd)
{
  DIR *folder = fdopendir (fd);
  if (folder == NULL) {
    close (fd);
    return TRUE;
  }
  gboolean goes_on = TRUE;
  for (struct dirent *entry; goes_on && (entry = readdir (folder)) != NULL;)
    if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0)
      goes_on = walk_entry (walk, fd, entry->d_name);
  closedir (folder);
  return goes_on;
}

static gboolean
add_usage (Walk *walk, const char *name G_GNUC_UNUSED, const struct stat *status)
{
  walk->total += MAX ((guint64) status->st_blocks * 512, CD_FOLDER_ENTRY_BYTES);
  return (walk->limit == 0 || walk->total <= walk->limit) && (walk->stop == NULL || !g_atomic_int_get (walk->stop));
}

guint64
cd_folder_usage (const char *folder, guint64 limit, const gint *stop)
{
  g_autoptr (GString) path = g_string_new (NULL);
  Walk walk = { .visit = add_usage, .path = path, .limit = limit, .stop = stop };
  int fd = open (folder, OPEN_FOLDER);
  if (fd >= 0)
    walk_folder (&walk, fd);
  return walk.too_deep || walk.unreadable ? G_MAXUINT64 : walk.total;
}

typedef struct {
  Walk walk; /* first: what visit is given */
  int fd;
  uid_t user;
} Giving;

static gboolean
give_entry (Walk *walk, const char *name, const struct stat *status G_GNUC_UNUSED)
{
  const Giving *giving = (const Giving *) walk;
  g_autofree char *path = g_strconcat (walk->path->str, name, NULL);
  fchownat (giving->fd, path, giving->user, (gid_t) -1, AT_SYMLINK_NOFOLLOW);
  return TRUE;
}

void
cd_folder_give (const char *folder, guint user)
{
  g_autoptr (GString) path = g_string_new (NULL);
  int fd = open (folder, OPEN_FOLDER);
  int walked = fd >= 0 ? fcntl (fd, F_DUPFD_CLOEXEC, 0) : -1;
  Giving giving = { .walk = { .visit = give_entry, .path = path }, .fd = fd, .user = user };
  if (walked >= 0)
    walk_folder (&giving.walk, walked);
  if (fd >= 0) {
    fchown (fd, user, (gid_t) -1);
    close (fd);
  }
}

static void
item_free (gpointer data)
{
  CdItem *item = data;
  g_free (item->path);
  g_free (item);
}

static gboolean
add_item (Walk *walk, const char *name, const struct stat *status)
{
  if (S_ISDIR (status->st_mode))
    return TRUE;
  g_autofree char *path = g_strconcat (walk->path->str, name, NULL);
  CdItem *item = g_new0 (CdItem, 1);
  gboolean named = g_utf8_validate (path, -1, NULL);
  item->kind = !named                       ? CD_ITEM_OTHER
               : S_ISLNK (status->st_mode)  ? CD_ITEM_SYMLINK
               : !S_ISREG (status->st_mode) ? CD_ITEM_OTHER
               : status->st_mode & S_IXUSR  ? CD_ITEM_EXECUTABLE
                                            : CD_ITEM_FILE;
  item->path = named ? g_steal_pointer (&path) : cd_text_to_utf8 (path, strlen (path));
  item->size = (guint64) status->st_size;
  item->inode = status->st_ino;
  item->changed = (gint64) status->st_ctim.tv_sec * 1000000000 + status->st_ctim.tv_nsec;
  g_ptr_array_add (walk->items, item);
  return TRUE;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const CdItem *const *) a)->path, (*(const CdItem *const *) b)->path);
}

GPtrArray *
cd_folder_list (const char *folder, GError **error)
{
  g_autoptr (GString) path = g_string_new (NULL);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (item_free);
  Walk walk = { .visit = add_item, .path = path, .items = items };
  int fd = open (folder, OPEN_FOLDER);
  if (fd < 0) {
    fail (error, "%s: %s", folder, g_strerror (errno));
    return NULL;
  }
  walk_folder (&walk, fd);
  if (walk.too_deep || walk.unreadable) {
    fail (error, "%s", walk.too_deep ? "folders are nested too deep" : "a folder cannot be read");
    return NULL;
  }
  g_ptr_array_sort (items, compare_items);
  return g_steal_pointer (&items);
}

/* The folder that holds path's last part, made where asked; *name points to that part. -1 with errno. */
static int
open_parent (const char *folder, const char *path, gboolean make, const char **name)
{
  int fd = open (folder, OPEN_FOLDER);
  *name = path;
  for (const char *slash; fd >= 0 && (slash = strchr (*name, '/')) != NULL; *name = slash + 1) {
    g_autofree char *part = g_strndup (*name, (gsize) (slash - *name));
    if (make && mkdirat (fd, part, 0755) != 0 && errno != EEXIST) {
      close (fd);
      return -1;
    }
    int below = openat (fd, part, OPEN_FOLDER);
    int problem = errno;
    close (fd);
    errno = problem;
    fd = below;
  }
  return fd;
}

static int
open_below (const char *folder, const char *path, int flags, mode_t mode, GError **error)
{
  const char *name = NULL;
  errno = EINVAL;
  int parent = cd_folder_path_is_safe (path) ? open_parent (folder, path, (flags & O_CREAT) != 0, &name) : -1;
  int fd = parent < 0 ? -1 : openat (parent, name, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, mode);
  int problem = errno;
  if (parent >= 0)
    close (parent);
  struct stat status;
  if (fd >= 0 && fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    return fd;
  fail (error, "%s: %s", path, fd >= 0 ? "no regular file" : problem == ELOOP ? "a symbolic link, not followed" : g_strerror (problem));
  if (fd >= 0)
    close (fd);
  return -1;
}

int
cd_folder_open (const char *folder, const char *path, GError **error)
{
  return open_below (folder, path, O_RDONLY, 0, error);
}

int
cd_folder_create (const char *folder, const char *path, gboolean executable, GError **error)
{
  return open_below (folder, path, O_WRONLY | O_CREAT | O_EXCL, executable ? 0755 : 0644, error);
}

gboolean
cd_folder_link (const char *folder, const char *path, const char *target, GError **error)
{
  const char *name = NULL;
  errno = EINVAL;
  int parent = cd_folder_path_is_safe (path) ? open_parent (folder, path, TRUE, &name) : -1;
  gboolean made = parent >= 0 && symlinkat (target, parent, name) == 0;
  if (!made)
    fail (error, "%s: %s", path, g_strerror (errno));
  if (parent >= 0)
    close (parent);
  return made;
}

gboolean
cd_folder_drop (const char *folder, const char *path)
{
  const char *name = NULL;
  int parent = cd_folder_path_is_safe (path) ? open_parent (folder, path, FALSE, &name) : -1;
  if (parent < 0)
    return errno == ENOENT;
  gboolean gone = unlinkat (parent, name, 0) == 0 || errno == ENOENT;
  close (parent);
  return gone;
}

gboolean
cd_folder_path_is_safe (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  for (char **part = parts; *part != NULL; part++)
    if (**part == '\0' || strcmp (*part, ".") == 0 || strcmp (*part, "..") == 0 || g_ascii_strcasecmp (*part, ".git") == 0)
      return FALSE;
  return *parts != NULL;
}

/* ".." leads up surely only from where the link really is: behind a name, which may be a link itself, it is refused. */
gboolean
cd_folder_target_is_safe (const char *path, const char *target)
{
  gint level = 0;
  gboolean named = FALSE;
  for (const char *at = strchr (path, '/'); at != NULL; at = strchr (at + 1, '/'))
    level++;
  if (*target == '/' || *target == '\0')
    return FALSE;
  g_auto (GStrv) parts = g_strsplit (target, "/", -1);
  for (char **part = parts; *part != NULL; part++) {
    gboolean up = strcmp (*part, "..") == 0;
    if (g_ascii_strcasecmp (*part, ".git") == 0 || (up && (named || --level < 0)))
      return FALSE;
    named |= !up && **part != '\0' && strcmp (*part, ".") != 0;
  }
  return TRUE;
}

/* The entry's own entries removed or moved up beside it, then the entry itself: no depth is ever descended. TRUE where it is gone. */
static gboolean
flatten (int top, const char *name, guint *moved)
{
  if (unlinkat (top, name, 0) == 0 || unlinkat (top, name, AT_REMOVEDIR) == 0)
    return TRUE;
  struct stat status;
  if (fstatat (top, name, &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR (status.st_mode))
    return FALSE;
  fchmodat (top, name, 0700, 0);
  int fd = openat (top, name, OPEN_FOLDER);
  DIR *folder = fd >= 0 ? fdopendir (fd) : NULL;
  if (folder == NULL)
    return FALSE;
  for (struct dirent *entry; (entry = readdir (folder)) != NULL;) {
    if (strcmp (entry->d_name, ".") == 0 || strcmp (entry->d_name, "..") == 0 || unlinkat (fd, entry->d_name, 0) == 0)
      continue;
    g_autofree char *place = g_strdup_printf ("candor-%u", (*moved)++);
    fchmodat (fd, entry->d_name, 0700, 0); /* a folder that moves must be writable */
    renameat (fd, entry->d_name, top, place);
  }
  closedir (folder);
  return unlinkat (top, name, AT_REMOVEDIR) == 0;
}

void
cd_folder_remove (const char *folder)
{
  guint moved = 0;
  g_chmod (folder, 0700);
  for (gboolean progress = TRUE; progress;) {
    int fd = open (folder, OPEN_FOLDER);
    DIR *top = fd >= 0 ? fdopendir (fd) : NULL;
    progress = FALSE;
    for (struct dirent *entry; top != NULL && (entry = readdir (top)) != NULL;)
      if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0)
        progress |= flatten (fd, entry->d_name, &moved);
    if (top != NULL)
      closedir (top);
  }
  g_rmdir (folder);
}
