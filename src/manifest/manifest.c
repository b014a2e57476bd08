/* Reads replication.yaml and checks its form against the table of form.c: every fault is reported, not the first alone. */
#include "manifest/manifest.h"
#include "base/text.h"
#include "manifest/form.h"
#include <string.h>

#define MANIFEST_VERSION 1

struct _CdManifest {
  CdYaml *yaml;
};

typedef struct {
  const CdYaml *yaml;
  GPtrArray *problems; /* Problem* */
} Checking;

typedef struct {
  guint line, column;
  char *message;
} Problem;

static void
problem_free (gpointer data)
{
  Problem *problem = data;
  g_free (problem->message);
  g_free (problem);
}

static void G_GNUC_PRINTF (3, 4) report (Checking *checking, const CdYamlNode *node, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  Problem *problem = g_new0 (Problem, 1);
  problem->line = node->line;
  problem->column = node->column;
  problem->message = g_strdup_printf ("%s:%u:%u: %s", cd_yaml_name (checking->yaml), node->line, node->column, what);
  g_ptr_array_add (checking->problems, problem);
}

static void check_record (Checking *checking, const CdFormRecord *record, const CdYamlNode *node);

static void
check_choice (Checking *checking, const CdFormField *field, const CdYamlNode *value)
{
  const char *text = cd_yaml_string (value);
  if (text != NULL && g_strv_contains (field->choices, text))
    return;
  g_autofree char *known = g_strjoinv (", ", (char **) field->choices);
  report (checking, value, "\"%s\" is one of %s", field->name, known);
}

static void
check_scalar (Checking *checking, const CdFormField *field, const CdYamlNode *value)
{
  gint64 integer;
  double number;
  gboolean flag;
  if (field->kind == CD_FIELD_TEXT && (cd_yaml_string (value) == NULL || *cd_yaml_string (value) == '\0'))
    report (checking, value, "\"%s\" must be text", field->name);
  else if (field->kind == CD_FIELD_INTEGER && (!cd_yaml_int (value, &integer) || integer < 0))
    report (checking, value, "\"%s\" must be a whole number, zero or more", field->name);
  else if (field->kind == CD_FIELD_NUMBER && !cd_yaml_double (value, &number))
    report (checking, value, "\"%s\" must be a number", field->name);
  else if (field->kind == CD_FIELD_FLAG && !cd_yaml_bool (value, &flag))
    report (checking, value, "\"%s\" must be true or false", field->name);
  else if (field->kind == CD_FIELD_CHOICE)
    check_choice (checking, field, value);
}

static void
check_list (Checking *checking, const CdFormField *field, const CdYamlNode *value)
{
  if (value->kind != CD_YAML_SEQUENCE) {
    report (checking, value, "\"%s\" must be a list", field->name);
    return;
  }
  for (guint i = 0; i < cd_yaml_length (value); i++) {
    const CdYamlNode *item = cd_yaml_at (value, i);
    if (field->kind == CD_FIELD_RECORDS)
      check_record (checking, field->record, item);
    else if (field->kind == CD_FIELD_CHOICES)
      check_choice (checking, field, item);
    else if (cd_yaml_string (item) == NULL || *cd_yaml_string (item) == '\0')
      report (checking, item, "an entry of \"%s\" must be text", field->name);
  }
}

static void
check_values (Checking *checking, const CdFormField *field, const CdYamlNode *value)
{
  if (value->kind != CD_YAML_MAPPING) {
    report (checking, value, "\"%s\" must be a mapping of names to values", field->name);
    return;
  }
  for (guint i = 0; i < cd_yaml_length (value); i++)
    if (cd_yaml_at (value, i)->kind != CD_YAML_SCALAR)
      report (checking, cd_yaml_at (value, i), "a value of \"%s\" must be a scalar", field->name);
}

static void
check_field (Checking *checking, const CdFormField *field, const CdYamlNode *value)
{
  if (field->kind == CD_FIELD_RECORD)
    check_record (checking, field->record, value);
  else if (field->kind == CD_FIELD_VALUES)
    check_values (checking, field, value);
  else if (field->kind == CD_FIELD_TEXTS || field->kind == CD_FIELD_CHOICES || field->kind == CD_FIELD_RECORDS)
    check_list (checking, field, value);
  else
    check_scalar (checking, field, value);
}

static const CdFormField *
find_field (const CdFormRecord *record, const char *name)
{
  for (const CdFormField *field = record->fields; field->name != NULL; field++)
    if (strcmp (field->name, name) == 0)
      return field;
  return NULL;
}

static void
report_unknown (Checking *checking, const CdFormRecord *record, const CdYamlNode *key)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (const CdFormField *field = record->fields; field->name != NULL; field++)
    g_ptr_array_add (names, (gpointer) field->name);
  g_ptr_array_add (names, NULL);
  g_autofree char *suggestion = cd_text_suggestion (key->scalar, (const char *const *) names->pdata);
  report (checking, key, "unknown key \"%s\" in %s%s", key->scalar, record->name, suggestion);
}

static void
check_record (Checking *checking, const CdFormRecord *record, const CdYamlNode *node)
{
  if (node->kind != CD_YAML_MAPPING) {
    report (checking, node, "%s must be a mapping", record->name);
    return;
  }
  for (guint i = 0; i < cd_yaml_length (node); i++) {
    const CdYamlNode *key = cd_yaml_key_at (node, i);
    const CdFormField *field = find_field (record, key->scalar);
    if (field == NULL)
      report_unknown (checking, record, key);
    else
      check_field (checking, field, cd_yaml_at (node, i));
  }
  for (const CdFormField *field = record->fields; field->name != NULL; field++)
    if (field->required && cd_yaml_get (node, field->name) == NULL)
      report (checking, node, "%s needs \"%s\"", record->name, field->name);
}

static void
check_version (Checking *checking, const CdYamlNode *root)
{
  const CdYamlNode *version = cd_yaml_get (root, "candor");
  gint64 number;
  if (version != NULL && cd_yaml_int (version, &number) && number != MANIFEST_VERSION)
    report (checking, version, "manifest version %" G_GINT64_FORMAT " is unknown; this program reads version %d", number, MANIFEST_VERSION);
}

/* A dataset's generators must be among the declared teachers. */
static void
check_teachers (Checking *checking, const CdYamlNode *root)
{
  const CdYamlNode *datasets = cd_yaml_get (root, "datasets"), *teachers = cd_yaml_get (root, "teachers");
  for (guint i = 0; datasets != NULL && i < cd_yaml_length (datasets); i++) {
    const CdYamlNode *makers = cd_yaml_get (cd_yaml_at (datasets, i), "generated_by");
    for (guint j = 0; makers != NULL && j < cd_yaml_length (makers); j++) {
      const char *maker = cd_yaml_string (cd_yaml_at (makers, j));
      gboolean known = FALSE;
      for (guint k = 0; teachers != NULL && k < cd_yaml_length (teachers) && !known; k++)
        known = g_strcmp0 (cd_yaml_string (cd_yaml_get (cd_yaml_at (teachers, k), "model")), maker) == 0;
      if (maker != NULL && !known)
        report (checking, cd_yaml_at (makers, j), "\"%s\" is not among the declared teachers", maker);
    }
  }
}

static gint
compare_problems (gconstpointer a, gconstpointer b)
{
  const Problem *x = *(Problem *const *) a, *y = *(Problem *const *) b;
  if (x->line != y->line)
    return x->line < y->line ? -1 : 1;
  if (x->column != y->column)
    return x->column < y->column ? -1 : 1;
  return strcmp (x->message, y->message);
}

CdManifest *
cd_manifest_parse (const char *name, const char *text, gsize length, GPtrArray *problems, GError **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (CdYaml) yaml = cd_yaml_parse (name, text, length, &fault);
  if (yaml == NULL) {
    if (problems != NULL)
      g_ptr_array_add (problems, g_strdup (fault->message));
    g_propagate_error (error, g_steal_pointer (&fault));
    return NULL;
  }
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (problem_free);
  Checking checking = { yaml, found };
  const CdYamlNode *root = cd_yaml_root (yaml);
  check_record (&checking, &cd_manifest_form, root);
  check_version (&checking, root);
  check_teachers (&checking, root);
  if (found->len > 0) {
    g_ptr_array_sort (found, compare_problems);
    for (guint i = 0; problems != NULL && i < found->len; i++)
      g_ptr_array_add (problems, g_strdup (((Problem *) found->pdata[i])->message));
    g_set_error_literal (error, CD_ERROR, CD_ERROR_INPUT, ((Problem *) found->pdata[0])->message);
    return NULL;
  }
  CdManifest *manifest = g_new0 (CdManifest, 1);
  manifest->yaml = g_steal_pointer (&yaml);
  return manifest;
}

void
cd_manifest_free (CdManifest *manifest)
{
  if (manifest == NULL)
    return;
  cd_yaml_free (manifest->yaml);
  g_free (manifest);
}

const char *
cd_manifest_name (const CdManifest *manifest)
{
  return cd_yaml_name (manifest->yaml);
}

const CdYamlNode *
cd_manifest_root (const CdManifest *manifest)
{
  return cd_yaml_root (manifest->yaml);
}
