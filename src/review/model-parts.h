/* What the files of the model reader share: one question as it is sent, what comes back, and what that is worth. For review/model*.c only. */
#pragma once
#include "review/excerpt.h"
#include "review/model.h"
#include <cjson/cJSON.h>

/* model-prompt.c */
/* How an endpoint is asked for JSON: not every one knows every way. */
typedef enum { CD_FORM_SCHEMA, CD_FORM_OBJECT, CD_FORM_PLAIN, CD_FORMS } CdForm;
/* The body of a request, the same for the same question of the same commit. Caller frees. */
char *cd_model_body (const CdSession *session, guint criterion, const GPtrArray *excerpts, const CdModelOptions *options, CdForm form);
/* The tokens that a text is likely to take at most. */
guint64 cd_model_estimate (gsize bytes);

/* model-answer.c */
/* A model's word, checked. */
typedef struct {
  gboolean valid;
  CdAnswer answer;
  char *reason;        /* the model's; where it is not valid, why not. Printable */
  GPtrArray *evidence; /* CdCitation*: the places that it quotes */
} CdModelAnswer;
/* Reads content, what the model wrote, and holds its quotes against what it was shown. Caller clears. */
void cd_model_answer_read (CdModelAnswer *answer, const char *content, const GPtrArray *excerpts);
void cd_model_answer_clear (CdModelAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CdModelAnswer, cd_model_answer_clear)

/* model-endpoint.c */
/* What came back. */
typedef enum {
  CD_REPLY_GIVEN,  /* content stands */
  CD_REPLY_EMPTY,  /* an answer without content that can be used: fault says why */
  CD_REPLY_NONE,   /* no answer this time */
  CD_REPLY_FORM,   /* the endpoint does not take the request in this form */
  CD_REPLY_REFUSED /* it will not answer anything */
} CdReplyState;
typedef struct {
  CdReplyState state;
  char *content;
  char *fault; /* printable, without the key */
  gboolean cached;
  guint requests; /* that went out */
  guint64 tokens_in, tokens_out;
  gboolean counted; /* by the endpoint; else estimated */
} CdReply;
typedef struct _CdEndpoint CdEndpoint;
/* options is borrowed. CD_ERROR_USAGE where its URL or key cannot be used. */
CdEndpoint *cd_endpoint_new (const CdModelOptions *options, GError **error);
void cd_endpoint_free (CdEndpoint *endpoint);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdEndpoint, cd_endpoint_free)
/* Whether the answer to body is kept already. */
gboolean cd_endpoint_knows (const CdEndpoint *endpoint, const char *body);
/* Ask, at most `requests` times. Caller clears. FALSE with the error of cd_http_ask. */
gboolean cd_endpoint_ask (const CdEndpoint *endpoint, const char *body, guint requests, CdReply *reply, GError **error);
void cd_reply_clear (CdReply *reply);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CdReply, cd_reply_clear)

/* model-cache.c */
/* The file that keeps an endpoint's answer to body: named by a digest of both. Caller frees. */
char *cd_model_cache_path (const char *folder, const char *url, const char *body);
/* NULL where nothing is kept, or it is damaged. Caller frees. */
char *cd_model_cache_read (const char *path);
/* Where that fails nothing is kept. */
void cd_model_cache_write (const char *path, const char *answer);
