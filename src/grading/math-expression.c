/* The arena and the nodes of math-expression.h, and what is told from the shape of a tree alone. Values are exact and numeric's, verdicts equal's. */
#include "grading/math-expression.h"

#include <string.h>

#define BLOCK_BYTES 8192u

typedef struct _Block Block;
struct _Block {
  Block *next;
  gsize used, size;
  max_align_t bytes[];
};

typedef struct _Rational Rational;
struct _Rational {
  mpq_t value;
  Rational *next;
};

struct _CdMathArena {
  Block *blocks;
  Rational *rationals;
};

CdMathArena *
cd_math_arena_new (void)
{
  return g_new0 (CdMathArena, 1);
}

void
cd_math_arena_free (CdMathArena *arena)
{
  for (Rational *rational = arena->rationals; rational != NULL; rational = rational->next)
    mpq_clear (rational->value);
  while (arena->blocks != NULL) {
    Block *block = arena->blocks;
    arena->blocks = block->next;
    g_free (block);
  }
  g_free (arena);
}

void *
cd_math_arena_take (CdMathArena *arena, gsize bytes)
{
  bytes = (bytes + sizeof (max_align_t) - 1) / sizeof (max_align_t) * sizeof (max_align_t);
  if (arena->blocks == NULL || arena->blocks->size - arena->blocks->used < bytes) {
    gsize size = MAX (bytes, BLOCK_BYTES);
    Block *block = g_malloc (sizeof (Block) + size);
    *block = (Block){ .next = arena->blocks, .size = size };
    arena->blocks = block;
  }
  void *taken = (char *) arena->blocks->bytes + arena->blocks->used;
  arena->blocks->used += bytes;
  return memset (taken, 0, bytes);
}

char *
cd_math_arena_text (CdMathArena *arena, const char *text, gsize length)
{
  char *copy = cd_math_arena_take (arena, length + 1);
  memcpy (copy, text, length);
  return copy;
}

char *
cd_math_join (CdMathArena *arena, const char *first, const char *second, const char *third)
{
  g_autofree char *joined = g_strconcat (first, second, third, NULL);
  return cd_math_arena_text (arena, joined, strlen (joined));
}

mpq_ptr
cd_math_arena_rational (CdMathArena *arena)
{
  Rational *rational = cd_math_arena_take (arena, sizeof (Rational));
  mpq_init (rational->value);
  rational->next = arena->rationals;
  arena->rationals = rational;
  return rational->value;
}

CdMathNode *
cd_math_node_new (CdMathArena *arena, CdMathType type, guint count)
{
  CdMathNode *node = cd_math_arena_take (arena, sizeof (CdMathNode));
  node->type = type;
  node->count = count;
  if (count > 0)
    node->children = cd_math_arena_take (arena, count * sizeof (CdMathNode *));
  return node;
}

CdMathNode *
cd_math_node_with (CdMathArena *arena, CdMathType type, CdMathNode *first, CdMathNode *second)
{
  CdMathNode *node = cd_math_node_new (arena, type, second != NULL ? 2 : 1);
  node->children[0] = first;
  if (second != NULL)
    node->children[1] = second;
  return node;
}

CdMathNode *
cd_math_node_call (CdMathArena *arena, CdMathFunction function, CdMathNode *first, CdMathNode *second)
{
  CdMathNode *node = cd_math_node_with (arena, CD_MATH_CALL, first, second);
  node->function = function;
  return node;
}

CdMathNode *
cd_math_node_integer (CdMathArena *arena, long value)
{
  CdMathNode *node = cd_math_node_new (arena, CD_MATH_NUMBER, 0);
  node->value = cd_math_arena_rational (arena);
  mpq_set_si (node->value, value, 1);
  node->exactness = CD_MATH_EXACT_YES;
  return node;
}

gboolean
cd_math_node_identical (const CdMathNode *a, const CdMathNode *b)
{
  if (a == b)
    return TRUE;
  if (a->type != b->type || a->count != b->count || a->constant != b->constant || a->function != b->function || a->open != b->open
      || a->close != b->close || a->down != b->down || a->rows != b->rows || g_strcmp0 (a->name, b->name) != 0
      || g_strcmp0 (a->operators, b->operators) != 0)
    return FALSE;
  if ((a->type == CD_MATH_NUMBER || a->type == CD_MATH_BASED) && !mpq_equal (a->value, b->value))
    return FALSE;
  for (guint i = 0; i < a->count; i++)
    if (!cd_math_node_identical (a->children[i], b->children[i]))
      return FALSE;
  return TRUE;
}

gboolean
cd_math_node_contains (const CdMathNode *node, CdMathType type)
{
  if (node->type == type)
    return TRUE;
  for (guint i = 0; i < node->count; i++)
    if (cd_math_node_contains (node->children[i], type))
      return TRUE;
  return FALSE;
}

CdMathNode *
cd_math_node_signed (CdMathArena *arena, CdMathNode *node, gboolean minus)
{
  if (!cd_math_node_contains (node, CD_MATH_PLUS_MINUS))
    return node;
  if (node->type == CD_MATH_PLUS_MINUS) {
    CdMathNode *child = cd_math_node_signed (arena, node->children[0], minus);
    return minus != node->down ? cd_math_node_with (arena, CD_MATH_NEGATE, child, NULL) : child;
  }
  CdMathNode *copy = cd_math_arena_take (arena, sizeof (CdMathNode));
  *copy = *node;
  copy->exactness = CD_MATH_EXACT_UNKNOWN;
  copy->children = cd_math_arena_take (arena, node->count * sizeof (CdMathNode *));
  for (guint i = 0; i < node->count; i++)
    copy->children[i] = cd_math_node_signed (arena, node->children[i], minus);
  return copy;
}

int
cd_math_node_infinite (const CdMathNode *node)
{
  if (node->type == CD_MATH_CONSTANT && node->constant == CD_MATH_INFINITY)
    return 1;
  return node->type == CD_MATH_NEGATE ? -cd_math_node_infinite (node->children[0]) : 0;
}

void
cd_math_symbols_add (CdMathSymbols *symbols, const CdMathNode *node)
{
  if (node->type == CD_MATH_SYMBOL) {
    for (guint i = 0; i < symbols->count; i++)
      if (strcmp (symbols->names[i], node->name) == 0)
        return;
    if (symbols->count == CD_MATH_SYMBOLS)
      symbols->overflow = TRUE;
    else
      symbols->names[symbols->count++] = node->name;
    return;
  }
  for (guint i = 0; i < node->count; i++)
    cd_math_symbols_add (symbols, node->children[i]);
}
