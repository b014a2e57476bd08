/* CSV and TSV of results: benchmarks in the heads of columns (a row a model), in the first column (a column a metric or a model), or in a column of their own beside
 * columns of metrics. Many rows are samples, not results. */
#include "outputs/logs-parts.h"
#include <string.h>

typedef struct {
  const CdLogFile *file;
  GPtrArray *figures;
  CdLogRun run;
  GPtrArray *head;        /* char* */
  gint model, task, step; /* columns, -1 none */
  gint *benchmarks;       /* by column */
  guint named;            /* columns that name a benchmark */
} Sheet;

static const char *const measures[] = { "accuracy", "acc", "score", "pass", "value", "result", "em", "f1", "mean", "avg", "metric", NULL };
static const char *const others[]
    = { "num",  "count", "total", "correct", "time", "tokens", "length",  "std",         "stderr", "min",  "max",   "seed",
        "step", "epoch", "lr",    "samples", "cost", "id",     "index",   "n",           "k",      "size", "delta", "loss",
        "rank", "diff",  "err",   "error",   "var",  "shots",  "version", "temperature", "top",    NULL };

static gboolean
is_named (const char *cell, const char *const *names)
{
  g_autofree char *lower = g_ascii_strdown (cell, -1);
  return g_strv_contains (names, lower);
}

static void
read_head (Sheet *sheet)
{
  static const char *const models[] = { "model", "model_name", "models", "name", "checkpoint", "method", "model_id", NULL };
  static const char *const tasks[]
      = { "benchmark", "dataset", "task", "datasets", "benchmarks", "task_name", "dataset_name", "data_name", "eval", NULL };
  static const char *const steps[] = { "step", "global_step", "_step", "steps", NULL };
  sheet->model = sheet->task = sheet->step = -1;
  for (guint i = 0; i < sheet->head->len; i++) {
    const char *cell = sheet->head->pdata[i];
    g_auto (GStrv) words = cd_log_words (cell);
    gboolean measured = cd_log_has_word (words, others) && strchr (cell, '@') == NULL;
    sheet->benchmarks[i] = strlen (cell) < 80 && !measured ? cd_log_benchmark (sheet->file->benchmarks, cell) : -1;
    sheet->named += sheet->benchmarks[i] >= 0 ? 1 : 0;
    if (sheet->model < 0 && is_named (cell, models))
      sheet->model = (gint) i;
    if (sheet->task < 0 && is_named (cell, tasks))
      sheet->task = (gint) i;
    if (sheet->step < 0 && is_named (cell, steps))
      sheet->step = (gint) i;
  }
}

/* "45.3", "45.3%", "0.453 ± 0.01" */
static gboolean
read_cell (const char *cell, double *value, CdUnit *unit)
{
  char *rest = NULL;
  *value = g_ascii_strtod (cell, &rest);
  if (rest == cell || !cd_log_unit_of (*value, unit))
    return FALSE;
  if (*rest == '%') {
    *unit = CD_UNIT_PERCENT;
    rest++;
  }
  return *rest == '\0' || g_str_has_prefix (rest + strspn (rest, " "), "±");
}

static void
add_cell (Sheet *sheet, const GPtrArray *row, guint column, const char *task, const char *model, guint32 line)
{
  double value = 0;
  CdUnit unit = CD_UNIT_PERCENT;
  if (column >= row->len || !read_cell (row->pdata[column], &value, &unit))
    return;
  gint64 samples = 0;
  CdMetric metric = cd_metric_read (sheet->head->pdata[column], -1);
  if (metric.kind == CD_METRIC_TOKENS || metric.kind == CD_METRIC_RATING)
    return;
  if (metric.kind == CD_METRIC_UNKNOWN)
    metric.kind = CD_METRIC_ACCURACY;
  samples = metric.kind == CD_METRIC_AVERAGE ? metric.k : 0;
  g_autofree char *before = g_strdup (sheet->run.model);
  cd_log_run_set_model (&sheet->run, model);
  CdLogFound found = { task, metric, value, unit, line };
  CdFigure *figure = cd_log_add (sheet->figures, sheet->file, &sheet->run, &found);
  if (figure != NULL)
    figure->samples = samples;
  g_free (sheet->run.model);
  sheet->run.model = g_steal_pointer (&before);
}

static const char *
cell_at (const GPtrArray *row, gint column)
{
  return column >= 0 && (guint) column < row->len ? row->pdata[column] : NULL;
}

static void
read_row (Sheet *sheet, const GPtrArray *row, guint32 line)
{
  const char *model = cell_at (row, sheet->model), *first = cell_at (row, 0), *step = cell_at (row, sheet->step);
  gint task = sheet->task >= 0 ? sheet->task : sheet->named == 0 ? 0 : -1;
  const char *named = cell_at (row, task);
  if (step != NULL && g_ascii_isdigit (*step))
    sheet->run.step = g_ascii_strtoll (step, NULL, 10);
  gboolean known = named != NULL && strlen (named) < 120 && cd_log_benchmark (sheet->file->benchmarks, named) >= 0;
  for (guint i = 0; i < sheet->head->len; i++) {
    const char *head = sheet->head->pdata[i];
    g_auto (GStrv) words = cd_log_words (head);
    if (sheet->benchmarks[i] >= 0 && (gint) i != sheet->model && sheet->task < 0)
      add_cell (sheet, row, i, head, model != NULL ? model : (i > 0 && sheet->benchmarks[0] < 0 && sheet->step != 0) ? first : NULL, line);
    else if (known && (gint) i != task && (gint) i != sheet->model && (cd_log_has_word (words, measures) || strchr (head, '@') != NULL)
             && (strchr (head, '@') != NULL || !cd_log_has_word (words, others)))
      add_cell (sheet, row, i, named, model, line);
  }
}

gboolean
cd_log_csv_knows (const CdLogFile *file)
{
  return (g_str_has_suffix (file->path, ".csv") || g_str_has_suffix (file->path, ".tsv")) && cd_log_path_tells (file);
}

static gboolean
has_many_rows (const CdLogFile *file)
{
  guint rows = 0;
  const char *stop = file->text + file->length;
  for (const char *at = file->text; rows <= CD_LOG_TABLE_ROWS_MOST && (at = memchr (at, '\n', (gsize) (stop - at))) != NULL; at++)
    rows++;
  return rows > CD_LOG_TABLE_ROWS_MOST;
}

void
cd_log_csv_read (const CdLogFile *file, GPtrArray *figures)
{
  char separator = g_str_has_suffix (file->path, ".tsv") ? '\t' : ',';
  gsize at = 0;
  guint32 next = 1;
  g_autoptr (GPtrArray) head = has_many_rows (file) ? NULL : cd_log_cells (file, separator, &at, &next);
  if (head == NULL || head->len < 2)
    return;
  g_autofree gint *benchmarks = g_new0 (gint, head->len);
  Sheet sheet = { .file = file, .figures = figures, .head = head, .benchmarks = benchmarks };
  cd_log_run_init (&sheet.run, file);
  read_head (&sheet);
  for (;;) {
    guint32 line = next;
    g_autoptr (GPtrArray) row = cd_log_cells (file, separator, &at, &next);
    if (row == NULL)
      break;
    if (row->len == head->len)
      read_row (&sheet, row, line);
  }
  cd_log_run_clear (&sheet.run);
}
