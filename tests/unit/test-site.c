/* A leaderboard's site as whoever opens its folder finds it: which files there are, that the same rows give the same bytes, that hostile names and texts are
 * inert, that links lead somewhere, and that only the site's own files are ever taken away. */
#include "site.h"
#include <glib/gstdio.h>

#define SCRIPT "<script>alert(1)</script>"
#define BIDI "\xE2\x80\xAE"

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
    CASE (a_place_on_this_machine_is_told_nowhere),
    CASE (links_lead_somewhere),
    CASE (hostile_names_and_texts_are_inert),
    CASE (audits_quote_nothing_unless_asked),
    CASE (a_list_of_failures_alone_is_a_site_too),
    CASE (without_a_script_the_controls_do_not_show),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
