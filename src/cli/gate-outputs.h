/* What a gate can be written as, beside what it prints: one row a file format, each of which becomes an option of `candor gate`. */
#pragma once
#include "report/gate-formats.h"

typedef struct {
  const char *option; /* "sarif" becomes --sarif FILE */
  const char *says;   /* for --help */
  char *(*format) (const CdGateReport *report);
  char *(*other) (const CdGateReport *report); /* for a file whose name ends in .json; NULL: the same */
  gboolean rules;                              /* the format tells what the rules say, and what the base alone would have failed */
  gboolean adds;                               /* the text is put at the end of what the file holds */
} CdGateOutput;

/* The rows; borrowed. */
const CdGateOutput *cd_gate_outputs (guint *length);
/* What is written to path; NULL with an error. data: the rules. Caller frees. */
char *cd_gate_output_text (const CdGateOutput *output, const CdGate *gate, const CdData *data, const char *path, GError **error);
