/* Tokens of an answer in LaTeX, plain notation and Unicode alike, and the tables of words that give them. */
#pragma once
#include "grading/math-expression.h"

typedef enum {
  CD_TOKEN_END,
  CD_TOKEN_NONE,   /* in the tables only: what stands for nothing */
  CD_TOKEN_NUMBER, /* text: digits with at most one point; repeating: the digits that repeat */
  CD_TOKEN_LETTER, /* text: a symbol's name */
  CD_TOKEN_WORD,   /* text in lower case */
  CD_TOKEN_FUNCTION,
  CD_TOKEN_CONSTANT,
  CD_TOKEN_NAMED_SET,
  CD_TOKEN_PLUS,
  CD_TOKEN_MINUS,
  CD_TOKEN_PLUS_MINUS,
  CD_TOKEN_MINUS_PLUS,
  CD_TOKEN_TIMES,
  CD_TOKEN_DIVIDE,
  CD_TOKEN_MODULO,
  CD_TOKEN_POWER,
  CD_TOKEN_SUBSCRIPT,
  CD_TOKEN_FACTORIAL,
  CD_TOKEN_PERCENT,
  CD_TOKEN_DEGREE,
  CD_TOKEN_PRIME,
  CD_TOKEN_OPEN,  /* id: ( [ { (a set's) < (⟨) f (⌊) c (⌈) */
  CD_TOKEN_CLOSE, /* id: ) ] } > f c */
  CD_TOKEN_BRACE_OPEN,
  CD_TOKEN_BRACE_CLOSE,
  CD_TOKEN_BAR,
  CD_TOKEN_COMMA,
  CD_TOKEN_SEMICOLON,
  CD_TOKEN_COLON,
  CD_TOKEN_AND,
  CD_TOKEN_OR,
  CD_TOKEN_RELATION, /* id: an operator of CdMathNode */
  CD_TOKEN_UNION,
  CD_TOKEN_INTERSECTION,
  CD_TOKEN_SET_MINUS,
  CD_TOKEN_FRACTION,
  CD_TOKEN_ROOT,
  CD_TOKEN_BINOMIAL,
  CD_TOKEN_OVER,   /* a \over b */
  CD_TOKEN_CHOOSE, /* n \choose k */
  CD_TOKEN_ACCENT, /* \overline, \vec, \hat …; text: the accent */
  CD_TOKEN_BEGIN,  /* text: the environment */
  CD_TOKEN_END_ENVIRONMENT,
  CD_TOKEN_ROW,
  CD_TOKEN_CELL,
  CD_TOKEN_DOTS,
  CD_TOKEN_CURRENCY,  /* text: the unit */
  CD_TOKEN_CONDITION, /* "for", "where": what follows is no part of the answer */
  CD_TOKEN_SHAPE,     /* △ ∠: part of a name */
  CD_TOKEN_TEXT_OPEN, /* in the tables only: \text and the like */
  CD_TOKEN_FONT,      /* in the tables only: \mathbf and the like */
  CD_TOKEN_BLACKBOARD,
  CD_TOKEN_GAP, /* in the tables only: \quad */
  CD_TOKEN_UNREADABLE
} CdTokenType;

typedef struct {
  CdTokenType type;
  int id;
  const char *text;
  const char *repeating;
  gboolean spaced;  /* blanks stood before it */
  gboolean upright; /* in \text, \mathrm and the like */
  gboolean grouped; /* a number with separators of thousands */
} CdToken;

/* How an ambiguous notation is read. */
typedef struct {
  gboolean groups_are_lists;  /* 1,234 is two numbers */
  gboolean comma_is_point;    /* 3,14 is one number */
  gboolean log_is_decimal;    /* log without a base has base 10, else e */
  gboolean letters_are_units; /* a letter of the table of units behind a number and a blank is a unit */
} CdMathReading;

/* Which readings a text leaves open. */
typedef struct {
  gboolean groups, point, log, units;
} CdMathAmbiguity;

#define CD_MATH_TOKENS 3000u

/* NULL where there are more than CD_MATH_TOKENS. The last token is CD_TOKEN_END. */
CdToken *cd_math_tokens (CdMathArena *arena, const char *text, const CdMathReading *reading, CdMathAmbiguity *ambiguity, guint *length);

typedef struct {
  const char *name;
  CdTokenType type;
  int id;
  const char *text;
} CdMathWord;
/* The row for a LaTeX command (without backslash), a plain word in lower case, or the Unicode character at text (its bytes in length); NULL none. */
const CdMathWord *cd_math_command (const char *name, gsize length);
const CdMathWord *cd_math_word (const char *name, gsize length);
const CdMathWord *cd_math_character (const char *text, gsize *length);

typedef struct {
  const char *name;
  const char *unit; /* the one of its dimension in which others are told */
  double factor;    /* how many of it */
} CdMathUnit;
/* A unit by name or symbol; NULL none is known. */
const CdMathUnit *cd_math_unit (const char *name);
/* The first unit that is named in what stands behind a quantity; NULL none. */
const CdMathUnit *cd_math_unit_of (const char *words);
