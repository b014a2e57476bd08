/* OpenCompass summaries: a row a data set, a column a model, values in percent. The text file holds the same table as CSV below the aligned one. */
#include "outputs/logs-parts.h"
#include <math.h>
#include <string.h>

#define HEAD "dataset,version,metric,mode"
#define HEAD_CELLS 4u

static const char *
find_head (const CdLogFile *file)
{
  const char *found = g_str_has_suffix (file->path, ".csv") || g_str_has_suffix (file->path, ".txt")
                          ? memmem (file->text, file->length, HEAD, strlen (HEAD))
                          : NULL;
  return found != NULL && (found == file->text || found[-1] == '\n') ? found : NULL;
}

gboolean
cd_log_opencompass_knows (const CdLogFile *file)
{
  return find_head (file) != NULL || (g_str_has_suffix (file->path, ".md") && cd_log_head_has (file, "| dataset | version | metric | mode |"));
}

/* A cell: "82.50", or "82.00 (7/8)" with the counts; "-" is none. */
static void
add_cell (const CdLogFile *file, CdLogRun *run, const GPtrArray *head, const GPtrArray *row, guint column, guint32 line, GPtrArray *figures)
{
  const char *cell = row->pdata[column];
  char *rest = NULL;
  double value = g_ascii_strtod (cell, &rest);
  if (rest == cell || (*rest != '\0' && *rest != ' ') || value < 0 || value > 100 || strcmp (head->pdata[column], "total_count") == 0)
    return;
  const char *slash = strchr (rest, '/');
  run->n = slash != NULL ? (gint64) MIN (g_ascii_strtoull (slash + 1, NULL, 10), G_MAXINT32) : 0;
  run->samples = 0;
  CdMetric metric = cd_log_metric (row->pdata[2], &run->samples);
  if (metric.kind == CD_METRIC_UNKNOWN)
    return;
  cd_log_run_set_model (run, head->pdata[column]);
  CdLogFound found = { row->pdata[0], metric, value, CD_UNIT_PERCENT, line, NULL };
  cd_log_add (figures, file, run, &found);
}

static void
read_row (const CdLogFile *file, CdLogRun *run, const GPtrArray *head, const GPtrArray *row, guint32 line, GPtrArray *figures)
{
  for (guint i = HEAD_CELLS; i < row->len && i < head->len; i++)
    add_cell (file, run, head, row, i, line, figures);
}

/* A line of a pipe table. */
static GPtrArray *
pipe_cells (const char *line, gsize length)
{
  g_autofree char *text = g_strndup (line, length);
  g_auto (GStrv) parts = g_strsplit (text, "|", 400);
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 1; parts[i - 1] != NULL && parts[i] != NULL; i++)
    g_ptr_array_add (cells, g_strdup (g_strstrip (parts[i])));
  return cells;
}

static void
read_pipes (const CdLogFile *file, CdLogRun *run, GPtrArray *figures)
{
  g_autoptr (GPtrArray) head = NULL;
  guint32 line = 1;
  for (const char *at = file->text; at < file->text + file->length; line++) {
    const char *newline = memchr (at, '\n', file->length - (gsize) (at - file->text));
    const char *end = newline != NULL ? newline : file->text + file->length;
    if (*at == '|' && end - at < 65536) {
      g_autoptr (GPtrArray) row = pipe_cells (at, (gsize) (end - at));
      if (head == NULL)
        head = g_steal_pointer (&row);
      else if (row->len == head->len && row->len > HEAD_CELLS)
        read_row (file, run, head, row, line, figures);
    }
    at = end + 1;
  }
}

void
cd_log_opencompass_read (const CdLogFile *file, GPtrArray *figures)
{
  g_auto (CdLogRun) run = { 0 };
  cd_log_run_init (&run, file);
  const char *begin = find_head (file);
  if (begin == NULL) {
    read_pipes (file, &run, figures);
    return;
  }
  gsize at = (gsize) (begin - file->text);
  guint32 line = 1, next = 1;
  for (gsize i = 0; i < at; i++)
    next += file->text[i] == '\n' ? 1 : 0;
  g_autoptr (GPtrArray) head = cd_log_cells (file, ',', &at, &next);
  for (;;) {
    line = next;
    g_autoptr (GPtrArray) row = cd_log_cells (file, ',', &at, &next);
    if (head == NULL || row == NULL || row->len != head->len)
      return;
    read_row (file, &run, head, row, line, figures);
  }
}
