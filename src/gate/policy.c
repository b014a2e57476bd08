/* Policies found, by name among the shipped ones or as a file, and let go. What may stand in one is policy-read.c's. */
#include "gate/policy.h"
#include "base/text.h"
#include "gate/policy-read.h"
#include <string.h>

#define FOLDER "rubrics/policies"
#define SUFFIX ".yaml"

void
cd_policy_free (CdPolicy *policy)
{
  if (policy == NULL)
    return;
  g_free (policy->id);
  g_free (policy->name);
  g_free (policy->why);
  g_free (policy->where);
  g_free (policy->rubric);
  g_free (policy->labels_why);
  g_free (policy->claims_why);
  g_free (policy->commands_why);
  g_clear_pointer (&policy->scores, g_array_unref);
  g_clear_pointer (&policy->criteria, g_array_unref);
  g_clear_pointer (&policy->exceptions, g_array_unref);
  g_strfreev (policy->labels);
  g_strfreev (policy->claims);
  g_strfreev (policy->commands);
  g_strfreev (policy->risks);
  g_strfreev (policy->losses);
  g_free (policy);
}

char **
cd_policy_list (const CdData *data)
{
  g_auto (GStrv) files = cd_data_list (data, FOLDER);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; files[i] != NULL; i++) {
    const char *file = files[i] + strlen (FOLDER "/");
    g_autofree char *name = g_strndup (file, strlen (file) - MIN (strlen (file), strlen (SUFFIX)));
    if (g_str_has_suffix (file, SUFFIX) && strchr (file, '/') == NULL && *name != '\0')
      g_strv_builder_add (names, name);
  }
  return g_strv_builder_end (names);
}

static CdPolicy *
load_shipped (const CdData *data, const char *name, GError **error)
{
  g_auto (GStrv) names = cd_policy_list (data);
  if (!g_strv_contains ((const char *const *) names, name)) {
    g_autofree char *advice = cd_text_choices (name, (const char *const *) names);
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "there is no policy \"%s\"%s", name, advice);
    return NULL;
  }
  g_autofree char *file = g_strconcat (FOLDER "/", name, SUFFIX, NULL);
  g_autoptr (CdYaml) yaml = cd_data_yaml (data, file, error);
  return yaml != NULL ? cd_policy_read (data, yaml, NULL, error) : NULL;
}

static gboolean
is_path (const char *name)
{
  return g_str_has_suffix (name, SUFFIX) || g_str_has_suffix (name, ".yml") || strchr (name, '/') != NULL;
}

CdPolicy *
cd_policy_load (const CdData *data, const char *name, GError **error)
{
  if (!is_path (name))
    return load_shipped (data, name, error);
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (GError) cause = NULL;
  if (g_file_get_contents (name, &text, &length, &cause))
    return cd_policy_parse (data, name, text, length, NULL, error);
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s", cause->message);
  return NULL;
}

CdPolicy *
cd_policy_parse (const CdData *data, const char *name, const char *text, gsize length, GPtrArray *problems, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (CdYaml) yaml = cd_yaml_parse (name, text, length, &cause);
  if (yaml != NULL)
    return cd_policy_read (data, yaml, problems, error);
  if (problems != NULL)
    g_ptr_array_add (problems, g_strdup (cause->message));
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

gboolean
cd_policy_is (const char *text, gsize length)
{
  g_autoptr (CdYaml) yaml = cd_yaml_parse ("", text, length, NULL);
  return yaml != NULL && cd_yaml_get (cd_yaml_root (yaml), "policy") != NULL;
}

gboolean
cd_policy_is_day (const char *text)
{
  guint numbers[3] = { 0 };
  if (strlen (text) != strlen ("YYYY-MM-DD"))
    return FALSE;
  for (guint i = 0, part = 0; text[i] != '\0'; i++) {
    gboolean hyphen = i == 4 || i == 7;
    if (hyphen ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return FALSE;
    part += hyphen ? 1 : 0;
    numbers[part] = hyphen ? 0 : 10 * numbers[part] + (guint) g_ascii_digit_value (text[i]);
  }
  return numbers[1] >= 1 && numbers[1] <= 12 && g_date_valid_dmy ((GDateDay) numbers[2], (GDateMonth) numbers[1], (GDateYear) numbers[0]);
}
