/* Snapshots: which entries a commit has, what becomes of reading them, and that nothing unreadable goes unsaid. */
#include "base/limits.h"
#include "fixture.h"
#include "git/snapshot.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

/* cmocka.h needs the headers above. */
#include <cmocka.h>

/* The repository is let go at once: a snapshot keeps what it needs. */
static CdSnapshot *
open_fixture (Fixture *fixture, const char *revision)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CdRepository) repository = cd_repository_open (fixture_path (fixture), NULL, NULL, &error);
  CdSnapshot *snapshot = repository != NULL ? cd_snapshot_open (repository, revision, &error) : NULL;

  if (snapshot == NULL)
    fail_msg ("%s", error->message);
  return snapshot;
}

static void
read_path (CdSnapshot *snapshot, const char *path, gsize limit, CdBlob *blob)
{
  const CdEntry *entry = cd_snapshot_find (snapshot, path);

  if (entry == NULL)
    fail_msg ("no entry '%s'", path);
  cd_snapshot_read (snapshot, entry, limit, blob);
}

/* The loose object's file; removed or overwritten by tests of missing and damaged objects. */
static char *
object_file (Fixture *fixture, const char *revision)
{
  g_autofree char *id = fixture_pipe (fixture, "", 0, "rev-parse", revision, NULL);
  g_autofree char *name = g_strdup_printf (".git/objects/%.2s/%s", id, id + 2);

  return g_build_filename (fixture_path (fixture), name, NULL);
}

static void
assert_unread (CdSnapshot *snapshot, const char *path, const char *why)
{
  const GArray *unread = cd_snapshot_unread (snapshot);

  for (guint i = 0; i < unread->len; i++) {
    const CdUnread *one = &g_array_index (unread, CdUnread, i);

    if (strcmp (one->path, path) == 0 && strcmp (one->why, why) == 0)
      return;
  }
  fail_msg ("'%s' should be reported unread: %s", path, why);
}

static void
test_entries_in_path_order (G_GNUC_UNUSED void **state)
{
  static const char *const paths[] = { "a", "a-b", "a.c", "b/a", "b/b/c", "b0", "z" };
  static const struct {
    const char *path;
    gboolean has, entry;
  } cases[] = {
    { "a", TRUE, TRUE },        { "b", TRUE, FALSE },    { "b/", TRUE, FALSE }, { "b/b", TRUE, FALSE }, { "b/b/c", TRUE, TRUE },
    { "b/b/c/", FALSE, FALSE }, { "b/c", FALSE, FALSE }, { "", TRUE, FALSE },   { "zz", FALSE, FALSE }, { "b1", FALSE, FALSE },
  };
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdSnapshot) snapshot = NULL;

  for (gsize i = G_N_ELEMENTS (paths); i-- > 0;)
    fixture_write (fixture, paths[i], paths[i]);
  fixture_commit (fixture, "one");
  fixture_commit (fixture, "two");
  snapshot = open_fixture (fixture, NULL);
  assert_int_equal (cd_snapshot_length (snapshot), G_N_ELEMENTS (paths));
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    assert_string_equal (cd_snapshot_entry (snapshot, i)->path, paths[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    assert_int_equal (cd_snapshot_has (snapshot, cases[i].path), cases[i].has);
    assert_int_equal (cd_snapshot_find (snapshot, cases[i].path) != NULL, cases[i].entry);
  }
  assert_int_equal (cd_snapshot_time (snapshot), 1704067200 + 3600);
  assert_int_equal (cd_snapshot_unread (snapshot)->len, 0);
}

static void
test_kinds (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdSnapshot) snapshot = NULL;
  g_autofree char *script = g_build_filename (fixture_path (fixture), "run.sh", NULL);
  g_autofree char *link = g_build_filename (fixture_path (fixture), "link", NULL);
  g_auto (CdBlob) target = { 0 }, module = { 0 };

  fixture_write (fixture, "file", "x\n");
  fixture_write (fixture, "run.sh", "#!/bin/sh\n");
  g_chmod (script, 0755);
  assert_int_equal (symlink ("/etc/passwd", link), 0);
  fixture_commit (fixture, "one");
  fixture_git (fixture, "update-index", "--add", "--cacheinfo", "160000,0123456789012345678901234567890123456789,module", NULL);
  fixture_git (fixture, "commit", "-q", "-m", "two", NULL);
  snapshot = open_fixture (fixture, NULL);
  assert_int_equal (cd_snapshot_find (snapshot, "file")->kind, CD_ENTRY_FILE);
  assert_int_equal (cd_snapshot_find (snapshot, "run.sh")->kind, CD_ENTRY_EXECUTABLE);
  assert_int_equal (cd_snapshot_find (snapshot, "link")->kind, CD_ENTRY_SYMLINK);
  assert_int_equal (cd_snapshot_find (snapshot, "module")->kind, CD_ENTRY_SUBMODULE);
  read_path (snapshot, "link", 100, &target);
  assert_string_equal (g_bytes_get_data (target.bytes, NULL), "/etc/passwd"); /* the link's own text, never what it leads to */
  read_path (snapshot, "module", 100, &module);
  assert_int_equal (module.state, CD_BLOB_MISSING);
}

#define POINTER "version https://git-lfs.github.com/spec/v1\n"
#define OID "sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393"

static void
test_blob_states (G_GNUC_UNUSED void **state)
{
  static const struct {
    const char *name, *text;
    CdBlobState state;
    gint64 size;
    const char *oid;
  } cases[] = {
    { "empty", "", CD_BLOB_READ, 0, NULL },
    { "text", "hello\n", CD_BLOB_READ, 6, NULL },
    { "at-limit",
      "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
      "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
      CD_BLOB_READ, 200, NULL },
    { "over-limit",
      "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
      "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789!",
      CD_BLOB_TOO_LARGE, 201, NULL },
    { "lfs", POINTER "oid " OID "\nsize 123456789012\n", CD_BLOB_LFS, 123456789012, OID },
    { "lfs-windows", "version https://git-lfs.github.com/spec/v1\r\noid " OID "\r\nsize 5\r\n", CD_BLOB_LFS, 5, OID },
    { "lfs-extended", POINTER "ext-0-x sha256:00\noid " OID "\nsize 7\n", CD_BLOB_LFS, 7, OID },
    { "lfs-no-oid", POINTER "size 5\n", CD_BLOB_READ, 50, NULL },
    { "lfs-no-size", POINTER "oid " OID "\n", CD_BLOB_READ, 119, NULL },
    { "lfs-bad-size", POINTER "oid " OID "\nsize -5\n", CD_BLOB_READ, 127, NULL },
    { "lfs-bad-oid", POINTER "oid sha256:xyz\nsize 5\n", CD_BLOB_READ, 65, NULL },
    { "lfs-quoted", " " POINTER "oid " OID "\nsize 5\n", CD_BLOB_READ, 127, NULL },
  };
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdSnapshot) snapshot = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    fixture_write (fixture, cases[i].name, cases[i].text);
  fixture_commit (fixture, "one");
  snapshot = open_fixture (fixture, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (CdBlob) blob = { 0 };

    read_path (snapshot, cases[i].name, 200, &blob);
    if (blob.state != cases[i].state || blob.size != cases[i].size || g_strcmp0 (blob.lfs_oid, cases[i].oid) != 0)
      fail_msg ("%s: %s, %d bytes, %s", cases[i].name, cd_blob_state_text (blob.state), (int) blob.size, blob.lfs_oid);
    assert_int_equal (blob.bytes != NULL, cases[i].state == CD_BLOB_READ);
    if (blob.bytes != NULL)
      assert_string_equal (g_bytes_get_data (blob.bytes, NULL), cases[i].text);
  }
}

/* Bytes are lent without a copy, so the promised NUL is libgit2's own: for loose, packed and deltified objects. Under
 * AddressSanitizer a missing one shows as a read past the allocation. */
static void
test_bytes_end_in_nul (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *large = g_malloc (100000);

  for (guint i = 0; i < 100000; i++)
    large[i] = (char) (i * i % 251);
  fixture_write_bytes (fixture, "a", large, 99999);
  fixture_write_bytes (fixture, "b", large, 100000);
  fixture_write_bytes (fixture, "small", "x\0y", 3);
  fixture_commit (fixture, "one");
  for (guint packed = 0; packed < 2; packed++) {
    g_autoptr (CdSnapshot) snapshot = NULL;

    if (packed)
      fixture_git (fixture, "repack", "-adfq", NULL);
    snapshot = open_fixture (fixture, NULL);
    for (guint i = 0; i < cd_snapshot_length (snapshot); i++) {
      g_auto (CdBlob) blob = { 0 };
      gsize length;
      const char *text;

      cd_snapshot_read (snapshot, cd_snapshot_entry (snapshot, i), G_MAXSIZE, &blob);
      assert_int_equal (blob.state, CD_BLOB_READ);
      text = g_bytes_get_data (blob.bytes, &length);
      assert_int_equal (text[length], 0);
      if (length > 3)
        assert_memory_equal (text, large, length);
    }
  }
}

static void
deflate_into (const char *file, const char *bytes, gsize length)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 1);
  g_autofree char *packed = g_malloc (length + 100);
  gsize taken, given;

  assert_int_equal (
      g_converter_convert (G_CONVERTER (compressor), bytes, length, packed, length + 100, G_CONVERTER_INPUT_AT_END, &taken, &given, NULL),
      G_CONVERTER_FINISHED);
  g_chmod (file, 0644);
  assert_true (g_file_set_contents (file, packed, (gssize) given, NULL));
}

static void
test_bad_blobs (G_GNUC_UNUSED void **state)
{
  static const char huge[] = "blob 2147483648\0only the header is honest", wrong[] = "tree 0", lying[] = "blob 50\0short",
                    swapped[] = "blob 6\0others";
  static const struct {
    const char *name, *header; /* NULL: the object is removed */
    gsize length;
    CdBlobState state;
    gint64 size;
  } cases[] = {
    { "missing", NULL, 0, CD_BLOB_MISSING, -1 },
    { "zero", "", 0, CD_BLOB_CORRUPT, -1 },
    { "huge", huge, sizeof huge - 1, CD_BLOB_TOO_LARGE, 2147483648 },
    { "wrong", wrong, sizeof wrong, CD_BLOB_CORRUPT, -1 },
    { "swapped", swapped, sizeof swapped - 1, CD_BLOB_CORRUPT, 6 },
    { "lying", lying, sizeof lying - 1, CD_BLOB_CORRUPT, 50 },
  };
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdSnapshot) snapshot = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    fixture_write (fixture, cases[i].name, cases[i].name);
  fixture_commit (fixture, "one");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *revision = g_strconcat ("HEAD:", cases[i].name, NULL);
    g_autofree char *file = object_file (fixture, revision);

    g_unlink (file);
    if (cases[i].header != NULL && cases[i].length == 0)
      assert_true (g_file_set_contents (file, "", 0, NULL));
    else if (cases[i].header != NULL)
      deflate_into (file, cases[i].header, cases[i].length);
  }
  snapshot = open_fixture (fixture, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (CdBlob) blob = { 0 };

    read_path (snapshot, cases[i].name, 1000, &blob);
    if (blob.state != cases[i].state || blob.size != cases[i].size || blob.bytes != NULL)
      fail_msg ("%s: %s, %d bytes", cases[i].name, cd_blob_state_text (blob.state), (int) blob.size);
  }
}

static void
test_missing_and_damaged_folders (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdSnapshot) snapshot = NULL;
  g_autofree char *gone = NULL, *empty = NULL;

  fixture_write (fixture, "gone/a", "1\n");
  fixture_write (fixture, "in/empty/a", "2\n");
  fixture_write (fixture, "kept/a", "3\n");
  fixture_commit (fixture, "one");
  gone = object_file (fixture, "HEAD:gone");
  empty = object_file (fixture, "HEAD:in/empty");
  g_unlink (gone);
  g_chmod (empty, 0644);
  assert_true (g_file_set_contents (empty, "", 0, NULL));
  snapshot = open_fixture (fixture, NULL);
  assert_int_equal (cd_snapshot_length (snapshot), 1);
  assert_string_equal (cd_snapshot_entry (snapshot, 0)->path, "kept/a");
  assert_int_equal (cd_snapshot_unread (snapshot)->len, 2);
  assert_unread (snapshot, "gone", "object missing");
  assert_unread (snapshot, "in/empty", "object corrupt");
}

static void
test_names_not_utf8 (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdSnapshot) snapshot = NULL;
  g_auto (CdBlob) blob = { 0 };

  fixture_write (fixture, "caf\xe9/menu.txt", "latin\n");
  fixture_write (fixture, "caf\xc3\xa9.txt", "utf8\n");
  fixture_commit (fixture, "one");
  snapshot = open_fixture (fixture, NULL);
  assert_non_null (cd_snapshot_find (snapshot, "caf\xc3\xa9.txt"));
  read_path (snapshot, "caf\\xE9/menu.txt", 100, &blob);
  assert_string_equal (g_bytes_get_data (blob.bytes, NULL), "latin\n");
  for (guint i = 0; i < cd_snapshot_length (snapshot); i++)
    assert_true (g_utf8_validate (cd_snapshot_entry (snapshot, i)->path, -1, NULL));
}

/* Commits a raw tree as it is, which git's own commands would refuse to make. */
static void
commit_raw_tree (Fixture *fixture, const GByteArray *tree)
{
  g_autofree char *id = fixture_pipe (fixture, tree->data, tree->len, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", NULL);
  g_autofree char *commit = fixture_pipe (fixture, "forged", 6, "commit-tree", id, NULL);

  fixture_git (fixture, "update-ref", "refs/heads/main", commit, NULL);
}

static void
add_raw_entry (GByteArray *tree, const char *mode, const char *name, const char *hex)
{
  g_byte_array_append (tree, (const guint8 *) mode, (guint) strlen (mode));
  g_byte_array_append (tree, (const guint8 *) " ", 1);
  g_byte_array_append (tree, (const guint8 *) name, (guint) strlen (name) + 1);
  for (guint i = 0; i < 20; i++) {
    guint8 byte = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));

    g_byte_array_append (tree, &byte, 1);
  }
}

static void
test_forged_tree (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *blob = fixture_pipe (fixture, "x", 1, "hash-object", "-w", "--stdin", NULL);
  g_autoptr (GByteArray) tree = g_byte_array_new ();
  g_autoptr (CdSnapshot) snapshot = NULL;

  add_raw_entry (tree, "100644", "z", blob); /* out of order */
  add_raw_entry (tree, "100644", "..", blob);
  add_raw_entry (tree, "40000", ".GIT", blob);
  add_raw_entry (tree, "100644", "", blob);
  add_raw_entry (tree, "100644", "a/b", blob);
  add_raw_entry (tree, "100664", "c", blob);
  add_raw_entry (tree, "070000", "odd", blob);
  add_raw_entry (tree, "40000", "not-a-tree", blob);
  g_byte_array_append (tree, (const guint8 *) "100644 cut\0abc", 14);
  commit_raw_tree (fixture, tree);
  snapshot = open_fixture (fixture, NULL);
  assert_int_equal (cd_snapshot_length (snapshot), 2);
  assert_string_equal (cd_snapshot_entry (snapshot, 0)->path, "c");
  assert_string_equal (cd_snapshot_entry (snapshot, 1)->path, "z");
  assert_unread (snapshot, "..", "name that git refuses");
  assert_unread (snapshot, ".GIT", "name that git refuses");
  assert_unread (snapshot, "a/b", "name that git refuses");
  assert_unread (snapshot, "odd", "kind of entry that git does not know");
  assert_unread (snapshot, "not-a-tree", "object corrupt");
  assert_unread (snapshot, "", "object corrupt");
}

/* Folders in folders, each holding width times the one below: three objects of 100 entries stand for a million files. */
static void
commit_nested (Fixture *fixture, guint depth, guint width)
{
  g_autofree char *id = fixture_pipe (fixture, "x", 1, "hash-object", "-w", "--stdin", NULL);

  for (guint level = 0; level < depth; level++) {
    g_autoptr (GByteArray) tree = g_byte_array_new ();
    char *next;

    for (guint i = 0; i < width; i++) {
      g_autofree char *name = g_strdup_printf ("%02u", i);

      add_raw_entry (tree, level == 0 ? "100644" : "40000", name, id);
    }
    if (level + 1 == depth) {
      commit_raw_tree (fixture, tree);
      return;
    }
    next = fixture_pipe (fixture, tree->data, tree->len, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", NULL);
    g_free (id);
    id = next;
  }
}

static void
test_too_many_entries (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdSnapshot) snapshot = NULL;

  commit_nested (fixture, 3, 100);
  snapshot = open_fixture (fixture, NULL);
  assert_true (cd_snapshot_length (snapshot) > CD_LIMIT_ENTRIES * 9 / 10 && cd_snapshot_length (snapshot) <= CD_LIMIT_ENTRIES);
  assert_int_equal (cd_snapshot_unread (snapshot)->len, 1);
  assert_string_equal (g_array_index (cd_snapshot_unread (snapshot), CdUnread, 0).why, "too many entries: this one and all after it");
}

static void
test_too_deep (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdSnapshot) snapshot = NULL;
  g_autoptr (GString) stream = g_string_new ("commit refs/heads/main\ncommitter C <c@example.org> 1 +0000\ndata 1\nxM 100644 inline ");
  const GArray *unread;

  for (guint i = 0; i < 1000; i++)
    g_string_append (stream, "d/");
  g_string_append (stream, "f\ndata 1\nx\nM 100644 inline top\ndata 1\nx\n");
  g_free (fixture_pipe (fixture, stream->str, stream->len, "fast-import", "--quiet", NULL));
  snapshot = open_fixture (fixture, NULL);
  unread = cd_snapshot_unread (snapshot);
  assert_int_equal (cd_snapshot_length (snapshot), 1);
  assert_string_equal (cd_snapshot_entry (snapshot, 0)->path, "top");
  assert_int_equal (unread->len, 1);
  assert_string_equal (g_array_index (unread, CdUnread, 0).why, "folders nested too deep");
  assert_int_equal (strlen (g_array_index (unread, CdUnread, 0).path), 2 * CD_LIMIT_TREE_DEPTH - 1);
}

/* A clone without blobs: everything is listed, nothing can be read, and nobody is asked for what is missing. */
static void
test_partial_clone (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new (), partial = fixture_new ();
  g_autofree char *url = g_strconcat ("file://", fixture_path (fixture), NULL);
  g_autoptr (CdSnapshot) snapshot = NULL;
  g_auto (CdBlob) blob = { 0 };

  fixture_write (fixture, "a/b", "x\n");
  fixture_commit (fixture, "one");
  fixture_git (fixture, "config", "uploadpack.allowFilter", "true", NULL);
  fixture_git (partial, "remote", "add", "origin", url, NULL);
  fixture_git (partial, "fetch", "-q", "--filter=blob:none", "origin", "main:copy", NULL);
  snapshot = open_fixture (partial, "copy");
  read_path (snapshot, "a/b", 100, &blob);
  assert_int_equal (blob.state, CD_BLOB_MISSING);
  assert_string_equal (cd_blob_state_text (blob.state), "object missing");
}

static gpointer
read_all (gpointer data)
{
  CdSnapshot *snapshot = data;
  guint good = 0;

  for (guint round = 0; round < 20; round++)
    for (guint i = 0; i < cd_snapshot_length (snapshot); i++) {
      g_auto (CdBlob) blob = { 0 };
      const CdEntry *entry = cd_snapshot_entry (snapshot, i);

      cd_snapshot_read (snapshot, entry, 1000, &blob);
      good += blob.state == CD_BLOB_READ && strcmp (g_bytes_get_data (blob.bytes, NULL), entry->path) == 0;
    }
  return GUINT_TO_POINTER (good);
}

static void
test_threads (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdSnapshot) snapshot = NULL;
  GThread *threads[4];

  for (guint i = 0; i < 50; i++) {
    g_autofree char *name = g_strdup_printf ("folder%u/file%u", i % 5, i);

    fixture_write (fixture, name, name);
  }
  fixture_commit (fixture, "one");
  fixture_git (fixture, "repack", "-adq", NULL);
  snapshot = open_fixture (fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", read_all, snapshot);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    assert_int_equal (GPOINTER_TO_UINT (g_thread_join (threads[i])), 20 * 50);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_entries_in_path_order),
    cmocka_unit_test (test_kinds),
    cmocka_unit_test (test_blob_states),
    cmocka_unit_test (test_bytes_end_in_nul),
    cmocka_unit_test (test_bad_blobs),
    cmocka_unit_test (test_missing_and_damaged_folders),
    cmocka_unit_test (test_names_not_utf8),
    cmocka_unit_test (test_forged_tree),
    cmocka_unit_test (test_too_many_entries),
    cmocka_unit_test (test_too_deep),
    cmocka_unit_test (test_partial_clone),
    cmocka_unit_test (test_threads),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
