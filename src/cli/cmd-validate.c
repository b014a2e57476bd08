/* `candor validate`: check the form of a manifest or a policy, every fault with file, line and column, or of an assessment, its first one. */
#include "assessment/assessment.h"
#include "base/text.h"
#include "cli/cmd.h"
#include "gate/policy.h"
#include "manifest/manifest.h"
#include <stdio.h>
#include <string.h>

#define DEFAULT_RUBRIC "tti"

/* A folder stands for the manifest in it. Caller frees. */
static char *
manifest_path (const char *argument)
{
  return g_file_test (argument, G_FILE_TEST_IS_DIR) ? g_build_filename (argument, CD_MANIFEST_NAME, NULL) : g_strdup (argument);
}

/* An assessment says so in its first key; a file that has lost it is known by its name. */
static gboolean
is_assessment (const char *path, const char *text, gsize length)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (CdYaml) yaml = cd_yaml_parse (path, text, length, NULL);
  const char *format = yaml != NULL ? cd_yaml_string (cd_yaml_get (cd_yaml_root (yaml), "format")) : NULL;
  return strcmp (name, CD_ASSESSMENT_NAME) == 0 || (format != NULL && g_str_has_prefix (format, "candor-assessment/"));
}

/* The rubric whose questions are answered, where there is one of that name; else the default one. */
static CdRubric *
load_rubric (const CdData *data, const CdAssessment *assessment, const CdProbes *probes, GError **error)
{
  g_auto (GStrv) names = cd_rubric_list (data);
  const char *name = g_strv_contains ((const char *const *) names, assessment->rubric) ? assessment->rubric : DEFAULT_RUBRIC;
  return cd_rubric_load (data, name, probes, error);
}

static gboolean
check_assessment (const char *path, const char *text, gsize length, GError **error)
{
  g_autoptr (CdAssessment) form = cd_assessment_parse (path, text, length, NULL, error);
  g_autoptr (CdData) data = form != NULL ? cd_data_new (NULL, error) : NULL;
  g_autofree char *cache = cd_options_cache ();
  g_autoptr (CdSignals) signals = data != NULL ? cd_signals_load (data, cache, error) : NULL;
  g_autoptr (CdProbes) probes = signals != NULL ? cd_probes_load (data, signals, error) : NULL;
  g_autoptr (CdRubric) rubric = probes != NULL ? load_rubric (data, form, probes, error) : NULL;
  g_autoptr (CdAssessment) assessment = rubric != NULL ? cd_assessment_parse (path, text, length, rubric, error) : NULL;
  return assessment != NULL;
}

static gboolean
validate_assessment (const char *path, const char *text, gsize length, gboolean quiet, GError **error)
{
  g_autoptr (GError) fault = NULL;
  gboolean valid = check_assessment (path, text, length, &fault);
  g_autofree char *line = cd_text_printable (valid ? path : fault->message);
  if (!valid)
    printf ("%s\n", line);
  else if (!quiet)
    printf ("%s: valid\n", line);
  if (!valid)
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: 1 fault", path);
  return valid;
}

static gboolean
check_manifest (const char *path, const char *text, gsize length, GPtrArray *problems, GError **error)
{
  g_autoptr (CdManifest) manifest = cd_manifest_parse (path, text, length, problems, error);
  return manifest != NULL;
}

static gboolean
check_policy (const char *path, const char *text, gsize length, GPtrArray *problems, GError **error)
{
  g_autoptr (CdData) data = cd_data_new (NULL, error);
  g_autoptr (CdPolicy) policy = data != NULL ? cd_policy_parse (data, path, text, length, problems, error) : NULL;
  return policy != NULL;
}

static gboolean
validate (const char *path, gboolean quiet, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (GError) cause = NULL;
  if (!g_file_get_contents (path, &text, &length, &cause)) {
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s", cause->message);
    return FALSE;
  }
  if (is_assessment (path, text, length))
    return validate_assessment (path, text, length, quiet, error);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  gboolean valid
      = cd_policy_is (text, length) ? check_policy (path, text, length, problems, &cause) : check_manifest (path, text, length, problems, &cause);
  if (valid) {
    if (!quiet)
      printf ("%s: valid\n", path);
    return TRUE;
  }
  for (guint i = 0; i < problems->len; i++) {
    g_autofree char *line = cd_text_printable (problems->pdata[i]);
    printf ("%s\n", line);
  }
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: %u fault%s", path, problems->len, problems->len == 1 ? "" : "s");
  return FALSE;
}

int
cd_cmd_validate (int argc, char **argv, GError **error)
{
  gboolean quiet = FALSE;
  const GOptionEntry entries[] = {
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "Print faults only", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  if (!cd_options_parse (&argc, &argv, entries, "[FILE|FOLDER]",
                         "Checks replication.yaml (of this folder, if none is named), an assessment, or a policy for `candor gate`.", error))
    return 2;
  gboolean valid = TRUE;
  for (int i = 1; i < argc || i == 1; i++) {
    g_autofree char *path = manifest_path (i < argc ? argv[i] : ".");
    valid &= validate (path, quiet, valid ? error : NULL);
  }
  return valid ? 0 : 2;
}
