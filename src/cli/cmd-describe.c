/* `candor describe man|bash|zsh|fish|names`: manuals and completions, written from the verbs' own tables. What `make install` asks for, and completions
 * while somebody types; not for users, and not in the list of verbs. */
#include "base/text.h"
#include "cli/cmd.h"
#include "cli/completion.h"
#include "cli/manual.h"
#include "cli/names.h"
#include <string.h>

static char *
write_manual (const char *verb, GError **error)
{
  g_autoptr (GPtrArray) verbs = cd_describe_verbs (verb, error);
  if (verbs == NULL)
    return NULL;
  return verb != NULL ? cd_manual_verb (verbs->pdata[0]) : cd_manual_program (verbs);
}

static char *
write_completion (const char *shell, GError **error)
{
  g_autoptr (GPtrArray) verbs = cd_describe_verbs (NULL, error);
  return verbs != NULL ? cd_completion_find (shell) (verbs) : NULL;
}

int
cd_cmd_describe (int argc, char **argv, GError **error)
{
  static const char *const forms[] = { "man", "bash", "zsh", "fish", "names", NULL };
  static const GOptionEntry entries[] = { { 0 } };
  if (!cd_options_parse (&argc, &argv, entries, "man|bash|zsh|fish|names [VERB|KIND]", "Writes manuals, completions and lists of names.", error))
    return 2;
  const char *form = argc > 1 ? argv[1] : NULL;
  if (form == NULL || argc > 3 || (argc == 3) > (strcmp (form, "man") == 0 || strcmp (form, "names") == 0)) {
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "usage: candor describe man [VERB], or bash, zsh, fish, or names KIND");
    return 2;
  }
  g_autofree char *text = NULL;
  if (strcmp (form, "man") == 0)
    text = write_manual (argv[2], error);
  else if (strcmp (form, "names") == 0)
    text = cd_names_list (argc == 3 ? argv[2] : "", error);
  else if (g_strv_contains (forms, form))
    text = write_completion (form, error);
  else {
    g_autofree char *choices = cd_text_choices (form, forms);
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "nothing is written for \"%s\"%s", form, choices);
  }
  if (text != NULL)
    cd_options_write (NULL, text, error);
  return 0;
}
