/* A safetensors file: eight bytes with the header's length (little-endian), a JSON header with name, type, shape and place of each tensor, the numbers. */
#include "weights.h"
#include "text.h"
#include <stdlib.h>

static size_t
setting (const char *config, const char *key)
{
  double value = 0;
  if (!json_number (config, key, &value) || value < 1 || value > 512)
    stop ("missing in the configuration, or out of range", key);
  return (size_t) value;
}

Shape
shape_of (const char *config)
{
  Shape s = { VOCABULARY,
              setting (config, "width"),
              setting (config, "heads"),
              setting (config, "hidden"),
              setting (config, "layers"),
              setting (config, "context") };
  if (s.width > 256 || s.width % (8 * s.heads) != 0 || s.hidden % 8 != 0 || s.context % BLOCK != 0 || s.layers > LAYERS_MOST)
    stop ("cannot build a model of this shape", "width, heads, hidden, layers, context");
  return s;
}

static void
describe (char **to, const char *name, size_t layer, size_t place, size_t rows, size_t columns)
{
  char full[64];
  snprintf (full, sizeof full, layer < LAYERS_MOST ? "layers.%zu.%s" : "%.0zu%s", layer < LAYERS_MOST ? layer : 0, name);
  *to += sprintf (*to, ", \"%s\": {\"dtype\": \"F32\", \"shape\": [%zu, %zu], \"data_offsets\": [%zu, %zu]}", full, rows, columns,
                  place * sizeof (float), (place + rows * columns) * sizeof (float));
}

/* The caller frees. */
static char *
header_of (const Model *model)
{
  const Shape *s = &model->shape;
  char *header = malloc (1 << 14), *to = header;
  to += sprintf (to, "{\"__metadata__\": {\"format\": \"candor-tiny\", \"heads\": \"%zu\"}", s->heads);
  describe (&to, "tokens", LAYERS_MOST, model->tokens, s->vocabulary, s->width);
  describe (&to, "positions", LAYERS_MOST, model->positions, s->context, s->width);
  for (size_t l = 0; l < s->layers; l++) {
    describe (&to, "norm1", l, model->layer[l].norm1, 1, s->width);
    describe (&to, "qkv", l, model->layer[l].qkv, s->width, 3 * s->width);
    describe (&to, "out", l, model->layer[l].out, s->width, s->width);
    describe (&to, "norm2", l, model->layer[l].norm2, 1, s->width);
    describe (&to, "up", l, model->layer[l].up, s->width, s->hidden);
    describe (&to, "down", l, model->layer[l].down, s->hidden, s->width);
  }
  describe (&to, "norm", LAYERS_MOST, model->norm, 1, s->width);
  describe (&to, "head", LAYERS_MOST, model->head, s->width, s->vocabulary);
  sprintf (to, "}");
  return header;
}

void
weights_write (const Model *model, const real *parameters, const char *path)
{
  char *header = header_of (model);
  uint64_t length = strlen (header);
  FILE *file = file_open (path, "wb");
  fwrite (&length, sizeof length, 1, file);
  fwrite (header, 1, length, file);
  fwrite (parameters, sizeof *parameters, model->count, file);
  if (fclose (file) != 0)
    stop ("cannot write", path);
  free (header);
}

real *
weights_read (const Model *model, const char *path)
{
  char *header = header_of (model), *found = calloc (1, 1 << 14);
  uint64_t length = 0;
  FILE *file = file_open (path, "rb");
  real *parameters = malloc (model->count * sizeof *parameters);
  bool read = fread (&length, sizeof length, 1, file) == 1 && length == strlen (header) && fread (found, 1, length, file) == length
              && strcmp (header, found) == 0 && fread (parameters, sizeof *parameters, model->count, file) == model->count;
  fclose (file);
  free (header);
  free (found);
  if (!read)
    stop ("not the weights of a model of this configuration", path);
  return parameters;
}
