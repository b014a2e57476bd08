/* Whose tree is this as a whole: a public framework itself, a fork of one, or neither. Decided by blob ids and root commits,
 * never by what the repository is called. Folders inside are vendored.c's. */
#include "scope/vendored.h"
#include <string.h>

#define FORK_SHARE 0.6 /* of the code files */

static const CdDocument *
document_at (const CdOrigin *origin, guint i)
{
  return origin->corpus->documents->pdata[i];
}

static gboolean
is_code (const CdDocument *document)
{
  return document->kind == CD_DOCUMENT_PYTHON || document->kind == CD_DOCUMENT_SHELL || document->kind == CD_DOCUMENT_CODE;
}

/* The part of path below the audited folder; NULL where a folder stands between. */
static const char *
name_at_base (const CdOrigin *origin, const CdDocument *document)
{
  const char *name = document->path + strlen (origin->base);
  return strchr (name, '/') == NULL ? name : NULL;
}

/* The project that a document was copied from. What the work had a day before the framework, the framework copied. */
static gint
project_of (const CdOrigin *origin, const CdDocument *document)
{
  gint64 day = 0;
  gint project = cd_upstream_find (origin->upstream, &document->oid, &day);
  if (project < 0 || origin->history == NULL)
    return project;
  gint64 time = cd_vendored_time (origin->history, document);
  return time >= 0 && time / CD_UPSTREAM_DAY < day ? -1 : project;
}

static void
find_blobs (CdOrigin *origin)
{
  guint count = origin->corpus->documents->len;
  origin->projects = g_new (gint16, count + 1);
  origin->listed = g_new0 (guint8, count + 1);
  for (guint i = 0; i < count; i++) {
    const CdDocument *document = document_at (origin, i);
    origin->listed[i] = cd_upstream_lists (document->path, document->size) ? 1 : 0;
    origin->projects[i] = origin->listed[i] ? (gint16) project_of (origin, document) : -1;
  }
}

/* The project whose README, at any version, stands at the root. */
static gint
project_of_readme (const CdOrigin *origin)
{
  for (guint i = origin->start; i < origin->end; i++) {
    const char *name = name_at_base (origin, document_at (origin, i));
    if (name != NULL && g_ascii_strncasecmp (name, "readme.", 7) == 0 && origin->projects[i] >= 0)
      return origin->projects[i];
  }
  return -1;
}

/* The project whose first commit is in the history; self does not count. */
static gint
project_of_roots (const CdOrigin *origin)
{
  if (origin->history == NULL)
    return -1;
  const GArray *commits = cd_history_commits (origin->history), *roots = cd_history_roots (origin->history);
  for (guint i = 0; i < roots->len; i++) {
    char hex[41];
    cd_oid_to_hex (&g_array_index (commits, CdCommit, g_array_index (roots, guint, i)).oid, hex);
    gint project = cd_upstream_rooted (origin->upstream, hex);
    if (project >= 0 && project != origin->self)
      return project;
  }
  return -1;
}

/* The project that most code files come from, where the copy begins at the root: a file other than a licence, or a folder with the
 * project's name, stands there. */
static gint
project_of_most_code (const CdOrigin *origin)
{
  guint counts[CD_UPSTREAM_PROJECTS] = { 0 }, code = 0, top = 0;
  for (guint i = origin->start; i < origin->end; i++) {
    if (!origin->listed[i] || !is_code (document_at (origin, i)))
      continue;
    code++;
    if (origin->projects[i] >= 0 && ++counts[origin->projects[i]] > counts[top])
      top = (guint) origin->projects[i];
  }
  if (code == 0 || counts[top] < FORK_SHARE * code)
    return -1;
  for (guint i = origin->start; i < origin->end; i++) {
    const CdDocument *document = document_at (origin, i);
    if (origin->projects[i] != (gint) top || document->kind == CD_DOCUMENT_LICENSE)
      continue;
    const char *below = document->path + strlen (origin->base);
    g_autofree char *first = g_strndup (below, strcspn (below, "/"));
    if (name_at_base (origin, document) != NULL || cd_upstream_named (origin->upstream, first) == (gint) top)
      return (gint) top;
  }
  return -1;
}

/* The project whose package the tree still calls itself. Without a table of its files it could be the project itself. */
static gint
project_of_package (const CdOrigin *origin)
{
  gint project = cd_vendored_package (origin);
  return project >= 0 && project != origin->self && cd_upstream_project (origin->upstream, (guint) project)->blobs > 0 ? project : -1;
}

void
cd_origin_find (CdOrigin *origin)
{
  find_blobs (origin);
  origin->self = project_of_readme (origin);
  for (guint i = 0; origin->self >= 0 && i < origin->corpus->documents->len; i++)
    if (origin->projects[i] == origin->self)
      origin->projects[i] = -1;
  origin->fork = project_of_roots (origin);
  if (origin->fork < 0)
    origin->fork = project_of_most_code (origin);
  if (origin->fork < 0)
    origin->fork = project_of_package (origin);
}

void
cd_origin_clear (CdOrigin *origin)
{
  g_clear_pointer (&origin->projects, g_free);
  g_clear_pointer (&origin->listed, g_free);
}
