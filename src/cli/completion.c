/* The table of shells, and what their writers share. A further shell is a file and a row here. */
#include "cli/completion.h"
#include <string.h>

static const struct {
  const char *shell;
  CdCompletion write;
} shells[] = { { "bash", cd_completion_bash }, { "zsh", cd_completion_zsh }, { "fish", cd_completion_fish } };

CdCompletion
cd_completion_find (const char *shell)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shells); i++)
    if (strcmp (shells[i].shell, shell) == 0)
      return shells[i].write;
  return NULL;
}

char *
cd_completion_escape (const char *text, const char *chars)
{
  GString *out = g_string_new (NULL);
  for (const char *at = text; *at != '\0'; at++) {
    if (strchr (chars, *at) != NULL)
      g_string_append_c (out, '\\');
    g_string_append_c (out, *at);
  }
  return g_string_free (out, FALSE);
}
