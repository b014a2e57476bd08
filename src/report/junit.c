/* JUnit XML in the form that Surefire writes and Jenkins and GitLab read (schemas/junit.xsd): a suite a family of checks, a case a check. */
#include "report/gate-check.h"
#include "report/xml-text.h"
#include <string.h>

typedef struct {
  guint tests, failures, skipped;
} Counts;

static gboolean
is_skipped (const CdCheck *check)
{
  return check->outcome == CD_OUTCOME_WARNED || check->outcome == CD_OUTCOME_EXCEPTED;
}

static gboolean
is_of (const CdCheck *check, const char *family)
{
  g_autofree char *own = cd_check_family (check);
  return family == NULL || strcmp (own, family) == 0;
}

/* Of a family; NULL: of all. */
static Counts
count (const CdGate *gate, const char *family)
{
  Counts counts = { 0 };
  for (guint i = 0; i < gate->checks->len; i++) {
    const CdCheck *check = gate->checks->pdata[i];
    if (!is_of (check, family))
      continue;
    counts.tests++;
    counts.failures += check->outcome == CD_OUTCOME_FAILED ? 1 : 0;
    counts.skipped += is_skipped (check) ? 1 : 0;
  }
  return counts;
}

static void
add_counts (CdXml *xml, const Counts *counts)
{
  cd_xml_number (xml, "tests", counts->tests);
  cd_xml_number (xml, "failures", counts->failures);
  cd_xml_number (xml, "errors", 0);
  cd_xml_number (xml, "skipped", counts->skipped);
}

/* What the log of a failed case shows: the fix and every place. */
static char *
body_of (const CdGate *gate, const CdCheck *check)
{
  g_autofree char *what = cd_check_what (check), *fix = cd_check_fix (check), *excuse = cd_check_excuse (check), *why = cd_check_why (check);
  GString *body = g_string_new (what);
  if (fix != NULL)
    g_string_append_printf (body, "\nHow to fix it: %s", fix);
  if (why != NULL)
    g_string_append_printf (body, "\nWhy the policy asks: %s", why);
  if (excuse != NULL)
    g_string_append_printf (body, "\n%s", excuse);
  for (guint i = 0; i < check->places->len; i++) {
    const CdRecordPlace *place = &g_array_index (check->places, CdRecordPlace, i);
    if (*place->path == '\0')
      continue;
    g_autofree char *path = cd_check_shown (place->path);
    g_string_append_printf (body, "\n%s", path);
    if (place->line > 0)
      g_string_append_printf (body, ":%u", place->line);
    if (check->gone && gate->base != NULL)
      g_string_append_printf (body, " (in the base, %.12s)", gate->base->commit);
  }
  return g_string_free (body, FALSE);
}

static void
add_case (CdXml *xml, const CdGate *gate, const CdCheck *check, const char *suite)
{
  gboolean stated = FALSE;
  CdRecordPlace place = cd_check_place (gate, check, &stated);
  g_autofree char *id = cd_check_shown (check->id), *what = cd_check_what (check), *excuse = cd_check_excuse (check);
  cd_xml_open (xml, "testcase");
  cd_xml_attribute (xml, "classname", suite);
  cd_xml_attribute (xml, "name", id);
  if (stated)
    cd_xml_attribute (xml, "file", place.path);
  if (stated && place.line > 0)
    cd_xml_number (xml, "line", place.line);
  if (check->outcome == CD_OUTCOME_FAILED) {
    g_autofree char *body = body_of (gate, check), *rule = cd_check_rule (check);
    cd_xml_open (xml, "failure");
    cd_xml_attribute (xml, "message", what);
    cd_xml_attribute (xml, "type", rule);
    cd_xml_text (xml, body);
    cd_xml_close (xml);
  } else if (is_skipped (check)) {
    g_autofree char *told = g_strdup_printf ("%s: %s", excuse != NULL ? excuse : cd_outcome_name (check->outcome), what);
    cd_xml_open (xml, "skipped");
    cd_xml_attribute (xml, "message", told);
    cd_xml_close (xml);
  }
  cd_xml_close (xml);
}

static void
add_suite (CdXml *xml, const CdGate *gate, const char *family)
{
  g_autofree char *name = g_strdup_printf ("candor.%s.%s", gate->policy->id, family);
  Counts counts = count (gate, family);
  cd_xml_open (xml, "testsuite");
  cd_xml_attribute (xml, "name", name);
  add_counts (xml, &counts);
  for (guint i = 0; i < gate->checks->len; i++)
    if (is_of (gate->checks->pdata[i], family))
      add_case (xml, gate, gate->checks->pdata[i], name);
  cd_xml_close (xml);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
cd_report_junit (const CdGateReport *report)
{
  const CdGate *gate = report->gate;
  g_autoptr (GPtrArray) families = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < gate->checks->len; i++) {
    g_autofree char *family = cd_check_family (gate->checks->pdata[i]);
    if (!g_ptr_array_find_with_equal_func (families, family, g_str_equal, NULL))
      g_ptr_array_add (families, g_steal_pointer (&family));
  }
  g_ptr_array_sort (families, compare_names);
  g_autofree char *name = g_strdup_printf ("candor gate %s", gate->policy->id);
  Counts all = count (gate, NULL);
  CdXml xml;
  cd_xml_begin (&xml);
  cd_xml_open (&xml, "testsuites");
  cd_xml_attribute (&xml, "name", name);
  add_counts (&xml, &all);
  for (guint i = 0; i < families->len; i++)
    add_suite (&xml, gate, families->pdata[i]);
  cd_xml_close (&xml);
  return cd_xml_finish (&xml);
}
