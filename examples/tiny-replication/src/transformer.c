/* Where parameters stand, and the forward pass: for a whole sequence, and for one token more. The way back is backward.c's. */
#include "workspace.h"
#include <math.h>
#include <stdlib.h>

#define SMALL ((real) 1e-5)

static size_t
take (size_t *count, size_t wanted)
{
  size_t at = *count;
  *count += wanted;
  return at;
}

Model
model_of (Shape shape)
{
  Model model = { .shape = shape };
  size_t *count = &model.count, width = shape.width;
  model.tokens = take (count, shape.vocabulary * width);
  model.positions = take (count, shape.context * width);
  for (size_t l = 0; l < shape.layers; l++)
    model.layer[l] = (LayerPlaces){ take (count, width), take (count, width * 3 * width),    take (count, width * width),
                                    take (count, width), take (count, width * shape.hidden), take (count, shape.hidden * width) };
  model.norm = take (count, width);
  model.head = take (count, width * shape.vocabulary);
  return model;
}

static void
draw (Random *random, real *to, size_t length, double deviation)
{
  for (size_t i = 0; i < length; i++)
    to[i] = (real) (deviation * random_normal (random));
}

static void
fill (real *to, size_t length, real value)
{
  for (size_t i = 0; i < length; i++)
    to[i] = value;
}

void
model_initialise (const Model *model, Random *random, real *parameters)
{
  const Shape *s = &model->shape;
  double narrow = 1 / sqrt ((double) s->width), wide = 1 / sqrt ((double) s->hidden), shallow = 1 / sqrt (2.0 * (double) s->layers);
  draw (random, parameters + model->tokens, s->vocabulary * s->width, 0.5);
  draw (random, parameters + model->positions, s->context * s->width, 0.5);
  for (size_t l = 0; l < s->layers; l++) {
    const LayerPlaces *at = &model->layer[l];
    fill (parameters + at->norm1, s->width, 1);
    draw (random, parameters + at->qkv, s->width * 3 * s->width, narrow);
    draw (random, parameters + at->out, s->width * s->width, narrow * shallow);
    fill (parameters + at->norm2, s->width, 1);
    draw (random, parameters + at->up, s->width * s->hidden, narrow);
    draw (random, parameters + at->down, s->hidden * s->width, wide * shallow);
  }
  fill (parameters + model->norm, s->width, 1);
  draw (random, parameters + model->head, s->width * s->vocabulary, narrow);
}

void
model_transpose (const Model *model, const real *parameters, real *transposed)
{
  const Shape *s = &model->shape;
  for (size_t l = 0; l < s->layers; l++) {
    const LayerPlaces *at = &model->layer[l];
    turn (s->width, 3 * s->width, parameters + at->qkv, 3 * s->width, transposed + at->qkv);
    turn (s->width, s->width, parameters + at->out, s->width, transposed + at->out);
    turn (s->width, s->hidden, parameters + at->up, s->hidden, transposed + at->up);
    turn (s->hidden, s->width, parameters + at->down, s->width, transposed + at->down);
  }
  turn (s->width, s->vocabulary, parameters + model->head, s->vocabulary, transposed + model->head);
}

typedef struct {
  real **to;
  size_t length;
} Want;

Workspace *
workspace_new (const Model *model)
{
  const Shape *s = &model->shape;
  size_t rows = s->context, narrow = rows * s->width, square = rows * rows;
  Workspace *w = calloc (1, sizeof *w);
  Want wants[LAYERS_MOST * 11 + 10];
  size_t n = 0, total = 0;
  for (size_t l = 0; l < s->layers; l++) {
    LayerSpace *y = &w->layer[l];
    const Want layer[] = {
      { &y->input, narrow },           { &y->scale1, rows },   { &y->norm1, narrow }, { &y->qkv, 3 * narrow }, { &y->weights, s->heads * square },
      { &y->mixed, narrow },           { &y->middle, narrow }, { &y->scale2, rows },  { &y->norm2, narrow },   { &y->up, rows * s->hidden },
      { &y->active, rows * s->hidden }
    };
    for (size_t i = 0; i < sizeof layer / sizeof *layer; i++)
      wants[n++] = layer[i];
  }
  const Want rest[] = { { &w->output, narrow },           { &w->scale, rows },      { &w->norm, narrow },     { &w->logits, rows * s->vocabulary },
                        { &w->turned, narrow },           { &w->d_stream, narrow }, { &w->d_narrow, narrow }, { &w->d_qkv, 3 * narrow },
                        { &w->d_wide, rows * s->hidden }, { &w->d_weights, square } };
  for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
    wants[n++] = rest[i];
  for (size_t i = 0; i < n; i++)
    total += wants[i].length;
  real *all = w->all = calloc (total, sizeof *all);
  for (size_t i = 0; i < n; all += wants[i].length, i++)
    *wants[i].to = all;
  return w;
}

void
workspace_free (Workspace *workspace)
{
  free (workspace->all);
  free (workspace);
}

WIDE static void
normalise (size_t rows, size_t width, const real *from, const real *gain, real *scale, real *to)
{
  for (size_t r = 0; r < rows; r++, from += width, to += width) {
    scale[r] = 1 / (real) sqrt (dot_of (from, from, width) / (real) width + SMALL);
    for (size_t i = 0; i < width; i++)
      to[i] = from[i] * scale[r] * gain[i];
  }
}

/* Scores to weights: a row's softmax over the tokens up to its own; 0 after it. length is a multiple of eight. */
WIDE static void
soften (real *row, size_t own, size_t length, real factor, real slope)
{
  for (size_t i = 0; i <= own; i++)
    row[i] = row[i] * factor - slope * (real) ((int) own - (int) i);
  for (size_t i = own + 1; i < length; i++)
    row[i] = row[own];
  exponentials_of (row, length, largest_of (row, length));
  for (size_t i = own + 1; i < length; i++)
    row[i] = 0;
  real share = 1 / sum_of (row, length);
  for (size_t i = 0; i <= own; i++)
    row[i] *= share;
}

static void
attend (const Shape *s, Workspace *w, const LayerSpace *y)
{
  size_t rows = w->rows, size = s->width / s->heads, wide = 3 * s->width;
  for (size_t h = 0; h < s->heads; h++) {
    const real *queries = y->qkv + h * size, *keys = queries + s->width, *values = keys + s->width;
    real *weights = y->weights + h * s->context * s->context, factor = 1 / (real) sqrt ((real) size);
    turn (rows, size, keys, wide, w->turned);
    for (size_t r = 0; r < rows; r += BLOCK) {
      size_t end = r + BLOCK;
      multiply (BLOCK, end, size, queries + r * wide, wide, 1, w->turned, rows, weights + r * rows, rows, false);
      for (size_t i = r; i < end; i++)
        soften (weights + i * rows, i, end, factor, slope_of (h));
      multiply (BLOCK, size, end, weights + r * rows, rows, 1, values, wide, y->mixed + r * s->width + h * size, s->width, false);
    }
  }
}

WIDE static void
activate (size_t length, const real *up, real *active)
{
  const Lanes zero = { 0 };
  Lanes x;
  for (size_t i = 0; i < length; i += 8) {
    memcpy (&x, up + i, sizeof x);
    keep_larger (&x, &zero);
    x *= x;
    memcpy (active + i, &x, sizeof x);
  }
}

/* to = from + left (rows x depth) times matrix (depth x width). */
static void
add_product (size_t rows, size_t width, size_t depth, const real *from, const real *left, const real *matrix, real *to)
{
  memcpy (to, from, rows * width * sizeof *to);
  multiply (rows, width, depth, left, depth, 1, matrix, width, to, width, true);
}

void
model_forward (const Model *model, const real *parameters, Workspace *w, const uint8_t *tokens, size_t length)
{
  const Shape *s = &model->shape;
  size_t rows = w->rows = (length + BLOCK - 1) / BLOCK * BLOCK, width = s->width;
  for (size_t r = 0; r < rows; r++) {
    const real *token = parameters + model->tokens + (r < length ? tokens[r] : 0) * width, *position = parameters + model->positions + r * width;
    for (size_t i = 0; i < width; i++)
      w->layer[0].input[r * width + i] = token[i] + position[i];
  }
  for (size_t l = 0; l < s->layers; l++) {
    const LayerPlaces *at = &model->layer[l];
    LayerSpace *y = &w->layer[l];
    normalise (rows, width, y->input, parameters + at->norm1, y->scale1, y->norm1);
    multiply (rows, 3 * width, width, y->norm1, width, 1, parameters + at->qkv, 3 * width, y->qkv, 3 * width, false);
    attend (s, w, y);
    add_product (rows, width, width, y->input, y->mixed, parameters + at->out, y->middle);
    normalise (rows, width, y->middle, parameters + at->norm2, y->scale2, y->norm2);
    multiply (rows, s->hidden, width, y->norm2, width, 1, parameters + at->up, s->hidden, y->up, s->hidden, false);
    activate (rows * s->hidden, y->up, y->active);
    add_product (rows, width, s->hidden, y->middle, y->active, parameters + at->down, l + 1 < s->layers ? w->layer[l + 1].input : w->output);
  }
  normalise (rows, width, w->output, parameters + model->norm, w->scale, w->norm);
  multiply (rows, s->vocabulary, width, w->norm, width, 1, parameters + model->head, s->vocabulary, w->logits, s->vocabulary, false);
}

Memory
memory_new (const Model *model)
{
  size_t size = model->shape.layers * model->shape.context * model->shape.width;
  return (Memory){ 0, calloc (size, sizeof (real)), calloc (size, sizeof (real)) };
}

void
memory_free (Memory *memory)
{
  free (memory->keys);
  free (memory->values);
}

/* One token's attention over what layer l remembers. */
WIDE static void
recall (const Shape *s, const Memory *memory, size_t l, const real *query, real *mixed)
{
  size_t width = s->width, size = width / s->heads, own = memory->length;
  const real *keys = memory->keys + l * s->context * width, *values = memory->values + l * s->context * width;
  real weights[512], factor = 1 / (real) sqrt ((real) size);
  for (size_t h = 0; h < s->heads; h++) {
    for (size_t t = 0; t <= own; t++)
      weights[t] = dot_of (query + h * size, keys + t * width + h * size, size);
    soften (weights, own, (own + 8) / 8 * 8, factor, slope_of (h));
    multiply (1, size, own + 1, weights, 0, 1, values + h * size, width, mixed + h * size, width, false);
  }
}

void
model_step (const Model *model, const real *parameters, Memory *memory, uint8_t token, real *logits)
{
  const Shape *s = &model->shape;
  size_t width = s->width;
  real stream[256], norm[256], qkv[768], mixed[256], wide[1024], scale;
  for (size_t i = 0; i < width; i++)
    stream[i] = parameters[model->tokens + token * width + i] + parameters[model->positions + memory->length * width + i];
  for (size_t l = 0; l < s->layers; l++) {
    const LayerPlaces *at = &model->layer[l];
    size_t place = (l * s->context + memory->length) * width;
    normalise (1, width, stream, parameters + at->norm1, &scale, norm);
    multiply (1, 3 * width, width, norm, 0, 1, parameters + at->qkv, 3 * width, qkv, 0, false);
    memcpy (memory->keys + place, qkv + width, width * sizeof *qkv);
    memcpy (memory->values + place, qkv + 2 * width, width * sizeof *qkv);
    recall (s, memory, l, qkv, mixed);
    multiply (1, width, width, mixed, 0, 1, parameters + at->out, width, stream, 0, true);
    normalise (1, width, stream, parameters + at->norm2, &scale, norm);
    multiply (1, s->hidden, width, norm, 0, 1, parameters + at->up, s->hidden, wide, 0, false);
    activate (s->hidden, wide, wide);
    multiply (1, width, s->hidden, wide, 0, 1, parameters + at->down, width, stream, 0, true);
  }
  normalise (1, width, stream, parameters + model->norm, &scale, norm);
  multiply (1, s->vocabulary, width, norm, 0, 1, parameters + model->head, s->vocabulary, logits, 0, false);
  memory->length++;
}
