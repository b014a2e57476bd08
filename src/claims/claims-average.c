/* Average columns and rows computed again. What an average is over is not written, so the table itself must show it: a choice of figures is taken for
 * the rule only where it gives the averages of other models in the same table. Tables read from a page's looks are left out. */
#include "claims/parts.h"
#include <math.h>

#define WITNESSES 2u /* other averages of the table that a rule must give */

typedef struct {
  const CdClaimGatherer *gatherer;
  CdClaimGrid grid;
  gboolean upright; /* the average is a row: its figures stand above and below */
  guint own;        /* index of the average's row or column among its like */
} Averaging;

static guint
length_of (const Averaging *averaging)
{
  return averaging->upright ? averaging->grid.rows : averaging->grid.columns;
}

static const CdClaimCell *
cell_of (const Averaging *averaging, guint model, guint slot)
{
  return averaging->upright ? cd_claim_grid_at (&averaging->grid, slot, model) : cd_claim_grid_at (&averaging->grid, model, slot);
}

static const char *
label_of (const Averaging *averaging, guint slot)
{
  return averaging->upright ? averaging->grid.labels[slot] : averaging->grid.heads[slot];
}

/* Figures that an average may be over: scores that are no averages themselves. */
static gboolean
is_part_of (const Averaging *averaging, guint slot)
{
  gint benchmark;
  if (averaging->upright ? averaging->grid.row_kinds[slot] != CD_ROW_BODY || slot < averaging->grid.header
                         : !cd_claim_is_figures (&averaging->grid, slot))
    return FALSE;
  CdLabelKind kind = cd_claim_label_kind (averaging->gatherer, label_of (averaging, slot), &benchmark);
  return kind == CD_LABEL_BENCHMARK || kind == CD_LABEL_OTHER;
}

/* The choices: all, those before it back to the average before, those of one head above, all but one. */
typedef enum { RULE_ALL, RULE_BEFORE, RULE_GROUP, RULE_BUT_ONE } Rule;

static gboolean
is_chosen (const Averaging *averaging, Rule rule, guint left_out, guint slot)
{
  gint benchmark;
  if (slot == averaging->own || !is_part_of (averaging, slot))
    return FALSE;
  switch (rule) {
    case RULE_ALL:
      return TRUE;
    case RULE_BUT_ONE:
      return slot != left_out;
    case RULE_GROUP:
      return !averaging->upright && averaging->grid.header > 1
             && g_str_equal (cd_claim_grid_text (&averaging->grid, 0, slot), cd_claim_grid_text (&averaging->grid, 0, averaging->own));
    case RULE_BEFORE:
      if (slot > averaging->own)
        return FALSE;
      for (guint between = slot + 1; between < averaging->own; between++)
        if (cd_claim_label_kind (averaging->gatherer, label_of (averaging, between), &benchmark) == CD_LABEL_AVERAGE)
          return FALSE;
      return TRUE;
  }
  return FALSE;
}

typedef struct {
  gboolean complete; /* every chosen cell holds a figure, and there are two or more */
  double mean, slack;
  guint figures;
} Mean;

static Mean
mean_of (const Averaging *averaging, guint model, Rule rule, guint left_out)
{
  Mean mean = { .complete = TRUE };
  for (guint slot = 0; slot < length_of (averaging); slot++) {
    if (!is_chosen (averaging, rule, left_out, slot))
      continue;
    const CdClaimCell *cell = cell_of (averaging, model, slot);
    mean.complete = mean.complete && cell->kind == CD_CELL_NUMBER;
    mean.mean += cell->value;
    mean.slack += 0.5 * pow (10, -(double) cell->decimals);
    mean.figures++;
  }
  mean.complete = mean.complete && mean.figures >= 2;
  mean.mean /= MAX (mean.figures, 1);
  /* Rounding of both sides, and averages that were cut off. */
  mean.slack = mean.slack / MAX (mean.figures, 1) + pow (10, -(double) cell_of (averaging, model, averaging->own)->decimals) + 1e-9;
  return mean;
}

static gboolean
gives (const Averaging *averaging, guint model, Rule rule, guint left_out)
{
  Mean mean = mean_of (averaging, model, rule, left_out);
  return mean.complete && fabs (mean.mean - cell_of (averaging, model, averaging->own)->value) <= mean.slack;
}

/* The rule gives every other average that it can be tried on, and enough of them. */
static gboolean
is_rule (const Averaging *averaging, guint model, Rule rule, guint left_out)
{
  guint good = 0, tried = 0, models = averaging->upright ? averaging->grid.columns : averaging->grid.rows;
  for (guint other = averaging->upright ? 0 : averaging->grid.header; other < models; other++) {
    if (other == model || cell_of (averaging, other, averaging->own)->kind != CD_CELL_NUMBER || !mean_of (averaging, other, rule, left_out).complete)
      continue;
    tried++;
    good += gives (averaging, other, rule, left_out) ? 1 : 0;
  }
  return good >= WITNESSES && good * 4 >= tried * 3;
}

static void
add_fault (CdClaims *claims, guint index, const Mean *mean)
{
  const CdClaim *claim = g_ptr_array_index (claims->claims, index);
  CdClaimFault *fault = g_new0 (CdClaimFault, 1);
  *fault = (CdClaimFault){ .code = "average", .claim = index, .other = -1, .expected = mean->mean };
  fault->what = g_strdup_printf ("the average is given as %.*f, its %u figures give %.*f", (int) claim->decimals, claim->value, mean->figures,
                                 (int) MAX (claim->decimals, 1), mean->mean);
  fault->place = g_array_index (claim->places, CdPlace, 0);
  g_ptr_array_add (claims->faults, fault);
}

/* Every choice of figures that could be meant; the average is at fault where none gives it and one is the table's rule. */
static void
check (const Averaging *averaging, guint model, CdClaims *claims, guint index)
{
  Mean expected = { .complete = FALSE };
  for (Rule rule = RULE_ALL; rule <= RULE_BUT_ONE; rule++) {
    guint choices = rule == RULE_BUT_ONE ? length_of (averaging) : 1;
    for (guint left_out = 0; left_out < choices; left_out++) {
      Mean mean = mean_of (averaging, model, rule, left_out);
      if (!mean.complete)
        continue;
      if (gives (averaging, model, rule, left_out))
        return;
      if (!expected.complete && is_rule (averaging, model, rule, left_out)
          && fabs (mean.mean - cell_of (averaging, model, averaging->own)->value) > 2 * mean.slack)
        expected = mean;
    }
  }
  if (expected.complete)
    add_fault (claims, index, &expected);
}

static void
check_claim (const CdClaimGatherer *gatherer, CdClaims *claims, guint index)
{
  const CdClaim *claim = g_ptr_array_index (claims->claims, index);
  const CdDocument *document = g_ptr_array_index (gatherer->corpus->documents, g_array_index (claim->places, CdPlace, 0).document);
  if (!claim->average || claim->table < 0 || (guint) claim->table >= document->tables->len)
    return;
  gint benchmark;
  guint row = (guint) claim->row, column = (guint) claim->column;
  g_auto (CdClaimGrid) grid = { 0 };
  if (!cd_claim_grid_read (gatherer, g_ptr_array_index (document->tables, (guint) claim->table), &grid) || row >= grid.rows || column >= grid.columns)
    return;
  gboolean upright = cd_claim_label_kind (gatherer, grid.heads[column], &benchmark) != CD_LABEL_AVERAGE;
  Averaging averaging = { gatherer, grid, upright, upright ? row : column };
  check (&averaging, upright ? column : row, claims, index);
}

void
cd_claims_average (const CdClaimGatherer *gatherer, CdClaims *claims)
{
  for (guint i = 0; i < claims->claims->len; i++)
    check_claim (gatherer, claims, i);
}
