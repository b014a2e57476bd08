/* The files that `candor gate` writes for other programs. How each is made is report/'s. */
#include "cli/gate-outputs.h"

static char *
write_json (const CdGate *gate, const CdData *data, GError **error)
{
  (void) data;
  (void) error;
  return cd_report_gate_json (gate);
}

static const CdGateOutput outputs[] = {
  { "json", "Write the gate as JSON to a file, whatever is printed", write_json, FALSE },
};

const CdGateOutput *
cd_gate_outputs (guint *length)
{
  *length = G_N_ELEMENTS (outputs);
  return outputs;
}
