/* Facts that several formats say in the same words. */
#include "report/report.h"
#include "work/commands.h"
#include <math.h>
#include <string.h>


char *
cd_report_place (const CdAudit *audit, guint document, guint line)
{
  if (document == G_MAXUINT)
    return g_strdup ("the whole tree");
  const CdDocument *found = audit->corpus->documents->pdata[document];
  return line > 0 ? g_strdup_printf ("%s:%u", found->path, line) : g_strdup (found->path);
}

/* A name's letters and digits in lower case, the century of a year left out: "AIME 2024" and "aime24" meet. Caller frees. */
static char *
name_key (const char *name)
{
  char *key = cd_text_key (name);
  for (char *year = strstr (key, "202"); year != NULL; year = strstr (year + 2, "202"))
    if (g_ascii_isdigit (year[3]))
      memmove (year, year + 2, strlen (year + 2) + 1);
  return key;
}

const char *
cd_report_benchmark (const CdAudit *audit, gint benchmark, const char *task)
{
  const char *id = benchmark >= 0 ? cd_benchmarks_at (audit->results->benchmarks, (guint) benchmark)->id : NULL;
  if (id == NULL || task == NULL || *task == '\0')
    return id != NULL ? id : task != NULL && *task != '\0' ? task : "unknown";
  g_autofree char *id_key = name_key (id), *task_key = name_key (task);
  return strstr (task_key, id_key) != NULL ? id : task;
}

char **
cd_report_approach (const CdAudit *audit)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < audit->work->stages->len; i++) {
    const CdStage *stage = audit->work->stages->pdata[i];
    if (stage->technique != CD_TECHNIQUE_UNKNOWN && (stage->commands > 0 || stage->configurations > 0 || stage->mentions >= 3))
      g_ptr_array_add (names, g_strdup (cd_technique_name (stage->technique)));
  }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_steal (names, NULL);
}

const char *
cd_report_command_status (const CdWorkCommand *command)
{
  static const char *const names[] = { "unknown", "runnable", "broken" };
  return names[command->status];
}

static gint
compare_price (gconstpointer a, gconstpointer b, gpointer data)
{
  const CdAudit *audit = data;
  const CdVerdict *x = *(CdVerdict *const *) a, *y = *(CdVerdict *const *) b;
  double px = cd_rubric_criterion (audit->rubric, x->criterion)->points / (1 + fabs (x->margin));
  double py = cd_rubric_criterion (audit->rubric, y->criterion)->points / (1 + fabs (y->margin));
  if (fabs (px - py) > 1e-9)
    return px > py ? -1 : 1;
  return x->criterion < y->criterion ? -1 : 1;
}

GPtrArray *
cd_report_cheapest (const CdAudit *audit)
{
  GPtrArray *found = g_ptr_array_new ();
  for (guint i = 0; i < audit->verdicts->len; i++)
    if (!((CdVerdict *) audit->verdicts->pdata[i])->yes)
      g_ptr_array_add (found, audit->verdicts->pdata[i]);
  g_ptr_array_sort_with_data (found, compare_price, (gpointer) audit);
  return found;
}

char *
cd_report_date (gint64 time)
{
  const gint64 last = G_GINT64_CONSTANT (253402300799); /* of the year 9999 */
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (CLAMP (time, 0, last));
  return g_date_time_format (date, "%Y-%m-%d");
}
