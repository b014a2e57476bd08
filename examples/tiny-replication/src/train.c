/* Supervised training with AdamW (Loshchilov and Hutter, 2019) from random weights. A batch is always summed in two halves, each in a thread of its own, so
 * that the result does not depend on how many cores there are. usage: train --config FILE --output FILE [--log FILE] */
#include "text.h"
#include "weights.h"
#include <math.h>
#include <stdlib.h>
#include <threads.h>
#include <time.h>

enum { HALVES = 2, TOKENS_MOST = 256 };

typedef struct {
  uint8_t tokens[TOKENS_MOST];
  bool learn[TOKENS_MOST];
  size_t length, learnt;
} Item;

typedef struct {
  double rate, decay, beta1, beta2, clip;
  size_t batch, steps, warmup;
  uint64_t seed;
  char response[32]; /* the field that is learnt before the answer; "" for the answer alone */
} Settings;

static Settings
settings_of (const char *config)
{
  static const char *const names[]
      = { "learning_rate", "weight_decay", "beta1", "beta2", "max_grad_norm", "batch_size", "max_steps", "warmup_steps" };
  double v[8], seed = (double) time (NULL); /* without a seed every run is another */
  for (size_t i = 0; i < sizeof v / sizeof *v; i++)
    if (!json_number (config, names[i], &v[i]))
      stop ("missing in the configuration", names[i]);
  json_number (config, "seed", &seed);
  Settings settings = { v[0], v[1], v[2], v[3], v[4], (size_t) v[5], (size_t) v[6], (size_t) v[7], seed_of (seed), "" };
  if (!json_text (config, "response", settings.response, sizeof settings.response))
    stop ("missing in the configuration", "response");
  return settings;
}

static Item
item_of (const char *line, const char *response, size_t context)
{
  char question[LINE_MOST], thought[LINE_MOST] = "", answer[LINE_MOST], text[3 * LINE_MOST + 16];
  Item item = { .length = 0 };
  if (!json_text (line, "question", question, sizeof question) || !json_text (line, "answer", answer, sizeof answer)
      || (*response != '\0' && !json_text (line, response, thought, sizeof thought)))
    stop ("a line lacks a field", line);
  size_t asked = tokens_of (question, item.tokens, context);
  snprintf (text, sizeof text, "%s%s answer %s", question, thought, answer);
  item.length = tokens_of (text, item.tokens, context - 1);
  if (item.length == 0)
    stop ("a line is too long, or has characters that the vocabulary has not", line);
  item.tokens[item.length++] = END;
  item.learnt = item.length - asked;
  for (size_t i = asked; i < item.length; i++)
    item.learn[i] = true;
  return item;
}

/* The caller frees. */
static Item *
items_read (const char *path, const char *response, size_t context, size_t *count)
{
  char line[LINE_MOST];
  FILE *file = file_open (path, "r");
  Item *items = NULL;
  for (*count = 0; fgets (line, sizeof line, file) != NULL; ++*count) {
    items = realloc (items, (*count + 1) * sizeof *items);
    items[*count] = item_of (line, response, context);
  }
  fclose (file);
  return items;
}

typedef struct {
  const Model *model;
  const real *parameters, *transposed;
  Workspace *workspace;
  real *gradient;
  const Item *items;
  const size_t *order;
  size_t from, to;
  double scale, loss;
} Half;

static int
learn_half (void *data)
{
  Half *half = data;
  memset (half->gradient, 0, half->model->count * sizeof (real));
  half->loss = 0;
  for (size_t i = half->from; i < half->to; i++) {
    const Item *item = &half->items[half->order[i]];
    half->loss += model_learn (half->model, half->parameters, half->transposed, half->workspace, item->tokens, item->learn, item->length, half->scale,
                               half->gradient);
  }
  return 0;
}

/* Both halves' gradients, summed into the first's; the mean loss of a token. */
static double
learn_batch (Half *halves, size_t from, size_t batch)
{
  size_t learnt = 0;
  thrd_t other;
  for (size_t i = from; i < from + batch; i++)
    learnt += halves[0].items[halves[0].order[i]].learnt;
  for (size_t h = 0; h < HALVES; h++) {
    halves[h].scale = 1 / (double) learnt;
    halves[h].from = from + batch * h / HALVES;
    halves[h].to = from + batch * (h + 1) / HALVES;
  }
  bool beside = thrd_create (&other, learn_half, &halves[1]) == thrd_success;
  learn_half (&halves[0]);
  if (beside)
    thrd_join (other, NULL);
  else
    learn_half (&halves[1]);
  for (size_t i = 0; i < halves[0].model->count; i++)
    halves[0].gradient[i] += halves[1].gradient[i];
  return (halves[0].loss + halves[1].loss) / (double) learnt;
}

typedef struct {
  real *first, *second;  /* moments */
  double power1, power2; /* beta1 and beta2 to the number of steps */
} Adam;

WIDE static void
adam_step (Adam *adam, const Settings *settings, double rate, size_t count, const real *gradient, real *parameters)
{
  adam->power1 *= settings->beta1;
  adam->power2 *= settings->beta2;
  double square = 0;
  for (size_t i = 0; i < count; i++)
    square += (double) gradient[i] * (double) gradient[i];
  double norm = sqrt (square);
  real clip = (real) (norm > settings->clip ? settings->clip / norm : 1), b1 = (real) settings->beta1, b2 = (real) settings->beta2;
  real step = (real) (rate / (1 - adam->power1)), correct = (real) (1 / (1 - adam->power2)), keep = (real) (1 - rate * settings->decay);
  for (size_t i = 0; i < count; i++) {
    real g = gradient[i] * clip;
    adam->first[i] = b1 * adam->first[i] + (1 - b1) * g;
    adam->second[i] = b2 * adam->second[i] + (1 - b2) * g * g;
    parameters[i] = keep * parameters[i] - step * adam->first[i] / ((real) sqrtf (adam->second[i] * correct) + (real) 1e-8);
  }
}

static void
shuffle (size_t *order, size_t count, Random *random)
{
  for (size_t i = count - 1; i > 0; i--) {
    size_t other = random_below (random, (unsigned) i + 1), kept = order[i];
    order[i] = order[other];
    order[other] = kept;
  }
}

/* Linear from 0 to the full rate over the warm-up, then linear down to a twentieth of it at the end. */
static double
rate_at (const Settings *settings, size_t step)
{
  if (step < settings->warmup)
    return settings->rate * (double) (step + 1) / (double) settings->warmup;
  double done = (double) (step - settings->warmup) / (double) (settings->steps - settings->warmup);
  return settings->rate * (1 - 0.95 * done);
}

static void
train (const Model *model, const Settings *settings, const Item *items, size_t count, real *parameters, FILE *log)
{
  Random random = { settings->seed };
  real *room = calloc (5 * model->count, sizeof *room), *transposed = room;
  Adam adam = { room + model->count, room + 2 * model->count, 1, 1 };
  size_t *order = malloc (count * sizeof *order), at = count;
  Half halves[HALVES];
  double mean = 0;
  model_initialise (model, &random, parameters);
  for (size_t i = 0; i < count; i++)
    order[i] = i;
  for (size_t h = 0; h < HALVES; h++)
    halves[h] = (Half){ model, parameters, transposed, workspace_new (model), room + (3 + h) * model->count, items, order, 0, 0, 0, 0 };
  for (size_t step = 0; step < settings->steps; step++, at += settings->batch) {
    if (at + settings->batch > count) {
      shuffle (order, count, &random);
      at = 0;
    }
    model_transpose (model, parameters, transposed);
    mean += learn_batch (halves, at, settings->batch);
    adam_step (&adam, settings, rate_at (settings, step), model->count, halves[0].gradient, parameters);
    if ((step + 1) % 100 == 0 || step + 1 == settings->steps) {
      double per = mean / (double) ((step % 100) + 1);
      printf ("step %zu of %zu, loss of a token %.4f\n", step + 1, settings->steps, per);
      fflush (stdout);
      if (log != NULL)
        fprintf (log, "{\"step\": %zu, \"loss\": %.6f}\n", step + 1, per);
      mean = 0;
    }
  }
  for (size_t h = 0; h < HALVES; h++)
    workspace_free (halves[h].workspace);
  free (order);
  free (room);
}

int
main (int argc, char **argv)
{
  char *config = file_read (option (argc, argv, "--config", NULL)), data[256];
  const char *log = option (argc, argv, "--log", "");
  Settings settings = settings_of (config);
  Model model = model_of (shape_of (config));
  size_t count = 0;
  if (!json_text (config, "data", data, sizeof data))
    stop ("missing in the configuration", "data");
  Item *items = items_read (data, settings.response, model.shape.context < TOKENS_MOST ? model.shape.context : TOKENS_MOST, &count);
  if (settings.batch == 0 || settings.batch > count)
    stop ("missing in the configuration, or more than there are items", "batch_size");
  real *parameters = calloc (model.count, sizeof *parameters);
  FILE *log_file = *log != '\0' ? file_open (log, "w") : NULL;
  printf ("%zu parameters, %zu items, seed %llu\n", model.count, count, (unsigned long long) settings.seed);
  train (&model, &settings, items, count, parameters, log_file);
  weights_write (&model, parameters, option (argc, argv, "--output", NULL));
  if (log_file != NULL)
    fclose (log_file);
  free (parameters);
  free (items);
  free (config);
}
