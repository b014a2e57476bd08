/* The key of a model's name: what spellings, dated snapshots and owners of one model have in common. Which names stand in a text is names.c's part. */
#include "lineage/names.h"
#include <string.h>

static gint
compare_parts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Cut "-2024-08-06", "-20241022" and "-exp-1219" off: which snapshot of a model. */
static void
cut_date (char *name)
{
  static const char *const forms[] = { "-dddd-dd-dd", "-dddddddd", "-exp-dd-dd", "-exp-dddd", "-exp" };
  gsize length = strlen (name);
  for (guint f = 0; f < G_N_ELEMENTS (forms); f++) {
    gsize form = strlen (forms[f]), i = 0;
    if (length <= form)
      continue;
    char *tail = name + length - form;
    while (i < form && (forms[f][i] == 'd' ? g_ascii_isdigit (tail[i]) : tail[i] == forms[f][i]))
      i++;
    if (i == form && tail[-1] != '-') {
      *tail = '\0';
      return;
    }
  }
}

/* "claude-3-7-sonnet" is "claude-3.7-sonnet": two single digits, of which the second is no size ("llama-3-8b"). */
static void
join_version (char *name)
{
  for (char *at = name; *at != '\0'; at++) {
    gboolean joined = at > name && *at == '-' && g_ascii_isdigit (at[-1]) && g_ascii_isdigit (at[1]);
    if (joined && (at - name < 2 || !g_ascii_isdigit (at[-2])) && (at[2] == '-' || at[2] == '\0')) {
      *at = '.';
      return;
    }
  }
}

char *
cd_names_key (const char *name)
{
  static const char *const dropped[] = { "instruct", "preview", "chat", "latest" };
  const char *slash = strrchr (name, '/');
  g_autofree char *lower = g_ascii_strdown (slash != NULL ? slash + 1 : name, -1);
  cut_date (lower);
  join_version (lower);
  if (g_str_has_prefix (lower, "meta-llama"))
    memset (lower, '-', strlen ("meta"));
  for (guint i = 0; i < G_N_ELEMENTS (dropped); i++) {
    char *found = strstr (lower, dropped[i]);
    if (found != NULL && found > lower)
      memset (found, '-', strlen (dropped[i]));
  }
  /* Words and numbers in the alphabet's order: "Claude Sonnet 4" and "claude-4-sonnet" are one. */
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  for (const char *at = lower; *at != '\0';) {
    const char *from = at;
    if (g_ascii_isdigit (*at))
      while (g_ascii_isdigit (*at) || (*at == '.' && g_ascii_isdigit (at[1])))
        at++;
    else
      while (g_ascii_isalpha (*at) || (guchar) *at >= 0x80)
        at++;
    if (at > from)
      g_ptr_array_add (parts, g_strndup (from, (gsize) (at - from)));
    else
      at++;
  }
  g_ptr_array_sort (parts, compare_parts);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv ("", (char **) parts->pdata);
}
