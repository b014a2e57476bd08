/* Numbers, functions, fractions, roots, delimiters and matrices of an answer, each behind the token that opens it.
 * Which of them stands where is math-factor.c's business. */
#include "grading/math-grammar.h"

#include <string.h>

#define MOST_DIGITS 1000u
#define MOST_EXPONENT 3000l

static void
set_power_of_ten (mpq_ptr value, gulong exponent)
{
  mpz_ui_pow_ui (mpq_numref (value), 10, exponent);
  mpz_set_ui (mpq_denref (value), 1);
}

/* The digits that repeat behind decimals digits: repeating / (10^length − 1) / 10^decimals. */
static void
add_repeating (CdMathArena *arena, mpq_ptr value, const char *repeating, gulong decimals)
{
  mpq_ptr part = cd_math_arena_rational (arena), divisor = cd_math_arena_rational (arena);
  mpz_set_str (mpq_numref (part), repeating, 10);
  set_power_of_ten (divisor, strlen (repeating));
  mpz_sub_ui (mpq_numref (divisor), mpq_numref (divisor), 1);
  mpq_div (part, part, divisor);
  set_power_of_ten (divisor, decimals);
  mpq_div (part, part, divisor);
  mpq_add (value, value, part);
}

CdMathNode *
cd_math_number_node (CdMathArena *arena, const CdToken *token)
{
  const char *point = strchr (token->text, '.'), *exponent = strpbrk (token->text, "eE");
  gsize length = exponent != NULL ? (gsize) (exponent - token->text) : strlen (token->text);
  gsize decimals = point != NULL ? length - (gsize) (point - token->text) - 1 : 0;
  long power = exponent != NULL ? strtol (exponent + 1, NULL, 10) : 0;
  if (length > MOST_DIGITS || labs (power) > MOST_EXPONENT)
    return NULL;
  char digits[MOST_DIGITS + 2] = { 0 };
  gsize count = 0;
  for (gsize i = 0; i < length; i++)
    if (token->text[i] != '.')
      digits[count++] = token->text[i];
  CdMathNode *node = cd_math_node_new (arena, CD_MATH_NUMBER, 0);
  node->value = cd_math_arena_rational (arena);
  node->exactness = CD_MATH_EXACT_YES;
  if (mpz_set_str (mpq_numref (node->value), count > 0 ? digits : "0", 10) != 0)
    return NULL;
  if (decimals > 0) {
    mpz_ui_pow_ui (mpq_denref (node->value), 10, decimals);
    mpq_canonicalize (node->value);
  }
  if (token->repeating != NULL)
    add_repeating (arena, node->value, token->repeating, decimals);
  else if (point != NULL) {
    node->decimals = (guint) decimals;
    node->digits = (guint) (count - strspn (digits, "0"));
  }
  if (power != 0) {
    mpq_ptr scale = cd_math_arena_rational (arena);
    set_power_of_ten (scale, (gulong) labs (power));
    if (power > 0)
      mpq_mul (node->value, node->value, scale);
    else
      mpq_div (node->value, node->value, scale);
    node->decimals = (guint) MAX ((long) decimals - power, 0);
    node->digits = (guint) (count - strspn (digits, "0"));
  }
  return node;
}

gboolean
cd_math_based_value (mpq_ptr value, const char *digits, long base)
{
  if (base < 2 || base > 36 || strlen (digits) > MOST_DIGITS)
    return FALSE;
  return mpz_set_str (mpq_numref (value), digits, (int) base) == 0;
}

/* The text of the tokens of an index or an accent's argument: {n+1}, 1, \text{max}. */
const char *
cd_math_argument_text (CdMathParser *parser)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean braced = cd_math_take (parser, CD_TOKEN_BRACE_OPEN);
  for (guint depth = 0;; parser->at++) {
    const CdToken *token = cd_math_peek (parser);
    if (token->type == CD_TOKEN_END || (braced && depth == 0 && token->type == CD_TOKEN_BRACE_CLOSE))
      break;
    depth += token->type == CD_TOKEN_BRACE_OPEN;
    depth -= token->type == CD_TOKEN_BRACE_CLOSE && depth > 0;
    if (token->text != NULL)
      g_string_append (text, token->text);
    else
      g_string_append_printf (text, "<%d:%d>", (int) token->type, token->id);
    if (!braced) {
      parser->at++;
      break;
    }
  }
  if (braced)
    cd_math_take (parser, CD_TOKEN_BRACE_CLOSE);
  return cd_math_arena_text (parser->arena, text->str, text->len);
}

CdMathNode *
cd_math_parse_argument (CdMathParser *parser, gboolean digit)
{
  if (cd_math_take (parser, CD_TOKEN_BRACE_OPEN)) {
    guint bars = parser->bars, sets = parser->sets;
    parser->bars = parser->sets = 0;
    CdMathNode *node = cd_math_parse_list (parser);
    parser->bars = bars;
    parser->sets = sets;
    if (!cd_math_take (parser, CD_TOKEN_BRACE_CLOSE) && cd_math_peek (parser)->type != CD_TOKEN_END)
      return NULL; /* one that is missing at the end is taken as meant */
    return node;
  }
  CdToken *token = &parser->tokens[parser->at];
  if (digit && token->type == CD_TOKEN_NUMBER && token->repeating == NULL && strlen (token->text) > 1) {
    CdToken first = { .type = CD_TOKEN_NUMBER, .text = cd_math_arena_text (parser->arena, token->text, 1) };
    token->text++;
    token->spaced = FALSE;
    return g_ascii_isdigit (first.text[0]) && g_ascii_isdigit (*token->text) ? cd_math_number_node (parser->arena, &first) : NULL;
  }
  return cd_math_parse_primary (parser);
}

CdMathNode *
cd_math_parse_fraction (CdMathParser *parser)
{
  CdMathNode *numerator = cd_math_parse_argument (parser, TRUE);
  if (numerator == NULL)
    return NULL;
  cd_math_take (parser, CD_TOKEN_DIVIDE); /* \frac{1}/{2} */
  CdMathNode *denominator = cd_math_parse_argument (parser, TRUE);
  if (denominator == NULL)
    return NULL;
  return cd_math_node_with (parser->arena, CD_MATH_MULTIPLY, numerator, cd_math_node_with (parser->arena, CD_MATH_RECIPROCAL, denominator, NULL));
}

CdMathNode *
cd_math_parse_root (CdMathParser *parser)
{
  CdMathNode *index = NULL;
  if (cd_math_take_id (parser, CD_TOKEN_OPEN, '[')) {
    index = cd_math_parse_sum (parser);
    if (index == NULL || !cd_math_take_id (parser, CD_TOKEN_CLOSE, ']'))
      return NULL;
  }
  CdMathNode *radicand = cd_math_parse_argument (parser, FALSE);
  if (radicand == NULL)
    return NULL;
  return cd_math_node_with (parser->arena, CD_MATH_ROOT, radicand, index != NULL ? index : cd_math_node_integer (parser->arena, 2));
}

/* Arguments of a function in parentheses, or what stands behind it. */
static CdMathNode *
parse_call (CdMathParser *parser, CdMathFunction function, CdMathNode *base)
{
  gboolean root = function == CD_MATH_SQRT || function == CD_MATH_CBRT;
  CdMathNode *argument = NULL;
  if (cd_math_take_id (parser, CD_TOKEN_OPEN, '(')) {
    guint bars = parser->bars, sets = parser->sets;
    parser->bars = parser->sets = 0;
    argument = cd_math_parse_list (parser);
    parser->bars = bars;
    parser->sets = sets;
    if (argument == NULL || (!cd_math_take_id (parser, CD_TOKEN_CLOSE, ')') && cd_math_peek (parser)->type != CD_TOKEN_END))
      return NULL;
  } else if (cd_math_take (parser, CD_TOKEN_MINUS)) {
    argument = cd_math_parse_implicit (parser);
    argument = argument != NULL ? cd_math_node_with (parser->arena, CD_MATH_NEGATE, argument, NULL) : NULL;
  } else
    argument = root ? cd_math_parse_primary (parser) : cd_math_parse_implicit (parser);
  if (argument == NULL)
    return NULL;
  if (argument->type == CD_MATH_LIST) {
    CdMathNode *call = cd_math_node_new (parser->arena, CD_MATH_CALL, argument->count);
    memcpy (call->children, argument->children, argument->count * sizeof argument);
    call->function = function;
    return call;
  }
  return cd_math_node_call (parser->arena, function, argument, base);
}

/* \sin^2 x, \sin^{-1} x, \log_2 8: index and power stand before the argument. */
CdMathNode *
cd_math_parse_function (CdMathParser *parser, const CdToken *token)
{
  static const CdMathFunction INVERSES[] = { CD_MATH_ARCSIN, CD_MATH_ARCCOS, CD_MATH_ARCTAN, CD_MATH_ARCCOT, CD_MATH_ARCSEC, CD_MATH_ARCCSC };
  CdMathFunction function = (CdMathFunction) token->id;
  CdMathNode *base = NULL, *power = NULL;
  if (token->text != NULL)
    base = cd_math_node_integer (parser->arena, strtol (token->text, NULL, 10));
  for (guint i = 0; i < 2; i++) {
    if (cd_math_take (parser, CD_TOKEN_SUBSCRIPT)) {
      if ((base = cd_math_parse_argument (parser, TRUE)) == NULL)
        return NULL;
    } else if (cd_math_take (parser, CD_TOKEN_POWER)) {
      power = cd_math_peek (parser)->type == CD_TOKEN_BRACE_OPEN ? cd_math_parse_argument (parser, TRUE) : cd_math_parse_factor (parser);
      if (power == NULL)
        return NULL;
    }
  }
  const CdToken *digits = cd_math_peek (parser);
  if (function == CD_MATH_LOG && base == NULL && digits->type == CD_TOKEN_NUMBER && !digits->spaced && digits[1].type == CD_TOKEN_OPEN) {
    base = cd_math_number_node (parser->arena, digits); /* log2(8) */
    parser->at++;
  }
  if (power != NULL && power->type == CD_MATH_NEGATE && power->children[0]->type == CD_MATH_NUMBER
      && mpq_cmp_si (power->children[0]->value, 1, 1) == 0 && (guint) function < G_N_ELEMENTS (INVERSES)) {
    function = INVERSES[function];
    power = NULL;
  }
  if (function == CD_MATH_DETERMINANT || function != CD_MATH_LOG)
    base = NULL;
  CdMathNode *call = parse_call (parser, function, base);
  return call != NULL && power != NULL ? cd_math_node_with (parser->arena, CD_MATH_POWER, call, power) : call;
}

/* {a, b | condition} behind its opening brace. */
static CdMathNode *
parse_set (CdMathParser *parser)
{
  if (cd_math_take_id (parser, CD_TOKEN_CLOSE, '}')) {
    CdMathNode *empty = cd_math_node_new (parser->arena, CD_MATH_NAMED_SET, 0);
    empty->constant = '0';
    return empty;
  }
  guint bars = parser->bars;
  parser->bars = 0;
  parser->sets++;
  CdMathNode *members = cd_math_parse_list (parser), *set = NULL;
  if (members != NULL && (cd_math_take (parser, CD_TOKEN_BAR) || cd_math_take (parser, CD_TOKEN_COLON))) {
    CdMathNode *condition = cd_math_parse_list (parser);
    set = condition != NULL ? cd_math_node_with (parser->arena, CD_MATH_BUILDER, members, condition) : NULL;
  } else if (members != NULL) {
    set = members->type == CD_MATH_LIST ? members : cd_math_node_with (parser->arena, CD_MATH_LIST, members, NULL);
    set->type = CD_MATH_SET;
    set->open = 0;
  }
  parser->sets--;
  parser->bars = bars;
  gboolean closed
      = cd_math_take_id (parser, CD_TOKEN_CLOSE, '}') || cd_math_take (parser, CD_TOKEN_BRACE_CLOSE) || cd_math_peek (parser)->type == CD_TOKEN_END;
  return closed ? set : NULL;
}

CdMathNode *
cd_math_parse_delimited (CdMathParser *parser, int open)
{
  if (open == '{')
    return parse_set (parser);
  guint bars = parser->bars, sets = parser->sets;
  parser->bars = parser->sets = 0;
  CdMathNode *content = cd_math_parse_list (parser);
  parser->bars = bars;
  parser->sets = sets;
  const CdToken *close = cd_math_peek (parser);
  if (content == NULL || (!cd_math_take (parser, CD_TOKEN_CLOSE) && close->type != CD_TOKEN_END))
    return NULL;
  if (open == 'f' || open == 'c')
    return cd_math_node_call (parser->arena, open == 'f' ? CD_MATH_FLOOR : CD_MATH_CEILING, content, NULL);
  char closing = close->type == CD_TOKEN_CLOSE ? (char) close->id : open == '[' ? ']' : open == '<' ? '>' : ')';
  if (content->type != CD_MATH_LIST)
    return content;
  CdMathNode *group = cd_math_arena_take (parser->arena, sizeof *group);
  *group = *content;
  group->type = CD_MATH_GROUP;
  group->open = (char) open;
  group->close = closing;
  return group;
}

CdMathNode *
cd_math_parse_absolute (CdMathParser *parser)
{
  guint sets = parser->sets;
  parser->sets = 0;
  parser->bars++;
  CdMathNode *content = cd_math_parse_sum (parser);
  parser->bars--;
  parser->sets = sets;
  return content != NULL && cd_math_take (parser, CD_TOKEN_BAR) ? cd_math_node_call (parser->arena, CD_MATH_ABS, content, NULL) : NULL;
}

/* {}_nC_k behind its first index sign. */
static CdMathNode *
parse_chosen (CdMathParser *parser)
{
  CdMathNode *above = cd_math_parse_argument (parser, TRUE);
  const CdToken *letter = cd_math_peek (parser);
  if (above == NULL || !cd_math_take (parser, CD_TOKEN_LETTER) || strcmp (letter->text, "C") != 0 || !cd_math_take (parser, CD_TOKEN_SUBSCRIPT))
    return NULL;
  CdMathNode *below = cd_math_parse_argument (parser, TRUE);
  return below != NULL ? cd_math_node_call (parser->arena, CD_MATH_BINOMIAL, above, below) : NULL;
}

/* A plain brace groups; two and more items in it are a set in plain notation. */
CdMathNode *
cd_math_parse_braces (CdMathParser *parser)
{
  if (cd_math_peek (parser)->type == CD_TOKEN_BRACE_CLOSE) {
    parser->at++;
    if (cd_math_take (parser, CD_TOKEN_SUBSCRIPT))
      return parse_chosen (parser);
    return cd_math_peek (parser)->type == CD_TOKEN_END ? NULL : cd_math_parse_primary (parser);
  }
  CdMathNode *content = cd_math_parse_list (parser);
  if (content == NULL)
    return NULL;
  if (cd_math_take (parser, CD_TOKEN_OVER) || cd_math_peek (parser)->type == CD_TOKEN_CHOOSE) {
    gboolean choose = cd_math_take (parser, CD_TOKEN_CHOOSE);
    CdMathNode *below = cd_math_parse_list (parser);
    if (below == NULL)
      return NULL;
    content = choose
                  ? cd_math_node_call (parser->arena, CD_MATH_BINOMIAL, content, below)
                  : cd_math_node_with (parser->arena, CD_MATH_MULTIPLY, content, cd_math_node_with (parser->arena, CD_MATH_RECIPROCAL, below, NULL));
  }
  if (!cd_math_take (parser, CD_TOKEN_BRACE_CLOSE) && cd_math_peek (parser)->type != CD_TOKEN_END)
    return NULL;
  if (content->type == CD_MATH_LIST) {
    content->type = CD_MATH_SET;
    content->open = 0;
  }
  return content;
}

/* A column of relations is a system of them, no vector. */
static gboolean
is_system (const CdMathNode *matrix)
{
  for (guint i = 0; i < matrix->count; i++)
    if (matrix->children[i]->type != CD_MATH_RELATION)
      return FALSE;
  return TRUE;
}

/* Rows and cells up to \end. */
CdMathNode *
cd_math_parse_matrix (CdMathParser *parser, const char *name)
{
  gboolean aligned = g_str_has_prefix (name, "align") || g_str_has_prefix (name, "gather") || g_str_has_prefix (name, "split");
  GPtrArray *cells = g_ptr_array_new ();
  for (guint i = parser->at; aligned && i < parser->length; i++) /* & marks where lines meet */
    if (parser->tokens[i].type == CD_TOKEN_CELL) {
      memmove (&parser->tokens[i], &parser->tokens[i + 1], (parser->length - i) * sizeof (CdToken));
      parser->length--;
    }
  guint rows = 0, columns = 0, column = 0;
  gboolean failed = FALSE;
  while (!failed && cd_math_peek (parser)->type != CD_TOKEN_END_ENVIRONMENT && cd_math_peek (parser)->type != CD_TOKEN_END) {
    CdMathNode *cell = cd_math_parse_item (parser);
    if (cell != NULL)
      g_ptr_array_add (cells, cell);
    failed = cell == NULL || cells->len > CD_MATH_LIST_ITEMS;
    column++;
    gboolean next = cd_math_take (parser, CD_TOKEN_CELL);
    while (cd_math_take (parser, CD_TOKEN_COMMA))
      next = FALSE;
    if (next)
      continue;
    gboolean row = cd_math_take (parser, CD_TOKEN_ROW);
    failed = failed || (!row && cd_math_peek (parser)->type != CD_TOKEN_END_ENVIRONMENT && cd_math_peek (parser)->type != CD_TOKEN_END)
             || (rows > 0 && column != columns);
    columns = column;
    column = 0;
    rows++;
  }
  cd_math_take (parser, CD_TOKEN_END_ENVIRONMENT);
  CdMathNode *matrix = NULL;
  if (!failed && cells->len > 0 && cells->len == rows * columns) {
    matrix = cd_math_node_new (parser->arena, CD_MATH_MATRIX, cells->len);
    memcpy (matrix->children, cells->pdata, cells->len * sizeof (CdMathNode *));
    matrix->rows = rows;
    matrix->columns = columns;
  }
  g_ptr_array_free (cells, TRUE);
  if (matrix != NULL && g_str_has_prefix (name, "vmatrix"))
    return cd_math_node_call (parser->arena, CD_MATH_DETERMINANT, matrix, NULL);
  if (matrix != NULL && columns == 1 && (aligned || g_str_has_prefix (name, "cases") || is_system (matrix))) {
    matrix->type = rows > 1 ? CD_MATH_LIST : CD_MATH_SET;
    matrix->open = ',';
    matrix->rows = matrix->columns = 0;
  }
  return matrix;
}
