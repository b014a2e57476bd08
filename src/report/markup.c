/* Escaping for GitHub Markdown. Character references stand for everything that means something to Markdown, to its tables or to HTML: unlike backslashes
 * they need no regard for what stands around them. */
#include "report/markup.h"
#include "base/forge.h"
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

void
cd_markup_place (GString *out, const CdAudit *audit, guint document, guint line)
{
  g_autofree char *place = cd_report_place (audit, document, line);
  const CdDocument *found = document == G_MAXUINT ? NULL : audit->corpus->documents->pdata[document];
  /* Lines of a PDF or notebook are those of its text. */
  guint shown = found != NULL && found->kind != CD_DOCUMENT_PDF && found->kind != CD_DOCUMENT_NOTEBOOK ? line : 0;
  g_autofree char *link = found == NULL ? NULL : cd_forge_link (audit->remote, cd_snapshot_commit (audit->snapshot), found->path, shown, shown);
  if (link == NULL) {
    cd_markup_code (out, place);
    return;
  }
  g_string_append (out, "[");
  cd_markup_code (out, place);
  g_string_append_printf (out, "](%s)", link);
}
