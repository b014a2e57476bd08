/* What the two files of the parser share. Every function returns NULL where it cannot read on, and the answer is then no mathematics. */
#pragma once
#include "grading/math-parser.h"

#define CD_MATH_DEPTH 48u
#define CD_MATH_LIST_ITEMS 1000u

typedef struct {
  CdMathArena *arena;
  CdToken *tokens;
  guint at, length;
  guint depth;
  guint bars;     /* |…| open: a bar closes */
  guint sets;     /* {…} open: a bar or colon begins a condition */
  gboolean units; /* letters of the table of units are units behind numbers */
  CdMathAmbiguity *ambiguity;
} CdMathParser;

static inline const CdToken *
cd_math_peek (const CdMathParser *parser)
{
  return &parser->tokens[parser->at];
}
static inline gboolean
cd_math_take (CdMathParser *parser, CdTokenType type)
{
  if (parser->tokens[parser->at].type != type)
    return FALSE;
  parser->at += type != CD_TOKEN_END;
  return TRUE;
}
static inline gboolean
cd_math_take_id (CdMathParser *parser, CdTokenType type, int id)
{
  return parser->tokens[parser->at].id == id && cd_math_take (parser, type);
}

CdMathNode *cd_math_parse_list (CdMathParser *parser);
CdMathNode *cd_math_parse_item (CdMathParser *parser);
CdMathNode *cd_math_parse_sum (CdMathParser *parser);
/* A signed power: an operand of × and ÷, or an exponent without braces. */
CdMathNode *cd_math_parse_factor (CdMathParser *parser);
/* !, % and ° behind node. */
CdMathNode *cd_math_parse_postfix (CdMathParser *parser, CdMathNode *node);
/* A power with its postfix operators. */
CdMathNode *cd_math_parse_power (CdMathParser *parser);
CdMathNode *cd_math_parse_primary (CdMathParser *parser);
/* What a command takes: {…}, or one token. digit: of a number, the first digit only (\frac12). */
CdMathNode *cd_math_parse_argument (CdMathParser *parser, gboolean digit);
/* Factors joined without a sign, as a function without parentheses takes them. */
CdMathNode *cd_math_parse_implicit (CdMathParser *parser);
/* TRUE where a factor can begin at the next token. */
gboolean cd_math_begins_factor (const CdMathParser *parser);
/* Each behind the token that opens it. */
CdMathNode *cd_math_parse_fraction (CdMathParser *parser);
CdMathNode *cd_math_parse_root (CdMathParser *parser);
CdMathNode *cd_math_parse_function (CdMathParser *parser, const CdToken *token);
CdMathNode *cd_math_parse_delimited (CdMathParser *parser, int open);
CdMathNode *cd_math_parse_absolute (CdMathParser *parser);
CdMathNode *cd_math_parse_braces (CdMathParser *parser);
CdMathNode *cd_math_parse_matrix (CdMathParser *parser, const char *name);
/* The text of the tokens of an index or an accent's argument: {n+1}, 1, \text{max}. */
const char *cd_math_argument_text (CdMathParser *parser);
/* NULL where the number is out of bounds. */
CdMathNode *cd_math_number_node (CdMathArena *arena, const CdToken *token);
/* TRUE where the digits are digits of the base: value is then set. */
gboolean cd_math_based_value (mpq_ptr value, const char *digits, long base);
