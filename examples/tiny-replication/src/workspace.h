/* What the forward pass keeps for the way back, one sequence. Rows are tokens. */
#pragma once
#include "transformer.h"

typedef struct {
  real *input, *scale1, *norm1, *qkv, *weights, *mixed, *middle, *scale2, *norm2, *up, *active;
} LayerSpace;

struct Workspace {
  size_t rows; /* tokens of the sequence, rounded up to a block */
  LayerSpace layer[LAYERS_MOST];
  real *output, *scale, *norm, *logits, *turned;
  /* of the way back */
  real *d_stream, *d_narrow, *d_qkv, *d_wide, *d_weights;
  void *all;
};

/* How much a head's attention falls with each token of distance. */
static inline real
slope_of (size_t head)
{
  return head % 2 == 0 ? 0 : (real) 1 / (real) (1u << head);
}

/* to (columns x rows) = from (rows x columns, row stride from_row) turned round. */
static inline void
turn (size_t rows, size_t columns, const real *from, size_t from_row, real *to)
{
  for (size_t c = 0; c < columns; c++)
    for (size_t r = 0; r < rows; r++)
      to[c * rows + r] = from[r * from_row + c];
}

/* Logits and all that led to them, in the workspace. */
void model_forward (const Model *model, const real *parameters, Workspace *w, const uint8_t *tokens, size_t length);
