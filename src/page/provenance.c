/* Datasets, base models, weights and paper as tables. */
#include "page/parts.h"
#include <math.h>

/* A fact that may be unknown, in one word. */
static const char *
fact_of (const cJSON *object, const char *key, const char *yes, const char *no)
{
  const cJSON *item = cJSON_GetObjectItemCaseSensitive (object, key);
  return cJSON_IsTrue (item) ? yes : cJSON_IsFalse (item) ? no : "not known";
}

static void
put_linked (CdHtml *html, const char *element, const char *target, const char *text)
{
  cd_html_open (html, element, "scope", element[1] == 'h' ? "row" : NULL, NULL);
  cd_part_link (html, target, text != NULL ? text : "");
  cd_html_close (html);
}

static void
put_dataset (CdHtml *html, const CdRecord *record, const cJSON *dataset)
{
  const char *license = cd_record_string (dataset, "license"), *revision = cd_record_string (dataset, "revision");
  const char *source = cd_record_string (dataset, "license_source");
  cd_html_open (html, "tr", NULL);
  put_linked (html, "th", cd_record_string (dataset, "where"), cd_record_string (dataset, "name"));
  cd_part_cell (html, cd_record_string (dataset, "role"));
  cd_part_cell (html, revision != NULL ? revision : cd_record_true (dataset, "pinned") ? "pinned" : "not pinned");
  put_linked (html, "td", source, license != NULL ? license : "not known");
  cd_part_cell (html, fact_of (dataset, "compatible", "yes", "no"));
  cd_part_cell (html, fact_of (dataset, "available", "yes", "no"));
  cd_html_open (html, "td", "class", "number", NULL);
  double stated = cd_record_number (dataset, "stated_size", NAN), rows = cd_record_number (dataset, "rows", NAN);
  if (!isnan (stated))
    cd_html_printf (html, "%.0f stated%s", stated, isnan (rows) ? "" : ", ");
  if (!isnan (rows))
    cd_html_printf (html, "%.0f counted", rows);
  cd_html_close (html);
  cd_part_cell_evidence (html, record, dataset, "evidence");
  cd_html_close (html);
}

static void
put_datasets (CdHtml *html, const CdRecord *record)
{
  static const char *const headings[] = { "Dataset", "Role", "Revision", "Licence", "Licence allows it", "Available", "#Rows", "Evidence", NULL };
  const cJSON *list = cd_record_part (record, "provenance.datasets"), *dataset = NULL;
  guint shown = 0;
  cd_html_leaf (html, "h3", "Datasets", NULL);
  if (cJSON_GetArraySize (list) == 0) {
    cd_part_say (html, "No dataset was found by name or link.");
    return;
  }
  cd_part_table (html, "Datasets that the work uses", headings);
  cJSON_ArrayForEach (dataset, list) if (shown++ < CD_PART_ROWS) put_dataset (html, record, dataset);
  cd_part_table_end (html);
}

/* "owner/name" of the hub, or an address. Caller frees; NULL neither. */
static char *
address_of (const char *id)
{
  if (g_str_has_prefix (id, "https://") || g_str_has_prefix (id, "http://"))
    return g_strdup (id);
  guint slashes = 0;
  for (const char *at = id; *at != '\0'; at++) {
    slashes += *at == '/' ? 1 : 0;
    if (!g_ascii_isalnum (*at) && *at != '/' && *at != '-' && *at != '_' && *at != '.')
      return NULL;
  }
  return slashes == 1 && *id != '/' && *id != '.' && !g_str_has_suffix (id, "/") ? g_strconcat ("https://huggingface.co/", id, NULL) : NULL;
}

static void
put_artefacts (CdHtml *html, const CdRecord *record, const char *key, const char *title, const char *caption, const char *none)
{
  static const char *const headings[] = { "Name", "Evidence", NULL };
  const cJSON *list = cd_record_part (record, key), *item = NULL;
  guint shown = 0;
  cd_html_leaf (html, "h3", title, NULL);
  if (cJSON_GetArraySize (list) == 0) {
    cd_part_say (html, "%s", none);
    return;
  }
  cd_part_table (html, caption, headings);
  cJSON_ArrayForEach (item, list)
  {
    const char *id = cd_record_string (item, "id");
    if (id == NULL || shown++ >= CD_PART_ROWS)
      continue;
    g_autofree char *address = address_of (id);
    cd_html_open (html, "tr", NULL);
    put_linked (html, "th", address, id);
    cd_part_cell_evidence (html, record, item, "evidence");
    cd_html_close (html);
  }
  cd_part_table_end (html);
}

void
cd_section_provenance (CdHtml *html, const CdRecord *record)
{
  put_datasets (html, record);
  put_artefacts (html, record, "provenance.base_models", "Base models", "Models that training starts from", "No base model was found by id.");
  put_artefacts (html, record, "provenance.weights", "Weights", "Weights that the work publishes", "No published weights were found.");
}
