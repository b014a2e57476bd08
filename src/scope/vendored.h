/* Which folders of a snapshot are copies of other people's projects, and of which: by blob ids, by name, by licence. For scope/ only. */
#pragma once
#include "scope/scope.h"
#include "scope/upstream.h"

/* What is known about a tree before folders are judged. All arrays are by index of corpus->documents. */
typedef struct {
  const CdUpstream *upstream;
  const CdHistory *history; /* may be NULL */
  const CdCorpus *corpus;
  const char *base; /* "" or "folder/": the audited part of the tree */
  guint start, end; /* its documents */
  gint16 *projects; /* upstream project of a blob, -1 none; files of self are -1 */
  guint8 *listed;   /* of a kind and size that the table lists */
  gint self;        /* the project that the tree is, -1 none */
  gint fork;        /* the project that the tree was forked from, -1 none */
} CdOrigin;

/* Fill projects, listed, self and fork. */
void cd_origin_find (CdOrigin *origin);
void cd_origin_clear (CdOrigin *origin);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CdOrigin, cd_origin_clear)

typedef struct {
  char *path; /* without a slash at the end */
  char *of;
  const char *by;   /* "blob-ids" | "name" | "license" */
  guint start, end; /* documents */
  double share;     /* of its files that stand at a framework's path, how many are a framework's by blob */
} CdVendoredTree;

/* GArray of CdVendoredTree in path order; trees do not nest. */
GArray *cd_vendored_find (const CdOrigin *origin);
/* The documents of [start, end) that the work's own commits brought in or changed: the commits that set them changed more than they
 * copied. Sets changed[i] for them; nothing without a history. */
void cd_vendored_mark_changed (const CdOrigin *origin, const CdVendoredTree *tree, guint8 *changed);
/* The time of the commit that set a document as it stands, seconds; -1 where the history does not say. */
gint64 cd_vendored_time (const CdHistory *history, const CdDocument *document);
/* The project whose package name the setup file directly at base gives, -1 where there is none. */
gint cd_vendored_package (const CdOrigin *origin);
/* The first document at or after start whose path does not begin with prefix. */
guint cd_vendored_range_end (const CdCorpus *corpus, guint start, const char *prefix, gsize length);
