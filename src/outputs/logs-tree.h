/* A JSON file as a tree with lines, for readers of result logs: bounded and made without recursion. Long strings are left out, since no figure stands in them. */
#pragma once
#include <glib.h>

typedef enum { CD_LOG_OBJECT, CD_LOG_ARRAY, CD_LOG_NUMBER, CD_LOG_STRING, CD_LOG_WORD } CdLogKind;

typedef struct {
  CdLogKind kind;
  guint32 line;        /* 1-based, of the value */
  guint32 child, next; /* places in the tree, 0 none */
  const char *key;     /* NULL outside objects */
  const char *text;    /* of a string or word; NULL where a string is too long to keep */
  double number;
} CdLogNode;

typedef struct _CdLogTree CdLogTree;
/* The first value of the text, up to where it stops being JSON or grows over the bounds. NULL where it holds no object or array. */
CdLogTree *cd_log_tree_new (const char *text, gsize length);
void cd_log_tree_free (CdLogTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdLogTree, cd_log_tree_free)
const CdLogNode *cd_log_tree_root (const CdLogTree *tree);
/* The first value inside, and the one after; NULL none. Both take NULL. */
const CdLogNode *cd_log_first (const CdLogTree *tree, const CdLogNode *node);
const CdLogNode *cd_log_next (const CdLogTree *tree, const CdLogNode *node);
/* The member called key, or NULL, also of NULL and of what is no object. */
const CdLogNode *cd_log_get (const CdLogTree *tree, const CdLogNode *node, const char *key);
/* The same where it must be of a kind: text of a string, a finite number (a string that is nothing but a number, with or without "%", counts). */
const char *cd_log_text (const CdLogTree *tree, const CdLogNode *node, const char *key);
gboolean cd_log_number (const CdLogNode *node, double *value);
/* A whole number from 0 on; -1 where there is none. */
gint64 cd_log_count (const CdLogTree *tree, const CdLogNode *node, const char *key);
