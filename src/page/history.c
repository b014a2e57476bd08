/* Transparency over time, and what was said once and is said no more. */
#include "page/page.h"
#include "page/parts.h"
#include <math.h>

/* "data.sources, eval.metrics", or "". Caller frees. */
static char *
ids_of (const cJSON *point, const char *key)
{
  GString *text = g_string_new (NULL);
  const cJSON *item = NULL;
  cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive (point, key))
  {
    if (cJSON_IsString (item))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", item->valuestring);
  }
  return g_string_free (text, FALSE);
}

static void
put_changes (CdHtml *html, const cJSON *points)
{
  static const char *const headings[] = { "Date", "Commit", "#Score", "Label", "Gained", "Lost", NULL };
  const cJSON *point = NULL;
  guint shown = 0;
  cd_part_fold (html, "What each commit gained and lost");
  cd_part_table (html, "Criteria gained and lost", headings);
  cJSON_ArrayForEach (point, points)
  {
    const char *commit = cd_record_string (point, "commit"), *why = cd_record_string (point, "why");
    g_autofree char *at = g_strndup (commit != NULL ? commit : "", 12), *gained = ids_of (point, "gained"), *lost = ids_of (point, "lost");
    if (shown++ == CD_PART_ROWS)
      break;
    cd_html_open (html, "tr", NULL);
    cd_part_head (html, cd_record_string (point, "date"));
    cd_part_cell (html, at);
    cd_part_number (html, cd_record_number (point, "total", NAN));
    cd_part_cell (html, why != NULL ? why : cd_record_string (point, "label"));
    cd_part_cell (html, gained);
    cd_part_cell (html, lost);
    cd_html_close (html);
  }
  cd_part_table_end (html);
  cd_html_close (html);
}

static void
put_removed (CdHtml *html, const CdRecord *record)
{
  static const char *const headings[] = { "What", "File", "Said first", "Taken away", "Instead", "Still told elsewhere", NULL };
  const cJSON *list = cd_record_part (record, "history.removed"), *removed = NULL;
  guint shown = 0;
  cd_html_leaf (html, "h3", "Said once, and said no more", NULL);
  if (cJSON_GetArraySize (list) == 0) {
    cd_part_say (html, "No disclosure was found that a later commit took away.");
    return;
  }
  cd_part_table (html, "Disclosures that a later commit took away", headings);
  cJSON_ArrayForEach (removed, list)
  {
    const cJSON *first = cJSON_GetObjectItemCaseSensitive (removed, "said_first"), *taken = cJSON_GetObjectItemCaseSensitive (removed, "taken_away");
    const char *what = cd_record_string (removed, "model");
    if (shown++ == CD_PART_ROWS)
      break;
    cd_html_open (html, "tr", NULL);
    cd_part_head (html, what != NULL ? what : cd_record_string (removed, "id"));
    cd_part_cell (html, cd_record_string (removed, "path"));
    cd_part_cell (html, cd_record_string (first, "date"));
    cd_part_cell (html, cd_record_string (taken, "date"));
    cd_part_cell (html, cd_record_string (removed, "instead"));
    cd_part_cell (html, cd_record_true (removed, "still_told") ? "yes" : "no");
    cd_html_close (html);
  }
  cd_part_table_end (html);
}

void
cd_section_history (CdHtml *html, const CdRecord *record)
{
  const cJSON *points = cd_record_part (record, "history.points");
  if (points == NULL)
    return;
  put_changes (html, points);
  put_removed (html, record);
}
