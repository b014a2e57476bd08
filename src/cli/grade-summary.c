/* What graded lines add up to: counts, accuracy with its interval, mean score with its. */
#include "cli/grade.h"
#include "statistics/estimators.h"
#include "statistics/intervals.h"
#include "statistics/random.h"
#include <math.h>
#include <string.h>

#define UNIT 1e9
#define LEVEL 0.95

static void
free_fault (gpointer data)
{
  CdGradeFault *fault = data;
  g_free (fault->what);
  g_free (fault);
}

void
cd_grade_tally_init (CdGradeTally *tally)
{
  *tally = (CdGradeTally){ .scores = g_array_new (FALSE, FALSE, sizeof (double)), .faults = g_ptr_array_new_with_free_func (free_fault) };
}

void
cd_grade_tally_clear (CdGradeTally *tally)
{
  g_clear_pointer (&tally->scores, g_array_unref);
  g_clear_pointer (&tally->faults, g_ptr_array_unref);
}

void
cd_grade_tally_reset (CdGradeTally *tally)
{
  g_array_set_size (tally->scores, 0);
  g_ptr_array_set_size (tally->faults, 0);
  *tally = (CdGradeTally){ .scores = tally->scores, .faults = tally->faults };
}

void
cd_grade_tally_add (CdGradeTally *tally, const CdGradeTally *more)
{
  for (guint i = 0; i < G_N_ELEMENTS (tally->verdicts); i++)
    tally->verdicts[i] += more->verdicts[i];
  tally->malformed += more->malformed;
  tally->score += more->score;
  tally->squares += more->squares;
  tally->graded |= more->graded;
  g_array_append_vals (tally->scores, more->scores->data, MIN (more->scores->len, CD_GRADE_SCORES - tally->scores->len));
  for (guint i = 0; i < more->faults->len && tally->faults->len < CD_GRADE_FAULTS; i++) {
    const CdGradeFault *fault = more->faults->pdata[i];
    CdGradeFault *copy = g_memdup2 (fault, sizeof *fault);
    copy->what = g_strdup (fault->what);
    g_ptr_array_add (tally->faults, copy);
  }
}

guint64
cd_grade_tally_graded (const CdGradeTally *tally)
{
  guint64 n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (tally->verdicts); i++)
    n += tally->verdicts[i];
  return n;
}

static double
mean_score (const CdGradeTally *tally)
{
  return (double) tally->score / UNIT / (double) cd_grade_tally_graded (tally);
}

/* The bootstrap over lines while all scores are at hand, else the normal interval. */
static CdInterval
score_interval (const CdGradeTally *tally)
{
  guint64 n = cd_grade_tally_graded (tally);
  if (n <= tally->scores->len)
    return cd_interval_bootstrap ((const double *) (gpointer) tally->scores->data, tally->scores->len, CD_BOOTSTRAP_RESAMPLES, LEVEL, CD_RANDOM_SEED);
  double mean = mean_score (tally), variance = ((double) tally->squares / UNIT - (double) n * mean * mean) / ((double) n - 1);
  return cd_interval_normal (mean, sqrt (MAX (variance, 0) / (double) n), CD_Z_95, 0, 1);
}

static void
append_figure (GString *out, const char *name, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append_printf (out, "\"%s\":%s,", name, isnan (value) ? "null" : g_ascii_formatd (digits, sizeof digits, "%.6f", value));
}

static void
append_interval (GString *out, const char *name, CdInterval interval)
{
  char low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append_printf (out, "\"%s\":[%s,%s],", name, g_ascii_formatd (low, sizeof low, "%.6f", interval.low),
                          g_ascii_formatd (high, sizeof high, "%.6f", interval.high));
}

char *
cd_grade_summary_json (const CdGradeTask *task, const CdGradeTally *tally)
{
  guint64 n = cd_grade_tally_graded (tally), right = tally->verdicts[CD_GRADE_RIGHT], declined = tally->verdicts[CD_GRADE_NOT_ATTEMPTED];
  GString *out = g_string_new (NULL);
  g_string_append_printf (out, "{\"grader\":\"%s\",\"n\":%" G_GUINT64_FORMAT ",\"right\":%" G_GUINT64_FORMAT ",\"wrong\":%" G_GUINT64_FORMAT,
                          task->grader->id, n, right, tally->verdicts[CD_GRADE_WRONG]);
  g_string_append_printf (out, ",\"no_answer\":%" G_GUINT64_FORMAT ",\"not_attempted\":%" G_GUINT64_FORMAT ",\"malformed\":%" G_GUINT64_FORMAT ",",
                          tally->verdicts[CD_GRADE_NO_ANSWER], declined, tally->malformed);
  append_figure (out, "accuracy", cd_estimate_accuracy (right, n));
  if (n > 0)
    append_interval (out, "interval", cd_interval_wilson (right, n, CD_Z_95));
  if (declined > 0)
    append_figure (out, "accuracy_of_attempted", cd_estimate_accuracy (right, n - declined));
  append_figure (out, "score", n > 0 ? mean_score (tally) : NAN);
  if (tally->graded)
    append_interval (out, "score_interval", score_interval (tally));
  out->str[out->len - 1] = '}';
  return g_string_free (g_string_append_c (out, '\n'), FALSE);
}

char *
cd_grade_summary_text (const CdGradeTask *task, const CdGradeTally *tally, const char *name)
{
  guint64 n = cd_grade_tally_graded (tally), right = tally->verdicts[CD_GRADE_RIGHT];
  GString *out = g_string_new (NULL);
  g_string_append_printf (out, "%s: %" G_GUINT64_FORMAT " graded by %s", name, n, task->grader->id);
  if (n > 0) {
    CdInterval interval = cd_interval_wilson (right, n, CD_Z_95);
    g_string_append_printf (out, ": %" G_GUINT64_FORMAT " right, %.2f %% (95 %% interval %.2f to %.2f)", right, 100 * cd_estimate_accuracy (right, n),
                            100 * interval.low, 100 * interval.high);
    static const char *const names[] = { "wrong", NULL, "without an answer", "not attempted" };
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      if (names[i] != NULL && tally->verdicts[i] > 0)
        g_string_append_printf (out, ", %" G_GUINT64_FORMAT " %s", tally->verdicts[i], names[i]);
  }
  if (tally->graded) {
    CdInterval interval = score_interval (tally);
    g_string_append_printf (out, "; mean score %.4f (95 %% interval %.4f to %.4f)", mean_score (tally), interval.low, interval.high);
  }
  if (tally->malformed > 0)
    g_string_append_printf (out, "; %" G_GUINT64_FORMAT " malformed", tally->malformed);
  return g_string_free (g_string_append_c (out, '\n'), FALSE);
}
