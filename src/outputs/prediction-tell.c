/* Which files are predictions: by the names of their fields, and by their path where the fields alone could be training data. */
#include "base/text.h"
#include "outputs/prediction-fields.h"
#include <string.h>

/* Words of paths under which what a model answered is kept, and such under which what models learn from is. */
static const char *const answer_words[]
    = { "output",   "outputs",     "result",    "results",   "pred",       "preds",       "prediction", "predictions", "predicted",
        "response", "responses",   "evaluated", "generated", "generation", "generations", "samples",    "rollout",     "rollouts",
        "judged",   "completions", "inference", "infer",     "reviews",    "logs",        NULL };
static const char *const training_words[] = { "train",    "training",   "trainset", "sft",       "rl",       "rlhf",   "dpo", "ppo", "grpo",
                                              "finetune", "finetuning", "distill",  "distilled", "pretrain", "corpus", "kto", NULL };
/* Fields of preference pairs, conversations and rewards to train with. */
static const char *const training_fields[]
    = { "chosen", "rejected", "chosen_response", "rejected_response", "conversations", "reward_model", "kto_tag", "preference", NULL };
/* A lesson has these as well as an answer has: they are an evaluated model's only where the path says so. */
static const char *const lesson_names[]
    = { "response", "responses", "output", "outputs", "completion", "completions", "generation", "generations", NULL };
/* Names of a benchmark's own answer that are a model's beside a reference. */
static const char *const weak_names[] = { "answer", "final_answer", "finalanswer", "code", "solution", NULL };
/* A class, or a derivation: no reference for a whole response. */
static const char *const weak_references[] = { "label", "labels", "solution", NULL };
/* Names of verdicts that are nothing else; "grade" is a school year, "score" a weight, "label" a class. */
static const char *const verdict_names[] = { "is_correct",  "iscorrect", "correct",  "correctness", "passed",      "acc", "accuracy",
                                             "exact_match", "em",        "resolved", "graded_list", "plus_status", NULL };

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

static gboolean
is_one_of (const char *name, const char *const *names)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  return g_strv_contains (names, lower);
}

/* A few records that show a format, told by the file's name and its own folder. */
static gboolean
shows_format (const char *path)
{
  static const char *const words[] = { "example", "examples", "demo", "dummy", "toy", "mock", "fixture", "fixtures", "template", NULL };
  const char *base = strrchr (path, '/');
  const char *folder = base != NULL ? base : path;
  while (folder > path && folder[-1] != '/')
    folder--;
  g_auto (GStrv) tokens = cd_text_tokens (folder);
  return has_word (tokens, words);
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
  gint extracted = roles[CD_ROLE_PREDICTION], answer = extracted >= 0 ? extracted : roles[CD_ROLE_RESPONSE];
  gint gold = roles[CD_ROLE_GOLD], verdict = roles[CD_ROLE_CORRECT];
  g_auto (GStrv) words = cd_text_tokens (path);
  gboolean kept = has_word (words, answer_words);
  if (shows_format (path))
    return FALSE;
  const char *const *all = (const char *const *) fields;
  if (answer < 0 && g_strv_contains (all, "choices") && g_strv_contains (all, "usage"))
    return kept; /* a chat completion as the API gives it, with the harness's own fields in it */
  if (answer < 0 || has_field (fields, training_fields) || (!kept && has_word (words, training_words)))
    return FALSE;
  if (gold < 0 && verdict < 0) /* correctness stands in the responses themselves */
    return roles[CD_ROLE_TOKENS] >= 0 && g_str_has_prefix (fields[roles[CD_ROLE_TOKENS]], "token_usage");
  gboolean sure = verdict >= 0 && is_one_of (fields[verdict], verdict_names);
  if (is_one_of (fields[answer], weak_names))
    return kept && (gold >= 0 || sure);
  if (extracted < 0 && !sure && gold >= 0 && is_one_of (fields[gold], weak_references))
    return FALSE;
  return kept || !is_one_of (fields[answer], lesson_names);
}
