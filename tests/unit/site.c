/* Makes the rows and writes the sites that tests of the site look at. */
#include "site.h"

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

CdRecord *
record_of (const Said *said)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = audit_json (said);
  CdRecord *record = cd_record_read (json, strlen (json), "test", &error);
  if (record == NULL)
    fail_msg ("%s", error->message);
  return record;
}

CdLeaderboardRow *
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

int
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

int
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

void
keep_json (const Case *c)
{
  for (guint i = 0; i < c->leaderboard.rows->len; i++) {
    CdLeaderboardRow *row = c->leaderboard.rows->pdata[i];
    g_free (row->json);
    row->json = row->record != NULL ? cJSON_PrintUnformatted (row->record->json) : NULL;
  }
}

char *
write_site (const Case *c, const char *folder, gboolean excerpts)
{
  g_autoptr (GError) error = NULL;
  const CdSiteOptions options = { .data = c->data, .address = "https://site.example/board/", .excerpts = excerpts };
  char *path = g_build_filename (c->scratch, folder, NULL);
  if (!cd_site_write (&c->leaderboard, &options, path, &error))
    fail_msg ("%s", error->message);
  return path;
}

char *
read_file (const char *folder, const char *path)
{
  g_autofree char *place = g_build_filename (folder, path, NULL);
  char *text = NULL;
  if (!g_file_get_contents (place, &text, NULL, NULL))
    fail_msg ("no file %s", path);
  return text;
}

void
write_file (const char *folder, const char *path, const char *text)
{
  g_autofree char *place = g_build_filename (folder, path, NULL), *parent = g_path_get_dirname (place);
  assert_int_equal (g_mkdir_with_parents (parent, 0700), 0);
  assert_true (g_file_set_contents (place, text, -1, NULL));
}

gboolean
is_there (const char *folder, const char *path)
{
  g_autofree char *place = g_build_filename (folder, path, NULL);
  return g_file_test (place, G_FILE_TEST_EXISTS);
}

char *
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

void
assert_holds (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    fail_msg ("no %s in\n%.4000s", part, text);
}

void
assert_lacks (const char *text, const char *part)
{
  if (strstr (text, part) != NULL)
    fail_msg ("%s in\n%.4000s", part, strstr (text, part));
}

void
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
