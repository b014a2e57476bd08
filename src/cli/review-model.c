/* Options of a model that reads, the key it is asked with, and what is told of it. The reading is review/model.c's. */
#include "cli/review-model.h"
#include "base/text.h"
#include "net/address.h"
#include <math.h>
#include <string.h>

#define MOST_NAME 200

void
cd_review_model_clear (CdReviewModel *model)
{
  g_free (model->url);
  g_free (model->model);
}

void
cd_review_model_entries (CdReviewModel *model, GOptionEntry *entries)
{
  const CdModelOptions defaults = cd_model_options ();
  model->requests = (int) defaults.requests;
  model->tokens = (gint64) defaults.tokens;
  model->answer_tokens = (int) defaults.answer_tokens;
  model->timeout = (int) defaults.seconds;
  const GOptionEntry own[CD_REVIEW_MODEL_OPTIONS] = {
    { "reader", 0, 0, G_OPTION_ARG_STRING, &model->url, "A language model reads: the URL of an OpenAI-compatible chat interface", "URL" },
    { "model", 0, 0, G_OPTION_ARG_STRING, &model->model, "The model's name there", "NAME" },
    { "all", 0, 0, G_OPTION_ARG_NONE, &model->all, "Ask the model what the rules settle, too", NULL },
    { "requests", 0, 0, G_OPTION_ARG_INT, &model->requests, "Send at most so many requests (default 25)", "N" },
    { "tokens", 0, 0, G_OPTION_ARG_INT64, &model->tokens, "Spend at most so many tokens (default 200000)", "N" },
    { "cost", 0, 0, G_OPTION_ARG_DOUBLE, &model->cost, "Spend at most so much money, by the prices", "MONEY" },
    { "price-in", 0, 0, G_OPTION_ARG_DOUBLE, &model->price_in, "The price of a million tokens of questions", "MONEY" },
    { "price-out", 0, 0, G_OPTION_ARG_DOUBLE, &model->price_out, "The price of a million tokens of answers", "MONEY" },
    { "answer-tokens", 0, 0, G_OPTION_ARG_INT, &model->answer_tokens, "Let one answer take at most so many tokens (default 2048)", "N" },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &model->timeout, "Wait at most so long for one answer of the model (default 300)", "SECONDS" },
  };
  memcpy (entries, own, sizeof own);
}

static gboolean
is_money (double money)
{
  return isfinite (money) && money >= 0;
}

gboolean
cd_review_model_check (const CdReviewModel *model, GError **error)
{
  const struct {
    gboolean wrong;
    const char *says;
  } rules[] = {
    { model->url == NULL && (model->model != NULL || model->all || model->cost != 0),
      "--model, --all and --cost are for a model that reads; name it with --reader" },
    { model->url != NULL && model->model == NULL, "--reader needs --model, the model's name there" },
    { model->model != NULL && (*model->model == '\0' || !g_utf8_validate (model->model, -1, NULL) || g_utf8_strlen (model->model, -1) > MOST_NAME),
      "--model takes a name of at most 200 characters" },
    { model->requests < 1 || model->requests > 100000, "--requests takes a number from 1 to 100000" },
    { model->tokens < 1, "--tokens takes a number from 1" },
    { model->answer_tokens < 1 || model->answer_tokens > 1000000, "--answer-tokens takes a number from 1 to 1000000" },
    { model->timeout < 1 || model->timeout > 600, "--timeout takes seconds from 1 to 600" },
    { !is_money (model->cost) || !is_money (model->price_in) || !is_money (model->price_out),
      "--cost, --price-in and --price-out take amounts from 0" },
    { model->cost > 0 && model->price_in + model->price_out <= 0, "--cost needs --price-in and --price-out, the prices of a million tokens" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].wrong) {
      g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, rules[i].says);
      return FALSE;
    }
  return TRUE;
}

/* --- the key --- */

static gboolean
is_this_machine (const char *host)
{
  struct sockaddr_storage address;
  if (cd_address_parse (host, &address))
    return cd_address_is_loopback ((const struct sockaddr *) &address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

static gboolean
is_openai (const char *host)
{
  g_autofree char *lower = g_ascii_strdown (host, -1);
  return strcmp (lower, "openai.com") == 0 || g_str_has_suffix (lower, ".openai.com") || g_str_has_suffix (lower, ".openai.azure.com");
}

static const char *
variable (const char *name)
{
  const char *value = g_getenv (name);
  return value != NULL && *value != '\0' ? value : NULL;
}

/* CANDOR_API_KEY is for whatever --reader names; one that is OpenAI's is given to nobody else. Neither goes over plain http to another machine. Borrowed. */
static const char *
choose_key (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL, *key = variable ("CANDOR_API_KEY"), *openai = variable ("OPENAI_API_KEY");
  if (host == NULL)
    return NULL;
  gboolean near = is_this_machine (host);
  if (key == NULL && openai != NULL && !near && !is_openai (host))
    g_printerr ("candor: OPENAI_API_KEY is not sent to %s; a key for it belongs in CANDOR_API_KEY\n", host);
  else if (key == NULL)
    key = openai;
  if (key == NULL || near || strcmp (g_uri_get_scheme (uri), "https") == 0)
    return key;
  g_printerr ("candor: no key is sent to %s over plain http\n", host);
  return NULL;
}

/* --- what is told --- */

static void
tell_line (const char *line, gpointer data)
{
  (void) data;
  g_printerr ("candor: %s\n", line);
}

static void
add_count (GString *text, guint number, const char *what)
{
  if (number > 0)
    g_string_append_printf (text, ", %u %s", number, what);
}

static void
tell_tally (const CdReviewModel *model, const CdModelTally *tally)
{
  g_autofree char *name = cd_text_printable (model->model);
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, "%s: %u yes, %u no, %u unsure", name, tally->yes, tally->no, tally->unsure);
  add_count (text, tally->discarded, "discarded");
  add_count (text, tally->failed, "without an answer");
  add_count (text, tally->mute, "without a passage to show");
  g_string_append_printf (text, "; %u request%s", tally->requests, tally->requests == 1 ? "" : "s");
  add_count (text, tally->cached, "from the cache");
  g_string_append_printf (text, ", %" G_GUINT64_FORMAT " tokens in and %" G_GUINT64_FORMAT " out%s", tally->tokens_in, tally->tokens_out,
                          tally->estimated ? " (estimated)" : "");
  if (model->price_in + model->price_out > 0)
    g_string_append_printf (text, ", %.4f spent", tally->cost);
  g_printerr ("candor: %s\n", text->str);
  if (tally->withheld > 0)
    g_printerr ("candor: %u line%s that speak%s to whoever judges the work %s not shown to the model\n", tally->withheld,
                tally->withheld == 1 ? "" : "s", tally->withheld == 1 ? "s" : "", tally->withheld == 1 ? "was" : "were");
  if (tally->bound != NULL)
    g_printerr ("candor: it ended at the bound of --%s, with questions left to ask\n", tally->bound);
}

gboolean
cd_review_model_run (const CdReviewModel *model, CdSession *session, const char *cache, gboolean only, gboolean quiet, GError **error)
{
  CdModelOptions options = { .url = model->url,
                             .model = model->model,
                             .key = choose_key (model->url),
                             .cache = cache,
                             .all = model->all || only,
                             .requests = (guint) model->requests,
                             .tokens = (guint64) model->tokens,
                             .cost = model->cost,
                             .price_in = model->price_in,
                             .price_out = model->price_out,
                             .answer_tokens = (guint) model->answer_tokens,
                             .seconds = (guint) model->timeout,
                             .tell = quiet ? NULL : tell_line };
  CdModelTally tally;
  gboolean read = cd_model_read (session, &options, &tally, error);
  tell_tally (model, &tally);
  return read;
}
