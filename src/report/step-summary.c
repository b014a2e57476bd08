/* The gate as Markdown for the summary page of a GitHub job: outcome, score, what failed and how to mend it, then what was excused. The page takes 1 MiB
 * of a step; tables are cut long before. */
#include "report/gate-check.h"
#include "report/markup-record.h"
#include "report/markup.h"
#include <string.h>

#define ROWS 100u

static void
add_place (GString *out, const CdGate *gate, const CdCheck *check)
{
  gboolean stated = FALSE;
  CdRecordPlace place = cd_check_place (gate, check, &stated);
  if (!stated) {
    g_string_append (out, "—");
    return;
  }
  cd_markup_record_place (out, check->gone && gate->base != NULL ? gate->base : gate->record, &place);
  if (check->gone)
    g_string_append (out, " in the base");
}

static void
add_cell (GString *out, const char *text)
{
  g_string_append (out, " | ");
  cd_markup_text (out, text != NULL ? text : "");
}

/* "FIX (WHY; EXCUSE)", of what there is. Caller frees. */
static char *
mended (const CdCheck *check)
{
  g_autofree char *fix = cd_check_fix (check), *why = cd_check_why (check), *excuse = cd_check_excuse (check);
  g_autofree char *reasons = g_strjoin (why != NULL && excuse != NULL ? "; " : "", why != NULL ? why : "", excuse != NULL ? excuse : "", NULL);
  return fix != NULL && *reasons != '\0' ? g_strdup_printf ("%s (%s)", fix, reasons) : g_strdup (fix != NULL ? fix : reasons);
}

static void
add_row (GString *out, const CdGate *gate, const CdCheck *check)
{
  g_autofree char *id = cd_check_shown (check->id), *what = cd_check_what (check);
  g_autofree char *last = check->outcome == CD_OUTCOME_EXCEPTED ? cd_check_excuse (check) : mended (check);
  g_string_append (out, "| ");
  cd_markup_code (out, id);
  add_cell (out, what);
  g_string_append (out, " | ");
  add_place (out, gate, check);
  add_cell (out, last);
  g_string_append (out, " |\n");
}

static void
add_table (GString *out, const CdGate *gate, CdOutcome outcome, const char *heading, const char *last)
{
  guint count = 0;
  for (guint i = 0; i < gate->checks->len; i++) {
    const CdCheck *check = gate->checks->pdata[i];
    if (check->outcome != outcome)
      continue;
    if (count++ == 0)
      g_string_append_printf (out, "\n### %s\n\n| Check | What | Where | %s |\n|---|---|---|---|\n", heading, last);
    if (count <= ROWS)
      add_row (out, gate, check);
  }
  if (count > ROWS)
    g_string_append_printf (out, "\n… and %u more.\n", count - ROWS);
}

/* Exceptions that excuse nothing any more. */
static void
add_exceptions (GString *out, const GPtrArray *exceptions, const char *heading)
{
  for (guint i = 0; i < exceptions->len && i < ROWS; i++) {
    const CdPolicyException *exception = exceptions->pdata[i];
    g_autofree char *rule = cd_check_shown (exception->rule), *reason = cd_check_shown (exception->reason);
    if (i == 0)
      g_string_append_printf (out, "\n### %s\n\n", heading);
    g_string_append (out, "- ");
    cd_markup_code (out, rule);
    g_string_append_printf (out, " until %s: ", exception->until);
    cd_markup_text (out, reason);
    g_string_append_c (out, '\n');
  }
}

char *
cd_report_step_summary (const CdGateReport *report)
{
  const CdGate *gate = report->gate;
  const CdRecord *record = gate->record;
  g_autofree char *id = cd_check_shown (gate->policy->id),
                  *name = cd_check_shown (gate->policy->name != NULL ? gate->policy->name : gate->policy->id);
  GString *out = g_string_new ("## ");
  g_string_append_printf (out, "%s Candor: ", gate->failed > 0 ? "❌" : gate->warned > 0 ? "⚠️" : "✅");
  cd_markup_text (out, name);
  g_string_append_printf (out, " %s\n\n**%u/%u** points (likely %u to %u); policy ", gate->failed > 0 ? "failed" : "passed", record->total,
                          record->of, record->likely[0], record->likely[1]);
  cd_markup_code (out, id);
  g_string_append_printf (out, ": %u failed, %u warned, %u excepted, %u passed", gate->failed, gate->warned, gate->excepted, gate->passed);
  if (gate->base != NULL)
    g_string_append_printf (out, "; compared with `%.12s` (%u/%u)", gate->base->commit, gate->base->total, gate->base->of);
  g_string_append (out, ".\n");
  add_table (out, gate, CD_OUTCOME_FAILED, "Failed, the smallest change first", "How to fix it");
  add_table (out, gate, CD_OUTCOME_WARNED, "In doubt", "How to settle it");
  add_table (out, gate, CD_OUTCOME_EXCEPTED, "Excepted", "Why and until when");
  add_exceptions (out, gate->expired, "Exceptions that ran out");
  add_exceptions (out, gate->unused, "Exceptions that excuse nothing");
  return g_string_free (out, FALSE);
}
