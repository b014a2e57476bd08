/* Workflow commands that GitHub shows at files and lines. Format and escapes: docs.github.com, "Workflow commands for GitHub Actions", and
 * packages/core/src/command.ts of github.com/actions/toolkit. */
#include "report/gate-check.h"
#include <string.h>

/* In messages: what would end the command or be taken for an escape. In properties, too, what parts them. */
static void
add_escaped (GString *out, const char *text, gboolean property)
{
  for (const char *at = text; *at != '\0'; at++)
    if (*at == '%' || *at == '\r' || *at == '\n' || (property && (*at == ':' || *at == ',')))
      g_string_append_printf (out, "%%%02X", (guint) *at);
    else
      g_string_append_c (out, *at);
}

static void
add_property (GString *out, char before, const char *name, const char *value)
{
  g_string_append_printf (out, "%c%s=", before, name);
  add_escaped (out, value, TRUE);
}

static void
add_number (GString *out, const char *name, guint value)
{
  g_string_append_printf (out, ",%s=%u", name, value);
}

static void
add_command (GString *out, const CdGate *gate, const CdCheck *check)
{
  static const char *const commands[] = { NULL, "warning", "notice", "error" };
  gboolean stated = FALSE;
  CdRecordPlace place = cd_check_place (gate, check, &stated);
  g_autofree char *path = cd_check_shown (place.path), *id = cd_check_shown (check->id);
  g_autofree char *what = cd_check_what (check), *fix = cd_check_fix (check), *excuse = cd_check_excuse (check), *why = cd_check_why (check);
  g_string_append_printf (out, "::%s", commands[check->outcome]);
  add_property (out, ' ', "file", path);
  if (place.line > 0)
    add_number (out, "line", place.line);
  if (place.end > place.line && place.line > 0)
    add_number (out, "endLine", place.end);
  add_property (out, ',', "title", id);
  g_string_append (out, "::");
  add_escaped (out, what, FALSE);
  if (check->gone && gate->base != NULL)
    g_string_append_printf (out, "%%0A(The line is that of the base, %.12s.)", gate->base->commit);
  const char *const more[] = { fix, why, excuse };
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    if (more[i] != NULL) {
      g_string_append (out, "%0A");
      add_escaped (out, more[i], FALSE);
    }
  g_string_append_c (out, '\n');
}

char *
cd_report_annotations (const CdGateReport *report)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < report->gate->checks->len; i++) {
    const CdCheck *check = report->gate->checks->pdata[i];
    if (check->outcome != CD_OUTCOME_PASSED)
      add_command (out, report->gate, check);
  }
  return g_string_free (out, FALSE);
}
