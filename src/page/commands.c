/* Training and evaluation commands with their status: broken ones first, then those that the tree cannot tell, the rest folded. What a run depends on. */
#include "page/parts.h"
#include <string.h>

#define OPEN_LEAST 8u /* rows that are shown before the rest is folded */

static const char *const statuses[] = { "broken", "unknown", "runnable" };

static void
put_problems (CdHtml *html, const CdRecord *record, const cJSON *command)
{
  const cJSON *list = cJSON_GetObjectItemCaseSensitive (command, "problems"), *problem = NULL;
  cd_html_open (html, "td", "class", "text", NULL);
  cJSON_ArrayForEach (problem, list)
  {
    const char *code = cd_record_string (problem, "code"), *what = cd_record_string (problem, "what");
    CdRecordPlace place = cd_record_place (problem), own = cd_record_place (command);
    cd_html_open (html, "div", NULL);
    cd_part_text (html, "span", NULL, code != NULL ? code : "", CD_PART_NAME);
    cd_html_text (html, ": ");
    cd_part_text (html, "code", NULL, what != NULL ? what : "", CD_PART_NAME);
    if (strcmp (place.path, own.path) != 0 || place.line != own.line) {
      cd_html_text (html, " ");
      cd_part_place (html, record, &place);
    }
    cd_html_close (html);
  }
  cd_html_close (html);
}

static void
put_command (CdHtml *html, const CdRecord *record, const cJSON *command)
{
  const char *status = cd_record_string (command, "status"), *text = cd_record_string (command, "command");
  gboolean broken = g_strcmp0 (status, "broken") == 0, runnable = g_strcmp0 (status, "runnable") == 0;
  CdRecordPlace place = cd_record_place (command);
  cd_html_open (html, "tr", NULL);
  cd_html_open (html, "th", "scope", "row", NULL);
  cd_part_place (html, record, &place);
  cd_html_close (html);
  cd_html_open (html, "td", "class", "text", NULL);
  if (text != NULL)
    cd_part_text (html, "code", NULL, text, CD_PART_TEXT);
  else
    cd_html_leaf (html, "span", "not quoted here", "class", "soft", NULL);
  cd_html_close (html);
  cd_html_open (html, "td", NULL);
  cd_part_mark (html, broken ? "no" : runnable ? "yes" : "doubt", status != NULL ? status : "unknown");
  cd_html_close (html);
  put_problems (html, record, command);
  cd_html_close (html);
}

static void
put_rows (CdHtml *html, const CdRecord *record, const char *caption, const GPtrArray *commands, guint from, guint to)
{
  static const char *const headings[] = { "Where", "Command", "Status", "What breaks it, or cannot be told", NULL };
  cd_part_table (html, caption, headings);
  for (guint i = from; i < to; i++)
    put_command (html, record, commands->pdata[i]);
  cd_part_table_end (html);
}

/* kind: "training" or "evaluation". */
static void
put_kind (CdHtml *html, const CdRecord *record, const char *kind, const char *title)
{
  g_autofree char *key = g_strconcat ("commands.", kind, NULL);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  guint counts[G_N_ELEMENTS (statuses)] = { 0 };
  const cJSON *item = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    cJSON_ArrayForEach (item, cd_record_part (record, key))
    {
      if (g_strcmp0 (cd_record_string (item, "status"), statuses[i]) != 0)
        continue;
      counts[i]++;
      g_ptr_array_add (sorted, (gpointer) item);
    }
  cd_html_leaf (html, "h3", title, NULL);
  if (sorted->len == 0) {
    cd_part_say (html, "No %s command was found in the documentation or scripts.", kind);
    return;
  }
  cd_part_say (html, "%u for %s: %u broken, %u that the tree cannot tell, %u runnable.", sorted->len, kind, counts[0], counts[1], counts[2]);
  g_autofree char *caption = g_strconcat (title, ": commands", NULL), *more = g_strconcat (title, ": the other commands", NULL);
  guint all = MIN (sorted->len, CD_PART_ROWS), open = MIN (all, MAX (counts[0], OPEN_LEAST));
  put_rows (html, record, caption, sorted, 0, open);
  if (open == all)
    return;
  cd_part_fold (html, "and %u more", sorted->len - open);
  put_rows (html, record, more, sorted, open, all);
  cd_html_close (html);
}

static void
put_environment (CdHtml *html, const CdRecord *record)
{
  static const struct {
    const char *key, *value, *words;
  } said[] = {
    { "dependencies", "none", "no dependencies are listed" },
    { "dependencies", "unpinned", "dependencies are listed without versions" },
    { "dependencies", "partly", "some dependencies have versions, others none" },
    { "dependencies", "pinned", "dependencies are listed with versions" },
    { "seed", "none", "no random seed was found" },
    { "seed", "unread", "a random seed is named, but nothing reads it" },
    { "seed", "set", "a random seed is set" },
  };
  const cJSON *environment = cd_record_part (record, "commands.environment");
  if (environment == NULL)
    return;
  cd_html_leaf (html, "h3", "What a run depends on", NULL);
  cd_html_open (html, "ul", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    if (g_strcmp0 (cd_record_string (environment, said[i].key), said[i].value) == 0)
      cd_html_leaf (html, "li", said[i].words, NULL);
  cd_html_leaf (html, "li", cd_record_true (environment, "hardware") ? "the hardware is told" : "no hardware is told", NULL);
  cd_html_close (html);
  g_autoptr (GArray) places = cd_record_places (environment, "evidence");
  cd_part_places (html, record, places);
}

void
cd_section_commands (CdHtml *html, const CdRecord *record)
{
  cd_part_say (html, "What is documented, read and not run: a broken command cannot work as documented at this commit.");
  put_kind (html, record, "training", "Training");
  put_kind (html, record, "evaluation", "Evaluation");
  put_environment (html, record);
}
