/* Lists of names, for completions and for whoever asks what there is. Each comes from whoever owns the names. */
#include "cli/names.h"
#include "base/text.h"
#include "cli/cmd.h"
#include "grading/grader.h"
#include "lineage/knowledge.h"
#include "metrics/benchmarks.h"
#include "rubric/rubric.h"
#include "run/executor.h"
#include <string.h>

/* Adds names, in any order and some of them twice. FALSE with the error of what was read. */
typedef gboolean (*Add) (const CdData *data, GPtrArray *names, GError **error);

static void
add (GPtrArray *names, const char *name)
{
  g_ptr_array_add (names, g_strdup (name));
}

static gboolean
add_verbs (const CdData *data G_GNUC_UNUSED, GPtrArray *names, GError **error G_GNUC_UNUSED)
{
  guint length = 0;
  const CdVerbRow *verbs = cd_verbs (&length);
  for (guint i = 0; i < length; i++)
    add (names, verbs[i].name);
  return TRUE;
}

static gboolean
add_graders (const CdData *data G_GNUC_UNUSED, GPtrArray *names, GError **error G_GNUC_UNUSED)
{
  guint length = 0;
  const CdGrader *graders = cd_graders (&length);
  for (guint i = 0; i < length; i++)
    add (names, graders[i].id);
  return TRUE;
}

static gboolean
add_executors (const CdData *data G_GNUC_UNUSED, GPtrArray *names, GError **error G_GNUC_UNUSED)
{
  guint length = 0;
  const CdExecutor *const *executors = cd_executors (&length);
  for (guint i = 0; i < length; i++)
    add (names, executors[i]->name);
  return TRUE;
}

static gboolean
add_rubrics (const CdData *data, GPtrArray *names, GError **error G_GNUC_UNUSED)
{
  g_auto (GStrv) rubrics = cd_rubric_list (data);
  for (char **rubric = rubrics; *rubric != NULL; rubric++)
    add (names, *rubric);
  return TRUE;
}

static gboolean
add_policies (const CdData *data, GPtrArray *names, GError **error G_GNUC_UNUSED)
{
  static const char folder[] = "rubrics/policies/", suffix[] = ".yaml";
  g_auto (GStrv) files = cd_data_list (data, "rubrics/policies");
  for (char **file = files; *file != NULL; file++)
    if (g_str_has_suffix (*file, suffix)) {
      g_autofree char *name = g_strndup (*file + strlen (folder), strlen (*file) - strlen (folder) - strlen (suffix));
      add (names, name);
    }
  return TRUE;
}

static gboolean
add_benchmarks (const CdData *data, GPtrArray *names, GError **error)
{
  g_autoptr (CdBenchmarks) benchmarks = cd_benchmarks_load (data, error);
  for (guint i = 0; benchmarks != NULL && i < cd_benchmarks_length (benchmarks); i++)
    add (names, cd_benchmarks_at (benchmarks, i)->id);
  return benchmarks != NULL;
}

/* The rules that criteria are written in; FALSE with the error. */
static gboolean
load_rules (const CdData *data, CdSignals **signals, CdProbes **probes, GError **error)
{
  g_autofree char *cache = cd_options_cache ();
  *signals = cd_signals_load (data, cache, error);
  *probes = *signals != NULL ? cd_probes_load (data, *signals, error) : NULL;
  return *probes != NULL;
}

static gboolean
add_criteria_of (const CdData *data, const CdProbes *probes, GPtrArray *names, GError **error)
{
  g_auto (GStrv) rubrics = cd_rubric_list (data);
  for (char **name = rubrics; *name != NULL; name++) {
    g_autoptr (CdRubric) rubric = cd_rubric_load (data, *name, probes, error);
    if (rubric == NULL)
      return FALSE;
    for (guint i = 0; i < cd_rubric_length (rubric); i++)
      add (names, cd_rubric_criterion (rubric, i)->id);
  }
  return TRUE;
}

static gboolean
add_criteria (const CdData *data, GPtrArray *names, GError **error)
{
  g_autoptr (CdSignals) signals = NULL;
  g_autoptr (CdProbes) probes = NULL;
  return load_rules (data, &signals, &probes, error) && add_criteria_of (data, probes, names, error);
}

/* All that `candor explain` tells of by its id. */
static gboolean
add_ids (const CdData *data, GPtrArray *names, GError **error)
{
  g_autoptr (CdSignals) signals = NULL;
  g_autoptr (CdProbes) probes = NULL;
  g_autoptr (CdKnowledge) knowledge = NULL;
  if (!load_rules (data, &signals, &probes, error) || !add_criteria_of (data, probes, names, error))
    return FALSE;
  knowledge = cd_knowledge_load (data, error);
  for (guint i = 0; i < cd_probes_length (probes); i++)
    add (names, cd_probes_at (probes, i)->id);
  for (guint i = 0; i < cd_signals_length (signals); i++)
    add (names, cd_signals_at (signals, i)->id);
  for (guint i = 0; knowledge != NULL && i < cd_knowledge_length (knowledge); i++)
    add (names, cd_knowledge_at (knowledge, i)->id);
  return knowledge != NULL;
}

static const struct {
  const char *kind;
  Add add;
} kinds[] = {
  { "VERB", add_verbs },         { "RUBRIC", add_rubrics },       { "POLICY", add_policies },    { "GRADER", add_graders },
  { "EXECUTOR", add_executors }, { "BENCHMARK", add_benchmarks }, { "CRITERION", add_criteria }, { "ID", add_ids },
};

gboolean
cd_names_has (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].kind, kind) == 0)
      return TRUE;
  return FALSE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* A line each. Caller frees. */
static char *
join (GPtrArray *names)
{
  GString *lines = g_string_new (NULL);
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    if (i == 0 || strcmp (names->pdata[i], names->pdata[i - 1]) != 0)
      g_string_append_printf (lines, "%s\n", (const char *) names->pdata[i]);
  return g_string_free (lines, FALSE);
}

char *
cd_names_list (const char *kind, GError **error)
{
  const char *known[G_N_ELEMENTS (kinds) + 1] = { NULL };
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    known[i] = kinds[i].kind;
    if (strcmp (kinds[i].kind, kind) != 0)
      continue;
    g_autoptr (CdData) data = cd_data_new (NULL, error);
    g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
    return data != NULL && kinds[i].add (data, names, error) ? join (names) : NULL;
  }
  g_autofree char *choices = cd_text_choices (kind, known);
  g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "there is no kind of name \"%s\"%s", kind, choices);
  return NULL;
}
