/* Tables that lighteval and lm-evaluation-harness print at their end, found in consoles' logs and notes: "|Tasks|Version|Filter|n-shot|Metric| |Value|
 * |Stderr|". An empty cell repeats the one above; a table of groups repeats rows of the table before. */
#include "outputs/logs-parts.h"
#include <string.h>

#define LINE_MOST 4096u
#define COLUMNS_MOST 16u

typedef enum { COLUMN_OTHER, COLUMN_TASK, COLUMN_METRIC, COLUMN_VALUE, COLUMN_ERROR, COLUMN_SHOTS } Column;

typedef struct {
  const CdLogFile *file;
  CdLogRun run;
  GPtrArray *figures;
  guint columns; /* 0: outside a table */
  Column kinds[COLUMNS_MOST];
  gboolean groups;
  guint first; /* figure of the table, or of the table before one of groups */
  char *above[COLUMNS_MOST];
  guint32 line;
} Table;

gboolean
cd_log_harness_table_knows (const CdLogFile *file)
{
  return memmem (file->text, file->length, "|Stderr|", 8) != NULL && memmem (file->text, file->length, "Metric", 6) != NULL;
}

static void
leave (Table *table)
{
  for (guint i = 0; i < COLUMNS_MOST; i++)
    g_clear_pointer (&table->above[i], g_free);
  table->columns = 0;
}

static gboolean
enter (Table *table, char **cells, guint length)
{
  static const struct {
    const char *head;
    Column kind;
  } heads[] = { { "Task", COLUMN_TASK },   { "Tasks", COLUMN_TASK },   { "Groups", COLUMN_TASK }, { "Metric", COLUMN_METRIC },
                { "Value", COLUMN_VALUE }, { "Stderr", COLUMN_ERROR }, { "n-shot", COLUMN_SHOTS } };
  guint known = 0;
  Column kinds[COLUMNS_MOST] = { 0 };
  for (guint i = 0; i < length; i++)
    for (gsize h = 0; h < G_N_ELEMENTS (heads); h++)
      if (strcmp (cells[i], heads[h].head) == 0) {
        kinds[i] = heads[h].kind;
        known |= 1u << heads[h].kind;
      }
  guint needed = 1u << COLUMN_TASK | 1u << COLUMN_METRIC | 1u << COLUMN_VALUE;
  if ((known & needed) != needed)
    return FALSE;
  leave (table);
  memcpy (table->kinds, kinds, sizeof kinds);
  table->columns = length;
  table->groups = strcmp (cells[0], "Groups") == 0;
  if (!table->groups)
    table->first = table->figures->len;
  return TRUE;
}

static gboolean
is_repeated (const Table *table, const CdLogFound *found)
{
  for (guint i = table->first; table->groups && i < table->figures->len && i < table->first + 1000; i++) {
    const CdFigure *figure = table->figures->pdata[i];
    gboolean same = figure->metric.kind == found->metric.kind && figure->metric.k == found->metric.k;
    if (same && strcmp (figure->task, found->task) == 0 && !(figure->value < found->value) && !(figure->value > found->value))
      return TRUE;
  }
  return FALSE;
}

static void
read_row (Table *table, char **cells)
{
  const char *parts[COLUMN_SHOTS + 1] = { NULL };
  for (guint i = 0; i < table->columns; i++) {
    Column kind = table->kinds[i];
    gboolean carried = kind == COLUMN_TASK || kind == COLUMN_SHOTS;
    if (*cells[i] != '\0' || !carried) {
      g_free (table->above[i]);
      table->above[i] = g_strdup (cells[i]);
    }
    parts[kind] = table->above[i];
  }
  char *rest = NULL;
  const char *task = parts[COLUMN_TASK] != NULL ? parts[COLUMN_TASK] + strspn (parts[COLUMN_TASK], " -") : NULL;
  double value = g_ascii_strtod (parts[COLUMN_VALUE], &rest);
  if (task == NULL || strcmp (task, "all") == 0 || rest == parts[COLUMN_VALUE] || *rest != '\0' || value < 0)
    return;
  table->run.samples = 0;
  CdMetric metric = cd_log_metric (parts[COLUMN_METRIC], &table->run.samples);
  CdLogFound found = { task, metric, value, value <= 1 ? CD_UNIT_FRACTION : CD_UNIT_PERCENT, table->line, NULL };
  if (metric.kind == CD_METRIC_UNKNOWN || metric.kind == CD_METRIC_TOKENS || is_repeated (table, &found))
    return;
  cd_log_run_set (&table->run, "num_fewshot", parts[COLUMN_SHOTS]);
  CdFigure *figure = cd_log_add (table->figures, table->file, &table->run, &found);
  double error = parts[COLUMN_ERROR] != NULL ? g_ascii_strtod (parts[COLUMN_ERROR], &rest) : 0;
  if (figure != NULL && parts[COLUMN_ERROR] != NULL && rest != parts[COLUMN_ERROR])
    figure->error = error;
}

/* A line from its first pipe on. */
static void
read_pipes (Table *table, const char *begin, gsize length)
{
  g_autofree char *text = g_strndup (begin + 1, length - 1);
  char *last = strrchr (text, '|');
  if (last == NULL) {
    leave (table);
    return;
  }
  *last = '\0';
  g_auto (GStrv) cells = g_strsplit (text, "|", COLUMNS_MOST + 1);
  guint count = g_strv_length (cells);
  for (guint i = 0; i < count; i++)
    g_strstrip (cells[i]);
  if (count == 0 || count > COLUMNS_MOST || enter (table, cells, count) || strspn (text, "|-: ") == strlen (text))
    return;
  if (table->columns == count)
    read_row (table, cells);
  else
    leave (table);
}

/* "vllm (pretrained=a/b,…), …" stands above a table of lm-evaluation-harness. */
static void
read_settings (Table *table, const char *begin, gsize length)
{
  const char *found = memmem (begin, length, "pretrained=", 11);
  if (found == NULL)
    return;
  g_autofree char *text = g_strndup (found, MIN (length - (gsize) (found - begin), LINE_MOST));
  cd_log_run_take_pairs (&table->run, text);
}

void
cd_log_harness_table_read (const CdLogFile *file, GPtrArray *figures)
{
  Table table = { .file = file, .figures = figures, .first = figures->len };
  cd_log_run_init (&table.run, file);
  const char *stop = file->text + file->length;
  for (const char *at = file->text; at < stop;) {
    const char *newline = memchr (at, '\n', (gsize) (stop - at));
    const char *end = newline != NULL ? newline : stop;
    gsize length = (gsize) (end - at);
    const char *pipe = length <= LINE_MOST ? memchr (at, '|', length) : NULL;
    table.line++;
    if (pipe != NULL)
      read_pipes (&table, pipe, (gsize) (end - pipe));
    else {
      leave (&table);
      read_settings (&table, at, length);
    }
    at = end + 1;
  }
  leave (&table);
  cd_log_run_clear (&table.run);
}
