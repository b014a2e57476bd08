/* Completion for bash, of its own means alone: the package bash-completion loads the file, and is not called by it. */
#include "cli/completion.h"

static const char head[]
    = "# Completion of candor(1) for bash, written by `candor describe bash`.\n"
      "\n"
      "# WORD KIND…: +TEXT is a word, FILE and DIR what they say, anything else the kind of a name.\n"
      "_candor_offer () {\n"
      "  local word=$1 program=${COMP_WORDS[0]/#\\~\\//$HOME/} kind\n"
      "  shift\n"
      "  for kind; do\n"
      "    case $kind in\n"
      "      +*) mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -W \"${kind#+}\" -- \"$word\") ;;\n"
      "      FILE | DIR)\n"
      "        compopt -o filenames 2>/dev/null\n"
      "        local what=-f\n"
      "        [[ $kind == FILE ]] || what=-d\n"
      "        mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen \"$what\" -- \"$word\") ;;\n"
      "      *) mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -W \"$(\"$program\" describe names \"$kind\" 2>/dev/null)\" -- \"$word\") ;;\n"
      "    esac\n"
      "  done\n"
      "}\n"
      "\n"
      "_candor () {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} verb=${COMP_WORDS[1]-} option=${COMP_WORDS[COMP_CWORD - 1]} options= arguments= i\n"
      "  COMPREPLY=()\n";

static const char middle[] = "  # The shell takes --option=value apart.\n"
                             "  if [[ $word == = ]]; then\n"
                             "    option=$option= word=\n"
                             "  elif [[ $option == = ]]; then\n"
                             "    option=${COMP_WORDS[COMP_CWORD - 2]}=\n"
                             "  fi\n"
                             "  for ((i = 2; i < COMP_CWORD; i++)); do\n"
                             "    if [[ ${COMP_WORDS[i]} == -- ]]; then\n"
                             "      _candor_offer \"$word\" $arguments\n"
                             "      return\n"
                             "    fi\n"
                             "  done\n"
                             "  case $verb:$option in\n";

static const char tail[] = "  esac\n"
                           "  if [[ $word == -* ]]; then\n"
                           "    mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")\n"
                           "  else\n"
                           "    _candor_offer \"$word\" $arguments\n"
                           "  fi\n"
                           "}\n"
                           "complete -F _candor candor\n";

static void
put_verb (GString *out, const CdDescribedVerb *verb)
{
  g_string_append_printf (out, "    %s)\n      options='", verb->name);
  for (guint i = 0; i < verb->options->len; i++) {
    const CdDescribedOption *option = verb->options->pdata[i];
    g_string_append_printf (out, "%s--%s", i > 0 ? " " : "", option->name);
    if (option->letter != 0)
      g_string_append_printf (out, " -%c", option->letter);
  }
  g_string_append_printf (out, "'\n      arguments='%s' ;;\n", verb->takes);
}

/* The patterns under which an option's value follows. */
static void
put_value (GString *out, const CdDescribedVerb *verb, const CdDescribedOption *option)
{
  if (option->value == NULL)
    return;
  g_string_append_printf (out, "    %s:--%s=", verb->name, option->name);
  if (!option->optional)
    g_string_append_printf (out, " | %s:--%s", verb->name, option->name);
  if (option->letter != 0)
    g_string_append_printf (out, " | %s:-%c", verb->name, option->letter);
  g_string_append_printf (out, ") _candor_offer \"$word\" %s; return ;;\n", option->takes);
}

char *
cd_completion_bash (const GPtrArray *verbs)
{
  GString *out = g_string_new (head);
  g_string_append (out, "  if ((COMP_CWORD < 2)); then\n    mapfile -t COMPREPLY < <(compgen -W '");
  for (guint i = 0; i < verbs->len; i++)
    g_string_append_printf (out, "%s ", ((const CdDescribedVerb *) verbs->pdata[i])->name);
  g_string_append (out, "help --help --version' -- \"$word\")\n    return\n  fi\n  case $verb in\n");
  for (guint i = 0; i < verbs->len; i++)
    put_verb (out, verbs->pdata[i]);
  g_string_append (out, "  esac\n");
  g_string_append (out, middle);
  for (guint i = 0; i < verbs->len; i++) {
    const CdDescribedVerb *verb = verbs->pdata[i];
    for (guint k = 0; k < verb->options->len; k++)
      put_value (out, verb, verb->options->pdata[k]);
  }
  g_string_append (out, tail);
  return g_string_free (out, FALSE);
}
