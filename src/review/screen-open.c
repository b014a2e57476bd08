/* Files: which one is opened, where, and what is looked for in it. How a file is shown is screen-file.c's. */
#include "review/screen-bench.h"
#include <string.h>

static void
open_file (CdBench *bench, guint document, guint line)
{
  g_clear_pointer (&bench->file, cd_file_view_free);
  bench->file = cd_file_view_new (cd_session_audit (bench->session)->corpus->documents->pdata[document], document, line, bench->unicode);
  bench->view = CD_VIEW_FILE;
}

void
cd_bench_ask (CdBench *bench, CdPrompt prompt)
{
  bench->prompt = prompt;
  cd_edit_set (bench->typed, "");
}

void
cd_bench_open_place (CdBench *bench)
{
  const CdEvidence *place = cd_bench_place (bench);
  if (place != NULL)
    open_file (bench, place->document, place->line);
  else
    cd_bench_ask (bench, CD_PROMPT_OPEN);
}

static void
open_typed (CdBench *bench)
{
  g_autoptr (GError) error = NULL;
  CdCitation *citation = cd_session_cite (bench->session, bench->typed->text->str, &error);
  gint document = citation != NULL ? cd_session_document (bench->session, citation->path) : -1;
  if (citation == NULL)
    cd_bench_say_error (bench, error);
  else if (document < 0)
    cd_bench_say (bench, TRUE, "%s is no file that can be shown", citation->path);
  else {
    open_file (bench, (guint) document, citation->line);
    bench->prompt = CD_PROMPT_NONE;
  }
  g_clear_pointer (&citation, cd_citation_free);
}

/* What all paths that begin with what was typed have in common, as far as a folder's or file's name goes. */
static void
complete_path (CdBench *bench)
{
  const CdSnapshot *snapshot = cd_session_audit (bench->session)->snapshot;
  const char *typed = bench->typed->text->str;
  g_autoptr (GString) common = NULL;
  guint paths = 0;
  for (guint i = 0; i < cd_snapshot_length (snapshot); i++) {
    const char *path = cd_snapshot_entry (snapshot, i)->path;
    if (!g_str_has_prefix (path, typed))
      continue;
    if (paths++ == 0)
      common = g_string_new (path);
    gsize same = 0;
    while (same < common->len && common->str[same] == path[same])
      same++;
    g_string_truncate (common, same);
  }
  const char *bad = NULL;
  if (paths > 0 && !g_utf8_validate (common->str, -1, &bad))
    g_string_truncate (common, (gsize) (bad - common->str));
  if (paths > 0 && common->len > strlen (typed))
    cd_edit_set (bench->typed, common->str);
  if (paths != 1)
    cd_bench_say (bench, paths == 0, paths == 0 ? "No path begins like this." : "%u paths begin like this.", paths);
}

static void
search (CdBench *bench, const char *text, gboolean backwards)
{
  gboolean around = FALSE;
  if (text == NULL && *cd_file_view_sought (bench->file) == '\0')
    cd_bench_say (bench, FALSE, "/ searches.");
  else if (!cd_file_view_search (bench->file, text, backwards, &around))
    cd_bench_say (bench, TRUE, "Not in this file: %s", cd_file_view_sought (bench->file));
  else if (around)
    cd_bench_say (bench, FALSE, "Found, once around the file.");
}

void
cd_bench_prompt_key (CdBench *bench, const CdKey *key)
{
  if (cd_key_is (key, CD_NAME_ESCAPE))
    bench->prompt = CD_PROMPT_NONE;
  else if (cd_key_is (key, CD_NAME_TAB) && bench->prompt == CD_PROMPT_OPEN)
    complete_path (bench);
  else if (!cd_key_is (key, CD_NAME_ENTER))
    cd_edit_key (bench->typed, key);
  else if (bench->prompt == CD_PROMPT_OPEN)
    open_typed (bench);
  else {
    bench->prompt = CD_PROMPT_NONE;
    search (bench, bench->typed->text->str, FALSE);
  }
}

static void
mark (CdBench *bench)
{
  g_autofree char *nothing = cd_file_view_nothing (bench->file);
  if (nothing != NULL)
    cd_bench_say (bench, TRUE, "There is no line to mark.");
  else
    cd_spans_toggle (bench->marked->pdata[bench->criterion], cd_file_view_index (bench->file), cd_file_view_line (bench->file));
}

void
cd_bench_file_key (CdBench *bench, const CdKey *key)
{
  gunichar c = cd_key_command (key);
  if (cd_file_view_key (bench->file, key))
    return;
  if (c == 'q' || cd_key_is (key, CD_NAME_ESCAPE))
    bench->view = CD_VIEW_QUESTION;
  else if (c == 'm')
    mark (bench);
  else if (c == '/')
    cd_bench_ask (bench, CD_PROMPT_SEARCH);
  else if (c == 'n' || c == 'N')
    search (bench, NULL, c == 'N');
  else if (cd_key_is (key, CD_NAME_TAB) && bench->places->len > 0) {
    bench->chosen = (bench->chosen + 1) % bench->places->len;
    cd_bench_open_place (bench);
  } else if (c == 'o')
    cd_bench_ask (bench, CD_PROMPT_OPEN);
  else if (c == '?')
    cd_bench_show_text (bench, FALSE);
}
