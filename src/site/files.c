/* Writes a site's files. Before anything changes, the names of all files to come are noted (CD_SITE_BEGUN), so that whatever a killed run leaves is known as the
 * site's own by the next one, which takes it away or writes it again. */
#include "site/files.h"
#include "base/folder.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PART ".part" /* behind the name of a file that is being written */
#define DIGEST 64u   /* hex digits of a SHA-256 */

/* Where files are whose number changes from run to run. Nothing else is ever removed, whatever a list says. */
static const struct {
  const char *folder, *suffix;
} changing[] = {
  { "works/", ".html" },
  { "criteria/", ".html" },
  { "teachers/", ".html" },
  { "data/audits/", ".json" },
};

typedef struct {
  const char *folder;
  gconstpointer site;
  const GPtrArray *files;
  char **digests; /* parallel to files */
  GMutex lock;
  GError *error; /* of the first file, in the order of files, that failed */
  guint failed;
} Writing;

CdSiteFile *
cd_site_file_new (const char *path, CdSiteRender render, gconstpointer of)
{
  CdSiteFile *file = g_new0 (CdSiteFile, 1);
  file->path = g_strdup (path);
  file->render = render;
  file->of = of;
  return file;
}

void
cd_site_file_free (gpointer data)
{
  CdSiteFile *file = data;
  g_free (file->path);
  g_free (file);
}

static gboolean
fail (const char *path, GError **error)
{
  g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

static gboolean
holds_already (const char *path, const void *bytes, gsize length)
{
  struct stat now;
  g_autofree char *contents = NULL;
  gsize held = 0;
  return g_lstat (path, &now) == 0 && S_ISREG (now.st_mode) && (gsize) now.st_size == length && g_file_get_contents (path, &contents, &held, NULL)
         && held == length && (length == 0 || memcmp (contents, bytes, length) == 0);
}

static gboolean
write_all (int file, const char *bytes, gsize length)
{
  while (length > 0) {
    ssize_t written = write (file, bytes, length);
    if (written < 0 && errno != EINTR)
      return FALSE;
    bytes += MAX (written, 0);
    length -= (gsize) MAX (written, 0);
  }
  return TRUE;
}

static gboolean
put (const char *folder, const char *path, const void *bytes, gsize length, GError **error)
{
  g_autofree char *place = g_build_filename (folder, path, NULL), *part = g_strconcat (place, PART, NULL);
  if (holds_already (place, bytes, length))
    return TRUE;
  int file = g_open (part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (file < 0)
    return fail (part, error);
  gboolean written = write_all (file, bytes, length);
  written = close (file) == 0 && written;
  if (written && g_rename (part, place) == 0)
    return TRUE;
  fail (place, error);
  g_unlink (part);
  return FALSE;
}

static void
write_file (gpointer item, gpointer data)
{
  Writing *writing = data;
  guint index = GPOINTER_TO_UINT (item) - 1;
  const CdSiteFile *file = writing->files->pdata[index];
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = file->render (writing->site, file->of, &error);
  gsize length = 0;
  const void *held = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  if (bytes != NULL && put (writing->folder, file->path, held, length, &error)) {
    writing->digests[index] = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
    return;
  }
  g_mutex_lock (&writing->lock);
  if (writing->error == NULL || index < writing->failed) {
    g_clear_error (&writing->error);
    writing->error = g_steal_pointer (&error);
    writing->failed = index;
  }
  g_mutex_unlock (&writing->lock);
}

static gboolean
write_files (Writing *writing, GError **error)
{
  GThreadPool *pool = g_thread_pool_new (write_file, writing, (gint) g_get_num_processors (), FALSE, NULL);
  for (guint i = 0; i < writing->files->len; i++)
    g_thread_pool_push (pool, GUINT_TO_POINTER (i + 1), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  if (writing->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&writing->error));
  return FALSE;
}

/* A path that a list may name for removal. */
static gboolean
is_changing (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (changing); i++)
    if (g_str_has_prefix (path, changing[i].folder) && g_str_has_suffix (path, changing[i].suffix)
        && strchr (path + strlen (changing[i].folder), '/') == NULL)
      return cd_folder_path_is_safe (path);
  return FALSE;
}

/* Paths of a list, with the digests that it gives them; "" for a file that was being written. */
static void
read_list (const char *folder, const char *name, gboolean digests, GHashTable *known)
{
  g_autofree char *place = g_build_filename (folder, name, NULL), *text = NULL;
  if (!g_file_get_contents (place, &text, NULL, NULL))
    return;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    gboolean whole = !digests || (strlen (*line) > DIGEST + 2 && (*line)[DIGEST] == ' ');
    const char *path = digests && whole ? *line + DIGEST + 2 : *line;
    if (whole && is_changing (path))
      g_hash_table_insert (known, g_strdup (path), digests ? g_strndup (*line, DIGEST) : g_strdup (""));
  }
}

/* A file that somebody else has put in the place of the site's is theirs. */
static gboolean
is_ours (const char *place, const char *digest)
{
  g_autofree char *contents = NULL;
  gsize length = 0;
  if (*digest == '\0')
    return TRUE;
  if (!g_file_get_contents (place, &contents, &length, NULL))
    return FALSE;
  g_autofree char *now = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) contents, length);
  return g_str_equal (now, digest);
}

static void
remove_stale (const char *folder, const GPtrArray *files, GHashTable *known)
{
  for (guint i = 0; i < files->len; i++)
    g_hash_table_remove (known, ((const CdSiteFile *) files->pdata[i])->path);
  GHashTableIter iterator;
  gpointer path = NULL, digest = NULL;
  for (g_hash_table_iter_init (&iterator, known); g_hash_table_iter_next (&iterator, &path, &digest);) {
    g_autofree char *place = g_build_filename (folder, path, NULL);
    if (is_ours (place, digest))
      cd_folder_drop (folder, path);
  }
}

/* Parts that a killed run left behind. */
static void
remove_parts (const char *folder, const GPtrArray *files, GHashTable *known)
{
  GHashTableIter iterator;
  gpointer path = NULL;
  for (guint i = 0; i < files->len; i++) {
    g_autofree char *part = g_strconcat (((const CdSiteFile *) files->pdata[i])->path, PART, NULL);
    cd_folder_drop (folder, part);
  }
  for (g_hash_table_iter_init (&iterator, known); g_hash_table_iter_next (&iterator, &path, NULL);) {
    g_autofree char *part = g_strconcat (path, PART, NULL);
    cd_folder_drop (folder, part);
  }
  cd_folder_drop (folder, CD_SITE_LIST PART);
}

/* Folders for all files; the names of all files in CD_SITE_BEGUN. */
static gboolean
begin (const char *folder, const GPtrArray *files, GError **error)
{
  g_autoptr (GHashTable) made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  if (g_mkdir_with_parents (data, 0777) != 0)
    return fail (data, error);
  for (guint i = 0; i < files->len; i++) {
    const CdSiteFile *file = files->pdata[i];
    g_autofree char *below = g_path_get_dirname (file->path), *parent = g_build_filename (folder, below, NULL);
    if (!g_hash_table_contains (made, parent) && g_mkdir_with_parents (parent, 0777) != 0)
      return fail (parent, error);
    g_hash_table_add (made, g_steal_pointer (&parent));
    g_string_append_printf (names, "%s\n", file->path);
  }
  return put (folder, CD_SITE_BEGUN, names->str, names->len, error);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const char *const *x = a, *const *y = b;
  return strcmp (*x + DIGEST, *y + DIGEST);
}

static gboolean
write_list (const Writing *writing, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < writing->files->len; i++)
    g_ptr_array_add (lines, g_strdup_printf ("%s  %s\n", writing->digests[i], ((const CdSiteFile *) writing->files->pdata[i])->path));
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  g_autofree char *text = g_strjoinv ("", (char **) lines->pdata);
  return put (writing->folder, CD_SITE_LIST, text, strlen (text), error);
}

int
cd_site_files_hold (const char *folder, GError **error)
{
  int held = g_mkdir_with_parents (folder, 0777) == 0 ? g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0) : -1;
  while (held >= 0 && flock (held, LOCK_EX) != 0 && errno == EINTR)
    ;
  if (held < 0)
    fail (folder, error);
  return held;
}

gboolean
cd_site_files_write (const char *folder, const GPtrArray *files, gconstpointer site, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *begun = g_build_filename (folder, CD_SITE_BEGUN, NULL);
  gboolean broken_off = g_file_test (begun, G_FILE_TEST_EXISTS);
  read_list (folder, CD_SITE_LIST, TRUE, known);
  read_list (folder, CD_SITE_BEGUN, FALSE, known);
  if (broken_off)
    remove_parts (folder, files, known);
  cd_folder_drop (folder, CD_SITE_BEGUN PART);
  Writing writing = { .folder = folder, .site = site, .files = files, .digests = g_new0 (char *, files->len + 1) };
  g_mutex_init (&writing.lock);
  gboolean done = begin (folder, files, error) && write_files (&writing, error);
  if (done) {
    remove_stale (folder, files, known);
    done = write_list (&writing, error) && (g_unlink (begun) == 0 || fail (begun, error));
  }
  for (guint i = 0; i < files->len; i++)
    g_free (writing.digests[i]);
  g_free (writing.digests);
  g_mutex_clear (&writing.lock);
  return done;
}
