/* Expressions over probes: read with places, evaluated over answers, taken apart for evidence. Knows nothing of findings or points. */
#include "probes/expression.h"
#include "base/text.h"
#include <string.h>

/* Read back by hand long before this; keeps recursion shallow (the YAML reader bounds it as well). */
#define DEPTH 16u
#define WEIGHT_LIMIT 1000

typedef struct {
  const CdYaml *yaml;
  GHashTable *index;
} Reader;

static CdExpression *read_expression (const Reader *reader, const CdYamlNode *node, guint depth, GError **error);

void
cd_expression_free (CdExpression *expression)
{
  if (expression == NULL)
    return;
  g_clear_pointer (&expression->members, g_ptr_array_unref);
  g_free (expression);
}

static CdExpression *
expression_new (CdExpressionKind kind)
{
  CdExpression *expression = g_new0 (CdExpression, 1);
  expression->kind = kind;
  expression->weight = 1;
  expression->members = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_expression_free);
  return expression;
}

static int
compare_names (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static CdExpression *
read_probe (const Reader *reader, const CdYamlNode *node, GError **error)
{
  const char *id = cd_yaml_string (node);
  guint position = id == NULL ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (reader->index, id));
  if (position == 0) {
    guint length = 0;
    g_autofree const char **names = (const char **) g_hash_table_get_keys_as_array (reader->index, &length);
    qsort (names, length, sizeof *names, compare_names);
    g_autofree char *suggestion = cd_text_suggestion (id == NULL ? "" : id, names);
    cd_yaml_fail (reader->yaml, node, error, "there is no probe \"%s\"%s", id == NULL ? "" : id, suggestion);
    return NULL;
  }
  CdExpression *expression = expression_new (CD_EXPRESSION_PROBE);
  expression->probe = position - 1;
  return expression;
}

static gboolean
read_members (const Reader *reader, const CdYamlNode *list, guint depth, CdExpression *into, GError **error)
{
  if (list == NULL || list->kind != CD_YAML_SEQUENCE || cd_yaml_length (list) == 0)
    return cd_yaml_fail (reader->yaml, list, error, "expected a list of probes or expressions");
  for (guint i = 0; i < cd_yaml_length (list); i++) {
    CdExpression *member = read_expression (reader, cd_yaml_at (list, i), depth + 1, error);
    if (member == NULL)
      return FALSE;
    g_ptr_array_add (into->members, member);
  }
  return TRUE;
}

static gboolean
read_number (const Reader *reader, const CdYamlNode *node, const char *what, int lowest, int *number, GError **error)
{
  gint64 value = 0;
  if (!cd_yaml_int (node, &value) || value < lowest || value > WEIGHT_LIMIT)
    return cd_yaml_fail (reader->yaml, node, error, "%s must be a whole number from %d to %d", what, lowest, WEIGHT_LIMIT);
  *number = (int) value;
  return TRUE;
}

static CdExpression *
read_scorecard (const Reader *reader, const CdYamlNode *node, GError **error)
{
  const CdYamlNode *weights = cd_yaml_get (node, "score");
  const CdYamlNode *threshold = cd_yaml_get (node, "threshold");
  if (weights->kind != CD_YAML_MAPPING || cd_yaml_length (weights) == 0) {
    cd_yaml_fail (reader->yaml, weights, error, "\"score\" maps probes to weights");
    return NULL;
  }
  g_autoptr (CdExpression) card = expression_new (CD_EXPRESSION_SCORE);
  if (!read_number (reader, threshold != NULL ? threshold : node, "\"threshold\"", -WEIGHT_LIMIT, &card->threshold, error))
    return NULL;
  for (guint i = 0; i < cd_yaml_length (weights); i++) {
    CdExpression *member = read_probe (reader, cd_yaml_key_at (weights, i), error);
    if (member == NULL)
      return NULL;
    g_ptr_array_add (card->members, member);
    if (!read_number (reader, cd_yaml_at (weights, i), "a weight", -WEIGHT_LIMIT, &member->weight, error))
      return NULL;
  }
  return g_steal_pointer (&card);
}

static CdExpression *
read_not (const Reader *reader, const CdYamlNode *node, guint depth, GError **error)
{
  CdExpression *member = read_expression (reader, cd_yaml_get (node, "not"), depth + 1, error);
  if (member == NULL)
    return NULL;
  CdExpression *expression = expression_new (CD_EXPRESSION_NOT);
  g_ptr_array_add (expression->members, member);
  return expression;
}

static CdExpression *
read_list (const Reader *reader, const CdYamlNode *list, CdExpressionKind kind, guint depth, GError **error)
{
  g_autoptr (CdExpression) expression = expression_new (kind);
  return read_members (reader, list, depth, expression, error) ? g_steal_pointer (&expression) : NULL;
}

static CdExpression *
read_at_least (const Reader *reader, const CdYamlNode *node, guint depth, GError **error)
{
  const CdYamlNode *list = cd_yaml_get (node, "of");
  g_autoptr (CdExpression) expression = read_list (reader, list != NULL ? list : node, CD_EXPRESSION_AT_LEAST, depth, error);
  if (expression == NULL || !read_number (reader, cd_yaml_get (node, "at-least"), "\"at-least\"", 1, &expression->threshold, error))
    return NULL;
  if ((guint) expression->threshold <= expression->members->len)
    return g_steal_pointer (&expression);
  cd_yaml_fail (reader->yaml, cd_yaml_get (node, "at-least"), error, "\"at-least\" asks for more than the %u members", expression->members->len);
  return NULL;
}

static CdExpression *
read_expression (const Reader *reader, const CdYamlNode *node, guint depth, GError **error)
{
  static const char *const forms[][3]
      = { { "not", NULL, NULL }, { "all", NULL, NULL }, { "any", NULL, NULL }, { "at-least", "of", NULL }, { "score", "threshold", NULL } };
  static const char *const keys[] = { "not", "all", "any", "at-least", "of", "score", "threshold", NULL };
  if (node != NULL && node->kind == CD_YAML_SCALAR)
    return read_probe (reader, node, error);
  if (depth > DEPTH) {
    cd_yaml_fail (reader->yaml, node, error, "an expression is nested too deeply");
    return NULL;
  }
  if (!cd_yaml_check_keys (reader->yaml, node, keys, error))
    return NULL;
  guint form = 0;
  while (form < G_N_ELEMENTS (forms) && cd_yaml_get (node, forms[form][0]) == NULL)
    form++;
  if (form == G_N_ELEMENTS (forms)) {
    cd_yaml_fail (reader->yaml, node, error, "expected a probe, or one of not, all, any, at-least, score");
    return NULL;
  }
  if (!cd_yaml_check_keys (reader->yaml, node, forms[form], error))
    return NULL;
  switch (form) {
    case 0:
      return read_not (reader, node, depth, error);
    case 1:
      return read_list (reader, cd_yaml_get (node, "all"), CD_EXPRESSION_ALL, depth, error);
    case 2:
      return read_list (reader, cd_yaml_get (node, "any"), CD_EXPRESSION_ANY, depth, error);
    case 3:
      return read_at_least (reader, node, depth, error);
    default:
      return read_scorecard (reader, node, error);
  }
}

CdExpression *
cd_expression_read (const CdYaml *yaml, const CdYamlNode *node, GHashTable *index, GError **error)
{
  const Reader reader = { .yaml = yaml, .index = index };
  return read_expression (&reader, node, 0, error);
}

static const CdExpression *
member_at (const CdExpression *expression, guint index)
{
  return g_ptr_array_index (expression->members, index);
}

int
cd_expression_score (const CdExpression *expression, CdProbeAnswer answer, gconstpointer data)
{
  int score = 0;
  for (guint i = 0; i < expression->members->len; i++)
    if (cd_expression_holds (member_at (expression, i), answer, data))
      score += member_at (expression, i)->weight;
  return score;
}

gboolean
cd_expression_holds (const CdExpression *expression, CdProbeAnswer answer, gconstpointer data)
{
  if (expression->kind == CD_EXPRESSION_PROBE)
    return answer (expression->probe, data);
  if (expression->kind == CD_EXPRESSION_SCORE)
    return cd_expression_score (expression, answer, data) >= expression->threshold;
  guint held = 0;
  for (guint i = 0; i < expression->members->len; i++)
    held += cd_expression_holds (member_at (expression, i), answer, data) ? 1 : 0;
  switch (expression->kind) {
    case CD_EXPRESSION_NOT:
      return held == 0;
    case CD_EXPRESSION_ALL:
      return held == expression->members->len;
    case CD_EXPRESSION_ANY:
      return held > 0;
    case CD_EXPRESSION_AT_LEAST:
      return held >= (guint) expression->threshold;
    case CD_EXPRESSION_PROBE:
    case CD_EXPRESSION_SCORE:
    default:
      return FALSE;
  }
}

static void
add_parts (const CdExpression *expression, int sign, GArray *parts)
{
  if (expression->kind != CD_EXPRESSION_PROBE) {
    for (guint i = 0; i < expression->members->len; i++) {
      const CdExpression *member = member_at (expression, i);
      int factor = expression->kind == CD_EXPRESSION_NOT ? -1 : expression->kind == CD_EXPRESSION_SCORE ? member->weight : 1;
      add_parts (member, sign * factor, parts);
    }
    return;
  }
  for (guint i = 0; i < parts->len; i++)
    if (g_array_index (parts, CdPart, i).probe == expression->probe) {
      g_array_index (parts, CdPart, i).weight += sign;
      return;
    }
  CdPart part = { .probe = expression->probe, .weight = sign };
  g_array_append_val (parts, part);
}

GArray *
cd_expression_parts (const CdExpression *expression)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (CdPart));
  add_parts (expression, 1, parts);
  return parts;
}

char *
cd_expression_head (const CdExpression *expression)
{
  switch (expression->kind) {
    case CD_EXPRESSION_NOT:
      return g_strdup ("not so:");
    case CD_EXPRESSION_ALL:
      return g_strdup ("all of these:");
    case CD_EXPRESSION_ANY:
      return g_strdup ("any of these:");
    case CD_EXPRESSION_AT_LEAST:
      return g_strdup_printf ("at least %d of these:", expression->threshold);
    case CD_EXPRESSION_SCORE:
      return g_strdup_printf ("these, where yes, add up to %d or more:", expression->threshold);
    case CD_EXPRESSION_PROBE:
    default:
      return NULL;
  }
}
