/* Validation in training logs, line by line: verl's "step:40 - val-core/aime_2024/acc/mean@32:0.3 - …" and the dictionaries that verl, OpenRLHF and Trainer
 * print. A dictionary of verl repeats a line of steps, so it is read only where there are no such lines. */
#include "outputs/logs-parts.h"
#include <string.h>

#define LINE_MOST 262144u
#define KEY_MOST 300u

static gboolean
has (const CdLogFile *file, const char *needle)
{
  return memmem (file->text, file->length, needle, strlen (needle)) != NULL;
}

/* Text that is no table and no tree. */
gboolean
cd_log_training_knows (const CdLogFile *file)
{
  static const char *const marks[] = { "val-core/", "val/test_score/", "'eval_", "\"eval_" };
  static const char *const others[] = { ".json", ".jsonl", ".csv", ".tsv", ".md" };
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_str_has_suffix (file->path, others[i]))
      return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (has (file, marks[i]))
      return TRUE;
  return FALSE;
}

/* "0.312", "np.float64(0.312)" */
static gboolean
read_value (const char *at, double *value)
{
  at += strspn (at, " ");
  const char *open = strchr (at, '(');
  if (g_str_has_prefix (at, "np.") && open != NULL && open - at < 16)
    at = open + 1;
  char *rest = NULL;
  *value = g_ascii_strtod (at, &rest);
  return rest != at && strchr (" ,}-)\n\r\t", *rest) != NULL;
}

static void
add_pair (const CdLogFile *file, const CdLogRun *run, const char *key, const char *at, guint32 line, GPtrArray *figures)
{
  g_autofree char *task = NULL;
  CdMetric metric = { 0 };
  CdUnit unit = CD_UNIT_FRACTION;
  double value = 0;
  gint64 samples = run->samples;
  if (!cd_log_evaluation_key (file->benchmarks, key, &task, &metric, &samples) || !read_value (at, &value))
    return;
  if (!cd_log_unit_of (value, &unit)) {
    /* A reward that is no share of right answers. */
    metric = (CdMetric){ CD_METRIC_UNKNOWN, 0 };
    unit = CD_UNIT_SCORE;
  }
  CdLogFound found = { task, metric, value, unit, line, NULL };
  CdFigure *figure = cd_log_add (figures, file, run, &found);
  if (figure != NULL)
    figure->samples = samples;
}

/* "key:value - key:value" behind "step:N". */
static void
read_steps (const CdLogFile *file, CdLogRun *run, const char *step, const char *text, guint32 line, GPtrArray *figures)
{
  run->step = (gint64) MIN (g_ascii_strtoull (step + strlen ("step:"), NULL, 10), G_MAXINT32);
  g_auto (GStrv) parts = g_strsplit (text, " - ", 2000);
  for (guint i = 0; parts[i] != NULL; i++) {
    char *colon = strrchr (parts[i], ':');
    char *key = g_strstrip (parts[i]);
    if (colon == NULL || !g_str_has_prefix (key, "val") || (gsize) (colon - key) > KEY_MOST)
      continue;
    *colon = '\0';
    add_pair (file, run, key, colon + 1, line, figures);
  }
}

/* {'eval_math500_pass1': 0.3, 'val-core/…': 0.4} */
static void
read_dictionary (const CdLogFile *file, CdLogRun *run, const char *text, guint32 line, GPtrArray *figures)
{
  static const char *const steps[] = { "global_step", "'step'", "\"step\"" };
  run->step = -1;
  for (gsize i = 0; i < G_N_ELEMENTS (steps) && run->step < 0; i++) {
    const char *at = strstr (text, steps[i]);
    at = at != NULL ? at + strlen (steps[i]) + strspn (at + strlen (steps[i]), "':= ") : NULL;
    run->step = at != NULL && g_ascii_isdigit (*at) ? (gint64) MIN (g_ascii_strtoull (at, NULL, 10), G_MAXINT32) : -1;
  }
  for (const char *at = text; (at = strpbrk (at, "'\"")) != NULL;) {
    const char *close = strchr (at + 1, *at);
    if (close == NULL)
      return;
    g_autofree char *key = (gsize) (close - at) < KEY_MOST && close[1] == ':' ? g_strndup (at + 1, (gsize) (close - at) - 1) : NULL;
    at = close[1] == ':' ? close + 2 : close;
    if (key != NULL)
      add_pair (file, run, key, at, line, figures);
    else
      at++;
  }
}

static void
read_lines (const CdLogFile *file, CdLogRun *run, gboolean dictionaries, GPtrArray *figures)
{
  guint32 line = 1;
  const char *stop = file->text + file->length;
  for (const char *at = file->text; at < stop; line++) {
    const char *newline = memchr (at, '\n', (gsize) (stop - at));
    const char *end = newline != NULL ? newline : stop;
    gsize length = MIN ((gsize) (end - at), LINE_MOST);
    const char *wanted = dictionaries ? "': " : " - val";
    gboolean found = memmem (at, length, wanted, strlen (wanted)) != NULL || (dictionaries && memmem (at, length, "\": ", 3) != NULL);
    if (found) {
      g_autofree char *text = g_strndup (at, length);
      const char *step = strstr (text, "step:");
      if (dictionaries)
        read_dictionary (file, run, text, line, figures);
      else if (step != NULL && g_ascii_isdigit (step[5]))
        read_steps (file, run, step, text, line, figures);
    }
    at = end + 1;
  }
}

void
cd_log_training_read (const CdLogFile *file, GPtrArray *figures)
{
  g_auto (CdLogRun) run = { 0 };
  cd_log_run_init (&run, file);
  guint first = figures->len;
  read_lines (file, &run, FALSE, figures);
  if (figures->len == first)
    read_lines (file, &run, TRUE, figures);
}
