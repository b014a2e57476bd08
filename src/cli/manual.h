/* Manual pages, written from the verbs' descriptions and from what no option table tells: exit statuses, environment, files, examples. */
#pragma once
#include "cli/description.h"

/* candor(1), from CdDescribedVerb*; and candor-VERB(1). roff of the man macros, all ASCII. Caller frees. */
char *cd_manual_program (const GPtrArray *verbs);
char *cd_manual_verb (const CdDescribedVerb *verb);

/* A term and what it means; tables end with a NULL term. */
typedef struct {
  const char *term, *what;
} CdManualRow;
extern const CdManualRow cd_manual_statuses[], cd_manual_environment[], cd_manual_files[];

/* A command that shows something; verb NULL: an example of the program. Ends with a NULL command. */
typedef struct {
  const char *verb, *command, *what;
} CdManualExample;
extern const CdManualExample cd_manual_examples[];
