/* A leaderboard's site as whoever opens it finds it: which files there are, that the same rows give the same bytes, that hostile names and texts are inert, that links
 * lead somewhere, that spreadsheets run nothing, and that only the site's own files are ever taken away. */
#include "cli/embedded.h"
#include "base/folder.h"
#include "fixture.h"
#include "leaderboard/page-name.h"
#include "site/site.h"
#include <glib/gstdio.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define COMMIT_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define COMMIT_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define COMMIT_C "cccccccccccccccccccccccccccccccccccccccc"
#define SCRIPT "<script>alert(1)</script>"
#define BIDI "\xE2\x80\xAE"

/* Teachers: any, code only for certain, and named. */
#define TEACHER(model, disclosure, confidence, direct)                                                                                               \
  "{\"model\": \"" model "\", \"provider\": \"openai\", \"roles\": [\"answer\"], \"disclosure\": \"" disclosure "\", \"confidence\": \"" confidence  \
  "\", \"direct\": " direct ", \"evidence\": [{\"path\": \"gen.py\", \"line\": 7, \"end\": 9}]}"
#define CODE_ONLY(model) TEACHER (model, "code-only", "high", "true")
#define SCORER                                                                                                                                       \
  "{\"model\": \"teacher-s\", \"provider\": null, \"roles\": [\"verify\", \"reward\"], \"disclosure\": \"code-only\", \"confidence\": \"high\","     \
  " \"direct\": true, \"evidence\": [{\"path\": \"gen.py\", \"line\": 7}], \"named\": [{\"path\": \"README.md\", \"line\": 3}]}"
#define NAMED(model)                                                                                                                                 \
  "{\"model\": \"" model "\", \"provider\": null, \"roles\": [\"answer\", \"verify\"], \"disclosure\": \"disclosed\", \"confidence\": \"low\","      \
  " \"evidence\": [{\"path\": \"README.md\", \"line\": 3, \"end\": 3}]}"

typedef struct {
  CdData *data;
  char *scratch;
  CdPageNames *pages;
  CdWorks works;
  CdLeaderboard leaderboard;
} Case;

/* What an audit says that a test is about; the rest is the same in all. */
typedef struct {
  const char *commit, *date;
  guint total, low, high;
  gboolean paper, weights;
  const char *label, *teachers, *claims, *reproductions;
} Said;

static char *
audit_json (const Said *said)
{
  const char *yes[] = { said->paper ? "true" : "false", said->weights ? "true" : "false" };
  return g_strdup_printf (
      "{\"schema\": \"candor-audit/1\", \"tool\": {\"name\": \"candor\", \"version\": \"0\", \"rubric\": {\"id\": \"tti\", \"version\": \"1\","
      " \"sha256\": \"%064d\"}, \"knowledge_sha256\": \"%064d\"},"
      " \"subject\": {\"commit\": \"%s\", \"subdir\": \"\", \"scope\": [], \"remote\": null, \"manifest\": null, \"date\": \"%s\"},"
      " \"score\": {\"total\": %u, \"of\": 100, \"expected\": %u.5, \"likely\": [%u, %u], \"settled\": 1, \"unsettled\": 1, \"dimensions\":"
      " [{\"id\": \"data\", \"name\": \"Data\", \"points\": 3, \"of\": 14}, {\"id\": \"open\", \"name\": \"Open source\", \"points\": 9, \"of\": "
      "29}]},"
      " \"category\": {\"openness\": \"partial\", \"approach\": [\"rl\", \"sft\"]},"
      " \"verdicts\": [{\"id\": \"open.paper\", \"question\": \"Is there a paper?\", \"yes\": %s, \"points\": 4, \"of\": 4, \"certainty\": 0.95,"
      " \"settled\": true, \"basis\": \"inferred\", \"why\": \"w\", \"evidence\": [{\"path\": \"README.md\", \"line\": 3, \"end\": 4}], "
      "\"candidates\":"
      " [{\"path\": \"README.md\", \"line\": 3, \"for\": true, \"says\": \"s\", \"section\": \"SECRET SECTION\"}], \"missing\": []},"
      " {\"id\": \"open.weights\", \"question\": \"Are there weights?\", \"yes\": %s, \"points\": 0, \"of\": 5, \"certainty\": 0.6, \"settled\": "
      "false,"
      " \"basis\": \"absent\", \"why\": \"w\", \"evidence\": [], \"candidates\": [], \"missing\": []}],"
      " \"distillation\": {\"label\": \"%s\", \"teachers\": [%s], \"eval_judges\": [], \"inherited\": [{\"via\": \"Some-Set\", \"from\": "
      "\"DeepSeek-R1,"
      " o1-mini\", \"stated\": false, \"evidence\": [{\"path\": \"train.yaml\", \"line\": 2, \"end\": 2}]}], \"limits\": [], \"signs\": []},"
      " \"provenance\": {\"datasets\": [], \"base_models\": [], \"weights\": [], \"paper\": null, \"license\": null},"
      " \"commands\": {\"training\": [], \"evaluation\": []}, \"claims\": [%s], \"reproductions\": [%s], \"vendored\": [], \"risks\": [],"
      " \"not_examined\": []}",
      0, 0, said->commit, said->date, said->total, said->total, said->low, said->high, yes[0], yes[1], said->label != NULL ? said->label : "none",
      said->teachers != NULL ? said->teachers : "", said->claims != NULL ? said->claims : "", said->reproductions != NULL ? said->reproductions : "");
}

static CdRecord *
record_of (const Said *said)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = audit_json (said);
  CdRecord *record = cd_record_read (json, strlen (json), "test", &error);
  if (record == NULL)
    fail_msg ("%s", error->message);
  return record;
}

/* Adds a row, best first as the caller says; said NULL: it failed. */
static CdLeaderboardRow *
add (Case *c, const char *name, const Said *said)
{
  CdLeaderboardRow *row = g_new0 (CdLeaderboardRow, 1);
  CdWorkEntry *entry = g_new0 (CdWorkEntry, 1);
  entry->name = g_strdup (name);
  entry->repository = g_strdup (said != NULL ? "https://github.com/some/work" : "/home/ann/secret/work");
  entry->page = cd_page_name (c->pages, name);
  row->work = entry;
  row->record = said != NULL ? record_of (said) : NULL;
  row->failure = said != NULL ? NULL : g_strdup ("/home/ann/secret/work: no commit");
  row->earlier = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_record_free);
  row->rank = said != NULL ? c->leaderboard.rows->len + 1 : 0;
  g_ptr_array_add (c->leaderboard.rows, row);
  g_ptr_array_add (c->works.works, entry);
  return row;
}

static void
free_row (gpointer data)
{
  CdLeaderboardRow *row = data;
  g_clear_pointer (&row->record, cd_record_free);
  g_ptr_array_unref (row->earlier);
  g_free (row->failure);
  g_free (row->json);
  g_free (row);
}

static void
free_entry (gpointer data)
{
  CdWorkEntry *entry = data;
  g_free (entry->name);
  g_free (entry->repository);
  g_free (entry->page);
  g_free (entry->note);
  g_free (entry);
}

static int
set_up (void **state)
{
  Case *c = g_new0 (Case, 1);
  *state = c;
  cd_embedded_register ();
  c->data = cd_data_new (NULL, NULL);
  c->scratch = g_dir_make_tmp ("candor-site-XXXXXX", NULL);
  c->pages = cd_page_names_new ();
  c->works.title = (char *) "Some works";
  c->works.works = g_ptr_array_new_with_free_func (free_entry);
  c->leaderboard.works = &c->works;
  c->leaderboard.rows = g_ptr_array_new_with_free_func (free_row);
  return c->data != NULL && c->scratch != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  Case *c = *state;
  fixture_remove (c->scratch);
  g_ptr_array_unref (c->leaderboard.rows);
  g_ptr_array_unref (c->works.works);
  cd_page_names_free (c->pages);
  cd_data_free (c->data);
  g_free (c->scratch);
  g_free (c);
  return 0;
}

/* Keeps what a row's audit says as the store would, which a cache goes by. */
static void
keep_json (const Case *c)
{
  for (guint i = 0; i < c->leaderboard.rows->len; i++) {
    CdLeaderboardRow *row = c->leaderboard.rows->pdata[i];
    g_free (row->json);
    row->json = row->record != NULL ? cJSON_PrintUnformatted (row->record->json) : NULL;
  }
}

/* Writes the site to a folder of the scratch folder; its path, to be freed. */
static char *
write_site (const Case *c, const char *folder, gboolean excerpts)
{
  g_autoptr (GError) error = NULL;
  const CdSiteOptions options = { .data = c->data, .address = "https://site.example/board/", .excerpts = excerpts };
  char *path = g_build_filename (c->scratch, folder, NULL);
  if (!cd_site_write (&c->leaderboard, &options, path, &error))
    fail_msg ("%s", error->message);
  return path;
}

static char *
read_file (const char *folder, const char *path)
{
  g_autofree char *place = g_build_filename (folder, path, NULL);
  char *text = NULL;
  if (!g_file_get_contents (place, &text, NULL, NULL))
    fail_msg ("no file %s", path);
  return text;
}

static void
write_file (const char *folder, const char *path, const char *text)
{
  g_autofree char *place = g_build_filename (folder, path, NULL), *parent = g_path_get_dirname (place);
  assert_int_equal (g_mkdir_with_parents (parent, 0700), 0);
  assert_true (g_file_set_contents (place, text, -1, NULL));
}

static gboolean
is_there (const char *folder, const char *path)
{
  g_autofree char *place = g_build_filename (folder, path, NULL);
  return g_file_test (place, G_FILE_TEST_EXISTS);
}

/* Paths of all files, a line each, or with their digests. Caller frees. */
static char *
list_files (const char *folder, gboolean digests)
{
  g_autoptr (GPtrArray) items = cd_folder_list (folder, NULL);
  GString *list = g_string_new (NULL);
  for (guint i = 0; i < items->len; i++) {
    const CdItem *item = items->pdata[i];
    g_autofree char *place = g_build_filename (folder, item->path, NULL), *bytes = NULL, *digest = NULL;
    gsize length = 0;
    assert_true (g_file_get_contents (place, &bytes, &length, NULL));
    digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
    g_string_append_printf (list, "%s%s%s\n", digests ? digest : "", digests ? "  " : "", item->path);
  }
  return g_string_free (list, FALSE);
}

static void
assert_holds (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    fail_msg ("no %s in\n%.4000s", part, text);
}

static void
assert_lacks (const char *text, const char *part)
{
  if (strstr (text, part) != NULL)
    fail_msg ("%s in\n%.4000s", part, strstr (text, part));
}

/* Three works, the last of which failed; the second has been audited before. */
static void
fill (Case *c)
{
  const Said first = {
    .commit = COMMIT_A, .date = "2025-03-01", .total = 80, .low = 70, .high = 90, .paper = TRUE, .weights = TRUE, .teachers = NAMED ("o1-mini")
  };
  const Said second
      = { .commit = COMMIT_B,
          .date = "2025-05-01",
          .total = 50,
          .low = 40,
          .high = 60,
          .paper = TRUE,
          .label = "undisclosed",
          .teachers = CODE_ONLY ("gpt-4o"),
          .claims = "{\"model\": \"=HYPERLINK(\\\"x\\\")\", \"benchmark\": \"a,b\\\"c\", \"metric\": null, \"value\": -3.5, \"unit\": \"percent\","
                    " \"evidence\": []}",
          .reproductions = "{\"claim\": 0, \"by\": \"log\", \"value\": 2, \"n\": 30, \"runs\": 1, \"interval\": [1, 3], \"conclusion\":"
                           " \"not-reproduced\", \"evidence\": []}" };
  const Said earlier = { .commit = COMMIT_C, .date = "2025-04-01", .total = 45, .low = 40, .high = 50, .weights = TRUE, .label = "none" };
  add (c, "first/work", &first);
  CdLeaderboardRow *row = add (c, "+second, \"work\"", &second);
  g_ptr_array_add (row->earlier, record_of (&earlier));
  add (c, "third", NULL);
}

static void
every_page_is_there_and_nothing_else (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *site = write_site (c, "site", FALSE), *files = list_files (site, FALSE);
  assert_string_equal (files, "criteria/index.html\ncriteria/open.paper.html\ncriteria/open.weights.html\n"
                              "data/audits/first-work.json\ndata/audits/second-work.json\ndata/claims.csv\ndata/files.txt\ndata/leaderboard.json\n"
                              "data/leaderboard.sqlite\ndata/teachers.csv\ndata/verdicts.csv\ndata/works.csv\nfeed.atom\nindex.html\nmethod.html\n"
                              "teachers/deepseek-r1.html\nteachers/gpt-4o.html\nteachers/index.html\nteachers/o1-mini.html\n"
                              "works/first-work.html\nworks/second-work.html\n");
}

static void
the_list_of_files_has_their_digests (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *site = write_site (c, "site", FALSE), *listed = read_file (site, "data/files.txt");
  g_autofree char *place = g_build_filename (site, "data/files.txt", NULL);
  assert_int_equal (g_unlink (place), 0);
  g_autofree char *found = list_files (site, TRUE);
  assert_string_equal (listed, found);
}

static void
the_same_rows_give_the_same_bytes_and_touch_nothing (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *one = write_site (c, "one", FALSE), *two = write_site (c, "two", FALSE);
  g_autofree char *before = list_files (one, TRUE), *other = list_files (two, TRUE);
  assert_string_equal (before, other);
  g_autoptr (GPtrArray) items = cd_folder_list (one, NULL);
  g_autofree char *again = write_site (c, "one", FALSE), *after = list_files (again, TRUE);
  g_autoptr (GPtrArray) now = cd_folder_list (one, NULL);
  assert_string_equal (before, after);
  assert_int_equal (items->len, now->len);
  for (guint i = 0; i < items->len; i++) {
    const CdItem *x = items->pdata[i], *y = now->pdata[i];
    if (x->inode != y->inode || x->changed != y->changed)
      fail_msg ("%s was written again", x->path);
  }
}

static char *
write_cached (const Case *c, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *cache = g_build_filename (c->scratch, "cache", NULL);
  const CdSiteOptions options = { .data = c->data, .cache = cache };
  char *path = g_build_filename (c->scratch, folder, NULL);
  if (!cd_site_write (&c->leaderboard, &options, path, &error))
    fail_msg ("%s", error->message);
  return path;
}

/* A cache changes nothing in what there is after a run, whatever happened to the files or the rows before it. */
static void
a_cache_is_never_taken_for_the_site (void **state)
{
  Case *c = *state;
  fill (c);
  keep_json (c);
  g_autofree char *site = write_cached (c, "site"), *before = list_files (site, TRUE);
  write_file (site, "index.html", "touched");
  g_autofree char *again = write_cached (c, "site"), *mended = list_files (again, TRUE);
  assert_string_equal (mended, before);
  g_autofree char *place = g_build_filename (site, "works/first-work.html", NULL);
  g_unlink (place);
  g_autofree char *third = write_cached (c, "site"), *whole = list_files (third, TRUE);
  assert_string_equal (whole, before);
  write_file (site, "data/files.begun.txt", "works/other.html\n");
  write_file (site, "works/other.html", "left by a killed run");
  g_autofree char *fourth = write_cached (c, "site"), *cleared = list_files (fourth, TRUE);
  assert_string_equal (cleared, before);
  ((CdWorkEntry *) c->works.works->pdata[0])->note = g_strdup ("A note that was not there before.");
  g_autofree char *fifth = write_cached (c, "site"), *index = read_file (fifth, "index.html");
  assert_holds (index, "A note that was not there before.");
}

/* The note in the cache is what a second run goes by: with it in place, not even the folder's lock is asked for. */
static void
an_unchanged_site_is_left_alone (void **state)
{
  Case *c = *state;
  fill (c);
  keep_json (c);
  g_autofree char *site = write_cached (c, "site"), *data = g_build_filename (site, "data", NULL);
  GStatBuf before, after;
  assert_int_equal (g_stat (data, &before), 0);
  g_autofree char *again = write_cached (c, "site");
  assert_int_equal (g_stat (data, &after), 0);
  assert_true (before.st_mtim.tv_sec == after.st_mtim.tv_sec && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
  g_autofree char *without = write_site (c, "site", FALSE);
  assert_int_equal (g_stat (data, &after), 0);
  assert_false (before.st_mtim.tv_sec == after.st_mtim.tv_sec && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
}

static void
stale_files_go_and_foreign_ones_stay (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *site = write_site (c, "site", FALSE);
  write_file (site, "works/mine.html", "mine");
  write_file (site, "CNAME", "site.example");
  write_file (site, "works/second-work.html", "somebody's own page now");
  g_ptr_array_remove_index (c->leaderboard.rows, 1);
  g_autofree char *again = write_site (c, "site", FALSE), *mine = read_file (again, "works/mine.html");
  assert_string_equal (mine, "mine");
  assert_true (is_there (site, "CNAME"));
  assert_false (is_there (site, "data/audits/second-work.json"));
  assert_false (is_there (site, "teachers/gpt-4o.html"));
  assert_true (is_there (site, "works/second-work.html"));
}

static void
a_list_cannot_make_it_remove_anything_else (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *site = g_build_filename (c->scratch, "site", NULL);
  write_file (site, "data/files.begun.txt",
              "works/../../kept.html\nworks/a/b.html\n/etc/hostname\nnotes.html\nteachers/../kept.html\nworks/gone.html\n");
  write_file (site, "../kept.html", "k");
  write_file (site, "kept.html", "k");
  write_file (site, "notes.html", "k");
  write_file (site, "works/a/b.html", "k");
  write_file (site, "works/gone.html", "k");
  g_autofree char *written = write_site (c, "site", FALSE);
  assert_true (is_there (written, "../kept.html") && is_there (written, "kept.html") && is_there (written, "notes.html"));
  assert_true (is_there (written, "works/a/b.html"));
  assert_false (is_there (written, "works/gone.html"));
}

static void
what_a_killed_run_left_is_cleared_away (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *whole = write_site (c, "whole", FALSE), *broken = g_build_filename (c->scratch, "broken", NULL);
  write_file (broken, "data/files.begun.txt", "index.html\nworks/first-work.html\nworks/other.html\n");
  write_file (broken, "works/first-work.html.part", "<!DOCTYPE");
  write_file (broken, "works/other.html", "of another list");
  write_file (broken, "works/other.html.part", "<");
  write_file (broken, "data/files.txt.part", "0");
  g_autofree char *done = write_site (c, "broken", FALSE), *expected = list_files (whole, TRUE), *found = list_files (done, TRUE);
  assert_string_equal (found, expected);
}

static void
what_cannot_be_written_is_an_error (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *site = g_build_filename (c->scratch, "site", NULL);
  g_autoptr (GError) error = NULL;
  write_file (site, "works/first-work.html/in-the-way", "a folder where a page belongs");
  const CdSiteOptions options = { .data = c->data };
  assert_false (cd_site_write (&c->leaderboard, &options, site, &error));
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INTERNAL));
  assert_holds (error->message, "works/first-work.html");
  assert_false (is_there (site, "works/first-work.html.part"));
}

static void
spreadsheets_get_text_and_no_formulas (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *site = write_site (c, "site", FALSE), *works = read_file (site, "data/works.csv"), *claims = read_file (site, "data/claims.csv");
  assert_holds (works, "\r\n2,2,2,\"'+second, \"\"work\"\"\",works/second-work.html,https://github.com/some/work,,," COMMIT_B
                       ",2025-05-01,50,100,50.5,40,60,1,1,3,9,"
                       "undisclosed,1,0,1,1,0,0,0,1,0,partial,rl sft\r\n");
  assert_holds (claims, "\r\n\"'+second, \"\"work\"\"\"," COMMIT_B
                        ",\"'=HYPERLINK(\"\"x\"\")\",\"a,b\"\"c\",,-3.5,percent,,,,not-reproduced,log,2,,,30,1,,1,3\r\n");
  assert_holds (works, "the repository: no commit");
  g_auto (GStrv) lines = g_strsplit (works, "\r\n", -1);
  assert_int_equal (g_strv_length (lines), 5);
}

static void
a_place_on_this_machine_is_told_nowhere (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *site = write_site (c, "site", FALSE);
  g_autoptr (GPtrArray) items = cd_folder_list (site, NULL);
  for (guint i = 0; i < items->len; i++) {
    g_autofree char *text = read_file (site, ((const CdItem *) items->pdata[i])->path);
    assert_lacks (text, "/home/ann");
    assert_lacks (text, c->scratch);
  }
}

static void
ranks_are_told_with_the_ranks_that_may_be (void **state)
{
  Case *c = *state;
  const Said sure = { .commit = COMMIT_A, .date = "2025-03-01", .total = 95, .low = 90, .high = 99 };
  const Said wide = { .commit = COMMIT_B, .date = "2025-03-01", .total = 60, .low = 30, .high = 89 };
  const Said middle = { .commit = COMMIT_C, .date = "2025-03-01", .total = 50, .low = 45, .high = 55 };
  const Said last = { .commit = COMMIT_C, .date = "2025-03-01", .total = 20, .low = 10, .high = 30 };
  add (c, "sure", &sure);
  add (c, "wide", &wide);
  add (c, "middle", &middle);
  add (c, "last", &last);
  g_autofree char *site = write_site (c, "site", FALSE), *json = read_file (site, "data/leaderboard.json"), *index = read_file (site, "index.html");
  cJSON *root = cJSON_Parse (json);
  const int expected[][2] = { { 1, 1 }, { 2, 4 }, { 2, 3 }, { 3, 4 } };
  for (int i = 0; i < 4; i++) {
    const cJSON *ranks = cJSON_GetObjectItem (cJSON_GetArrayItem (cJSON_GetObjectItem (root, "works"), i), "ranks");
    assert_int_equal (cJSON_GetArrayItem (ranks, 0)->valueint, expected[i][0]);
    assert_int_equal (cJSON_GetArrayItem (ranks, 1)->valueint, expected[i][1]);
  }
  cJSON_Delete (root);
  assert_holds (index, "2 to 4");
  assert_holds (index, "of the 6 pairs here 67 % are");
}

static void
nobody_is_accused_without_a_place_and_a_way_to_reply (void **state)
{
  Case *c = *state;
  fill (c);
  const char *link = "href=\"https://github.com/some/work/blob/" COMMIT_B "/gen.py#L7-L9\"";
  g_autofree char *site = write_site (c, "site", FALSE), *index = read_file (site, "index.html"), *teacher = read_file (site, "teachers/gpt-4o.html");
  assert_holds (index, "not mentioned in its documents: ");
  assert_holds (index, link);
  assert_holds (index, "href=\"method.html#reply\"");
  assert_holds (teacher, "evidence of generation with gpt-4o at ");
  assert_holds (teacher, link);
  assert_holds (teacher, ", not mentioned in its documents. Confidence high");
  assert_holds (teacher, "href=\"../method.html#reply\"");
}

static void
who_only_scored_is_not_said_to_have_written (void **state)
{
  Case *c = *state;
  Said said = { .commit = COMMIT_A, .date = "2025-03-01", .total = 50, .low = 40, .high = 60, .label = "undisclosed", .teachers = SCORER };
  add (c, "scoring-work", &said);
  g_autofree char *site = write_site (c, "site", FALSE), *teacher = read_file (site, "teachers/teacher-s.html"),
                  *index = read_file (site, "index.html");
  assert_holds (index, "training rewards scored, not mentioned in its documents but beside results: ");
  assert_holds (teacher, "evidence of training rewards scored with teacher-s at ");
  assert_holds (teacher, ", not mentioned in its documents but beside results. Confidence high");
  assert_lacks (teacher, "evidence of generation");
  assert_lacks (teacher, "not mentioned in its documents. ");
}

/* The row of a work in the table. Caller frees. */
static char *
row_of (const char *index, const char *work)
{
  const char *name = strstr (index, work);
  const char *begin = name != NULL ? g_strrstr_len (index, name - index, "<tr") : NULL, *end = name != NULL ? strstr (name, "</tr>") : NULL;
  assert_non_null (begin);
  assert_non_null (end);
  return g_strndup (begin, (gsize) (end - begin));
}

static void
what_is_not_certain_is_a_lead_and_nobody_is_said_to_be_silent_of_it (void **state)
{
  Case *c = *state;
  static const struct {
    const char *work, *teacher;
    gboolean certain;
  } cases[] = {
    { "medium-work", TEACHER ("teacher-a", "code-only", "medium", "true"), FALSE },
    { "indirect-work", TEACHER ("teacher-b", "code-only", "high", "false"), FALSE },
    { "hinting-work", TEACHER ("teacher-c", "hinted", "low", "true"), FALSE },
    { "placeless-work",
      "{\"model\": \"teacher-d\", \"provider\": null, \"roles\": [], \"disclosure\": \"code-only\", \"confidence\": \"high\","
      " \"direct\": true, \"evidence\": []}",
      FALSE },
    { "certain-work", TEACHER ("teacher-e", "code-only", "high", "true"), TRUE },
    { "naming-work", TEACHER ("teacher-f", "hinted", "high", "true"), FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Said said = { .commit = COMMIT_A, .date = "2025-03-01", .total = 50, .low = 40, .high = 60, .label = "unknown", .teachers = cases[i].teacher };
    add (c, cases[i].work, &said);
  }
  g_autofree char *site = write_site (c, "site", FALSE), *index = read_file (site, "index.html"), *csv = read_file (site, "data/teachers.csv"),
                  *list = read_file (site, "teachers/index.html"), *feed = read_file (site, "feed.atom");
  assert_null (strstr (feed, "not mentioned"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *file = g_strdup_printf ("teachers/teacher-%c.html", 'a' + (char) i), *page = read_file (site, file),
                    *row = row_of (index, cases[i].work), *listed = row_of (list, file + strlen ("teachers/"));
    gboolean accused[] = { strstr (row, "not mentioned") != NULL, strstr (page, "not mentioned") != NULL,
                           strstr (listed, "<td class=\"number\">1</td>\n<td class=\"number\">0</td>\n<td class=\"number\">1</td>") != NULL };
    for (guint k = 0; k < G_N_ELEMENTS (accused); k++)
      if (accused[k] != cases[i].certain)
        fail_msg ("%s, %u: %s", cases[i].work, k, k == 0 ? row : k == 1 ? page : listed);
    const char *others[] = { "undisclosed", "does not mention", "do not mention", "in code only" };
    for (guint k = 0; k < G_N_ELEMENTS (others) && !cases[i].certain; k++)
      if (strstr (row, others[k]) != NULL || strstr (page, others[k]) != NULL)
        fail_msg ("%s: %s", cases[i].work, others[k]);
    if (!cases[i].certain) {
      assert_holds (row, "#lineage\">1 lead for a reader</a>");
      assert_null (strstr (row, "teacher-"));
      assert_holds (page, ": a lead for a reader: ");
      assert_holds (page, " 1 work has only a lead for a reader.");
      assert_holds (listed, "<td class=\"number\">0</td>\n<td class=\"number\">1</td>\n");
    }
  }
  assert_holds (csv, "roles,disclosure,confidence,certain,page");
  assert_holds (csv, ",code-only,medium,false,teachers/teacher-a.html,");
  assert_holds (csv, ",code-only,high,true,teachers/teacher-e.html,");
  g_autofree char *works = read_file (site, "data/works.csv");
  assert_holds (works, ",label,teachers,leads,");
  assert_holds (works, ",unknown,0,1,");
  assert_holds (works, ",unknown,1,0,");
}

static void
a_model_without_a_name_is_called_that (void **state)
{
  Case *c = *state;
  Said said = { .commit = COMMIT_A, .date = "2025-03-01", .total = 50, .low = 40, .high = 60, .label = "partial", .teachers = NAMED ("unnamed") };
  add (c, "work", &said);
  g_autofree char *site = write_site (c, "site", FALSE), *index = read_file (site, "index.html"), *list = read_file (site, "teachers/index.html"),
                  *page = read_file (site, "teachers/unnamed.html");
  assert_holds (index, ">a model that is not named</a>");
  assert_holds (list, ">a model that is not named</a>");
  assert_holds (page, "<h1>a model that is not named</h1>");
  assert_holds (page, "says that it used a model that is not named at ");
  assert_holds (page, "Outputs of models that documents tell of without a name reached 1 of 1 works here");
  assert_null (strstr (index, ">unnamed<"));
}

static void
a_criterion_names_who_earns_it_and_how_sure_that_is (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *site = write_site (c, "site", FALSE), *paper = read_file (site, "criteria/open.paper.html"),
                  *weights = read_file (site, "criteria/open.weights.html");
  assert_holds (paper, "By the rules 2 of 2 works earn it; by the certainties of these answers a careful reader would say yes of 1 to 2.");
  assert_holds (paper, "<td class=\"number\">95 %</td>");
  assert_holds (paper, "another version of the rubric");
  assert_holds (weights, "By the rules 1 of 2 works earn it");
  assert_holds (weights, "a reader decides");
}

static void
changes_are_told_with_the_dates_of_commits (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *site = write_site (c, "site", FALSE), *feed = read_file (site, "feed.atom");
  const GMarkupParser parser = { 0 };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;
  if (!g_markup_parse_context_parse (context, feed, -1, &error) || !g_markup_parse_context_end_parse (context, &error))
    fail_msg ("%s", error->message);
  assert_holds (feed, "<id>tag:site.example,2025:second-work/" COMMIT_B "</id>");
  assert_holds (feed, "href=\"https://site.example/board/works/second-work.html\"");
  assert_holds (feed, "<updated>2025-05-01T00:00:00Z</updated>");
  assert_holds (feed, "Gained: open.paper. Lost: open.weights.");
  assert_holds (feed, "Distillation: found, not mentioned, before no teacher found.");
  const char *newest = strstr (feed, "second-work/" COMMIT_B), *added = strstr (feed, "second-work/" COMMIT_C), *first = strstr (feed, "first-work/");
  assert_true (newest != NULL && added != NULL && first != NULL && newest < added && added < first);
  g_auto (GStrv) entries = g_strsplit (feed, "<entry>", -1);
  assert_int_equal (g_strv_length (entries), 4);
}

/* Where a link of a page leads below the site; NULL for one that leads elsewhere. Caller frees. */
static char *
target_of (const char *page, const char *link)
{
  if (strstr (link, "://") != NULL || g_str_has_prefix (link, "data:"))
    return NULL;
  g_autofree char *folder = g_path_get_dirname (page);
  gsize length = strcspn (link, "#");
  g_autofree char *path = g_strndup (link, length);
  g_autofree char *joined = length == 0 ? g_strdup (page) : g_build_filename (folder, path, NULL), *whole = g_canonicalize_filename (joined, "/");
  return g_strdup (whole + 1);
}

static void
check_links (const char *site, const char *page)
{
  g_autofree char *text = read_file (site, page);
  for (const char *at = strstr (text, "href=\""); at != NULL; at = strstr (at, "href=\"")) {
    at += strlen ("href=\"");
    g_autofree char *link = g_strndup (at, strcspn (at, "\"")), *target = target_of (page, link);
    if (target == NULL)
      continue;
    if (!is_there (site, target))
      fail_msg ("%s: %s leads nowhere", page, link);
    const char *fragment = strchr (link, '#');
    g_autofree char *there = fragment != NULL ? read_file (site, target) : NULL,
                    *id = g_strdup_printf ("id=\"%s\"", fragment != NULL ? fragment + 1 : "");
    if (there != NULL && strstr (there, id) == NULL)
      fail_msg ("%s: %s leads to no place of the page", page, link);
  }
}

static void
check_pages (const char *site)
{
  g_autoptr (GPtrArray) items = cd_folder_list (site, NULL);
  for (guint i = 0; i < items->len; i++) {
    const char *path = ((const CdItem *) items->pdata[i])->path;
    if (g_str_has_suffix (path, ".html"))
      check_links (site, path);
  }
}

static void
links_lead_somewhere (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *site = write_site (c, "site", FALSE);
  check_pages (site);
}

static void
hostile_names_and_texts_are_inert (void **state)
{
  Case *c = *state;
  g_autofree char *letters = g_strnfill (10000, 'y'), *long_name = g_strconcat ("z", letters, NULL);
  const char *names[]
      = { "../../etc/passwd", "..",     "/", "Some/Work", "some/work", "SOME WORK", "index", SCRIPT, "\"><img src=x onerror=alert(1)>",
          BIDI "evil",        long_name };
  const Said said
      = { .commit = COMMIT_A,
          .date = "2025-03-01",
          .total = 50,
          .low = 40,
          .high = 60,
          .teachers = CODE_ONLY ("../../../x") ", " CODE_ONLY ("..") ", " CODE_ONLY ("index") ", " NAMED ("Abc/DEF") ", " NAMED (SCRIPT) ", " NAMED (
              "javascript:alert(1)") ", " NAMED ("\xEF\xBF\xBF" BIDI "t") ", " NAMED ("") ", " CODE_ONLY ("///") ", " CODE_ONLY ("??") };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    add (c, names[i], &said);
  g_autofree char *site = write_site (c, "site", FALSE), *feed = read_file (site, "feed.atom");
  g_autoptr (GPtrArray) items = cd_folder_list (site, NULL), below = cd_folder_list (c->scratch, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint works = 0, teachers = 0;
  assert_int_equal (items->len, below->len);
  for (guint i = 0; i < items->len; i++) {
    const char *path = ((const CdItem *) items->pdata[i])->path;
    g_autofree char *text = read_file (site, path);
    works += g_str_has_prefix (path, "works/") ? 1 : 0;
    teachers += g_str_has_prefix (path, "teachers/") ? 1 : 0;
    assert_true (strlen (path) < 120);
    assert_int_equal (strspn (path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./-"), strlen (path));
    assert_true (g_hash_table_add (seen, g_ascii_strdown (path, -1)));
    if (g_str_has_suffix (path, ".html")) {
      assert_lacks (text, SCRIPT);
      assert_lacks (text, "<img");
      assert_lacks (text, "href=\"javascript:");
    }
    if (!g_str_has_suffix (path, ".sqlite"))
      assert_lacks (text, BIDI);
  }
  assert_int_equal (works, G_N_ELEMENTS (names));
  assert_int_equal (teachers, 10 + 2 + 1 - 0); /* ten named here, two inherited, the index */
  assert_lacks (feed, "\xEF\xBF\xBF");
  check_pages (site);
}

static void
audits_quote_nothing_unless_asked (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *without = write_site (c, "without", FALSE), *with = write_site (c, "with", TRUE);
  g_autofree char *bare = read_file (without, "data/audits/first-work.json"), *full = read_file (with, "data/audits/first-work.json");
  assert_lacks (bare, "SECRET SECTION");
  assert_holds (full, "SECRET SECTION");
}

static int
count_rows (sqlite3 *database, const char *query)
{
  sqlite3_stmt *statement = NULL;
  assert_int_equal (sqlite3_prepare_v2 (database, query, -1, &statement, NULL), SQLITE_OK);
  assert_int_equal (sqlite3_step (statement), SQLITE_ROW);
  int count = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return count;
}

static void
the_database_answers_questions (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *site = write_site (c, "site", FALSE), *path = g_build_filename (site, "data/leaderboard.sqlite", NULL);
  sqlite3 *database = NULL;
  assert_int_equal (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  assert_int_equal (count_rows (database, "SELECT count(*) FROM works"), 3);
  assert_int_equal (count_rows (database, "SELECT count(*) FROM works WHERE failure IS NOT NULL AND rank IS NULL"), 1);
  assert_int_equal (
      count_rows (database,
                  "SELECT count(*) FROM verdicts JOIN works ON works.id = work WHERE criterion = 'open.weights' AND yes AND name = 'first/work'"),
      1);
  assert_int_equal (
      count_rows (database,
                  "SELECT count(*) FROM evidence JOIN teachers ON teachers.id = teacher WHERE model = 'gpt-4o' AND path = 'gen.py' AND line = 7"),
      1);
  assert_int_equal (
      count_rows (database,
                  "SELECT count(*) FROM reproductions JOIN claims ON claims.id = claim WHERE conclusion = 'not-reproduced' AND claims.value = -3.5"),
      1);
  assert_int_equal (count_rows (database, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
  sqlite3_close (database);
}

static void
a_list_of_failures_alone_is_a_site_too (void **state)
{
  Case *c = *state;
  add (c, "alone", NULL);
  g_autofree char *site = write_site (c, "site", FALSE), *index = read_file (site, "index.html");
  assert_holds (index, "not audited: the repository: no commit");
  check_pages (site);
}

static void
without_a_script_the_controls_do_not_show (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *site = write_site (c, "site", FALSE), *index = read_file (site, "index.html"), *method = read_file (site, "method.html");
  assert_holds (index, "<details id=\"filters\" class=\"filters\" hidden=\"\">");
  assert_holds (index, "<script>");
  assert_lacks (index, "onclick");
  assert_lacks (method, "<script>");
}

#define CASE(function) cmocka_unit_test_setup_teardown (function, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    CASE (every_page_is_there_and_nothing_else),
    CASE (the_list_of_files_has_their_digests),
    CASE (the_same_rows_give_the_same_bytes_and_touch_nothing),
    CASE (a_cache_is_never_taken_for_the_site),
    CASE (an_unchanged_site_is_left_alone),
    CASE (stale_files_go_and_foreign_ones_stay),
    CASE (a_list_cannot_make_it_remove_anything_else),
    CASE (what_a_killed_run_left_is_cleared_away),
    CASE (what_cannot_be_written_is_an_error),
    CASE (spreadsheets_get_text_and_no_formulas),
    CASE (a_place_on_this_machine_is_told_nowhere),
    CASE (ranks_are_told_with_the_ranks_that_may_be),
    CASE (what_is_not_certain_is_a_lead_and_nobody_is_said_to_be_silent_of_it),
    CASE (a_model_without_a_name_is_called_that),
    CASE (nobody_is_accused_without_a_place_and_a_way_to_reply),
    CASE (who_only_scored_is_not_said_to_have_written),
    CASE (a_criterion_names_who_earns_it_and_how_sure_that_is),
    CASE (changes_are_told_with_the_dates_of_commits),
    CASE (links_lead_somewhere),
    CASE (hostile_names_and_texts_are_inert),
    CASE (audits_quote_nothing_unless_asked),
    CASE (the_database_answers_questions),
    CASE (a_list_of_failures_alone_is_a_site_too),
    CASE (without_a_script_the_controls_do_not_show),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
