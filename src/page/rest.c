/* Risks, readers, network checks, other people's code, and what was not examined. */
#include "page/parts.h"
#include <math.h>
#include <string.h>

void
cd_section_risks (CdHtml *html, const CdRecord *record)
{
  const cJSON *list = cd_record_part (record, "risks"), *risk = NULL;
  if (cJSON_GetArraySize (list) == 0)
    cd_part_say (html,
                 "None found: no committed value in the form of a credential, and no text that reads as an instruction to whoever judges the work.");
  cJSON_ArrayForEach (risk, list)
  {
    const char *code = cd_record_string (risk, "code"), *what = cd_record_string (risk, "what");
    g_autoptr (GArray) places = cd_record_places (risk, "evidence");
    cd_html_open (html, "p", NULL);
    cd_part_mark (html, "no", code != NULL ? code : "risk");
    cd_html_text (html, " ");
    cd_part_text (html, "span", NULL, what != NULL ? what : "", CD_PART_TEXT);
    cd_html_close (html);
    cd_part_places (html, record, places);
  }
}

void
cd_section_readers (CdHtml *html, const CdRecord *record)
{
  static const char *const headings[] = { "Reader", "Kind", "Date", "Commit read", "#Answers", "#Used", "Agrees with a person", NULL };
  const cJSON *list = cd_record_part (record, "assessments"), *reader = NULL;
  guint shown = 0;
  cd_part_say (html, "Their answers stand beside each criterion. An author's reply changes no verdict.");
  cd_part_table (html, "Readers who answered", headings);
  cJSON_ArrayForEach (reader, list)
  {
    const char *kind = cd_record_string (reader, "kind"), *commit = cd_record_string (reader, "commit");
    double agreement = cd_record_number (reader, "agreement", NAN);
    g_autofree char *agrees = isnan (agreement) ? NULL : g_strdup_printf ("%.0f %%", 100 * agreement),
                    *at = g_strndup (commit != NULL ? commit : "", 12);
    if (shown++ == CD_PART_ROWS)
      break;
    cd_html_open (html, "tr", NULL);
    cd_part_head (html, cd_record_string (reader, "assessor"));
    cd_part_cell (html, kind);
    cd_part_cell (html, cd_record_string (reader, "date"));
    cd_part_cell (html, at);
    cd_part_number (html, cd_record_number (reader, "answers", 0));
    cd_part_number (html, cd_record_number (reader, "used", 0));
    cd_part_cell (html, agrees != NULL ? agrees : g_strcmp0 (kind, "model") == 0 ? "never measured" : "");
    cd_html_close (html);
  }
  cd_part_table_end (html);
}

void
cd_section_online (CdHtml *html, const CdRecord *record)
{
  static const char *const headings[] = { "Link", "Kind", "Answer", "#Status", "Moved to", "Places", NULL };
  const cJSON *list = cd_record_part (record, "online.links"), *link = NULL;
  guint shown = 0, there = 0;
  cJSON_ArrayForEach (link, list) there += g_strcmp0 (cd_record_string (link, "verdict"), "exists") == 0;
  cd_part_say (html, "%.0f links were asked about, %u of them are there.", cd_record_number (cd_record_part (record, "online"), "asked", 0), there);
  cd_part_fold (html, "All links");
  cd_part_table (html, "Links and what their hosts answered", headings);
  cJSON_ArrayForEach (link, list)
  {
    const char *id = cd_record_string (link, "id");
    if (id == NULL || shown++ >= CD_PART_ROWS)
      continue;
    cd_html_open (html, "tr", NULL);
    cd_html_open (html, "th", "scope", "row", NULL);
    cd_part_link (html, cd_record_string (link, "url"), id);
    cd_html_close (html);
    cd_part_cell (html, cd_record_string (link, "kind"));
    cd_part_cell (html, cd_record_string (link, "verdict"));
    cd_part_number (html, cd_record_number (link, "status", NAN));
    cd_part_cell (html, cd_record_string (link, "moved_to"));
    cd_part_cell_evidence (html, record, link, "places");
    cd_html_close (html);
  }
  cd_part_table_end (html);
  cd_html_close (html);
}

static int
compare_keys (const void *a, const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* "53 files: object missing", by reason. */
static void
put_reasons (CdHtml *html, const cJSON *list)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  const cJSON *item = NULL;
  cJSON_ArrayForEach (item, list)
  {
    const char *why = cd_record_string (item, "why");
    guint before = GPOINTER_TO_UINT (g_hash_table_lookup (counts, why != NULL ? why : ""));
    g_hash_table_insert (counts, (gpointer) (why != NULL ? why : ""), GUINT_TO_POINTER (before + 1));
  }
  guint length = 0;
  g_autofree const char **keys = (const char **) g_hash_table_get_keys_as_array (counts, &length);
  qsort (keys, length, sizeof (char *), compare_keys);
  cd_html_open (html, "ul", NULL);
  for (guint i = 0; i < MIN (length, CD_PART_ROWS); i++) {
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, keys[i]));
    g_autofree char *why = cd_html_cut (keys[i], CD_PART_NAME);
    cd_html_open (html, "li", NULL);
    cd_html_printf (html, "%u file%s: %s", count, cd_part_plural (count), why);
    cd_html_close (html);
  }
  cd_html_close (html);
}

static void
put_vendored (CdHtml *html, const CdRecord *record)
{
  const cJSON *list = cd_record_part (record, "vendored"), *tree = NULL;
  guint shown = 0;
  cd_html_leaf (html, "h3", "Other people's code, set apart", NULL);
  if (cJSON_GetArraySize (list) == 0) {
    cd_part_say (html, "None found: every file counts as the work's own.");
    return;
  }
  cd_html_open (html, "ul", NULL);
  cJSON_ArrayForEach (tree, list)
  {
    const char *path = cd_record_string (tree, "path"), *of = cd_record_string (tree, "of"), *by = cd_record_string (tree, "by");
    if (path == NULL || shown++ >= CD_PART_ROWS)
      continue;
    cd_html_open (html, "li", NULL);
    cd_part_text (html, "code", NULL, path, CD_PART_NAME);
    cd_html_text (html, ": a copy of ");
    cd_part_text (html, "span", NULL, of != NULL ? of : "another project", CD_PART_NAME);
    cd_html_text (html, ", known by ");
    cd_part_text (html, "span", NULL, g_strcmp0 (by, "blob-ids") == 0 ? "its blobs" : by != NULL ? by : "its form", CD_PART_NAME);
    cd_html_close (html);
  }
  cd_html_close (html);
}

void
cd_section_not_examined (CdHtml *html, const CdRecord *record)
{
  const cJSON *list = cd_record_part (record, "not_examined"), *item = NULL;
  guint count = (guint) cJSON_GetArraySize (list), shown = 0;
  if (count == 0)
    cd_part_say (html, "Every file that could bear on a verdict was examined.");
  else {
    cd_part_say (html, "%u file%s could not be examined; no verdict pretends otherwise.", count, cd_part_plural (count));
    put_reasons (html, list);
    cd_part_fold (html, "The list");
    cd_html_open (html, "ul", "class", "places", NULL);
    cJSON_ArrayForEach (item, list)
    {
      CdRecordPlace place = cd_record_place (item);
      const char *why = cd_record_string (item, "why");
      if (shown++ == CD_PART_ROWS)
        break;
      cd_html_open (html, "li", NULL);
      cd_part_place (html, record, &place);
      cd_html_text (html, ": ");
      cd_part_text (html, "span", NULL, why != NULL ? why : "", CD_PART_NAME);
      cd_html_close (html);
    }
    cd_html_close (html);
    if (count > CD_PART_ROWS)
      cd_part_say (html, "%u more are in the JSON report.", count - CD_PART_ROWS);
    cd_html_close (html);
  }
  put_vendored (html, record);
}
