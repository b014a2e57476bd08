/* Verbs described by their own option tables: each is called while cd_options_parse hands its table over instead of parsing. What the upper-case words of
 * tables stand for is said here; writing manuals and completions is left to others. */
#include "cli/description.h"
#include "cli/cmd.h"
#include "cli/names.h"
#include <string.h>

/* The words of tables that are files or folders; kinds of names are cli/names.c's, and all others may be anything. */
static const struct {
  const char *word, *takes;
} places[] = {
  { "FILE", "FILE" },  { "DIR", "DIR" },     { "FOLDER", "DIR" }, { "REPOSITORY", "DIR" }, { "AUDIT", "FILE" }, { "ASSESSMENT", "FILE" },
  { "WORKS", "FILE" }, { "BEFORE", "FILE" }, { "AFTER", "FILE" }, { "LIST", "FILE" },      { "A", "FILE" },     { "B", "FILE" },
};

static void
free_option (gpointer data)
{
  CdDescribedOption *option = data;
  g_free (option->name);
  g_free (option->what);
  g_free (option->value);
  g_free (option->takes);
  g_free (option);
}

static void
free_verb (gpointer data)
{
  CdDescribedVerb *verb = data;
  g_free (verb->about);
  g_free (verb->parameters);
  g_free (verb->takes);
  g_ptr_array_unref (verb->options);
  g_free (verb);
}

/* What one alternative of a value stands for; NULL: anything. Caller frees. */
static char *
takes_of_word (const char *word)
{
  g_autofree char *stem = g_strndup (word, strcspn (word, ".")); /* "WORKS.yaml" */
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (strcmp (places[i].word, stem) == 0)
      return g_strdup (places[i].takes);
  if (cd_names_has (word))
    return g_strdup (word);
  return g_ascii_islower (*word) && strspn (word, CD_OPTIONS_CHOICE) == strlen (word) ? g_strconcat ("+", word, NULL) : NULL;
}

/* Of "text|json", "[REPOSITORY|URL]", "BEFORE AFTER". Caller frees. */
static char *
takes_of (const char *value)
{
  g_auto (GStrv) words = g_strsplit_set (value, "[]| ", -1);
  g_autoptr (GPtrArray) takes = g_ptr_array_new_with_free_func (g_free);
  for (char **word = words; *word != NULL; word++) {
    g_autofree char *bare = g_str_has_suffix (*word, "…") ? g_strndup (*word, strlen (*word) - strlen ("…")) : g_strdup (*word);
    char *one = *bare != '\0' ? takes_of_word (bare) : NULL;
    if (one != NULL && !g_ptr_array_find_with_equal_func (takes, one, g_str_equal, NULL))
      g_ptr_array_add (takes, one);
    else
      g_free (one);
  }
  g_ptr_array_add (takes, NULL);
  return g_strjoinv (" ", (char **) takes->pdata);
}

static CdDescribedOption *
describe_option (const GOptionEntry *entry)
{
  CdDescribedOption *option = g_new0 (CdDescribedOption, 1);
  gboolean takes_value = entry->arg != G_OPTION_ARG_NONE && entry->arg_description != NULL;
  option->name = g_strdup (entry->long_name);
  option->letter = entry->short_name;
  option->what = g_strdup (entry->description);
  option->optional = takes_value && *entry->arg_description == '[';
  option->value = takes_value ? g_strdup (entry->arg_description + (option->optional ? 1 : 0)) : NULL;
  if (option->optional)
    option->value[strcspn (option->value, "]")] = '\0';
  option->takes = takes_value ? takes_of (entry->arg_description) : g_strdup ("");
  option->repeats = entry->arg == G_OPTION_ARG_STRING_ARRAY || entry->arg == G_OPTION_ARG_FILENAME_ARRAY;
  return option;
}

/* What cd_options_parse hands over. */
static void
take (const GOptionEntry *entries, const char *parameters, const char *summary, gpointer data)
{
  static const GOptionEntry help = { "help", 'h', 0, G_OPTION_ARG_NONE, NULL, "Show help", NULL };
  CdDescribedVerb *verb = data;
  verb->about = g_strdup (summary);
  verb->parameters = g_strdup (parameters);
  verb->takes = parameters != NULL ? takes_of (parameters) : g_strdup ("");
  for (; entries->long_name != NULL; entries++)
    if ((entries->flags & G_OPTION_FLAG_HIDDEN) == 0 && *entries->long_name != '\0')
      g_ptr_array_add (verb->options, describe_option (entries));
  g_ptr_array_add (verb->options, describe_option (&help));
}

static CdDescribedVerb *
describe_verb (const CdVerbRow *row)
{
  CdDescribedVerb *verb = g_new0 (CdDescribedVerb, 1);
  verb->name = row->name;
  verb->summary = row->summary;
  verb->options = g_ptr_array_new_with_free_func (free_option);
  char *argv[] = { (char *) row->name, NULL };
  g_autoptr (GError) described = NULL;
  cd_options_describe (take, verb);
  row->run (1, argv, &described);
  cd_options_describe (NULL, NULL);
  return verb;
}

GPtrArray *
cd_describe_verbs (const char *name, GError **error)
{
  guint length = 0;
  const CdVerbRow *rows = cd_verbs (&length);
  g_autoptr (GPtrArray) verbs = g_ptr_array_new_with_free_func (free_verb);
  for (guint i = 0; i < length; i++)
    if (name == NULL || strcmp (rows[i].name, name) == 0)
      g_ptr_array_add (verbs, describe_verb (&rows[i]));
  if (verbs->len == 0) {
    g_autofree char *suggestion = cd_verbs_suggestion (name);
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "there is no verb \"%s\"%s", name, suggestion);
    return NULL;
  }
  return g_steal_pointer (&verbs);
}
