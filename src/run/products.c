/* Products of a command: found by comparing lists, named by digest, moved or copied. The lists and the safe opening of files are base/folder.c's. */
#include "run/products.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY_BYTES (1u << 20)
#define LINK_BYTES 4096u /* PATH_MAX */

static void
product_free (gpointer data)
{
  CdProduct *product = data;
  g_free (product->path);
  g_free (product->digest);
  g_free (product);
}

static void
refused_free (gpointer data)
{
  CdRefused *refused = data;
  g_free (refused->path);
  g_free (refused->why);
  g_free (refused);
}

CdProducts *
cd_products_new (void)
{
  CdProducts *products = g_new0 (CdProducts, 1);
  products->made = g_ptr_array_new_with_free_func (product_free);
  products->removed = g_ptr_array_new_with_free_func (g_free);
  products->refused = g_ptr_array_new_with_free_func (refused_free);
  return products;
}

void
cd_products_free (CdProducts *products)
{
  if (products == NULL)
    return;
  g_ptr_array_unref (products->made);
  g_ptr_array_unref (products->removed);
  g_ptr_array_unref (products->refused);
  g_free (products);
}

void
cd_products_add (CdProducts *products, const char *path, CdItemKind kind, guint64 size, const char *digest)
{
  CdProduct *product = g_new0 (CdProduct, 1);
  *product = (CdProduct){ g_strdup (path), kind, size, g_strdup (digest) };
  g_ptr_array_add (products->made, product);
}

void
cd_products_refuse (CdProducts *products, const char *path, const char *why)
{
  CdRefused *refused = g_new0 (CdRefused, 1);
  *refused = (CdRefused){ g_strdup (path), g_strdup (why) };
  g_ptr_array_add (products->refused, refused);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const CdProduct *const *) a)->path, (*(const CdProduct *const *) b)->path);
}

const CdProduct *
cd_products_find (const CdProducts *products, const char *path)
{
  const CdProduct wanted = { .path = (char *) path }, *key = &wanted;
  if (products->made->len == 0)
    return NULL;
  const CdProduct *const *found = bsearch (&key, products->made->pdata, products->made->len, sizeof (gpointer), compare_paths);
  return found != NULL ? *found : NULL;
}

char *
cd_products_digest (const CdProducts *products)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  for (guint i = 0; i < products->made->len; i++) {
    const CdProduct *product = products->made->pdata[i];
    g_autofree char *head = g_strdup_printf ("%d", (int) product->kind);
    const char *const parts[] = { head, product->path, product->digest };
    for (gsize j = 0; j < G_N_ELEMENTS (parts); j++)
      g_checksum_update (sum, (const guchar *) parts[j], (gssize) strlen (parts[j]) + 1);
  }
  for (guint i = 0; i < products->removed->len; i++) {
    const char *path = products->removed->pdata[i];
    g_checksum_update (sum, (const guchar *) "removed", -1);
    g_checksum_update (sum, (const guchar *) path, (gssize) strlen (path) + 1);
  }
  return g_strdup (g_checksum_get_string (sum));
}

/* Reads all of in, into out too unless that is -1; the SHA-256 in hex, NULL with errno where it fails. Caller frees. */
static char *
copy_and_digest (int in, int out)
{
  g_autofree guchar *buffer = g_malloc (COPY_BYTES);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  for (;;) {
    gssize got = read (in, buffer, COPY_BYTES);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return NULL;
    if (got == 0)
      return g_strdup (g_checksum_get_string (sum));
    g_checksum_update (sum, buffer, got);
    for (gssize done = 0; out >= 0 && done < got;) {
      gssize written = write (out, buffer + done, (gsize) (got - done));
      if (written < 0 && errno != EINTR)
        return NULL;
      done += MAX (written, 0);
    }
  }
}

static gboolean
fail_errno (const char *path, GError **error)
{
  g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

/* Renaming where both are on one file system, copying otherwise. */
static gboolean
move_into_store (const char *folder, const char *path, int fd, const char *stored, GError **error)
{
  g_autofree char *place = g_build_filename (folder, path, NULL);
  if (g_rename (place, stored) == 0)
    return g_chmod (stored, 0600) == 0 && chown (stored, geteuid (), getegid ()) == 0 ? TRUE : fail_errno (stored, error);
  int out = g_open (stored, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  lseek (fd, 0, SEEK_SET);
  g_autofree char *digest = out >= 0 ? copy_and_digest (fd, out) : NULL;
  gboolean closed = out >= 0 && close (out) == 0;
  return digest != NULL && closed ? TRUE : fail_errno (stored, error);
}

static gboolean
take_file (CdProducts *products, const char *folder, const CdItem *item, const char *store, GError **error)
{
  g_autoptr (GError) cause = NULL;
  int fd = cd_folder_open (folder, item->path, &cause);
  g_autofree char *digest = fd >= 0 ? copy_and_digest (fd, -1) : NULL;
  if (digest == NULL) {
    cd_products_refuse (products, item->path, cause != NULL ? "cannot be opened" : "cannot be read");
    if (fd >= 0)
      close (fd);
    return TRUE;
  }
  g_autofree char *stored = g_build_filename (store, digest, NULL);
  gboolean kept = g_file_test (stored, G_FILE_TEST_EXISTS) || move_into_store (folder, item->path, fd, stored, error);
  close (fd);
  if (kept)
    cd_products_add (products, item->path, item->kind, item->size, digest);
  return kept;
}

static void
take_link (CdProducts *products, const char *folder, const CdItem *item)
{
  g_autofree char *place = g_build_filename (folder, item->path, NULL);
  char target[LINK_BYTES];
  gssize length = readlink (place, target, sizeof target - 1);
  target[MAX (length, 0)] = '\0';
  if (length > 0 && g_utf8_validate (target, -1, NULL) && cd_folder_target_is_safe (item->path, target))
    cd_products_add (products, item->path, CD_ITEM_SYMLINK, 0, target);
  else
    cd_products_refuse (products, item->path, "symbolic link that leaves the folder");
}

static gboolean
take_item (CdProducts *products, const char *folder, const CdItem *item, const char *store, GError **error)
{
  if (item->kind == CD_ITEM_OTHER)
    cd_products_refuse (products, item->path, "no regular file");
  else if (!cd_folder_path_is_safe (item->path))
    return TRUE;
  else if (item->kind == CD_ITEM_SYMLINK)
    take_link (products, folder, item);
  else
    return take_file (products, folder, item, store, error);
  return TRUE;
}

static gboolean
is_unchanged (const CdItem *before, const CdItem *after)
{
  return before->inode == after->inode && before->changed == after->changed && before->size == after->size && before->kind == after->kind;
}

CdProducts *
cd_products_collect (const char *folder, const GPtrArray *before, const char *store, GError **error)
{
  g_autoptr (GPtrArray) after = cd_folder_list (folder, error);
  if (after == NULL)
    return NULL;
  g_autoptr (CdProducts) products = cd_products_new ();
  guint old = 0;
  for (guint i = 0; i <= after->len; i++) {
    const CdItem *item = i < after->len ? after->pdata[i] : NULL;
    const CdItem *known = NULL;
    for (int order = -1; order < 0 && old < before->len;) {
      known = before->pdata[old];
      order = item == NULL ? -1 : strcmp (known->path, item->path);
      if (order < 0)
        g_ptr_array_add (products->removed, g_strdup (known->path));
      old += order <= 0 ? 1 : 0;
      known = order == 0 ? known : NULL;
    }
    if (item != NULL && (known == NULL || !is_unchanged (known, item)) && !take_item (products, folder, item, store, error))
      return NULL;
  }
  return g_steal_pointer (&products);
}

gboolean
cd_products_restore_one (const CdProduct *product, const char *store, const char *folder, GError **error)
{
  cd_folder_drop (folder, product->path);
  if (product->kind == CD_ITEM_SYMLINK)
    return cd_folder_link (folder, product->path, product->digest, error);
  g_autofree char *stored = g_build_filename (store, product->digest, NULL);
  int in = g_open (stored, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  if (in < 0)
    return fail_errno (stored, error);
  int out = cd_folder_create (folder, product->path, product->kind == CD_ITEM_EXECUTABLE, error);
  if (out < 0) {
    close (in);
    return FALSE;
  }
  gssize copied = 1;
  while (copied > 0) /* shares the blocks where the file system can */
    copied = copy_file_range (in, NULL, out, NULL, G_MAXINT32, 0);
  g_autofree char *digest = copied < 0 && lseek (in, 0, SEEK_SET) == 0 && lseek (out, 0, SEEK_SET) == 0 ? copy_and_digest (in, out) : NULL;
  close (in);
  return close (out) == 0 && (copied == 0 || digest != NULL) ? TRUE : fail_errno (product->path, error);
}

gboolean
cd_products_restore (const CdProducts *products, const char *store, const char *folder, GError **error)
{
  for (guint i = 0; i < products->removed->len; i++)
    cd_folder_drop (folder, products->removed->pdata[i]);
  for (guint i = 0; i < products->made->len; i++)
    if (!cd_products_restore_one (products->made->pdata[i], store, folder, error))
      return FALSE;
  return TRUE;
}

gboolean
cd_products_are_whole (const CdProducts *products, const char *store)
{
  for (guint i = 0; i < products->made->len; i++) {
    const CdProduct *product = products->made->pdata[i];
    if (product->kind == CD_ITEM_SYMLINK)
      continue;
    g_autofree char *stored = g_build_filename (store, product->digest, NULL);
    int fd = g_open (stored, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
    g_autofree char *digest = fd >= 0 ? copy_and_digest (fd, -1) : NULL;
    if (fd >= 0)
      close (fd);
    if (g_strcmp0 (digest, product->digest) != 0)
      return FALSE;
  }
  return TRUE;
}
