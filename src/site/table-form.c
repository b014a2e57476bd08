/* How the table of works is sorted and filtered: its columns, and the form that stays hidden until table.js shows it, since without a script none of it would
 * do anything. Values are the rows' data- attributes. */
#include "site/table-parts.h"
#include <string.h>

const CdTableColumn cd_table_columns[CD_TABLE_COLUMNS] = {
  { "rank", "Rank", "rank", "number" },
  { "name", "Work", "name", "text" },
  { "score", "Score", "score number", "number" },
  { "low", "Likely range", "range", "number" },
  { NULL, "Dimensions", "dimensions", NULL }, /* one key for each */
  { "label", "Distillation", "label", "text" },
  { "teachers", "Teachers", "teachers", "number" },
  { "checked", "Claims checked", "claims number", "number" },
  { "reproduced", "Of these reproduced", "reproduced number", "number" },
  { "openness", "Openness", "openness", "text" },
  { "approach", "Approach", "approach", "text" },
  { "date", "Commit", "commit", "text" },
};

/* One choice of a filter. */
static void
put_option (CdHtml *html, const char *value, const char *words)
{
  cd_html_leaf (html, "option", words, "value", value, NULL);
}

static void
open_choice (CdHtml *html, const char *name, const char *words)
{
  cd_html_open (html, "label", NULL);
  cd_html_text (html, words);
  cd_html_open (html, "select", "name", name, NULL);
}

static void
close_choice (CdHtml *html)
{
  cd_html_close (html);
  cd_html_close (html);
}

static int
compare_values (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Values that rows have, sorted; the filter offers no other. Caller unrefs. */
static GPtrArray *
values_of (const CdSitePages *pages, gboolean approach)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < pages->works->len; i++) {
    const CdRecord *record = ((const CdSiteWork *) pages->works->pdata[i])->record;
    if (!approach && record != NULL)
      g_hash_table_add (seen, (gpointer) record->openness);
    for (guint k = 0; approach && record != NULL && k < record->approach->len; k++)
      g_hash_table_add (seen, record->approach->pdata[k]);
  }
  GPtrArray *values = g_ptr_array_new ();
  GHashTableIter iterator;
  gpointer value = NULL;
  for (g_hash_table_iter_init (&iterator, seen); g_hash_table_iter_next (&iterator, &value, NULL);)
    g_ptr_array_add (values, value);
  g_ptr_array_sort (values, compare_values);
  return values;
}

static void
put_values (CdHtml *html, const CdSitePages *pages, const char *name, const char *words, gboolean approach)
{
  g_autoptr (GPtrArray) values = values_of (pages, approach);
  open_choice (html, name, words);
  put_option (html, "", "any");
  for (guint i = 0; i < values->len; i++)
    put_option (html, values->pdata[i], values->pdata[i]);
  close_choice (html);
}

static void
put_sort_choice (CdHtml *html, const CdSitePages *pages)
{
  open_choice (html, "sort", "Sort by");
  for (guint i = 0; i < CD_TABLE_COLUMNS; i++) {
    if (cd_table_columns[i].key != NULL)
      put_option (html, cd_table_columns[i].key, cd_table_columns[i].words);
    for (guint k = 0; cd_table_columns[i].key == NULL && k < pages->first->dimensions->len; k++) {
      g_autofree char *key = g_strdup_printf ("d%u", k);
      put_option (html, key, g_array_index (pages->first->dimensions, CdRecordDimension, k).name);
    }
  }
  close_choice (html);
  open_choice (html, "order", "Order");
  put_option (html, "ascending", "rising");
  put_option (html, "descending", "falling");
  close_choice (html);
}

void
cd_table_put_form (CdHtml *html, const CdSitePages *pages)
{
  cd_html_open (html, "details", "id", "filters", "class", "filters", "hidden", "", NULL);
  cd_html_leaf (html, "summary", "Sort and filter", NULL);
  cd_html_open (html, "form", "id", "filter", "class", "filter", "role", "search", "aria-label", "Sort and filter the works", NULL);
  cd_html_open (html, "label", "class", "wide", NULL);
  cd_html_text (html, "Find");
  cd_html_leaf (html, "input", NULL, "type", "search", "name", "text", "autocomplete", "off", "spellcheck", "false", NULL);
  cd_html_close (html);
  open_choice (html, "label", "Distillation");
  put_option (html, "", "any");
  for (const char *const *label = cd_site_labels (); *label != NULL; label++)
    put_option (html, *label, cd_site_label_words (*label));
  close_choice (html);
  put_values (html, pages, "openness", "Openness", FALSE);
  put_values (html, pages, "approach", "Approach", TRUE);
  cd_html_open (html, "fieldset", NULL);
  cd_html_leaf (html, "legend", "Points at least", NULL);
  for (guint i = 0; i < pages->first->dimensions->len; i++) {
    const CdRecordDimension *dimension = &g_array_index (pages->first->dimensions, CdRecordDimension, i);
    g_autofree char *name = g_strdup_printf ("d%u", i), *most = g_strdup_printf ("%u", dimension->of);
    cd_html_open (html, "label", NULL);
    cd_html_printf (html, "%s (of %u)", dimension->name, dimension->of);
    cd_html_leaf (html, "input", NULL, "type", "number", "name", name, "min", "0", "max", most, "inputmode", "numeric", NULL);
    cd_html_close (html);
  }
  cd_html_close (html);
  put_sort_choice (html, pages);
  cd_html_leaf (html, "button", "Show all", "type", "reset", NULL);
  cd_html_close (html);
  cd_html_close (html);
  cd_html_leaf (html, "p", NULL, "id", "shown", "class", "soft small", "role", "status", "aria-live", "polite", NULL);
}
