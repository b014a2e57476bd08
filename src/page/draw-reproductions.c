/* Claims against what was obtained: on a scale from 0 to 100, a claim is a diamond, what was obtained a dot in its interval, and every logged run a faint
 * dot behind them, equal ones on top of each other. */
#include "page/draw.h"
#include "page/page.h"
#include "page/parts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_MOST 60u
#define STEP 74u /* from one claim to the next */
#define SCALE_HIGH 24u
#define LEFT 1.5     /* percent of the width left free at either side, so that marks are whole */
#define STACK_MOST 6 /* equal runs that are drawn on top of each other */

typedef struct {
  const cJSON *claim, *reproduction;
  double factor; /* to percent */
} Row;

/* 100 for fractions, 1 for percent, 0 for what is neither. */
static double
factor_of (const char *unit)
{
  return g_strcmp0 (unit, "percent") == 0 ? 1 : g_strcmp0 (unit, "fraction") == 0 ? 100 : 0;
}

static GArray *
gather (const CdRecord *record)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr (GPtrArray) claims = g_ptr_array_new ();
  const cJSON *item = NULL;
  cJSON_ArrayForEach (item, cd_record_part (record, "claims")) g_ptr_array_add (claims, (gpointer) item);
  cJSON_ArrayForEach (item, cd_record_part (record, "reproductions"))
  {
    double claim = cd_record_number (item, "claim", -1);
    Row row = { .reproduction = item, .factor = factor_of (cd_record_string (item, "unit")) };
    if (!(claim >= 0 && claim < claims->len) || row.factor <= 0 || isnan (cd_record_number (item, "value", NAN)))
      continue;
    row.claim = claims->pdata[(guint) claim];
    if (!isnan (cd_record_number (row.claim, "value", NAN)))
      g_array_append_val (rows, row);
  }
  return rows;
}

static double
across (double value)
{
  return LEFT + CLAMP (value, 0, 100) * (100 - 2 * LEFT) / 100;
}

static int
compare_numbers (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static void
put_runs (CdHtml *html, const Row *row, double y)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  const cJSON *item = NULL;
  cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive (row->reproduction, "values"))
  {
    double value = row->factor * (cJSON_IsNumber (item) ? item->valuedouble : NAN);
    if (isfinite (value))
      g_array_append_val (values, value);
  }
  if (values->len < 2)
    return;
  qsort (values->data, values->len, sizeof (double), compare_numbers);
  for (guint i = 0, equal = 0; i < values->len; i++) {
    double value = g_array_index (values, double, i);
    equal = i > 0 && value - g_array_index (values, double, i - 1) < 1e-9 ? equal + 1 : 0;
    if (equal < STACK_MOST)
      cd_svg_dot (html, "run", across (value), y - 3 * equal, 4, NULL);
  }
}

static void
put_row (CdHtml *html, const Row *row, double y)
{
  const char *benchmark = cd_record_string (row->reproduction, "benchmark"), *metric = cd_record_string (row->reproduction, "metric");
  const char *model = cd_record_string (row->claim, "model"), *conclusion = cd_record_string (row->reproduction, "conclusion");
  const char *by = cd_record_string (row->reproduction, "by");
  const cJSON *interval = cJSON_GetObjectItemCaseSensitive (row->reproduction, "interval");
  const cJSON *low = cJSON_GetArrayItem (interval, 0), *high = cJSON_GetArrayItem (interval, 1);
  double value = row->factor * cd_record_number (row->reproduction, "value", 0), claimed = row->factor * cd_record_number (row->claim, "value", 0);
  g_autofree char *name = g_strdup_printf ("%s, %s", benchmark != NULL ? benchmark : "", metric != NULL ? metric : "");
  g_autofree char *cut = cd_html_cut (name, 30), *of = cd_html_cut (model != NULL ? model : "not named", 32);
  g_autofree char *way = g_strdup_printf ("%s, by %s", of, by != NULL ? by : "its files");
  g_autofree char *said_claim = g_strdup_printf ("claimed %.4g %%", claimed), *said_value = g_strdup_printf ("obtained %.4g %%", value);
  cd_svg_text (html, "strong", "start", 0, y + 12, cut);
  cd_svg_text (html, NULL, "end", 100, y + 12, conclusion);
  cd_svg_text (html, "soft", "start", 0, y + 27, way);
  cd_svg_line (html, "axis", across (0), y + 50, across (100), y + 50);
  for (guint tick = 0; tick <= 100; tick += 20)
    cd_svg_line (html, "tick", across (tick), y + 36, across (tick), y + 60);
  put_runs (html, row, y + 50);
  if (cJSON_IsNumber (low) && cJSON_IsNumber (high))
    cd_svg_line (html, "interval", across (row->factor * low->valuedouble), y + 50, across (row->factor * high->valuedouble), y + 50);
  cd_svg_dot (html, "obtained", across (value), y + 50, 5.5, said_value);
  cd_svg_diamond (html, "claimed", across (claimed), y + 50, 8, said_claim);
}

static void
put_scale (CdHtml *html)
{
  for (guint tick = 0; tick <= 100; tick += 20) {
    g_autofree char *text = g_strdup_printf ("%u %%", tick);
    cd_svg_text (html, "soft", tick == 0 ? "start" : tick == 100 ? "end" : "middle", tick == 0 ? 0 : tick == 100 ? 100 : across (tick), 13, text);
  }
}

void
cd_draw_reproductions (CdHtml *html, const CdRecord *record)
{
  g_autoptr (GArray) rows = gather (record);
  guint shown = MIN (rows->len, ROWS_MOST), high = SCALE_HIGH + STEP * shown;
  if (shown == 0)
    return;
  g_autofree char *description = g_strdup_printf ("%u claimed figure%s in percent with what was obtained for each; the table below has the numbers.",
                                                  shown, cd_part_plural (shown));
  cd_html_open (html, "figure", NULL);
  cd_svg_open (html, high, "Claims against what was obtained", description);
  put_scale (html);
  gboolean runs = FALSE;
  for (guint i = 0; i < shown; i++) {
    const Row *row = &g_array_index (rows, Row, i);
    put_row (html, row, SCALE_HIGH + STEP * i);
    runs = runs || cJSON_GetArraySize (cJSON_GetObjectItemCaseSensitive (row->reproduction, "values")) > 1;
  }
  cd_html_close (html);
  cd_html_open (html, "figcaption", NULL);
  cd_svg_legend (html, "diamond", "claimed", "claimed");
  cd_svg_legend (html, "dot", "obtained", "obtained (the median of several runs)");
  cd_svg_legend (html, "line", "interval", "its 95 % interval");
  if (runs)
    cd_svg_legend (html, "dot", "run", "one logged run");
  if (rows->len > shown)
    cd_html_printf (html, " %u more are in the table only.", rows->len - shown);
  cd_html_close (html);
  cd_html_close (html);
}
