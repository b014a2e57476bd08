/* Python's and JSON's notation of a list of quoted texts or truth values. */
#include "outputs/prediction-literal.h"
#include <string.h>

static const char *
skip_space (const char *at)
{
  while (g_ascii_isspace (*at))
    at++;
  return at;
}

/* Behind the opening quote; returns the place behind the closing one, NULL where there is none. */
static const char *
read_quoted (const char *at, char quote, GString *text)
{
  static const char from[] = "ntr", to[] = "\n\t\r";
  for (; *at != '\0' && *at != quote; at++) {
    const char *named = at[0] == '\\' && at[1] != '\0' ? strchr (from, at[1]) : NULL;
    gboolean escaped = named != NULL || (at[0] == '\\' && (at[1] == '\\' || at[1] == quote));
    at += escaped ? 1 : 0;
    g_string_append_c (text, named != NULL ? to[named - from] : *at);
  }
  return *at == quote ? at + 1 : NULL;
}

/* One element; NULL where it is neither quoted nor one of the words. */
static const char *
read_element (const char *at, GPtrArray *elements)
{
  static const char *const words[] = { "True", "False", "None", "true", "false", "null" };
  if (*at == '"' || *at == '\'') {
    g_autoptr (GString) text = g_string_new (NULL);
    const char *end = read_quoted (at + 1, *at, text);
    if (end != NULL)
      g_ptr_array_add (elements, g_strdup (text->str));
    return end;
  }
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (at, words[i]) && !g_ascii_isalnum (at[strlen (words[i])])) {
      g_ptr_array_add (elements, g_ascii_tolower (*at) == 'n' ? NULL : g_strdup (words[i]));
      return at + strlen (words[i]);
    }
  return NULL;
}

gboolean
cd_prediction_literal (const char *text, guint most, GPtrArray *elements)
{
  guint before = elements->len;
  const char *at = skip_space (text);
  if (*at != '[')
    return FALSE;
  for (at = skip_space (at + 1); at != NULL && elements->len <= most; at = skip_space (at + 1)) {
    at = read_element (at, elements);
    at = at != NULL ? skip_space (at) : NULL;
    if (at == NULL || *at != ',')
      break;
  }
  gboolean whole = at != NULL && *at == ']' && *skip_space (at + 1) == '\0';
  if (!whole)
    g_ptr_array_set_size (elements, (gint) before);
  return whole;
}
