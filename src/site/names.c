/* File names out of names that come from repositories and lists. */
#include "site/site-parts.h"
#include <string.h>

#define LONGEST 60u
#define SHORT_DIGEST 8

/* Names that mean something else in the folders, or on some system. */
static const char *const reserved[] = { "index", "con", "nul", "prn", "aux", NULL };

/* text in the letters that are allowed, runs of others as one "-". Caller frees. */
static char *
spell (const char *text)
{
  GString *name = g_string_new (NULL);
  for (const char *at = text; *at != '\0' && name->len < LONGEST; at++) {
    char letter = g_ascii_tolower (*at);
    char last = name->len > 0 ? name->str[name->len - 1] : '-';
    gboolean dot = letter == '.' && last != '-' && last != '.';
    if (g_ascii_isalnum (letter) || dot)
      g_string_append_c (name, letter);
    else if (last != '-' && last != '.')
      g_string_append_c (name, '-');
  }
  while (name->len > 0 && !g_ascii_isalnum (name->str[name->len - 1]))
    g_string_truncate (name, name->len - 1);
  return g_string_free (name, FALSE);
}

char *
cd_site_name (GHashTable *taken, const char *text)
{
  g_autofree char *spelt = spell (text), *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  gboolean plain = g_str_equal (spelt, text) && !g_strv_contains (reserved, spelt) && !g_hash_table_contains (taken, spelt);
  char *name = plain ? g_strdup (spelt) : g_strdup_printf ("%s%s%.*s", spelt, *spelt != '\0' ? "-" : "", SHORT_DIGEST, digest);
  if (!plain && g_hash_table_contains (taken, name)) {
    g_free (name);
    name = g_strdup (digest);
  }
  g_hash_table_add (taken, g_strdup (name));
  return name;
}
