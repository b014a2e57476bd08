/* Equations and inequalities: what a single one states, and when two are the same. As sets of numbers they are math-region.c's business. */
#include "grading/math-compare.h"

#include <string.h>

#define POINTS 12u
#define POINTS_LEAST 4u

/* A side that only names something: a symbol, f(x), |AB|, P(X = 1), (x, y), a sum or product of symbols. */
static gboolean
names_something (const CdMathNode *node)
{
  if (node->type == CD_MATH_SYMBOL || node->type == CD_MATH_TEXT || node->type == CD_MATH_APPLY || node->type == CD_MATH_RELATION)
    return TRUE;
  if (node->type == CD_MATH_MULTIPLY && node->count == 2 && node->children[0]->type == CD_MATH_SYMBOL && node->children[1]->type == CD_MATH_NUMBER)
    return TRUE; /* P(5) */
  if (node->type == CD_MATH_POWER && node->children[0]->type == CD_MATH_SYMBOL && node->children[1]->type == CD_MATH_NEGATE)
    return TRUE; /* f^{-1} */
  if (node->type != CD_MATH_MULTIPLY && node->type != CD_MATH_ADD && node->type != CD_MATH_GROUP && node->type != CD_MATH_CALL
      && node->type != CD_MATH_RECIPROCAL && node->type != CD_MATH_NEGATE && node->type != CD_MATH_DEGREE && node->type != CD_MATH_RATIO
      && node->type != CD_MATH_MATRIX)
    return FALSE;
  for (guint i = 0; i < node->count; i++)
    if (!names_something (node->children[i]))
      return FALSE;
  return TRUE;
}

static gboolean
has_symbols (const CdMathNode *node)
{
  return cd_math_node_contains (node, CD_MATH_SYMBOL) || cd_math_node_contains (node, CD_MATH_APPLY);
}

CdMathNode *
cd_math_stated (CdMathNode *relation)
{
  if (relation->type != CD_MATH_RELATION)
    return NULL;
  CdMathNode *first = relation->children[0], *last = relation->children[relation->count - 1];
  if (relation->count == 2 && strchr ("it", relation->operators[0]) != NULL)
    return names_something (first) ? last : NULL;
  if (strspn (relation->operators, "=~") != relation->count - 1)
    return NULL;
  const char *approximate = strchr (relation->operators, '~');
  if (approximate != NULL && (approximate > relation->operators || !has_symbols (first)))
    last = relation->children[approximate - relation->operators];
  if (first->type == CD_MATH_ADD && has_symbols (last))
    return NULL; /* a + b = c: an equation */
  if (names_something (first) || !has_symbols (first))
    return last;
  return relation->count == 2 && last->type == CD_MATH_SYMBOL && !has_symbols (first) ? first : NULL;
}

const CdMathNode *
cd_math_named (CdMathNode *relation)
{
  return cd_math_stated (relation) != NULL ? relation->children[0] : NULL;
}

static gboolean
is_number_like (const CdMathNode *node)
{
  return node->type <= CD_MATH_QUANTITY && node->type != CD_MATH_TEXT;
}

/* The left side less the right side. */
static CdMathNode *
difference (CdMathComparison *comparison, const CdMathNode *relation, gboolean flip)
{
  CdMathNode *minus = cd_math_node_with (comparison->arena, CD_MATH_NEGATE, relation->children[flip ? 0 : 1], NULL);
  return cd_math_node_with (comparison->arena, CD_MATH_ADD, relation->children[flip ? 1 : 0], minus);
}

/* The sign of the constant r with a = r b at all points; 0 where there is none. */
static int
proportion (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b)
{
  CdMathSymbols symbols = { .count = 0 };
  CdMathComplex point[CD_MATH_SYMBOLS], value[2], first[2];
  cd_math_symbols_add (&symbols, a);
  cd_math_symbols_add (&symbols, b);
  if (symbols.overflow || symbols.count == 0)
    return 0;
  guint agreed = 0;
  int sign = 0;
  gboolean differ = FALSE;
  CdMathNumeric numeric = cd_math_numeric_begin (comparison, &symbols, point);
  for (guint index = 0; index < POINTS && agreed < POINTS_LEAST && !differ; index++) {
    cd_math_numeric_place (&numeric, index);
    if (!cd_math_numeric_value (&numeric, a, &value[0]) || !cd_math_numeric_value (&numeric, b, &value[1]))
      continue;
    if (agreed++ == 0) {
      for (guint i = 0; i < 2; i++) {
        cd_math_complex_init (&first[i]);
        cd_math_complex_set (&first[i], &value[i]);
      }
      sign = mpfr_sgn (value[0].re) * mpfr_sgn (value[1].re);
      continue;
    }
    cd_math_complex_multiply (&value[0], &first[1]);
    cd_math_complex_multiply (&value[1], &first[0]);
    differ = !cd_math_complex_same (&value[0], &value[1], CD_MATH_EXACTLY);
  }
  cd_math_numeric_end (comparison, &numeric);
  return agreed < POINTS_LEAST || differ ? 0 : sign;
}

/* y and f(x) name the same thing: a function's value. */
static gboolean
names_function (const CdMathNode *node)
{
  return node->type == CD_MATH_APPLY || (node->type == CD_MATH_SYMBOL && strcmp (node->name, "y") == 0);
}

static char
flipped (char operator)
{
  static const char PAIRS[] = "<>lg";
  const char *found = strchr (PAIRS, operator);
  return found == NULL ? operator: PAIRS[(found - PAIRS) ^ 1];
}

static gboolean
same_chain (CdMathComparison *comparison, const CdMathNode *a, const CdMathNode *b, gboolean reversed)
{
  for (guint i = 0; i + 1 < a->count; i++)
    if (a->operators[i] != (reversed ? flipped (b->operators[a->count - 2 - i]) : b->operators[i]))
      return FALSE;
  for (guint i = 0; i < a->count; i++)
    if (!cd_math_same (comparison, a->children[i], b->children[reversed ? a->count - 1 - i : i]))
      return FALSE;
  return TRUE;
}

static gboolean
same_single (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b)
{
  char a_operator = a->operators[0], b_operator = b->operators[0];
  if (strchr ("=~", a_operator) != NULL && strchr ("=~", b_operator) != NULL && names_function (a->children[0]) && names_function (b->children[0]))
    if (cd_math_same (comparison, a->children[1], b->children[1]))
      return TRUE;
  for (guint i = 0; i < 2; i++)
    if (!is_number_like (a->children[i]) || !is_number_like (b->children[i]))
      return FALSE;
  gboolean flip[2] = { a_operator == '>' || a_operator == 'g', b_operator == '>' || b_operator == 'g' };
  a_operator = flip[0] ? flipped (a_operator) : a_operator == '~' ? '=' : a_operator;
  b_operator = flip[1] ? flipped (b_operator) : b_operator == '~' ? '=' : b_operator;
  if (a_operator != b_operator || strchr ("=n<l", a_operator) == NULL)
    return FALSE;
  int sign = proportion (comparison, difference (comparison, a, flip[0]), difference (comparison, b, flip[1]));
  return strchr ("=n", a_operator) != NULL ? sign != 0 : sign > 0;
}

gboolean
cd_math_same_relation (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b)
{
  if (a->count == b->count && (same_chain (comparison, a, b, FALSE) || same_chain (comparison, a, b, TRUE)))
    return TRUE;
  if (a->count == 2 && b->count == 2 && same_single (comparison, a, b))
    return TRUE;
  if (a->count != b->count && cd_math_stated (a) != NULL && cd_math_stated (b) != NULL)
    return cd_math_same (comparison, a->children[0], b->children[0]) && cd_math_same (comparison, cd_math_stated (a), cd_math_stated (b));
  return cd_math_is_region (a) && cd_math_is_region (b) && cd_math_same_region (comparison, a, b);
}
