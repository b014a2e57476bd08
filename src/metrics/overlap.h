/* Which problems of evaluation sets stand in a text: 13-grams of words over normal forms (problem-text.h). First every evaluation problem is added, then the index is
 * sealed, then texts are looked up, one after the other; memory depends on the evaluation side only.
 * A 13-gram counts where it stands in at most CD_OVERLAP_COMMON problems of each file: what more of them share is a template ("reason step by step and put your final
 * answer within \boxed{}"), and no 13-gram that touches one counts. A problem stands in a text when the two are the same from CD_OVERLAP_WORDS words on (the template
 * aside), or when the text holds at least half of the problem's counted 13-grams and no number differs where the words around it agree: with another number it is
 * another problem. Of a problem that is a filled template and nothing else, the text has to hold all 13-grams that are not the template's. */
#pragma once
#include <glib.h>

#define CD_OVERLAP_GRAM 13u
#define CD_OVERLAP_COMMON 5u
#define CD_OVERLAP_WORDS 8u /* shorter ones ("What is 2 + 3?") are the same by chance */

typedef struct {
  guint file; /* as given to cd_overlap_add */
  guint32 line;
} CdOverlapItem;

typedef struct {
  guint problem;    /* for cd_overlap_items */
  guint shared, of; /* counted 13-grams of the problem: those that the text holds, and all; 0 of 0 for one shorter than 13 words */
  gboolean exact;   /* the same words from beginning to end */
} CdOverlapMatch;

typedef struct _CdOverlap CdOverlap;
CdOverlap *cd_overlap_new (void);
void cd_overlap_free (CdOverlap *overlap);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdOverlap, cd_overlap_free)
/* Add an evaluation problem; those of a file are added together, files in ascending order. FALSE where the index is full: it is left out. */
gboolean cd_overlap_add (CdOverlap *overlap, const char *text, gsize length, guint file, guint32 line);
/* No problem is added afterwards. */
void cd_overlap_seal (CdOverlap *overlap);
/* The problems that stand in a text: CdOverlapMatch in the order of problems. Borrowed until the next call. */
const GArray *cd_overlap_find (CdOverlap *overlap, const char *text, gsize length);
/* Distinct problems of eight words or more. */
guint cd_overlap_length (const CdOverlap *overlap);
/* Where a problem stands: CdOverlapItem in the order of adding; several where files share it. Borrowed. */
const GArray *cd_overlap_items (const CdOverlap *overlap, guint problem);
