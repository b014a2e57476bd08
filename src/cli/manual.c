/* roff: pages for man(1). Everything that is written goes through put_text or put_literal, which escape; the macros are this file's alone. */
#include "cli/manual.h"
#include <string.h>

/* What roff takes for something else than itself, in prose and in what is typed. */
static const struct {
  gunichar c;
  const char *escape;
} escapes[] = { { '\\', "\\e" }, { '^', "\\(ha" }, { '~', "\\(ti" }, { '`', "\\(ga" }, { '\'', "\\(aq" }, { '"', "\\(dq" } };

static void
put_character (GString *out, gunichar c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (escapes); i++)
    if (escapes[i].c == c) {
      g_string_append (out, escapes[i].escape);
      return;
    }
  if (c < 0x80)
    g_string_append_c (out, (char) c);
  else
    g_string_append_printf (out, "\\[u%04X]", c);
}

/* A line must not begin with a point or quote, which would be a macro. */
static void
begin_text (GString *out)
{
  if (out->len == 0 || out->str[out->len - 1] == '\n')
    g_string_append (out, "\\&");
}

/* As it is typed, with hyphens that stay hyphens. */
static void
put_literal (GString *out, const char *text)
{
  begin_text (out);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    if (*at == '-')
      g_string_append (out, "\\-");
    else
      put_character (out, g_utf8_get_char (at));
  }
}

static void
put_bold (GString *out, const char *text)
{
  begin_text (out);
  g_string_append (out, "\\fB");
  put_literal (out, text);
  g_string_append (out, "\\fR");
}

static void
put_italic (GString *out, const char *text)
{
  begin_text (out);
  g_string_append (out, "\\fI");
  put_literal (out, text);
  g_string_append (out, "\\fR");
}

/* The length of a word that is typed: an option such as --run. */
static gsize
option_at (const char *at, const char *text)
{
  gboolean begins = at == text || strchr (" (\n", at[-1]) != NULL;
  return begins && at[0] == '-' && at[1] == '-' ? strspn (at, "abcdefghijklmnopqrstuvwxyz-") : 0;
}

/* Prose: what stands between backticks, and options, is bold; line ends are spaces. */
static void
put_text (GString *out, const char *text)
{
  begin_text (out);
  for (const char *at = text; *at != '\0';) {
    const char *close = *at == '`' ? strchr (at + 1, '`') : NULL;
    gsize option = option_at (at, text);
    if (close != NULL || option > 0) {
      g_autofree char *typed = close != NULL ? g_strndup (at + 1, (gsize) (close - at - 1)) : g_strndup (at, option);
      put_bold (out, typed);
      at = close != NULL ? close + 1 : at + option;
      continue;
    }
    put_character (out, *at == '\n' ? ' ' : g_utf8_get_char (at));
    at = g_utf8_next_char (at);
  }
}

/* A sentence of its own, whatever the table makes of it. */
static void
put_sentence (GString *out, const char *text)
{
  put_text (out, text);
  g_string_append (out, g_str_has_suffix (text, ".") ? "\n" : ".\n");
}

static void
put_section (GString *out, const char *title)
{
  g_string_append_printf (out, ".SH %s\n", title);
}

static GString *
begin_page (const char *name, const char *summary)
{
  GString *out = g_string_new (NULL);
  g_autofree char *upper = g_ascii_strup (name, -1);
  g_string_append_printf (out, ".TH %s 1 \"\" \"candor %s\" \"User Commands\"\n.nh\n.ad l\n", upper, CANDOR_VERSION);
  put_section (out, "NAME");
  put_literal (out, name);
  g_string_append (out, " \\- ");
  put_text (out, summary);
  g_string_append_c (out, '\n');
  return out;
}

static void
put_rows (GString *out, const char *title, const CdManualRow *rows)
{
  put_section (out, title);
  for (; rows->term != NULL; rows++) {
    g_string_append (out, ".TP\n");
    put_bold (out, rows->term);
    g_string_append_c (out, '\n');
    put_sentence (out, rows->what);
  }
}

/* verb: NULL for the program's own. */
static void
put_examples (GString *out, const char *verb)
{
  gboolean begun = FALSE;
  for (const CdManualExample *example = cd_manual_examples; example->command != NULL; example++) {
    if (g_strcmp0 (example->verb, verb) != 0)
      continue;
    if (!begun)
      put_section (out, "EXAMPLES");
    begun = TRUE;
    g_string_append (out, ".TP\n");
    put_bold (out, example->command);
    g_string_append_c (out, '\n');
    put_sentence (out, example->what);
  }
}

static void
put_option (GString *out, const CdDescribedOption *option)
{
  g_autofree char *name = g_strconcat ("--", option->name, NULL);
  const char letter[] = { '-', option->letter, '\0' };
  g_string_append (out, ".TP\n");
  if (option->letter != 0) {
    put_bold (out, letter);
    if (option->value != NULL) {
      g_string_append_c (out, ' ');
      put_italic (out, option->value);
    }
    g_string_append (out, ", ");
  }
  put_bold (out, name);
  if (option->value != NULL) {
    g_string_append (out, option->optional ? "[=" : "=");
    put_italic (out, option->value);
    g_string_append (out, option->optional ? "]" : "");
  }
  g_string_append_c (out, '\n');
  put_sentence (out, option->what != NULL ? option->what : "");
}

/* The pages that belong together, but for the page's own name. verbs: NULL for none but the program's. */
static void
put_see_also (GString *out, const GPtrArray *verbs)
{
  put_section (out, "SEE ALSO");
  if (verbs == NULL)
    g_string_append (out, "\\&\\fBcandor\\fR(1)");
  for (guint i = 0; verbs != NULL && i < verbs->len; i++) {
    g_autofree char *name = g_strconcat ("candor-", ((const CdDescribedVerb *) verbs->pdata[i])->name, NULL);
    put_bold (out, name);
    g_string_append (out, i + 1 < verbs->len ? "(1),\n" : "(1)");
  }
  g_string_append_c (out, '\n');
}

char *
cd_manual_verb (const CdDescribedVerb *verb)
{
  g_autofree char *name = g_strconcat ("candor-", verb->name, NULL), *command = g_strconcat ("candor ", verb->name, NULL);
  GString *out = begin_page (name, verb->summary);
  put_section (out, "SYNOPSIS");
  put_bold (out, command);
  g_string_append (out, " [\\fIOPTION\\fR...]");
  if (verb->parameters != NULL) {
    g_string_append_c (out, ' ');
    put_italic (out, verb->parameters);
  }
  g_string_append_c (out, '\n');
  put_section (out, "DESCRIPTION");
  put_sentence (out, verb->about != NULL ? verb->about : verb->summary);
  put_section (out, "OPTIONS");
  for (guint i = 0; i < verb->options->len; i++)
    put_option (out, verb->options->pdata[i]);
  put_rows (out, "EXIT STATUS", cd_manual_statuses);
  put_examples (out, verb->name);
  put_see_also (out, NULL);
  return g_string_free (out, FALSE);
}

char *
cd_manual_program (const GPtrArray *verbs)
{
  GString *out = begin_page ("candor", "audits published replications of reasoning models");
  put_section (out, "SYNOPSIS");
  g_string_append (out, "\\&\\fBcandor\\fR \\fIVERB\\fR [\\fIOPTION\\fR...] [\\fIARGUMENT\\fR...]\n");
  put_section (out, "DESCRIPTION");
  put_sentence (
      out, "Candor reads one published attempt to replicate a reasoning model, and says how open it is about what it did, with the commit, path and "
           "line behind every point, and with the doubt that rules over text leave. Nothing of a repository is executed unless "
           "`candor reproduce --run` is asked for.");
  put_section (out, "VERBS");
  for (guint i = 0; i < verbs->len; i++) {
    const CdDescribedVerb *verb = verbs->pdata[i];
    g_autofree char *name = g_strconcat ("candor-", verb->name, NULL);
    g_string_append (out, ".TP\n");
    put_bold (out, name);
    g_string_append (out, "(1)\n");
    put_sentence (out, verb->summary);
  }
  put_rows (out, "EXIT STATUS", cd_manual_statuses);
  put_rows (out, "ENVIRONMENT", cd_manual_environment);
  put_rows (out, "FILES", cd_manual_files);
  put_examples (out, NULL);
  put_see_also (out, verbs);
  return g_string_free (out, FALSE);
}
