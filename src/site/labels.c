/* Labels and degrees of disclosure in words that claim no more than the rules found. */
#include "site/site-parts.h"
#include <string.h>

static const struct {
  const char *label, *words, *meaning;
} labels[] = {
  { "none", "no teacher found", "the repository documents its training, and no other model's outputs were found in it" },
  { "self", "own samples only", "the training data come from the trained model's own samples" },
  { "disclosed", "teachers named", "teachers are named in the work's documents; what else was found is at most a lead of which a reader decides" },
  { "partial", "named in part",
    "some of the teachers that were found are named in the work's documents; others are not, or are leads of which a reader decides" },
  { "undisclosed", "found, not mentioned",
    "evidence was found that another model wrote, checked or scored training data or rewards, and no document of the work says so" },
  { "inherited-only", "inherited only", "no teacher of its own was found, but what it starts from was made from another model's outputs" },
  { "unknown", "cannot be told", "the repository lets nobody tell, or the evidence is not certain and waits for a reader" },
};

static const char *const told_words[CD_SITE_TOLD_DEGREES] = {
  [CD_SITE_TOLD_LEAD] = "a lead for a reader",
  [CD_SITE_TOLD] = "told in its documents",
  [CD_SITE_TOLD_BESIDE] = "not mentioned in its documents but beside results",
  [CD_SITE_TOLD_NOWHERE] = "not mentioned in its documents",
};

const char *const *
cd_site_labels (void)
{
  static const char *names[G_N_ELEMENTS (labels) + 1];
  static gsize made = 0;
  if (g_once_init_enter (&made)) {
    for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
      names[i] = labels[i].label;
    g_once_init_leave (&made, 1);
  }
  return names;
}

const char *
cd_site_label_words (const char *label)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (labels[i].label, label))
      return labels[i].words;
  return label;
}

const char *
cd_site_label_meaning (const char *label)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (labels[i].label, label))
      return labels[i].meaning;
  return "";
}

CdSiteTold
cd_site_told (const CdRecordTeacher *teacher)
{
  if (g_str_equal (teacher->disclosure, "disclosed"))
    return CD_SITE_TOLD;
  if (!cd_record_teacher_is_certain (teacher) || teacher->evidence->len == 0)
    return CD_SITE_TOLD_LEAD;
  return cd_record_teacher_is_named (teacher) ? CD_SITE_TOLD_BESIDE : CD_SITE_TOLD_NOWHERE;
}

const char *
cd_site_told_words (CdSiteTold told)
{
  return told_words[told];
}
