/* What a leaderboard and its worker processes say to each other: lines of JSON. The worker gets settings, then tasks; it answers each task. */
#pragma once
#include "leaderboard/leaderboard-parts.h"
#include <cjson/cJSON.h>

/* Lines without their end. Caller frees. */
char *cd_exchange_settings (const CdWorkers *workers, guint threads);
char *cd_exchange_task (const CdTask *task);

typedef enum { CD_ANSWER_AUDITED, CD_ANSWER_KEPT, CD_ANSWER_FAILED, CD_ANSWER_STORE_FAILED } CdAnswerKind;
/* commit NULL: not known. message: why the store failed. */
char *cd_exchange_answer (CdAnswerKind kind, const char *commit, const char *message);

/* The object that a line is; NULL where it is none. Free with cJSON_Delete. */
cJSON *cd_exchange_read (const char *line);
/* A list of strings under key, borrowed ones; NULL where there is none. Free with g_free. */
char **cd_exchange_texts (const cJSON *object, const char *key);
CdAnswerKind cd_exchange_kind (const cJSON *answer);
