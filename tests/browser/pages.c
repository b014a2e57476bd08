/* Pages of audits that no repository would yield: written from audits' files as the program writes them from audits, so that a browser can be shown what a hostile
 * file would make of them.
 * usage: pages FOLDER AUDIT.json…   (FOLDER/NAME.html for each; FOLDER/site/ is the leaderboard of all, under hostile names) */
#include "cli/embedded.h"
#include "page/page.h"
#include "site/site.h"
#include <stdlib.h>
#include <string.h>

/* Live as long as the program. */
static CdWorks works;
static CdLeaderboard leaderboard;
static CdData *data;

static void
stop (GError *error)
{
  g_printerr ("pages: %s\n", error->message);
  exit (1);
}

static CdLeaderboardRow *
add_row (const char *file, const char *name)
{
  GError *error = NULL;
  CdLeaderboardRow *row = g_new0 (CdLeaderboardRow, 1);
  CdWorkEntry *work = g_new0 (CdWorkEntry, 1);
  gboolean first = leaderboard.rows->len == 0;
  *work = (CdWorkEntry){ .name = g_strdup_printf ("%s <script>window.hit=0</script>", name),
                         .repository = g_strdup (first ? "javascript:window.hit=0" : "https://example.org/\"onmouseover=\"window.hit=0"),
                         .note = g_strdup ("\"><img src=x onerror=window.hit=0>"),
                         .page = g_strdup (name),
                         .location = g_strdup ("x") };
  g_ptr_array_add (works.works, work);
  row->work = work;
  row->record = cd_record_load (file, &error);
  if (row->record == NULL || !g_file_get_contents (file, &row->json, NULL, &error))
    stop (error);
  row->earlier = g_ptr_array_new ();
  row->rank = leaderboard.rows->len + 1;
  g_ptr_array_add (leaderboard.rows, row);
  return row;
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  if (argc < 3) {
    g_printerr ("usage: pages FOLDER AUDIT.json…\n");
    return 2;
  }
  cd_embedded_register ();
  works = (CdWorks){ .title = (char *) "<b>Title</b> \"of\" 'works'", .works = g_ptr_array_new () };
  leaderboard = (CdLeaderboard){ .works = &works, .rows = g_ptr_array_new (), .audited = (guint) argc - 2 };
  for (int i = 2; i < argc; i++) {
    g_autofree char *base = g_path_get_basename (argv[i]);
    g_autofree char *name = g_strndup (base, strcspn (base, "."));
    CdLeaderboardRow *row = add_row (argv[i], name);
    g_autofree char *page = cd_page_audit (row->record, NULL);
    g_autofree char *file = g_strdup_printf ("%s/%s.html", argv[1], name);
    if (!g_file_set_contents (file, page, -1, &error))
      stop (error);
  }
  data = cd_data_new (NULL, &error);
  g_autofree char *folder = g_build_filename (argv[1], "site", NULL);
  const CdSiteOptions options = { .data = data, .excerpts = TRUE };
  if (data == NULL || !cd_site_write (&leaderboard, &options, folder, &error))
    stop (error);
  return 0;
}
