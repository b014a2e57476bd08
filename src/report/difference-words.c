/* The words that all formats of a difference share: titles, sides, rules, scores by dimension. Of two works nothing is said to be gained or lost. */
#include "report/difference.h"
#include "base/text.h"
#include <string.h>

#define COMMIT 12u /* characters of its id */

GArray *
cd_difference_rows (const CdDifference *difference)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (CdDifferenceRow));
  const GArray *before = difference->before->dimensions, *after = difference->after->dimensions;
  g_autoptr (GHashTable) former = g_hash_table_new (g_str_hash, g_str_equal), latter = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < before->len; i++) {
    CdRecordDimension *dimension = &g_array_index (before, CdRecordDimension, i);
    g_hash_table_insert (former, (gpointer) dimension->id, dimension);
  }
  for (guint i = 0; i < after->len; i++) {
    const CdRecordDimension *dimension = &g_array_index (after, CdRecordDimension, i);
    const CdDifferenceRow row = { dimension->name, g_hash_table_lookup (former, dimension->id), dimension };
    g_hash_table_add (latter, (gpointer) dimension->id);
    g_array_append_val (rows, row);
  }
  for (guint i = 0; i < before->len; i++) {
    const CdRecordDimension *dimension = &g_array_index (before, CdRecordDimension, i);
    const CdDifferenceRow row = { dimension->name, dimension, NULL };
    if (!g_hash_table_contains (latter, dimension->id))
      g_array_append_val (rows, row);
  }
  return rows;
}

CdDifferenceList
cd_difference_list (const CdDifference *difference, CdDifferenceListKind kind)
{
  static const struct {
    const char *titles[2]; /* of one work, of two */
    gboolean after;
  } kinds[CD_LISTS] = {
    [CD_LIST_GAINED] = { { "Gained", "Only B" }, TRUE },
    [CD_LIST_LOST] = { { "Lost", "Only A" }, FALSE },
    [CD_LIST_SETTLED] = { { "Beyond doubt now", "Beyond doubt in B only" }, TRUE },
    [CD_LIST_UNSETTLED] = { { "In doubt now", "Beyond doubt in A only" }, FALSE },
  };
  const GArray *const lists[CD_LISTS] = { difference->gained, difference->lost, difference->settled, difference->unsettled };
  return (CdDifferenceList){ lists[kind], kinds[kind].titles[difference->two_works ? 1 : 0], kinds[kind].after };
}

const CdRecordVerdict *
cd_difference_shown (const CdDifferenceList *list, const CdVerdictChange *change)
{
  return list->after ? change->after : change->before;
}

const CdRecordVerdict *
cd_difference_other (const CdDifferenceList *list, const CdVerdictChange *change)
{
  return list->after ? change->before : change->after;
}

const char *
cd_difference_side (const CdDifference *difference, gboolean after)
{
  static const char *const sides[2][2] = { { "before", "after" }, { "A", "B" } };
  return sides[difference->two_works ? 1 : 0][after ? 1 : 0];
}

char *
cd_difference_subject (const CdRecord *record)
{
  GString *subject = g_string_new (NULL);
  if (record->remote != NULL)
    g_string_append_printf (subject, "%s ", record->remote);
  if (*record->subdir != '\0')
    g_string_append_printf (subject, "%s%s ", record->remote != NULL ? "folder " : "", record->subdir);
  g_string_append_printf (subject, "%s%.*s", subject->len > 0 ? "at " : "", (int) COMMIT, record->commit);
  if (record->date != NULL)
    g_string_append_printf (subject, " (%s)", record->date);
  return g_string_free (subject, FALSE);
}

/* One kind of rule: "rubric tti 1 and tti 2"; nothing where both sides have the same. */
static void
add_rule (GString *rules, const char *name, const char *before, const char *after, gboolean same)
{
  if (same)
    return;
  g_string_append_printf (rules, "%s%s", rules->len > 0 ? "; " : "", name);
  if (!g_str_equal (before, after))
    g_string_append_printf (rules, " (%s and %s)", before, after);
}

char *
cd_difference_rules (const CdDifference *difference)
{
  const CdRecord *before = difference->before, *after = difference->after;
  if (difference->same_rules)
    return NULL;
  g_autofree char *first = g_strdup_printf ("%s %s", before->rubric, before->rubric_version);
  g_autofree char *second = g_strdup_printf ("%s %s", after->rubric, after->rubric_version);
  g_autoptr (GString) rules = g_string_new (NULL);
  add_rule (rules, "rubric", first, second, g_str_equal (first, second) && g_str_equal (before->rubric_sha256, after->rubric_sha256));
  add_rule (rules, "version of Candor", before->tool_version, after->tool_version, g_str_equal (before->tool_version, after->tool_version));
  add_rule (rules, "knowledge", "", "", g_str_equal (before->knowledge_sha256, after->knowledge_sha256));
  return g_strdup_printf ("The two audits were made by different rules: %s. A difference below may be the rules' and not the %s.", rules->str,
                          difference->two_works ? "works'" : "work's");
}

char *
cd_difference_signed (gint64 points)
{
  if (points == 0)
    return g_strdup ("0");
  return g_strdup_printf ("%s%" G_GINT64_FORMAT, points > 0 ? "+" : "−", ABS (points));
}

char *
cd_difference_place (const CdRecordPlace *place)
{
  if (*place->path == '\0')
    return g_strdup ("the whole tree");
  return place->line > 0 ? g_strdup_printf ("%s:%u", place->path, place->line) : g_strdup (place->path);
}

char *
cd_difference_clip (const char *text, glong most)
{
  g_autofree char *shown = cd_text_printable (text);
  const char *end = shown;
  for (glong i = 0; i < most && *end != '\0'; i++)
    end = g_utf8_next_char (end);
  return *end == '\0' ? g_steal_pointer (&shown) : g_strdup_printf ("%.*s…", (int) (end - shown), shown);
}

static void
add_count (GString *summary, guint count, const char *one, const char *many, const char *what)
{
  if (count > 0)
    g_string_append_printf (summary, "%s%u %s%s", summary->len > 0 ? ", " : "", count, count == 1 ? one : many, what);
}

char *
cd_difference_summary (const CdDifference *difference)
{
  gboolean two = difference->two_works;
  guint worse = 0, doubt = difference->settled->len + difference->unsettled->len;
  for (guint i = 0; i < difference->changes->len; i++)
    worse += ((const CdChange *) difference->changes->pdata[i])->worse ? 1 : 0;
  GString *summary = g_string_new (NULL);
  add_count (summary, difference->gained->len, "criterion", "criteria", two ? " only B has" : " gained");
  add_count (summary, difference->lost->len, "criterion", "criteria", two ? " only A has" : " lost");
  add_count (summary, doubt, "answer", "answers", two ? " in doubt on one side only" : " more or less certain");
  add_count (summary, difference->changes->len, two ? "other difference" : "other change", two ? "other differences" : "other changes", "");
  if (worse > 0 && !two)
    g_string_append_printf (summary, ", %u for the worse", worse);
  if (summary->len == 0)
    g_string_append (summary, cd_difference_is_empty (difference) ? "no difference" : "the same answers, with another score");
  return g_string_free (summary, FALSE);
}
