/* Walks a local folder within bounds. What the files hold is left to documents/records.h. */
#include "metrics/evaluation-folder.h"
#include "base/text.h"
#include "documents/document.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES_MOST 2000u
#define DEPTH_MOST 16u

struct _CdEvaluationFolder {
  char *folder;
  GPtrArray *files;
};

static void
file_free (gpointer data)
{
  CdFolderFile *file = data;
  g_free (file->path);
  g_free (file->name);
  g_free (file->why);
  g_free (file);
}

void
cd_evaluation_folder_free (CdEvaluationFolder *folder)
{
  if (folder == NULL)
    return;
  g_clear_pointer (&folder->files, g_ptr_array_unref);
  g_free (folder->folder);
  g_free (folder);
}

static void
add_file (CdEvaluationFolder *folder, const char *name, const char *why)
{
  CdFolderFile *file = g_new0 (CdFolderFile, 1);
  file->name = g_strdup (name);
  file->path = cd_text_to_utf8 (name, strlen (name));
  file->why = g_strdup (why);
  g_ptr_array_add (folder->files, file);
}

/* Files that hold no data are passed over; data that cannot be read is told. */
static void
add_if_data (CdEvaluationFolder *folder, const char *name, const struct stat *status)
{
  const char *why = NULL, *language = "";
  CdDocumentKind kind = cd_document_classify (name, NULL, 0, &language);
  gboolean opaque = cd_document_is_opaque (name, &why);
  gboolean records = kind == CD_DOCUMENT_DATA || kind == CD_DOCUMENT_JSON;
  if (!records && why == NULL)
    return;
  if (!S_ISREG (status->st_mode))
    why = S_ISLNK (status->st_mode) ? "link, not followed" : "not a regular file";
  else if (!opaque)
    why = records ? NULL : "not records";
  add_file (folder, name, why);
}

static void
walk (CdEvaluationFolder *folder, const char *below, guint depth)
{
  g_autofree char *path = g_build_filename (folder->folder, below, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  for (const char *entry = NULL; dir != NULL && (entry = g_dir_read_name (dir)) != NULL;) {
    struct stat status;
    g_autofree char *name = *below != '\0' ? g_build_filename (below, entry, NULL) : g_strdup (entry);
    g_autofree char *full = g_build_filename (folder->folder, name, NULL);
    if (entry[0] == '.' || g_lstat (full, &status) != 0 || folder->files->len > FILES_MOST)
      continue;
    if (!S_ISDIR (status.st_mode))
      add_if_data (folder, name, &status);
    else if (depth < DEPTH_MOST)
      walk (folder, name, depth + 1);
    else
      add_file (folder, name, "folders nested too deep");
  }
  if (dir == NULL)
    add_file (folder, below, "folder cannot be read");
}

static gint
compare_files (gconstpointer a, gconstpointer b)
{
  const CdFolderFile *x = *(CdFolderFile *const *) a, *y = *(CdFolderFile *const *) b;
  return strcmp (x->path, y->path);
}

CdEvaluationFolder *
cd_evaluation_folder_open (const char *location, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (location, 0, NULL);
  if (dir == NULL) {
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "--evaluation-sets: \"%s\" is no folder that can be read", location);
    return NULL;
  }
  g_autoptr (CdEvaluationFolder) folder = g_new0 (CdEvaluationFolder, 1);
  folder->folder = g_strdup (location);
  folder->files = g_ptr_array_new_with_free_func (file_free);
  walk (folder, "", 0);
  if (folder->files->len > FILES_MOST) {
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "--evaluation-sets: \"%s\" holds more than %u data files", location, FILES_MOST);
    return NULL;
  }
  g_ptr_array_sort (folder->files, compare_files);
  return g_steal_pointer (&folder);
}

const GPtrArray *
cd_evaluation_folder_files (const CdEvaluationFolder *folder)
{
  return folder->files;
}

static GBytes *
read_all (int descriptor, gsize size)
{
  g_autofree char *bytes = g_try_malloc (size + 1);
  gsize filled = 0;
  while (bytes != NULL && filled < size) {
    gssize got = read (descriptor, bytes + filled, size - filled);
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      break;
    filled += (gsize) got;
  }
  if (bytes == NULL || filled != size)
    return NULL;
  bytes[size] = '\0';
  return g_bytes_new_take (g_steal_pointer (&bytes), size);
}

GBytes *
cd_evaluation_folder_read (const CdEvaluationFolder *folder, const CdFolderFile *file, gsize limit, const char **why)
{
  g_autofree char *full = g_build_filename (folder->folder, file->name, NULL);
  int descriptor = open (full, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat status;
  GBytes *bytes = NULL;
  *why = "cannot be read";
  if (descriptor >= 0 && fstat (descriptor, &status) == 0 && S_ISREG (status.st_mode)) {
    if ((guint64) status.st_size > limit)
      *why = "too large";
    else
      bytes = read_all (descriptor, (gsize) status.st_size);
  }
  if (descriptor >= 0)
    close (descriptor);
  return bytes;
}
