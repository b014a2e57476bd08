/* The score over time: a dot a commit, by its date. */
#include "page/draw.h"
#include "page/page.h"
#include "page/parts.h"
#include <stdio.h>

#define DATE_MOST 10 /* characters of "2025-01-02" */
#define HIGH 170.0
#define TOP 14.0
#define BOTTOM 140.0
#define LEFT 4.0
#define POINTS_MOST 400u

/* Days since a fixed one; 0 for what is no date. */
static double
day_of (const char *date)
{
  guint year = 0, month = 0, day = 0;
  gboolean whole = date != NULL && sscanf (date, "%4u-%2u-%2u", &year, &month, &day) == 3;
  if (!whole || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return 0;
  GDate parsed;
  g_date_clear (&parsed, 1);
  g_date_set_dmy (&parsed, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return g_date_get_julian (&parsed);
}

static double
down (guint total)
{
  return BOTTOM - MIN (total, 100u) * (BOTTOM - TOP) / 100;
}

static void
put_table (CdHtml *html, const CdScorePoint *points, guint length)
{
  static const char *const headings[] = { "Date", "Commit", "#Score", NULL };
  cd_part_fold (html, "The same figures as a table");
  cd_part_table (html, "Score over time", headings);
  for (guint i = 0; i < length; i++) {
    g_autofree char *commit = g_strndup (points[i].commit != NULL ? points[i].commit : "", 12);
    cd_html_open (html, "tr", NULL);
    cd_part_head (html, points[i].date);
    cd_part_cell (html, commit);
    cd_part_number (html, points[i].total);
    cd_html_close (html);
  }
  cd_part_table_end (html);
  cd_html_close (html);
}

static void
put_points (CdHtml *html, const CdScorePoint *points, guint length)
{
  double first = day_of (points[0].date), days = day_of (points[length - 1].date) - first, before_x = 0, before_y = 0;
  for (guint i = 0; i < length; i++) {
    double along = days > 0 ? CLAMP ((day_of (points[i].date) - first) / days, 0, 1) : length > 1 ? (double) i / (length - 1) : 0.5;
    double x = LEFT + 8 + along * (100 - 2 * LEFT - 8), y = down (points[i].total);
    g_autofree char *says = g_strdup_printf ("%.*s, %.12s: %u", DATE_MOST, points[i].date != NULL ? points[i].date : "",
                                             points[i].commit != NULL ? points[i].commit : "", points[i].total);
    if (i > 0)
      cd_svg_line (html, "trend", before_x, before_y, x, y);
    cd_svg_dot (html, "obtained", x, y, 4.5, says);
    before_x = x;
    before_y = y;
  }
}

void
cd_draw_time (CdHtml *html, const CdScorePoint *points, guint length)
{
  if (length == 0)
    return;
  guint skipped = length > POINTS_MOST ? length - POINTS_MOST : 0; /* the oldest */
  points += skipped;
  length -= skipped;
  g_autofree char *description = g_strdup_printf (
      "%u commits from %.*s to %.*s; the first has %u points, the last %u.", length, DATE_MOST, points[0].date != NULL ? points[0].date : "",
      DATE_MOST, points[length - 1].date != NULL ? points[length - 1].date : "", points[0].total, points[length - 1].total);
  cd_html_open (html, "figure", NULL);
  cd_svg_open (html, (guint) HIGH, "Score over time", description);
  for (guint tick = 0; tick <= 100; tick += 25) {
    g_autofree char *text = g_strdup_printf ("%u", tick);
    cd_svg_line (html, "tick", LEFT + 4, down (tick), 100, down (tick));
    cd_svg_text (html, "soft", "end", LEFT + 2.5, down (tick) + 4, text);
  }
  cd_svg_text (html, "soft", "start", LEFT + 8, HIGH - 8, points[0].date != NULL ? points[0].date : "");
  if (length > 1)
    cd_svg_text (html, "soft", "end", 100, HIGH - 8, points[length - 1].date != NULL ? points[length - 1].date : "");
  put_points (html, points, length);
  cd_html_close (html);
  cd_html_close (html);
  put_table (html, points, length);
}
