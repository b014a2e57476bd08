/* The artifact appendix that conferences ask for (the form of cTuning's template, which ACM's and others' calls use), drafted from an audit: every
 * statement with the place it comes from; what an audit cannot know is left to the authors, and said to be. */
#pragma once
#include "record/record.h"

/* Markdown. Caller frees. */
char *cd_report_appendix (const CdRecord *record);

/* --- its parts, for appendix*.c --- */
typedef struct {
  const CdRecord *record;
  GString *out;
} CdAppendix;

/* A heading with an empty line on both sides; level 2 or 3. */
void cd_appendix_heading (CdAppendix *appendix, guint level, const char *title);
/* "To be written by the authors: WHAT", set off, so that no draft passes for a finished text. */
void cd_appendix_ask (CdAppendix *appendix, const char *what);
/* "- **LABEL:** " begun; the caller ends the line. */
void cd_appendix_item (CdAppendix *appendix, const char *label);
/* What the audit answered to a criterion, with its certainty and places, as an item; nothing where the rubric has none of that id. */
void cd_appendix_verdict (CdAppendix *appendix, const char *label, const char *id);
/* The place that an object of the record names or is, at most two. */
void cd_appendix_places (CdAppendix *appendix, const cJSON *object);
/* A text of the record, or a dash for NULL. */
void cd_appendix_text (CdAppendix *appendix, const char *text);

/* appendix-materials.c: data, models and teachers. */
void cd_appendix_materials (CdAppendix *appendix);
/* appendix-experiments.c: commands, and figures with how far a repetition may be off. */
void cd_appendix_workflow (CdAppendix *appendix);
void cd_appendix_results (CdAppendix *appendix);
/* appendix-badges.c: what the audit bears out for each badge, and what it does not. */
void cd_appendix_badges (CdAppendix *appendix);
