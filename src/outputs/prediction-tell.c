/* Which files are predictions: by the names of their fields, and by their path where the fields alone could be training data. */
#include "base/text.h"
#include "outputs/prediction-fields.h"
#include <string.h>

/* Words of paths under which what a model answered is kept, and such under which what models learn from is. */
static const char *const answer_words[]
    = { "output",      "outputs",    "result",  "results",  "pred",       "preds",     "prediction", "predictions", "predicted",
        "response",    "responses",  "eval",    "evals",    "evaluation", "evaluated", "generation", "generations", "generated",
        "completions", "samples",    "rollout", "rollouts", "judge",      "judged",    "inference",  "infer",       "test",
        "benchmark",   "benchmarks", "logs",    "val",      "validation", NULL };
static const char *const training_words[] = { "train",    "training",   "trainset", "sft",       "rl",       "rlhf",   "dpo", "ppo", "grpo",
                                              "finetune", "finetuning", "distill",  "distilled", "pretrain", "corpus", "kto", NULL };
/* Fields of preference pairs, conversations and rewards to train with. */
static const char *const training_fields[]
    = { "chosen", "rejected", "chosen_response", "rejected_response", "conversations", "reward_model", "kto_tag", "preference", NULL };

static gboolean
has_word (char **words, const char *const *wanted)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_strv_contains (wanted, words[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_field (char **fields, const char *const *wanted)
{
  for (guint i = 0; fields[i] != NULL; i++)
    if (g_strv_contains (wanted, fields[i]))
      return TRUE;
  return FALSE;
}

/* Names that only the output of an evaluated model has; "response" or "output" may be a lesson as well. */
static gboolean
is_evaluated (const char *name)
{
  static const char *const names[]
      = { "response", "responses", "output", "outputs", "completion", "completions", "code", "solution", "generation", "generations", NULL };
  return !g_strv_contains (names, name);
}

gboolean
cd_predictions_are (const char *path, char **fields)
{
  guint length = g_strv_length (fields);
  g_autofree CdFieldName *names = g_new0 (CdFieldName, MAX (length, 1));
  for (guint i = 0; i < length; i++)
    names[i] = (CdFieldName){ .name = fields[i], .length = strlen (fields[i]) };
  gint roles[CD_ROLES];
  cd_prediction_roles (names, length, CD_RECORD_OF_PREDICTIONS, NULL, roles);
  gint answer = roles[CD_ROLE_PREDICTION] >= 0 ? roles[CD_ROLE_PREDICTION] : roles[CD_ROLE_RESPONSE];
  gboolean reference = roles[CD_ROLE_GOLD] >= 0, verdict = roles[CD_ROLE_CORRECT] >= 0;
  g_auto (GStrv) words = cd_text_tokens (path);
  gboolean answers = has_word (words, answer_words), trains = has_word (words, training_words);
  if (answer < 0 || has_field (fields, training_fields))
    return FALSE;
  if (trains && !answers)
    return FALSE;
  gboolean usages = roles[CD_ROLE_TOKENS] >= 0 && g_str_has_prefix (fields[roles[CD_ROLE_TOKENS]], "token_usage");
  if (!reference && !verdict)
    return usages; /* correctness stands in the responses themselves */
  return is_evaluated (fields[answer]) || answers;
}
