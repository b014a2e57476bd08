/* Who taught the work, then and now: the label of distillation, and each teacher's disclosure. */
#include "difference/sides.h"
#include <string.h>

/* What a label or a disclosure tells, as bits that a fuller one has more of. */
typedef struct {
  const char *name, *says;
  guint holds;
} Told;

#define SOME 1u
#define ALL 3u

static const Told labels[] = {
  { "none", "none", ALL },
  { "self", "self", ALL },
  { "disclosed", "disclosed", ALL },
  { "inherited-only", "inherited only", ALL },
  { "partial", "partly disclosed", SOME },
  { "unknown", "unknown", SOME },
  { "undisclosed", "undisclosed", 0 },
};

/* A side that does not name the teacher tells as much as a hint does: a disclosed teacher that is gone is a loss, as is an undisclosed one that comes. */
#define ABSENT SOME
static const Told disclosures[] = {
  { "disclosed", "disclosed", ALL },
  { "hinted", "only hinted at", SOME },
  { "code-only", "in code only, not disclosed", 0 },
};

static Told
find (const Told *table, gsize length, const char *name)
{
  for (gsize i = 0; i < length; i++)
    if (g_str_equal (table[i].name, name))
      return table[i];
  return (Told){ name, name, SOME };
}

/* Where a label shows best: at a teacher that is not disclosed, else at any. */
static CdRecordPlace
label_place (const CdRecord *record)
{
  const CdRecordTeacher *best = NULL;
  for (guint i = 0; i < record->teachers->len; i++) {
    const CdRecordTeacher *teacher = record->teachers->pdata[i];
    if (teacher->evidence->len > 0
        && (best == NULL || (g_str_equal (best->disclosure, "disclosed") && !g_str_equal (teacher->disclosure, "disclosed"))))
      best = teacher;
  }
  return best != NULL ? g_array_index (best->evidence, CdRecordPlace, 0) : (CdRecordPlace){ .path = "" };
}

void
cd_difference_label (CdDifference *difference)
{
  const CdRecord *const records[] = { difference->before, difference->after };
  if (g_str_equal (records[0]->label, records[1]->label))
    return;
  const Told was = find (labels, G_N_ELEMENTS (labels), records[0]->label), is = find (labels, G_N_ELEMENTS (labels), records[1]->label);
  CdRecordPlace here = label_place (records[1]);
  gboolean gone = *here.path == '\0';
  CdChange *change = g_new0 (CdChange, 1);
  *change = (CdChange){ .kind = CD_CHANGED_LABEL,
                        .what = g_strdup ("distillation"),
                        .before = g_strdup (was.says),
                        .after = g_strdup (is.says),
                        .worse = (was.holds & ~is.holds) != 0,
                        .where = gone ? label_place (records[0]) : here,
                        .gone = gone && records[0]->teachers->len > 0 };
  g_ptr_array_add (difference->changes, change);
}

static GPtrArray *
teachers_of (const CdRecord *record)
{
  GPtrArray *items = cd_items_new ();
  for (guint i = 0; i < record->teachers->len; i++) {
    const CdRecordTeacher *teacher = record->teachers->pdata[i];
    const Told told = find (disclosures, G_N_ELEMENTS (disclosures), teacher->disclosure);
    gboolean lead = !g_str_equal (teacher->disclosure, "disclosed") && !cd_record_teacher_is_certain (teacher);
    CdItem *item = cd_items_add (items, g_strdup (teacher->model), g_strdup (teacher->model), g_strdup (lead ? "a lead for a reader" : told.says),
                                 cd_item_place (teacher->json));
    item->holds = told.holds;
  }
  return items;
}

void
cd_difference_teachers (CdDifference *difference)
{
  g_autoptr (GPtrArray) before = teachers_of (difference->before), after = teachers_of (difference->after);
  cd_items_pair (before, after);
  cd_items_tell (difference, CD_CHANGED_TEACHER, before, after, ABSENT);
}
