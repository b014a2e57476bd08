/* The sentences of arithmetic.h's two verdicts. Which claims share one is left to the reports. */
#include "report/arithmetic-words.h"

char *
cd_report_several_runs (const char *value, guint others, double n, const char *benchmark, guint fewest)
{
  GString *text = g_string_new (value);
  if (others > 0)
    g_string_append_printf (text, " and %u more figure%s", others, others == 1 ? "" : "s");
  if (n > 0)
    g_string_append_printf (text, " on the %.0f problems of %s", n, benchmark);
  else
    g_string_append_printf (text, " on any set of %s", benchmark);
  g_string_append_printf (text, " %s, most likely %s over several runs, which is no fault; the audit found no stated number of runs that gives %s",
                          others > 0 ? "are not single-run figures" : "is not a single-run figure", others > 0 ? "means" : "a mean",
                          others > 0 ? "them" : "it");
  if (others == 0 && fewest > 0)
    g_string_append_printf (text, " (%u would)", fewest);
  return g_string_free (text, FALSE);
}

char *
cd_report_impossible (const char *value, double n, const char *benchmark, guint samples)
{
  return samples > 1
             ? g_strdup_printf ("%s on the %.0f problems of %s is impossible as stated: neither a mean over the stated %u samples a problem nor one "
                                "run gives it",
                                value, n, benchmark, samples)
             : g_strdup_printf ("%s on the %.0f problems of %s is impossible as stated: no number of right answers in one run gives it", value, n,
                                benchmark);
}
