/* Shell scripts and the inside of fences line by line: prompts, output, comments, here-documents; Makefiles and Dockerfiles.
 * Which lines are commands is decided here, what a command means in shell.c. */
#include "documents/script.h"

#include <string.h>

#define PROMPT_BYTES 80u
#define HEREDOC_MISSES 8u /* here-documents without an end that are searched for */

typedef enum {
  MODE_SCRIPT, /* every line is a command */
  MODE_TAGGED, /* a fence tagged as shell: lines that look like a program call */
  MODE_DOUBT,  /* any other fence: lines with a known launcher */
} Mode;

static gsize
line_end (const CdScript *script)
{
  const CdShellReader *reader = &script->reader;
  const char *end = memchr (reader->text + reader->position, '\n', reader->end - reader->position);
  return end != NULL ? (gsize) (end - reader->text) : reader->end;
}

static void
skip_blanks (CdShellReader *reader)
{
  while (reader->position < reader->end
         && (reader->text[reader->position] == ' ' || reader->text[reader->position] == '\t' || reader->text[reader->position] == '\r'))
    reader->position++;
}

/* #SBATCH --gres=gpu:8: what the scheduler reads is no remark. */
static gboolean
is_directive (const char *text, gsize length)
{
  static const char *const marks[] = { "#SBATCH ", "#PBS ", "#BSUB ", "#$ -" };
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (length > strlen (marks[i]) && memcmp (text, marks[i], strlen (marks[i])) == 0)
      return TRUE;
  return FALSE;
}

static void
add_directive (CdScript *script, const char *text, gsize length, guint line)
{
  const char *options = memchr (text, ' ', length);
  g_autofree char *joined = g_strndup (options + 1, length - (gsize) (options + 1 - text));
  g_strstrip (joined);
  gsize name = strspn (joined, "-");
  gsize stop = name + strcspn (joined + name, "= \t#");
  g_autofree char *key = g_strndup (joined + name, stop - name);
  char *value = joined + stop + (joined[stop] == '=' ? 1 : 0);
  char *remark = strstr (value, " #");
  if (remark != NULL)
    *remark = '\0';
  if (name > 0 && *key != '\0')
    cd_document_add_setting (script->document, CD_SETTING_ARGUMENT, key, *g_strstrip (value) != '\0' ? value : "true", line);
}

/* The text of a comment line behind its marks. */
static gsize
comment_text (const char *text, gsize start, gsize end)
{
  while (start < end && (text[start] == '#' || text[start] == ' ' || text[start] == '\t'))
    start++;
  return start;
}

void
cd_script_read_comment (CdScript *script)
{
  CdShellReader *reader = &script->reader;
  guint line = cd_lines_at (script->document->lines, reader->position);
  g_autoptr (GString) disabled = NULL;
  gboolean goes_on;
  do {
    gsize start = reader->position, end = line_end (script);
    gsize inside = comment_text (reader->text, start, end), last = end;
    while (last > inside && g_ascii_isspace (reader->text[last - 1]))
      last--;
    gboolean directive = is_directive (reader->text + start, end - start);
    cd_document_add_trimmed (script->document, directive ? CD_PASSAGE_CONFIG : CD_PASSAGE_COMMENT, start, end, script->section, script->paragraph);
    if (directive)
      add_directive (script, reader->text + start, end - start, line);
    else if (disabled == NULL && cd_shell_is_disabled_command (reader->text + inside, last - inside))
      disabled = g_string_new (NULL);
    goes_on = disabled != NULL && last > inside && reader->text[last - 1] == '\\';
    if (disabled != NULL)
      g_string_append_len (disabled, reader->text + inside, (gssize) (last - inside - (goes_on ? 1 : 0)));
    reader->position = MIN (end + 1, reader->end);
    gsize next = reader->position;
    skip_blanks (reader);
    goes_on = goes_on && reader->position < reader->end && reader->text[reader->position] == '#';
    if (!goes_on)
      reader->position = next;
  } while (goes_on);
  if (disabled != NULL)
    cd_script_add_disabled (script, disabled->str, line);
}

void
cd_script_read_heredoc (CdScript *script)
{
  CdShellReader *reader = &script->reader;
  g_autofree char *delimiter = g_steal_pointer (&reader->heredoc);
  gsize start = reader->position, length = strlen (delimiter);
  while (length > 0 && script->misses < HEREDOC_MISSES && reader->position < reader->end) {
    gsize body_end = reader->position, end = line_end (script);
    skip_blanks (reader);
    gsize from = MIN (reader->position, end), to = end;
    while (to > from && g_ascii_isspace (reader->text[to - 1]))
      to--;
    reader->position = MIN (end + 1, reader->end);
    if (to - from == length && memcmp (reader->text + from, delimiter, length) == 0) {
      cd_document_add_lines (script->document, CD_PASSAGE_CODE, start, body_end, script->section, script->paragraph);
      return;
    }
  }
  script->misses++;
  reader->position = start;
}

/* "(env) $ ", "user@host:~$ ", "> ": behind it, or position where there is no prompt. *sure for one that only a shell prints. */
static gsize
behind_prompt (const CdShellReader *reader, gsize end, gboolean *sure)
{
  const char *text = reader->text;
  gsize at = reader->position, limit = MIN (end, at + PROMPT_BYTES);
  *sure = FALSE;
  if (text[at] == '(') {
    const char *close = memchr (text + at, ')', limit - at);
    if (close == NULL || (gsize) (close + 2 - text) >= end || close[1] != ' ')
      return reader->position;
    at = (gsize) (close + 2 - text);
  }
  gsize word = at;
  while (word < limit && text[word] != ' ' && text[word] != '$' && text[word] != '#')
    word++;
  if (word > at && word + 1 < end && memchr (text + at, '@', word - at) != NULL && (text[word] == '$' || text[word] == '#') && text[word + 1] == ' ')
    at = word;
  if (at + 2 < end && text[at + 1] == ' ' && strchr ("$%>#", text[at]) != NULL && text[at] != '\0' && (text[at] != '#' || at > reader->position)) {
    *sure = text[at] == '$';
    return at + 2;
  }
  if (text[at] == '!' && at + 1 < end && g_ascii_isalpha (text[at + 1]))
    return at + 1;
  return at;
}

/* In a fence tagged as shell: a program that no table knows. Output and tables begin otherwise. */
static gboolean
looks_like_program (const char *line, gsize length)
{
  static const char *const keywords[] = { "if", "then", "else", "elif", "fi", "for", "do", "done", "while", "case", "esac", "function", "{", "}" };
  gsize word = 0;
  while (word < length && !g_ascii_isspace (line[word]) && line[word] != ';')
    word++;
  if (word == 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (keywords); i++)
    if (strlen (keywords[i]) == word && memcmp (line, keywords[i], word) == 0)
      return TRUE;
  if (memchr (line, '=', word) != NULL)
    return g_ascii_isalpha (line[0]) || line[0] == '_';
  if (!g_ascii_islower (line[0]) && strchr ("./~$\"[", line[0]) == NULL)
    return FALSE;
  for (gsize i = 1; i < word; i++)
    if (!g_ascii_isalnum (line[i]) && strchr ("._/+-~${}\"[", line[i]) == NULL)
      return FALSE;
  return line[word - 1] != '.' && g_strstr_len (line, (gssize) length, "%|") == NULL;
}

static gboolean
is_command (const char *line, gsize length, Mode mode)
{
  if (mode == MODE_SCRIPT)
    return TRUE;
  return cd_shell_starts_command (line, length) || (mode == MODE_TAGGED && looks_like_program (line, length));
}

static Mode
mode_of (const char *language)
{
  return language == NULL ? MODE_SCRIPT : cd_shell_is_language (language) ? MODE_TAGGED : MODE_DOUBT;
}

/* One line of a script or fence at the reader's position, which is its first byte that is not blank. */
static void
read_fence_line (CdScript *script, Mode *mode, gboolean difference)
{
  CdShellReader *reader = &script->reader;
  gsize start = reader->position, end = line_end (script);
  gboolean prompted = FALSE;
  if (*mode != MODE_SCRIPT) {
    gsize inside = behind_prompt (reader, end, &prompted);
    if (difference && inside == start && reader->text[start] == '+')
      inside = start + 1;
    reader->position = inside;
    skip_blanks (reader);
  }
  /* A prompt in one line makes the unprompted rest output, unless a launcher is known. */
  *mode = prompted && *mode == MODE_TAGGED ? MODE_DOUBT : *mode;
  gsize at = MIN (reader->position, end);
  if (at < end && reader->text[at] == '#') {
    cd_script_read_comment (script);
    return;
  }
  if (at < end && (prompted || is_command (reader->text + at, end - at, *mode))) {
    cd_script_read_line (script);
    if (reader->heredoc != NULL)
      cd_script_read_heredoc (script);
    return;
  }
  cd_document_add_trimmed (script->document, CD_PASSAGE_CODE, start, end, script->section, script->paragraph);
  reader->position = MIN (end + 1, reader->end);
}

void
cd_document_add_shell (CdDocument *document, gsize start, gsize end, gint32 section, guint paragraph, const char *language)
{
  g_auto (CdScript) script;
  cd_script_init (&script, document, start, end, section, paragraph, language);
  script.reader.fence = language != NULL;
  Mode mode = mode_of (language);
  gboolean difference = language != NULL && g_str_has_prefix (language, "diff");
  while (script.reader.position < end) {
    skip_blanks (&script.reader);
    if (script.reader.position >= end)
      break;
    if (document->text[script.reader.position] == '\n')
      script.reader.position++;
    else
      read_fence_line (&script, &mode, difference);
  }
  cd_document_add_bare_links (document, start, end, section);
}

/* NAME = value, NAME := value, NAME ?= value of a Makefile. */
static void
read_make_variable (CdScript *script, gsize end)
{
  const char *text = script->reader.text + script->reader.position;
  gsize length = end - script->reader.position;
  gsize name = 0;
  while (name < length && (g_ascii_isalnum (text[name]) || text[name] == '_'))
    name++;
  gsize at = name;
  while (at < length && text[at] == ' ')
    at++;
  while (at < length && (text[at] == ':' || text[at] == '?' || text[at] == '+'))
    at++;
  if (name == 0 || at >= length || text[at] != '=')
    return;
  g_autofree char *key = g_strndup (text, name);
  g_autofree char *written = g_strndup (text + at + 1, length - at - 1);
  g_autofree char *value = cd_shell_substitute (&script->reader, g_strstrip (written));
  if (script->document->settings->len < CD_LIMIT_SETTINGS)
    cd_document_add_setting (script->document, CD_SETTING_ASSIGNMENT, key, value, cd_lines_at (script->document->lines, script->reader.position));
  g_hash_table_replace (script->variables, g_steal_pointer (&key), g_steal_pointer (&value));
}

static void
read_make_line (CdScript *script)
{
  CdShellReader *reader = &script->reader;
  gsize end = line_end (script);
  gboolean recipe = reader->text[reader->position] == '\t';
  gsize start = reader->position;
  skip_blanks (reader);
  while (recipe && reader->position < end && strchr ("@-+", reader->text[reader->position]) != NULL)
    reader->position++;
  if (reader->position < end && reader->text[reader->position] == '#')
    cd_script_read_comment (script);
  else if (recipe && reader->position < end)
    cd_script_read_line (script);
  else {
    reader->position = start;
    script->paragraph++; /* a rule and its recipe belong together */
    read_make_variable (script, end);
    cd_document_add_trimmed (script->document, CD_PASSAGE_CODE, start, end, script->section, script->paragraph);
    reader->position = MIN (end + 1, reader->end);
  }
}

/* RUN and CMD are commands, ENV and ARG assignments, the rest is code; FROM names the image. */
static void
read_docker_line (CdScript *script)
{
  CdShellReader *reader = &script->reader;
  gsize start = reader->position, end = line_end (script);
  skip_blanks (reader);
  const char *text = reader->text + MIN (reader->position, end);
  gsize left = end - MIN (reader->position, end), word = 0;
  while (word < left && g_ascii_isalpha (text[word]))
    word++;
  g_autofree char *instruction = g_ascii_strup (text, (gssize) word);
  gboolean runs = strcmp (instruction, "RUN") == 0 || strcmp (instruction, "CMD") == 0 || strcmp (instruction, "ENTRYPOINT") == 0;
  gboolean sets = strcmp (instruction, "ENV") == 0 || strcmp (instruction, "ARG") == 0;
  if (left > 0 && text[0] == '#')
    cd_script_read_comment (script);
  else if ((runs || sets) && word < left) {
    reader->position += word;
    cd_script_read_line (script);
  } else {
    g_autofree char *image = g_strndup (text + word, left - word);
    if (strcmp (instruction, "FROM") == 0)
      cd_document_add_setting (script->document, CD_SETTING_CONFIG, "FROM", g_strstrip (image), cd_lines_at (script->document->lines, start));
    cd_document_add_trimmed (script->document, CD_PASSAGE_CODE, start, end, script->section, script->paragraph);
    reader->position = MIN (end + 1, reader->end);
  }
}

void
cd_parse_shell (CdDocument *document, const CdDocumentOptions *options)
{
  (void) options;
  gboolean make = strcmp (document->language, "make") == 0;
  if (!make && strcmp (document->language, "dockerfile") != 0) {
    cd_document_add_shell (document, 0, document->length, -1, 0, NULL);
    return;
  }
  g_auto (CdScript) script;
  cd_script_init (&script, document, 0, document->length, -1, 0, NULL);
  script.reader.make = make;
  while (script.reader.position < document->length) {
    if (make)
      read_make_line (&script);
    else
      read_docker_line (&script);
    g_clear_pointer (&script.reader.heredoc, g_free);
  }
  cd_document_add_bare_links (document, 0, document->length, -1);
}
