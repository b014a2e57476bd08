/* Shell text into commands, settings and passages: which lines of a fence are commands, what keywords, assignments, cd and loops do.
 * Words are read by shell-words.c, launchers known by launchers.c; lines told from output by fences.c. */
#include "documents/script.h"

#include "base/limits.h"

#include <string.h>

#define EXPORTS 64u /* exported variables that a command's environment repeats */
#define EXPORT_BYTES 512u
#define VARIABLE_BYTES 65536u
#define LOOP_VALUES 32u /* values of a loop variable kept as settings */
#define WORDS 4096u     /* words of one command that are kept */
#define FOLDER_DEPTH 8u /* subshells whose folder is restored */

static void add_inner (CdScript *script, const char *text, guint line, gboolean commented);

void
cd_script_init (CdScript *script, CdDocument *document, gsize start, gsize end, gint32 section, guint paragraph, const char *language)
{
  *script = (CdScript){ .document = document, .section = section, .paragraph = paragraph, .language = language };
  script->variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  script->clones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  script->exports = g_ptr_array_new_with_free_func (g_free);
  script->words = g_ptr_array_new_with_free_func (cd_shell_word_free);
  script->comments = g_array_new (FALSE, FALSE, sizeof (CdShellRange));
  script->folders = g_ptr_array_new_with_free_func (g_free);
  cd_shell_reader_init (&script->reader, document->text, start, end, script->variables);
}

void
cd_script_clear (CdScript *script)
{
  cd_shell_reader_clear (&script->reader);
  g_hash_table_unref (script->variables);
  g_hash_table_unref (script->clones);
  g_ptr_array_unref (script->exports);
  g_ptr_array_unref (script->words);
  g_array_unref (script->comments);
  g_ptr_array_unref (script->folders);
  g_free (script->directory);
}

static const CdShellWord *
word_at (const CdScript *script, guint index)
{
  return g_ptr_array_index (script->words, index);
}

static guint
line_at (const CdScript *script, gsize offset)
{
  return script->inner > 0 ? script->inner_line : cd_lines_at (script->document->lines, offset);
}

static void
add_setting (CdScript *script, CdSettingKind kind, const char *key, const char *value, guint line)
{
  if (*key == '\0' || script->commented || script->document->settings->len >= CD_LIMIT_SETTINGS)
    return;
  g_autofree char *spaced = g_strdelimit (g_strdup (value), "\x1f", ' ');
  cd_document_add_setting (script->document, kind, key, spaced, line);
}

/* NAME=value: known from here on, and a setting. */
static void
assign (CdScript *script, const CdShellWord *word, gboolean remember)
{
  g_autofree char *name = g_strndup (word->value, word->name);
  const char *value = word->value + word->name + (word->append ? 2 : 1);
  const char *before = word->append ? g_hash_table_lookup (script->variables, name) : NULL;
  gboolean array = strchr (value, CD_SHELL_SEPARATOR) != NULL || (before != NULL && strchr (before, CD_SHELL_SEPARATOR) != NULL);
  g_autofree char *whole = before != NULL ? g_strconcat (before, array ? "\x1f" : "", value, NULL) : g_strdup (value);
  if (strlen (whole) > VARIABLE_BYTES)
    return;
  add_setting (script, CD_SETTING_ASSIGNMENT, name, whole, line_at (script, word->start));
  /* A value that the caller gives (VALUE="$2") tells nothing; the default set before it, if any, stays. */
  gboolean given = *value == '$' && (g_ascii_isdigit (value[1]) || value[1] == '@' || value[1] == '*');
  if (remember && !given)
    g_hash_table_replace (script->variables, g_steal_pointer (&name), g_steal_pointer (&whole));
}

static const char *const KEYWORDS[] = { "if", "then", "else", "elif", "do", "while", "until", "!", "{", "}", "done", "fi", "esac", "time", NULL };

static gboolean
is_word (const CdShellWord *word, const char *const *names)
{
  for (; *names != NULL; names++)
    if (strcmp (word->value, *names) == 0)
      return TRUE;
  return FALSE;
}

/* for NAME in a b c: one value is substituted, several are settings of the name. */
static void
read_loop (CdScript *script, guint first)
{
  if (script->words->len < first + 3)
    return;
  const char *name = word_at (script, first + 1)->value;
  guint values = script->words->len - first - 3;
  g_hash_table_remove (script->variables, name);
  if (strcmp (word_at (script, first + 2)->value, "in") != 0)
    return;
  for (guint i = 0; i < MIN (values, LOOP_VALUES); i++) {
    const CdShellWord *value = word_at (script, first + 3 + i);
    add_setting (script, CD_SETTING_ASSIGNMENT, name, value->value, line_at (script, value->start));
  }
  if (values == 1)
    g_hash_table_replace (script->variables, g_strdup (name), g_strdup (word_at (script, first + 3)->value));
}

/* Behind "git clone": the folder that the clone makes, so that a cd into it is known to leave this tree. */
static void
note_clone (CdScript *script, char **argv)
{
  const char *url = NULL, *folder = NULL;
  if (argv[1] == NULL || strcmp (argv[1], "clone") != 0)
    return;
  for (char **word = argv + 2; *word != NULL; word++)
    if (**word != '-' && (url != NULL || strchr (*word, '/') != NULL)) {
      folder = url != NULL ? *word : folder;
      url = url != NULL ? url : *word;
    }
  if (url == NULL)
    return;
  g_autofree char *base = g_path_get_basename (folder != NULL ? folder : url);
  if (folder == NULL && g_str_has_suffix (base, ".git"))
    base[strlen (base) - 4] = '\0';
  g_hash_table_add (script->clones, g_steal_pointer (&base));
}

/* directory joined with target, "." and ".." resolved as far as they go; NULL for the folder it began in. */
static char *
join_folder (const char *directory, const char *target)
{
  g_autofree char *joined = directory != NULL ? g_strconcat (directory, "/", target, NULL) : g_strdup (target);
  g_auto (GStrv) parts = g_strsplit (joined, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  for (char **part = parts; *part != NULL; part++) {
    const char *above = kept->len > 0 ? g_ptr_array_index (kept, kept->len - 1) : "..";
    if (strcmp (*part, "..") == 0 && strcmp (above, "..") != 0)
      g_ptr_array_remove_index (kept, kept->len - 1);
    else if (**part != '\0' && strcmp (*part, ".") != 0)
      g_ptr_array_add (kept, *part);
  }
  if (kept->len == 0)
    return NULL;
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("/", (char **) kept->pdata);
}

/* Effect of a cd; an absolute or computed target, or a folder cloned before, makes the folder unknown. */
static void
change_folder (CdScript *script, const char *target)
{
  gboolean relative = target != NULL && strpbrk (target, "$`~<*") == NULL && *target != '/' && *target != '-' && strlen (target) < 512;
  g_autofree char *first = relative ? g_strndup (target, strcspn (target, "/")) : NULL;
  gboolean cloned = first != NULL && g_hash_table_contains (script->clones, first);
  const char *within = cloned ? target + strlen (first) : target;
  char *next = relative ? join_folder (cloned ? NULL : script->directory, within) : NULL;
  if (next != NULL && strlen (next) > 2048)
    g_clear_pointer (&next, g_free);
  g_free (script->directory);
  script->directory = next;
}

/* Options and overrides of a program: --key value, --key=value, -k value, key=value, +key=value. A flag alone is "true". */
static void
add_arguments (CdScript *script, guint first)
{
  for (guint i = first; i < script->words->len; i++) {
    const CdShellWord *word = word_at (script, i);
    const char *text = word->value, *key = text + strspn (text, "-+");
    const char *equals = strchr (key, '=');
    guint line = line_at (script, word->start);
    gboolean option = *text == '-' && g_ascii_isalpha (*key);
    gboolean named = equals != NULL && equals > key && equals[1] != '=' && strchr ("!<>~", equals[-1]) == NULL;
    gsize plain = strspn (key, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-/@:");
    if (named && key + plain == equals && (g_ascii_isalpha (*key) || *key == '_')) {
      g_autofree char *name = g_strndup (key, (gsize) (equals - key));
      add_setting (script, CD_SETTING_ARGUMENT, name, equals + 1, line);
    } else if (option && key[plain] == '\0') {
      const char *next = i + 1 < script->words->len ? word_at (script, i + 1)->value : "-";
      gboolean value = *next != '-' || g_ascii_isdigit (next[1]) || next[1] == '.';
      add_setting (script, CD_SETTING_ARGUMENT, key, value ? next : "true", line);
      i += value ? 1 : 0;
    }
  }
}

/* The words as written, joined by single spaces, on one line. */
static char *
written (const CdScript *script, guint first)
{
  GString *text = g_string_new (NULL);
  gsize before = G_MAXSIZE;
  for (guint i = first; i < MIN (script->words->len, WORDS); i++) {
    const CdShellWord *word = word_at (script, i);
    if (word->start == before)
      continue; /* several words of one expansion */
    before = word->start;
    if (text->len > 0)
      g_string_append_c (text, ' ');
    g_string_append_len (text, script->reader.text + word->start, (gssize) (word->end - word->start));
  }
  g_strdelimit (text->str, "\r\n\t", ' ');
  return g_string_free (text, FALSE);
}

static char **
environment_of (CdScript *script, guint first, guint command)
{
  g_autoptr (GPtrArray) environment = g_ptr_array_new ();
  for (guint i = 0; i < script->exports->len; i++) {
    const char *exported = g_ptr_array_index (script->exports, i);
    if (strlen (exported) <= EXPORT_BYTES)
      g_ptr_array_add (environment, g_strdup (exported));
  }
  for (guint i = first; i < command; i++)
    if (word_at (script, i)->name > 0)
      g_ptr_array_add (environment, g_strdelimit (g_strdup (word_at (script, i)->value), "\x1f", ' '));
  g_ptr_array_add (environment, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&environment), FALSE);
}

/* "bash -c '…'", "--wrap='…'": the commands inside the string. */
static void
read_inner (CdScript *script, char **argv, guint line)
{
  if (script->inner >= 2)
    return;
  gboolean shell = FALSE;
  for (char **word = argv; *word != NULL; word++) {
    const char *inside = NULL;
    if (shell && g_str_has_prefix (*word, "-") && g_str_has_suffix (*word, "c") && !g_str_has_prefix (*word, "--") && word[1] != NULL)
      inside = word[1];
    else if (g_str_has_prefix (*word, "--wrap="))
      inside = *word + strlen ("--wrap=");
    shell = shell || strcmp (*word, "bash") == 0 || strcmp (*word, "sh") == 0 || strcmp (*word, "/bin/bash") == 0;
    if (inside != NULL) {
      add_inner (script, inside, line, script->commented);
      return;
    }
  }
}

static void
add_command (CdScript *script, guint first, guint start)
{
  GPtrArray *commands = script->document->commands;
  const CdShellWord *launcher = word_at (script, start);
  CdLauncher kind = cd_shell_launcher (launcher->value, strlen (launcher->value));
  if (commands->len >= CD_LIMIT_COMMANDS || (kind == CD_LAUNCHER_BUILTIN && !script->commented))
    return;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  for (guint i = start; i < MIN (script->words->len, start + WORDS); i++)
    g_ptr_array_add (argv, g_strdelimit (g_strdup (word_at (script, i)->value), "\x1f", ' '));
  g_ptr_array_add (argv, NULL);
  CdCommand *command = g_new0 (CdCommand, 1);
  command->argv = (char **) g_ptr_array_free (g_steal_pointer (&argv), FALSE);
  command->text = written (script, first);
  command->line = line_at (script, launcher->start);
  command->end_line = line_at (script, MAX (word_at (script, script->words->len - 1)->end, 1) - 1);
  command->section = script->section;
  command->environment = environment_of (script, first, start);
  command->directory = g_strdup (script->directory);
  command->language = g_strdup (script->language);
  command->commented = script->commented;
  g_ptr_array_add (commands, command);
  if (kind != CD_LAUNCHER_SETS_UP)
    add_arguments (script, start + 1);
  read_inner (script, command->argv, command->line);
  if (strcmp (command->argv[0], "cd") == 0 || strcmp (command->argv[0], "pushd") == 0)
    change_folder (script, command->argv[1]);
  else if (strcmp (command->argv[0], "popd") == 0)
    change_folder (script, NULL);
  else if (strcmp (command->argv[0], "git") == 0)
    note_clone (script, command->argv);
}

/* export A=b C=d: known from here on, and part of every later command's environment. */
static void
read_exports (CdScript *script, guint start)
{
  gboolean exported = strcmp (word_at (script, start)->value, "export") == 0;
  for (guint i = start + 1; i < script->words->len; i++) {
    const CdShellWord *word = word_at (script, i);
    if (word->name == 0)
      continue;
    assign (script, word, TRUE);
    if (exported && !script->commented && script->exports->len < EXPORTS)
      g_ptr_array_add (script->exports, g_strdelimit (g_strdup (word->value), "\x1f", ' '));
  }
}

/* Make sense of the words of one simple command: keywords dropped, assignments kept, the rest a command. */
void
cd_script_take_words (CdScript *script)
{
  static const char *const declaring[] = { "export", "declare", "local", "readonly", "typeset", NULL };
  guint first = 0, length = script->words->len;
  while (first < length && is_word (word_at (script, first), KEYWORDS))
    first++;
  guint start = first;
  while (start < length && word_at (script, start)->name > 0)
    start++;
  gboolean env = start + 1 < length && strcmp (word_at (script, start)->value, "env") == 0 && word_at (script, start + 1)->name > 0;
  for (start += env ? 1 : 0; env && start < length && word_at (script, start)->name > 0;)
    start++;
  for (guint i = first; i < start; i++)
    if (word_at (script, i)->name > 0)
      assign (script, word_at (script, i), start == length);
  if (start == length)
    return;
  if (strcmp (word_at (script, start)->value, "for") == 0)
    read_loop (script, start);
  else if (is_word (word_at (script, start), declaring))
    read_exports (script, start);
  else
    add_command (script, first, start);
}

/* Passages of [first, last): the command in pieces around the comments inside it, then those behind it. */
void
cd_script_add_passages (CdScript *script, CdPassageKind kind, gsize first, gsize last)
{
  gsize from = first;
  for (guint i = 0; i < script->comments->len; i++) {
    CdShellRange range = g_array_index (script->comments, CdShellRange, i);
    cd_document_add_trimmed (script->document, kind, from, MIN (range.start, MAX (last, from)), script->section, script->paragraph);
    cd_document_add_trimmed (script->document, CD_PASSAGE_COMMENT, range.start, range.end, script->section, script->paragraph);
    from = range.end;
  }
  if (last > from)
    cd_document_add_trimmed (script->document, kind, from, last, script->section, script->paragraph);
}

/* Subshells: the folder is restored where one closes. A function's empty brackets restore what they saved. */
static void
enter_or_leave (CdScript *script, CdShellEnd end)
{
  if (end == CD_SHELL_OPEN && script->folders->len < FOLDER_DEPTH)
    g_ptr_array_add (script->folders, g_strdup (script->directory != NULL ? script->directory : ""));
  else if (end == CD_SHELL_CLOSE && script->folders->len > 0) {
    char *saved = g_ptr_array_steal_index (script->folders, script->folders->len - 1);
    g_free (script->directory);
    script->directory = *saved != '\0' ? g_strdup (saved) : NULL;
    g_free (saved);
  }
}

/* Skip white space and line ends behind an operator that joins two commands. */
static void
skip_to_joined (CdShellReader *reader)
{
  while (reader->position < reader->end && (g_ascii_isspace (reader->text[reader->position]) || reader->text[reader->position] == '\\'))
    reader->position++;
}

/* Read the commands of one logical line, those joined to it included. */
void
cd_script_read_line (CdScript *script)
{
  CdShellReader *reader = &script->reader;
  CdShellEnd end;
  do {
    g_ptr_array_set_size (script->words, 0);
    g_array_set_size (script->comments, 0);
    reader->first = reader->last = reader->position;
    end = cd_shell_read (reader, script->words, script->comments);
    /* "name() {" declares a function; "pattern)" is a case: neither is a command. */
    gboolean function = end == CD_SHELL_OPEN && reader->position < reader->end && reader->text[reader->position] == ')';
    gboolean pattern = end == CD_SHELL_CLOSE && script->folders->len == 0;
    gboolean command = script->words->len > 0 && !function && !pattern;
    gboolean keyword = script->words->len == 1 && is_word (word_at (script, 0), KEYWORDS);
    if (script->inner == 0 && (!keyword || script->comments->len > 0))
      cd_script_add_passages (script, command && !script->commented ? CD_PASSAGE_COMMAND : CD_PASSAGE_CODE, reader->first, reader->last);
    if (command)
      cd_script_take_words (script);
    enter_or_leave (script, end);
    if (end == CD_SHELL_JOINED)
      skip_to_joined (reader);
  } while (end != CD_SHELL_NEWLINE && end != CD_SHELL_EOF);
}

/* Commands that stand in a string or a comment: no passages of their own, all on one line. */
static void
add_inner (CdScript *script, const char *text, guint line, gboolean commented)
{
  g_auto (CdScript) inside;
  cd_script_init (&inside, script->document, 0, 0, script->section, script->paragraph, script->language);
  g_autofree char *copy = g_strdup (text);
  inside.reader.text = copy;
  inside.reader.end = strlen (copy);
  inside.inner = script->inner + 1;
  inside.inner_line = line;
  inside.commented = commented;
  inside.directory = g_strdup (script->directory);
  inside.reader.budget = script->reader.budget;
  while (inside.reader.position < inside.reader.end)
    cd_script_read_line (&inside);
  script->reader.budget = inside.reader.budget;
}

void
cd_script_add_disabled (CdScript *script, const char *text, guint line)
{
  add_inner (script, text, line, TRUE);
}

#define INLINE_COMMAND_BYTES 1000u

gboolean
cd_document_add_inline_command (CdDocument *document, const char *text, guint line, gint32 section)
{
  gsize length = strlen (text);
  if (length > INLINE_COMMAND_BYTES || !cd_shell_is_disabled_command (text, length))
    return FALSE;
  g_auto (CdScript) script;
  cd_script_init (&script, document, 0, 0, section, 0, "");
  add_inner (&script, text, line, FALSE);
  return TRUE;
}
