/* Knows a site that nothing has changed: the cache notes what it was made from and, as git's index does, size, inode and time of each of its files. A file that
 * anybody touched since, or a note that is not there, has the site made and compared anew; the note is never part of the site. */
#include "site/site-parts.h"
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define NOTES "sites"

static void
add_text (GChecksum *digest, const char *text)
{
  g_checksum_update (digest, (const guchar *) (text != NULL ? text : ""), -1);
  g_checksum_update (digest, (const guchar *) (text != NULL ? "" : "-"), 1); /* the closing NUL, or a sign that cannot stand for it */
}

static void
add_count (GChecksum *digest, guint64 count)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  add_text (digest, text);
}

/* Size, inode and times of a file, in a form that differs whenever one does. Caller frees; NULL where it is not there. */
static char *
state_of (const char *path)
{
  struct stat now;
  if (g_lstat (path, &now) != 0)
    return NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld", (gint64) now.st_size, (guint64) now.st_ino,
                          (gint64) now.st_ctim.tv_sec, now.st_ctim.tv_nsec);
}

/* This build, and not its version alone: a page that is laid out otherwise is another page. */
static gboolean
add_program (GChecksum *digest)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL), *state = program != NULL ? state_of (program) : NULL;
  add_text (digest, state);
  return state != NULL;
}

static void
add_row (GChecksum *digest, const CdLeaderboardRow *row)
{
  const CdWorkEntry *work = row->work;
  const char *texts[] = { work->name, work->repository, work->commit, work->subdir, work->note, work->page, row->failure, row->json };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    add_text (digest, texts[i]);
  add_count (digest, work->scope != NULL ? g_strv_length (work->scope) : 0);
  for (char **glob = work->scope; glob != NULL && *glob != NULL; glob++)
    add_text (digest, *glob);
  add_count (digest, row->rank);
  add_count (digest, row->earlier != NULL ? row->earlier->len : 0);
  for (guint i = 0; row->earlier != NULL && i < row->earlier->len; i++) {
    const CdRecord *record = row->earlier->pdata[i];
    add_text (digest, record->commit);
    add_text (digest, record->date);
    add_text (digest, record->label);
    add_count (digest, record->total);
    add_count (digest, record->likely[0]);
    add_count (digest, record->likely[1]);
    for (guint k = 0; k < record->verdicts->len; k++)
      add_count (digest, ((const CdRecordVerdict *) record->verdicts->pdata[k])->yes ? 1 : 0);
  }
}

char *
cd_site_inputs (const CdLeaderboard *leaderboard, const CdSiteOptions *options)
{
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *rules = cd_data_digest (options->data, "rubrics");
  if (!add_program (digest))
    return NULL;
  add_text (digest, rules);
  add_text (digest, options->address);
  add_count (digest, options->excerpts ? 1 : 0);
  add_text (digest, leaderboard->works->title);
  add_count (digest, leaderboard->rows->len);
  for (guint i = 0; i < leaderboard->rows->len; i++) {
    const CdLeaderboardRow *row = leaderboard->rows->pdata[i];
    if (row->record != NULL && row->json == NULL)
      return NULL;
    add_row (digest, row);
  }
  return g_strdup (g_checksum_get_string (digest));
}

/* Where the note on a folder is. Caller frees. */
static char *
note_of (const CdSiteOptions *options, const char *folder)
{
  g_autofree char *whole = g_canonicalize_filename (folder, NULL);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whole, -1);
  return g_build_filename (options->cache, NOTES, name, NULL);
}

gboolean
cd_site_is_unchanged (const CdSiteOptions *options, const char *folder, const char *inputs)
{
  g_autofree char *note = note_of (options, folder), *text = NULL, *begun = g_build_filename (folder, CD_SITE_BEGUN, NULL);
  if (g_file_test (begun, G_FILE_TEST_EXISTS) || !g_file_get_contents (note, &text, NULL, NULL))
    return FALSE;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  if (lines[0] == NULL || !g_str_equal (lines[0], inputs))
    return FALSE;
  gboolean whole = FALSE; /* the list of files is noted last */
  for (char **line = lines + 1; *line != NULL && **line != '\0'; line++) {
    char *path = strchr (*line, '\t');
    if (path == NULL)
      return FALSE;
    *path++ = '\0';
    g_autofree char *place = g_build_filename (folder, path, NULL), *state = state_of (place);
    if (g_strcmp0 (state, *line) != 0)
      return FALSE;
    whole = g_str_equal (path, CD_SITE_LIST);
  }
  return whole;
}

static gboolean
add_file (GString *text, const char *folder, const char *path)
{
  g_autofree char *place = g_build_filename (folder, path, NULL), *state = state_of (place);
  if (state != NULL)
    g_string_append_printf (text, "%s\t%s\n", state, path);
  return state != NULL;
}

void
cd_site_remember (const CdSiteOptions *options, const char *folder, const char *inputs, const GPtrArray *files)
{
  g_autofree char *note = note_of (options, folder), *parent = g_path_get_dirname (note);
  g_autoptr (GString) text = g_string_new (inputs);
  g_string_append_c (text, '\n');
  gboolean whole = TRUE;
  for (guint i = 0; whole && i < files->len; i++)
    whole = add_file (text, folder, ((const CdSiteFile *) files->pdata[i])->path);
  if (whole && add_file (text, folder, CD_SITE_LIST) && g_mkdir_with_parents (parent, 0700) == 0)
    g_file_set_contents_full (note, text->str, (gssize) text->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}
