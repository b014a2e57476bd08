/* The words of math-lexer.h: LaTeX commands, plain words, Unicode characters, each table in the order of strcmp, and units of measurement.
 * How characters become tokens is the lexer's business. */
#include "grading/math-lexer.h"

#include <string.h>

/* clang-format off */
static const CdMathWord COMMANDS[] = {
  { "Bbb", CD_TOKEN_BLACKBOARD, 0, NULL },
  { "Big", CD_TOKEN_NONE, 0, NULL },
  { "Bigg", CD_TOKEN_NONE, 0, NULL },
  { "Biggl", CD_TOKEN_NONE, 0, NULL },
  { "Biggr", CD_TOKEN_NONE, 0, NULL },
  { "Bigl", CD_TOKEN_NONE, 0, NULL },
  { "Bigr", CD_TOKEN_NONE, 0, NULL },
  { "C", CD_TOKEN_NAMED_SET, 'C', NULL },
  { "Delta", CD_TOKEN_LETTER, 0, "Delta" },
  { "Gamma", CD_TOKEN_LETTER, 0, "Gamma" },
  { "Im", CD_TOKEN_FUNCTION, CD_MATH_IMAGINARY_PART, NULL },
  { "Lambda", CD_TOKEN_LETTER, 0, "Lambda" },
  { "Large", CD_TOKEN_NONE, 0, NULL },
  { "N", CD_TOKEN_NAMED_SET, 'N', NULL },
  { "Omega", CD_TOKEN_LETTER, 0, "Omega" },
  { "Phi", CD_TOKEN_LETTER, 0, "Phi" },
  { "Pi", CD_TOKEN_LETTER, 0, "Pi" },
  { "Psi", CD_TOKEN_LETTER, 0, "Psi" },
  { "Q", CD_TOKEN_NAMED_SET, 'Q', NULL },
  { "R", CD_TOKEN_NAMED_SET, 'R', NULL },
  { "Re", CD_TOKEN_FUNCTION, CD_MATH_REAL_PART, NULL },
  { "Sigma", CD_TOKEN_LETTER, 0, "Sigma" },
  { "Theta", CD_TOKEN_LETTER, 0, "Theta" },
  { "Vert", CD_TOKEN_BAR, 0, NULL },
  { "Xi", CD_TOKEN_LETTER, 0, "Xi" },
  { "Z", CD_TOKEN_NAMED_SET, 'Z', NULL },
  { "aleph", CD_TOKEN_LETTER, 0, "aleph" },
  { "alpha", CD_TOKEN_LETTER, 0, "alpha" },
  { "angle", CD_TOKEN_SHAPE, 0, NULL },
  { "approx", CD_TOKEN_RELATION, '~', NULL },
  { "arccos", CD_TOKEN_FUNCTION, CD_MATH_ARCCOS, NULL },
  { "arccot", CD_TOKEN_FUNCTION, CD_MATH_ARCCOT, NULL },
  { "arccsc", CD_TOKEN_FUNCTION, CD_MATH_ARCCSC, NULL },
  { "arcsec", CD_TOKEN_FUNCTION, CD_MATH_ARCSEC, NULL },
  { "arcsin", CD_TOKEN_FUNCTION, CD_MATH_ARCSIN, NULL },
  { "arctan", CD_TOKEN_FUNCTION, CD_MATH_ARCTAN, NULL },
  { "arctg", CD_TOKEN_FUNCTION, CD_MATH_ARCTAN, NULL },
  { "ast", CD_TOKEN_TIMES, 0, NULL },
  { "backslash", CD_TOKEN_SET_MINUS, 0, NULL },
  { "bar", CD_TOKEN_ACCENT, 0, "bar" },
  { "begin", CD_TOKEN_BEGIN, 0, NULL },
  { "beta", CD_TOKEN_LETTER, 0, "beta" },
  { "bf", CD_TOKEN_NONE, 0, NULL },
  { "big", CD_TOKEN_NONE, 0, NULL },
  { "bigcap", CD_TOKEN_INTERSECTION, 0, NULL },
  { "bigcup", CD_TOKEN_UNION, 0, NULL },
  { "bigg", CD_TOKEN_NONE, 0, NULL },
  { "biggl", CD_TOKEN_NONE, 0, NULL },
  { "biggr", CD_TOKEN_NONE, 0, NULL },
  { "bigl", CD_TOKEN_NONE, 0, NULL },
  { "bigm", CD_TOKEN_NONE, 0, NULL },
  { "bigr", CD_TOKEN_NONE, 0, NULL },
  { "binom", CD_TOKEN_BINOMIAL, 0, NULL },
  { "bm", CD_TOKEN_FONT, 0, NULL },
  { "bmod", CD_TOKEN_MODULO, 0, NULL },
  { "boldsymbol", CD_TOKEN_FONT, 0, NULL },
  { "boxed", CD_TOKEN_NONE, 0, NULL },
  { "bullet", CD_TOKEN_TIMES, 0, NULL },
  { "cap", CD_TOKEN_INTERSECTION, 0, NULL },
  { "cdot", CD_TOKEN_TIMES, 0, NULL },
  { "cdots", CD_TOKEN_DOTS, 0, NULL },
  { "cfrac", CD_TOKEN_FRACTION, 0, NULL },
  { "chi", CD_TOKEN_LETTER, 0, "chi" },
  { "choose", CD_TOKEN_CHOOSE, 0, NULL },
  { "circ", CD_TOKEN_DEGREE, 0, NULL },
  { "colon", CD_TOKEN_COLON, 0, NULL },
  { "coloneqq", CD_TOKEN_RELATION, '=', NULL },
  { "cong", CD_TOKEN_RELATION, 'c', NULL },
  { "cos", CD_TOKEN_FUNCTION, CD_MATH_COS, NULL },
  { "cosec", CD_TOKEN_FUNCTION, CD_MATH_CSC, NULL },
  { "cosh", CD_TOKEN_FUNCTION, CD_MATH_COSH, NULL },
  { "cot", CD_TOKEN_FUNCTION, CD_MATH_COT, NULL },
  { "coth", CD_TOKEN_FUNCTION, CD_MATH_COTH, NULL },
  { "cr", CD_TOKEN_ROW, 0, NULL },
  { "csc", CD_TOKEN_FUNCTION, CD_MATH_CSC, NULL },
  { "ctg", CD_TOKEN_FUNCTION, CD_MATH_COT, NULL },
  { "cup", CD_TOKEN_UNION, 0, NULL },
  { "dbinom", CD_TOKEN_BINOMIAL, 0, NULL },
  { "ddot", CD_TOKEN_ACCENT, 0, "ddot" },
  { "ddots", CD_TOKEN_DOTS, 0, NULL },
  { "degree", CD_TOKEN_DEGREE, 0, NULL },
  { "delta", CD_TOKEN_LETTER, 0, "delta" },
  { "det", CD_TOKEN_FUNCTION, CD_MATH_DETERMINANT, NULL },
  { "dfrac", CD_TOKEN_FRACTION, 0, NULL },
  { "displaystyle", CD_TOKEN_NONE, 0, NULL },
  { "div", CD_TOKEN_DIVIDE, 0, NULL },
  { "dollar", CD_TOKEN_CURRENCY, 0, "dollar" },
  { "dot", CD_TOKEN_ACCENT, 0, "dot" },
  { "doteq", CD_TOKEN_RELATION, '~', NULL },
  { "dots", CD_TOKEN_DOTS, 0, NULL },
  { "dotsb", CD_TOKEN_DOTS, 0, NULL },
  { "dotsc", CD_TOKEN_DOTS, 0, NULL },
  { "dotsm", CD_TOKEN_DOTS, 0, NULL },
  { "ell", CD_TOKEN_LETTER, 0, "ell" },
  { "emph", CD_TOKEN_TEXT_OPEN, 0, NULL },
  { "emptyset", CD_TOKEN_NAMED_SET, '0', NULL },
  { "end", CD_TOKEN_END_ENVIRONMENT, 0, NULL },
  { "enspace", CD_TOKEN_NONE, 0, NULL },
  { "ensuremath", CD_TOKEN_NONE, 0, NULL },
  { "epsilon", CD_TOKEN_LETTER, 0, "epsilon" },
  { "eq", CD_TOKEN_RELATION, '=', NULL },
  { "equiv", CD_TOKEN_RELATION, 'c', NULL },
  { "eta", CD_TOKEN_LETTER, 0, "eta" },
  { "euro", CD_TOKEN_CURRENCY, 0, "euro" },
  { "exp", CD_TOKEN_FUNCTION, CD_MATH_EXP, NULL },
  { "fbox", CD_TOKEN_NONE, 0, NULL },
  { "frac", CD_TOKEN_FRACTION, 0, NULL },
  { "gamma", CD_TOKEN_LETTER, 0, "gamma" },
  { "gcd", CD_TOKEN_FUNCTION, CD_MATH_GCD, NULL },
  { "ge", CD_TOKEN_RELATION, 'g', NULL },
  { "geq", CD_TOKEN_RELATION, 'g', NULL },
  { "geqq", CD_TOKEN_RELATION, 'g', NULL },
  { "geqslant", CD_TOKEN_RELATION, 'g', NULL },
  { "gt", CD_TOKEN_RELATION, '>', NULL },
  { "hat", CD_TOKEN_ACCENT, 0, "hat" },
  { "hbar", CD_TOKEN_LETTER, 0, "hbar" },
  { "hbox", CD_TOKEN_TEXT_OPEN, 0, NULL },
  { "hfill", CD_TOKEN_NONE, 0, NULL },
  { "hline", CD_TOKEN_NONE, 0, NULL },
  { "hspace", CD_TOKEN_NONE, 0, NULL },
  { "imath", CD_TOKEN_CONSTANT, CD_MATH_I, NULL },
  { "in", CD_TOKEN_RELATION, 'i', NULL },
  { "infty", CD_TOKEN_CONSTANT, CD_MATH_INFINITY, NULL },
  { "iota", CD_TOKEN_LETTER, 0, "iota" },
  { "it", CD_TOKEN_NONE, 0, NULL },
  { "kappa", CD_TOKEN_LETTER, 0, "kappa" },
  { "lVert", CD_TOKEN_BAR, 0, NULL },
  { "lambda", CD_TOKEN_LETTER, 0, "lambda" },
  { "land", CD_TOKEN_AND, 0, NULL },
  { "langle", CD_TOKEN_OPEN, '<', NULL },
  { "large", CD_TOKEN_NONE, 0, NULL },
  { "lbrace", CD_TOKEN_OPEN, '{', NULL },
  { "lbrack", CD_TOKEN_OPEN, '[', NULL },
  { "lceil", CD_TOKEN_OPEN, 'c', NULL },
  { "lcm", CD_TOKEN_FUNCTION, CD_MATH_LCM, NULL },
  { "ldots", CD_TOKEN_DOTS, 0, NULL },
  { "le", CD_TOKEN_RELATION, 'l', NULL },
  { "left", CD_TOKEN_NONE, 0, NULL },
  { "leq", CD_TOKEN_RELATION, 'l', NULL },
  { "leqq", CD_TOKEN_RELATION, 'l', NULL },
  { "leqslant", CD_TOKEN_RELATION, 'l', NULL },
  { "lfloor", CD_TOKEN_OPEN, 'f', NULL },
  { "lg", CD_TOKEN_FUNCTION, CD_MATH_LOG, "10" },
  { "limits", CD_TOKEN_NONE, 0, NULL },
  { "ln", CD_TOKEN_FUNCTION, CD_MATH_LN, NULL },
  { "log", CD_TOKEN_FUNCTION, CD_MATH_LOG, NULL },
  { "lor", CD_TOKEN_OR, 0, NULL },
  { "lparen", CD_TOKEN_OPEN, '(', NULL },
  { "lt", CD_TOKEN_RELATION, '<', NULL },
  { "lvert", CD_TOKEN_BAR, 0, NULL },
  { "mapsto", CD_TOKEN_RELATION, 't', NULL },
  { "mathbb", CD_TOKEN_BLACKBOARD, 0, NULL },
  { "mathbf", CD_TOKEN_FONT, 0, NULL },
  { "mathcal", CD_TOKEN_FONT, 0, NULL },
  { "mathfrak", CD_TOKEN_FONT, 0, NULL },
  { "mathit", CD_TOKEN_FONT, 0, NULL },
  { "mathnormal", CD_TOKEN_FONT, 0, NULL },
  { "mathop", CD_TOKEN_TEXT_OPEN, 0, NULL },
  { "mathrm", CD_TOKEN_TEXT_OPEN, 0, NULL },
  { "mathscr", CD_TOKEN_FONT, 0, NULL },
  { "mathsf", CD_TOKEN_TEXT_OPEN, 0, NULL },
  { "mathtt", CD_TOKEN_TEXT_OPEN, 0, NULL },
  { "max", CD_TOKEN_FUNCTION, CD_MATH_MAX, NULL },
  { "mbox", CD_TOKEN_TEXT_OPEN, 0, NULL },
  { "measuredangle", CD_TOKEN_SHAPE, 0, NULL },
  { "medspace", CD_TOKEN_NONE, 0, NULL },
  { "mid", CD_TOKEN_BAR, 0, NULL },
  { "middle", CD_TOKEN_NONE, 0, NULL },
  { "min", CD_TOKEN_FUNCTION, CD_MATH_MIN, NULL },
  { "mod", CD_TOKEN_MODULO, 0, NULL },
  { "mp", CD_TOKEN_MINUS_PLUS, 0, NULL },
  { "mu", CD_TOKEN_LETTER, 0, "mu" },
  { "nabla", CD_TOKEN_LETTER, 0, "nabla" },
  { "ne", CD_TOKEN_RELATION, 'n', NULL },
  { "negthinspace", CD_TOKEN_NONE, 0, NULL },
  { "neq", CD_TOKEN_RELATION, 'n', NULL },
  { "newline", CD_TOKEN_ROW, 0, NULL },
  { "nicefrac", CD_TOKEN_FRACTION, 0, NULL },
  { "nolimits", CD_TOKEN_NONE, 0, NULL },
  { "nonumber", CD_TOKEN_NONE, 0, NULL },
  { "notag", CD_TOKEN_NONE, 0, NULL },
  { "notin", CD_TOKEN_RELATION, 'o', NULL },
  { "nu", CD_TOKEN_LETTER, 0, "nu" },
  { "odot", CD_TOKEN_SHAPE, 0, NULL },
  { "omega", CD_TOKEN_LETTER, 0, "omega" },
  { "operatorname", CD_TOKEN_TEXT_OPEN, 0, NULL },
  { "over", CD_TOKEN_OVER, 0, NULL },
  { "overarc", CD_TOKEN_ACCENT, 0, "overarc" },
  { "overleftrightarrow", CD_TOKEN_ACCENT, 0, "overleftrightarrow" },
  { "overline", CD_TOKEN_ACCENT, 0, "overline" },
  { "overrightarrow", CD_TOKEN_ACCENT, 0, "overrightarrow" },
  { "overset", CD_TOKEN_ACCENT, 0, "overset" },
  { "parallel", CD_TOKEN_SHAPE, 0, NULL },
  { "partial", CD_TOKEN_LETTER, 0, "partial" },
  { "percent", CD_TOKEN_PERCENT, 0, NULL },
  { "perp", CD_TOKEN_SHAPE, 0, NULL },
  { "phantom", CD_TOKEN_NONE, 0, NULL },
  { "phi", CD_TOKEN_LETTER, 0, "phi" },
  { "pi", CD_TOKEN_CONSTANT, CD_MATH_PI, NULL },
  { "pm", CD_TOKEN_PLUS_MINUS, 0, NULL },
  { "pmb", CD_TOKEN_FONT, 0, NULL },
  { "pmod", CD_TOKEN_MODULO, 0, NULL },
  { "pounds", CD_TOKEN_CURRENCY, 0, "pound" },
  { "prime", CD_TOKEN_PRIME, 0, NULL },
  { "psi", CD_TOKEN_LETTER, 0, "psi" },
  { "qquad", CD_TOKEN_GAP, 0, NULL },
  { "quad", CD_TOKEN_GAP, 0, NULL },
  { "rVert", CD_TOKEN_BAR, 0, NULL },
  { "rangle", CD_TOKEN_CLOSE, '>', NULL },
  { "rbrace", CD_TOKEN_CLOSE, '}', NULL },
  { "rbrack", CD_TOKEN_CLOSE, ']', NULL },
  { "rceil", CD_TOKEN_CLOSE, 'c', NULL },
  { "reals", CD_TOKEN_NAMED_SET, 'R', NULL },
  { "rfloor", CD_TOKEN_CLOSE, 'f', NULL },
  { "rho", CD_TOKEN_LETTER, 0, "rho" },
  { "right", CD_TOKEN_NONE, 0, NULL },
  { "rightarrow", CD_TOKEN_RELATION, 't', NULL },
  { "rm", CD_TOKEN_NONE, 0, NULL },
  { "rparen", CD_TOKEN_CLOSE, ')', NULL },
  { "rvert", CD_TOKEN_BAR, 0, NULL },
  { "scriptscriptstyle", CD_TOKEN_NONE, 0, NULL },
  { "scriptstyle", CD_TOKEN_NONE, 0, NULL },
  { "sec", CD_TOKEN_FUNCTION, CD_MATH_SEC, NULL },
  { "setminus", CD_TOKEN_SET_MINUS, 0, NULL },
  { "sfrac", CD_TOKEN_FRACTION, 0, NULL },
  { "sgn", CD_TOKEN_FUNCTION, CD_MATH_SIGN, NULL },
  { "sigma", CD_TOKEN_LETTER, 0, "sigma" },
  { "sim", CD_TOKEN_RELATION, '~', NULL },
  { "simeq", CD_TOKEN_RELATION, '~', NULL },
  { "sin", CD_TOKEN_FUNCTION, CD_MATH_SIN, NULL },
  { "sinh", CD_TOKEN_FUNCTION, CD_MATH_SINH, NULL },
  { "smallsetminus", CD_TOKEN_SET_MINUS, 0, NULL },
  { "space", CD_TOKEN_NONE, 0, NULL },
  { "sqrt", CD_TOKEN_ROOT, 0, NULL },
  { "square", CD_TOKEN_SHAPE, 0, NULL },
  { "strut", CD_TOKEN_NONE, 0, NULL },
  { "subset", CD_TOKEN_RELATION, 's', NULL },
  { "subseteq", CD_TOKEN_RELATION, 's', NULL },
  { "tan", CD_TOKEN_FUNCTION, CD_MATH_TAN, NULL },
  { "tanh", CD_TOKEN_FUNCTION, CD_MATH_TANH, NULL },
  { "tau", CD_TOKEN_LETTER, 0, "tau" },
  { "tbinom", CD_TOKEN_BINOMIAL, 0, NULL },
  { "text", CD_TOKEN_TEXT_OPEN, 0, NULL },
  { "textbf", CD_TOKEN_TEXT_OPEN, 0, NULL },
  { "textcolor", CD_TOKEN_NONE, 0, NULL },
  { "textit", CD_TOKEN_TEXT_OPEN, 0, NULL },
  { "textnormal", CD_TOKEN_TEXT_OPEN, 0, NULL },
  { "textrm", CD_TOKEN_TEXT_OPEN, 0, NULL },
  { "textsf", CD_TOKEN_TEXT_OPEN, 0, NULL },
  { "textstyle", CD_TOKEN_NONE, 0, NULL },
  { "texttt", CD_TOKEN_TEXT_OPEN, 0, NULL },
  { "tfrac", CD_TOKEN_FRACTION, 0, NULL },
  { "tg", CD_TOKEN_FUNCTION, CD_MATH_TAN, NULL },
  { "theta", CD_TOKEN_LETTER, 0, "theta" },
  { "thinspace", CD_TOKEN_NONE, 0, NULL },
  { "tilde", CD_TOKEN_ACCENT, 0, "tilde" },
  { "times", CD_TOKEN_TIMES, 0, NULL },
  { "to", CD_TOKEN_RELATION, 't', NULL },
  { "triangle", CD_TOKEN_SHAPE, 0, NULL },
  { "triangleq", CD_TOKEN_RELATION, '=', NULL },
  { "underline", CD_TOKEN_ACCENT, 0, "underline" },
  { "unit", CD_TOKEN_TEXT_OPEN, 0, NULL },
  { "uppi", CD_TOKEN_CONSTANT, CD_MATH_PI, NULL },
  { "upsilon", CD_TOKEN_LETTER, 0, "upsilon" },
  { "varepsilon", CD_TOKEN_LETTER, 0, "epsilon" },
  { "varnothing", CD_TOKEN_NAMED_SET, '0', NULL },
  { "varphi", CD_TOKEN_LETTER, 0, "phi" },
  { "varrho", CD_TOKEN_LETTER, 0, "rho" },
  { "vartheta", CD_TOKEN_LETTER, 0, "theta" },
  { "vdots", CD_TOKEN_DOTS, 0, NULL },
  { "vec", CD_TOKEN_ACCENT, 0, "vec" },
  { "vee", CD_TOKEN_OR, 0, NULL },
  { "vert", CD_TOKEN_BAR, 0, NULL },
  { "wedge", CD_TOKEN_AND, 0, NULL },
  { "widehat", CD_TOKEN_ACCENT, 0, "widehat" },
  { "wideparen", CD_TOKEN_ACCENT, 0, "wideparen" },
  { "widetilde", CD_TOKEN_ACCENT, 0, "widetilde" },
  { "xi", CD_TOKEN_LETTER, 0, "xi" },
  { "yen", CD_TOKEN_CURRENCY, 0, "yen" },
  { "zeta", CD_TOKEN_LETTER, 0, "zeta" },
};

static const CdMathWord WORDS[] = {
  { "about", CD_TOKEN_NONE, 0, NULL },
  { "abs", CD_TOKEN_FUNCTION, CD_MATH_ABS, NULL },
  { "acos", CD_TOKEN_FUNCTION, CD_MATH_ARCCOS, NULL },
  { "acosh", CD_TOKEN_FUNCTION, CD_MATH_ARCOSH, NULL },
  { "acot", CD_TOKEN_FUNCTION, CD_MATH_ARCCOT, NULL },
  { "all", CD_TOKEN_WORD, 0, "all" },
  { "alpha", CD_TOKEN_LETTER, 0, "alpha" },
  { "am", CD_TOKEN_WORD, 0, "am" },
  { "an", CD_TOKEN_WORD, 0, "an" },
  { "and", CD_TOKEN_AND, 0, NULL },
  { "approx", CD_TOKEN_NONE, 0, NULL },
  { "approximately", CD_TOKEN_NONE, 0, NULL },
  { "arccos", CD_TOKEN_FUNCTION, CD_MATH_ARCCOS, NULL },
  { "arccosh", CD_TOKEN_FUNCTION, CD_MATH_ARCOSH, NULL },
  { "arccot", CD_TOKEN_FUNCTION, CD_MATH_ARCCOT, NULL },
  { "arccsc", CD_TOKEN_FUNCTION, CD_MATH_ARCCSC, NULL },
  { "arcosh", CD_TOKEN_FUNCTION, CD_MATH_ARCOSH, NULL },
  { "arcsec", CD_TOKEN_FUNCTION, CD_MATH_ARCSEC, NULL },
  { "arcsin", CD_TOKEN_FUNCTION, CD_MATH_ARCSIN, NULL },
  { "arcsinh", CD_TOKEN_FUNCTION, CD_MATH_ARSINH, NULL },
  { "arctan", CD_TOKEN_FUNCTION, CD_MATH_ARCTAN, NULL },
  { "arctanh", CD_TOKEN_FUNCTION, CD_MATH_ARTANH, NULL },
  { "are", CD_TOKEN_WORD, 0, "are" },
  { "arsinh", CD_TOKEN_FUNCTION, CD_MATH_ARSINH, NULL },
  { "artanh", CD_TOKEN_FUNCTION, CD_MATH_ARTANH, NULL },
  { "asin", CD_TOKEN_FUNCTION, CD_MATH_ARCSIN, NULL },
  { "asinh", CD_TOKEN_FUNCTION, CD_MATH_ARSINH, NULL },
  { "at", CD_TOKEN_WORD, 0, "at" },
  { "atan", CD_TOKEN_FUNCTION, CD_MATH_ARCTAN, NULL },
  { "atanh", CD_TOKEN_FUNCTION, CD_MATH_ARTANH, NULL },
  { "because", CD_TOKEN_CONDITION, 0, NULL },
  { "beta", CD_TOKEN_LETTER, 0, "beta" },
  { "binom", CD_TOKEN_FUNCTION, CD_MATH_BINOMIAL, NULL },
  { "binomial", CD_TOKEN_FUNCTION, CD_MATH_BINOMIAL, NULL },
  { "car", CD_TOKEN_WORD, 0, "car" },
  { "cbrt", CD_TOKEN_FUNCTION, CD_MATH_CBRT, NULL },
  { "ceil", CD_TOKEN_FUNCTION, CD_MATH_CEILING, NULL },
  { "ceiling", CD_TOKEN_FUNCTION, CD_MATH_CEILING, NULL },
  { "cm", CD_TOKEN_WORD, 0, "cm" },
  { "conj", CD_TOKEN_FUNCTION, CD_MATH_CONJUGATE, NULL },
  { "cos", CD_TOKEN_FUNCTION, CD_MATH_COS, NULL },
  { "cosh", CD_TOKEN_FUNCTION, CD_MATH_COSH, NULL },
  { "cot", CD_TOKEN_FUNCTION, CD_MATH_COT, NULL },
  { "coth", CD_TOKEN_FUNCTION, CD_MATH_COTH, NULL },
  { "csc", CD_TOKEN_FUNCTION, CD_MATH_CSC, NULL },
  { "cup", CD_TOKEN_UNION, 0, NULL },
  { "day", CD_TOKEN_WORD, 0, "day" },
  { "deg", CD_TOKEN_DEGREE, 0, NULL },
  { "degree", CD_TOKEN_DEGREE, 0, NULL },
  { "degrees", CD_TOKEN_DEGREE, 0, NULL },
  { "delta", CD_TOKEN_LETTER, 0, "delta" },
  { "det", CD_TOKEN_FUNCTION, CD_MATH_DETERMINANT, NULL },
  { "dne", CD_TOKEN_WORD, 0, "dne" },
  { "eight", CD_TOKEN_NUMBER, 0, "8" },
  { "eleven", CD_TOKEN_NUMBER, 0, "11" },
  { "emptyset", CD_TOKEN_NAMED_SET, '0', NULL },
  { "epsilon", CD_TOKEN_LETTER, 0, "epsilon" },
  { "equals", CD_TOKEN_RELATION, '=', NULL },
  { "ev", CD_TOKEN_WORD, 0, "ev" },
  { "even", CD_TOKEN_WORD, 0, "even" },
  { "exactly", CD_TOKEN_NONE, 0, NULL },
  { "exp", CD_TOKEN_FUNCTION, CD_MATH_EXP, NULL },
  { "five", CD_TOKEN_NUMBER, 0, "5" },
  { "floor", CD_TOKEN_FUNCTION, CD_MATH_FLOOR, NULL },
  { "for", CD_TOKEN_CONDITION, 0, NULL },
  { "four", CD_TOKEN_NUMBER, 0, "4" },
  { "ft", CD_TOKEN_WORD, 0, "ft" },
  { "gamma", CD_TOKEN_LETTER, 0, "gamma" },
  { "gcd", CD_TOKEN_FUNCTION, CD_MATH_GCD, NULL },
  { "he", CD_TOKEN_WORD, 0, "he" },
  { "hr", CD_TOKEN_WORD, 0, "hr" },
  { "hrs", CD_TOKEN_WORD, 0, "hrs" },
  { "hz", CD_TOKEN_WORD, 0, "hz" },
  { "if", CD_TOKEN_CONDITION, 0, NULL },
  { "in", CD_TOKEN_RELATION, 'i', NULL },
  { "inf", CD_TOKEN_CONSTANT, CD_MATH_INFINITY, NULL },
  { "infinity", CD_TOKEN_CONSTANT, CD_MATH_INFINITY, NULL },
  { "infty", CD_TOKEN_CONSTANT, CD_MATH_INFINITY, NULL },
  { "intersect", CD_TOKEN_INTERSECTION, 0, NULL },
  { "is", CD_TOKEN_WORD, 0, "is" },
  { "it", CD_TOKEN_WORD, 0, "it" },
  { "kg", CD_TOKEN_WORD, 0, "kg" },
  { "km", CD_TOKEN_WORD, 0, "km" },
  { "kpa", CD_TOKEN_WORD, 0, "kpa" },
  { "lambda", CD_TOKEN_LETTER, 0, "lambda" },
  { "lb", CD_TOKEN_WORD, 0, "lb" },
  { "lbs", CD_TOKEN_WORD, 0, "lbs" },
  { "lcm", CD_TOKEN_FUNCTION, CD_MATH_LCM, NULL },
  { "lg", CD_TOKEN_FUNCTION, CD_MATH_LOG, "10" },
  { "ln", CD_TOKEN_FUNCTION, CD_MATH_LN, NULL },
  { "log", CD_TOKEN_FUNCTION, CD_MATH_LOG, NULL },
  { "max", CD_TOKEN_FUNCTION, CD_MATH_MAX, NULL },
  { "may", CD_TOKEN_WORD, 0, "may" },
  { "men", CD_TOKEN_WORD, 0, "men" },
  { "mg", CD_TOKEN_WORD, 0, "mg" },
  { "mi", CD_TOKEN_WORD, 0, "mi" },
  { "min", CD_TOKEN_FUNCTION, CD_MATH_MIN, NULL },
  { "mins", CD_TOKEN_WORD, 0, "mins" },
  { "ml", CD_TOKEN_WORD, 0, "ml" },
  { "mm", CD_TOKEN_WORD, 0, "mm" },
  { "mod", CD_TOKEN_MODULO, 0, NULL },
  { "mol", CD_TOKEN_WORD, 0, "mol" },
  { "mon", CD_TOKEN_WORD, 0, "mon" },
  { "mph", CD_TOKEN_WORD, 0, "mph" },
  { "mu", CD_TOKEN_LETTER, 0, "mu" },
  { "nine", CD_TOKEN_NUMBER, 0, "9" },
  { "nm", CD_TOKEN_WORD, 0, "nm" },
  { "no", CD_TOKEN_WORD, 0, "no" },
  { "none", CD_TOKEN_WORD, 0, "none" },
  { "not", CD_TOKEN_WORD, 0, "not" },
  { "odd", CD_TOKEN_WORD, 0, "odd" },
  { "of", CD_TOKEN_WORD, 0, "of" },
  { "omega", CD_TOKEN_LETTER, 0, "omega" },
  { "on", CD_TOKEN_WORD, 0, "on" },
  { "one", CD_TOKEN_NUMBER, 0, "1" },
  { "oo", CD_TOKEN_CONSTANT, CD_MATH_INFINITY, NULL },
  { "or", CD_TOKEN_OR, 0, NULL },
  { "oz", CD_TOKEN_WORD, 0, "oz" },
  { "per", CD_TOKEN_WORD, 0, "per" },
  { "percent", CD_TOKEN_PERCENT, 0, NULL },
  { "phi", CD_TOKEN_LETTER, 0, "phi" },
  { "pi", CD_TOKEN_CONSTANT, CD_MATH_PI, NULL },
  { "pm", CD_TOKEN_WORD, 0, "pm" },
  { "reals", CD_TOKEN_NAMED_SET, 'R', NULL },
  { "red", CD_TOKEN_WORD, 0, "red" },
  { "rho", CD_TOKEN_LETTER, 0, "rho" },
  { "roughly", CD_TOKEN_NONE, 0, NULL },
  { "sec", CD_TOKEN_FUNCTION, CD_MATH_SEC, NULL },
  { "seven", CD_TOKEN_NUMBER, 0, "7" },
  { "sgn", CD_TOKEN_FUNCTION, CD_MATH_SIGN, NULL },
  { "she", CD_TOKEN_WORD, 0, "she" },
  { "sigma", CD_TOKEN_LETTER, 0, "sigma" },
  { "sign", CD_TOKEN_FUNCTION, CD_MATH_SIGN, NULL },
  { "sin", CD_TOKEN_FUNCTION, CD_MATH_SIN, NULL },
  { "since", CD_TOKEN_CONDITION, 0, NULL },
  { "sinh", CD_TOKEN_FUNCTION, CD_MATH_SINH, NULL },
  { "six", CD_TOKEN_NUMBER, 0, "6" },
  { "sqrt", CD_TOKEN_FUNCTION, CD_MATH_SQRT, NULL },
  { "such", CD_TOKEN_CONDITION, 0, NULL },
  { "sum", CD_TOKEN_WORD, 0, "sum" },
  { "sun", CD_TOKEN_WORD, 0, "sun" },
  { "tan", CD_TOKEN_FUNCTION, CD_MATH_TAN, NULL },
  { "tanh", CD_TOKEN_FUNCTION, CD_MATH_TANH, NULL },
  { "tau", CD_TOKEN_LETTER, 0, "tau" },
  { "ten", CD_TOKEN_NUMBER, 0, "10" },
  { "the", CD_TOKEN_WORD, 0, "the" },
  { "theta", CD_TOKEN_LETTER, 0, "theta" },
  { "three", CD_TOKEN_NUMBER, 0, "3" },
  { "tie", CD_TOKEN_WORD, 0, "tie" },
  { "times", CD_TOKEN_TIMES, 0, NULL },
  { "to", CD_TOKEN_WORD, 0, "to" },
  { "twelve", CD_TOKEN_NUMBER, 0, "12" },
  { "two", CD_TOKEN_NUMBER, 0, "2" },
  { "union", CD_TOKEN_UNION, 0, NULL },
  { "units", CD_TOKEN_WORD, 0, "units" },
  { "when", CD_TOKEN_CONDITION, 0, NULL },
  { "whenever", CD_TOKEN_CONDITION, 0, NULL },
  { "where", CD_TOKEN_CONDITION, 0, NULL },
  { "win", CD_TOKEN_WORD, 0, "win" },
  { "with", CD_TOKEN_CONDITION, 0, NULL },
  { "won", CD_TOKEN_WORD, 0, "won" },
  { "yd", CD_TOKEN_WORD, 0, "yd" },
  { "yes", CD_TOKEN_WORD, 0, "yes" },
  { "zero", CD_TOKEN_NUMBER, 0, "0" },
};

static const CdMathWord CHARACTERS[] = {
  { "\xc2\xa0", CD_TOKEN_NONE, 0, NULL }, /* U+00A0 */
  { "\xc2\xa2", CD_TOKEN_WORD, 0, "cent" }, /* ¢ */
  { "\xc2\xa3", CD_TOKEN_CURRENCY, 0, "pound" }, /* £ */
  { "\xc2\xa5", CD_TOKEN_CURRENCY, 0, "yen" }, /* ¥ */
  { "\xc2\xb0", CD_TOKEN_DEGREE, 0, NULL }, /* ° */
  { "\xc2\xb1", CD_TOKEN_PLUS_MINUS, 0, NULL }, /* ± */
  { "\xc2\xb7", CD_TOKEN_TIMES, 0, NULL }, /* · */
  { "\xc2\xba", CD_TOKEN_DEGREE, 0, NULL }, /* º */
  { "\xc3\x97", CD_TOKEN_TIMES, 0, NULL }, /* × */
  { "\xc3\xb7", CD_TOKEN_DIVIDE, 0, NULL }, /* ÷ */
  { "\xcb\x9a", CD_TOKEN_DEGREE, 0, NULL }, /* ˚ */
  { "\xce\x93", CD_TOKEN_LETTER, 0, "Gamma" }, /* Γ */
  { "\xce\x94", CD_TOKEN_LETTER, 0, "Delta" }, /* Δ */
  { "\xce\x98", CD_TOKEN_LETTER, 0, "Theta" }, /* Θ */
  { "\xce\x9b", CD_TOKEN_LETTER, 0, "Lambda" }, /* Λ */
  { "\xce\xa3", CD_TOKEN_LETTER, 0, "Sigma" }, /* Σ */
  { "\xce\xa6", CD_TOKEN_LETTER, 0, "Phi" }, /* Φ */
  { "\xce\xa8", CD_TOKEN_LETTER, 0, "Psi" }, /* Ψ */
  { "\xce\xa9", CD_TOKEN_LETTER, 0, "Omega" }, /* Ω */
  { "\xce\xb1", CD_TOKEN_LETTER, 0, "alpha" }, /* α */
  { "\xce\xb2", CD_TOKEN_LETTER, 0, "beta" }, /* β */
  { "\xce\xb3", CD_TOKEN_LETTER, 0, "gamma" }, /* γ */
  { "\xce\xb4", CD_TOKEN_LETTER, 0, "delta" }, /* δ */
  { "\xce\xb5", CD_TOKEN_LETTER, 0, "epsilon" }, /* ε */
  { "\xce\xb8", CD_TOKEN_LETTER, 0, "theta" }, /* θ */
  { "\xce\xbb", CD_TOKEN_LETTER, 0, "lambda" }, /* λ */
  { "\xce\xbc", CD_TOKEN_LETTER, 0, "mu" }, /* μ */
  { "\xce\xbe", CD_TOKEN_LETTER, 0, "xi" }, /* ξ */
  { "\xcf\x80", CD_TOKEN_CONSTANT, CD_MATH_PI, NULL }, /* π */
  { "\xcf\x81", CD_TOKEN_LETTER, 0, "rho" }, /* ρ */
  { "\xcf\x83", CD_TOKEN_LETTER, 0, "sigma" }, /* σ */
  { "\xcf\x84", CD_TOKEN_LETTER, 0, "tau" }, /* τ */
  { "\xcf\x86", CD_TOKEN_LETTER, 0, "phi" }, /* φ */
  { "\xcf\x87", CD_TOKEN_LETTER, 0, "chi" }, /* χ */
  { "\xcf\x88", CD_TOKEN_LETTER, 0, "psi" }, /* ψ */
  { "\xcf\x89", CD_TOKEN_LETTER, 0, "omega" }, /* ω */
  { "\xcf\x95", CD_TOKEN_LETTER, 0, "phi" }, /* ϕ */
  { "\xe2\x80\x82", CD_TOKEN_NONE, 0, NULL }, /* U+2002 */
  { "\xe2\x80\x89", CD_TOKEN_NONE, 0, NULL }, /* U+2009 */
  { "\xe2\x80\x8b", CD_TOKEN_NONE, 0, NULL }, /* U+200B */
  { "\xe2\x80\x90", CD_TOKEN_MINUS, 0, NULL }, /* ‐ */
  { "\xe2\x80\x91", CD_TOKEN_MINUS, 0, NULL }, /* ‑ */
  { "\xe2\x80\x93", CD_TOKEN_MINUS, 0, NULL }, /* – */
  { "\xe2\x80\x94", CD_TOKEN_MINUS, 0, NULL }, /* — */
  { "\xe2\x80\x99", CD_TOKEN_PRIME, 0, NULL }, /* ’ */
  { "\xe2\x80\xa6", CD_TOKEN_DOTS, 0, NULL }, /* … */
  { "\xe2\x80\xaf", CD_TOKEN_NONE, 0, NULL }, /* U+202F */
  { "\xe2\x80\xb2", CD_TOKEN_PRIME, 0, NULL }, /* ′ */
  { "\xe2\x81\x84", CD_TOKEN_DIVIDE, 0, NULL }, /* ⁄ */
  { "\xe2\x82\xac", CD_TOKEN_CURRENCY, 0, "euro" }, /* € */
  { "\xe2\x84\x82", CD_TOKEN_NAMED_SET, 'C', NULL }, /* ℂ */
  { "\xe2\x84\x93", CD_TOKEN_LETTER, 0, "ell" }, /* ℓ */
  { "\xe2\x84\x95", CD_TOKEN_NAMED_SET, 'N', NULL }, /* ℕ */
  { "\xe2\x84\x9a", CD_TOKEN_NAMED_SET, 'Q', NULL }, /* ℚ */
  { "\xe2\x84\x9d", CD_TOKEN_NAMED_SET, 'R', NULL }, /* ℝ */
  { "\xe2\x84\xa4", CD_TOKEN_NAMED_SET, 'Z', NULL }, /* ℤ */
  { "\xe2\x86\x92", CD_TOKEN_RELATION, 't', NULL }, /* → */
  { "\xe2\x88\x85", CD_TOKEN_NAMED_SET, '0', NULL }, /* ∅ */
  { "\xe2\x88\x88", CD_TOKEN_RELATION, 'i', NULL }, /* ∈ */
  { "\xe2\x88\x89", CD_TOKEN_RELATION, 'o', NULL }, /* ∉ */
  { "\xe2\x88\x92", CD_TOKEN_MINUS, 0, NULL }, /* − */
  { "\xe2\x88\x93", CD_TOKEN_MINUS_PLUS, 0, NULL }, /* ∓ */
  { "\xe2\x88\x95", CD_TOKEN_DIVIDE, 0, NULL }, /* ∕ */
  { "\xe2\x88\x96", CD_TOKEN_SET_MINUS, 0, NULL }, /* ∖ */
  { "\xe2\x88\x97", CD_TOKEN_TIMES, 0, NULL }, /* ∗ */
  { "\xe2\x88\x99", CD_TOKEN_TIMES, 0, NULL }, /* ∙ */
  { "\xe2\x88\x9a", CD_TOKEN_FUNCTION, CD_MATH_SQRT, NULL }, /* √ */
  { "\xe2\x88\x9b", CD_TOKEN_FUNCTION, CD_MATH_CBRT, NULL }, /* ∛ */
  { "\xe2\x88\x9e", CD_TOKEN_CONSTANT, CD_MATH_INFINITY, NULL }, /* ∞ */
  { "\xe2\x88\xa0", CD_TOKEN_SHAPE, 0, NULL }, /* ∠ */
  { "\xe2\x88\xa3", CD_TOKEN_BAR, 0, NULL }, /* ∣ */
  { "\xe2\x88\xa7", CD_TOKEN_AND, 0, NULL }, /* ∧ */
  { "\xe2\x88\xa8", CD_TOKEN_OR, 0, NULL }, /* ∨ */
  { "\xe2\x88\xa9", CD_TOKEN_INTERSECTION, 0, NULL }, /* ∩ */
  { "\xe2\x88\xaa", CD_TOKEN_UNION, 0, NULL }, /* ∪ */
  { "\xe2\x88\xbc", CD_TOKEN_RELATION, '~', NULL }, /* ∼ */
  { "\xe2\x89\x88", CD_TOKEN_RELATION, '~', NULL }, /* ≈ */
  { "\xe2\x89\xa0", CD_TOKEN_RELATION, 'n', NULL }, /* ≠ */
  { "\xe2\x89\xa1", CD_TOKEN_RELATION, 'c', NULL }, /* ≡ */
  { "\xe2\x89\xa4", CD_TOKEN_RELATION, 'l', NULL }, /* ≤ */
  { "\xe2\x89\xa5", CD_TOKEN_RELATION, 'g', NULL }, /* ≥ */
  { "\xe2\x89\xa6", CD_TOKEN_RELATION, 'l', NULL }, /* ≦ */
  { "\xe2\x89\xa7", CD_TOKEN_RELATION, 'g', NULL }, /* ≧ */
  { "\xe2\x8a\x82", CD_TOKEN_RELATION, 's', NULL }, /* ⊂ */
  { "\xe2\x8a\x86", CD_TOKEN_RELATION, 's', NULL }, /* ⊆ */
  { "\xe2\x8b\x85", CD_TOKEN_TIMES, 0, NULL }, /* ⋅ */
  { "\xe2\x8b\xaf", CD_TOKEN_DOTS, 0, NULL }, /* ⋯ */
  { "\xe2\x8c\x88", CD_TOKEN_OPEN, 'c', NULL }, /* ⌈ */
  { "\xe2\x8c\x89", CD_TOKEN_CLOSE, 'c', NULL }, /* ⌉ */
  { "\xe2\x8c\x8a", CD_TOKEN_OPEN, 'f', NULL }, /* ⌊ */
  { "\xe2\x8c\x8b", CD_TOKEN_CLOSE, 'f', NULL }, /* ⌋ */
  { "\xe2\x96\xb3", CD_TOKEN_SHAPE, 0, NULL }, /* △ */
  { "\xe2\x9f\xa8", CD_TOKEN_OPEN, '<', NULL }, /* ⟨ */
  { "\xe2\x9f\xa9", CD_TOKEN_CLOSE, '>', NULL }, /* ⟩ */
  { "\xe2\xa9\xbd", CD_TOKEN_RELATION, 'l', NULL }, /* ⩽ */
  { "\xe2\xa9\xbe", CD_TOKEN_RELATION, 'g', NULL }, /* ⩾ */
  { "\xe3\x80\x80", CD_TOKEN_NONE, 0, NULL }, /* U+3000 */
  { "\xe3\x80\x81", CD_TOKEN_COMMA, 0, NULL }, /* 、 */
  { "\xe3\x80\x82", CD_TOKEN_NONE, 0, NULL }, /* 。 */
  { "\xe3\x80\x88", CD_TOKEN_OPEN, '<', NULL }, /* 〈 */
  { "\xe3\x80\x89", CD_TOKEN_CLOSE, '>', NULL }, /* 〉 */
  { "\xe3\x80\x90", CD_TOKEN_OPEN, '[', NULL }, /* 【 */
  { "\xe3\x80\x91", CD_TOKEN_CLOSE, ']', NULL }, /* 】 */
  { "\xe5\x92\x8c", CD_TOKEN_AND, 0, NULL }, /* 和 */
  { "\xe6\x88\x96", CD_TOKEN_OR, 0, NULL }, /* 或 */
  { "\xef\xbb\xbf", CD_TOKEN_NONE, 0, NULL }, /* U+FEFF */
  { "\xef\xbc\x85", CD_TOKEN_PERCENT, 0, NULL }, /* ％ */
  { "\xef\xbc\x88", CD_TOKEN_OPEN, '(', NULL }, /* （ */
  { "\xef\xbc\x89", CD_TOKEN_CLOSE, ')', NULL }, /* ） */
  { "\xef\xbc\x8b", CD_TOKEN_PLUS, 0, NULL }, /* ＋ */
  { "\xef\xbc\x8c", CD_TOKEN_COMMA, 0, NULL }, /* ， */
  { "\xef\xbc\x8d", CD_TOKEN_MINUS, 0, NULL }, /* － */
  { "\xef\xbc\x9a", CD_TOKEN_COLON, 0, NULL }, /* ： */
  { "\xef\xbc\x9b", CD_TOKEN_SEMICOLON, 0, NULL }, /* ； */
  { "\xef\xbc\x9c", CD_TOKEN_RELATION, '<', NULL }, /* ＜ */
  { "\xef\xbc\x9d", CD_TOKEN_RELATION, '=', NULL }, /* ＝ */
  { "\xef\xbc\x9e", CD_TOKEN_RELATION, '>', NULL }, /* ＞ */
  { "\xef\xbf\xa5", CD_TOKEN_CURRENCY, 0, "yen" }, /* ￥ */
};

/* Each in the unit that its dimension is told in; money by currency. Factors from the SI and the international yard and pound (1959). */
static const CdMathUnit UNITS[] = {
  { "m", "m", 1 }, { "meter", "m", 1 }, { "metre", "m", 1 }, { "cm", "m", 0.01 }, { "centimeter", "m", 0.01 }, { "centimetre", "m", 0.01 },
  { "mm", "m", 0.001 }, { "millimeter", "m", 0.001 }, { "millimetre", "m", 0.001 }, { "km", "m", 1000 }, { "kilometer", "m", 1000 }, { "kilometre", "m", 1000 },
  { "nm", "m", 1e-9 }, { "nanometer", "m", 1e-9 }, { "inch", "m", 0.0254 }, { "inche", "m", 0.0254 }, { "foot", "m", 0.3048 }, { "feet", "m", 0.3048 },
  { "ft", "m", 0.3048 }, { "yard", "m", 0.9144 }, { "yd", "m", 0.9144 }, { "mile", "m", 1609.344 }, { "mi", "m", 1609.344 },
  { "s", "s", 1 }, { "sec", "s", 1 }, { "second", "s", 1 }, { "min", "s", 60 }, { "minute", "s", 60 }, { "h", "s", 3600 }, { "hr", "s", 3600 },
  { "hour", "s", 3600 }, { "day", "s", 86400 }, { "week", "s", 604800 }, { "month", "month", 1 }, { "year", "month", 12 },
  { "g", "kg", 0.001 }, { "gram", "kg", 0.001 }, { "kg", "kg", 1 }, { "kilogram", "kg", 1 }, { "mg", "kg", 1e-6 }, { "pound", "kg", 0.45359237 },
  { "lb", "kg", 0.45359237 }, { "ounce", "kg", 0.028349523125 }, { "oz", "kg", 0.028349523125 }, { "ton", "ton", 1 },
  { "l", "l", 1 }, { "liter", "l", 1 }, { "litre", "l", 1 }, { "ml", "l", 0.001 }, { "milliliter", "l", 0.001 }, { "millilitre", "l", 0.001 },
  { "gallon", "gallon", 1 }, { "quart", "gallon", 0.25 }, { "pint", "gallon", 0.125 }, { "cup", "gallon", 0.0625 },
  { "dollar", "dollar", 1 }, { "usd", "dollar", 1 }, { "cent", "dollar", 0.01 }, { "euro", "euro", 1 }, { "yen", "yen", 1 }, { "rs", "rupee", 1 }, { "rupee", "rupee", 1 },
  { "degree", "degree", 1 }, { "radian", "radian", 1 }, { "rad", "radian", 1 }, { "j", "j", 1 }, { "joule", "j", 1 }, { "kj", "j", 1000 }, { "kilojoule", "j", 1000 }, { "ev", "ev", 1 },
  { "w", "w", 1 }, { "watt", "w", 1 }, { "kw", "w", 1000 }, { "n", "n", 1 }, { "newton", "n", 1 }, { "v", "v", 1 }, { "volt", "v", 1 }, { "mv", "v", 0.001 },
  { "pa", "pa", 1 }, { "kpa", "pa", 1000 }, { "atm", "atm", 1 }, { "k", "k", 1 }, { "kelvin", "k", 1 }, { "hz", "hz", 1 }, { "khz", "hz", 1000 }, { "mhz", "hz", 1e6 },
  { "c", "c", 1 }, { "coulomb", "c", 1 }, { "a", "a", 1 }, { "ampere", "a", 1 }, { "t", "t", 1 }, { "tesla", "t", 1 }, { "mol", "mol", 1 }, { "mole", "mol", 1 }, { "mph", "mph", 1 }, { "km/h", "km/h", 1 }, { "kmh", "km/h", 1 }, { "m/s", "m/s", 1 }
};
/* clang-format on */

static int
compare_names (const char *name, gsize length, const char *row)
{
  int order = strncmp (name, row, length);
  return order != 0 ? order : row[length] == '\0' ? 0 : -1;
}

static const CdMathWord *
find (const CdMathWord *rows, gsize count, const char *name, gsize length)
{
  for (gsize low = 0, high = count; low < high;) {
    gsize middle = (low + high) / 2;
    int order = compare_names (name, length, rows[middle].name);
    if (order == 0)
      return &rows[middle];
    *(order < 0 ? &high : &low) = order < 0 ? middle : middle + 1;
  }
  return NULL;
}

const CdMathWord *
cd_math_command (const char *name, gsize length)
{
  return find (COMMANDS, G_N_ELEMENTS (COMMANDS), name, length);
}

const CdMathWord *
cd_math_word (const char *name, gsize length)
{
  return find (WORDS, G_N_ELEMENTS (WORDS), name, length);
}

const CdMathWord *
cd_math_character (const char *text, gsize *length)
{
  for (gsize bytes = 2; bytes <= 4; bytes++) {
    if (memchr (text, '\0', bytes) != NULL)
      return NULL;
    const CdMathWord *row = find (CHARACTERS, G_N_ELEMENTS (CHARACTERS), text, bytes);
    if (row != NULL) {
      *length = bytes;
      return row;
    }
  }
  return NULL;
}

const CdMathUnit *
cd_math_unit (const char *name)
{
  gsize length = strlen (name);
  for (gsize i = 0; i < G_N_ELEMENTS (UNITS); i++)
    if (strcmp (UNITS[i].name, name) == 0)
      return &UNITS[i];
  if (length > 3 && name[length - 1] == 's')
    for (gsize i = 0; i < G_N_ELEMENTS (UNITS); i++)
      if (compare_names (name, length - 1, UNITS[i].name) == 0)
        return &UNITS[i];
  return NULL;
}

const CdMathUnit *
cd_math_unit_of (const char *name)
{
  const CdMathUnit *unit = NULL;
  g_auto (GStrv) words = g_strsplit_set (name, " ^", 8);
  for (guint i = 0; words[i] != NULL && unit == NULL; i++) {
    g_autofree char *lower = g_ascii_strdown (words[i], -1);
    unit = cd_math_unit (lower);
  }
  return unit;
}
