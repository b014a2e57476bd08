/* AlpacaEval's leaderboard.csv: a row a model, win rates in percent, with standard errors. */
#include "outputs/logs-parts.h"
#include <string.h>

gboolean
cd_log_alpaca_eval_knows (const CdLogFile *file)
{
  return g_str_has_suffix (file->path, ".csv") && cd_log_head_has (file, "win_rate") && cd_log_head_has (file, "standard_error")
         && cd_log_head_has (file, "n_total");
}

static gint
column_of (const GPtrArray *head, const char *name)
{
  for (guint i = 0; i < head->len; i++)
    if (strcmp (head->pdata[i], name) == 0)
      return (gint) i;
  return -1;
}

static gboolean
number_at (const GPtrArray *row, gint column, double *value)
{
  char *rest = NULL;
  if (column < 0 || (guint) column >= row->len)
    return FALSE;
  *value = g_ascii_strtod (row->pdata[column], &rest);
  return rest != row->pdata[column] && *rest == '\0';
}

void
cd_log_alpaca_eval_read (const CdLogFile *file, GPtrArray *figures)
{
  static const struct {
    const char *column, *task, *error;
  } rates[] = { { "win_rate", "AlpacaEval", "standard_error" }, { "length_controlled_winrate", "AlpacaEval LC", "lc_standard_error" } };
  g_auto (CdLogRun) run = { 0 };
  cd_log_run_init (&run, file);
  gsize at = 0;
  guint32 next = 1;
  g_autoptr (GPtrArray) head = cd_log_cells (file, ',', &at, &next);
  for (guint rows = 0; head != NULL && rows < CD_LOG_TABLE_ROWS_MOST; rows++) {
    guint32 line = next;
    double value = 0, total = 0;
    g_autoptr (GPtrArray) row = cd_log_cells (file, ',', &at, &next);
    if (row == NULL)
      return;
    gboolean told = number_at (row, column_of (head, "n_total"), &total) && total > 0 && total < 1e9;
    run.n = told ? (gint64) total : 0;
    cd_log_run_set_model (&run, row->pdata[0]);
    for (gsize i = 0; i < G_N_ELEMENTS (rates); i++) {
      if (!number_at (row, column_of (head, rates[i].column), &value) || value < 0 || value > 100)
        continue;
      CdLogFound found = { rates[i].task, { CD_METRIC_RATE, 0 }, value, CD_UNIT_PERCENT, line, NULL };
      CdFigure *figure = cd_log_add (figures, file, &run, &found);
      if (figure != NULL && number_at (row, column_of (head, rates[i].error), &value))
        figure->error = value;
    }
  }
}
