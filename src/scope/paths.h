/* Which file a written path or module means. Documents and scripts write paths from many places: their own folder, the root, a folder
 * entered before, another machine. For scope/ only; others ask cd_scope_resolve_path. */
#pragma once
#include "scope/scope.h"

typedef struct _CdPathIndex CdPathIndex;

CdPathIndex *cd_path_index_new (const CdCorpus *corpus);
void cd_path_index_free (CdPathIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdPathIndex, cd_path_index_free)
/* The document at exactly this path from the root, or -1. */
gint cd_path_index_at (const CdPathIndex *index, const char *path);
/* TRUE where some file has this base name ([start, length) of a text); a cheap first question before resolving. */
gboolean cd_path_index_has_name (const CdPathIndex *index, const char *start, gsize length);
/* As cd_scope_resolve_path. files, if any, lets own files win where a suffix fits several. */
gint cd_path_index_resolve (const CdPathIndex *index, const CdFileScope *files, guint from, const char *directory, const char *written);
/* A Python module from the file at from: "a.b.c", or "a/b/c" as documents give relative imports. -1 where it is not of this tree. */
gint cd_path_index_module (const CdPathIndex *index, const CdFileScope *files, guint from, const char *directory, const char *module);
