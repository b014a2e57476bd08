/* Names of pages from names of works. */
#include "leaderboard/page-name.h"
#include "base/text.h"
#include <string.h>

#define LENGTH_MOST 80u
#define DIGEST_DIGITS 8
#define FALLBACK "work"

struct _CdPageNames {
  GHashTable *taken; /* in small letters */
};

/* Files that a web server or Windows takes for something else. */
static const char *const reserved[] = { "index", "con", "prn", "aux", "nul" };

CdPageNames *
cd_page_names_new (void)
{
  CdPageNames *names = g_new0 (CdPageNames, 1);
  names->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (reserved); i++)
    g_hash_table_add (names->taken, g_strdup (reserved[i]));
  return names;
}

void
cd_page_names_free (CdPageNames *names)
{
  g_hash_table_unref (names->taken);
  g_free (names);
}

/* A run of anything else becomes one "-" or, where it begins with one, "."; none at the ends, so that a name is never hidden, nor "..". */
static GString *
spell (const char *text)
{
  g_autofree char *ascii = cd_text_to_ascii (text);
  GString *name = g_string_new (NULL);
  for (const char *at = ascii; *at != '\0' && name->len < LENGTH_MOST; at++) {
    if (g_ascii_isalnum (*at))
      g_string_append_c (name, *at);
    else if (name->len > 0 && g_ascii_isalnum (name->str[name->len - 1]))
      g_string_append_c (name, *at == '.' ? '.' : '-');
  }
  while (name->len > 0 && strchr ("-.", name->str[name->len - 1]) != NULL)
    g_string_truncate (name, name->len - 1);
  if (name->len == 0)
    g_string_append (name, FALLBACK);
  return name;
}

static gboolean
take (CdPageNames *names, const char *name)
{
  return g_hash_table_add (names->taken, g_ascii_strdown (name, -1));
}

char *
cd_page_name (CdPageNames *names, const char *text)
{
  g_autoptr (GString) name = spell (text);
  if (take (names, name->str))
    return g_strdup (name->str);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  for (int digits = DIGEST_DIGITS;; digits++) { /* of 64; two names with one digest there are not */
    char *longer = g_strdup_printf ("%s-%.*s", name->str, digits, digest);
    if (take (names, longer))
      return longer;
    g_free (longer);
  }
}
