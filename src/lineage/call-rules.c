/* Reads and compiles rubrics/lineage/calls.yaml: what paths say their files are for, patterns and weights. */
#include "lineage/call-rules.h"
#include "base/yaml.h"
#include <string.h>

static const char *const place_names[PLACES] = { "other", "evaluation", "demo", "reward", "data", "generation", "training" };

static const char *const pattern_names[PATTERNS]
    = { "argument", "callee",    "fallback", "setting", "other_setting",   "config_setting", "option",  "void_left", "void_right", "client",
        "writes",   "generates", "trains",   "local",   "training_output", "record",         "results", "served",    "prompt" };

static const char *const weight_names[WEIGHTS]
    = { "argument", "default", "option", "callee", "client", "no_client", "writes", "training_output", "reached",   "unreached",
        "many",     "local",   "trains", "record", "silent", "function",  "config", "feeds",           "elsewhere", "adapted" };

static void
place_free (gpointer data)
{
  Place *place = data;
  g_clear_pointer (&place->pattern, g_regex_unref);
  g_free (place);
}

void
cd_calls_free (CdCalls *calls)
{
  if (calls == NULL)
    return;
  g_clear_pointer (&calls->places, g_ptr_array_unref);
  for (guint i = 0; i < PATTERNS; i++)
    g_clear_pointer (&calls->patterns[i], g_regex_unref);
  g_free (calls);
}

static GRegex *
compile (const CdYaml *yaml, const CdYamlNode *node, const char *key, GRegexCompileFlags flags, GError **error)
{
  const char *text = cd_yaml_require (yaml, node, key, error);
  g_autoptr (GError) why = NULL;
  GRegex *pattern = text != NULL ? g_regex_new (text, flags, 0, &why) : NULL;
  if (why != NULL)
    cd_yaml_fail (yaml, cd_yaml_get (node, key), error, "\"%s\": %s", key, why->message);
  return pattern;
}

static gboolean
read_places (CdCalls *calls, const CdYaml *yaml, GError **error)
{
  const CdYamlNode *list = cd_yaml_get (cd_yaml_root (yaml), "places");
  for (guint i = 0; i < cd_yaml_length (list); i++) {
    const CdYamlNode *node = cd_yaml_at (list, i);
    const char *kind = cd_yaml_require (yaml, node, "kind", error);
    if (kind == NULL)
      return FALSE;
    Place *place = g_new0 (Place, 1);
    g_ptr_array_add (calls->places, place);
    for (guint k = 0; k < PLACES; k++)
      if (g_str_equal (place_names[k], kind))
        place->kind = (PlaceKind) k;
    if (!cd_yaml_double (cd_yaml_get (node, "score"), &place->score))
      return cd_yaml_fail (yaml, node, error, "\"score\" must be a number");
    place->pattern = compile (yaml, node, "pattern", G_REGEX_CASELESS | G_REGEX_OPTIMIZE, error);
    if (place->pattern == NULL)
      return FALSE;
  }
  return TRUE;
}

/* Patterns that whole files are put to are worth G_REGEX_OPTIMIZE, which takes as long as reading some 20 KB. */
static GRegexCompileFlags
flags_of (PatternName name)
{
  switch (name) {
    case P_RESULTS:
      return G_REGEX_CASELESS;
    case P_CLIENT:
    case P_WRITES:
    case P_GENERATES:
    case P_TRAINS:
    case P_LOCAL:
    case P_TRAINING_OUTPUT:
    case P_PROMPT:
      return G_REGEX_OPTIMIZE;
    default:
      return G_REGEX_DEFAULT;
  }
}

CdCalls *
cd_calls_load (const CdData *data, const CdNames *names, const CdStatements *statements, GError **error)
{
  g_autoptr (CdYaml) yaml = cd_data_yaml (data, "rubrics/lineage/calls.yaml", error);
  if (yaml == NULL)
    return NULL;
  const CdYamlNode *root = cd_yaml_root (yaml);
  g_autoptr (CdCalls) calls = g_new0 (CdCalls, 1);
  calls->names = names;
  calls->statements = statements;
  calls->places = g_ptr_array_new_with_free_func (place_free);
  if (!read_places (calls, yaml, error))
    return NULL;
  for (guint i = 0; i < PATTERNS; i++) {
    calls->patterns[i] = compile (yaml, root, pattern_names[i], flags_of ((PatternName) i), error);
    if (calls->patterns[i] == NULL)
      return NULL;
  }
  const CdYamlNode *weights = cd_yaml_get (root, "weights");
  for (guint i = 0; i < WEIGHTS; i++)
    if (!cd_yaml_double (cd_yaml_get (weights, weight_names[i]), &calls->weights[i])) {
      cd_yaml_fail (yaml, root, error, "\"weights\" needs a number \"%s\"", weight_names[i]);
      return NULL;
    }
  if (!cd_yaml_double (cd_yaml_get (root, "accept"), &calls->accept) || !cd_yaml_double (cd_yaml_get (root, "other"), &calls->other)) {
    cd_yaml_fail (yaml, root, error, "\"accept\" and \"other\" are numbers");
    return NULL;
  }
  return g_steal_pointer (&calls);
}

double
cd_calls_accept (const CdCalls *calls)
{
  return calls->accept;
}

/* What a path says its file is for: the first of its parts that says anything, from the outermost folder on; folders of training and of pipelines leave
 * it to what follows. */
PlaceKind
cd_calls_place (const CdCalls *calls, const char *path, double *score)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 32);
  const Place *found = NULL;
  for (guint p = 0; parts[p] != NULL; p++)
    for (guint i = 0; i < calls->places->len; i++) {
      const Place *place = calls->places->pdata[i];
      if (!g_regex_match (place->pattern, parts[p], 0, NULL))
        continue;
      if (found == NULL || place->kind < found->kind)
        found = place;
      if (place->kind < PLACE_GENERATION) {
        *score = place->score;
        return place->kind;
      }
      break;
    }
  *score = found != NULL ? found->score : calls->other;
  return found != NULL ? found->kind : PLACE_OTHER;
}

gboolean
cd_calls_match (const CdCalls *calls, PatternName name, const char *text)
{
  return g_regex_match (calls->patterns[name], text, 0, NULL);
}
