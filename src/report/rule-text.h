/* The rules behind a gate's checks in words: what `candor explain` tells of a criterion or probe, as plain text and as Markdown. */
#pragma once
#include "report/gate-check.h"

typedef struct {
  char *id;       /* as cd_check_rule gives it */
  char *name;     /* letters and digits in one word: "CriterionOpenWeights" */
  char *summary;  /* one sentence: what is asked */
  char *full;     /* what earns it, a few sentences */
  char *help;     /* all of `candor explain`, plain; never empty */
  char *markdown; /* the same in Markdown */
  char *address;  /* of the paper that the rubric implements; NULL none */
  char *group;    /* the dimension's id, or the family */
} CdRuleText;

/* The rules of all checks of gate and before, each once, in the bytewise order of their ids: CdRuleText*. Caller unrefs. */
GPtrArray *cd_rule_texts (const CdGateReport *report);
/* The index of a rule among texts, which must have it. */
guint cd_rule_text_index (const GPtrArray *texts, const char *id);
