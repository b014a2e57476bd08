/* Tells a second run from a second copy. A console's table is a copy where a result file has the same task, metric and value to the four digits that are printed, one
 * for one; files of one program's one run share its folder. Equal figures of different runs stay. */
#include "outputs/outputs-repeats.h"
#include "base/text.h"
#include <string.h>

/* What a printed row shows of a figure. */
static char *
printed_key (const CdFigure *figure)
{
  g_autofree char *task = cd_text_key (figure->task);
  return g_strdup_printf ("%s %d@%u %.4f", task, (int) figure->metric.kind, figure->metric.k, figure->value);
}

static gboolean
is_of (const CdFigure *figure, const char *reader)
{
  return figure->by == CD_FIGURE_LOG && strcmp (figure->reader, reader) == 0;
}

static void
mark_printed (GPtrArray *figures, gboolean *repeated)
{
  g_autoptr (GHashTable) written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < figures->len; i++) {
    const CdFigure *figure = figures->pdata[i];
    if (!is_of (figure, "lighteval") && !is_of (figure, "lm-eval"))
      continue;
    char *key = printed_key (figure);
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (written, key));
    g_hash_table_insert (written, key, GUINT_TO_POINTER (count + 1));
  }
  for (guint i = 0; i < figures->len && g_hash_table_size (written) > 0; i++) {
    const CdFigure *figure = figures->pdata[i];
    if (!is_of (figure, "harness-table"))
      continue;
    g_autofree char *key = printed_key (figure);
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (written, key));
    repeated[i] = count > 0;
    if (count > 0)
      g_hash_table_insert (written, g_steal_pointer (&key), GUINT_TO_POINTER (count - 1));
  }
}

static gboolean
is_table (const CdFigure *figure)
{
  return is_of (figure, "json") || is_of (figure, "csv");
}

/* The folder of a trainer's run: its checkpoints' histories belong to it. Caller frees. */
static char *
trainer_folder (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  guint length = g_strv_length (parts);
  guint kept = length > 1 && g_str_has_prefix (parts[length - 2], "checkpoint-") ? length - 2 : length - 1;
  for (guint i = kept; i < length; i++)
    g_clear_pointer (&parts[i], g_free);
  return g_strjoinv ("/", parts);
}

/* The key under which copies of a figure meet; NULL for figures that have none. Programs that write one figure into several files of a run: the run and the figure
 * as it is. Tables that people make, and what they are made from: the benchmark and the value in percent, to two digits. */
static char *
copy_key (const CdFigure *figure)
{
  const char *dot = strrchr (figure->path, '.');
  if (is_of (figure, "opencompass") && dot != NULL)
    return g_strdup_printf ("%.*s\n%s\n%s %.10g", (int) (dot - figure->path), figure->path, figure->task, figure->model, figure->value);
  if (is_of (figure, "trainer")) {
    g_autofree char *folder = trainer_folder (figure->path);
    return g_strdup_printf ("%s\n%s %.10g", folder, figure->task, figure->value);
  }
  if (figure->unit != CD_UNIT_PERCENT && figure->unit != CD_UNIT_FRACTION)
    return NULL;
  g_autofree char *task = figure->benchmark < 0 ? cd_text_key (figure->task) : g_strdup_printf ("%d", figure->benchmark);
  gboolean single = figure->metric.kind == CD_METRIC_ACCURACY || (figure->metric.k == 1 && figure->metric.kind != CD_METRIC_MAJORITY);
  return g_strdup_printf ("%s %d@%u %.2f", task, single ? 0 : (int) figure->metric.kind, single ? 0 : figure->metric.k,
                          cd_unit_scale (figure->value, figure->unit));
}

/* Figures with one key. */
typedef struct {
  guint kept, before, here; /* kept; of these, in earlier documents; seen in this one */
  guint document;
} Seen;

static void
mark_copied (GPtrArray *figures, gboolean tables, gboolean *repeated, GHashTable *all)
{
  for (guint i = 0; i < figures->len; i++) {
    const CdFigure *figure = figures->pdata[i];
    gboolean copied = tables || is_of (figure, "opencompass") || is_of (figure, "trainer");
    char *key = is_table (figure) == tables && !repeated[i] ? copy_key (figure) : NULL;
    if (key == NULL)
      continue;
    Seen *seen = g_hash_table_lookup (all, key);
    if (seen == NULL) {
      seen = g_new0 (Seen, 1);
      seen->document = figure->document;
      g_hash_table_insert (all, key, seen);
    } else
      g_free (key);
    if (seen->document != figure->document)
      *seen = (Seen){ seen->kept, seen->kept, 0, figure->document };
    repeated[i] = ++seen->here <= seen->before && copied;
    seen->kept += repeated[i] ? 0 : 1;
  }
}

void
cd_outputs_drop_repeats (GPtrArray *figures)
{
  g_autofree gboolean *repeated = g_new0 (gboolean, figures->len + 1);
  mark_printed (figures, repeated);
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  mark_copied (figures, FALSE, repeated, all);
  mark_copied (figures, TRUE, repeated, all);
  guint kept = 0;
  for (guint i = 0; i < figures->len; i++) {
    CdFigure *figure = figures->pdata[i];
    figures->pdata[i] = NULL;
    if (repeated[i])
      cd_figure_free (figure);
    else
      figures->pdata[kept++] = figure;
  }
  g_ptr_array_set_size (figures, (gint) kept);
}
