/* The gradient of a sequence's loss, written by hand: each function undoes one of transformer.c's, last first. `make check` compares it with differences
 * of the loss. */
#include "workspace.h"
#include <math.h>

/* d_from += the gradient through a normalisation; d_gain += its gain's. */
WIDE static void
normalise_back (size_t rows, size_t width, const real *from, const real *gain, const real *scale, const real *d_to, real *d_from, real *d_gain)
{
  for (size_t r = 0; r < rows; r++, from += width, d_to += width, d_from += width) {
    real dot = 0;
    for (size_t i = 0; i < width; i++)
      dot += d_to[i] * gain[i] * from[i];
    real pull = dot * scale[r] * scale[r] * scale[r] / (real) width;
    for (size_t i = 0; i < width; i++) {
      d_gain[i] += d_to[i] * from[i] * scale[r];
      d_from[i] += d_to[i] * gain[i] * scale[r] - from[i] * pull;
    }
  }
}

/* Weights' gradient, in place, to that of the scores; weights after own are 0. */
WIDE static void
soften_back (const real *weights, real *d_weights, size_t own, size_t length, real factor)
{
  real dot = dot_of (weights, d_weights, length);
  for (size_t i = 0; i <= own; i++)
    d_weights[i] = weights[i] * (d_weights[i] - dot) * factor;
  for (size_t i = own + 1; i < length; i++)
    d_weights[i] = 0;
}

/* From the mixed values' gradient (d_narrow) to that of queries, keys and values (d_qkv). */
static void
attend_back (const Shape *s, Workspace *w, const LayerSpace *y)
{
  size_t rows = w->rows, width = s->width, size = width / s->heads, wide = 3 * width;
  for (size_t h = 0; h < s->heads; h++) {
    const real *queries = y->qkv + h * size, *keys = queries + width, *values = keys + width;
    const real *weights = y->weights + h * s->context * s->context, *d_mixed = w->d_narrow + h * size;
    real *d_queries = w->d_qkv + h * size, *d_keys = d_queries + width, *d_values = d_keys + width, factor = 1 / (real) sqrt ((real) size);
    turn (rows, size, values, wide, w->turned);
    for (size_t r = 0; r < rows; r += BLOCK) {
      real *d_weights = w->d_weights + r * rows;
      multiply (BLOCK, r + BLOCK, size, d_mixed + r * width, width, 1, w->turned, rows, d_weights, rows, false);
      for (size_t i = 0; i < BLOCK; i++)
        soften_back (weights + (r + i) * rows, d_weights + i * rows, r + i, r + BLOCK, factor);
      multiply (BLOCK, size, r + BLOCK, d_weights, rows, 1, keys, wide, d_queries + r * wide, wide, false);
    }
    for (size_t r = 0; r < rows; r += BLOCK) { /* only rows from a block on see its tokens */
      multiply (BLOCK, size, rows - r, w->d_weights + r * rows + r, 1, rows, queries + r * wide, wide, d_keys + r * wide, wide, false);
      multiply (BLOCK, size, rows - r, weights + r * rows + r, 1, rows, d_mixed + r * width, width, d_values + r * wide, wide, false);
    }
  }
}

WIDE static void
activate_back (size_t length, const real *up, real *d_active)
{
  const Lanes zero = { 0 };
  Lanes x, d;
  for (size_t i = 0; i < length; i += 8) {
    memcpy (&x, up + i, sizeof x);
    memcpy (&d, d_active + i, sizeof d);
    keep_larger (&x, &zero);
    d *= 2 * x;
    memcpy (d_active + i, &d, sizeof d);
  }
}

/* d_matrix += left (rows x depth) turned round, times d_to (rows x width); d_left = d_to times the turned matrix. */
static void
product_back (size_t rows, size_t width, size_t depth, const real *left, const real *turned, const real *d_to, real *d_left, real *d_matrix)
{
  multiply (depth, width, rows, left, 1, depth, d_to, width, d_matrix, width, true);
  multiply (rows, depth, width, d_to, width, 1, turned, depth, d_left, depth, false);
}

static void
layer_back (const Model *model, const real *parameters, const real *transposed, Workspace *w, size_t l, real *gradient)
{
  const Shape *s = &model->shape;
  const LayerPlaces *at = &model->layer[l];
  const LayerSpace *y = &w->layer[l];
  size_t rows = w->rows, width = s->width;
  product_back (rows, width, s->hidden, y->active, transposed + at->down, w->d_stream, w->d_wide, gradient + at->down);
  activate_back (rows * s->hidden, y->up, w->d_wide);
  product_back (rows, s->hidden, width, y->norm2, transposed + at->up, w->d_wide, w->d_narrow, gradient + at->up);
  normalise_back (rows, width, y->middle, parameters + at->norm2, y->scale2, w->d_narrow, w->d_stream, gradient + at->norm2);
  product_back (rows, width, width, y->mixed, transposed + at->out, w->d_stream, w->d_narrow, gradient + at->out);
  attend_back (s, w, y);
  product_back (rows, 3 * width, width, y->norm1, transposed + at->qkv, w->d_qkv, w->d_narrow, gradient + at->qkv);
  normalise_back (rows, width, y->input, parameters + at->norm1, y->scale1, w->d_narrow, w->d_stream, gradient + at->norm1);
}

/* Turns logits into their gradient; the loss. */
WIDE static double
judge (size_t vocabulary, Workspace *w, const uint8_t *tokens, const bool *learn, size_t length, double scale)
{
  double loss = 0;
  for (size_t r = 0; r < w->rows; r++) {
    real *row = w->logits + r * vocabulary;
    if (r + 1 >= length || !learn[r + 1]) {
      memset (row, 0, vocabulary * sizeof *row);
      continue;
    }
    real most = largest_of (row, vocabulary), own = row[tokens[r + 1]];
    exponentials_of (row, vocabulary, most);
    real sum = sum_of (row, vocabulary);
    loss += logarithm ((double) sum) - (double) (own - most);
    for (size_t i = 0; i < vocabulary; i++)
      row[i] *= (real) scale / sum;
    row[tokens[r + 1]] -= (real) scale;
  }
  return loss;
}

double
model_learn (const Model *model, const real *parameters, const real *transposed, Workspace *w, const uint8_t *tokens, const bool *learn,
             size_t length, double scale, real *gradient)
{
  const Shape *s = &model->shape;
  model_forward (model, parameters, w, tokens, length);
  double loss = judge (s->vocabulary, w, tokens, learn, length, scale);
  if (gradient == NULL)
    return loss;
  size_t rows = w->rows, width = s->width;
  product_back (rows, s->vocabulary, width, w->norm, transposed + model->head, w->logits, w->d_narrow, gradient + model->head);
  memset (w->d_stream, 0, rows * width * sizeof *w->d_stream);
  normalise_back (rows, width, w->output, parameters + model->norm, w->scale, w->d_narrow, w->d_stream, gradient + model->norm);
  for (size_t l = s->layers; l-- > 0;)
    layer_back (model, parameters, transposed, w, l, gradient);
  for (size_t r = 0; r < length; r++)
    for (size_t i = 0; i < width; i++) {
      gradient[model->tokens + tokens[r] * width + i] += w->d_stream[r * width + i];
      gradient[model->positions + r * width + i] += w->d_stream[r * width + i];
    }
  return loss;
}
