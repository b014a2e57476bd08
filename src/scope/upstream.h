/* The table of public frameworks' files: every blob id that ever stood in their histories, and what the projects are called.
 * A blob id is a content hash, so finding it here settles that the file was copied, whatever its path is now.
 * Format (rubrics/knowledge/upstream):
 * blobs.bin  records of 10 bytes, sorted bytewise: the first 7 bytes of the blob id; the project's index in upstream.yaml; the day it
 *            appeared there, days since 1970, big-endian. 7 bytes: among 200,000 blobs a chance meeting with one of 10,000 files has odds
 *            of 1 in 30 million.
 * paths.bin  records of 8 bytes, sorted: of the SHA-1 of "folder/name", the last two parts of every path. They tell a framework's
 *            file in another version from a file that no framework has. */
#pragma once
#include "base/data.h"
#include "git/snapshot.h"

#define CD_UPSTREAM_ID 7u /* bytes of a blob id in a record */
#define CD_UPSTREAM_RECORD 10u
#define CD_UPSTREAM_PATH 8u /* bytes of a record of paths.bin */
#define CD_UPSTREAM_DAY ((gint64) 86400)
#define CD_UPSTREAM_PROJECTS 250u /* the index is one byte */
#define CD_UPSTREAM_SMALLEST 64   /* bytes; smaller files (empty __init__.py, one-line stubs) are alike by chance */

typedef struct {
  char *id; /* what reports call it */
  char *name;
  char *repository; /* URL */
  char *location;   /* build lists only: where to read it instead of repository; NULL none */
  char *commit;     /* the table was built from its history; NULL: known by name only */
  char *license;    /* SPDX id; NULL unknown */
  char *reason;     /* why it is known by name only; NULL */
  char **names;     /* folder and Python package names under which it is copied; NULL-terminated */
  char **roots;     /* commits without parents in its history, hex; NULL-terminated */
  guint blobs;      /* records in the table */
} CdUpstreamProject;

typedef struct _CdUpstream CdUpstream;

/* The shipped table. CD_ERROR_INPUT where a file of it is malformed. */
CdUpstream *cd_upstream_load (const CdData *data, GError **error);
/* A table from its files. name: how errors call the list. blobs and paths may be NULL: projects only (a list to build from). */
CdUpstream *cd_upstream_new (const char *name, const char *yaml, gsize length, GBytes *blobs, GBytes *paths, GError **error);
void cd_upstream_free (CdUpstream *upstream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdUpstream, cd_upstream_free)

guint cd_upstream_length (const CdUpstream *upstream);
const CdUpstreamProject *cd_upstream_project (const CdUpstream *upstream, guint index);
/* Indexes of projects, -1 where there is none. */
gint cd_upstream_find (const CdUpstream *upstream, const CdOid *blob, gint64 *day); /* day: when it appeared there; may be NULL */
gint cd_upstream_named (const CdUpstream *upstream, const char *name);              /* a folder or package name; case, - and _ do not matter */
gint cd_upstream_rooted (const CdUpstream *upstream, const char *commit);           /* 40 hex digits of a root commit */
gint cd_upstream_hosted (const CdUpstream *upstream, const char *url);              /* a URL at or below a project's repository */
/* TRUE where some project has, or once had, a file whose path ends in the last two parts of path. */
gboolean cd_upstream_knows_path (const CdUpstream *upstream, const char *path);
/* The record of paths.bin for path. */
void cd_upstream_path_key (const char *path, guint8 key[CD_UPSTREAM_PATH]);
/* TRUE for the kinds of files that the table lists, at this size. */
gboolean cd_upstream_lists (const char *path, gint64 size);

/* Build the files from the histories of list's projects (each opened at location, else repository; at commit, else HEAD).
 * A blob of several projects goes to the one that had it first. max_bytes bounds blobs.bin: above it the least copied kinds of files
 * are left out, and upstream.yaml says which. Deterministic. log may be NULL: called once a project. */
typedef void (*CdUpstreamLog) (const char *id, guint blobs, gpointer data);
gboolean cd_upstream_build (const CdUpstream *list, const char *directory, gsize max_bytes, CdUpstreamLog log, gpointer data, GError **error);
