/* Whether two final answers are the same: cheap comparisons first, then both as mathematics under each reading that their notation leaves open, text
 * last. */
#include "grading/math.h"

#include "grading/math-compare.h"
#include "grading/math-parser.h"
#include "grading/math-text.h"

#include <string.h>

#define MOST_BYTES 8192u
#define WORK 300000 /* about 30 ms */

/* One of the two under one reading. */
typedef struct {
  const char *text;
  CdMathAmbiguity ambiguity;
  CdMathNode *node;
} Side;

static Side
read_side (CdMathArena *arena, const char *text, const CdMathReading *reading)
{
  Side side = { .text = text };
  side.node = cd_math_parse (arena, text, reading, &side.ambiguity);
  return side;
}

typedef struct {
  CdMathArena *arena;
  CdMathComparison comparison;
} Pair;

static gboolean
same_nodes (Pair *pair, CdMathNode *a, CdMathNode *b)
{
  return a != NULL && b != NULL && cd_math_same (&pair->comparison, a, b);
}

/* The other readings of one side, each against the first reading of the other. */
static gboolean
same_otherwise (Pair *pair, const Side *open, const Side *other)
{
  const CdMathReading readings[] = { { .groups_are_lists = TRUE }, { .comma_is_point = TRUE }, { .letters_are_units = TRUE } };
  const gboolean open_to[] = { open->ambiguity.groups, open->ambiguity.point, open->ambiguity.units };
  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++)
    if (open_to[i] && same_nodes (pair, read_side (pair->arena, open->text, &readings[i]).node, other->node))
      return TRUE;
  return FALSE;
}

static gboolean
same_mathematics (const char *gold, const char *answer, gboolean *read)
{
  const CdMathReading plain = { 0 };
  g_autoptr (CdMathArena) arena = cd_math_arena_new ();
  Pair pair = { .arena = arena, .comparison = { .arena = arena, .work = WORK } };
  Side a = read_side (arena, gold, &plain), b = read_side (arena, answer, &plain);
  *read = a.node != NULL && b.node != NULL;
  if (same_nodes (&pair, a.node, b.node) || same_otherwise (&pair, &a, &b) || same_otherwise (&pair, &b, &a))
    return TRUE;
  if (!a.ambiguity.log && !b.ambiguity.log)
    return FALSE;
  pair.comparison.log_is_decimal = TRUE;
  return same_nodes (&pair, a.node, b.node);
}

/* As times of day, as phrases, as mathematics, and as text where one of them is no mathematics. */
static gboolean
same_in_full (const char *gold, const char *answer)
{
  if (cd_math_is_time (gold) && cd_math_is_time (answer))
    return cd_math_same_text (gold, answer);
  const char *phrases[2] = { cd_math_phrase (gold), cd_math_phrase (answer) };
  if (phrases[0] != NULL && phrases[1] != NULL)
    return strcmp (phrases[0], phrases[1]) == 0;
  gboolean read = FALSE;
  if (same_mathematics (phrases[0] != NULL ? phrases[0] : gold, phrases[1] != NULL ? phrases[1] : answer, &read))
    return TRUE;
  return !read && cd_math_same_text (gold, answer);
}

/* Markdown's ** around everything. */
static char *
without_emphasis (const char *text)
{
  char *bare = g_strstrip (g_strdup (text));
  gsize length = strlen (bare);
  if (length > 4 && g_str_has_prefix (bare, "**") && g_str_has_suffix (bare, "**")) {
    memmove (bare, bare + 2, length - 4);
    bare[length - 4] = '\0';
  }
  return bare;
}

gboolean
cd_math_equal (const char *gold, const char *answer)
{
  if (gold == NULL || answer == NULL)
    return FALSE;
  g_autofree char *gold_bare = without_emphasis (gold), *answer_bare = without_emphasis (answer);
  gold = gold_bare;
  answer = answer_bare;
  g_autofree char *a = cd_math_trimmed (gold), *b = cd_math_trimmed (answer);
  if (*a == '\0' || *b == '\0')
    return strcmp (gold, answer) == 0 && *gold != '\0'; /* of signs that mean nothing */
  if (strcmp (a, b) == 0)
    return TRUE;
  int digits = cd_math_same_digits (a, b);
  if (digits >= 0)
    return digits == 1;
  if (strlen (gold) > MOST_BYTES || strlen (answer) > MOST_BYTES)
    return FALSE;
  const char *rests[2] = { gold, answer };
  CdMathChoices choices = cd_math_choices (gold, answer, rests);
  if (choices != CD_MATH_NO_CHOICE)
    return choices == CD_MATH_SAME_CHOICE;
  return same_in_full (rests[0], rests[1]);
}
