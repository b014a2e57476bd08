/* Reads option definitions out of Python source by their fixed forms, file by file over the tree's own imports. Anything that hides a definition
 * (a foreign function that fills the parser, parse_known_args, a foreign dataclass) makes the whole unreadable: then nothing is concluded. */
#include "work/options.h"
#include <string.h>

#define FILES_MOST 40u
#define DEPTH_MOST 3u
#define BYTES_MOST (4u << 20)
#define NAME_BYTES 120u
#define CLASSES_MOST 24u
#define NAMES_MOST 4000u /* more are data */
#define FILLERS_MOST 64u
#define PARSERS_MOST 8u
#define SIGNATURES_MOST 500000u /* bytes of parameters */

typedef struct {
  const CdCorpus *corpus;
  const CdScope *scope;
  CdProgramOptions *options;
  GArray *files; /* guint: documents read, the program first */
  gsize bytes;
} Reading;

static const CdDocument *
document_at (const Reading *reading, guint index)
{
  return reading->corpus->documents->pdata[index];
}

static const char *
find (const CdDocument *document, const char *from, const char *word)
{
  const char *end = document->text + document->length;
  return from < end ? memmem (from, (gsize) (end - from), word, strlen (word)) : NULL;
}

static gboolean
has (const CdDocument *document, const char *word)
{
  return find (document, document->text, word) != NULL;
}

static const char *
skip_space (const CdDocument *document, const char *at)
{
  const char *end = document->text + document->length;
  while (at < end && g_ascii_isspace (*at))
    at++;
  return at;
}

static gsize
identifier (const CdDocument *document, const char *at)
{
  const char *end = document->text + document->length, *last = at;
  while (last < end && (g_ascii_isalnum (*last) || *last == '_'))
    last++;
  return (gsize) (last - at);
}

/* The string literal at `at`; NULL where there is none, or a computed one. *behind steps over it. Caller frees. */
static char *
literal (const CdDocument *document, const char *at, const char **behind)
{
  const char *end = document->text + document->length;
  if (at >= end || (*at != '"' && *at != '\''))
    return NULL;
  const char *close = memchr (at + 1, *at, MIN ((gsize) (end - at - 1), NAME_BYTES));
  if (close == NULL)
    return NULL;
  *behind = close + 1;
  return g_strndup (at + 1, (gsize) (close - at - 1));
}

static void
add_name (Reading *reading, const char *written)
{
  const char *name = written + strspn (written, "-");
  if (g_hash_table_size (reading->options->names) >= NAMES_MOST)
    reading->options->readable = FALSE;
  else if (*name != '\0')
    g_hash_table_add (reading->options->names, g_strdup (name));
}

/* add_argument ("-l", "--lr", …), DEFINE_float ("lr", …), @click.option ("--lr"): the literals that a call begins with. */
static gboolean
add_literals (Reading *reading, const CdDocument *document, const char *call)
{
  const char *at = skip_space (document, call);
  gboolean any = FALSE;
  for (;;) {
    g_autofree char *name = literal (document, at, &at);
    if (name == NULL)
      return any;
    add_name (reading, name);
    any = TRUE;
    at = skip_space (document, at);
    if (*at != ',')
      return TRUE;
    at = skip_space (document, at + 1);
  }
}

static void
add_calls (Reading *reading, const CdDocument *document, const char *callee)
{
  for (const char *at = find (document, document->text, callee); at != NULL; at = find (document, at + 1, callee)) {
    const char *open = at + strlen (callee);
    open += identifier (document, open);
    if (open < document->text + document->length && *open == '(' && !add_literals (reading, document, open + 1) && at > document->text
        && at[-1] == '.')
      reading->options->readable = FALSE;
  }
}

/* Functions that are handed the parser of that name must be in the files read. */
static void
check_fillers (Reading *reading, const CdDocument *document, const char *name)
{
  g_autofree char *handed = g_strconcat ("(", name, NULL);
  gsize length = strlen (handed);
  guint fillers = 0;
  for (const char *at = find (document, document->text, handed); at != NULL; at = find (document, at + 1, handed)) {
    if (at + length >= document->text + document->length || (at[length] != ')' && at[length] != ','))
      continue;
    if (++fillers > FILLERS_MOST) {
      reading->options->readable = FALSE;
      return;
    }
    const char *start = at;
    while (start > document->text && (g_ascii_isalnum (start[-1]) || start[-1] == '_'))
      start--;
    g_autofree char *callee = g_strndup (start, (gsize) (at - start));
    if (strcmp (callee, "add_config_arguments") == 0) { /* DeepSpeed's */
      add_name (reading, "deepspeed");
      add_name (reading, "deepspeed_config");
      continue;
    }
    g_autofree char *definition = g_strdup_printf ("def %s", callee);
    gboolean known = *callee == '\0' || strcmp (callee, "print") == 0;
    for (guint i = 0; i < reading->files->len && !known; i++)
      known = has (document_at (reading, g_array_index (reading->files, guint, i)), definition);
    if (!known)
      reading->options->readable = FALSE;
  }
}

static void
read_files (Reading *reading, guint index, guint depth)
{
  const CdDocument *document = document_at (reading, index);
  for (guint i = 0; i < reading->files->len; i++)
    if (g_array_index (reading->files, guint, i) == index)
      return;
  if (document->kind != CD_DOCUMENT_PYTHON)
    return;
  if (reading->files->len >= FILES_MOST || reading->bytes + document->length > BYTES_MOST)
    return; /* a function that fills the parser is then not found */
  g_array_append_val (reading->files, index);
  reading->bytes += document->length;
  for (guint i = 0; depth < DEPTH_MOST && i < document->imports->len; i++) {
    const CdImport *import = document->imports->pdata[i];
    gint found = cd_scope_resolve_path (reading->scope, index, NULL, import->module);
    if (found >= 0)
      read_files (reading, (guint) found, depth + 1);
  }
}

/* --- dataclasses ------------------------------------------------------------------------------------------------------------------------- */

/* "class NAME" in the files read: what stands behind the name. */
static const char *
find_class (const Reading *reading, const char *name, const CdDocument **document)
{
  g_autofree char *words = g_strdup_printf ("class %s", name);
  for (guint i = 0; i < reading->files->len; i++) {
    *document = document_at (reading, g_array_index (reading->files, guint, i));
    for (const char *at = find (*document, (*document)->text, words); at != NULL; at = find (*document, at + 1, words)) {
      const char *behind = at + strlen (words);
      if ((*behind == '(' || *behind == ':') && (at == (*document)->text || at[-1] == '\n'))
        return behind;
    }
  }
  return NULL;
}

/* Fields: "    name: type" lines of the body. */
static void
add_fields (Reading *reading, const CdDocument *document, const char *body)
{
  const char *end = document->text + document->length;
  const char *line = memchr (body, '\n', (gsize) (end - body));
  while (line != NULL && ++line < end) {
    const char *at = line;
    while (at < end && (*at == ' ' || *at == '\t'))
      at++;
    if (at == line && at < end && *at != '\n' && *at != '\r' && *at != '#' && *at != ')')
      return;
    gsize length = identifier (document, at);
    const char *colon = at + length;
    while (colon < end && *colon == ' ')
      colon++;
    if (at > line && at - line <= 8 && length > 0 && colon < end && *colon == ':') {
      g_autofree char *name = g_strndup (at, length);
      add_name (reading, name);
    }
    line = memchr (line, '\n', (gsize) (end - line));
  }
}

/* Classes between brackets, each with its bases; all must be in the files read. */
static void
add_classes (Reading *reading, const char *list, guint *budget)
{
  g_auto (GStrv) names = g_strsplit_set (list, "(), \t\r\n[]", -1);
  for (guint i = 0; names[i] != NULL; i++) {
    const CdDocument *document = NULL;
    const char *name = names[i];
    if (*name == '\0' || strcmp (name, "object") == 0 || strcmp (name, "type") == 0 || strcmp (name, "Protocol") == 0 || strcmp (name, "ABC") == 0)
      continue;
    if (strchr (name, '=') != NULL)
      continue; /* a keyword of the call */
    const char *behind = *budget > 0 ? find_class (reading, name, &document) : NULL;
    if (behind == NULL) {
      reading->options->readable = FALSE;
      return;
    }
    (*budget)--;
    add_fields (reading, document, behind);
    const char *close = *behind == '(' ? memchr (behind, ')', MIN ((gsize) (document->text + document->length - behind), 400)) : NULL;
    if (close != NULL) {
      g_autofree char *bases = g_strndup (behind + 1, (gsize) (close - behind - 1));
      add_classes (reading, bases, budget);
    }
  }
}

static gboolean
read_dataclasses (Reading *reading, const CdDocument *program)
{
  static const char *const parsers[] = { "HfArgumentParser(", "TrlParser(", "H4ArgumentParser(" };
  for (guint i = 0; i < G_N_ELEMENTS (parsers); i++) {
    const char *call = find (program, program->text, parsers[i]);
    if (call == NULL)
      continue;
    const char *open = call + strlen (parsers[i]), *end = program->text + program->length;
    guint depth = 1, budget = CLASSES_MOST;
    const char *close = open;
    for (; close < end && depth > 0 && close - open < 2000; close++)
      depth += *close == '(' ? 1u : *close == ')' ? (guint) -1 : 0u;
    g_autofree char *list = g_strndup (open, (gsize) (close - open));
    add_classes (reading, list, &budget);
    add_name (reading, "config");
    reading->options->dashes = reading->options->abbreviations = TRUE;
    return TRUE;
  }
  return FALSE;
}

/* --- functions as programs: typer, fire ---------------------------------------------------------------------------------------------------- */

/* Every parameter of every function of the file. FALSE where one takes any option. */
static gboolean
add_parameters (Reading *reading, const CdDocument *document)
{
  const char *end = document->text + document->length;
  guint bytes = 0;
  for (const char *at = find (document, document->text, "def "); at != NULL; at = find (document, at + 1, "def ")) {
    const char *open = memchr (at, '(', MIN ((gsize) (end - at), NAME_BYTES));
    guint depth = 0;
    gboolean first = FALSE;
    for (const char *c = open; c != NULL && c < end; c++) {
      if (++bytes > SIGNATURES_MOST)
        return FALSE;
      if (*c == '#') { /* a remark among the parameters */
        const char *newline = memchr (c, '\n', (gsize) (end - c));
        if (newline == NULL)
          break;
        c = newline;
        continue;
      }
      if (strchr ("([{", *c) != NULL && *c != '\0') {
        first = ++depth == 1;
        continue;
      }
      if (strchr (")]}", *c) != NULL && *c != '\0' && --depth == 0)
        break;
      if (depth == 1 && c[0] == '*' && c[1] == '*')
        return FALSE;
      gsize length = depth == 1 && first ? identifier (document, c) : 0;
      if (length > 0) {
        g_autofree char *name = g_strndup (c, length);
        add_name (reading, name);
      }
      first = depth == 1 && (*c == ',' || (first && g_ascii_isspace (*c)));
    }
  }
  return TRUE;
}

static void
add_option_literals (Reading *reading, const CdDocument *document)
{
  for (const char *at = find (document, document->text, "\"--"); at != NULL; at = find (document, at + 1, "\"--"))
    add_literals (reading, document, at);
}

static gboolean
read_functions (Reading *reading, const CdDocument *program)
{
  gboolean typer = has (program, "typer.Typer(") || has (program, "typer.run(");
  const char *fire = find (program, program->text, "fire.Fire(");
  if (!typer && fire == NULL && !has (program, "@click.option("))
    return FALSE;
  reading->options->dashes = TRUE;
  add_option_literals (reading, program);
  add_calls (reading, program, "click.option");
  if (typer || fire != NULL)
    reading->options->readable = add_parameters (reading, program) && reading->options->readable;
  if (fire != NULL) {
    const char *name = fire + strlen ("fire.Fire(");
    g_autofree char *definition = g_strdup_printf ("def %.*s(", (int) MIN (identifier (program, name), NAME_BYTES), name);
    if (!has (program, definition))
      reading->options->readable = FALSE;
  }
  return TRUE;
}

/* --- hydra ----------------------------------------------------------------------------------------------------------------------------------- */

static char *
keyword_literal (const CdDocument *document, const char *from, const char *keyword)
{
  const char *at = find (document, from, keyword);
  if (at == NULL || at - from > 300)
    return NULL;
  at = skip_space (document, at + strlen (keyword));
  if (*at != '=')
    return NULL;
  return literal (document, skip_space (document, at + 1), &at);
}

static void
read_hydra (Reading *reading, const CdDocument *program)
{
  const char *call = find (program, program->text, "@hydra.main(");
  if (call == NULL)
    return;
  g_autofree char *folder = keyword_literal (program, call, "config_path");
  g_autofree char *name = keyword_literal (program, call, "config_name");
  g_autofree char *here = g_path_get_dirname (program->path);
  if (name == NULL || folder == NULL || strstr (folder, "..") != NULL)
    return;
  g_autofree char *file = g_str_has_suffix (name, ".yaml") ? g_strdup (name) : g_strconcat (name, ".yaml", NULL);
  g_autofree char *path = g_strcmp0 (folder, ".") == 0 ? g_build_filename (here, file, NULL) : g_build_filename (here, folder, file, NULL);
  const char *plain = g_str_has_prefix (path, "./") ? path + 2 : path;
  if (cd_corpus_find (reading->corpus, plain) != NULL)
    reading->options->configuration = cd_scope_resolve_path (reading->scope, 0, NULL, plain);
  else if (*folder != '/' && strstr (folder, "://") == NULL) {
    reading->options->unfound = g_strdup (plain);
    reading->options->unfound_line = cd_lines_at (program->lines, (gsize) (call - program->text));
  }
}

/* --- the whole ----------------------------------------------------------------------------------------------------------------------------- */

/* The parser that the program makes itself; NULL where it makes none, or one of a class that may take more (ConfigArgumentParser). */
static const char *
find_parser (const CdDocument *program, const char *from)
{
  for (const char *at = find (program, from, "ArgumentParser("); at != NULL; at = find (program, at + 1, "ArgumentParser("))
    if (at == program->text || !(g_ascii_isalnum (at[-1]) || at[-1] == '_'))
      return at;
  return NULL;
}

/* What "NAME = argparse.ArgumentParser (" calls it. Caller frees. */
static char *
parser_name (const CdDocument *program, const char *parser)
{
  const char *at = parser;
  while (at > program->text && (g_ascii_isalnum (at[-1]) || strchr ("._", at[-1]) != NULL))
    at--;
  while (at > program->text && (at[-1] == ' ' || at[-1] == '='))
    at--;
  const char *end = at;
  while (at > program->text && (g_ascii_isalnum (at[-1]) || at[-1] == '_'))
    at--;
  return g_strndup (at, (gsize) (end - at));
}

/* A program whose parser is made elsewhere is not read: of several modules that make one, nothing tells which it calls. */
static gboolean
read_argparse (Reading *reading, const CdDocument *program)
{
  const char *parser = find_parser (program, program->text);
  if (parser == NULL || !has (program, "parse_args("))
    return FALSE;
  for (guint i = 0; i < reading->files->len; i++) {
    const CdDocument *document = document_at (reading, g_array_index (reading->files, guint, i));
    add_calls (reading, document, "add_argument");
    check_fillers (reading, document, "parser");
  }
  for (guint i = 0; parser != NULL && i < PARSERS_MOST; parser = find_parser (program, parser + 1), i++) {
    g_autofree char *name = parser_name (program, parser);
    if (*name != '\0' && strcmp (name, "parser") != 0)
      check_fillers (reading, program, name);
  }
  reading->options->abbreviations = TRUE;
  return TRUE;
}

static gboolean
hides_options (const CdDocument *program)
{
  static const char *const signs[] = { "parse_known_args", "parents=", "from_cli(",         "sys.argv",         "tyro.",  "simple_parsing",
                                       "jsonargparse",     "pyrallis", "remaining_strings", "return_remaining", "docopt", "ConfigArgumentParser",
                                       "mmengine" };
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (has (program, signs[i]))
      return TRUE;
  return FALSE;
}

static void
fold_dashes (CdProgramOptions *options)
{
  GHashTable *folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iterator;
  gpointer name = NULL;
  g_hash_table_iter_init (&iterator, options->names);
  while (g_hash_table_iter_next (&iterator, &name, NULL))
    g_hash_table_add (folded, g_strdelimit (g_strdup (name), "-", '_'));
  g_hash_table_unref (options->names);
  options->names = folded;
}

CdProgramOptions *
cd_program_options_read (const CdCorpus *corpus, const CdScope *scope, guint document)
{
  CdProgramOptions *options = g_new0 (CdProgramOptions, 1);
  options->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  options->configuration = -1;
  const CdDocument *program = corpus->documents->pdata[document];
  if (program->kind != CD_DOCUMENT_PYTHON)
    return options;
  Reading reading = { corpus, scope, options, g_array_new (FALSE, FALSE, sizeof (guint)), 0 };
  options->readable = TRUE;
  read_files (&reading, document, 0);
  gboolean read = read_dataclasses (&reading, program) || read_functions (&reading, program) || read_argparse (&reading, program);
  options->readable = options->readable && read && !hides_options (program);
  read_hydra (&reading, program);
  if (options->dashes)
    fold_dashes (options);
  g_array_unref (reading.files);
  return options;
}

void
cd_program_options_free (CdProgramOptions *options)
{
  if (options == NULL)
    return;
  g_hash_table_unref (options->names);
  g_free (options->unfound);
  g_free (options);
}

gboolean
cd_program_options_take (const CdProgramOptions *options, const char *written)
{
  const char *from = written + strspn (written, "-");
  g_autofree char *name = g_strndup (from, strcspn (from, "="));
  if (options->dashes)
    g_strdelimit (name, "-", '_');
  const char *plain = options->dashes && g_str_has_prefix (name, "no_") ? name + 3 : name;
  if (!options->readable || strcmp (name, "help") == 0 || g_hash_table_contains (options->names, name)
      || g_hash_table_contains (options->names, plain))
    return TRUE;
  GHashTableIter iterator;
  gpointer known = NULL;
  g_hash_table_iter_init (&iterator, options->names);
  while (options->abbreviations && g_hash_table_iter_next (&iterator, &known, NULL))
    if (g_str_has_prefix (known, name))
      return TRUE;
  return FALSE;
}
