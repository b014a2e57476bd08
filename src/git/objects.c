/* Raw git objects: bounded reads from an object database, trees and commits taken apart in place.
 * Own parsers, because libgit2's refuse a whole tree for one odd entry and copy what is only compared;
 * finding repositories is left to repository.c, walking to snapshot.c and versions.c. */
#include "git/objects.h"
#include "base/text.h"
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#define HEX_LENGTH (2 * CD_OID_BYTES)
#define SCRATCH_BYTES 65536u
#define PARENT_LINE (sizeof "parent " - 1 + HEX_LENGTH + 1)

CdOdb *
cd_odb_open (const char *folder)
{
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  git_odb *native = NULL;
  CdOdb *odb;
  const char *name;

  if (git_odb_open (&native, folder) != 0)
    return NULL;
  odb = g_new0 (CdOdb, 1);
  odb->native = native;
  odb->folder = g_strdup (folder);
  while (names != NULL && (name = g_dir_read_name (names)) != NULL)
    if (g_ascii_isxdigit (name[0]) && g_ascii_isxdigit (name[1]) && name[2] == '\0')
      odb->loose[g_ascii_xdigit_value (name[0]) << 4 | g_ascii_xdigit_value (name[1])] = TRUE;
  return odb;
}

void
cd_odb_free (CdOdb *odb)
{
  git_odb_free (odb->native);
  g_free (odb->folder);
  g_free (odb);
}

static git_oid
native_oid (const CdOid *oid)
{
  git_oid native;

  git_oid_fromraw (&native, oid->bytes);
  return native;
}

/* Missing objects are told apart before reading: a failed read makes libgit2 search the folder of packs again, each time. */
static gboolean
object_exists (CdOdb *odb, const git_oid *oid)
{
  return git_odb_exists_ext (odb->native, oid, GIT_ODB_LOOKUP_NO_REFRESH) == 1;
}

CdObjectState
cd_object_size (CdOdb *odb, const CdOid *oid, git_object_t type, gint64 *size)
{
  git_oid native = native_oid (oid);
  size_t length = 0;
  git_object_t found = GIT_OBJECT_INVALID;

  *size = -1;
  if (!object_exists (odb, &native))
    return CD_OBJECT_MISSING;
  if (git_odb_read_header (&length, &found, odb->native, &native) != 0 || found != type)
    return CD_OBJECT_CORRUPT;
  *size = (gint64) length;
  return CD_OBJECT_READ;
}

/* The file of a loose object; NULL where the object is in a pack. Caller frees. */
static char *
loose_file (const CdOdb *odb, const CdOid *oid)
{
  char hex[HEX_LENGTH + 1];
  g_autofree char *file = NULL;

  if (!odb->loose[oid->bytes[0]])
    return NULL;
  cd_oid_to_hex (oid, hex);
  file = g_strdup_printf ("%s/%.2s/%s", odb->folder, hex, hex + 2);
  return access (file, F_OK) == 0 ? g_steal_pointer (&file) : NULL;
}

/* libgit2 1.5 waits for ever for the rest of a loose file that is cut off: its stream is followed to the end first. */
static gboolean
loose_is_complete (const char *path)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GZlibDecompressor) stream = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autofree guint8 *scratch = g_malloc (SCRATCH_BYTES);
  gsize length = file ? g_mapped_file_get_length (file) : 0, at = 0;
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (file != NULL && result == G_CONVERTER_CONVERTED) {
    gsize taken = 0, made = 0;

    result = g_converter_convert (G_CONVERTER (stream), g_mapped_file_get_contents (file) + at, length - at, scratch, SCRATCH_BYTES,
                                  G_CONVERTER_INPUT_AT_END, &taken, &made, NULL);
    at += taken;
  }
  return result == G_CONVERTER_FINISHED;
}

/* Packs check themselves while they are read. A loose file that is cut off reads as if zeros followed, so it is held to its name. */
static gboolean
object_is_whole (const CdOid *oid, git_odb_object *object)
{
  git_oid named = native_oid (oid), found;

  return git_odb_hash (&found, git_odb_object_data (object), git_odb_object_size (object), git_odb_object_type (object)) == 0
         && git_oid_equal (&named, &found);
}

static CdObjectState
read_present (CdOdb *odb, const CdOid *oid, git_object_t type, git_odb_object **object)
{
  git_oid native = native_oid (oid);
  g_autofree char *loose = loose_file (odb, oid);

  if ((loose != NULL && !loose_is_complete (loose)) || git_odb_read (object, odb->native, &native) != 0)
    return CD_OBJECT_CORRUPT;
  if (git_odb_object_type (*object) == type && (loose == NULL || object_is_whole (oid, *object)))
    return CD_OBJECT_READ;
  git_odb_object_free (*object);
  *object = NULL;
  return CD_OBJECT_CORRUPT;
}

CdObjectState
cd_object_read (CdOdb *odb, const CdOid *oid, git_object_t type, git_odb_object **object)
{
  gint64 size;

  *object = NULL;
  if (type != GIT_OBJECT_BLOB) {
    CdObjectState state = cd_object_size (odb, oid, type, &size);

    if (state != CD_OBJECT_READ)
      return state;
    if (size > CD_OBJECT_BYTES)
      return CD_OBJECT_TOO_LARGE;
  }
  return read_present (odb, oid, type, object);
}

void
cd_tree_begin (CdTreeCursor *cursor, git_odb_object *tree)
{
  *cursor = (CdTreeCursor){ 0 };
  if (tree == NULL)
    return;
  cursor->next = git_odb_object_data (tree);
  cursor->end = cursor->next + git_odb_object_size (tree);
}

static gboolean
tree_break (CdTreeCursor *cursor)
{
  cursor->broken = TRUE;
  cursor->next = cursor->end;
  return FALSE;
}

gboolean
cd_tree_step (CdTreeCursor *cursor)
{
  const guint8 *at = cursor->next, *zero;
  guint mode = 0;

  if (at == cursor->end)
    return FALSE;
  for (; at < cursor->end && *at >= '0' && *at <= '7' && mode < 0200000; at++)
    mode = mode << 3 | (guint) (*at - '0');
  if (at == cursor->end || *at != ' ')
    return tree_break (cursor);
  at++;
  zero = memchr (at, 0, (gsize) (cursor->end - at));
  if (zero == NULL || cursor->end - zero <= (gssize) CD_OID_BYTES)
    return tree_break (cursor);
  cursor->mode = mode;
  cursor->name = (const char *) at;
  cursor->length = (gsize) (zero - at);
  cursor->oid = (const CdOid *) (zero + 1);
  cursor->next = zero + 1 + CD_OID_BYTES;
  return TRUE;
}

gboolean
cd_tree_is_folder (const CdTreeCursor *cursor)
{
  return (cursor->mode & 0170000) == 0040000;
}

gboolean
cd_tree_kind (const CdTreeCursor *cursor, CdEntryKind *kind)
{
  switch (cursor->mode & 0170000) {
    case 0100000:
      *kind = cursor->mode & 0111 ? CD_ENTRY_EXECUTABLE : CD_ENTRY_FILE;
      return TRUE;
    case 0120000:
      *kind = CD_ENTRY_SYMLINK;
      return TRUE;
    case 0160000:
      *kind = CD_ENTRY_SUBMODULE;
      return TRUE;
    default:
      return FALSE;
  }
}

gboolean
cd_tree_name_is_legal (const CdTreeCursor *cursor)
{
  const char *name = cursor->name;

  if (cursor->length == 0 || memchr (name, '/', cursor->length) != NULL)
    return FALSE;
  if (name[0] != '.')
    return TRUE;
  return !(cursor->length == 1 || (cursor->length == 2 && name[1] == '.') || (cursor->length == 4 && g_ascii_strncasecmp (name, ".git", 4) == 0));
}

int
cd_tree_compare (const CdTreeCursor *a, const CdTreeCursor *b)
{
  gsize shorter = MIN (a->length, b->length);
  int order = memcmp (a->name, b->name, shorter);
  guint8 end_a, end_b;

  if (order != 0)
    return order;
  /* A NUL ends each name in the tree's bytes, so reading one further is within them. */
  end_a = a->length == shorter && cd_tree_is_folder (a) ? '/' : (guint8) a->name[shorter];
  end_b = b->length == shorter && cd_tree_is_folder (b) ? '/' : (guint8) b->name[shorter];
  if (end_a != end_b)
    return end_a < end_b ? -1 : 1;
  return a->length < b->length ? -1 : a->length > b->length;
}

void
cd_tree_append_name (GString *path, const CdTreeCursor *cursor)
{
  g_autofree char *text = NULL;

  if (g_utf8_validate (cursor->name, (gssize) cursor->length, NULL)) {
    g_string_append_len (path, cursor->name, (gssize) cursor->length);
    return;
  }
  text = cd_text_to_utf8 (cursor->name, cursor->length);
  g_string_append (path, text);
}

static gboolean
oid_from_hex (const char *hex, CdOid *oid)
{
  for (guint i = 0; i < CD_OID_BYTES; i++) {
    int high = g_ascii_xdigit_value (hex[2 * i]), low = g_ascii_xdigit_value (hex[2 * i + 1]);

    if (high < 0 || low < 0)
      return FALSE;
    oid->bytes[i] = (guint8) (high << 4 | low);
  }
  return TRUE;
}

/* "… <mail> 1700000000 +0100": the digits before the zone; 0 where there are none. */
static gint64
line_time (const char *line, const char *end)
{
  const char *mail = memrchr (line, '>', (gsize) (end - line));
  gint64 time = 0;

  for (const char *at = mail == NULL ? end : mail + 1; at < end && time < G_MAXINT64 / 100; at++) {
    if (g_ascii_isdigit (*at))
      time = time * 10 + (*at - '0');
    else if (*at != ' ' || time != 0)
      break;
  }
  return time;
}

static gboolean
line_is_oid (const char *line, const char *end, const char *key, CdOid *oid)
{
  gsize length = strlen (key);

  return (gsize) (end - line) > length + HEX_LENGTH && memcmp (line, key, length) == 0 && line[length + HEX_LENGTH] == '\n'
         && oid_from_hex (line + length, oid);
}

static void
commit_header (CdCommitView *view, const char *line, const char *end)
{
  static const char committer[] = "committer ", encoding[] = "encoding ";
  gsize length = (gsize) (end - line);

  if (length >= sizeof committer - 1 && memcmp (line, committer, sizeof committer - 1) == 0 && view->time == 0)
    view->time = line_time (line, end);
  else if (length >= sizeof encoding - 1 && memcmp (line, encoding, sizeof encoding - 1) == 0)
    g_strlcpy (view->encoding, line + sizeof encoding - 1, MIN (sizeof view->encoding, length - sizeof encoding + 2));
}

gboolean
cd_commit_view (git_odb_object *commit, CdCommitView *view)
{
  const char *at = git_odb_object_data (commit), *end = at + git_odb_object_size (commit);
  CdOid parent;

  *view = (CdCommitView){ 0 };
  if (!line_is_oid (at, end, "tree ", &view->tree))
    return FALSE;
  at += sizeof "tree " - 1 + HEX_LENGTH + 1;
  view->parents = at;
  for (; line_is_oid (at, end, "parent ", &parent); at += PARENT_LINE)
    view->parent_count++;
  while (at < end && *at != '\n') {
    const char *stop = memchr (at, '\n', (gsize) (end - at));

    if (stop == NULL)
      stop = end;
    commit_header (view, at, stop);
    at = stop == end ? end : stop + 1;
  }
  view->message = at < end ? at + 1 : end;
  view->message_length = (gsize) (end - view->message);
  return TRUE;
}

void
cd_commit_parent (const CdCommitView *view, guint index, CdOid *parent)
{
  oid_from_hex (view->parents + index * PARENT_LINE + sizeof "parent " - 1, parent);
}

guint
cd_oid_hash (gconstpointer oid)
{
  guint hash;

  memcpy (&hash, oid, sizeof hash);
  return hash;
}

gboolean
cd_oid_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, CD_OID_BYTES) == 0;
}
