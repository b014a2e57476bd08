/* `candor rubrics`: the rubrics and policies at hand; or, for measurements, the patterns of all signals. */
#include "cli/cmd.h"
#include "cli/explain-policy.h"
#include "cli/terminal.h"
#include "report/page.h"

/* Loads what every rubric is checked against. */
static gboolean
load (const CdData *data, CdSignals **signals, CdProbes **probes, GError **error)
{
  g_autofree char *cache = cd_options_cache ();
  *signals = cd_signals_load (data, cache, error);
  if (*signals != NULL)
    *probes = cd_probes_load (data, *signals, error);
  return *signals != NULL && *probes != NULL;
}

static void
put_rubric (CdPage *page, const CdRubric *rubric, guint names)
{
  guint points = 0, length = cd_rubric_length (rubric);
  for (guint i = 0; i < length; i++)
    points += cd_rubric_criterion (rubric, i)->points;
  cd_page_put (page, cd_rubric_id (rubric), CD_TINT_STRONG);
  cd_page_move (page, names + 2);
  g_autofree char *facts = g_strdup_printf ("%s, version %s: %u criteri%s, %u point%s", cd_rubric_name (rubric), cd_rubric_version (rubric), length,
                                            length == 1 ? "on" : "a", points, points == 1 ? "" : "s");
  cd_page_wrap (page, facts, CD_TINT_NONE);
  cd_page_end (page);
  if (cd_rubric_source (rubric) == NULL)
    return;
  cd_page_move (page, names + 2);
  cd_page_wrap (page, cd_rubric_source (rubric), CD_TINT_FAINT);
  cd_page_end (page);
}

static char *
list_rubrics (const CdData *data, const CdProbes *probes, GError **error)
{
  g_auto (GStrv) ids = cd_rubric_list (data);
  g_autoptr (GPtrArray) rubrics = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_rubric_free);
  guint names = 0;
  for (guint i = 0; ids[i] != NULL; i++) {
    CdRubric *rubric = cd_rubric_load (data, ids[i], probes, error);
    if (rubric == NULL)
      return NULL;
    g_ptr_array_add (rubrics, rubric);
    names = MAX (names, cd_text_columns (cd_rubric_id (rubric)));
  }
  CdReportStyle style;
  CdPage page;
  cd_terminal_style (&style);
  cd_page_init (&page, &style);
  for (guint i = 0; i < rubrics->len; i++)
    put_rubric (&page, rubrics->pdata[i], names);
  cd_explain_policy_list (&page, data);
  return cd_page_finish (&page);
}

/* One pattern a line, its flags in front as "(?i)": what other programs take as it is. */
static char *
list_patterns (const CdSignals *signals)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < cd_signals_length (signals); i++) {
    const CdSignal *signal = cd_signals_at (signals, i);
    if (signal->caseless || signal->dotall)
      g_string_append_printf (out, "(?%s%s)", signal->caseless ? "i" : "", signal->dotall ? "s" : "");
    for (const char *at = signal->pattern; *at != '\0'; at++) {
      if (*at == '\n')
        g_string_append (out, "\\n");
      else
        g_string_append_c (out, *at);
    }
    g_string_append_c (out, '\n');
  }
  return g_string_free (out, FALSE);
}

int
cd_cmd_rubrics (int argc, char **argv, GError **error)
{
  g_autofree char *rules = NULL;
  gboolean patterns = FALSE;
  const GOptionEntry entries[] = {
    { "rubrics", 0, 0, G_OPTION_ARG_FILENAME, &rules, "Take rules from this directory over the embedded ones", "DIR" },
    { "patterns", 0, 0, G_OPTION_ARG_NONE, &patterns, "Print the pattern of every signal instead, one a line", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  if (!cd_options_parse (&argc, &argv, entries, NULL, "Lists the rubrics that works can be judged by, and the policies that gates can ask for.",
                         error))
    return 2;
  if (argc > 1) {
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "\"%s\" is too much; `candor explain ID` tells of one criterion, probe or signal", argv[1]);
    return 2;
  }
  g_autoptr (CdData) data = cd_data_new (rules, error);
  g_autoptr (CdSignals) signals = NULL;
  g_autoptr (CdProbes) probes = NULL;
  if (data == NULL || !load (data, &signals, &probes, error))
    return 2;
  g_autofree char *text = patterns ? list_patterns (signals) : list_rubrics (data, probes, error);
  if (text != NULL)
    cd_options_write (NULL, text, error);
  return 0;
}
