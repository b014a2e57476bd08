/* A language model as reader: a session's questions put to an OpenAI-compatible chat endpoint (llama.cpp, vLLM, Ollama, hosted), with what the codebook wants
 * and the passages that decide. The work's text is data: fenced, screened, and never the reason of an answer that does not quote it to the letter. */
#pragma once
#include "review/session.h"

/* Unlimited: cost 0. */
typedef struct {
  const char *url;                                /* of the interface, such as http://127.0.0.1:8080/v1 */
  const char *model;                              /* as the endpoint calls it */
  const char *key;                                /* sent as a bearer token, over https or within this machine only; NULL none */
  const char *cache;                              /* a folder for answers; NULL: none kept */
  gboolean all;                                   /* ask questions that the rules settle, too */
  guint requests;                                 /* at most so many, those that had to be repeated included */
  guint64 tokens;                                 /* at most so many, of questions and answers */
  double cost;                                    /* at most so much, by the prices */
  double price_in, price_out;                     /* of a million tokens of questions, of answers */
  guint answer_tokens;                            /* that one answer may take */
  guint seconds;                                  /* that one answer may take, 1 … 600 */
  void (*tell) (const char *line, gpointer data); /* what came of each question, printable; NULL: nobody wants to know */
  gpointer tell_data;
} CdModelOptions;
/* 25 requests, 200000 tokens of which 2048 for an answer, no money, 300 seconds. */
CdModelOptions cd_model_options (void);

/* What was done and spent. Answers from the cache cost nothing. */
typedef struct {
  guint yes, no, unsure;
  guint discarded; /* answers that are none, or that quote what does not stand there */
  guint failed;    /* questions without an answer from the endpoint */
  guint mute;      /* questions that no passage could be shown for: not asked */
  guint withheld;  /* lines that were not shown, because they speak to whoever reads */
  guint cached;    /* answers that were kept from before */
  guint requests;
  guint64 tokens_in, tokens_out;
  gboolean estimated; /* the endpoint did not count all of them */
  double cost;
  const char *bound; /* which bound ended it: "requests", "tokens" or "cost"; NULL: none. Static */
} CdModelTally;

/* Asks what the session has no answer to, those first that move the score most. What is answered is kept at once; yes and no need proof by quotes, all
 * else becomes "later" with its reason. A bound that is reached ends it without error. FALSE with CD_ERROR_USAGE where the URL is none, CD_ERROR_NETWORK
 * where the endpoint cannot be asked, or three questions in a row or all of them brought no answer, CD_ERROR_INTERNAL where nothing can be kept. */
gboolean cd_model_read (CdSession *session, const CdModelOptions *options, CdModelTally *tally, GError **error);

/* The name of a model's assessment, "assessment.MODEL.yaml", in characters that every file system takes. Caller frees. */
char *cd_model_file (const char *model);
