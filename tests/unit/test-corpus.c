/* A snapshot's documents: order, lookup, what was not examined, and that threads change nothing. */
#include "documents/corpus.h"
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void
count_visit (CdDocument *document, guint index, gpointer data)
{
  g_atomic_int_inc ((gint *) data + index);
  (void) document;
}

static Fixture *
make (void)
{
  Fixture *fixture = fixture_new ();
  fixture_write (fixture, "README.md", "# Work\n\nWe train.\n");
  fixture_write (fixture, "train.py", "lr = 1e-6\n");
  fixture_write (fixture, "data/train.jsonl", "{\"q\": 1}\n{\"q\": 2}\n");
  fixture_write (fixture, "data/big.jsonl",
                 "version https://git-lfs.github.com/spec/v1\noid sha256:"
                 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\nsize 123456\n");
  fixture_write_bytes (fixture, "figure.png", "\x89PNG\0", 5);
  fixture_write_bytes (fixture, "data/test.parquet", "PAR1\0", 5);
  g_autofree char *link = g_build_filename (fixture_path (fixture), "link.md", NULL);
  assert_int_equal (symlink ("README.md", link), 0);
  for (guint i = 0; i < 40; i++) {
    g_autofree char *path = g_strdup_printf ("src/m%02u.py", i);
    g_autofree char *text = g_strdup_printf ("x = %u\n", i);
    fixture_write (fixture, path, text);
  }
  fixture_commit (fixture, "all");
  return fixture;
}

static char *
describe (const CdCorpus *corpus)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = g_ptr_array_index (corpus->documents, i);
    g_string_append_printf (text, "%s %s %u %u\n", document->path, cd_document_kind_name (document->kind), document->passages->len,
                            document->settings->len);
  }
  for (guint i = 0; i < corpus->not_examined->len; i++) {
    const CdNotExamined *row = g_ptr_array_index (corpus->not_examined, i);
    g_string_append_printf (text, "! %s: %s\n", row->path, row->why);
  }
  return g_string_free (text, FALSE);
}

static void
test_threads (void **state)
{
  (void) state;
  g_autoptr (Fixture) fixture = make ();
  g_autoptr (CdRepository) repository = cd_repository_open (fixture_path (fixture), NULL, NULL, NULL);
  g_autoptr (CdSnapshot) snapshot = cd_snapshot_open (repository, NULL, NULL);
  assert_non_null (snapshot);
  g_autofree char *first = NULL;
  const guint threads[] = { 1, 2, 7, 0 };
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    gint visits[64] = { 0 };
    CdCorpusOptions options = { .threads = threads[i] };
    g_autoptr (CdCorpus) corpus = cd_corpus_read (snapshot, &options);
    cd_corpus_visit (corpus, threads[i], count_visit, visits);
    g_autofree char *text = describe (corpus);
    assert_int_equal (corpus->documents->len, 47);
    for (guint at = 0; at < corpus->documents->len; at++)
      assert_int_equal (visits[at], 1);
    if (first == NULL)
      first = g_steal_pointer (&text);
    else
      assert_string_equal (text, first);
  }
  assert_non_null (strstr (first, "README.md markdown 2 0\n"));
  assert_non_null (strstr (first, "figure.png image 0 0\n"));
  assert_non_null (strstr (first, "link.md binary 0 0\n"));
  assert_string_equal (strchr (first, '!'), "! data/big.jsonl: Git LFS pointer\n! data/test.parquet: binary data, not read\n");
}

static void
test_lookup (void **state)
{
  (void) state;
  g_autoptr (Fixture) fixture = make ();
  g_autoptr (CdRepository) repository = cd_repository_open (fixture_path (fixture), NULL, NULL, NULL);
  g_autoptr (CdSnapshot) snapshot = cd_snapshot_open (repository, NULL, NULL);
  CdCorpusOptions options = { .threads = 1 };
  g_autoptr (CdCorpus) corpus = cd_corpus_read (snapshot, &options);
  const CdDocument *data = cd_corpus_find (corpus, "data/train.jsonl");
  assert_non_null (data);
  assert_int_equal (data->data->rows, 2);
  assert_int_equal (cd_corpus_find (corpus, "data/big.jsonl")->size, 123456);
  assert_null (cd_corpus_find (corpus, "absent"));
  const CdLink *target = g_ptr_array_index (cd_corpus_find (corpus, "link.md")->links, 0);
  assert_string_equal (target->target, "README.md");
}

/* A blob that the clone does not hold: reported, images too. */
static void
test_missing (void **state)
{
  (void) state;
  g_autoptr (Fixture) fixture = make ();
  static const char *const lost[] = { "figure.png", "train.py" };
  for (guint i = 0; i < G_N_ELEMENTS (lost); i++) {
    g_autofree char *name = g_strdup_printf ("HEAD:%s", lost[i]);
    g_autofree char *id = fixture_pipe (fixture, "", 0, "rev-parse", name, NULL);
    g_autofree char *folder = g_strndup (id, 2);
    g_autofree char *object = g_build_filename (fixture_path (fixture), ".git", "objects", folder, id + 2, NULL);
    assert_int_equal (unlink (object), 0);
  }
  g_autoptr (CdRepository) repository = cd_repository_open (fixture_path (fixture), NULL, NULL, NULL);
  g_autoptr (CdSnapshot) snapshot = cd_snapshot_open (repository, NULL, NULL);
  CdCorpusOptions options = { .threads = 2 };
  g_autoptr (CdCorpus) corpus = cd_corpus_read (snapshot, &options);
  g_autofree char *text = describe (corpus);
  assert_non_null (strstr (text, "! figure.png: object missing\n! train.py: object missing\n"));
  assert_int_equal (cd_corpus_find (corpus, "train.py")->kind, CD_DOCUMENT_PYTHON);
}

static void
test_known (void **state)
{
  (void) state;
  g_autoptr (Fixture) fixture = make ();
  fixture_write (fixture, "train.py", "lr = 2e-6\n");
  fixture_git (fixture, "mv", "src/m00.py", "src/moved.py", NULL);
  /* A file with the bytes of the link, at the link's path. */
  g_autofree char *link = g_build_filename (fixture_path (fixture), "link.md", NULL);
  assert_int_equal (unlink (link), 0);
  fixture_write (fixture, "link.md", "README.md");
  fixture_commit (fixture, "changed");
  g_autoptr (CdRepository) repository = cd_repository_open (fixture_path (fixture), NULL, NULL, NULL);
  g_autoptr (CdSnapshot) old = cd_snapshot_open (repository, "HEAD~1", NULL), new = cd_snapshot_open (repository, NULL, NULL);
  CdCorpusOptions options = { .threads = 2 };
  g_autoptr (CdCorpus) before = cd_corpus_read (old, &options), alone = cd_corpus_read (new, &options);
  options.known = before;
  g_autoptr (CdCorpus) after = cd_corpus_read (new, &options);
  g_autofree char *expected = describe (alone), *found = describe (after);
  assert_string_equal (found, expected);
  assert_ptr_equal (cd_corpus_find (after, "README.md"), cd_corpus_find (before, "README.md"));
  assert_ptr_equal (cd_corpus_find (after, "src/m01.py"), cd_corpus_find (before, "src/m01.py"));
  assert_ptr_not_equal (cd_corpus_find (after, "train.py"), cd_corpus_find (before, "train.py"));
  assert_ptr_not_equal (cd_corpus_find (after, "link.md"), cd_corpus_find (before, "link.md"));
  assert_non_null (cd_corpus_find (after, "src/moved.py"));
  /* What is shared outlives the corpus that it was read for. */
  cd_corpus_free (g_steal_pointer (&before));
  assert_string_equal (cd_corpus_find (after, "README.md")->path, "README.md");
}

int
main (void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (test_threads), cmocka_unit_test (test_known), cmocka_unit_test (test_lookup), cmocka_unit_test (test_missing) };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
