/* Whose file each file is, put together from what the other files of this folder find out: origin.c (the tree as a whole), vendored.c and
 * changed.c (copied folders), paths.c and reach.c (what the work's instructions lead to). */
#include "scope/scope.h"
#include "scope/paths.h"
#include "scope/reach.h"
#include "scope/vendored.h"
#include <string.h>

/* Where this much of what a copied folder has in common with the framework is exactly the framework's, what differs was changed on
 * purpose and is no other version. */
#define DELIBERATE_SHARE 0.8
/* Below this share the table does not know the copied version at all, and a path it does not know says nothing. */
#define KNOWN_SHARE 0.4

struct _CdScope {
  const CdCorpus *corpus;
  CdPathIndex *index;
  CdFileScope *files;
  GPtrArray *vendored; /* CdVendored* */
  char *fork;
};

static void
vendored_free (gpointer data)
{
  CdVendored *vendored = data;
  g_free (vendored->path);
  g_free (vendored->of);
  g_free (vendored);
}

static const CdDocument *
document_at (const CdScope *scope, guint i)
{
  return scope->corpus->documents->pdata[i];
}

/* A glob, or a folder or file named plainly. "*" also crosses slashes. */
static gboolean
matches (const char *glob, const char *path)
{
  if (strpbrk (glob, "*?") != NULL)
    return g_pattern_match_simple (glob, path);
  gsize length = strlen (glob);
  while (length > 0 && glob[length - 1] == '/')
    length--;
  return strncmp (path, glob, length) == 0 && (path[length] == '\0' || path[length] == '/' || length == 0);
}

static gboolean
is_inside (const CdScopeOptions *options, const char *base, const char *path)
{
  if (!g_str_has_prefix (path, base))
    return FALSE;
  gboolean inside = options == NULL || options->globs == NULL || options->globs[0] == NULL;
  for (guint i = 0; !inside && options->globs[i] != NULL; i++)
    inside = matches (options->globs[i], path);
  return inside;
}

/* "a/b/" for --subdir ./a/b; "" for none. */
static char *
base_of (const CdScopeOptions *options)
{
  if (options == NULL || options->subdir == NULL)
    return g_strdup ("");
  g_auto (GStrv) parts = g_strsplit (options->subdir, "/", -1);
  GString *base = g_string_new (NULL);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && !g_str_equal (parts[i], "."))
      g_string_append_printf (base, "%s/", parts[i]);
  return g_string_free (base, FALSE);
}

/* The licence and git's own files at the root are the work's, however many others have the same. */
static gboolean
is_works_by_nature (const char *below)
{
  static const char *const names[] = { "license", "licence", "copying", "notice", ".gitignore", ".gitattributes", NULL };
  for (guint i = 0; names[i] != NULL && strchr (below, '/') == NULL; i++)
    if (g_ascii_strncasecmp (below, names[i], strlen (names[i])) == 0)
      return TRUE;
  return FALSE;
}

/* TRUE where a file that differs was written or changed by the work, and is no other version of the framework's.
 * A page that differs in a link or two still tells of the framework. */
static gboolean
is_works_difference (const CdOrigin *origin, const CdVendoredTree *tree, const CdDocument *document)
{
  gboolean page = document->kind == CD_DOCUMENT_MARKDOWN || document->kind == CD_DOCUMENT_RST || document->kind == CD_DOCUMENT_HTML;
  return (tree->share >= DELIBERATE_SHARE && !page) || !cd_upstream_knows_path (origin->upstream, document->path);
}

static void
own_tree (CdScope *scope, const CdOrigin *origin, const CdVendoredTree *tree, guint8 *differs)
{
  g_autofree guint8 *changed = g_new0 (guint8, scope->corpus->documents->len + 1);
  cd_vendored_mark_changed (origin, tree, changed);
  for (guint i = tree->start; i < tree->end; i++) {
    if (scope->files[i].owner != CD_OWNER_WORK)
      continue;
    differs[i] = origin->listed[i] && tree->share >= KNOWN_SHARE;
    gboolean own = changed[i] || (differs[i] && is_works_difference (origin, tree, document_at (scope, i)));
    scope->files[i].owner = own ? CD_OWNER_CALLED : CD_OWNER_VENDORED;
  }
  CdVendored *vendored = g_new (CdVendored, 1);
  *vendored = (CdVendored){ g_strdup (tree->path), g_strdup (tree->of), tree->by };
  g_ptr_array_add (scope->vendored, vendored);
}

static void
set_owners (CdScope *scope, const CdOrigin *origin, const CdScopeOptions *options, guint8 *differs)
{
  for (guint i = 0; i < scope->corpus->documents->len; i++) {
    const char *path = document_at (scope, i)->path;
    if (!is_inside (options, origin->base, path))
      scope->files[i].owner = CD_OWNER_OUTSIDE;
    else if (origin->projects[i] >= 0 && !is_works_by_nature (path + strlen (origin->base)))
      scope->files[i].owner = CD_OWNER_UPSTREAM;
  }
  g_autoptr (GArray) trees = cd_vendored_find (origin);
  for (guint i = 0; i < trees->len; i++)
    own_tree (scope, origin, &g_array_index (trees, CdVendoredTree, i), differs);
}

/* Folders that are packages with a licence of their own ("a/b/"): copied, as a rule. Owned strings. */
static GPtrArray *
licensed_packages (const CdScope *scope, const CdOrigin *origin)
{
  static const char *const builds[] = { "setup.py", "pyproject.toml", "setup.cfg", NULL };
  g_autoptr (GHashTable) built = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *packages = g_ptr_array_new_with_free_func (g_free);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = origin->start; i < origin->end; i++) {
      const CdDocument *document = document_at (scope, i);
      const char *below = document->path + strlen (origin->base), *slash = strrchr (below, '/');
      gboolean named = slash != NULL && (pass == 0 ? g_strv_contains (builds, slash + 1) : document->kind == CD_DOCUMENT_LICENSE);
      if (!named)
        continue;
      g_autofree char *folder = g_strndup (document->path, (gsize) (slash + 1 - document->path));
      if (pass == 0)
        g_hash_table_add (built, g_steal_pointer (&folder));
      else if (g_hash_table_contains (built, folder))
        g_ptr_array_add (packages, g_steal_pointer (&folder));
    }
  return packages;
}

static gboolean
is_below_any (const char *path, const GPtrArray *folders)
{
  for (guint i = 0; i < folders->len; i++)
    if (g_str_has_prefix (path, g_ptr_array_index (folders, i)))
      return TRUE;
  return FALSE;
}

/* Files called like a framework's, and pages of copied packages. */
static void
mark_adapted (CdScope *scope, const CdOrigin *origin)
{
  g_autoptr (GPtrArray) packages = licensed_packages (scope, origin);
  for (guint i = origin->start; i < origin->end; i++) {
    const CdDocument *document = document_at (scope, i);
    const char *below = document->path + strlen (origin->base);
    gboolean page = document->kind == CD_DOCUMENT_MARKDOWN || document->kind == CD_DOCUMENT_RST || document->kind == CD_DOCUMENT_HTML;
    scope->files[i].adapted
        = cd_scope_is_own (scope, i) && strchr (below, '/') != NULL
          && ((origin->listed[i] && cd_upstream_knows_path (origin->upstream, below)) || (page && is_below_any (document->path, packages)));
  }
}

static gboolean
has_inside (const CdCorpus *corpus, const CdScopeOptions *options, const char *base)
{
  for (guint i = 0; i < corpus->documents->len; i++)
    if (is_inside (options, base, ((const CdDocument *) corpus->documents->pdata[i])->path))
      return TRUE;
  return FALSE;
}

CdScope *
cd_scope_resolve (const CdData *data, const CdSnapshot *snapshot, const CdHistory *history, const CdCorpus *corpus, const CdScopeOptions *options,
                  GError **error)
{
  g_autoptr (CdUpstream) upstream = cd_upstream_load (data, error);
  if (upstream == NULL)
    return NULL;
  g_autofree char *base = base_of (options);
  g_autofree char *folder = g_strndup (base, *base != '\0' ? strlen (base) - 1 : 0);
  if (*folder != '\0' && !cd_snapshot_has (snapshot, folder)) {
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "the commit has no folder '%s'", folder);
    return NULL;
  }
  if (corpus->documents->len > 0 && !has_inside (corpus, options, base)) {
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "no file of the repository is inside the scope asked for");
    return NULL;
  }
  g_autoptr (CdScope) scope = g_new0 (CdScope, 1);
  scope->corpus = corpus;
  scope->files = g_new0 (CdFileScope, corpus->documents->len + 1);
  scope->vendored = g_ptr_array_new_with_free_func (vendored_free);
  scope->index = cd_path_index_new (corpus);

  g_auto (CdOrigin) origin = { .upstream = upstream, .history = history, .corpus = corpus, .base = base };
  while (origin.start < corpus->documents->len && strncmp (document_at (scope, origin.start)->path, base, strlen (base)) < 0)
    origin.start++;
  origin.end = cd_vendored_range_end (corpus, origin.start, base, strlen (base));
  cd_origin_find (&origin);
  if (origin.fork >= 0)
    scope->fork = g_strdup (cd_upstream_project (upstream, (guint) origin.fork)->id);
  g_autofree guint8 *differs = g_new0 (guint8, corpus->documents->len + 1);
  set_owners (scope, &origin, options, differs);
  mark_adapted (scope, &origin);
  cd_reach_follow (corpus, upstream, scope->index, differs, scope->files);
  return g_steal_pointer (&scope);
}

void
cd_scope_free (CdScope *scope)
{
  if (scope == NULL)
    return;
  g_clear_pointer (&scope->index, cd_path_index_free);
  g_clear_pointer (&scope->files, g_free);
  g_clear_pointer (&scope->vendored, g_ptr_array_unref);
  g_clear_pointer (&scope->fork, g_free);
  g_free (scope);
}

const CdFileScope *
cd_scope_at (const CdScope *scope, guint document)
{
  return &scope->files[document];
}

gboolean
cd_scope_is_own (const CdScope *scope, guint document)
{
  return scope->files[document].owner == CD_OWNER_WORK || scope->files[document].owner == CD_OWNER_CALLED;
}

const GPtrArray *
cd_scope_vendored (const CdScope *scope)
{
  return scope->vendored;
}

const char *
cd_scope_fork_of (const CdScope *scope)
{
  return scope->fork;
}

gint
cd_scope_resolve_path (const CdScope *scope, guint from, const char *directory, const char *written)
{
  return cd_path_index_resolve (scope->index, scope->files, from, directory, written);
}
