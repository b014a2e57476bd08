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

/* The run that a file belongs to where its program writes one figure into several files; NULL elsewhere. */
static char *
run_of (const CdFigure *figure)
{
  const char *slash = strrchr (figure->path, '/'), *dot = strrchr (figure->path, '.');
  if (is_of (figure, "opencompass") && dot != NULL)
    return g_strndup (figure->path, (gsize) (dot - figure->path));
  if (!is_of (figure, "trainer"))
    return NULL;
  char *folder = slash != NULL ? g_strndup (figure->path, (gsize) (slash - figure->path)) : g_strdup ("");
  char *last = strrchr (folder, '/');
  last = last != NULL ? last + 1 : folder;
  if (g_str_has_prefix (last, "checkpoint-"))
    last[last > folder ? -1 : 0] = '\0';
  return folder;
}

typedef struct {
  guint kept, before, here; /* figures with the key: kept, of these in earlier documents, seen in this one */
  guint document;
} Seen;

static void
mark_copied (GPtrArray *figures, gboolean *repeated)
{
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < figures->len; i++) {
    const CdFigure *figure = figures->pdata[i];
    g_autofree char *run = run_of (figure);
    if (run == NULL)
      continue;
    char *key = g_strdup_printf ("%s\n%s\n%s\n%d@%u %.10g", run, figure->task, figure->model != NULL ? figure->model : "", (int) figure->metric.kind,
                                 figure->metric.k, figure->value);
    Seen *seen = g_hash_table_lookup (all, key);
    if (seen == NULL) {
      seen = g_new0 (Seen, 1);
      seen->document = figure->document;
      g_hash_table_insert (all, g_strdup (key), seen);
    }
    g_free (key);
    if (seen->document != figure->document)
      *seen = (Seen){ seen->kept, seen->kept, 0, figure->document };
    repeated[i] = ++seen->here <= seen->before;
    seen->kept += repeated[i] ? 0 : 1;
  }
}

void
cd_outputs_drop_repeats (GPtrArray *figures)
{
  g_autofree gboolean *repeated = g_new0 (gboolean, figures->len + 1);
  mark_printed (figures, repeated);
  mark_copied (figures, repeated);
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
