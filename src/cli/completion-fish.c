/* Completion for fish: one `complete` an option. */
#include "cli/completion.h"
#include <string.h>

static const char head[] = "# Completion of candor(1) for fish, written by `candor describe fish`.\n"
                           "\n"
                           "function __candor_has_no_verb\n"
                           "    test (count (commandline -opc)) -eq 1\n"
                           "end\n"
                           "\n"
                           "function __candor_verb_is\n"
                           "    set -l words (commandline -opc)\n"
                           "    test (count $words) -gt 1; and test $words[2] = $argv[1]\n"
                           "end\n"
                           "\n"
                           "# KIND…: +TEXT is a word, DIR a folder, anything else the kind of a name. Files are fish's own.\n"
                           "function __candor_offer\n"
                           "    set -l program (commandline -opc)[1]\n"
                           "    for kind in $argv\n"
                           "        switch $kind\n"
                           "            case '+*'\n"
                           "                string sub -s 2 -- $kind\n"
                           "            case DIR\n"
                           "                __fish_complete_directories (commandline -ct | string replace -r -- '^--[^=]*=' '')\n"
                           "            case '*'\n"
                           "                $program describe names $kind 2>/dev/null\n"
                           "        end\n"
                           "    end\n"
                           "end\n"
                           "\n"
                           "complete -c candor -f\n"
                           "complete -c candor -n __candor_has_no_verb -a help -d 'list the verbs'\n"
                           "complete -c candor -n __candor_has_no_verb -s h -l help -d 'list the verbs'\n"
                           "complete -c candor -n __candor_has_no_verb -l version -d 'show the version'\n";

static void
put_text (GString *out, const char *text)
{
  g_autofree char *escaped = cd_completion_escape (text, "'\\");
  g_string_append_printf (out, " -d '%s'", escaped);
}

/* What is offered: files by a flag, everything else by asking. */
static void
put_takes (GString *out, const char *takes)
{
  g_auto (GStrv) kinds = g_strsplit (takes, " ", -1);
  g_autoptr (GString) asked = g_string_new (NULL);
  gboolean files = FALSE;
  for (char **kind = kinds; *kind != NULL; kind++) {
    if (strcmp (*kind, "FILE") == 0)
      files = TRUE;
    else if (**kind != '\0')
      g_string_append_printf (asked, " %s", *kind);
  }
  if (files)
    g_string_append (out, " -F");
  if (asked->len > 0)
    g_string_append_printf (out, " -a '(__candor_offer%s)'", asked->str);
}

static void
put_option (GString *out, const CdDescribedVerb *verb, const CdDescribedOption *option)
{
  g_string_append_printf (out, "complete -c candor -n '__candor_verb_is %s' -l %s", verb->name, option->name);
  if (option->letter != 0)
    g_string_append_printf (out, " -s %c", option->letter);
  if (option->value != NULL) {
    g_string_append (out, option->optional ? "" : strstr (option->takes, "FILE") != NULL ? " -r" : " -x");
    put_takes (out, option->takes);
  }
  put_text (out, option->what != NULL ? option->what : "");
  g_string_append_c (out, '\n');
}

char *
cd_completion_fish (const GPtrArray *verbs)
{
  GString *out = g_string_new (head);
  for (guint i = 0; i < verbs->len; i++) {
    const CdDescribedVerb *verb = verbs->pdata[i];
    g_string_append_printf (out, "\ncomplete -c candor -n __candor_has_no_verb -a %s", verb->name);
    put_text (out, verb->summary);
    g_string_append_c (out, '\n');
    if (*verb->takes != '\0') {
      g_string_append_printf (out, "complete -c candor -n '__candor_verb_is %s'", verb->name);
      put_takes (out, verb->takes);
      g_string_append_c (out, '\n');
    }
    for (guint k = 0; k < verb->options->len; k++)
      put_option (out, verb, verb->options->pdata[k]);
  }
  return g_string_free (out, FALSE);
}
