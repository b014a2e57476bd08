/* Small pieces of a page that several sections use: marks, places as links, tables in regions that scroll, folds. What they hold is the sections'. */
#include "page/parts.h"
#include <math.h>
#include <string.h>

#define PLACES_OPEN 3u  /* places shown before the rest is folded */
#define PLACES_CELL 1u  /* the same in a table's cell */
#define PLACES_MOST 40u /* of one list */
#define PATH_MOST 200u  /* characters */

void
cd_part_text (CdHtml *html, const char *element, const char *class, const char *text, guint most)
{
  g_autofree char *cut = cd_html_cut (text, most), *whole = cd_html_cut (text, CD_PART_TEXT * 2);
  cd_html_leaf (html, element, cut, "class", class, "title", strcmp (cut, text) != 0 ? whole : NULL, NULL);
}

void
cd_part_mark (CdHtml *html, const char *class, const char *text)
{
  g_autofree char *classes = g_strconcat ("mark ", class, NULL);
  cd_part_text (html, "span", classes, text, CD_PART_NAME);
}

void
cd_part_fact (CdHtml *html, const char *name, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  cd_html_open (html, "div", NULL);
  cd_html_leaf (html, "dt", name, NULL);
  cd_part_text (html, "dd", NULL, text, CD_PART_TEXT);
  cd_html_close (html);
}

void
cd_part_link (CdHtml *html, const char *address, const char *text)
{
  gboolean web = address != NULL && (g_str_has_prefix (address, "https://") || g_str_has_prefix (address, "http://"));
  g_autofree char *shown = cd_html_cut (text, CD_PART_NAME);
  cd_html_link (html, web ? address : NULL, shown);
}

/* "path:3-5". Caller frees. */
static char *
place_text (const CdRecordPlace *place)
{
  g_autofree char *path = cd_html_cut (*place->path != '\0' ? place->path : "the tree as a whole", PATH_MOST);
  if (place->line == 0)
    return g_steal_pointer (&path);
  return place->end > place->line ? g_strdup_printf ("%s:%u-%u", path, place->line, place->end) : g_strdup_printf ("%s:%u", path, place->line);
}

void
cd_part_place (CdHtml *html, const CdRecord *record, const CdRecordPlace *place)
{
  g_autofree char *text = place_text (place), *link = cd_record_link (record, place);
  cd_html_open (html, "span", "class", "code", NULL);
  cd_html_path (html, link, text);
  cd_html_close (html);
  if (place->says == NULL)
    return;
  g_autofree char *says = cd_html_cut (place->says, CD_PART_NAME);
  cd_html_text (html, " ");
  cd_html_leaf (html, "span", says, "class", "soft small", NULL);
}

static void
put_items (CdHtml *html, const CdRecord *record, const GArray *places, guint from, guint to)
{
  cd_html_open (html, "ul", "class", "places", NULL);
  for (guint i = from; i < to; i++) {
    cd_html_open (html, "li", NULL);
    cd_part_place (html, record, &g_array_index (places, CdRecordPlace, i));
    cd_html_close (html);
  }
  cd_html_close (html);
}

static void
put_places (CdHtml *html, const CdRecord *record, const GArray *places, guint first)
{
  guint shown = MIN (places->len, PLACES_MOST), open = shown > first + 1 ? first : shown;
  if (shown == 0)
    return;
  put_items (html, record, places, 0, open);
  if (open == shown)
    return;
  cd_part_fold (html, "and %u more", places->len - open);
  put_items (html, record, places, open, shown);
  if (places->len > shown)
    cd_part_say (html, "%u more are not shown here.", places->len - shown);
  cd_html_close (html);
}

void
cd_part_places (CdHtml *html, const CdRecord *record, const GArray *places)
{
  put_places (html, record, places, PLACES_OPEN);
}

void
cd_part_cell_places (CdHtml *html, const CdRecord *record, const GArray *places)
{
  cd_html_open (html, "td", NULL);
  put_places (html, record, places, PLACES_CELL);
  cd_html_close (html);
}

void
cd_part_cell_evidence (CdHtml *html, const CdRecord *record, const cJSON *object, const char *key)
{
  g_autoptr (GArray) places = cd_record_places (object, key);
  cd_part_cell_places (html, record, places);
}

void
cd_part_scroll (CdHtml *html, const char *label)
{
  cd_html_open (html, "div", "class", "scroll", "role", "region", "aria-label", label, "tabindex", "0", NULL);
}

void
cd_part_table (CdHtml *html, const char *caption, const char *const *headings)
{
  cd_part_scroll (html, caption);
  cd_html_open (html, "table", NULL);
  cd_html_leaf (html, "caption", caption, NULL);
  cd_html_open (html, "thead", NULL);
  cd_html_open (html, "tr", NULL);
  for (const char *const *heading = headings; *heading != NULL; heading++) {
    gboolean number = **heading == '#';
    cd_html_leaf (html, "th", *heading + (number ? 1 : 0), "scope", "col", "class", number ? "number" : NULL, NULL);
  }
  cd_html_close (html);
  cd_html_close (html);
  cd_html_open (html, "tbody", NULL);
}

void
cd_part_table_end (CdHtml *html)
{
  cd_html_close (html);
  cd_html_close (html);
  cd_html_close (html);
}

void
cd_part_cell (CdHtml *html, const char *text)
{
  cd_part_text (html, "td", NULL, text != NULL ? text : "", CD_PART_TEXT);
}

void
cd_part_number (CdHtml *html, double value)
{
  g_autofree char *text = isfinite (value) ? cd_html_number (value) : NULL;
  cd_html_leaf (html, "td", text, "class", "number", NULL);
}

void
cd_part_head (CdHtml *html, const char *text)
{
  g_autofree char *cut = cd_html_cut (text != NULL ? text : "", CD_PART_NAME);
  cd_html_leaf (html, "th", cut, "scope", "row", NULL);
}

void
cd_part_fold (CdHtml *html, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  cd_html_open (html, "details", NULL);
  cd_html_leaf (html, "summary", text, NULL);
}

void
cd_part_say (CdHtml *html, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  cd_html_leaf (html, "p", text, NULL);
}

const char *
cd_part_plural (guint count)
{
  return count == 1 ? "" : "s";
}

guint
cd_part_dimension (const CdRecord *record, const CdRecordVerdict *verdict)
{
  const char *told = cd_record_string (verdict->json, "dimension");
  gsize length = told != NULL ? strlen (told) : strcspn (verdict->id, ".");
  for (guint i = 0; i < record->dimensions->len; i++) {
    const char *id = g_array_index (record->dimensions, CdRecordDimension, i).id;
    if (strlen (id) == length && strncmp (id, told != NULL ? told : verdict->id, length) == 0)
      return i;
  }
  return record->dimensions->len;
}

CdPartPoints
cd_part_points (const CdRecord *record, guint dimension)
{
  gboolean total = dimension >= record->dimensions->len;
  CdPartPoints points = { .of = total ? record->of : g_array_index (record->dimensions, CdRecordDimension, dimension).of };
  for (guint i = 0; i < record->verdicts->len; i++) {
    const CdRecordVerdict *verdict = record->verdicts->pdata[i];
    if (!total && cd_part_dimension (record, verdict) != dimension)
      continue;
    if (verdict->settled)
      points.sure += verdict->points;
    else
      points.doubt += verdict->points;
    if (!verdict->settled && !verdict->yes)
      points.open += verdict->of;
  }
  return points;
}
