/* Two answers of any kind: what is stated is taken out of "x = …", ± is written out, units, percent and degrees are set off, and each kind is then
 * compared by its own rule: lists and sets in any order, tuples, vectors and matrices in order, regions by membership, the rest by value. */
#include "grading/math-compare.h"
#include "grading/math-lexer.h"

#include <string.h>

#define MOST_DEPTH 40u
#define MOST_UNORDERED 128u

static gboolean
is_collection (const CdMathNode *node)
{
  return node->type == CD_MATH_LIST || node->type == CD_MATH_SET || node->type == CD_MATH_GROUP || node->type == CD_MATH_MATRIX;
}

/* --- units --- */

/* FALSE where both are told in units that do not measure the same; what is to be multiplied with a is then in scale. Unknown words are no units: they
 * only say what is counted. Powers and quotients of units are compared by their first one. */
static gboolean
units_agree (const char *a, const char *b, double *scale)
{
  const CdMathUnit *units[2] = { cd_math_unit_of (a), cd_math_unit_of (b) };
  *scale = 1;
  if (units[0] == NULL || units[1] == NULL || strchr (a, '/') != NULL || strchr (b, '/') != NULL)
    return TRUE;
  if (strcmp (units[0]->unit, units[1]->unit) != 0)
    return FALSE;
  gboolean raised = strpbrk (a, "^") != NULL || strpbrk (b, "^") != NULL || strstr (a, "quare") != NULL || strstr (b, "quare") != NULL
                    || strstr (a, "ubic") != NULL || strstr (b, "ubic") != NULL;
  if (raised)
    return units[0]->factor == units[1]->factor;
  *scale = units[0]->factor / units[1]->factor;
  return TRUE;
}

static gboolean
same_quantity (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b)
{
  double scale = 1;
  if (a->type != CD_MATH_QUANTITY || b->type != CD_MATH_QUANTITY)
    return cd_math_same (comparison, a->type == CD_MATH_QUANTITY ? a->children[0] : a, b->type == CD_MATH_QUANTITY ? b->children[0] : b);
  if (!units_agree (a->name, b->name, &scale))
    return FALSE;
  if (scale >= 0.999999999 && scale <= 1.000000001)
    return cd_math_same (comparison, a->children[0], b->children[0]);
  mpq_srcptr values[2] = { cd_math_exact (comparison->arena, a->children[0]), cd_math_exact (comparison->arena, b->children[0]) };
  if (values[0] == NULL || values[1] == NULL)
    return FALSE;
  double product = mpq_get_d (values[0]) * scale, other = mpq_get_d (values[1]), bound = ABS (other) * 1e-9;
  return product - other <= bound && other - product <= bound;
}

/* --- ± --- */

/* The tree with ± written out: a list of two, or the list's own items and their doubles. */
static CdMathNode *
written_out (CdMathComparison *comparison, CdMathNode *node)
{
  gboolean listed = node->type == CD_MATH_LIST || node->type == CD_MATH_SET;
  guint count = listed ? node->count : 1;
  CdMathNode *list = cd_math_node_new (comparison->arena, listed ? node->type : CD_MATH_LIST, 2 * count);
  list->open = listed ? node->open : ',';
  list->count = 0;
  for (guint i = 0; i < count; i++) {
    CdMathNode *item = listed ? node->children[i] : node;
    list->children[list->count++] = cd_math_node_signed (comparison->arena, item, FALSE);
    if (cd_math_node_contains (item, CD_MATH_PLUS_MINUS))
      list->children[list->count++] = cd_math_node_signed (comparison->arena, item, TRUE);
  }
  return list;
}

/* --- collections --- */

static gboolean
same_ordered (CdMathComparison *comparison, const CdMathNode *a, const CdMathNode *b)
{
  for (guint i = 0; i < a->count; i++)
    if (!cd_math_same (comparison, a->children[i], b->children[i]))
      return FALSE;
  return TRUE;
}

static gboolean
has (CdMathComparison *comparison, const CdMathNode *collection, CdMathNode *item, gboolean *used)
{
  for (guint i = 0; i < collection->count; i++)
    if ((used == NULL || !used[i]) && cd_math_same (comparison, collection->children[i], item)) {
      if (used != NULL)
        used[i] = TRUE;
      return TRUE;
    }
  return FALSE;
}

/* As sets: each item of either is in the other. */
static gboolean
same_members (CdMathComparison *comparison, const CdMathNode *a, const CdMathNode *b)
{
  for (guint i = 0; i < a->count; i++)
    if (!has (comparison, b, a->children[i], NULL))
      return FALSE;
  for (guint i = 0; i < b->count; i++)
    if (!has (comparison, a, b->children[i], NULL))
      return FALSE;
  return TRUE;
}

/* As lists in any order: each item has its own counterpart. */
static gboolean
same_unordered (CdMathComparison *comparison, const CdMathNode *a, const CdMathNode *b)
{
  gboolean used[MOST_UNORDERED] = { FALSE };
  if (a->count != b->count)
    return FALSE;
  if (a->count > MOST_UNORDERED)
    return same_ordered (comparison, a, b);
  for (guint i = 0; i < a->count; i++)
    if (!has (comparison, b, a->children[i], used))
      return FALSE;
  return TRUE;
}

/* TRUE for one name, and for x_1 and x_2: the roots of one equation, in any order. */
static gboolean
same_name (const CdMathNode *a, const CdMathNode *b)
{
  if (a->type != CD_MATH_SYMBOL || b->type != CD_MATH_SYMBOL)
    return cd_math_node_identical (a, b);
  gsize length = strcspn (a->name, "_");
  return length == strcspn (b->name, "_") && strncmp (a->name, b->name, length) == 0;
}

/* x = 1, y = 2 without the names: a tuple in the order in which they stand or, by_name, in that of the names; a list where the names are the same.
 * NULL where it is no list of such. */
static int
compare_names (const void *a, const void *b)
{
  return strcmp ((*(CdMathNode *const *) a)->children[0]->name, (*(CdMathNode *const *) b)->children[0]->name);
}

static CdMathNode *
without_names (CdMathComparison *comparison, const CdMathNode *list, gboolean by_name)
{
  gboolean distinct = TRUE;
  if (list->type != CD_MATH_LIST && list->type != CD_MATH_SET && list->type != CD_MATH_GROUP)
    return NULL;
  for (guint i = 0; i < list->count; i++) {
    const CdMathNode *name = cd_math_named (list->children[i]);
    if (name == NULL || (by_name && name->type != CD_MATH_SYMBOL))
      return NULL;
    distinct = distinct && (i == 0 || !same_name (name, cd_math_named (list->children[i - 1])));
  }
  CdMathNode *values = cd_math_node_new (comparison->arena, distinct ? CD_MATH_GROUP : CD_MATH_LIST, list->count);
  values->open = distinct ? '(' : ',';
  values->close = distinct ? ')' : 0;
  memcpy (values->children, list->children, list->count * sizeof (CdMathNode *));
  if (by_name)
    qsort (values->children, values->count, sizeof (CdMathNode *), compare_names);
  for (guint i = 0; i < values->count; i++)
    values->children[i] = cd_math_stated (values->children[i]);
  return values;
}

static gboolean
same_named (CdMathComparison *comparison, CdMathNode *named, CdMathNode *other)
{
  for (guint i = 0; i < 2; i++) {
    CdMathNode *values = without_names (comparison, named, i == 1);
    if (values != NULL && (values->type == CD_MATH_LIST || other->type != CD_MATH_SET) && cd_math_same (comparison, values, other))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_named (const CdMathNode *list)
{
  for (guint i = 0; i < list->count; i++)
    if (list->children[i]->type != CD_MATH_RELATION || cd_math_stated (list->children[i]) == NULL)
      return FALSE;
  return list->count > 0 && list->type != CD_MATH_MATRIX;
}

/* Two in delimiters are a pair or an interval, told by the delimiters; three and more a tuple in any of them. */
static gboolean
same_delimiters (const CdMathNode *a, const CdMathNode *b)
{
  if (a->count > 2)
    return TRUE;
  gboolean vector[2] = { a->open == '<', b->open == '<' };
  return (vector[0] ? '(' : a->open) == (vector[1] ? '(' : b->open) && (vector[0] ? ')' : a->close) == (vector[1] ? ')' : b->close);
}

/* A matrix and rows in delimiters, or a vector and a tuple. */
static gboolean
same_as_matrix (CdMathComparison *comparison, const CdMathNode *matrix, const CdMathNode *other)
{
  if (other->type == CD_MATH_SET)
    return FALSE;
  if (matrix->rows == 1 || matrix->columns == 1)
    return matrix->count == other->count && same_ordered (comparison, matrix, other);
  if (other->count != matrix->rows)
    return FALSE;
  for (guint i = 0; i < matrix->rows; i++)
    for (guint j = 0; j < matrix->columns; j++)
      if (other->children[i]->type != CD_MATH_GROUP || other->children[i]->count != matrix->columns
          || !cd_math_same (comparison, matrix->children[i * matrix->columns + j], other->children[i]->children[j]))
        return FALSE;
  return TRUE;
}

static gboolean
same_collection (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b)
{
  if (a->type == CD_MATH_MATRIX && b->type == CD_MATH_MATRIX)
    return a->rows == b->rows && a->columns == b->columns && same_ordered (comparison, a, b);
  if (a->type == CD_MATH_MATRIX || b->type == CD_MATH_MATRIX)
    return same_as_matrix (comparison, a->type == CD_MATH_MATRIX ? a : b, a->type == CD_MATH_MATRIX ? b : a);
  gboolean named = is_named (a);
  if (named != is_named (b) && same_named (comparison, named ? a : b, named ? b : a))
    return TRUE;
  if (a->type == CD_MATH_SET && b->type == CD_MATH_SET)
    return same_members (comparison, a, b);
  if (a->type != CD_MATH_GROUP && b->type != CD_MATH_GROUP)
    return same_unordered (comparison, a, b);
  if (a->type == CD_MATH_SET || b->type == CD_MATH_SET || a->count != b->count)
    return FALSE;
  /* A list without delimiters may be a tuple that lost them, but no interval. */
  const CdMathNode *tuple = a->type == CD_MATH_GROUP ? a : b;
  gboolean delimited = a->type == b->type ? same_delimiters (a, b) : tuple->count > 2 || tuple->open != '[';
  return delimited && (a->type == b->type || tuple->count > 2 || tuple->close != ']') && same_ordered (comparison, a, b);
}

/* --- the rest --- */

static gboolean
same_region (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b)
{
  if (cd_math_same_region (comparison, a, b))
    return TRUE;
  /* "x < 1, x > 3": where no number is in both, either is meant. */
  CdMathNode *list = a->type == CD_MATH_LIST && a->open == ',' ? a : b->type == CD_MATH_LIST && b->open == ',' ? b : NULL;
  if (list == NULL)
    return FALSE;
  list->open = '|';
  gboolean same = cd_math_same_region (comparison, a, b);
  list->open = ',';
  return same;
}

static gboolean
same_ratio (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b)
{
  if (a->type == CD_MATH_RATIO && b->type == CD_MATH_RATIO) {
    for (guint i = 1; i < a->count && a->count == b->count; i++)
      if (!cd_math_same_value (comparison, cd_math_node_with (comparison->arena, CD_MATH_MULTIPLY, a->children[0], b->children[i]),
                               cd_math_node_with (comparison->arena, CD_MATH_MULTIPLY, a->children[i], b->children[0])))
        return FALSE;
    return a->count == b->count;
  }
  CdMathNode *ratio = a->type == CD_MATH_RATIO ? a : b;
  if (ratio->count != 2)
    return FALSE;
  CdMathNode *inverse = cd_math_node_with (comparison->arena, CD_MATH_RECIPROCAL, ratio->children[1], NULL);
  return cd_math_same (comparison, cd_math_node_with (comparison->arena, CD_MATH_MULTIPLY, ratio->children[0], inverse), ratio == a ? b : a);
}

/* 10 % is 10 where percent is asked for, and 0.1. */
static gboolean
same_percent (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b)
{
  if (a->type == CD_MATH_PERCENT && b->type == CD_MATH_PERCENT)
    return cd_math_same (comparison, a->children[0], b->children[0]);
  CdMathNode *percent = a->type == CD_MATH_PERCENT ? a : b, *other = a->type == CD_MATH_PERCENT ? b : a;
  return cd_math_same (comparison, percent->children[0], other) || cd_math_same_value (comparison, percent, other);
}

/* 101_2 is its value, and the same digits where the base is understood. */
static gboolean
same_based (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b)
{
  CdMathNode *based = a->type == CD_MATH_BASED ? a : b, *other = a->type == CD_MATH_BASED ? b : a;
  if (cd_math_same_value (comparison, a, b))
    return TRUE;
  mpq_srcptr value = other->type == CD_MATH_NUMBER && other->decimals == 0 ? other->value : NULL;
  g_autofree char *digits = value != NULL && mpz_sizeinbase (mpq_numref (value), 10) <= 1000 ? mpq_get_str (NULL, 10, value) : NULL;
  return digits != NULL && strcmp (digits, based->name) == 0;
}

/* A relation beside something that is none. */
static gboolean
same_as_stated (CdMathComparison *comparison, CdMathNode *relation, CdMathNode *other)
{
  CdMathNode *stated = cd_math_stated (relation);
  if (stated != NULL)
    return cd_math_same (comparison, stated, other)
           || (strchr (relation->operators, '~') != NULL && cd_math_same (comparison, relation->children[relation->count - 1], other));
  gboolean region = cd_math_is_region (other) || other->type == CD_MATH_SET;
  return region && cd_math_is_region (relation) && same_region (comparison, relation, other);
}

static gboolean
is_either (const CdMathNode *a, const CdMathNode *b, CdMathType type)
{
  return a->type == type || b->type == type;
}

static gboolean
same_by_kind (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b)
{
  if (is_either (a, b, CD_MATH_QUANTITY))
    return same_quantity (comparison, a, b);
  if (is_either (a, b, CD_MATH_DEGREE))
    return cd_math_same (comparison, a->type == CD_MATH_DEGREE ? a->children[0] : a, b->type == CD_MATH_DEGREE ? b->children[0] : b);
  if (is_either (a, b, CD_MATH_PERCENT) && !is_collection (a) && !is_collection (b))
    return same_percent (comparison, a, b);
  if (a->type == CD_MATH_RELATION && b->type == CD_MATH_RELATION)
    return cd_math_same_relation (comparison, a, b);
  if (a->type == CD_MATH_BUILDER && b->type == CD_MATH_BUILDER && same_ordered (comparison, a, b))
    return TRUE;
  if (a->type == CD_MATH_UNION && b->type == CD_MATH_UNION && same_unordered (comparison, a, b))
    return TRUE;
  if (is_collection (a) && is_collection (b) && same_collection (comparison, a, b))
    return TRUE;
  if (is_either (a, b, CD_MATH_RELATION) && same_as_stated (comparison, a->type == CD_MATH_RELATION ? a : b, a->type == CD_MATH_RELATION ? b : a))
    return TRUE;
  for (guint i = 0; i < 2; i++) { /* a set of one is its member */
    CdMathNode *set = i == 0 ? a : b, *other = i == 0 ? b : a;
    if (set->type == CD_MATH_SET && set->count == 1 && (!is_collection (other) || other->type == CD_MATH_GROUP)
        && cd_math_same (comparison, set->children[0], other))
      return TRUE;
  }
  gboolean regions[2] = { cd_math_is_region (a), cd_math_is_region (b) };
  if ((regions[0] && regions[1]) || (regions[0] && b->type == CD_MATH_SET) || (regions[1] && a->type == CD_MATH_SET))
    return !(a->type == CD_MATH_GROUP && b->type == CD_MATH_GROUP) && same_region (comparison, a, b);
  if (is_collection (a) || is_collection (b))
    return FALSE;
  if (is_either (a, b, CD_MATH_RATIO))
    return same_ratio (comparison, a, b);
  if (is_either (a, b, CD_MATH_BASED))
    return same_based (comparison, a, b);
  return cd_math_same_value (comparison, a, b);
}

gboolean
cd_math_same (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b)
{
  if (comparison->depth > MOST_DEPTH || (comparison->work -= 20) < 0)
    return FALSE;
  if (cd_math_node_identical (a, b))
    return TRUE;
  comparison->depth++;
  gboolean relations = a->type == CD_MATH_RELATION || b->type == CD_MATH_RELATION;
  gboolean stated = relations && (a->type != b->type) && cd_math_stated (a->type == CD_MATH_RELATION ? a : b) != NULL;
  gboolean signs[2] = { cd_math_node_contains (a, CD_MATH_PLUS_MINUS), cd_math_node_contains (b, CD_MATH_PLUS_MINUS) };
  if (!stated && (signs[0] || signs[1])) {
    a = signs[0] ? written_out (comparison, a) : a;
    b = signs[1] ? written_out (comparison, b) : b;
  }
  gboolean same = same_by_kind (comparison, cd_math_worked_matrix (comparison->arena, a), cd_math_worked_matrix (comparison->arena, b));
  comparison->depth--;
  return same;
}
