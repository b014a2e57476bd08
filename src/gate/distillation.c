/* Distillation: the label among the allowed ones, and every teacher disclosed. Wording is the audit's: evidence with its place, never a reproach. */
#include "gate/families.h"
#include <string.h>

/* A sentence in a document, or a line in the manifest. */
#define EFFORT_TELL 0.2
/* Other data. */
#define EFFORT_REDO 0.95

static const struct {
  const char *label, *means, *fix;
  double effort;
} labels[] = {
  { "none", "no other model was found whose outputs made training data or rewards", "Choose a policy that allows it.", EFFORT_REDO },
  { "self", "the training data was made by the work's own models, and by no other", "Choose a policy that allows it.", EFFORT_REDO },
  { "disclosed", "the documents name every model that was found to have made training data or rewards",
    "Train without other models' outputs, or choose a policy that allows disclosed teachers.", EFFORT_REDO },
  { "partial", "the documents tell of some models that made training data, not of all or not by name",
    "Name every model that made training data, and what it made, in the README or under \"teachers\" in replication.yaml.", EFFORT_TELL },
  { "undisclosed", "there is evidence of a teacher that no document mentions",
    "Name every model that made training data, and what it made, in the README or under \"teachers\" in replication.yaml.", EFFORT_TELL },
  { "inherited-only", "no teacher of its own was found; what it starts from or trains on was made from other models' outputs",
    "Start from a model, and train on data, that no other model's outputs went into, or choose a policy that allows it.", EFFORT_REDO },
  { "unknown", "neither documents nor code tell how the training data was made",
    "Say in the README how the training data was made, and which models' outputs are in it, or that none are.", EFFORT_TELL },
};

static gboolean
is_disclosed (const CdRecordTeacher *teacher)
{
  return strcmp (teacher->disclosure, "disclosed") == 0;
}

/* "none or partial": what a reader has to decide between. NULL where none is needed. Caller frees. */
static char *
between_of (const CdRecord *record, gboolean *allowed, const CdPolicy *policy)
{
  const cJSON *between = cd_record_part (record, "distillation.undecided.between"), *item = NULL;
  GString *words = g_string_new (NULL);
  cJSON_ArrayForEach (item, between)
  {
    if (!cJSON_IsString (item))
      continue;
    g_string_append_printf (words, "%s%s", words->len > 0 ? " or " : "", item->valuestring);
    *allowed = *allowed || g_strv_contains ((const char *const *) policy->labels, item->valuestring);
  }
  gboolean any = words->len > 0;
  char *text = g_string_free (words, !any);
  return any ? text : NULL;
}

/* Where the label comes from: teachers that are not disclosed, or what was inherited. */
static void
place (CdCheck *check, const CdRecord *record)
{
  const cJSON *item = NULL;
  for (guint i = 0; i < record->teachers->len; i++) {
    const CdRecordTeacher *teacher = record->teachers->pdata[i];
    if (!is_disclosed (teacher) || strcmp (record->label, "disclosed") == 0)
      cd_gate_place (check, teacher->evidence);
  }
  if (strcmp (record->label, "inherited-only") != 0)
    return;
  cJSON_ArrayForEach (item, cd_record_part (record, "distillation.inherited"))
  {
    g_autoptr (GArray) places = cd_record_places (item, "evidence");
    cd_gate_place (check, places);
  }
}

/* "unknown" is the label of what is in doubt altogether: whether it passes stands in the policy's list. Any other label that a reader may turn into an
 * allowed one is in doubt. */
static void
check_label (CdGateCase *the_case)
{
  const CdPolicy *policy = the_case->policy;
  const CdRecord *record = the_case->record;
  guint row = 0;
  while (row + 1 < G_N_ELEMENTS (labels) && strcmp (labels[row].label, record->label) != 0)
    row++;
  const char *summary = cd_record_string (cd_record_part (record, "distillation"), "summary");
  if (g_strv_contains ((const char *const *) policy->labels, record->label)) {
    gboolean doubtful = summary != NULL && cd_record_true (cd_record_part (record, "distillation"), "reader_needed");
    cd_gate_add (the_case, CD_OUTCOME_PASSED, "label", NULL,
                 g_strdup_printf ("the label is \"%s\": %s.", record->label, doubtful ? summary : labels[row].means));
    return;
  }
  gboolean may_be = FALSE;
  g_autofree char *between = between_of (record, &may_be, policy), *allowed = g_strjoinv (", ", policy->labels);
  char *what = g_strdup_printf ("the label is \"%s\": %s%s%s. The policy allows %s.", record->label, summary != NULL ? summary : labels[row].means,
                                between != NULL ? "; a reader has to decide between " : "", between != NULL ? between : "", allowed);
  gboolean doubtful = may_be && strcmp (record->label, "unknown") != 0;
  CdCheck *check = doubtful ? cd_gate_add_doubtful (the_case, policy->unsettled_else, "label", NULL, what)
                            : cd_gate_add (the_case, CD_OUTCOME_FAILED, "label", NULL, what);
  cd_gate_mend (check, labels[row].fix, labels[row].effort);
  place (check, record);
}

static void
check_teacher (CdGateCase *the_case, const CdRecordTeacher *teacher)
{
  g_autofree char *name = g_strconcat ("teacher/", teacher->model, NULL);
  if (is_disclosed (teacher)) {
    cd_gate_add (the_case, CD_OUTCOME_PASSED, name, NULL,
                 g_strdup_printf ("the documents tell of %s as a teacher.", cd_record_model_words (teacher->model)));
    return;
  }
  gboolean certain = cd_record_teacher_is_certain (teacher);
  const char *use = cd_record_teacher_use (teacher);
  char *what
      = cd_record_teacher_is_unnamed (teacher)
            ? g_strdup_printf ("the documents tell of a model that made training data, and do not name it (confidence %s).", teacher->confidence)
        : certain ? g_strdup_printf ("evidence of %s with %s, %s (confidence %s).", use, teacher->model,
                                     cd_record_teacher_is_named (teacher) ? "not mentioned in the documents but beside results"
                                                                          : "not mentioned in the documents",
                                     teacher->confidence)
                  : g_strdup_printf ("a lead: what may be %s with %s (confidence %s; a reader is needed).", use, teacher->model, teacher->confidence);
  CdCheck *check = certain ? cd_gate_add (the_case, CD_OUTCOME_FAILED, name, NULL, what)
                           : cd_gate_add_doubtful (the_case, the_case->policy->unsettled_else, name, NULL, what);
  g_autofree char *fix
      = cd_record_teacher_is_unnamed (teacher)
            ? g_strdup ("Name that model in the README, or under \"teachers\" in replication.yaml.")
            : g_strdup_printf ("Say in the README, or under \"teachers\" in replication.yaml, what %s made; if it made no training data, say "
                               "what it is used for.",
                               teacher->model);
  cd_gate_mend (check, fix, EFFORT_TELL);
  cd_gate_place (check, teacher->evidence);
}

void
cd_gate_check_distillation (CdGateCase *the_case)
{
  the_case->why = the_case->policy->labels_why;
  if (the_case->policy->labels != NULL)
    check_label (the_case);
  for (guint i = 0; the_case->policy->teachers_disclosed && i < the_case->record->teachers->len; i++)
    check_teacher (the_case, the_case->record->teachers->pdata[i]);
}
