/* Links to files on GitHub, GitLab and Codeberg. A remote is what a repository's configuration says: only the plainest form becomes a link. */
#include "base/forge.h"
#include <string.h>

static const struct {
  const char *prefix, *blob, *tree;
  const char *range; /* between two lines */
} forges[] = {
  { "https://github.com/", "/blob/", "/tree/", "-L" },
  { "https://gitlab.com/", "/-/blob/", "/-/tree/", "-" },
  { "https://codeberg.org/", "/src/commit/", "/src/commit/", "-L" },
};

/* Bytes of "OWNER/NAME" in name, without ".git" and closing slashes; 0 where it has another form. */
static gsize
name_length (const char *name)
{
  gsize length = strlen (name) - (g_str_has_suffix (name, ".git") ? strlen (".git") : 0);
  guint slashes = 0;
  while (length > 0 && name[length - 1] == '/')
    length--;
  for (gsize i = 0; i < length; i++) {
    slashes += name[i] == '/' ? 1 : 0;
    if (!g_ascii_isalnum (name[i]) && strchr ("-._/", name[i]) == NULL)
      return 0;
  }
  return slashes == 1 ? length : 0;
}

/* Markdown is shown rendered, without lines, unless its source is asked for. */
static gboolean
is_rendered (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);
  return g_str_has_suffix (lower, ".md") || g_str_has_suffix (lower, ".markdown");
}

char *
cd_forge_link (const char *remote, const char *commit, const char *path, guint line, guint end)
{
  for (guint i = 0; remote != NULL && i < G_N_ELEMENTS (forges); i++) {
    if (!g_str_has_prefix (remote, forges[i].prefix))
      continue;
    gsize prefix = strlen (forges[i].prefix), name = name_length (remote + prefix);
    if (name == 0)
      return NULL;
    g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
    GString *link = g_string_new_len (remote, (gssize) (prefix + name));
    g_string_append_printf (link, "%s%s/%s", forges[i].blob, commit, escaped);
    if (line > 0)
      g_string_append_printf (link, "%s#L%u", is_rendered (path) ? "?plain=1" : "", line);
    if (line > 0 && end > line)
      g_string_append_printf (link, "%s%u", forges[i].range, end);
    return g_string_free (link, FALSE);
  }
  return NULL;
}

char *
cd_forge_commit (const char *remote, const char *commit)
{
  for (guint i = 0; remote != NULL && i < G_N_ELEMENTS (forges); i++) {
    gsize prefix = strlen (forges[i].prefix);
    gsize name = g_str_has_prefix (remote, forges[i].prefix) ? name_length (remote + prefix) : 0;
    if (name > 0)
      return g_strdup_printf ("%.*s%s%s", (int) (prefix + name), remote, forges[i].tree, commit);
  }
  return NULL;
}
