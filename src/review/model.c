/* Puts a session's questions to a model, one after another, within the bounds that the user set. What is asked and shown is model-prompt.c's, how the
 * endpoint is reached model-endpoint.c's, and what an answer is worth model-answer.c's. */
#include "review/model-parts.h"
#include "base/text.h"
#include <string.h>

#define FAILURES_MOST 3u /* in a row, after which an endpoint is given up */
#define NAME_MOST 100u   /* bytes of a model in a file's name */
#define PER_PRICE 1e6    /* tokens */

typedef struct {
  CdSession *session;
  const CdModelOptions *options;
  CdEndpoint *endpoint;
  CdModelTally *tally;
  CdForm form;
  guint failures; /* in a row */
} Reading;

CdModelOptions
cd_model_options (void)
{
  return (CdModelOptions){ .requests = 25, .tokens = 200000, .answer_tokens = 2048, .seconds = 300 };
}

char *
cd_model_file (const char *model)
{
  g_autofree char *name = g_strndup (model, NAME_MOST);
  g_strcanon (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-", '-');
  return g_strconcat ("assessment.", name, ".yaml", NULL);
}

static void tell (const Reading *reading, guint criterion, const char *format, ...) G_GNUC_PRINTF (3, 4);
static void
tell (const Reading *reading, guint criterion, const char *format, ...)
{
  if (reading->options->tell == NULL)
    return;
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  const char *id = cd_rubric_criterion (cd_session_audit (reading->session)->rubric, criterion)->id;
  g_autofree char *line = g_strdup_printf ("%s: %s", id, text), *printable = cd_text_printable (line);
  reading->options->tell (printable, reading->options->tell_data);
}

/* --- bounds --- */

static double
price_of (const CdModelOptions *options, guint64 in, guint64 out)
{
  return ((double) in * options->price_in + (double) out * options->price_out) / PER_PRICE;
}

/* Whether one more question stays within the bounds even where its answer is as long as allowed. */
static gboolean
may_ask (const Reading *reading, const char *body)
{
  const CdModelOptions *options = reading->options;
  CdModelTally *tally = reading->tally;
  guint64 in = cd_model_estimate (strlen (body)), out = options->answer_tokens;
  if (tally->requests >= options->requests)
    tally->bound = "requests";
  else if (tally->tokens_in + tally->tokens_out + in + out > options->tokens)
    tally->bound = "tokens";
  else if (options->cost > 0 && tally->cost + price_of (options, in, out) > options->cost)
    tally->bound = "cost";
  return tally->bound == NULL;
}

static void
count (Reading *reading, const CdReply *reply)
{
  CdModelTally *tally = reading->tally;
  if (reply->cached) {
    tally->cached++;
    return;
  }
  tally->requests += reply->requests;
  tally->tokens_in += reply->tokens_in;
  tally->tokens_out += reply->tokens_out;
  tally->cost = price_of (reading->options, tally->tokens_in, tally->tokens_out);
  tally->estimated = tally->estimated || (!reply->counted && reply->tokens_in > 0);
}

/* --- one question --- */

static gboolean
keep (Reading *reading, guint criterion, const CdModelAnswer *answer, GError **error)
{
  CdModelTally *tally = reading->tally;
  g_autofree char *discarded = answer->valid ? NULL : g_strconcat ("answer discarded: ", answer->reason, NULL);
  if (!cd_session_answer (reading->session, criterion, answer->answer, discarded != NULL ? discarded : answer->reason, answer->evidence, error))
    return FALSE;
  guint *counter = !answer->valid                    ? &tally->discarded
                   : answer->answer == CD_ANSWER_YES ? &tally->yes
                   : answer->answer == CD_ANSWER_NO  ? &tally->no
                                                     : &tally->unsure;
  (*counter)++;
  const char *word = answer->answer == CD_ANSWER_LATER ? "unsure" : cd_answer_name (answer->answer);
  if (discarded != NULL)
    tell (reading, criterion, "%s", discarded);
  else if (answer->evidence->len > 0) {
    const CdCitation *first = answer->evidence->pdata[0];
    tell (reading, criterion, "%s (%s:%u)", word, first->path, first->line);
  } else
    tell (reading, criterion, "%s", word);
  return TRUE;
}

/* A question without an answer stays open. FALSE with error where there is no use in asking on. */
static gboolean
bear (Reading *reading, guint criterion, const CdReply *reply, GError **error)
{
  reading->tally->failed++;
  tell (reading, criterion, "no answer: %s", reply->fault);
  if (reply->state == CD_REPLY_NONE && ++reading->failures < FAILURES_MOST)
    return TRUE;
  g_set_error (error, CD_ERROR, CD_ERROR_NETWORK, "the reader does not answer: %s", reply->fault);
  return FALSE;
}

/* Asks in the first form that the endpoint takes. FALSE with error, or without one where a bound was reached. */
static gboolean
put_question (Reading *reading, guint criterion, const GPtrArray *excerpts, CdReply *reply, GError **error)
{
  while (TRUE) {
    g_autofree char *body = cd_model_body (reading->session, criterion, excerpts, reading->options, reading->form);
    if (!cd_endpoint_knows (reading->endpoint, body) && !may_ask (reading, body))
      return FALSE;
    if (!cd_endpoint_ask (reading->endpoint, body, reading->options->requests - reading->tally->requests, reply, error))
      return FALSE;
    count (reading, reply);
    if (reply->state != CD_REPLY_FORM || reading->form + 1 == CD_FORMS)
      return TRUE;
    reading->form++;
    cd_reply_clear (reply);
    *reply = (CdReply){ 0 };
  }
}

static guint
withheld_in (const GPtrArray *excerpts)
{
  guint withheld = 0;
  for (guint i = 0; i < excerpts->len; i++)
    withheld += ((const CdExcerpt *) excerpts->pdata[i])->withheld;
  return withheld;
}

static gboolean
ask (Reading *reading, guint criterion, GError **error)
{
  g_autoptr (GPtrArray) excerpts = cd_excerpts_gather (reading->session, criterion);
  if (excerpts->len == 0) {
    reading->tally->mute++;
    tell (reading, criterion, "not asked: there is no passage to show");
    return TRUE;
  }
  g_auto (CdReply) reply = { 0 };
  if (!put_question (reading, criterion, excerpts, &reply, error))
    return FALSE;
  reading->tally->withheld += withheld_in (excerpts);
  if (reply.state != CD_REPLY_GIVEN && reply.state != CD_REPLY_EMPTY)
    return bear (reading, criterion, &reply, error);
  reading->failures = 0;
  g_auto (CdModelAnswer) answer = { 0 };
  if (reply.state == CD_REPLY_GIVEN)
    cd_model_answer_read (&answer, reply.content, excerpts);
  else
    answer = (CdModelAnswer){ .answer = CD_ANSWER_LATER, .reason = g_strdup (reply.fault) };
  return keep (reading, criterion, &answer, error);
}

/* --- all questions --- */

/* Chosen before the first answer: what the rules leave open, whatever this reader's answers make likely. */
static GArray *
choose (const CdSession *session, gboolean all)
{
  const GArray *order = cd_session_order (session);
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < order->len; i++) {
    guint criterion = g_array_index (order, guint, i);
    if (cd_session_response (session, criterion) == NULL && (all || !cd_verdict_is_settled (cd_session_rules (session, criterion))))
      g_array_append_val (chosen, criterion);
  }
  return chosen;
}

gboolean
cd_model_read (CdSession *session, const CdModelOptions *options, CdModelTally *tally, GError **error)
{
  *tally = (CdModelTally){ 0 };
  g_autoptr (CdEndpoint) endpoint = cd_endpoint_new (options, error);
  if (endpoint == NULL)
    return FALSE;
  Reading reading = { .session = session, .options = options, .endpoint = endpoint, .tally = tally };
  g_autoptr (GArray) chosen = choose (session, options->all);
  GError *cause = NULL;
  for (guint i = 0; i < chosen->len && tally->bound == NULL; i++)
    if (!ask (&reading, g_array_index (chosen, guint, i), &cause) && cause != NULL) {
      g_propagate_error (error, cause);
      return FALSE;
    }
  if (tally->failed == 0 || tally->yes + tally->no + tally->unsure + tally->discarded > 0)
    return TRUE;
  g_set_error_literal (error, CD_ERROR, CD_ERROR_NETWORK, "the reader answered none of the questions");
  return FALSE;
}
