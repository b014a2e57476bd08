/* The score and its dimensions as bars that keep apart what is settled from what a reader must settle. */
#include "page/draw.h"
#include "page/page.h"
#include "page/parts.h"

#define BAR 14.0       /* height of a bar */
#define STEP 46.0      /* from one dimension to the next */
#define TOTAL_HIGH 84u /* of the score's own bar, with its range under it */
#define CELL_ROW 7.0   /* of the small one */
#define CELL_WIDE "72"

static double
share (double points, double of, double width)
{
  return of > 0 ? width * MIN (points, of) / of : 0;
}

/* A bar from the left border on, `width` percent wide. */
static void
put_bar (CdHtml *html, const CdPartPoints *points, double y, double width)
{
  double sure = share (points->sure, points->of, width), doubt = share (points->doubt, points->of, width),
         open = share (points->open, points->of, width);
  cd_svg_rect (html, "track", 0, y, width, BAR);
  if (points->open > 0)
    cd_svg_rect (html, "open", sure + doubt, y, MIN (open, width - sure - doubt), BAR);
  if (points->sure > 0)
    cd_svg_rect (html, "bar", 0, y, sure, BAR);
  if (points->doubt > 0) {
    cd_svg_rect (html, "doubted", sure, y, doubt, BAR);
    cd_svg_line (html, "stripes", sure, y + BAR / 2, sure + doubt, y + BAR / 2);
  }
}

/* Under the bar of the total: from where to where it likely lies, and where it is expected. */
static void
put_range (CdHtml *html, const CdRecord *record, double y)
{
  double low = share (record->likely[0], record->of, 100), high = share (record->likely[1], record->of, 100);
  double expected = share (record->expected, record->of, 100);
  g_autofree char *text = g_strdup_printf ("likely %u to %u, expected %.1f", record->likely[0], record->likely[1], record->expected);
  cd_svg_line (html, "span", low, y, high, y);
  cd_svg_line (html, "span", low, y - 5, low, y + 5);
  cd_svg_line (html, "span", high, y - 5, high, y + 5);
  cd_svg_diamond (html, "expected", expected, y, 6, NULL);
  gboolean right = low + high > 100;
  cd_svg_text (html, "soft", right ? "end" : "start", right ? high : low, y + 21, text);
}

static void
put_label (CdHtml *html, const char *class, const char *name, const CdPartPoints *points, double y)
{
  g_autofree char *cut = cd_html_cut (name, 32), *counted = g_strdup_printf ("%u of %u", points->sure + points->doubt, points->of);
  cd_svg_text (html, class, "start", 0, y, cut);
  cd_svg_text (html, class, "end", 100, y, counted);
}

static char *
describe (const CdRecord *record)
{
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, "%u of %u points, likely %u to %u, expected %.1f.", record->total, record->of, record->likely[0], record->likely[1],
                          record->expected);
  for (guint i = 0; i < record->dimensions->len; i++) {
    const CdRecordDimension *dimension = &g_array_index (record->dimensions, CdRecordDimension, i);
    g_autofree char *name = cd_html_cut (dimension->name, 32);
    g_string_append_printf (text, " %s: %u of %u.", name, dimension->points, dimension->of);
  }
  return g_string_free (text, FALSE);
}

static void
put_table (CdHtml *html, const CdRecord *record)
{
  static const char *const headings[]
      = { "Dimension", "#Points", "#Of", "#Settled", "#Given, for a reader to settle", "#Not given, for a reader to settle", NULL };
  cd_part_fold (html, "The same figures as a table");
  cd_part_table (html, "Points by dimension", headings);
  for (guint i = 0; i <= record->dimensions->len; i++) {
    gboolean total = i == record->dimensions->len;
    CdPartPoints points = cd_part_points (record, i);
    cd_html_open (html, "tr", NULL);
    cd_part_head (html, total ? "All" : g_array_index (record->dimensions, CdRecordDimension, i).name);
    cd_part_number (html, total ? record->total : g_array_index (record->dimensions, CdRecordDimension, i).points);
    cd_part_number (html, points.of);
    cd_part_number (html, points.sure);
    cd_part_number (html, points.doubt);
    cd_part_number (html, points.open);
    cd_html_close (html);
  }
  cd_part_table_end (html);
  cd_html_close (html);
}

void
cd_draw_dimensions (CdHtml *html, const CdRecord *record)
{
  g_autofree char *description = describe (record);
  CdPartPoints total = cd_part_points (record, record->dimensions->len);
  guint widest = 1;
  for (guint i = 0; i < record->dimensions->len; i++)
    widest = MAX (widest, g_array_index (record->dimensions, CdRecordDimension, i).of);
  cd_html_open (html, "figure", NULL);
  cd_svg_open (html, TOTAL_HIGH + (guint) STEP * record->dimensions->len, "Score and dimensions", description);
  put_label (html, "strong", "All", &total, 14);
  put_bar (html, &total, 22, 100);
  put_range (html, record, 50);
  for (guint i = 0; i < record->dimensions->len; i++) {
    const CdRecordDimension *dimension = &g_array_index (record->dimensions, CdRecordDimension, i);
    CdPartPoints points = cd_part_points (record, i);
    double y = TOTAL_HIGH + STEP * i;
    put_label (html, NULL, dimension->name, &points, y + 14);
    put_bar (html, &points, y + 22, share (dimension->of, widest, 100));
  }
  cd_html_close (html);
  cd_html_open (html, "figcaption", NULL);
  cd_svg_legend (html, "rect", "bar", "settled");
  cd_svg_legend (html, "stripes", "stripes", "given, but a reader must settle it");
  cd_svg_legend (html, "rect", "open", "not given, but a reader may");
  cd_svg_legend (html, "diamond", "expected", "expected total in its likely range");
  cd_html_close (html);
  cd_html_close (html);
  put_table (html, record);
}

void
cd_draw_dimension_bars (CdHtml *html, const CdRecord *record)
{
  g_autofree char *description = describe (record), *high = cd_html_number (CELL_ROW * record->dimensions->len);
  cd_html_open (html, "svg", "class", "cell", "width", CELL_WIDE, "height", high, "role", "img", "aria-label", description, NULL);
  cd_html_leaf (html, "title", description, NULL);
  for (guint i = 0; i < record->dimensions->len; i++) {
    const CdRecordDimension *dimension = &g_array_index (record->dimensions, CdRecordDimension, i);
    CdPartPoints points = cd_part_points (record, i);
    double y = CELL_ROW * i + 1, sure = share (points.sure, points.of, 100);
    cd_svg_rect (html, "track", 0, y, 100, CELL_ROW - 2);
    cd_svg_rect (html, "bar", 0, y, sure, CELL_ROW - 2);
    if (dimension->points > points.sure)
      cd_svg_rect (html, "half", sure, y, share (points.doubt, points.of, 100), CELL_ROW - 2);
  }
  cd_html_close (html);
}
