/* Which differing files of a copied folder the work itself brought in: told by the commits that set them. A commit that copies a
 * framework brings mostly the framework's blobs; one in which the work's authors wrote something brings mostly others,
 * and few of the folder's files at once. */
#include "scope/vendored.h"
#include <string.h>

typedef struct {
  guint copied, written;
  gboolean wanted;
} Tally; /* of one commit in one folder; wanted: it set a file that differs */

/* The first version at or after the place where path's versions, or the paths beginning with it, would stand. */
static guint
version_bound (const GArray *versions, const char *path)
{
  guint low = 0, high = versions->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (strcmp (g_array_index (versions, CdPathVersion, middle).path, path) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The version of a document that stands at the snapshot. */
static const CdPathVersion *
standing_version (const GArray *versions, const CdDocument *document)
{
  for (guint i = version_bound (versions, document->path); i < versions->len; i++) {
    const CdPathVersion *version = &g_array_index (versions, CdPathVersion, i);
    if (!g_str_equal (version->path, document->path))
      return NULL;
    if (version->last == G_MAXUINT)
      return version;
  }
  return NULL;
}

/* Tally what each wanted commit set in the tree. Empty files say nothing about who wrote. */
static void
tally_commits (const CdOrigin *origin, const CdVendoredTree *tree, const GArray *versions, Tally *tallies)
{
  static const CdOid empty
      = { { 0xe6, 0x9d, 0xe2, 0x9b, 0xb2, 0xd1, 0xd6, 0x43, 0x4b, 0x8b, 0x29, 0xae, 0x77, 0x5a, 0xd8, 0xc2, 0xe4, 0x8c, 0x53, 0x91 } };
  g_autofree char *prefix = g_strconcat (tree->path, "/", NULL);
  for (guint i = version_bound (versions, prefix); i < versions->len; i++) {
    const CdPathVersion *version = &g_array_index (versions, CdPathVersion, i);
    if (!g_str_has_prefix (version->path, prefix))
      break;
    if (!tallies[version->first].wanted || !cd_upstream_lists (version->path, CD_UPSTREAM_SMALLEST)
        || memcmp (&version->blob, &empty, sizeof empty) == 0)
      continue;
    if (cd_upstream_find (origin->upstream, &version->blob, NULL) >= 0)
      tallies[version->first].copied++;
    else
      tallies[version->first].written++;
  }
}

void
cd_vendored_mark_changed (const CdOrigin *origin, const CdVendoredTree *tree, guint8 *changed)
{
  if (origin->history == NULL)
    return;
  const GArray *versions = cd_history_versions (origin->history), *commits = cd_history_commits (origin->history);
  g_autofree Tally *tallies = g_new0 (Tally, commits->len + 1);
  g_autofree guint *commit = g_new0 (guint, tree->end - tree->start + 1);
  for (guint i = tree->start; i < tree->end; i++) {
    const CdPathVersion *version = origin->projects[i] < 0 ? standing_version (versions, origin->corpus->documents->pdata[i]) : NULL;
    commit[i - tree->start] = version != NULL ? MIN (version->first, commits->len) : commits->len;
    tallies[commit[i - tree->start]].wanted = TRUE;
  }
  tallies[commits->len].wanted = FALSE;
  tally_commits (origin, tree, versions, tallies);
  for (guint i = tree->start; i < tree->end; i++) {
    const Tally *tally = &tallies[commit[i - tree->start]];
    gboolean import = (tally->written + tally->copied) * 2 > tree->end - tree->start;
    changed[i] = tally->wanted && !import && tally->written > tally->copied;
  }
}

gint64
cd_vendored_time (const CdHistory *history, const CdDocument *document)
{
  const CdPathVersion *version = standing_version (cd_history_versions (history), document);
  const GArray *commits = cd_history_commits (history);
  return version != NULL && version->first < commits->len ? g_array_index (commits, CdCommit, version->first).time : -1;
}
