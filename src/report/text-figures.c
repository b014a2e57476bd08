/* The text report: claimed figures beside obtained ones, and remarks on the claims themselves. */
#include "report/figures.h"
#include "report/text-parts.h"

#define INDENT 2u
#define LISTED 12u
#define OTHERS 5u /* figures that nobody claims, and remarks */
#define MODEL_MOST 28u
#define BENCHMARK_MOST 26u

typedef struct {
  guint benchmark, model, claimed, obtained;
} Widths;

static Widths
widths_of (const CdPage *page, const GPtrArray *rows, guint listed)
{
  Widths widths = { 0 };
  for (guint i = 0; i < rows->len && i < listed; i++) {
    const CdFigureRow *row = g_ptr_array_index (rows, i);
    widths.benchmark = MAX (widths.benchmark, cd_page_columns (page, row->benchmark));
    widths.model = MAX (widths.model, cd_page_columns (page, row->model));
    widths.claimed = MAX (widths.claimed, cd_page_columns (page, row->claimed));
    widths.obtained = MAX (widths.obtained, cd_page_columns (page, row->obtained));
  }
  widths.benchmark = MIN (widths.benchmark, BENCHMARK_MOST);
  widths.model = MIN (widths.model, MODEL_MOST);
  return widths;
}

static CdTint
tint_of (const CdReproduction *reproduction)
{
  if (reproduction->claim < 0)
    return CD_TINT_FAINT;
  static const CdTint tints[CD_CONCLUSIONS] = { CD_TINT_GOOD, CD_TINT_GOOD, CD_TINT_BAD, CD_TINT_BAD, CD_TINT_FAIR };
  return tints[reproduction->conclusion];
}

static void
put_cell (CdPage *page, guint *column, const char *text, guint width, CdTint tint)
{
  cd_page_move (page, *column);
  cd_page_put_middle (page, text, width, tint);
  *column += width + (width > 0 ? 2 : 0);
}

static void
put_row (CdPage *page, const CdFigureRow *row, const Widths *widths)
{
  guint column = INDENT;
  put_cell (page, &column, row->benchmark, widths->benchmark, CD_TINT_NONE);
  put_cell (page, &column, row->model, widths->model, CD_TINT_FAINT);
  put_cell (page, &column, row->claimed, widths->claimed, CD_TINT_STRONG);
  put_cell (page, &column, row->obtained, widths->obtained, CD_TINT_NONE);
  cd_page_end (page);
  cd_page_move (page, INDENT + 2);
  cd_page_put_middle (page, row->place, page->width / 3, CD_TINT_FAINT);
  cd_page_move (page, page->column + 2);
  cd_page_wrap (page, row->how, tint_of (row->reproduction));
  cd_page_end (page);
}

static void
put_more (CdPage *page, guint length, guint listed)
{
  if (length <= listed)
    return;
  cd_page_move (page, INDENT);
  cd_page_printf (page, CD_TINT_FAINT, "and %u more", length - listed);
  cd_page_end (page);
}

static void
put_rows (CdPage *page, const GPtrArray *rows, guint listed)
{
  const Widths widths = widths_of (page, rows, listed);
  for (guint i = 0; i < rows->len && i < listed; i++)
    put_row (page, g_ptr_array_index (rows, i), &widths);
  put_more (page, rows->len, listed);
}

static void
put_remarks (CdPage *page, const CdAudit *audit)
{
  g_autoptr (GPtrArray) remarks = cd_report_claim_remarks (audit);
  for (guint i = 0; i < remarks->len && i < OTHERS; i++) {
    cd_page_move (page, INDENT);
    cd_page_wrap (page, g_ptr_array_index (remarks, i), CD_TINT_FAIR);
    cd_page_end (page);
  }
  put_more (page, remarks->len, OTHERS);
}

void
cd_text_figures_of (CdPage *page, const CdAudit *audit, const GPtrArray *reproductions, guint listed)
{
  if (audit->claims->claims->len == 0 && reproductions->len == 0)
    return;
  cd_page_heading (page, "Figures, claimed and obtained");
  g_autofree char *summary = cd_report_figures_summary (audit, reproductions);
  cd_page_move (page, INDENT);
  cd_page_wrap (page, summary, CD_TINT_NONE);
  cd_page_end (page);
  g_autoptr (GPtrArray) claimed = cd_report_figure_rows (audit, reproductions, TRUE);
  put_rows (page, claimed, listed);
  put_remarks (page, audit);
  g_autoptr (GPtrArray) unclaimed = cd_report_figure_rows (audit, reproductions, FALSE);
  if (unclaimed->len == 0)
    return;
  cd_page_move (page, INDENT);
  cd_page_put (page, "obtained, and claimed by nobody:", CD_TINT_FAINT);
  cd_page_end (page);
  put_rows (page, unclaimed, OTHERS);
}

void
cd_text_figures (CdPage *page, const CdAudit *audit)
{
  cd_text_figures_of (page, audit, audit->reproductions, LISTED);
}
