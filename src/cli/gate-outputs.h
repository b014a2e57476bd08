/* What a gate can be written as, beside what it prints: one row a file format, each of which becomes an option of `candor gate`. */
#pragma once
#include "report/gate-report.h"

typedef struct {
  const char *option; /* "sarif" becomes --sarif FILE */
  const char *says;   /* for --help */
  /* The text, for the caller to free; NULL with an error. data: the rules, for what they say of a check. */
  char *(*write) (const CdGate *gate, const CdData *data, GError **error);
  gboolean adds; /* the text is put at the end of what the file holds */
} CdGateOutput;

/* The rows; borrowed. */
const CdGateOutput *cd_gate_outputs (guint *length);
