/* Whose file is it: the part of a snapshot that is the work. Vendored third-party trees are known by blob id (rubrics/knowledge/upstream),
 * by name and by licence; files changed inside them, and files that the work's instructions reach, are the work's own.
 * A framework that is audited itself is not vendored in itself. */
#pragma once
#include "base/data.h"
#include "documents/corpus.h"
#include "git/history.h"

typedef enum {
  CD_OWNER_WORK,     /* the work's own file */
  CD_OWNER_CALLED,   /* inside a vendored tree, but changed there or called by the work's instructions: counts as own */
  CD_OWNER_UPSTREAM, /* a public framework's file, by blob id */
  CD_OWNER_VENDORED, /* in a copied tree, by name or licence rules */
  CD_OWNER_OUTSIDE,  /* outside --subdir / --scope */
} CdOwner;

typedef struct {
  guint8 owner;     /* CdOwner */
  gboolean adapted; /* own, and called like a framework's file, or a page of a package with a licence of its own: it may still
                        * tell of the framework */
  gboolean reached; /* named by the work's documents or by a reached script, or imported by a reached file */
} CdFileScope;

typedef struct {
  char *path;
  char *of;
  const char *by;
} CdVendored; /* by: "blob-ids" | "name" | "license" */

typedef struct _CdScope CdScope;
typedef struct {
  const char *subdir;
  char **globs;
} CdScopeOptions;
CdScope *cd_scope_resolve (const CdData *data, const CdSnapshot *snapshot, const CdHistory *history, const CdCorpus *corpus,
                           const CdScopeOptions *options, GError **error);
void cd_scope_free (CdScope *scope);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdScope, cd_scope_free)
/* By index of corpus->documents. */
const CdFileScope *cd_scope_at (const CdScope *scope, guint document);
/* TRUE for CD_OWNER_WORK and CD_OWNER_CALLED. */
gboolean cd_scope_is_own (const CdScope *scope, guint document);
const GPtrArray *cd_scope_vendored (const CdScope *scope); /* CdVendored*, sorted by path; borrowed */
/* The upstream project that the whole tree is a fork of (its id in the table), or NULL. */
const char *cd_scope_fork_of (const CdScope *scope);
/* The document that a path or module written in a document, script or command at `from` (an index) means: resolved against its folder, the root,
 * then as a unique suffix; "a.b" as a Python module. -1 where the tree has none. */
gint cd_scope_resolve_path (const CdScope *scope, guint from, const char *directory, const char *written);
