/* Factors of an answer: a primary with its powers, factorials, percent and degree signs, and which primary a token begins. */
#include "grading/math-grammar.h"

#include <string.h>

static CdMathNode *
symbol_node (CdMathParser *parser, const char *name)
{
  CdMathNode *node = cd_math_node_new (parser->arena, CD_MATH_SYMBOL, 0);
  node->name = name;
  return node;
}

/* ^\circ, ^{\circ}, ^\prime: a sign that is written raised. */
static gboolean
take_raised (CdMathParser *parser, CdTokenType sign)
{
  const CdToken *token = cd_math_peek (parser);
  gsize braced = token[1].type == CD_TOKEN_BRACE_OPEN ? 1 : 0;
  if (token->type != CD_TOKEN_POWER || token[1].type == CD_TOKEN_END || token[1 + braced].type != sign
      || (braced && token[3].type != CD_TOKEN_BRACE_CLOSE))
    return FALSE;
  parser->at += braced ? 4 : 2;
  return TRUE;
}

/* x_1, x_{max}, x', x^{\prime}: index and primes are part of the name. */
static CdMathNode *
parse_symbol (CdMathParser *parser, const char *name)
{
  for (guint marks = 0; marks < 8; marks++) {
    if (cd_math_take (parser, CD_TOKEN_SUBSCRIPT))
      name = cd_math_join (parser->arena, name, "_", cd_math_argument_text (parser));
    else if (cd_math_take (parser, CD_TOKEN_PRIME) || take_raised (parser, CD_TOKEN_PRIME))
      name = cd_math_join (parser->arena, name, "'", "");
    else
      break;
  }
  return symbol_node (parser, name);
}

/* above! / (above − below)! */
static CdMathNode *
permutations (CdMathParser *parser, CdMathNode *above, CdMathNode *below)
{
  CdMathNode *rest = cd_math_node_with (parser->arena, CD_MATH_ADD, above, cd_math_node_with (parser->arena, CD_MATH_NEGATE, below, NULL));
  CdMathNode *divisor = cd_math_node_with (parser->arena, CD_MATH_FACTORIAL, rest, NULL);
  return cd_math_node_with (parser->arena, CD_MATH_MULTIPLY, cd_math_node_with (parser->arena, CD_MATH_FACTORIAL, above, NULL),
                            cd_math_node_with (parser->arena, CD_MATH_RECIPROCAL, divisor, NULL));
}

/* C_5^2 and A_5^2 (P_5^2): combinations and permutations, where both marks are whole numbers. NULL with the parser unmoved where it is none. */
static CdMathNode *
parse_counting (CdMathParser *parser, char letter)
{
  CdMathNode *marks[2] = { NULL, NULL };
  guint start = parser->at;
  if (strchr ("CAP", letter) == NULL || cd_math_peek (parser)->type != CD_TOKEN_SUBSCRIPT)
    return NULL;
  for (guint i = 0; i < 2; i++) {
    if (cd_math_take (parser, i == 0 ? CD_TOKEN_SUBSCRIPT : CD_TOKEN_POWER))
      marks[i] = cd_math_parse_argument (parser, TRUE);
    if (marks[i] == NULL || marks[i]->type != CD_MATH_NUMBER || marks[i]->decimals > 0) {
      parser->at = start;
      return NULL;
    }
  }
  if (mpq_cmp (marks[0]->value, marks[1]->value) < 0) {
    parser->at = start;
    return NULL;
  }
  return letter == 'C' ? cd_math_node_call (parser->arena, CD_MATH_BINOMIAL, marks[0], marks[1]) : permutations (parser, marks[0], marks[1]);
}

static CdMathNode *
parse_symbol_or_call (CdMathParser *parser, const CdToken *token)
{
  CdMathNode *counting = token->text[1] == '\0' ? parse_counting (parser, token->text[0]) : NULL;
  if (counting != NULL)
    return counting;
  CdMathNode *symbol = parse_symbol (parser, token->text);
  gboolean function = strchr ("fghFGH", token->text[0]) != NULL && token->text[1] == '\0';
  gboolean choose = strcmp (token->text, "C") == 0 || strcmp (token->text, "P") == 0;
  const CdToken *open = cd_math_peek (parser);
  if ((!function && !choose) || open->type != CD_TOKEN_OPEN || open->id != '(')
    return symbol;
  guint start = parser->at++;
  CdMathNode *arguments = cd_math_parse_delimited (parser, '(');
  if (arguments == NULL)
    return NULL;
  if (choose && arguments->type == CD_MATH_GROUP && arguments->count == 2 && token->text[0] == 'P')
    return permutations (parser, arguments->children[0], arguments->children[1]);
  if (choose && arguments->type == CD_MATH_GROUP && arguments->count == 2)
    return cd_math_node_call (parser->arena, CD_MATH_BINOMIAL, arguments->children[0], arguments->children[1]);
  if (choose) {
    parser->at = start;
    return symbol;
  }
  CdMathNode *apply = cd_math_node_with (parser->arena, CD_MATH_APPLY, arguments, NULL);
  apply->name = symbol->name;
  return apply;
}

/* 101_2 */
static CdMathNode *
parse_number (CdMathParser *parser, const CdToken *token)
{
  if (!cd_math_take (parser, CD_TOKEN_SUBSCRIPT))
    return cd_math_number_node (parser->arena, token);
  const char *base = cd_math_argument_text (parser);
  CdMathNode *node = cd_math_node_new (parser->arena, CD_MATH_BASED, 0);
  node->name = token->text;
  node->value = cd_math_arena_rational (parser->arena);
  node->exactness = CD_MATH_EXACT_YES;
  node->digits = (guint) strtoul (base, NULL, 10);
  return cd_math_based_value (node->value, token->text, (long) node->digits) ? node : NULL;
}

static CdMathNode *
parse_accent (CdMathParser *parser, const CdToken *token)
{
  const char *inner = cd_math_argument_text (parser);
  gboolean segment = g_ascii_isupper (inner[0]) && g_ascii_isupper (inner[1]);
  if (segment || strcmp (token->text, "vec") == 0 || strcmp (token->text, "overrightarrow") == 0)
    return parse_symbol (parser, inner);
  return parse_symbol (parser, cd_math_join (parser->arena, token->text, " ", inner));
}

static CdMathNode *
parse_named (CdMathParser *parser, const CdToken *token)
{
  CdMathNode *node = cd_math_node_new (parser->arena, token->type == CD_TOKEN_CONSTANT ? CD_MATH_CONSTANT : CD_MATH_NAMED_SET, 0);
  node->constant = token->id;
  if (token->type == CD_TOKEN_CONSTANT || (cd_math_peek (parser)->type != CD_TOKEN_POWER && cd_math_peek (parser)->type != CD_TOKEN_SUBSCRIPT))
    return node;
  /* ℝ^+ is an interval, ℤ^+ and ℝ^n are names. */
  parser->at++;
  CdTokenType sign = cd_math_peek (parser)[cd_math_peek (parser)->type == CD_TOKEN_BRACE_OPEN ? 1 : 0].type;
  const char *mark = cd_math_argument_text (parser);
  if (token->id != 'R' || (sign != CD_TOKEN_PLUS && sign != CD_TOKEN_MINUS))
    return symbol_node (parser, cd_math_join (parser->arena, (const char[]){ (char) token->id, '\0' }, "^", mark));
  CdMathNode *infinity = cd_math_node_new (parser->arena, CD_MATH_CONSTANT, 0), *zero = cd_math_node_integer (parser->arena, 0);
  infinity->constant = CD_MATH_INFINITY;
  if (sign == CD_TOKEN_MINUS)
    infinity = cd_math_node_with (parser->arena, CD_MATH_NEGATE, infinity, NULL);
  node = cd_math_node_with (parser->arena, CD_MATH_GROUP, sign == CD_TOKEN_MINUS ? infinity : zero, sign == CD_TOKEN_MINUS ? zero : infinity);
  node->open = '(';
  node->close = ')';
  return node;
}

/* ∠ABC, △ABC: a name. */
static CdMathNode *
parse_shape (CdMathParser *parser)
{
  const CdToken *name = cd_math_peek (parser);
  if (!cd_math_take (parser, CD_TOKEN_LETTER))
    return NULL;
  return parse_symbol (parser, name->text);
}

CdMathNode *
cd_math_parse_primary (CdMathParser *parser)
{
  if (++parser->depth > CD_MATH_DEPTH)
    return NULL;
  const CdToken *token = cd_math_peek (parser);
  CdMathNode *node = NULL;
  parser->at += token->type != CD_TOKEN_END;
  switch (token->type) {
    case CD_TOKEN_NUMBER:
      node = parse_number (parser, token);
      break;
    case CD_TOKEN_LETTER:
      node = parse_symbol_or_call (parser, token);
      break;
    case CD_TOKEN_DOTS:
      node = symbol_node (parser, "...");
      break;
    case CD_TOKEN_CONSTANT:
    case CD_TOKEN_NAMED_SET:
      node = parse_named (parser, token);
      break;
    case CD_TOKEN_FUNCTION:
      node = cd_math_parse_function (parser, token);
      break;
    case CD_TOKEN_FRACTION:
      node = cd_math_parse_fraction (parser);
      break;
    case CD_TOKEN_ROOT:
      node = cd_math_parse_root (parser);
      break;
    case CD_TOKEN_BINOMIAL: {
      CdMathNode *above = cd_math_parse_argument (parser, TRUE), *below = above != NULL ? cd_math_parse_argument (parser, TRUE) : NULL;
      node = below != NULL ? cd_math_node_call (parser->arena, CD_MATH_BINOMIAL, above, below) : NULL;
      break;
    }
    case CD_TOKEN_OPEN:
      node = cd_math_parse_delimited (parser, token->id);
      break;
    case CD_TOKEN_BRACE_OPEN:
      node = cd_math_parse_braces (parser);
      break;
    case CD_TOKEN_BAR:
      node = cd_math_parse_absolute (parser);
      break;
    case CD_TOKEN_ACCENT:
      node = parse_accent (parser, token);
      break;
    case CD_TOKEN_SHAPE:
      node = parse_shape (parser);
      break;
    case CD_TOKEN_BEGIN:
      node = cd_math_parse_matrix (parser, token->text);
      break;
    default:
      break;
  }
  parser->depth--;
  return node;
}

/* !, %, ° and ′ behind a primary, a few of them at most. */
CdMathNode *
cd_math_parse_postfix (CdMathParser *parser, CdMathNode *node)
{
  static const struct {
    CdTokenType token;
    CdMathType type;
  } OPERATORS[] = { { CD_TOKEN_FACTORIAL, CD_MATH_FACTORIAL }, { CD_TOKEN_PERCENT, CD_MATH_PERCENT }, { CD_TOKEN_DEGREE, CD_MATH_DEGREE } };
  for (guint count = 0; node != NULL && count < 4; count++) {
    gsize i = 0;
    while (i < G_N_ELEMENTS (OPERATORS) && !cd_math_take (parser, OPERATORS[i].token))
      i++;
    if (i < G_N_ELEMENTS (OPERATORS)) {
      node = cd_math_node_with (parser->arena, OPERATORS[i].type, node, NULL);
      node->down = node->type == CD_MATH_FACTORIAL && cd_math_take (parser, CD_TOKEN_FACTORIAL);
    } else if (node->type == CD_MATH_SYMBOL && cd_math_take (parser, CD_TOKEN_PRIME))
      node = symbol_node (parser, cd_math_join (parser->arena, node->name, "'", ""));
    else
      return node;
  }
  return node;
}

CdMathNode *
cd_math_parse_power (CdMathParser *parser)
{
  if (++parser->depth > CD_MATH_DEPTH)
    return NULL;
  CdMathNode *node = cd_math_parse_postfix (parser, cd_math_parse_primary (parser));
  for (guint count = 0; node != NULL && count < 4 && cd_math_peek (parser)->type == CD_TOKEN_POWER; count++) {
    if (take_raised (parser, CD_TOKEN_DEGREE)) {
      node = cd_math_node_with (parser->arena, CD_MATH_DEGREE, node, NULL);
      continue;
    }
    parser->at++;
    CdMathNode *exponent = NULL;
    if (cd_math_peek (parser)->type == CD_TOKEN_BRACE_OPEN)
      exponent = cd_math_parse_argument (parser, FALSE);
    else
      exponent = cd_math_parse_factor (parser);
    node = exponent != NULL ? cd_math_parse_postfix (parser, cd_math_node_with (parser->arena, CD_MATH_POWER, node, exponent)) : NULL;
  }
  parser->depth--;
  return node;
}

CdMathNode *
cd_math_parse_factor (CdMathParser *parser)
{
  gboolean negative = FALSE;
  for (CdTokenType type; (type = cd_math_peek (parser)->type) == CD_TOKEN_MINUS || type == CD_TOKEN_PLUS; parser->at++)
    negative ^= type == CD_TOKEN_MINUS;
  CdMathNode *node = cd_math_parse_power (parser);
  return node != NULL && negative ? cd_math_node_with (parser->arena, CD_MATH_NEGATE, node, NULL) : node;
}
