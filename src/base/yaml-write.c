/* Text written so that every reader of YAML 1.1 or 1.2 gives the same text back: words that are truths or numbers there stay text, and nothing in it ends
 * the string or steers a terminal. Which keys a file has is left to the writer of each format. */
#include "base/text.h"
#include "base/yaml.h"
#include <string.h>

#define FOLD 110u /* columns after which a long text goes on in the next line */

/* Controls, line ends of YAML 1.1, and what orders or hides its neighbours; and the code points that YAML takes in escapes only. */
static gboolean
needs_escape (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);
  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR
         || c == 0xFFFE || c == 0xFFFF;
}

static void
append_char (GString *out, gunichar c)
{
  if (c == '"' || c == '\\')
    g_string_append_printf (out, "\\%c", (char) c);
  else if (c == '\n' || c == '\t')
    g_string_append (out, c == '\n' ? "\\n" : "\\t");
  else if (!needs_escape (c))
    g_string_append_unichar (out, c);
  else if (c > 0xFFFF)
    g_string_append_printf (out, "\\U%08X", c);
  else
    g_string_append_printf (out, c > 0xFF ? "\\u%04X" : "\\x%02X", c);
}

/* A line end is read as the one space that it stands for: beside others it would swallow them. */
static gboolean
folds_at (const char *text, const char *at)
{
  return *at == ' ' && at > text && at[-1] != ' ' && at[1] != ' ' && at[1] != '\0';
}

/* indent: of lines after the first; G_MAXUINT: there are none. */
static void
append_quoted (GString *out, const char *text, guint indent)
{
  guint column = 0;
  g_string_append_c (out, '"');
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    column++;
    if (indent == G_MAXUINT || column < FOLD || !folds_at (text, at)) {
      append_char (out, g_utf8_get_char (at));
      continue;
    }
    g_string_append_printf (out, "\n%*s", (int) indent, "");
    column = indent;
  }
  g_string_append_c (out, '"');
}

/* Several lines that a block holds as they are: it has no escapes, and editors strip spaces at the ends of lines. */
static gboolean
fits_block (const char *text)
{
  if (strchr (text, '\n') == NULL || *text == ' ' || *text == '\n' || g_str_has_suffix (text, "\n") || g_str_has_suffix (text, " ")
      || strstr (text, " \n") != NULL)
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (*at != '\n' && needs_escape (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

void
cd_yaml_quote (GString *out, const char *text)
{
  g_autofree char *valid = cd_text_to_utf8 (text, strlen (text));
  append_quoted (out, valid, G_MAXUINT);
}

void
cd_yaml_quote_lines (GString *out, const char *text, guint indent)
{
  g_autofree char *valid = cd_text_to_utf8 (text, strlen (text));
  if (!fits_block (valid)) {
    append_quoted (out, valid, indent);
    return;
  }
  g_auto (GStrv) lines = g_strsplit (valid, "\n", -1);
  g_string_append (out, "|-");
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (out, "\n%*s%s", *lines[i] != '\0' ? (int) indent : 0, "", lines[i]);
}
