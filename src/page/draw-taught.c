/* One teacher and the works that it taught: a graph, and the same as a table with links. */
#include "page/draw.h"
#include "page/page.h"
#include "page/parts.h"
#include <string.h>

#define DRAWN_MOST 40u
#define STEP 34.0
#define ROW_HIGH 26.0
/* Boxes in percent of the width, and characters that fit them on a phone. */
#define TEACHER_WIDE 34.0
#define WORKS_FROM 43.0
#define TEACHER_MOST 13u
#define WORK_MOST 26u

static gboolean
is_told (const CdTaught *taught)
{
  return taught->said == NULL;
}

static void
put_graph (CdHtml *html, const char *teacher, const CdTaught *works, guint drawn, guint length)
{
  guint rows = drawn + (length > drawn ? 1 : 0);
  double high = rows * STEP + 4, middle = high / 2;
  g_autofree char *shown = cd_html_cut (teacher, CD_PART_NAME);
  g_autofree char *title = g_strdup_printf ("What %s taught", shown),
                  *description = g_strdup_printf ("%u works; the table below names them.", length);
  g_autofree char *name = cd_html_cut (teacher, TEACHER_MOST);
  cd_svg_open (html, (guint) high, title, description);
  for (guint i = 0; i < drawn; i++)
    cd_svg_line (html, is_told (&works[i]) ? "edge" : "edge dashed", TEACHER_WIDE, middle, WORKS_FROM, i * STEP + 2 + ROW_HIGH / 2);
  cd_svg_rect (html, "box teacher", 0, middle - 16, TEACHER_WIDE, 32);
  cd_svg_text (html, "strong name", "middle", TEACHER_WIDE / 2, middle + 5, name);
  for (guint i = 0; i < drawn; i++) {
    g_autofree char *work = cd_html_cut (works[i].work, WORK_MOST);
    cd_svg_rect (html, "box model", WORKS_FROM, i * STEP + 2, 100 - WORKS_FROM, ROW_HIGH);
    cd_svg_text (html, "name", "start", WORKS_FROM + 1.5, i * STEP + 20, work);
  }
  if (rows > drawn) {
    g_autofree char *more = g_strdup_printf ("and %u more", length - drawn);
    cd_svg_text (html, "soft", "start", WORKS_FROM + 1.5, drawn * STEP + 20, more);
  }
  cd_html_close (html);
}

void
cd_draw_taught (CdHtml *html, const char *teacher, const CdTaught *works, guint length)
{
  static const char *const headings[] = { "Work", "Does it say so", NULL };
  if (length == 0)
    return;
  cd_html_open (html, "figure", NULL);
  put_graph (html, teacher, works, MIN (length, DRAWN_MOST), length);
  cd_html_leaf (html, "figcaption", "A solid line: the work's documents tell of this teacher. The table has what a dashed one stands for.", NULL);
  cd_html_close (html);
  cd_part_table (html, "Works that this model taught", headings);
  for (guint i = 0; i < length; i++) {
    g_autofree char *work = cd_html_cut (works[i].work, CD_PART_NAME);
    cd_html_open (html, "tr", NULL);
    cd_html_open (html, "th", "scope", "row", NULL);
    cd_html_link (html, works[i].target, work);
    cd_html_close (html);
    cd_part_cell (html, is_told (&works[i]) ? "yes" : works[i].said);
    cd_html_close (html);
  }
  cd_part_table_end (html);
}
