/* Lists, relations, sets, sums and products of an answer. What a factor is made of is math-primary.c's business. */
#include "grading/math-grammar.h"

#include <string.h>

typedef struct {
  CdMathNode *items[CD_MATH_LIST_ITEMS];
  guint count;
} Items;

static CdMathNode *
node_of (CdMathArena *arena, CdMathType type, CdMathNode *const *items, guint count)
{
  CdMathNode *node = cd_math_node_new (arena, type, count);
  memcpy (node->children, items, count * sizeof *items);
  return node;
}

/* A letter behind a number and a blank that names a unit: where it is upright, or where letters are read so. */
static gboolean
is_unit_letter (const CdMathParser *parser)
{
  const CdToken *token = cd_math_peek (parser);
  gboolean behind_number = parser->at > 0 && token[-1].type == CD_TOKEN_NUMBER;
  return token->type == CD_TOKEN_LETTER && token->spaced && (token->upright || (parser->units && behind_number))
         && cd_math_unit ((const char[]){ g_ascii_tolower (token->text[0]), '\0' }) != NULL && token->text[1] == '\0';
}

gboolean
cd_math_begins_factor (const CdMathParser *parser)
{
  const CdToken *token = cd_math_peek (parser);
  switch (token->type) {
    case CD_TOKEN_NUMBER:
    case CD_TOKEN_CONSTANT:
    case CD_TOKEN_FUNCTION:
    case CD_TOKEN_OPEN:
    case CD_TOKEN_BRACE_OPEN:
    case CD_TOKEN_FRACTION:
    case CD_TOKEN_ROOT:
    case CD_TOKEN_BINOMIAL:
    case CD_TOKEN_ACCENT:
    case CD_TOKEN_BEGIN:
    case CD_TOKEN_SHAPE:
    case CD_TOKEN_DOTS:
      return TRUE;
    case CD_TOKEN_LETTER:
      return !is_unit_letter (parser);
    case CD_TOKEN_BAR:
      return parser->bars == 0 && parser->sets == 0;
    default:
      return FALSE;
  }
}

/* 2\frac{1}{2} and 2 1/2: whole number, then a fraction of whole numbers. Returns the fraction's node, NULL where none follows. */
static CdMathNode *
parse_mixed (CdMathParser *parser, const CdMathNode *whole)
{
  guint start = parser->at;
  const CdToken *token = cd_math_peek (parser);
  if (whole->type != CD_MATH_NUMBER || whole->decimals > 0 || parser->tokens[start - 1].type != CD_TOKEN_NUMBER)
    return NULL;
  if (token->type == CD_TOKEN_NUMBER && token->spaced && token[1].type == CD_TOKEN_DIVIDE && token[2].type == CD_TOKEN_NUMBER) {
    CdMathNode *numerator = cd_math_number_node (parser->arena, token);
    CdMathNode *denominator = cd_math_number_node (parser->arena, token + 2);
    parser->at += 3;
    return numerator == NULL || denominator == NULL ? NULL
                                                    : cd_math_node_with (parser->arena, CD_MATH_MULTIPLY, numerator,
                                                                         cd_math_node_with (parser->arena, CD_MATH_RECIPROCAL, denominator, NULL));
  }
  if (token->type != CD_TOKEN_FRACTION)
    return NULL;
  CdMathNode *fraction = cd_math_parse_primary (parser);
  if (fraction != NULL && fraction->count == 2 && fraction->children[0]->type == CD_MATH_NUMBER
      && fraction->children[1]->children[0]->type == CD_MATH_NUMBER && cd_math_peek (parser)->type != CD_TOKEN_POWER)
    return fraction;
  parser->at = start;
  return NULL;
}

static CdMathNode *
invert (CdMathParser *parser, CdMathNode *node)
{
  return node == NULL ? NULL : cd_math_node_with (parser->arena, CD_MATH_RECIPROCAL, node, NULL);
}

/* The next factor of a product with the operator before it; NULL with at unmoved where the product ends. */
static CdMathNode *
next_factor (CdMathParser *parser, Items *items, gboolean *failed)
{
  CdMathNode *last = items->items[items->count - 1], *factor = NULL;
  guint start = parser->at;
  if (cd_math_take (parser, CD_TOKEN_TIMES))
    factor = cd_math_parse_factor (parser);
  else if (cd_math_take (parser, CD_TOKEN_DIVIDE))
    factor = invert (parser, cd_math_parse_factor (parser));
  else if (cd_math_begins_factor (parser)) {
    CdMathNode *fraction = parse_mixed (parser, last);
    if (fraction != NULL) {
      items->items[items->count - 1] = cd_math_parse_postfix (parser, cd_math_node_with (parser->arena, CD_MATH_ADD, last, fraction));
      return last;
    }
    if (parser->at == start && cd_math_peek (parser)->type != CD_TOKEN_NUMBER)
      factor = cd_math_parse_power (parser);
  } else
    return NULL;
  gboolean condition = factor != NULL && factor->type == CD_MATH_RELATION && (items->count > 1 || last->type != CD_MATH_SYMBOL);
  if (condition) /* 2k\pi (k \in \mathbb{Z}) */
    return factor;
  *failed = factor == NULL || items->count >= CD_MATH_LIST_ITEMS;
  if (!*failed)
    items->items[items->count++] = factor;
  return factor;
}

static CdMathNode *
parse_product (CdMathParser *parser)
{
  CdMathNode *first = cd_math_parse_factor (parser);
  if (first == NULL)
    return NULL;
  g_autofree Items *items = g_new (Items, 1);
  items->items[0] = first;
  items->count = 1;
  for (gboolean failed = FALSE;;) {
    if (next_factor (parser, items, &failed) != NULL && !failed)
      continue;
    if (failed)
      return NULL;
    CdMathNode *product = items->count == 1 ? items->items[0] : node_of (parser->arena, CD_MATH_MULTIPLY, items->items, items->count);
    guint start = parser->at;
    gboolean enclosed = cd_math_take_id (parser, CD_TOKEN_OPEN, '(') && cd_math_peek (parser)->type == CD_TOKEN_MODULO;
    if (!enclosed)
      parser->at = start;
    if (!cd_math_take (parser, CD_TOKEN_MODULO))
      return product;
    CdMathNode *modulus = cd_math_parse_power (parser);
    if (enclosed)
      cd_math_take_id (parser, CD_TOKEN_CLOSE, ')');
    return modulus == NULL ? NULL : cd_math_node_call (parser->arena, CD_MATH_MOD, product, modulus);
  }
}

CdMathNode *
cd_math_parse_implicit (CdMathParser *parser)
{
  CdMathNode *product = NULL;
  for (guint count = 0; count < 16; count++) {
    CdMathNode *factor = cd_math_parse_power (parser);
    if (factor == NULL)
      return NULL;
    product = product == NULL ? factor : cd_math_node_with (parser->arena, CD_MATH_MULTIPLY, product, factor);
    CdTokenType next = cd_math_peek (parser)->type;
    if (!cd_math_begins_factor (parser) || next == CD_TOKEN_FUNCTION || next == CD_TOKEN_OPEN || next == CD_TOKEN_NUMBER)
      return product;
  }
  return NULL;
}

CdMathNode *
cd_math_parse_sum (CdMathParser *parser)
{
  g_autofree Items *items = g_new (Items, 1);
  items->count = 0;
  for (;;) {
    const CdToken *sign = cd_math_peek (parser);
    gboolean marked
        = sign->type == CD_TOKEN_PLUS || sign->type == CD_TOKEN_MINUS || sign->type == CD_TOKEN_PLUS_MINUS || sign->type == CD_TOKEN_MINUS_PLUS;
    gboolean less_set
        = items->count == 1 && sign->type == CD_TOKEN_MINUS && (items->items[0]->type == CD_MATH_NAMED_SET || items->items[0]->type == CD_MATH_SET);
    if ((!marked && items->count > 0) || less_set) /* ℝ − {0} is no sum */
      break;
    parser->at += marked ? 1 : 0;
    CdMathNode *term = parse_product (parser);
    if (term == NULL || items->count >= CD_MATH_LIST_ITEMS)
      return NULL;
    if (marked && sign->type == CD_TOKEN_MINUS)
      term = cd_math_node_with (parser->arena, CD_MATH_NEGATE, term, NULL);
    else if (marked && sign->type != CD_TOKEN_PLUS) {
      term = cd_math_node_with (parser->arena, CD_MATH_PLUS_MINUS, term, NULL);
      term->down = sign->type == CD_TOKEN_MINUS_PLUS;
    }
    items->items[items->count++] = term;
  }
  return items->count == 1 ? items->items[0] : node_of (parser->arena, CD_MATH_ADD, items->items, items->count);
}

/* Words behind a quantity: "cm", "m/s^2", "square feet". NULL where there are none. */
static const char *
parse_unit (CdMathParser *parser)
{
  g_autoptr (GString) unit = g_string_new (NULL);
  gboolean words = FALSE;
  for (;; parser->at++) {
    const CdToken *token = cd_math_peek (parser);
    gboolean letter = token->type == CD_TOKEN_LETTER && (token->upright || words || token->spaced);
    if (token->type == CD_TOKEN_WORD || letter) {
      if (words && unit->str[unit->len - 1] != '/')
        g_string_append_c (unit, ' ');
      g_string_append (unit, strcmp (token->text, "per") == 0 ? "/" : token->text);
      words = TRUE;
    } else if (words && token->type == CD_TOKEN_DIVIDE && (token[1].type == CD_TOKEN_WORD || token[1].type == CD_TOKEN_LETTER))
      g_string_append_c (unit, '/');
    else if (words && token->type == CD_TOKEN_POWER && (token[1].type == CD_TOKEN_NUMBER || token[1].type == CD_TOKEN_BRACE_OPEN)) {
      guint start = parser->at++;
      gboolean braced = cd_math_take (parser, CD_TOKEN_BRACE_OPEN);
      cd_math_take (parser, CD_TOKEN_MINUS);
      const CdToken *power = cd_math_peek (parser);
      if (power->type != CD_TOKEN_NUMBER || (braced && power[1].type != CD_TOKEN_BRACE_CLOSE)) {
        parser->at = start;
        break;
      }
      g_string_append_printf (unit, "^%s", power->text);
      parser->at += braced ? 1 : 0;
    } else if (!words || token->type != CD_TOKEN_TIMES || (token[1].type != CD_TOKEN_WORD && token[1].type != CD_TOKEN_LETTER))
      break;
  }
  return words ? cd_math_arena_text (parser->arena, unit->str, unit->len) : NULL;
}

/* "2.5 million" */
static CdMathNode *
scaled (CdMathParser *parser, CdMathNode *node)
{
  static const struct {
    const char *word;
    long scale;
  } SCALES[] = { { "hundred", 100 }, { "thousand", 1000 }, { "million", 1000000 }, { "billion", 1000000000 }, { "trillion", 1000000000000 } };
  const CdToken *token = cd_math_peek (parser);
  for (gsize i = 0; node != NULL && token->type == CD_TOKEN_WORD && i < G_N_ELEMENTS (SCALES); i++)
    if (strcmp (token->text, SCALES[i].word) == 0) {
      parser->at++;
      return cd_math_node_with (parser->arena, CD_MATH_MULTIPLY, node, cd_math_node_integer (parser->arena, SCALES[i].scale));
    }
  return node;
}

static CdMathNode *
with_unit (CdMathParser *parser, CdMathNode *node, const char *currency)
{
  node = scaled (parser, node);
  const CdToken *next = cd_math_peek (parser);
  const char *unit = node != NULL && (next->type == CD_TOKEN_WORD || is_unit_letter (parser)) ? parse_unit (parser) : NULL;
  if (node == NULL || (unit == NULL && currency == NULL))
    return node;
  CdMathNode *quantity = cd_math_node_with (parser->arena, CD_MATH_QUANTITY, node, NULL);
  quantity->name = currency != NULL ? currency : unit;
  return quantity;
}

/* "3 hours 20 minutes": quantities of one dimension side by side, told in the unit of the last. */
static CdMathNode *
parse_compound (CdMathParser *parser, const char *currency)
{
  CdMathNode *node = with_unit (parser, cd_math_parse_sum (parser), currency);
  while (node != NULL && node->type == CD_MATH_QUANTITY && cd_math_peek (parser)->type == CD_TOKEN_NUMBER) {
    CdMathNode *next = with_unit (parser, parse_product (parser), NULL);
    const CdMathUnit *units[2]
        = { cd_math_unit_of (node->name), next != NULL && next->type == CD_MATH_QUANTITY ? cd_math_unit_of (next->name) : NULL };
    if (units[0] == NULL || units[1] == NULL || strcmp (units[0]->unit, units[1]->unit) != 0 || units[0]->factor <= units[1]->factor)
      return NULL;
    CdMathNode *scale = cd_math_node_integer (parser->arena, (long) (units[0]->factor / units[1]->factor + 0.5));
    CdMathNode *larger = cd_math_node_with (parser->arena, CD_MATH_MULTIPLY, node->children[0], scale);
    next->children[0] = cd_math_node_with (parser->arena, CD_MATH_ADD, larger, next->children[0]);
    node = next;
  }
  return node;
}

/* a : b : c, each with its unit. */
static CdMathNode *
parse_ratio (CdMathParser *parser)
{
  guint start = parser->at;
  const char *currency = NULL;
  if (cd_math_take (parser, CD_TOKEN_MINUS) && cd_math_peek (parser)->type == CD_TOKEN_CURRENCY) {
    currency = cd_math_peek (parser)->text; /* -\$5 */
    parser->tokens[parser->at].type = CD_TOKEN_MINUS;
  } else {
    parser->at = start;
    if (cd_math_peek (parser)->type == CD_TOKEN_CURRENCY) {
      currency = cd_math_peek (parser)->text;
      parser->at++;
    }
  }
  CdMathNode *parts[16] = { parse_compound (parser, currency) };
  guint count = 1;
  while (parts[count - 1] != NULL && parser->sets == 0 && count < G_N_ELEMENTS (parts) && cd_math_take (parser, CD_TOKEN_COLON))
    parts[count++] = with_unit (parser, cd_math_parse_sum (parser), NULL);
  cd_math_take (parser, CD_TOKEN_CURRENCY); /* 5 € */
  return parts[count - 1] == NULL || count == 1 ? parts[count - 1] : node_of (parser->arena, CD_MATH_RATIO, parts, count);
}

static CdMathNode *
parse_sets (CdMathParser *parser)
{
  static const struct {
    CdTokenType token;
    CdMathType type;
  } OPERATORS[] = { { CD_TOKEN_UNION, CD_MATH_UNION },
                    { CD_TOKEN_INTERSECTION, CD_MATH_INTERSECTION },
                    { CD_TOKEN_SET_MINUS, CD_MATH_DIFFERENCE },
                    { CD_TOKEN_MINUS, CD_MATH_DIFFERENCE } };
  CdMathNode *left = parse_ratio (parser);
  for (guint count = 0; left != NULL && count < 200; count++) {
    gsize i = 0;
    while (i < G_N_ELEMENTS (OPERATORS) && !cd_math_take (parser, OPERATORS[i].token))
      i++;
    if (i == G_N_ELEMENTS (OPERATORS))
      return left;
    CdMathNode *right = parse_ratio (parser);
    if (right == NULL)
      return NULL;
    if (left->type == OPERATORS[i].type && left->type == CD_MATH_UNION) {
      CdMathNode *longer = cd_math_node_new (parser->arena, CD_MATH_UNION, left->count + 1);
      memcpy (longer->children, left->children, left->count * sizeof left);
      longer->children[left->count] = right;
      left = longer;
    } else if (count > 20)
      return NULL;
    else
      left = cd_math_node_with (parser->arena, OPERATORS[i].type, left, right);
  }
  return left;
}

/* Behind ∈ the letter Z is the set. */
static CdMathNode *
named_set (CdMathParser *parser, CdMathNode *node)
{
  if (node->type != CD_MATH_SYMBOL || strlen (node->name) != 1 || strchr ("RZNQ", node->name[0]) == NULL)
    return node;
  CdMathNode *set = cd_math_node_new (parser->arena, CD_MATH_NAMED_SET, 0);
  set->constant = node->name[0];
  return set;
}

CdMathNode *
cd_math_parse_item (CdMathParser *parser)
{
  CdMathNode *operands[32];
  char operators[32] = { 0 };
  guint count = 0;
  if (++parser->depth > CD_MATH_DEPTH)
    return NULL;
  do {
    operands[count] = parse_sets (parser);
    if (operands[count++] == NULL || count >= G_N_ELEMENTS (operands))
      return NULL;
    if (count > 1 && strchr ("io", operators[count - 2]) != NULL)
      operands[count - 1] = named_set (parser, operands[count - 1]);
    operators[count - 1] = (char) cd_math_peek (parser)->id;
  } while (cd_math_take (parser, CD_TOKEN_RELATION));
  parser->depth--;
  if (count == 1)
    return operands[0];
  CdMathNode *relation = node_of (parser->arena, CD_MATH_RELATION, operands, count);
  relation->operators = cd_math_arena_text (parser->arena, operators, count - 1);
  return relation;
}

/* Past commas, semicolons, "and" and "or"; the word that joins, 0 where none stands there. */
static char
take_separators (CdMathParser *parser)
{
  char join = 0;
  for (;; parser->at++)
    switch (cd_math_peek (parser)->type) {
      case CD_TOKEN_AND:
        join = '&';
        break;
      case CD_TOKEN_OR:
        join = '|';
        break;
      case CD_TOKEN_COMMA:
      case CD_TOKEN_SEMICOLON:
      case CD_TOKEN_ROW:
        join = join == 0 ? ',' : join;
        break;
      default:
        return join;
    }
}

CdMathNode *
cd_math_parse_list (CdMathParser *parser)
{
  g_autofree Items *items = g_new (Items, 1);
  char join = 0;
  items->count = 0;
  take_separators (parser);
  for (char next;;) {
    CdMathNode *item = cd_math_parse_item (parser);
    if (item == NULL || items->count >= CD_MATH_LIST_ITEMS)
      return NULL;
    items->items[items->count++] = item;
    if ((next = take_separators (parser)) == 0)
      break;
    join = join == 0 || join == ',' ? next : join;
    CdTokenType type = cd_math_peek (parser)->type; /* a separator too many at the end */
    if (type == CD_TOKEN_END || type == CD_TOKEN_BRACE_CLOSE || type == CD_TOKEN_CLOSE || type == CD_TOKEN_CONDITION)
      break;
  }
  if (items->count == 1)
    return items->items[0];
  CdMathNode *list = node_of (parser->arena, CD_MATH_LIST, items->items, items->count);
  list->open = join;
  return list;
}

/* "…, k ∈ ℤ" says of what k is, and is no answer of its own. */
static void
drop_conditions (CdMathNode *list)
{
  guint kept = 0;
  for (guint i = 0; i < list->count; i++) {
    const CdMathNode *item = list->children[i];
    gboolean condition
        = i > 0 && item->type == CD_MATH_RELATION && item->count == 2 && item->operators[0] == 'i' && item->children[1]->type == CD_MATH_NAMED_SET;
    if (!condition)
      list->children[kept++] = list->children[i];
  }
  list->count = kept;
}

static CdMathNode *
parse_from (CdMathParser *parser, guint at)
{
  parser->at = at;
  parser->depth = parser->bars = parser->sets = 0;
  if (cd_math_peek (parser)->type == CD_TOKEN_RELATION && (cd_math_peek (parser)->id == '=' || cd_math_peek (parser)->id == '~'))
    parser->at++; /* "≈ 3.14" */
  CdMathNode *node = cd_math_parse_list (parser);
  if (node != NULL && node->type == CD_MATH_LIST) {
    drop_conditions (node);
    node = node->count == 1 ? node->children[0] : node;
  }
  if (cd_math_take (parser, CD_TOKEN_CONDITION))
    return node;
  while (cd_math_take (parser, CD_TOKEN_BRACE_CLOSE) || cd_math_take (parser, CD_TOKEN_PRIME))
    continue;
  return cd_math_peek (parser)->type == CD_TOKEN_END ? node : NULL;
}

CdMathNode *
cd_math_parse (CdMathArena *arena, const char *text, const CdMathReading *reading, CdMathAmbiguity *ambiguity)
{
  CdMathParser parser = { .arena = arena, .units = reading->letters_are_units, .ambiguity = ambiguity };
  parser.tokens = cd_math_tokens (arena, text, reading, ambiguity, &parser.length);
  if (parser.tokens == NULL)
    return NULL;
  for (guint i = 1; i < parser.length; i++)
    if (parser.tokens[i].type == CD_TOKEN_LETTER && !parser.tokens[i].upright && parser.tokens[i].spaced
        && parser.tokens[i - 1].type == CD_TOKEN_NUMBER && cd_math_unit (parser.tokens[i].text) != NULL)
      ambiguity->units = TRUE;
  CdMathNode *node = parse_from (&parser, 0);
  if (node != NULL)
    return node;
  /* "Area = 5", "Answer: 5": words that cannot be read, and then what can. */
  guint last = 0, depth = 0;
  for (guint i = 0; i < parser.length; i++) {
    const CdToken *token = &parser.tokens[i];
    gboolean opens = token->type == CD_TOKEN_OPEN || token->type == CD_TOKEN_BRACE_OPEN;
    gboolean closes = token->type == CD_TOKEN_CLOSE || token->type == CD_TOKEN_BRACE_CLOSE;
    depth = opens ? depth + 1 : closes && depth > 0 ? depth - 1 : depth;
    gboolean label = token->type == CD_TOKEN_COLON && last == 0 && i > 0 && parser.tokens[i - 1].type == CD_TOKEN_WORD;
    if (depth == 0 && i > 0 && ((token->type == CD_TOKEN_RELATION && token->id == '=') || label))
      last = i + 1;
  }
  return last > 0 ? parse_from (&parser, last) : NULL;
}
