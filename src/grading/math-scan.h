/* What the lexer's two files share while they go over a text. */
#pragma once
#include "grading/math-lexer.h"

#define CD_MATH_SCAN_BRACES 64u

typedef struct {
  CdMathArena *arena;
  const char *text;
  gsize at;
  const CdMathReading *reading;
  CdMathAmbiguity *ambiguity;
  CdToken *tokens;
  guint count;
  gboolean full;
  gboolean blank; /* blanks stood before what comes */
  guint upright;  /* how many \text{ are open */
  guint braces;
  gboolean silent[CD_MATH_SCAN_BRACES]; /* by depth: the brace is a \text's, and no token */
  guint delimiters;                     /* how many ( and [ are open */
  gboolean single_comma;                /* the text has one comma */
} CdMathScan;

CdToken *cd_math_scan_emit (CdMathScan *scan, CdTokenType type, int id, const char *text);
/* Digits with separators, a decimal point, digits that repeat, an exponent. */
void cd_math_scan_number (CdMathScan *scan);
/* ² ₁ ½ and the like; FALSE where none stands there. */
gboolean cd_math_scan_superscript (CdMathScan *scan);
