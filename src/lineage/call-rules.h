/* The rules of rubrics/lineage/calls.yaml, compiled, and what the readers of calls share. For calls.c, call-rules.c and call-flow.c only. */
#pragma once
#include "lineage/calls.h"

typedef enum { PLACE_OTHER, PLACE_EVALUATION, PLACE_DEMO, PLACE_REWARD, PLACE_DATA, PLACE_GENERATION, PLACE_TRAINING, PLACES } PlaceKind;

typedef struct {
  PlaceKind kind;
  double score;
  GRegex *pattern;
} Place;

typedef enum {
  P_ARGUMENT,
  P_CALLEE,
  P_FALLBACK,
  P_SETTING,
  P_OTHER_SETTING,
  P_CONFIG_SETTING,
  P_OPTION,
  P_VOID_LEFT,
  P_VOID_RIGHT,
  P_CLIENT,
  P_WRITES,
  P_GENERATES,
  P_TRAINS,
  P_LOCAL,
  P_TRAINING_OUTPUT,
  P_RECORD,
  P_RESULTS,
  P_SERVED,
  P_PROMPT,
  PATTERNS
} PatternName;

typedef enum {
  W_ARGUMENT,
  W_DEFAULT,
  W_OPTION,
  W_CALLEE,
  W_CLIENT,
  W_NO_CLIENT,
  W_WRITES,
  W_TRAINING_OUTPUT,
  W_REACHED,
  W_UNREACHED,
  W_MANY,
  W_LOCAL,
  W_TRAINS,
  W_RECORD,
  W_SILENT,
  W_FUNCTION,
  W_CONFIG,
  W_FEEDS,
  W_ELSEWHERE,
  W_ADAPTED,
  WEIGHTS
} WeightName;

struct _CdCalls {
  const CdNames *names;
  const CdStatements *statements;
  GPtrArray *places; /* Place* */
  double other, accept;
  GRegex *patterns[PATTERNS];
  double weights[WEIGHTS];
};

/* What a path says its file is for, with the score of that; call-rules.c. */
PlaceKind cd_calls_place (const CdCalls *calls, const char *path, double *score);
/* TRUE where a pattern matches valid UTF-8; call-rules.c. */
gboolean cd_calls_match (const CdCalls *calls, PatternName name, const char *text);
/* TRUE where text names one of the files that training reads (a set; NULL none); calls.c. */
gboolean cd_calls_name_fed (GHashTable *fed, const char *text);
