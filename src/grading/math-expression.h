/* What a final answer is once it is read: nodes in an arena that lives for one comparison. Nodes are n-ary where operators chain, so that the depth
 * of a tree is bounded by the parser's. Everything here belongs to the arena; nothing is freed by itself. */
#pragma once
#include <glib.h>
#include <gmp.h>

typedef struct _CdMathArena CdMathArena;

CdMathArena *cd_math_arena_new (void);
void cd_math_arena_free (CdMathArena *arena);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdMathArena, cd_math_arena_free)
/* Zeroed bytes, aligned for any type. */
void *cd_math_arena_take (CdMathArena *arena, gsize bytes);
/* A copy with a NUL behind it. */
char *cd_math_arena_text (CdMathArena *arena, const char *text, gsize length);
char *cd_math_join (CdMathArena *arena, const char *first, const char *second, const char *third);
/* A rational of value 0. */
mpq_ptr cd_math_arena_rational (CdMathArena *arena);

typedef enum {
  CD_MATH_NUMBER,       /* value, decimals, digits */
  CD_MATH_CONSTANT,     /* constant */
  CD_MATH_SYMBOL,       /* name */
  CD_MATH_TEXT,         /* name */
  CD_MATH_NEGATE,       /* of one child */
  CD_MATH_RECIPROCAL,   /* of one child */
  CD_MATH_PLUS_MINUS,   /* ± one child; down: ∓ */
  CD_MATH_ADD,          /* of all children */
  CD_MATH_MULTIPLY,     /* of all children */
  CD_MATH_POWER,        /* base, exponent */
  CD_MATH_ROOT,         /* radicand, index */
  CD_MATH_FACTORIAL,    /* of one child; down: the double factorial */
  CD_MATH_PERCENT,      /* of one child */
  CD_MATH_DEGREE,       /* of one child: radians where a trigonometric function asks, else the number */
  CD_MATH_CALL,         /* function of its children */
  CD_MATH_APPLY,        /* a function known by name only, of its children */
  CD_MATH_BASED,        /* digits in a base: value is the value, name the digits, digits the base */
  CD_MATH_QUANTITY,     /* one child with the unit in name */
  CD_MATH_RATIO,        /* a : b : … */
  CD_MATH_LIST,         /* a, b, … without delimiters; open holds the word that joins them: ',' '&' (and) '|' (or) */
  CD_MATH_GROUP,        /* a, b, … in delimiters open and close: tuples, vectors, intervals */
  CD_MATH_SET,          /* {a, b, …} */
  CD_MATH_BUILDER,      /* {member | condition} */
  CD_MATH_NAMED_SET,    /* constant: 'R', 'Z', 'N', 'Q', 'C', or '0' for the empty set */
  CD_MATH_UNION,        /* of all children */
  CD_MATH_INTERSECTION, /* of all children */
  CD_MATH_DIFFERENCE,   /* of two children */
  CD_MATH_RELATION,     /* children with an operator of operators between each two */
  CD_MATH_MATRIX        /* rows × columns children, row by row */
} CdMathType;

typedef enum { CD_MATH_PI, CD_MATH_E, CD_MATH_I, CD_MATH_INFINITY } CdMathConstant;

typedef enum {
  CD_MATH_SIN,
  CD_MATH_COS,
  CD_MATH_TAN,
  CD_MATH_COT,
  CD_MATH_SEC,
  CD_MATH_CSC,
  CD_MATH_ARCSIN,
  CD_MATH_ARCCOS,
  CD_MATH_ARCTAN,
  CD_MATH_ARCCOT,
  CD_MATH_ARCSEC,
  CD_MATH_ARCCSC,
  CD_MATH_SINH,
  CD_MATH_COSH,
  CD_MATH_TANH,
  CD_MATH_COTH,
  CD_MATH_ARSINH,
  CD_MATH_ARCOSH,
  CD_MATH_ARTANH,
  CD_MATH_EXP,
  CD_MATH_LN,
  CD_MATH_LOG, /* argument, and base where it is written */
  CD_MATH_SQRT,
  CD_MATH_CBRT,
  CD_MATH_ABS,
  CD_MATH_SIGN,
  CD_MATH_FLOOR,
  CD_MATH_CEILING,
  CD_MATH_GCD,
  CD_MATH_LCM,
  CD_MATH_MAX,
  CD_MATH_MIN,
  CD_MATH_MOD,
  CD_MATH_BINOMIAL,
  CD_MATH_CONJUGATE,
  CD_MATH_REAL_PART,
  CD_MATH_IMAGINARY_PART,
  CD_MATH_DETERMINANT
} CdMathFunction;

typedef enum { CD_MATH_EXACT_UNKNOWN, CD_MATH_EXACT_YES, CD_MATH_EXACT_NO } CdMathExactness;

typedef struct _CdMathNode CdMathNode;
struct _CdMathNode {
  CdMathType type;
  guint count;
  CdMathNode **children;
  const char *name;
  mpq_ptr value;
  CdMathExactness exactness;
  int constant; /* CdMathConstant, or the letter of a named set */
  CdMathFunction function;
  guint decimals; /* digits printed behind the decimal point; 0 none */
  guint digits;   /* significant digits printed */
  guint rows, columns;
  char open, close;
  gboolean down;
  const char *operators; /* '=' '<' '>' 'l' (≤) 'g' (≥) 'n' (≠) '~' (≈) 'i' (∈) 'o' (∉) 'c' (≡) 's' (⊂) */
};

/* Room for count children. */
CdMathNode *cd_math_node_new (CdMathArena *arena, CdMathType type, guint count);
CdMathNode *cd_math_node_with (CdMathArena *arena, CdMathType type, CdMathNode *first, CdMathNode *second);
CdMathNode *cd_math_node_call (CdMathArena *arena, CdMathFunction function, CdMathNode *first, CdMathNode *second);
CdMathNode *cd_math_node_integer (CdMathArena *arena, long value);
/* The same tree, node by node. */
gboolean cd_math_node_identical (const CdMathNode *a, const CdMathNode *b);
/* TRUE where a node of this type is in the tree. */
gboolean cd_math_node_contains (const CdMathNode *node, CdMathType type);
/* The tree with ± as + or as − (∓ the other way); shares what holds none. */
CdMathNode *cd_math_node_signed (CdMathArena *arena, CdMathNode *node, gboolean minus);
/* −1 or 1 for −∞ and ∞, else 0. */
int cd_math_node_infinite (const CdMathNode *node);

/* The names of symbols in a tree, each once, in order of appearance; overflow where there are more than fit. */
#define CD_MATH_SYMBOLS 12u
typedef struct {
  const char *names[CD_MATH_SYMBOLS];
  guint count;
  gboolean overflow;
} CdMathSymbols;
void cd_math_symbols_add (CdMathSymbols *symbols, const CdMathNode *node);
