/* CSV and TSV of results: benchmarks in the heads of columns (a row a model), in the first column (a column a metric or a model), or in a column of their own
 * beside columns of metrics. Many rows are samples, not results. */
#include "outputs/logs-parts.h"
#include <string.h>

#define NAME_MOST 120u /* bytes of a head or a benchmark's name */

typedef struct {
  const CdLogFile *file;
  GPtrArray *figures;
  CdLogRun run;
  GPtrArray *head;                                     /* char* */
  gint model, task, step, seed, count, metric, subset; /* columns, -1 none */
  gboolean *named, *measured;                          /* by column: its head names a benchmark; a measure that is a result */
  gboolean wide;                                       /* some column's head names a benchmark */
} Sheet;

/* The column that is called by the first of names that a column has; -1 none. */
static gint
column_of (const GPtrArray *head, const char *const *names)
{
  for (guint n = 0; names[n] != NULL; n++)
    for (guint i = 0; i < head->len; i++)
      if (g_ascii_strcasecmp (head->pdata[i], names[n]) == 0)
        return (gint) i;
  return -1;
}

static void
find_columns (Sheet *sheet)
{
  static const char *const models[]
      = { "model", "model_name", "models", "model_id", "checkpoint", "run_id", "run_name", "run", "method", "arm", "name", NULL };
  static const char *const tasks[]
      = { "benchmark", "dataset", "task", "datasets", "benchmarks", "task_name", "dataset_name", "data_name", "eval", NULL };
  static const char *const steps[] = { "step", "global_step", "_step", "steps", NULL };
  static const char *const seeds[] = { "seed", NULL };
  static const char *const counts[] = { "n_samples", "num_samples", "n_problems", "num_problems", "num_examples", "n", "total", NULL };
  static const char *const metrics[] = { "metric", "metric_name", NULL };
  sheet->model = column_of (sheet->head, models);
  sheet->task = column_of (sheet->head, tasks);
  sheet->step = column_of (sheet->head, steps);
  sheet->seed = column_of (sheet->head, seeds);
  sheet->count = column_of (sheet->head, counts);
  sheet->metric = column_of (sheet->head, metrics);
  sheet->subset = -1;
  for (guint i = 0; i < sheet->head->len && sheet->subset < 0; i++)
    sheet->subset = cd_log_is_subset_key (sheet->head->pdata[i]) ? (gint) i : -1;
}

static void
read_head (Sheet *sheet)
{
  static const char *const measures[] = { "accuracy", "acc", "score", "pass", "value", "result", "em", "f1", "mean", "avg", "maj", NULL };
  static const char *const others[]
      = { "num",   "count", "total",   "correct",     "time", "tokens",   "length", "std",   "stderr", "min",         "max",  "seed", "step",
          "epoch", "lr",    "samples", "cost",        "id",   "index",    "size",   "delta", "loss",   "rank",        "diff", "err",  "error",
          "var",   "shots", "version", "temperature", "top",  "response", "se",     "ci",    "values", "consistency", "rate", NULL };
  find_columns (sheet);
  for (guint i = 0; i < sheet->head->len; i++) {
    const char *cell = sheet->head->pdata[i];
    g_auto (GStrv) words = cd_log_words (cell);
    gboolean other = strlen (cell) > NAME_MOST || (strchr (cell, '@') == NULL && cd_log_has_word (words, others));
    sheet->named[i] = !other && (gint) i != sheet->model && cd_log_benchmark (sheet->file->benchmarks, cell) >= 0;
    sheet->measured[i] = !other && (strchr (cell, '@') != NULL || cd_log_has_word (words, measures));
    sheet->wide = sheet->wide || sheet->named[i];
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

static const char *
cell_at (const GPtrArray *row, gint column)
{
  return column >= 0 && (guint) column < row->len ? row->pdata[column] : NULL;
}

static gint64
count_at (const GPtrArray *row, gint column, gint64 otherwise)
{
  const char *cell = cell_at (row, column);
  return cell != NULL && g_ascii_isdigit (*cell) ? (gint64) MIN (g_ascii_strtoull (cell, NULL, 10), G_MAXINT32) : otherwise;
}

static void
add_cell (Sheet *sheet, const GPtrArray *row, guint column, const char *task, const char *model, guint32 line)
{
  double value = 0;
  CdUnit unit = CD_UNIT_PERCENT;
  CdMetric metric = cd_log_metric_read (sheet->head->pdata[column]);
  if (metric.kind == CD_METRIC_UNKNOWN)
    metric = cd_log_metric_read (cell_at (row, sheet->metric));
  if (metric.kind == CD_METRIC_TOKENS || metric.kind == CD_METRIC_RATING || !read_cell (row->pdata[column], &value, &unit))
    return;
  if (metric.kind == CD_METRIC_UNKNOWN)
    metric.kind = CD_METRIC_ACCURACY;
  gint benchmark = cd_log_benchmark (sheet->file->benchmarks, task);
  CdLogFound found = { task, metric, value, unit, line, cd_log_subset (sheet->file->benchmarks, benchmark, cell_at (row, sheet->subset)) };
  g_autofree char *before = g_strdup (sheet->run.model);
  cd_log_run_set_model (&sheet->run, model);
  CdFigure *figure = cd_log_add (sheet->figures, sheet->file, &sheet->run, &found);
  if (figure != NULL)
    figure->samples = metric.kind == CD_METRIC_AVERAGE ? metric.k : 0;
  g_free (sheet->run.model);
  sheet->run.model = g_steal_pointer (&before);
}

static void
read_row (Sheet *sheet, const GPtrArray *row, guint32 line)
{
  gint task = sheet->task >= 0 ? sheet->task : sheet->wide ? -1 : 0;
  const char *model = cell_at (row, sheet->model), *named = cell_at (row, task);
  gboolean known = named != NULL && strlen (named) < NAME_MOST && cd_log_benchmark (sheet->file->benchmarks, named) >= 0;
  sheet->run.step = count_at (row, sheet->step, -1);
  sheet->run.seed = count_at (row, sheet->seed, -1);
  sheet->run.n = count_at (row, sheet->count, 0);
  /* The first column is the model's where none is called so and it holds words. */
  if (model == NULL && sheet->wide && !sheet->named[0] && sheet->step != 0 && g_ascii_isalpha (*cell_at (row, 0)))
    model = cell_at (row, 0);
  for (guint i = 0; i < sheet->head->len; i++) {
    if (sheet->named[i] && sheet->task < 0)
      add_cell (sheet, row, i, sheet->head->pdata[i], model, line);
    else if (known && (gint) i != task && sheet->measured[i])
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
  g_autofree gboolean *named = g_new0 (gboolean, head->len), *measured = g_new0 (gboolean, head->len);
  Sheet sheet = { .file = file, .figures = figures, .head = head, .named = named, .measured = measured };
  guint first = figures->len;
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
  cd_log_settle_units (figures, first);
  cd_log_run_clear (&sheet.run);
}
