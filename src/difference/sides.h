/* Two lists of things set side by side: what is on both sides is found by its key, whatever the order. For difference/ only.
 * Ownership: an item owns its strings; places are borrowed from the records. */
#pragma once
#include "difference/difference.h"

typedef struct CdItem {
  char *key;          /* what makes it the same thing on the other side, unless `same` found it already */
  char *same;         /* what makes it the same thing without a change; NULL: key and state */
  char *what, *state; /* in words; things of one key and different states have changed */
  guint holds;        /* what it discloses or reproduces, a bit each: a bit less after is worse */
  CdRecordPlace where;
  struct CdItem *other; /* its counterpart; NULL none */
} CdItem;

/* CdItem*. Free with g_ptr_array_unref. */
GPtrArray *cd_items_new (void);
/* A new item at the end of items, without `same` and holding nothing. Takes key, what and state. Borrowed. */
CdItem *cd_items_add (GPtrArray *items, char *key, char *what, char *state, CdRecordPlace where);
/* Parts that make a key together; NULL is a part too. Ends with CD_KEY_END. Caller frees. */
#define CD_KEY_END ((const char *) -1)
char *cd_item_key (const char *first, ...);
/* Give items their counterparts: those that are the same first, then of one key in their order. */
void cd_items_pair (GPtrArray *before, GPtrArray *after);
/* Add what differs to the difference: changed and new things as the second list has them, then those that are gone. absent: what a side without the thing
 * holds. */
void cd_items_tell (CdDifference *difference, CdChangedKind kind, const GPtrArray *before, const GPtrArray *after, guint absent);

/* The first place under "evidence"; without a path where there is none. */
CdRecordPlace cd_item_place (const cJSON *object);
/* A figure in words: "46.7", "0.467 (fraction)". decimals: negative: as many as it has. Caller frees. */
char *cd_item_figure (double value, int decimals, const char *unit);

/* One function a kind: adds that kind's changes. */
void cd_difference_label (CdDifference *difference);         /* lineage.c */
void cd_difference_teachers (CdDifference *difference);      /* lineage.c */
void cd_difference_claims (CdDifference *difference);        /* figures.c */
void cd_difference_reproductions (CdDifference *difference); /* figures.c */
void cd_difference_commands (CdDifference *difference);      /* commands.c */
void cd_difference_datasets (CdDifference *difference);      /* provenance.c */
void cd_difference_weights (CdDifference *difference);       /* provenance.c */
void cd_difference_risks (CdDifference *difference);         /* risks.c */
