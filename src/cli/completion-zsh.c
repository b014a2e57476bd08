/* Completion for zsh: a file of $fpath that _arguments reads. */
#include "cli/completion.h"
#include <string.h>

static const char head[] = "#compdef candor\n"
                           "# Completion of candor(1) for zsh, written by `candor describe zsh`.\n"
                           "\n"
                           "# KIND…: +TEXT is a word, FILE and DIR what they say, anything else the kind of a name.\n"
                           "_candor_offer () {\n"
                           "  local kind\n"
                           "  for kind; do\n"
                           "    case $kind in\n"
                           "      (+*) compadd -- ${kind#+} ;;\n"
                           "      (FILE) _files ;;\n"
                           "      (DIR) _files -/ ;;\n"
                           "      (*) compadd -- ${(f)\"$(${~candor_program} describe names $kind 2>/dev/null)\"} ;;\n"
                           "    esac\n"
                           "  done\n"
                           "}\n"
                           "\n"
                           "_candor () {\n"
                           "  local curcontext=$curcontext state line candor_program=$words[1]\n"
                           "  local -a verbs=(\n";

static const char middle[] = "  )\n"
                             "  _arguments -C '(- *)'{-h,--help}'[Show help]' '(- *)--version[Show the version]' '1: :->verb' '*:: :->rest'\n"
                             "  if [[ $state == verb ]]; then\n"
                             "    _describe -t verbs verb verbs\n"
                             "    return\n"
                             "  fi\n"
                             "  case $words[1] in\n";

static const char tail[] = "  esac\n"
                           "}\n"
                           "\n"
                           "if [[ $funcstack[1] == _candor ]]; then\n"
                           "  _candor \"$@\"\n"
                           "else\n"
                           "  compdef _candor candor\n"
                           "fi\n";

/* Between single quotes. */
static void
put_quoted (GString *out, const char *text)
{
  for (const char *at = text; *at != '\0'; at++) {
    if (*at == '\'')
      g_string_append (out, "'\\''");
    else
      g_string_append_c (out, *at);
  }
}

/* One specification: '*--name=[what]:VALUE: _candor_offer …', once by its letter too. The blank before the action keeps _arguments from adding words to it. */
static void
put_specification (GString *out, const CdDescribedOption *option, gboolean letter)
{
  g_autofree char *what = cd_completion_escape (option->what != NULL ? option->what : "", "[]:\\");
  g_autofree char *value = option->value != NULL ? cd_completion_escape (option->value, ":\\") : NULL;
  g_string_append (out, " \\\n        '");
  if (option->repeats)
    g_string_append_c (out, '*');
  else if (option->letter != 0)
    g_string_append_printf (out, "(-%c --%s)", option->letter, option->name);
  if (letter)
    g_string_append_printf (out, "-%c%s[", option->letter, value != NULL ? "+" : "");
  else
    g_string_append_printf (out, "--%s%s[", option->name, value == NULL ? "" : option->optional ? "=-" : "=");
  put_quoted (out, what);
  g_string_append_c (out, ']');
  if (value != NULL) {
    g_string_append_printf (out, "%s:", option->optional ? ":" : "");
    put_quoted (out, value);
    g_string_append_printf (out, ": _candor_offer %s", option->takes);
  }
  g_string_append_c (out, '\'');
}

static void
put_verb (GString *out, const CdDescribedVerb *verb)
{
  g_string_append_printf (out, "    (%s)\n      _arguments -s -S", verb->name);
  for (guint i = 0; i < verb->options->len; i++) {
    const CdDescribedOption *option = verb->options->pdata[i];
    put_specification (out, option, FALSE);
    if (option->letter != 0)
      put_specification (out, option, TRUE);
  }
  if (verb->parameters != NULL)
    g_string_append_printf (out, " \\\n        '*: : _candor_offer %s'", verb->takes);
  g_string_append (out, " ;;\n");
}

char *
cd_completion_zsh (const GPtrArray *verbs)
{
  GString *out = g_string_new (head);
  for (guint i = 0; i < verbs->len; i++) {
    const CdDescribedVerb *verb = verbs->pdata[i];
    g_autofree char *summary = cd_completion_escape (verb->summary, ":\\");
    g_string_append_printf (out, "    '%s:", verb->name);
    put_quoted (out, summary);
    g_string_append (out, "'\n");
  }
  g_string_append (out, middle);
  for (guint i = 0; i < verbs->len; i++)
    put_verb (out, verbs->pdata[i]);
  g_string_append (out, tail);
  return g_string_free (out, FALSE);
}
