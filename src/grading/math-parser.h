/* An answer's tree from its tokens: precedence climbing, depth bounded. */
#pragma once
#include "grading/math-lexer.h"

/* NULL where the text is no mathematics (a text answer, or what cannot be read). Where only what follows words and a
 * relation sign or colon can be read ("Area = 5"), that is the answer. */
CdMathNode *cd_math_parse (CdMathArena *arena, const char *text, const CdMathReading *reading, CdMathAmbiguity *ambiguity);
