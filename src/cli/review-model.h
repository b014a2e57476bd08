/* `candor review --reader`: the options of a language model as reader. */
#pragma once
#include "cli/cmd.h"
#include "review/model.h"

#define CD_REVIEW_MODEL_OPTIONS 10u
typedef struct {
  char *url, *model;
  gboolean all;
  int requests, answer_tokens, timeout;
  gint64 tokens;
  double cost, price_in, price_out;
} CdReviewModel;
void cd_review_model_clear (CdReviewModel *model);

/* Entries whose values go into model; CD_REVIEW_MODEL_OPTIONS of them. Sets the defaults. */
void cd_review_model_entries (CdReviewModel *model, GOptionEntry *entries);
/* CD_ERROR_USAGE where what was given does not fit together. A model reads where model->url is set. */
gboolean cd_review_model_check (const CdReviewModel *model, GError **error);
/* Let the model answer the session's questions and tell on stderr what came of it and what it cost. cache: NULL none; only: the user named the
 * questions. FALSE with the error of cd_model_read. */
gboolean cd_review_model_run (const CdReviewModel *model, CdSession *session, const char *cache, gboolean only, gboolean quiet, GError **error);
