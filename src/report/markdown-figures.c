/* The Markdown report: claimed figures beside obtained ones. */
#include "report/figures.h"
#include "report/markup.h"

#define LISTED 40u
#define REMARKS 20u

static void
add_row (GString *out, const CdFigureRow *row)
{
  const char *const cells[] = { row->benchmark, row->model, row->claimed, row->obtained, row->how };
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++) {
    g_string_append (out, i == 0 ? "| " : " | ");
    cd_markup_text (out, cells[i]);
  }
  g_string_append (out, " | ");
  cd_markup_code (out, row->place);
  g_string_append (out, " |\n");
}

static void
add_rows (GString *out, const GPtrArray *rows)
{
  g_string_append (out, "| figure | model | claimed | obtained, 95 % interval | conclusion | place |\n|---|---|---|---|---|---|\n");
  for (guint i = 0; i < rows->len && i < LISTED; i++)
    add_row (out, g_ptr_array_index (rows, i));
  if (rows->len > LISTED)
    g_string_append_printf (out, "\nand %u more\n", rows->len - LISTED);
}

void
cd_markup_figures_of (GString *out, const CdAudit *audit, const GPtrArray *reproductions)
{
  if (audit->claims->claims->len == 0 && reproductions->len == 0)
    return;
  g_autofree char *summary = cd_report_figures_summary (audit, reproductions);
  g_string_append_printf (out, "\n## Figures, claimed and obtained\n\n%s\n", summary);
  for (guint claimed = 2; claimed > 0; claimed--) {
    g_autoptr (GPtrArray) rows = cd_report_figure_rows (audit, reproductions, claimed == 2);
    if (rows->len == 0)
      continue;
    g_string_append (out, claimed == 2 ? "\n" : "\nObtained, and claimed by nobody:\n\n");
    add_rows (out, rows);
  }
  g_autoptr (GPtrArray) remarks = cd_report_claim_remarks (audit);
  g_string_append (out, remarks->len > 0 ? "\n" : "");
  for (guint i = 0; i < remarks->len && i < REMARKS; i++) {
    g_string_append (out, "- ");
    cd_markup_text (out, g_ptr_array_index (remarks, i));
    g_string_append_c (out, '\n');
  }
}

void
cd_markup_figures (GString *out, const CdAudit *audit)
{
  cd_markup_figures_of (out, audit, audit->reproductions);
}
