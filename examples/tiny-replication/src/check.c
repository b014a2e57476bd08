/* `make check`: the backward pass against differences of the loss, in double precision; one token at a time against the whole sequence. */
#include "transformer.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const Shape small = { .vocabulary = 16, .width = 32, .heads = 4, .hidden = 48, .layers = 2, .context = 48 };
enum { LENGTH = 37, TRIED = 400 };

static int
check_gradient (const Model *model, Random *random, real *parameters, const uint8_t *tokens, const bool *learn)
{
  real *transposed = calloc (model->count, sizeof (real)), *gradient = calloc (model->count, sizeof (real));
  Workspace *workspace = workspace_new (model);
  model_transpose (model, parameters, transposed);
  model_learn (model, parameters, transposed, workspace, tokens, learn, LENGTH, 1, gradient);
  double worst = 0;
  for (int i = 0; i < TRIED; i++) {
    real *one = &parameters[random_below (random, (unsigned) model->count)], kept = *one;
    *one = kept + (real) 1e-4;
    double above = model_learn (model, parameters, transposed, workspace, tokens, learn, LENGTH, 1, NULL);
    *one = kept - (real) 1e-4;
    double below = model_learn (model, parameters, transposed, workspace, tokens, learn, LENGTH, 1, NULL);
    *one = kept;
    double off = fabs ((above - below) / 2e-4 - (double) gradient[one - parameters]);
    worst = off > worst ? off : worst;
  }
  printf ("gradient: largest difference of %d parameters %.1e\n", TRIED, worst);
  workspace_free (workspace);
  free (transposed);
  free (gradient);
  return worst < 2e-4 ? 0 : 1;
}

/* The sum of the losses of single steps is the sequence's. */
static int
check_steps (const Model *model, const real *parameters, const uint8_t *tokens, const bool *learn)
{
  Workspace *workspace = workspace_new (model);
  Memory memory = memory_new (model);
  double together = model_learn (model, parameters, NULL, workspace, tokens, learn, LENGTH, 1, NULL), single = 0;
  for (size_t t = 0; t + 1 < LENGTH; t++) {
    real logits[16];
    double sum = 0;
    model_step (model, parameters, &memory, tokens[t], logits);
    for (size_t v = 0; v < small.vocabulary; v++)
      sum += exp ((double) logits[v]);
    single += learn[t + 1] ? log (sum) - (double) logits[tokens[t + 1]] : 0;
  }
  printf ("generation: loss %.6f, of the sequence %.6f\n", single, together);
  workspace_free (workspace);
  memory_free (&memory);
  return fabs (together - single) < 1e-4 ? 0 : 1;
}

int
main (void)
{
  Model model = model_of (small);
  Random random = { 7 };
  real *parameters = calloc (model.count, sizeof (real));
  uint8_t tokens[LENGTH];
  bool learn[LENGTH];
  model_initialise (&model, &random, parameters);
  for (size_t i = 0; i < LENGTH; i++) {
    tokens[i] = (uint8_t) random_below (&random, (unsigned) small.vocabulary);
    learn[i] = i > 5;
  }
  int failed = check_gradient (&model, &random, parameters, tokens, learn) + check_steps (&model, parameters, tokens, learn);
  free (parameters);
  puts (failed == 0 ? "check: ok" : "check: FAILED");
  return failed;
}
