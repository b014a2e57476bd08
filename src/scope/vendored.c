/* Copied folders. One walk from the top: a folder that is a copy is taken whole and not entered again. Folders are ranges of the
 * path-sorted documents, and counts are differences of running sums, so the walk costs a few steps a folder. */
#include "scope/vendored.h"
#include <string.h>

#define TREE_FILES 6u    /* fewer copied files than this make no copied folder */
#define NAMED_FILES 3u   /* with a framework's name, this many of its files show the copy */
#define NESTED_FILES 15u /* a project of its own inside the work has at least this many */

typedef struct {
  const CdOrigin *origin;
  guint *listed_before; /* running sums: listed files, and upstream ones, before a document */
  guint *upstream_before;
  GArray *trees; /* CdVendoredTree */
} Walk;

typedef struct {
  guint start, end;
  gsize prefix;
} Folder; /* prefix: bytes of the folder's path with its slash */

static const CdDocument *
document_at (const CdOrigin *origin, guint i)
{
  return origin->corpus->documents->pdata[i];
}

static void
tree_clear (gpointer data)
{
  CdVendoredTree *tree = data;
  g_free (tree->path);
  g_free (tree->of);
}

guint
cd_vendored_range_end (const CdCorpus *corpus, guint start, const char *prefix, gsize length)
{
  guint low = start, high = corpus->documents->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    const CdDocument *document = corpus->documents->pdata[middle];
    if (strncmp (document->path, prefix, length) == 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Step through a folder: TRUE with the next child folder, files in between are skipped. *cursor starts at folder->start. */
static gboolean
next_child (const CdOrigin *origin, const Folder *folder, guint *cursor, Folder *child)
{
  while (*cursor < folder->end) {
    const char *path = document_at (origin, *cursor)->path;
    const char *slash = strchr (path + folder->prefix, '/');
    if (slash != NULL) {
      gsize prefix = (gsize) (slash - path) + 1;
      *child = (Folder){ *cursor, MIN (folder->end, cd_vendored_range_end (origin->corpus, *cursor, path, prefix)), prefix };
      *cursor = child->end;
      return TRUE;
    }
    ++*cursor;
  }
  return FALSE;
}

/* The document directly in folder whose name begins so (ASCII case ignored), or NULL. */
static const CdDocument *
find_file (const CdOrigin *origin, const Folder *folder, const char *beginning)
{
  for (guint i = folder->start; i < folder->end;) {
    const char *path = document_at (origin, i)->path;
    const char *slash = strchr (path + folder->prefix, '/');
    if (slash == NULL && g_ascii_strncasecmp (path + folder->prefix, beginning, strlen (beginning)) == 0)
      return document_at (origin, i);
    i = slash == NULL ? i + 1 : cd_vendored_range_end (origin->corpus, i, path, (gsize) (slash - path) + 1);
  }
  return NULL;
}

static guint
count_upstream (const Walk *walk, guint start, guint end)
{
  return walk->upstream_before[end] - walk->upstream_before[start];
}

/* Of the files that stand where a framework has one, the share that is the framework's own. 0 where there are none. */
static double
share_of (const CdOrigin *origin, const Folder *folder)
{
  guint same = 0, other = 0;
  for (guint i = folder->start; i < folder->end; i++)
    if (origin->projects[i] >= 0)
      same++;
    else if (origin->listed[i] && cd_upstream_knows_path (origin->upstream, document_at (origin, i)->path))
      other++;
  return same > 0 ? (double) same / (same + other) : 0;
}

static void
add_tree (Walk *walk, const Folder *folder, const char *of, const char *by)
{
  CdVendoredTree tree = { .path = g_strndup (document_at (walk->origin, folder->start)->path, folder->prefix - 1),
                          .of = g_strdup (of),
                          .by = by,
                          .start = folder->start,
                          .end = folder->end,
                          .share = share_of (walk->origin, folder) };
  g_array_append_val (walk->trees, tree);
}

/* TRUE where a copied file stands directly in folder. A folder without one only holds copies: src is not the copy, src/verl is. */
static gboolean
has_upstream_file (const CdOrigin *origin, const Folder *folder)
{
  for (guint i = folder->start; i < folder->end;) {
    const char *path = document_at (origin, i)->path;
    const char *slash = strchr (path + folder->prefix, '/');
    if (slash == NULL && origin->projects[i] >= 0)
      return TRUE;
    i = slash == NULL ? i + 1 : cd_vendored_range_end (origin->corpus, i, path, (gsize) (slash - path) + 1);
  }
  return FALSE;
}

/* Of the projects in folder, the one that most files directly in it come from; among equals the one with most files below. */
static guint
main_project (const CdOrigin *origin, const Folder *folder)
{
  guint direct[CD_UPSTREAM_PROJECTS] = { 0 }, all[CD_UPSTREAM_PROJECTS] = { 0 }, top = 0;
  for (guint i = folder->start; i < folder->end; i++)
    if (origin->projects[i] >= 0) {
      all[origin->projects[i]]++;
      direct[origin->projects[i]] += strchr (document_at (origin, i)->path + folder->prefix, '/') == NULL;
    }
  for (guint i = 1; i < CD_UPSTREAM_PROJECTS; i++)
    if (direct[i] > direct[top] || (direct[i] == direct[top] && all[i] > all[top]))
      top = i;
  return top;
}

static gboolean
take_by_blobs (Walk *walk, const Folder *folder)
{
  guint upstream = count_upstream (walk, folder->start, folder->end);
  guint listed = walk->listed_before[folder->end] - walk->listed_before[folder->start];
  if (upstream < TREE_FILES || upstream * 2 < listed || !has_upstream_file (walk->origin, folder))
    return FALSE;
  guint project = main_project (walk->origin, folder);
  add_tree (walk, folder, cd_upstream_project (walk->origin->upstream, project)->id, "blob-ids");
  return TRUE;
}

/* The package name that a folder's setup.py or pyproject.toml gives; NULL where there is none. Borrowed. */
static const char *
package_name (const CdOrigin *origin, const Folder *folder)
{
  static const char *const files[] = { "pyproject.toml", "setup.py", "setup.cfg" };
  static const char *const keys[] = { "project.name", "tool.poetry.name", "setup.name", "setuptools.setup.name", "metadata.name" };
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    const CdDocument *document = find_file (origin, folder, files[i]);
    for (guint j = 0; document != NULL && j < document->settings->len; j++) {
      const CdSetting *setting = document->settings->pdata[j];
      for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
        if (g_str_equal (setting->key, keys[k]))
          return setting->value;
    }
  }
  return NULL;
}

gint
cd_vendored_package (const CdOrigin *origin)
{
  const Folder root = { origin->start, origin->end, strlen (origin->base) };
  const char *name = package_name (origin, &root);
  return name != NULL ? cd_upstream_named (origin->upstream, name) : -1;
}

/* A folder's own name, without the "-main" of a downloaded archive. Caller frees. */
static char *
folder_name (const CdOrigin *origin, const Folder *folder)
{
  const char *path = document_at (origin, folder->start)->path;
  gsize start = folder->prefix - 1;
  while (start > 0 && path[start - 1] != '/')
    start--;
  char *name = g_strndup (path + start, folder->prefix - 1 - start);
  static const char *const archives[] = { "-main", "-master" };
  for (guint i = 0; i < G_N_ELEMENTS (archives); i++)
    if (g_str_has_suffix (name, archives[i]))
      name[strlen (name) - strlen (archives[i])] = '\0';
  return name;
}

static gboolean
is_container (const char *name)
{
  static const char *const names[] = { "thirdparty", "thirdparties", "3rdparty", "vendor", "vendored", "external", "externals", "submodules", NULL };
  g_autofree char *key = cd_text_key (name);
  return g_strv_contains (names, key);
}

/* A sign that a folder named like project is its copy and not the work's code about it: it has some of its files, or stands below a
 * package of that name. Without a table of the project's files the second would also hold for the project itself. */
static gboolean
is_copy_of (const Walk *walk, const Folder *folder, const Folder *parent, gint project)
{
  const CdOrigin *origin = walk->origin;
  guint files = 0;
  for (guint i = folder->start; i < folder->end && files < NAMED_FILES; i++)
    files += origin->projects[i] == project;
  if (files >= NAMED_FILES)
    return TRUE;
  const char *outer = package_name (origin, parent);
  return outer != NULL && cd_upstream_project (origin->upstream, (guint) project)->blobs > 0
         && cd_upstream_named (origin->upstream, outer) == project;
}

/* Folders called like a known framework, and any project in a folder for other people's. */
static gboolean
take_by_name (Walk *walk, const Folder *folder, const Folder *parent, gboolean contained)
{
  const CdOrigin *origin = walk->origin;
  if (folder->end - folder->start < TREE_FILES)
    return FALSE;
  g_autofree char *name = folder_name (origin, folder);
  gint project = cd_upstream_named (origin->upstream, name);
  const char *package = package_name (origin, folder);
  if (project < 0 && package != NULL)
    project = cd_upstream_named (origin->upstream, package);
  if ((project < 0 && !contained) || (project >= 0 && project == origin->self))
    return FALSE;
  gboolean whole = package != NULL || find_file (origin, folder, "license") != NULL || find_file (origin, folder, "readme") != NULL;
  if (!whole && (project < 0 || !is_copy_of (walk, folder, parent, project)))
    return FALSE;
  add_tree (walk, folder, project >= 0 ? cd_upstream_project (origin->upstream, (guint) project)->id : package != NULL ? package : name, "name");
  return TRUE;
}

/* The line of a licence that names whose it is; NULL where there is none. Caller frees. */
static char *
copyright_holder (const CdDocument *license)
{
  const char *found = license->length > 0 ? g_strstr_len (license->text, (gssize) MIN (license->length, 16384), "Copyright (c)") : NULL;
  if (found == NULL && license->length > 0)
    found = g_strstr_len (license->text, (gssize) MIN (license->length, 16384), "Copyright 20");
  return found != NULL ? g_strndup (found, strcspn (found, "\r\n")) : NULL;
}

static const char *
title_of (const CdDocument *document)
{
  const CdSection *section = document->sections->len > 0 ? document->sections->pdata[0] : NULL;
  return section != NULL ? section->title : "";
}

static gboolean
has_citation (const CdDocument *document)
{
  for (guint i = 0; i < document->passages->len; i++)
    if (g_array_index (document->passages, CdPassage, i).kind == CD_PASSAGE_BIBTEX)
      return TRUE;
  return FALSE;
}

/* A project within the project: installable, and licensed to somebody else or cited as another paper than the root's. */
static gboolean
take_by_license (Walk *walk, const Folder *folder, const Folder *root)
{
  const CdOrigin *origin = walk->origin;
  if (folder->end - folder->start < NESTED_FILES)
    return FALSE;
  const CdDocument *setup = find_file (origin, folder, "setup.py");
  if (setup == NULL)
    setup = find_file (origin, folder, "pyproject.toml");
  const CdDocument *license = find_file (origin, folder, "license"), *outer_license = find_file (origin, root, "license");
  const CdDocument *readme = find_file (origin, folder, "readme"), *outer_readme = find_file (origin, root, "readme");
  g_autofree char *holder = license != NULL ? copyright_holder (license) : NULL;
  g_autofree char *outer = outer_license != NULL ? copyright_holder (outer_license) : NULL;
  gboolean licensed = setup != NULL && holder != NULL && outer != NULL && !g_str_equal (holder, outer);
  gboolean cited = readme != NULL && outer_readme != NULL && (setup != NULL || license != NULL) && has_citation (readme)
                   && has_citation (outer_readme) && g_ascii_strcasecmp (title_of (readme), title_of (outer_readme)) != 0;
  if (!licensed && !cited)
    return FALSE;
  g_autofree char *name = folder_name (origin, folder);
  const char *package = package_name (origin, folder);
  add_tree (walk, folder, package != NULL ? package : name, "license");
  return TRUE;
}

static gint
compare_trees (gconstpointer a, gconstpointer b)
{
  return strcmp (((const CdVendoredTree *) a)->path, ((const CdVendoredTree *) b)->path);
}

static void
count_before (Walk *walk)
{
  const CdOrigin *origin = walk->origin;
  guint count = origin->corpus->documents->len;
  walk->listed_before = g_new0 (guint, count + 1);
  walk->upstream_before = g_new0 (guint, count + 1);
  for (guint i = 0; i < count; i++) {
    walk->listed_before[i + 1] = walk->listed_before[i] + origin->listed[i];
    walk->upstream_before[i + 1] = walk->upstream_before[i] + (origin->projects[i] >= 0);
  }
}

GArray *
cd_vendored_find (const CdOrigin *origin)
{
  Walk walk = { .origin = origin, .trees = g_array_new (FALSE, FALSE, sizeof (CdVendoredTree)) };
  g_array_set_clear_func (walk.trees, tree_clear);
  count_before (&walk);
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (Folder));
  const Folder root = { origin->start, origin->end, strlen (origin->base) };
  g_array_append_val (queue, root);
  for (guint next = 0; next < queue->len; next++) {
    Folder folder = g_array_index (queue, Folder, next), child;
    g_autofree char *name = folder.prefix > root.prefix ? folder_name (origin, &folder) : g_strdup ("");
    gboolean contained = is_container (name);
    guint cursor = folder.start;
    while (next_child (origin, &folder, &cursor, &child))
      if (!take_by_blobs (&walk, &child) && !take_by_name (&walk, &child, &folder, contained) && !take_by_license (&walk, &child, &root))
        g_array_append_val (queue, child);
  }
  g_array_sort (walk.trees, compare_trees);
  g_free (walk.listed_before);
  g_free (walk.upstream_before);
  return walk.trees;
}
