/* Probes over the manifest: what the authors declare, and whether the repository bears it out. A declaration counts for a question when it says
 * everything that the question asks, for every dataset, model, stage or evaluation; it is verified where it could be checked against the
 * tree, and contradicted where a named file is absent or a value differs from the configuration. */
#include "manifest/manifest.h"
#include "probes/families.h"
#include "work/hub.h"
#include <math.h>
#include <string.h>

#define NEEDS_MOST 4

typedef struct {
  const char *id;
  const char *list;                  /* key of a list whose every entry must declare the needs; NULL: the root */
  const char *only_key, *only_value; /* of the list, only entries with this value count, or with "!" before it any other; none left: no */
  const char *needs[NEEDS_MOST];     /* keys, "a|b" for alternatives, "a.b" into a record */
  const char *technique;             /* declared non-use: techniques.<technique> is "none" */
} Declaration;

static const Declaration declarations[] = {
  { "declared-data-sources", "datasets", "role", "training", { "source|path" }, NULL },
  { "declared-data-documentation", "datasets", "role", "training", { "size", "fields" }, NULL },
  { "declared-data-selection", "datasets", "role", "training", { "selection" }, NULL },
  { "declared-data-synthesis", "datasets", "role", "training", { "generated_by", "generation", "selection" }, "synthesis" },
  { "declared-method-base-model", "models", NULL, NULL, { "base" }, NULL },
  { "declared-method-search", NULL, NULL, NULL, { "techniques.search" }, "search" },
  { "declared-method-rl", "stages", "kind", "rl", { "reward", "configuration|hyperparameters" }, "rl" },
  { "declared-method-long-thought", "datasets", "long_thought", "true", { "generated_by", "generation", "selection" }, "long_thought" },
  { "declared-method-pipeline", "stages", "kind", "!other", { "inputs", "base" }, NULL },
  { "declared-method-compute", "stages", "kind", "!other", { "hardware.accelerator", "hardware.count" }, NULL },
  { "declared-method-hyperparameters", "stages", "kind", "!other", { "hyperparameters" }, NULL },
  { "declared-method-ablations", NULL, NULL, NULL, { "techniques.ablations" }, NULL },
  { "declared-eval-benchmarks", "evaluations", NULL, NULL, { "version|split" }, NULL },
  { "declared-eval-granularity", "evaluations", NULL, NULL, { "judged" }, NULL },
  { "declared-eval-metrics", "claims", NULL, NULL, { "metric" }, NULL },
  { "declared-eval-custom-metrics", "evaluations", NULL, NULL, { "metric" }, NULL },
  { "declared-eval-consistency", "evaluations", NULL, NULL, { "baselines" }, NULL },
  { "declared-eval-conditions", "evaluations", NULL, NULL, { "decoding", "baselines" }, NULL },
  { "declared-open-post-training-data", "datasets", "role", "training", { "source|path" }, NULL },
  { "declared-open-long-thought-data", "datasets", "long_thought", "true", { "source|path" }, "long_thought" },
  { "declared-open-weights", "models", NULL, NULL, { "weights" }, NULL },
  { "declared-open-training-code", "stages", NULL, NULL, { "command" }, NULL },
  { "declared-open-evaluation-code", "evaluations", NULL, NULL, { "command" }, NULL },
  { "declared-open-instructions", NULL, NULL, NULL, { "environment.install|environment.lock|environment.container", "stages|evaluations" }, NULL },
  { "declared-open-paper", NULL, NULL, NULL, { "work.paper" }, NULL },
};

typedef struct {
  const CdCase *the_case;
  const CdProbeInfo *info;
  CdFinding *finding;
  guint document; /* of the manifest */
  gboolean verified, contradicted;
} Checking;

static guint
manifest_document (const CdCase *the_case)
{
  const char *name = cd_manifest_name (the_case->manifest);
  for (guint i = 0; i < the_case->corpus->documents->len; i++)
    if (strcmp (((CdDocument *) the_case->corpus->documents->pdata[i])->path, name) == 0)
      return i;
  return G_MAXUINT;
}

static const CdYamlNode *
find_path (const CdYamlNode *node, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, ".", -1);
  for (guint i = 0; parts[i] != NULL && node != NULL; i++)
    node = cd_yaml_get (node, parts[i]);
  return node;
}

static gboolean
is_said (const CdYamlNode *node)
{
  if (node == NULL || cd_yaml_is_null (node))
    return FALSE;
  const char *text = cd_yaml_string (node);
  return node->kind == CD_YAML_SCALAR ? text != NULL && strncmp (text, "TODO", 4) != 0 : cd_yaml_length (node) > 0;
}

/* TRUE where a value has the form of a path in the repository: no scheme, no spaces, no hub id, and a file ending or a slash at the end. */
static gboolean
names_file (const char *value)
{
  if (strstr (value, "://") != NULL || strpbrk (value, " \t,;") != NULL || cd_hub_is_id (value))
    return FALSE;
  const char *base = strrchr (value, '/');
  return strchr (base ? base : value, '.') != NULL || g_str_has_suffix (value, "/");
}

static void
check_file (Checking *checking, const char *path)
{
  g_autofree char *trimmed = g_str_has_suffix (path, "/") ? g_strndup (path, strlen (path) - 1) : g_strdup (path);
  if (cd_snapshot_has (checking->the_case->snapshot, trimmed)
      || cd_scope_resolve_path (checking->the_case->scope, checking->document, NULL, trimmed) >= 0)
    checking->verified = TRUE;
  else
    checking->contradicted = TRUE;
}

/* The script that a declared command names must be in the tree. */
static void
check_command (Checking *checking, const char *command)
{
  g_auto (GStrv) words = g_strsplit_set (command, " \t\n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_suffix (words[i], ".py") || g_str_has_suffix (words[i], ".sh")) {
      check_file (checking, words[i]);
      return;
    }
}

/* A declared hyperparameter must equal the configuration's value of the same name, where there is one. */
static void
check_values (Checking *checking, const CdYamlNode *values, const char *configuration)
{
  const CdDocument *document = configuration ? cd_corpus_find (checking->the_case->corpus, configuration) : NULL;
  for (guint i = 0; document != NULL && i < cd_yaml_length (values); i++) {
    const char *name = cd_yaml_key_at (values, i)->scalar;
    double declared;
    if (!cd_yaml_double (cd_yaml_at (values, i), &declared))
      continue;
    for (guint s = 0; s < document->settings->len; s++) {
      const CdSetting *setting = document->settings->pdata[s];
      const char *last = strrchr (setting->key, '.');
      if (strcmp (last ? last + 1 : setting->key, name) != 0)
        continue;
      char *end;
      double set = g_ascii_strtod (setting->value, &end);
      if (end == setting->value || *end != '\0')
        continue;
      if (fabs (set - declared) <= 1e-9 * fmax (1.0, fabs (set)))
        checking->verified = TRUE;
      else
        checking->contradicted = TRUE;
      break;
    }
  }
}

static gboolean
check_hyperparameters (const CdYamlNode *values)
{
  static const struct {
    const char *const words[4];
  } wanted[] = { { { "learning_rate", "lr", NULL } }, { { "batch", "bsz", NULL } }, { { "epoch", "step", "episode", NULL } } };
  for (guint w = 0; w < G_N_ELEMENTS (wanted); w++) {
    gboolean found = FALSE;
    for (guint i = 0; i < cd_yaml_length (values) && !found; i++)
      for (guint k = 0; wanted[w].words[k] != NULL && !found; k++)
        found = strstr (cd_yaml_key_at (values, i)->scalar, wanted[w].words[k]) != NULL;
    if (!found)
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_decoding (const CdYamlNode *values)
{
  gboolean way = cd_yaml_get (values, "temperature") != NULL || cd_yaml_get (values, "greedy") != NULL;
  return way && cd_yaml_length (values) >= 2;
}

/* A metric needs a definition unless it is one of the field's. */
static gboolean
check_metric (const CdYamlNode *entry, const char *metric)
{
  static const char *const standard[]
      = { "accuracy", "pass@", "maj@", "avg@", "mean@", "cons@", "best@", "exact match", "em", "f1", "solve rate", "pass rate", NULL };
  g_autofree char *lower = g_ascii_strdown (metric, -1);
  for (guint i = 0; standard[i] != NULL; i++)
    if (strncmp (lower, standard[i], strlen (standard[i])) == 0)
      return TRUE;
  return is_said (cd_yaml_get (entry, "definition"));
}

/* One said value against the repository, by the key that holds it. FALSE where it does not say enough. */
static gboolean
check_value (Checking *checking, const CdYamlNode *entry, const char *key, const CdYamlNode *value)
{
  const char *text = cd_yaml_string (value);
  if (strcmp (key, "hyperparameters") == 0) {
    check_values (checking, value, cd_yaml_string (cd_yaml_get (entry, "configuration")));
    return check_hyperparameters (value);
  }
  if (strcmp (key, "decoding") == 0)
    return check_decoding (value);
  if (strcmp (key, "metric") == 0 && strcmp (checking->info->id, "declared-eval-custom-metrics") == 0)
    return check_metric (entry, text);
  if (strcmp (key, "command") == 0)
    check_command (checking, text);
  else if (text != NULL && (cd_snapshot_has (checking->the_case->snapshot, text) || names_file (text)))
    check_file (checking, text);
  return TRUE;
}

/* Every need of one entry is said; its lines become evidence. */
static gboolean
check_entry (Checking *checking, const Declaration *declaration, const CdYamlNode *entry)
{
  for (guint n = 0; n < NEEDS_MOST && declaration->needs[n] != NULL; n++) {
    g_auto (GStrv) ways = g_strsplit (declaration->needs[n], "|", -1);
    const CdYamlNode *said = NULL;
    const char *key = NULL;
    for (guint w = 0; ways[w] != NULL && said == NULL; w++) {
      const CdYamlNode *value = find_path (entry, ways[w]);
      said = is_said (value) ? value : NULL;
      key = ways[w];
    }
    if (said == NULL || !check_value (checking, entry, key, said))
      return FALSE;
    cd_finding_add (checking->finding, checking->document, said->line, said->line, checking->info->id, 3);
  }
  return TRUE;
}

static gboolean
counts (const Declaration *declaration, const CdYamlNode *entry)
{
  if (declaration->only_key == NULL)
    return TRUE;
  gboolean other = declaration->only_value[0] == '!'; /* stages of kind "other" build or make data: they train nothing */
  const char *value = cd_yaml_string (cd_yaml_get (entry, declaration->only_key));
  return (g_strcmp0 (value, declaration->only_value + (other ? 1 : 0)) == 0) != other;
}

static gboolean
check_all (Checking *checking, const Declaration *declaration, const CdYamlNode *root)
{
  if (declaration->list == NULL)
    return check_entry (checking, declaration, root);
  const CdYamlNode *list = cd_yaml_get (root, declaration->list);
  guint counted = 0;
  for (guint i = 0; list != NULL && i < cd_yaml_length (list); i++) {
    if (!counts (declaration, cd_yaml_at (list, i)))
      continue;
    counted++;
    if (!check_entry (checking, declaration, cd_yaml_at (list, i)))
      return FALSE;
  }
  return counted > 0;
}

/* "none" under techniques: the technique is declared unused. */
static const CdYamlNode *
find_non_use (const Declaration *declaration, const CdYamlNode *root)
{
  const CdYamlNode *value = declaration->technique ? cd_yaml_get (cd_yaml_get (root, "techniques"), declaration->technique) : NULL;
  return g_strcmp0 (cd_yaml_string (value), "none") == 0 ? value : NULL;
}

void
cd_probe_declared (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  const Declaration *declaration = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (declarations); i++)
    if (strcmp (declarations[i].id, info->id) == 0)
      declaration = &declarations[i];
  if (the_case->manifest == NULL || declaration == NULL)
    return;
  Checking checking = { the_case, info, finding, manifest_document (the_case), FALSE, FALSE };
  const CdYamlNode *root = cd_manifest_root (the_case->manifest);
  const CdYamlNode *unused = find_non_use (declaration, root);
  if (unused != NULL) {
    cd_finding_add (finding, checking.document, unused->line, unused->line, info->id, 3);
    finding->yes = TRUE;
    finding->basis = CD_BASIS_NON_USE;
    return;
  }
  finding->yes = check_all (&checking, declaration, root);
  if (checking.contradicted) {
    finding->basis = finding->yes ? CD_BASIS_CONTRADICTED : CD_BASIS_ABSENT;
    finding->yes = FALSE;
  } else
    finding->basis = checking.verified ? CD_BASIS_VERIFIED : CD_BASIS_DECLARED;
}
