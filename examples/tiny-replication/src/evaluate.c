/* Answers the test's questions, writes every answer as a line of JSONL, and the metrics: greedy, or several samples a question. Two threads share the
 * questions; each draws from random numbers of its own, so that the result does not depend on the threads.
 * usage: evaluate --config FILE --weights FILE|untrained --data FILE --name MODEL --predictions FILE --metrics FILE
 *                 [--samples N --temperature T --seed S] */
#include "text.h"
#include "weights.h"
#include <stdlib.h>
#include <threads.h>

enum { SAMPLES_MOST = 64, THREADS = 2, TEXT_MOST = 8 * 512, ANSWER_MOST = 32 };

typedef struct {
  char id[32], question[64], gold[ANSWER_MOST];
} Problem;

typedef struct {
  char response[TEXT_MOST], answer[ANSWER_MOST];
  size_t tokens;
} Sample;

typedef struct {
  const Model *model;
  const real *parameters;
  const Problem *problems;
  Sample *samples; /* of problem p from p * each on */
  size_t count, each, thread;
  double temperature;
  uint64_t seed;
} Job;

/* The likeliest token; with a temperature one drawn by its chance. logits are used up. */
static uint8_t
choose (real *logits, double temperature, Random *random)
{
  size_t best = 0;
  for (size_t i = 1; i < VOCABULARY; i++)
    best = logits[i] > logits[best] ? i : best;
  if (temperature <= 0)
    return (uint8_t) best;
  for (size_t i = 0; i < VOCABULARY; i++)
    logits[i] /= (real) temperature;
  exponentials_of (logits, VOCABULARY, logits[best]);
  real drawn = (real) random_unit (random) * sum_of (logits, VOCABULARY);
  for (size_t i = 0; i < VOCABULARY; i++)
    if ((drawn -= logits[i]) < 0)
      return (uint8_t) i;
  return (uint8_t) best;
}

/* What stands behind the last "answer "; nothing where the response does not say it. */
static void
read_answer (const char *response, char *answer)
{
  const char *found = NULL;
  for (const char *at = response; (at = strstr (at, "answer ")) != NULL; at++)
    found = at + strlen ("answer ");
  size_t length = found != NULL ? strcspn (found, " ;,") : 0;
  snprintf (answer, ANSWER_MOST, "%.*s", (int) length, found != NULL ? found : "");
}

static void
respond (const Job *job, const Problem *problem, Random *random, Memory *memory, Sample *sample)
{
  uint8_t asked[64], said[512];
  real logits[VOCABULARY];
  size_t given = tokens_of (problem->question, asked, sizeof asked), length = 0;
  if (given == 0 || given >= job->model->shape.context)
    stop ("a question is too long, or has characters that the vocabulary has not", problem->question);
  memory->length = 0;
  for (size_t i = 0; i < given; i++)
    model_step (job->model, job->parameters, memory, asked[i], logits);
  while (memory->length < job->model->shape.context) {
    uint8_t next = choose (logits, job->temperature, random);
    if (next == END)
      break;
    said[length++] = next;
    model_step (job->model, job->parameters, memory, next, logits);
  }
  text_of (said, length, sample->response);
  read_answer (sample->response, sample->answer);
  sample->tokens = length;
}

static int
answer_all (void *data)
{
  const Job *job = data;
  Memory memory = memory_new (job->model);
  for (size_t p = job->thread; p < job->count; p += THREADS)
    for (size_t k = 0; k < job->each; k++) {
      Random random = { job->seed * 1000003u + p * SAMPLES_MOST + k };
      respond (job, &job->problems[p], &random, &memory, &job->samples[p * job->each + k]);
    }
  memory_free (&memory);
  return 0;
}

static Problem *
problems_read (const char *path, size_t *count)
{
  char line[LINE_MOST];
  Problem *problems = NULL;
  FILE *file = file_open (path, "r");
  for (*count = 0; fgets (line, sizeof line, file) != NULL; ++*count) {
    problems = realloc (problems, (*count + 1) * sizeof *problems);
    Problem *p = &problems[*count];
    if (!json_text (line, "id", p->id, sizeof p->id) || !json_text (line, "question", p->question, sizeof p->question)
        || !json_text (line, "answer", p->gold, sizeof p->gold))
      stop ("a line lacks a field", line);
  }
  fclose (file);
  return problems;
}

static bool
is_right (const Sample *sample, const Problem *problem)
{
  return strcmp (sample->answer, problem->gold) == 0;
}

static void
predictions_write (const Job *job, const char *name, const char *path)
{
  FILE *file = file_open (path, "w");
  for (size_t p = 0; p < job->count; p++)
    for (size_t k = 0; k < job->each; k++) {
      const Problem *problem = &job->problems[p];
      const Sample *sample = &job->samples[p * job->each + k];
      fprintf (file,
               "{\"id\": \"%s\", \"model\": \"%s\", \"question\": \"%s\", \"gold\": \"%s\", \"sample\": %zu, \"response\": \"%s\", \"prediction\": "
               "\"%s\", \"correct\": "
               "%s, \"tokens\": %zu}\n",
               problem->id, name, problem->question, problem->gold, k, sample->response, sample->answer,
               is_right (sample, problem) ? "true" : "false", sample->tokens);
    }
  if (fclose (file) != 0)
    stop ("cannot write", path);
}

/* The chance that the most frequent answer of a problem's samples is the right one, ties broken by lot; no answer is no vote. */
static double
majority (const Sample *samples, size_t each, const Problem *problem)
{
  size_t most = 0, leaders = 0;
  bool right = false;
  for (size_t k = 0; k < each; k++) {
    size_t votes = 0;
    bool first = samples[k].answer[0] != '\0';
    for (size_t other = 0; other < each; other++)
      if (strcmp (samples[k].answer, samples[other].answer) == 0) {
        votes++;
        first = first && other >= k;
      }
    if (!first || votes < most)
      continue;
    leaders = votes > most ? 1 : leaders + 1;
    right = (votes == most && right) || is_right (&samples[k], problem);
    most = votes;
  }
  return right ? 1 / (double) leaders : 0;
}

static void
metrics_write (const Job *job, const char *name, const char *path)
{
  size_t right = 0, passed = 0, tokens = 0, all = job->count * job->each;
  double voted = 0;
  for (size_t p = 0; p < job->count; p++) {
    const Sample *samples = job->samples + p * job->each;
    size_t here = 0;
    for (size_t k = 0; k < job->each; k++) {
      here += is_right (&samples[k], &job->problems[p]);
      tokens += samples[k].tokens;
    }
    right += here;
    passed += here > 0;
    voted += majority (samples, job->each, &job->problems[p]);
  }
  FILE *file = file_open (path, "w");
  double n = (double) job->count;
  fprintf (file,
           "{\n  \"model\": \"%s\",\n  \"benchmark\": \"four-digit-products\",\n  \"split\": \"test\",\n  \"n\": %zu,\n  \"samples\": %zu,\n  "
           "\"temperature\": %g,\n",
           name, job->count, job->each, job->temperature);
  if (job->each == 1)
    fprintf (file, "  \"accuracy\": %.1f,\n", 100 * (double) right / n);
  else
    fprintf (file, "  \"avg@%zu\": %.2f,\n  \"maj@%zu\": %.2f,\n  \"pass@%zu\": %.2f,\n", job->each, 100 * (double) right / (double) all, job->each,
             100 * voted / n, job->each, 100 * (double) passed / n);
  fprintf (file, "  \"mean_tokens\": %.1f\n}\n", (double) tokens / (double) all);
  if (fclose (file) != 0)
    stop ("cannot write", path);
}

int
main (int argc, char **argv)
{
  char *config = file_read (option (argc, argv, "--config", NULL));
  const char *weights = option (argc, argv, "--weights", NULL);
  Model model = model_of (shape_of (config));
  Job job = { .model = &model, .each = strtoul (option (argc, argv, "--samples", "1"), NULL, 10) };
  job.temperature = strtod (option (argc, argv, "--temperature", "0"), NULL);
  job.seed = seed_of (strtod (option (argc, argv, "--seed", "0"), NULL));
  job.problems = problems_read (option (argc, argv, "--data", NULL), &job.count);
  if (job.count == 0 || job.each == 0 || job.each > SAMPLES_MOST)
    stop ("nothing to answer", "--data, --samples");
  real *parameters;
  if (strcmp (weights, "untrained") == 0) {
    Random random = { job.seed };
    model_initialise (&model, &random, parameters = calloc (model.count, sizeof *parameters));
  } else
    parameters = weights_read (&model, weights);
  job.parameters = parameters;
  job.samples = calloc (job.count * job.each, sizeof *job.samples);
  Job other = job;
  thrd_t beside;
  other.thread = 1;
  bool started = thrd_create (&beside, answer_all, &other) == thrd_success;
  answer_all (&job);
  if (started)
    thrd_join (beside, NULL);
  else
    answer_all (&other);
  const char *name = option (argc, argv, "--name", NULL);
  predictions_write (&job, name, option (argc, argv, "--predictions", NULL));
  metrics_write (&job, name, option (argc, argv, "--metrics", NULL));
  free (job.samples);
  free ((void *) job.problems);
  free (parameters);
  free (config);
}
