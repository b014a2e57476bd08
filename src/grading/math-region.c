/* Sets of real numbers are compared by membership: at every number where one of them may begin or end, between two of those, and beyond. */
#include "grading/math-compare.h"

#include <string.h>

#define MOST_BORDERS 64u

typedef struct {
  CdMathComparison *comparison;
  const char *symbol; /* the variable of inequalities; NULL none yet */
  gboolean unknown;   /* something is no set of numbers that can be told */
  gboolean at_border; /* membership is asked of a border */
  CdMathComplex borders[MOST_BORDERS];
  guint count;
} Region;

static gboolean
is_inequality (const CdMathNode *node)
{
  return node->type == CD_MATH_RELATION && strpbrk (node->operators, "<>lgnio") != NULL;
}

static gboolean
is_interval (const CdMathNode *node)
{
  return node->type == CD_MATH_GROUP && node->count == 2 && (node->open == '(' || node->open == '[') && (node->close == ')' || node->close == ']');
}

gboolean
cd_math_is_region (const CdMathNode *node)
{
  switch (node->type) {
    case CD_MATH_UNION:
    case CD_MATH_INTERSECTION:
    case CD_MATH_DIFFERENCE:
    case CD_MATH_BUILDER:
    case CD_MATH_NAMED_SET:
      return TRUE;
    case CD_MATH_LIST:
      for (guint i = 0; i < node->count; i++)
        if (!is_inequality (node->children[i]) && !(node->open == '|' && is_interval (node->children[i])))
          return FALSE;
      return TRUE;
    default:
      return is_interval (node) || is_inequality (node);
  }
}

/* The value of a tree, with x for the variable where x is not NULL. */
static gboolean
value_at (Region *region, CdMathNode *node, const CdMathComplex *x, CdMathComplex *value)
{
  CdMathSymbols symbols = { .count = 0 };
  CdMathComplex point;
  if (x != NULL && region->symbol != NULL) {
    symbols.names[symbols.count++] = region->symbol;
    cd_math_complex_init (&point);
    cd_math_complex_set (&point, x);
  }
  CdMathNumeric numeric = cd_math_numeric_begin (region->comparison, &symbols, &point);
  gboolean known = cd_math_numeric_value (&numeric, node, value) && cd_math_complex_is_real (value);
  cd_math_numeric_end (region->comparison, &numeric);
  return known;
}

static void
add_border (Region *region, const CdMathComplex *border)
{
  guint at = 0;
  while (at < region->count && !cd_math_complex_same (&region->borders[at], border, -200) && mpfr_less_p (region->borders[at].re, border->re))
    at++;
  if (at < region->count && cd_math_complex_same (&region->borders[at], border, -200))
    return;
  if (region->count == MOST_BORDERS) {
    region->unknown = TRUE;
    return;
  }
  cd_math_complex_init (&region->borders[region->count]);
  for (guint i = region->count++; i > at; i--)
    cd_math_complex_set (&region->borders[i], &region->borders[i - 1]);
  cd_math_complex_set (&region->borders[at], border);
}

/* Where left − right, a polynomial of degree 2 at most, is 0. */
static void
add_roots (Region *region, CdMathNode *left, CdMathNode *right)
{
  CdMathComplex f[5], x, other;
  for (int i = 0; i < 5; i++) { /* at −1, 0, 1, 2, 3 */
    cd_math_complex_init (&x);
    mpfr_set_si (x.re, i - 1, MPFR_RNDN);
    if (!value_at (region, left, &x, &f[i]) || !value_at (region, right, &x, &other)) {
      region->unknown = TRUE;
      return;
    }
    mpfr_sub (f[i].re, f[i].re, other.re, MPFR_RNDN);
  }
  CdMathComplex a, b, check;
  cd_math_complex_init (&a);
  cd_math_complex_init (&b);
  mpfr_add (a.re, f[0].re, f[2].re, MPFR_RNDN); /* 2a = f(−1) + f(1) − 2 f(0), 2b = f(1) − f(−1) */
  mpfr_sub (a.re, a.re, f[1].re, MPFR_RNDN);
  mpfr_sub (a.re, a.re, f[1].re, MPFR_RNDN);
  mpfr_div_ui (a.re, a.re, 2, MPFR_RNDN);
  mpfr_sub (b.re, f[2].re, f[0].re, MPFR_RNDN);
  mpfr_div_ui (b.re, b.re, 2, MPFR_RNDN);
  if (cd_math_complex_exponent (&a) < -200)
    mpfr_set_zero (a.re, 1);
  for (unsigned long i = 2; i <= 3; i++) { /* f(x) = (a x + b) x + f(0) */
    cd_math_complex_init (&check);
    mpfr_mul_ui (check.re, a.re, i, MPFR_RNDN);
    mpfr_add (check.re, check.re, b.re, MPFR_RNDN);
    mpfr_mul_ui (check.re, check.re, i, MPFR_RNDN);
    mpfr_add (check.re, check.re, f[1].re, MPFR_RNDN);
    region->unknown = region->unknown || !cd_math_complex_same (&check, &f[i + 1], -150);
  }
  if (region->unknown)
    return;
  if (mpfr_zero_p (a.re)) {
    if (mpfr_zero_p (b.re))
      return;
    mpfr_div (x.re, f[1].re, b.re, MPFR_RNDN);
    mpfr_neg (x.re, x.re, MPFR_RNDN);
    add_border (region, &x);
    return;
  }
  mpfr_mul (x.re, a.re, f[1].re, MPFR_RNDN); /* b² − 4ac */
  mpfr_mul_ui (x.re, x.re, 4, MPFR_RNDN);
  mpfr_sqr (check.re, b.re, MPFR_RNDN);
  mpfr_sub (check.re, check.re, x.re, MPFR_RNDN);
  if (cd_math_complex_exponent (&check) < -200)
    mpfr_set_zero (check.re, 1);
  if (mpfr_sgn (check.re) < 0)
    return;
  mpfr_sqrt (check.re, check.re, MPFR_RNDN);
  mpfr_mul_ui (a.re, a.re, 2, MPFR_RNDN);
  for (int i = 0; i < 2; i++) {
    (i == 0 ? mpfr_sub : mpfr_add) (x.re, check.re, b.re, MPFR_RNDN);
    if (i == 1)
      mpfr_neg (x.re, x.re, MPFR_RNDN);
    mpfr_div (x.re, x.re, a.re, MPFR_RNDN);
    add_border (region, &x);
  }
}

/* Where left = right may hold or change: |u| at ± the other side, a product beside 0 where a factor is 0; more borders than needed do no harm. */
static void
add_borders (Region *region, CdMathNode *left, CdMathNode *right)
{
  CdMathArena *arena = region->comparison->arena;
  mpq_srcptr zero = cd_math_exact (arena, right);
  if (left->type == CD_MATH_CALL && left->function == CD_MATH_ABS) {
    add_roots (region, left->children[0], right);
    add_roots (region, left->children[0], cd_math_node_with (arena, CD_MATH_NEGATE, right, NULL));
  } else if (left->type == CD_MATH_MULTIPLY && zero != NULL && mpq_sgn (zero) == 0) {
    for (guint i = 0; i < left->count; i++) {
      CdMathNode *factor = left->children[i];
      while (factor->type == CD_MATH_RECIPROCAL || factor->type == CD_MATH_POWER || factor->type == CD_MATH_NEGATE)
        factor = factor->children[0];
      add_roots (region, factor, right);
    }
  } else
    add_roots (region, left, right);
}

static void collect (Region *region, CdMathNode *node);

static void
collect_relation (Region *region, CdMathNode *node)
{
  CdMathSymbols symbols = { .count = 0 };
  cd_math_symbols_add (&symbols, node);
  if (symbols.count != 1 || (region->symbol != NULL && strcmp (region->symbol, symbols.names[0]) != 0)) {
    region->unknown = TRUE;
    return;
  }
  region->symbol = symbols.names[0];
  for (guint i = 0; i + 1 < node->count && !region->unknown; i++) {
    CdMathNode *left = node->children[i], *right = node->children[i + 1];
    if (strchr ("io", node->operators[i]) != NULL) {
      region->unknown = region->unknown || left->type != CD_MATH_SYMBOL;
      collect (region, right);
    } else if (cd_math_node_infinite (left) == 0 && cd_math_node_infinite (right) == 0)
      add_borders (region, left, right);
  }
}

/* All borders of a set, and whether it can be told at all. */
static void
collect (Region *region, CdMathNode *node)
{
  CdMathComplex border;
  if (node->type == CD_MATH_RELATION)
    collect_relation (region, node);
  else if (node->type == CD_MATH_BUILDER)
    collect (region, node->children[1]);
  else if (node->type == CD_MATH_NAMED_SET)
    region->unknown = region->unknown || (node->constant != 'R' && node->constant != '0');
  else if (node->type == CD_MATH_SET || is_interval (node)) {
    for (guint i = 0; i < node->count; i++) {
      if (cd_math_node_infinite (node->children[i]) != 0)
        continue;
      if (value_at (region, node->children[i], NULL, &border))
        add_border (region, &border);
      else
        region->unknown = TRUE;
    }
  } else if (node->type == CD_MATH_UNION || node->type == CD_MATH_INTERSECTION || node->type == CD_MATH_DIFFERENCE || node->type == CD_MATH_LIST) {
    for (guint i = 0; i < node->count && !region->unknown; i++)
      collect (region, node->children[i]);
  } else
    region->unknown = TRUE;
}

/* −1, 0, 1: how x stands to a border, infinite ones too. */
static int
order (Region *region, const CdMathComplex *x, CdMathNode *node)
{
  CdMathComplex border;
  int infinite = cd_math_node_infinite (node);
  if (infinite != 0)
    return -infinite;
  if (!value_at (region, node, NULL, &border)) {
    region->unknown = TRUE;
    return 0;
  }
  return cd_math_complex_same (x, &border, -200) ? 0 : mpfr_cmp (x->re, border.re);
}

static gboolean holds (Region *region, CdMathNode *node, const CdMathComplex *x);

static gboolean
relation_holds (Region *region, CdMathNode *node, const CdMathComplex *x)
{
  for (guint i = 0; i + 1 < node->count; i++) {
    CdMathNode *left = node->children[i], *right = node->children[i + 1];
    CdMathComplex values[2];
    char operator= node->operators[i];
    int comparison = 0;
    if (operator== 'i' || operator== 'o') {
      if (holds (region, right, x) != (operator== 'i'))
        return FALSE;
      continue;
    }
    if (cd_math_node_infinite (left) != 0 || cd_math_node_infinite (right) != 0)
      comparison = cd_math_node_infinite (left) - cd_math_node_infinite (right);
    else if (!value_at (region, left, x, &values[0]) || !value_at (region, right, x, &values[1])) {
      region->unknown = region->unknown || !region->at_border; /* a quotient has no value where its divisor is 0 */
      return FALSE;
    } else if (!cd_math_complex_same (&values[0], &values[1], -150))
      comparison = mpfr_cmp (values[0].re, values[1].re);
    gboolean true_there = operator== '<' ? comparison < 0 :
                          operator== '>' ? comparison > 0
                          :
                          operator== 'l' ? comparison <= 0
                          :
                          operator== 'g' ? comparison >= 0
                          :
                          operator== 'n' ? comparison != 0
                                         : comparison == 0;
    if (!true_there)
      return FALSE;
  }
  return TRUE;
}

/* Whether x is in all sets of a list, or in one. */
static gboolean
list_holds (Region *region, CdMathNode *node, const CdMathComplex *x, gboolean all)
{
  for (guint i = 0; i < node->count; i++)
    if (holds (region, node->children[i], x) != all)
      return !all;
  return all;
}

static gboolean
holds (Region *region, CdMathNode *node, const CdMathComplex *x)
{
  switch (node->type) {
    case CD_MATH_RELATION:
      return relation_holds (region, node, x);
    case CD_MATH_BUILDER:
      return holds (region, node->children[1], x);
    case CD_MATH_NAMED_SET:
      return node->constant == 'R';
    case CD_MATH_SET:
      for (guint i = 0; i < node->count; i++)
        if (order (region, x, node->children[i]) == 0)
          return TRUE;
      return FALSE;
    case CD_MATH_GROUP: {
      int low = order (region, x, node->children[0]), high = order (region, x, node->children[1]);
      return (low > 0 || (low == 0 && node->open == '[')) && (high < 0 || (high == 0 && node->close == ']'));
    }
    case CD_MATH_DIFFERENCE:
      return holds (region, node->children[0], x) && !holds (region, node->children[1], x);
    case CD_MATH_UNION:
      return list_holds (region, node, x, FALSE);
    default:
      return list_holds (region, node, x, node->type == CD_MATH_INTERSECTION || node->open != '|');
  }
}

gboolean
cd_math_same_region (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b)
{
  g_autofree Region *region = g_new (Region, 1);
  region->comparison = comparison;
  region->symbol = NULL;
  region->unknown = region->at_border = FALSE;
  region->count = 0;
  collect (region, a);
  collect (region, b);
  if (region->unknown)
    return FALSE;
  CdMathComplex x;
  cd_math_complex_init (&x);
  region->at_border = region->count > 0; /* 0, beside the borders, which it may be one of */
  gboolean same = holds (region, a, &x) == holds (region, b, &x);
  for (guint i = 0; region->count > 0 && i < 2 * region->count + 1 && same && !region->unknown; i++) {
    guint border = MIN (i / 2, region->count - 1);
    region->at_border = i % 2 == 1;
    if (i == 0)
      mpfr_sub_ui (x.re, region->borders[0].re, 1, MPFR_RNDN);
    else if (i == 2 * region->count)
      mpfr_add_ui (x.re, region->borders[region->count - 1].re, 1, MPFR_RNDN);
    else if (i % 2 == 1)
      mpfr_set (x.re, region->borders[border].re, MPFR_RNDN);
    else {
      mpfr_add (x.re, region->borders[border - 1].re, region->borders[border].re, MPFR_RNDN);
      mpfr_div_ui (x.re, x.re, 2, MPFR_RNDN);
    }
    same = holds (region, a, &x) == holds (region, b, &x);
  }
  return same && !region->unknown;
}
