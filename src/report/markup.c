/* Escaping for GitHub Markdown. Character references stand for everything that means something to Markdown, to its tables or to HTML: unlike backslashes
 * they need no regard for what stands around them. */
#include "report/markup.h"
#include <string.h>

#define MARKUP "\\`*_[]~#$&<>|"
/* GitHub makes links of "@name", of addresses and of "https://…" once the page is rendered, when references are characters again: an
 * empty comment between keeps the two sides apart. */
#define APART "<!-- -->"

static void
add_escaped (GString *out, const char *text, gboolean links)
{
  for (const char *at = text; *at != '\0'; at++) {
    if (strchr (MARKUP, *at) != NULL)
      g_string_append_printf (out, "&#%d;", *at);
    else
      g_string_append_c (out, *at);
    gboolean scheme = *at == ':' && at[1] == '/';
    gboolean host = *at == '.' && at - text >= 3 && g_ascii_strncasecmp (at - 3, "www", 3) == 0;
    if (links && (*at == '@' || *at == '#' || scheme || host))
      g_string_append (out, APART);
  }
}

void
cd_markup_text (GString *out, const char *text)
{
  g_autofree char *shown = cd_text_printable (text);
  add_escaped (out, shown, TRUE);
}

void
cd_markup_code (GString *out, const char *text)
{
  g_autofree char *shown = cd_text_printable (text);
  if (*shown == '\0')
    return;
  /* A backtick would end the span, and a bar the table's cell: such text is written as HTML. Mentions are not looked for in code. */
  gboolean plain = strpbrk (shown, "`|") == NULL && shown[0] != ' ' && shown[strlen (shown) - 1] != ' ';
  g_string_append (out, plain ? "`" : "<code>");
  if (plain)
    g_string_append (out, shown);
  else
    add_escaped (out, shown, FALSE);
  g_string_append (out, plain ? "`" : "</code>");
}

/* Where the forges show a file of a commit. */
static const struct {
  const char *prefix, *blob;
} forges[] = {
  { "https://github.com/", "/blob/" },
  { "https://gitlab.com/", "/-/blob/" },
  { "https://codeberg.org/", "/src/commit/" },
};

/* The address of the work on its forge without ".git"; NULL where the remote is not "https://forge/owner/name". */
static char *
forge_of (const char *remote, const char **blob)
{
  for (guint i = 0; remote != NULL && i < G_N_ELEMENTS (forges); i++) {
    if (!g_str_has_prefix (remote, forges[i].prefix))
      continue;
    const char *name = remote + strlen (forges[i].prefix);
    gsize length = strlen (name) - (g_str_has_suffix (name, ".git") ? strlen (".git") : 0);
    while (length > 0 && name[length - 1] == '/')
      length--;
    guint slashes = 0;
    for (gsize k = 0; k < length; k++) {
      slashes += name[k] == '/' ? 1 : 0;
      if (!g_ascii_isalnum (name[k]) && strchr ("-._/", name[k]) == NULL)
        return NULL;
    }
    *blob = forges[i].blob;
    return slashes == 1 ? g_strndup (remote, (gsize) (name - remote) + length) : NULL;
  }
  return NULL;
}

void
cd_markup_place (GString *out, const CdAudit *audit, guint document, guint line)
{
  const char *blob = NULL;
  g_autofree char *place = cd_report_place (audit, document, line);
  g_autofree char *forge = document == G_MAXUINT ? NULL : forge_of (audit->remote, &blob);
  if (forge == NULL) {
    cd_markup_code (out, place);
    return;
  }
  const CdDocument *found = audit->corpus->documents->pdata[document];
  g_autofree char *path = g_uri_escape_string (found->path, "/", FALSE);
  g_string_append (out, "[");
  cd_markup_code (out, place);
  g_string_append_printf (out, "](%s%s%s/%s", forge, blob, cd_snapshot_commit (audit->snapshot), path);
  /* Lines of a PDF or notebook are those of its text; of rendered Markdown the source has to be asked for. */
  if (line > 0 && found->kind != CD_DOCUMENT_PDF && found->kind != CD_DOCUMENT_NOTEBOOK)
    g_string_append_printf (out, "%s#L%u", found->kind == CD_DOCUMENT_MARKDOWN ? "?plain=1" : "", line);
  g_string_append (out, ")");
}
