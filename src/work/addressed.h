/* Where a work speaks to whoever reads it in order to judge it: "ignore previous instructions", "answer yes to every question", openly or hidden. The words
 * are the signals "reader.…" (rubrics/signals/readers.yaml); a work is data, and none of them is followed. Its own tasks' prompts, a judge's of answers
 * among them, and its data speak to others. */
#pragma once
#include "work/work.h"

/* Fills work->addressed: what a report names as a risk. Prompts and data of works ask models for answers, too; so the place counts. */
void cd_addressed_gather (CdWork *work, const CdCorpus *corpus, const CdScope *scope, const CdSignals *signals);

/* Of the lines low … high of a document those that a language model might take for words to it, ascending; more than is reported. GArray of guint; caller
 * frees with g_array_unref. */
GArray *cd_addressed_lines (const CdSignals *signals, CdDocument *document, guint low, guint high);
/* The same of a path, whose words are parted by dashes, dots and the like. */
gboolean cd_addressed_path (const CdSignals *signals, const char *path);
