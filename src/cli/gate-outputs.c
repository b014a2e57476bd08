/* The files that `candor gate` writes for other programs. How each looks is report/'s; what they need beside the gate is gathered here. */
#include "cli/gate-outputs.h"
#include "cli/cmd.h"
#include "report/gate-report.h"
#include <string.h>

static char *
format_json (const CdGateReport *report)
{
  return cd_report_gate_json (report->gate);
}

static const CdGateOutput outputs[] = {
  { "json", "Write the gate as JSON to a file, whatever is printed", format_json, NULL, FALSE, FALSE },
  { "sarif", "Write SARIF 2.1.0, for code scanning", cd_report_sarif, NULL, TRUE, FALSE },
  { "junit", "Write JUnit XML: one case a check", cd_report_junit, NULL, FALSE, FALSE },
  { "annotations", "Write GitHub's workflow commands, which it shows at files and lines (\"-\": print them)", cd_report_annotations, NULL, FALSE,
    FALSE },
  { "summary", "Add Markdown to a file, such as $GITHUB_STEP_SUMMARY", cd_report_step_summary, NULL, FALSE, TRUE },
  { "code-quality", "Write GitLab's code quality report", cd_report_code_quality, NULL, FALSE, FALSE },
  { "badge", "Write a badge: a picture (SVG) or, to a file *.json, an endpoint for shields.io", cd_report_badge_svg, cd_report_badge_json, FALSE,
    FALSE },
};

const CdGateOutput *
cd_gate_outputs (guint *length)
{
  *length = G_N_ELEMENTS (outputs);
  return outputs;
}

/* The rules as the program holds them for one format. */
typedef struct {
  CdSignals *signals;
  CdProbes *probes;
  CdRubric *rubric;
  CdGate *before;
} Known;

static void
known_clear (Known *known)
{
  g_clear_pointer (&known->before, cd_gate_free);
  g_clear_pointer (&known->rubric, cd_rubric_free);
  g_clear_pointer (&known->probes, cd_probes_free);
  g_clear_pointer (&known->signals, cd_signals_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, known_clear)

static gboolean
load (Known *known, const CdGate *gate, const CdData *data, GError **error)
{
  g_autofree char *cache = cd_options_cache ();
  known->signals = cd_signals_load (data, cache, error);
  known->probes = known->signals != NULL ? cd_probes_load (data, known->signals, error) : NULL;
  if (known->probes == NULL)
    return FALSE;
  const char *name = gate->policy->rubric != NULL ? gate->policy->rubric : gate->record->rubric;
  known->rubric = cd_rubric_load (data, name, known->probes, NULL);
  /* Of another version the texts might not be what was asked. */
  if (known->rubric != NULL && strcmp (cd_rubric_sha256 (known->rubric), gate->record->rubric_sha256) != 0)
    g_clear_pointer (&known->rubric, cd_rubric_free);
  known->before = gate->base != NULL ? cd_gate_apply (gate->policy, gate->base, NULL, gate->today, error) : NULL;
  return gate->base == NULL || known->before != NULL;
}

char *
cd_gate_output_text (const CdGateOutput *output, const CdGate *gate, const CdData *data, const char *path, GError **error)
{
  g_auto (Known) known = { 0 };
  if (output->rules && !load (&known, gate, data, error))
    return NULL;
  const CdGateReport report = { gate, known.before, known.rubric, known.probes };
  return (output->other != NULL && g_str_has_suffix (path, ".json") ? output->other : output->format) (&report);
}
