/* A gate for people: whether it was passed, then every check that was not, with its place and the change that mends it, the smallest first; what was excused
 * and until when; what passed, by name. */
#include "report/gate-report.h"
#include "report/page.h"
#include <string.h>

#define INDENT 2u
#define DEEPER 4u
#define LABEL 14u
#define SHOWN_COMMIT 12
#define PLACES_SHOWN 4u

static void
put_labelled (CdPage *page, const char *label, const char *text, CdTint tint)
{
  cd_page_move (page, DEEPER);
  cd_page_put (page, label, CD_TINT_FAINT);
  cd_page_move (page, LABEL);
  cd_page_wrap (page, text, tint);
  cd_page_end (page);
}

/* "commit 1234abcd of github.com/…, by rubric tti 1". */
static void
put_record (CdPage *page, const char *label, const CdRecord *record)
{
  g_autofree char *text
      = g_strdup_printf ("%.*s%s%s%s%s, by rubric %s, version %s", SHOWN_COMMIT, record->commit, *record->subdir != '\0' ? ", " : "", record->subdir,
                         record->remote != NULL ? " of " : "", record->remote != NULL ? record->remote : "", record->rubric, record->rubric_version);
  cd_page_move (page, INDENT);
  cd_page_put (page, label, CD_TINT_FAINT);
  cd_page_move (page, LABEL);
  cd_page_wrap (page, text, CD_TINT_NONE);
  cd_page_end (page);
}

static void
put_head (CdPage *page, const CdGate *gate)
{
  cd_page_printf (page, CD_TINT_STRONG, "Gate %s: ", gate->policy->id);
  cd_page_put (page, gate->failed > 0 ? "failed" : "passed", gate->failed > 0 ? CD_TINT_BAD : CD_TINT_GOOD);
  cd_page_end (page);
  cd_page_move (page, INDENT);
  cd_page_wrap (page, gate->policy->name, CD_TINT_FAINT);
  cd_page_end (page);
  put_record (page, "work", gate->record);
  if (gate->base != NULL)
    put_record (page, "base", gate->base);
  cd_page_move (page, INDENT);
  cd_page_put (page, "checks", CD_TINT_FAINT);
  cd_page_move (page, LABEL);
  cd_page_printf (page, CD_TINT_NONE, "%u failed, %u warned, %u excepted, %u passed, on %s", gate->failed, gate->warned, gate->excepted, gate->passed,
                  gate->today);
  cd_page_end (page);
}

/* "README.md:12-14"; of the base where it is gone. Caller frees. */
static char *
place_text (const CdCheck *check, const CdRecordPlace *place)
{
  const char *path = *place->path != '\0' ? place->path : "the whole tree", *base = check->gone ? " of the base" : "";
  if (place->line == 0)
    return g_strdup_printf ("%s%s", path, base);
  if (place->end > place->line)
    return g_strdup_printf ("%s:%u-%u%s", path, place->line, place->end, base);
  return g_strdup_printf ("%s:%u%s", path, place->line, base);
}

static void
put_places (CdPage *page, const CdCheck *check)
{
  for (guint i = 0; i < check->places->len && i < PLACES_SHOWN; i++) {
    g_autofree char *place = place_text (check, &g_array_index (check->places, CdRecordPlace, i));
    cd_page_move (page, DEEPER);
    cd_page_put (page, i == 0 ? (check->doubtful && !check->gone ? "look at" : "at") : "", CD_TINT_FAINT);
    cd_page_move (page, LABEL);
    cd_page_put_middle (page, place, cd_page_room (page), CD_TINT_NONE);
    cd_page_end (page);
  }
  if (check->places->len > PLACES_SHOWN) {
    g_autofree char *more = g_strdup_printf ("and %u more", check->places->len - PLACES_SHOWN);
    put_labelled (page, "", more, CD_TINT_FAINT);
  }
}

static void
put_exception (CdPage *page, const CdGate *gate, const CdPolicyException *exception)
{
  gboolean holds = strcmp (exception->until, gate->today) >= 0;
  g_autofree char *text
      = g_strdup_printf ("%s %s (%s)", holds ? "excused until" : "no longer excused: the exception ran out on", exception->until, exception->reason);
  put_labelled (page, "exception", text, holds ? CD_TINT_FAIR : CD_TINT_BAD);
}

static void
put_check (CdPage *page, const CdGate *gate, const CdCheck *check)
{
  static const CdTint tints[] = {
    [CD_OUTCOME_PASSED] = CD_TINT_GOOD, [CD_OUTCOME_WARNED] = CD_TINT_FAIR, [CD_OUTCOME_EXCEPTED] = CD_TINT_FAINT, [CD_OUTCOME_FAILED] = CD_TINT_BAD
  };
  cd_page_move (page, INDENT);
  cd_page_put (page, check->id, tints[check->outcome]);
  cd_page_end (page);
  cd_page_move (page, DEEPER);
  cd_page_wrap (page, check->what, CD_TINT_NONE);
  cd_page_end (page);
  put_places (page, check);
  if (check->fix != NULL)
    put_labelled (page, "mend", check->fix, CD_TINT_STRONG);
  if (check->why != NULL)
    put_labelled (page, "why", check->why, CD_TINT_FAINT);
  if (check->exception != NULL)
    put_exception (page, gate, check->exception);
}

static void
put_checks (CdPage *page, const CdGate *gate, CdOutcome outcome, const char *heading)
{
  gboolean any = FALSE;
  for (guint i = 0; i < gate->checks->len; i++) {
    const CdCheck *check = gate->checks->pdata[i];
    if (check->outcome != outcome)
      continue;
    if (any)
      cd_page_end (page);
    else
      cd_page_heading (page, heading);
    any = TRUE;
    put_check (page, gate, check);
  }
}

static void
put_exceptions (CdPage *page, const GPtrArray *exceptions, const char *heading)
{
  for (guint i = 0; i < exceptions->len; i++) {
    const CdPolicyException *exception = exceptions->pdata[i];
    g_autofree char *text = g_strdup_printf ("until %s: %s", exception->until, exception->reason);
    if (i == 0)
      cd_page_heading (page, heading);
    cd_page_move (page, INDENT);
    cd_page_put (page, exception->rule, CD_TINT_NONE);
    cd_page_end (page);
    cd_page_move (page, DEEPER);
    cd_page_wrap (page, text, CD_TINT_FAINT);
    cd_page_end (page);
  }
}

static void
put_passed (CdPage *page, const CdGate *gate)
{
  if (gate->passed == 0)
    return;
  cd_page_heading (page, "Passed");
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < gate->checks->len; i++) {
    const CdCheck *check = gate->checks->pdata[i];
    if (check->outcome == CD_OUTCOME_PASSED)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", check->id);
  }
  cd_page_move (page, INDENT);
  cd_page_wrap (page, names->str, CD_TINT_FAINT);
  cd_page_end (page);
}

char *
cd_report_gate_text (const CdGate *gate, const CdReportStyle *style)
{
  CdPage page;
  cd_page_init (&page, style);
  put_head (&page, gate);
  put_checks (&page, gate, CD_OUTCOME_FAILED, gate->failed > 1 ? "Failed, the smallest change first" : "Failed");
  put_checks (&page, gate, CD_OUTCOME_WARNED, "In doubt: a reader may decide otherwise; these do not fail the gate");
  put_checks (&page, gate, CD_OUTCOME_EXCEPTED, "Excepted");
  put_exceptions (&page, gate->expired, "Exceptions that have run out, and excuse nothing");
  put_exceptions (&page, gate->unused, "Exceptions that nothing needs: delete them");
  put_passed (&page, gate);
  return cd_page_finish (&page);
}
