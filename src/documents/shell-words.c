/* Shell text into the words of simple commands: quoting, substitution, continuations, redirections, here-document delimiters.
 * Own reader rather than g_shell_parse_argv: it keeps positions and reads on where a shell would stop. */
#include "documents/shell.h"

#include "base/limits.h"

#include <string.h>

#define VALUE_BYTES 16384u    /* a variable longer than this is not substituted */
#define QUOTE_BYTES 65536u    /* a quote that closes farther away than this is taken as a letter */
#define PLACEHOLDER_BYTES 80u /* <your model here> */
#define DEFAULT_DEPTH 4u      /* ${A:-${B:-…}} */

static void append_expansion (CdShellReader *reader, GString *value, const char *text, gsize *position, gsize end, gboolean split, guint depth);

void
cd_shell_reader_init (CdShellReader *reader, const char *text, gsize start, gsize end, GHashTable *variables)
{
  *reader = (CdShellReader){ .text = text,
                             .position = start,
                             .end = end,
                             .variables = variables,
                             .budget = 4096 + 8 * (end - start),
                             .patience = 4u << 20,
                             .no_quote = { G_MAXSIZE, G_MAXSIZE } };
}

void
cd_shell_reader_clear (CdShellReader *reader)
{
  g_clear_pointer (&reader->heredoc, g_free);
}

void
cd_shell_word_free (gpointer data)
{
  CdShellWord *word = data;
  g_free (word->value);
  g_free (word);
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\r';
}

static gboolean
is_name (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/* Behind a backslash at position: where the next line's text begins if only white space (or a comment, a common mishap) is left on this
 * line; 0 where the backslash continues nothing. */
static gsize
continuation (const CdShellReader *reader, gsize position)
{
  gsize at = position + 1;
  while (at < reader->end && is_blank (reader->text[at]))
    at++;
  if (at < reader->end && reader->text[at] == '#' && at > position + 1) {
    const char *line_end = memchr (reader->text + at, '\n', reader->end - at);
    return line_end != NULL ? (gsize) (line_end - reader->text) + 1 : reader->end;
  }
  if (at >= reader->end)
    return at;
  return reader->text[at] == '\n' ? at + 1 : 0;
}

/* Where the quote that opens at position closes; 0 where it does not, or only far away. */
static gsize
closing_quote (CdShellReader *reader, gsize position)
{
  char quote = reader->text[position];
  gsize *none = &reader->no_quote[quote == '"' ? 1 : 0];
  if (position >= *none)
    return 0;
  gsize limit = MIN (reader->end, position + QUOTE_BYTES);
  for (gsize at = position + 1; at < limit; at++) {
    if (reader->text[at] == '\\' && quote == '"')
      at++;
    else if (reader->text[at] == quote)
      return at;
  }
  if (limit == reader->end)
    *none = position;
  return 0;
}

/* The bracket that closes the one at position, or 0. Nesting is counted, not followed. */
static gsize
closing_bracket (CdShellReader *reader, const char *text, gsize position, gsize end)
{
  char open = text[position], close = open == '{' ? '}' : ')';
  guint depth = 0;
  gsize limit = MIN (end, position + MIN (QUOTE_BYTES, reader->patience));
  for (gsize at = position; at < limit; at++) {
    if (text[at] == open)
      depth++;
    else if (text[at] == close && --depth == 0)
      return at;
  }
  reader->patience -= limit - position;
  return 0;
}

/* The backtick that closes the one at position, on the same line; 0 for none. */
static gsize
closing_backtick (const CdShellReader *reader)
{
  gsize at = reader->position + 1;
  while (at < reader->end && reader->text[at] != '`' && reader->text[at] != '\n')
    at++;
  return at < reader->end && reader->text[at] == '`' ? at : 0;
}

/* Append a variable's value; where split, its white space separates words. */
static gboolean
append_value (CdShellReader *reader, GString *value, const char *name, gsize length, gboolean split)
{
  g_autofree char *key = g_strndup (name, length);
  const char *known = reader->variables != NULL ? g_hash_table_lookup (reader->variables, key) : NULL;
  gsize size = known != NULL ? strlen (known) : 0;
  if (known == NULL || size > VALUE_BYTES || size > reader->budget)
    return FALSE;
  reader->budget -= size;
  split = split && strstr (known, "$(") == NULL && strchr (known, '`') == NULL;
  for (const char *at = known; *at != '\0'; at++)
    g_string_append_c (value, split && g_ascii_isspace (*at) ? CD_SHELL_SEPARATOR : *at);
  return TRUE;
}

static void
append_text (CdShellReader *reader, GString *value, const char *text, gsize start, gsize end, guint depth)
{
  for (gsize at = start; at < end;)
    if (text[at] == '$' && depth < DEFAULT_DEPTH)
      append_expansion (reader, value, text, &at, end, FALSE, depth + 1);
    else
      g_string_append_c (value, text[at++]);
}

/* ${NAME}, ${NAME[@]}, ${NAME:-default}, ${1:-default}; other forms stay as written. inside: behind the opening brace. */
static gboolean
append_braced (CdShellReader *reader, GString *value, const char *text, gsize inside, gsize close, gboolean split, guint depth)
{
  gsize name_end = inside;
  while (name_end < close && is_name (text[name_end]))
    name_end++;
  gsize operator= name_end;
  gboolean array
      = close - name_end >= 3 && text[name_end] == '[' && (text[name_end + 1] == '@' || text[name_end + 1] == '*') && text[name_end + 2] == ']';
  operator+= array ? 3 : 0;
  gboolean colon = operator<close && text[operator] == ':';
  gsize word = operator+ (colon ? 2 : 1);
  gboolean with_default = close > operator&& word <= close && (text[word - 1] == '-' || text[word - 1] == '=');
  if (name_end == inside || (operator!= close && !with_default))
    return FALSE;
  if (append_value (reader, value, text + inside, name_end - inside, split))
    return TRUE;
  if (with_default) {
    gsize last = close;
    gboolean quoted = last - word >= 2 && (text[word] == '"' || text[word] == '\'') && text[last - 1] == text[word];
    append_text (reader, value, text, word + (quoted ? 1 : 0), last - (quoted ? 1 : 0), depth);
  }
  return with_default;
}

/* At a dollar: append what it expands to, or itself as written, and step behind it. */
static void
append_expansion (CdShellReader *reader, GString *value, const char *text, gsize *position, gsize end, gboolean split, guint depth)
{
  gsize at = *position, close = 0;
  char next = at + 1 < end ? text[at + 1] : '\0';
  gboolean known = FALSE;
  if (next == '{' || next == '(') {
    close = closing_bracket (reader, text, at + 1, end);
    if (close > 0 && next == '{')
      known = append_braced (reader, value, text, at + 2, close, split, depth);
    else if (close > 0 && reader->make)
      known = append_value (reader, value, text + at + 2, close - at - 2, split);
  } else if (is_name (next)) {
    close = at + 1;
    while (close + 1 < end && is_name (text[close + 1]))
      close++;
    known = append_value (reader, value, text + at + 1, close - at, split);
  } else if (reader->make && next == '$')
    close = at + 1;
  gsize behind = close > 0 ? close + 1 : at + 1;
  if (!known)
    g_string_append_len (value, text + at, (gssize) (close > 0 && next == '$' ? 1 : behind - at));
  *position = behind;
}

char *
cd_shell_substitute (CdShellReader *reader, const char *text)
{
  GString *value = g_string_new (NULL);
  append_text (reader, value, text, 0, strlen (text), 0);
  return g_string_free (value, FALSE);
}

static void
append_double_quoted (CdShellReader *reader, GString *value, gsize close)
{
  const char *text = reader->text;
  gsize at = reader->position + 1;
  while (at < close) {
    if (text[at] == '\\' && at + 1 < close && strchr ("\"\\$`\n", text[at + 1]) != NULL && text[at + 1] != '\0') {
      if (text[at + 1] != '\n')
        g_string_append_c (value, text[at + 1]);
      at += 2;
    } else if (text[at] == '$')
      append_expansion (reader, value, text, &at, close, FALSE, 0);
    else
      g_string_append_c (value, text[at++]);
  }
  reader->position = close + 1;
}

/* A placeholder such as <path to model>, as READMEs write them: one word, no redirection. */
static gsize
placeholder_end (const CdShellReader *reader)
{
  gsize limit = MIN (reader->end, reader->position + PLACEHOLDER_BYTES);
  gsize at = reader->position + 1;
  if (at >= limit || (!g_ascii_isalpha (reader->text[at]) && (guchar) reader->text[at] < 0x80))
    return 0;
  for (; at < limit; at++) {
    if (reader->text[at] == '>')
      return at + 1;
    if (strchr ("<\n&|;", reader->text[at]) != NULL)
      return 0;
  }
  return 0;
}

/* Take one quoted part, expansion, escape or plain byte into value. FALSE at the end of the word. */
static gboolean
read_part (CdShellReader *reader, GString *value, gboolean assignment)
{
  char c = reader->text[reader->position];
  gsize close;
  switch (c) {
    case '\'':
    case '"':
      close = closing_quote (reader, reader->position);
      if (close == 0)
        break;
      if (c == '"')
        append_double_quoted (reader, value, close);
      else {
        g_string_append_len (value, reader->text + reader->position + 1, (gssize) (close - reader->position - 1));
        reader->position = close + 1;
      }
      return TRUE;
    case '`':
      close = closing_backtick (reader);
      if (close == 0)
        break;
      g_string_append_len (value, reader->text + reader->position, (gssize) (close + 1 - reader->position));
      reader->position = close + 1;
      return TRUE;
    case '$':
      append_expansion (reader, value, reader->text, &reader->position, reader->end, !assignment, 0);
      return TRUE;
    case '\\':
      if (reader->position + 1 >= reader->end || continuation (reader, reader->position) > 0)
        return FALSE;
      g_string_append_c (value, reader->text[reader->position + 1]);
      reader->position += 2;
      return TRUE;
    case '<':
      close = placeholder_end (reader);
      if (close == 0)
        return FALSE;
      g_string_append_len (value, reader->text + reader->position, (gssize) (close - reader->position));
      reader->position = close;
      return TRUE;
    case ' ':
    case '\t':
    case '\r':
    case '\n':
    case ';':
    case '&':
    case '|':
    case '(':
    case ')':
    case '>':
      return FALSE;
    default:
      break;
  }
  if (c != CD_SHELL_SEPARATOR)
    g_string_append_c (value, c);
  reader->position++;
  return TRUE;
}

/* The length of NAME where value so far is "NAME" and an equals sign follows (NAME+= counts), else 0. */
static gsize
assigned_name (const CdShellReader *reader, const GString *value, gboolean *append)
{
  gsize length = value->len;
  if (reader->text[reader->position] != '=' || length == 0 || g_ascii_isdigit (value->str[0]))
    return 0;
  *append = length > 1 && value->str[length - 1] == '+';
  length -= *append ? 1 : 0;
  for (gsize i = 0; i < length; i++)
    if (!is_name (value->str[i]))
      return 0;
  return length;
}

static void
add_word (GPtrArray *words, const char *value, gsize start, gsize end, gsize name, gboolean append)
{
  CdShellWord *word = g_new0 (CdShellWord, 1);
  word->value = g_strdup (value);
  word->start = start;
  word->end = end;
  word->name = name;
  word->append = append;
  g_ptr_array_add (words, word);
}

/* Behind "NAME=(": the elements up to the closing bracket, joined by separators. */
static void
read_array (CdShellReader *reader, GString *value)
{
  const char *text = reader->text;
  gboolean between = TRUE;
  gsize elements = value->len;
  reader->position++;
  while (reader->position < reader->end && text[reader->position] != ')') {
    char c = text[reader->position];
    gsize next = c == '\\' ? continuation (reader, reader->position) : 0;
    if (c == '#' && between) {
      const char *line_end = memchr (text + reader->position, '\n', reader->end - reader->position);
      reader->position = line_end != NULL ? (gsize) (line_end - text) : reader->end;
    } else if (next > 0 || is_blank (c) || c == '\n') {
      reader->position = next > 0 ? next : reader->position + 1;
      between = TRUE;
    } else {
      if (between && value->len > elements)
        g_string_append_c (value, CD_SHELL_SEPARATOR);
      between = FALSE;
      if (!read_part (reader, value, FALSE))
        g_string_append_c (value, text[reader->position++]);
    }
  }
  reader->position = MIN (reader->position + 1, reader->end);
}

/* Read one word and append it; an expansion with spaces in it becomes several. words NULL: drop it. */
static void
read_word (CdShellReader *reader, GPtrArray *words)
{
  g_autoptr (GString) value = g_string_new (NULL);
  gsize start = reader->position, name = 0;
  gboolean append = FALSE, expanded = reader->text[start] == '$';
  while (reader->position < reader->end) {
    if (name == 0 && reader->text[reader->position] == '=')
      name = assigned_name (reader, value, &append);
    gboolean equals = reader->text[reader->position] == '=';
    if (!read_part (reader, value, name > 0))
      break;
    gboolean opens
        = name > 0 && equals && value->len == name + (append ? 2 : 1) && reader->position < reader->end && reader->text[reader->position] == '(';
    if (opens && closing_bracket (reader, reader->text, reader->position, reader->end) > 0)
      read_array (reader, value);
  }
  reader->last = reader->position;
  gboolean numbers_a_stream
      = reader->position < reader->end && reader->text[reader->position] == '>' && value->len == 1 && g_ascii_isdigit (value->str[0]);
  if (words == NULL || numbers_a_stream || (expanded && value->len == 0))
    return;
  if (name > 0 || strchr (value->str, CD_SHELL_SEPARATOR) == NULL) {
    add_word (words, value->str, start, reader->position, name, append);
    return;
  }
  g_auto (GStrv) parts = g_strsplit (value->str, "\x1f", -1);
  for (char **part = parts; *part != NULL; part++)
    if (**part != '\0')
      add_word (words, *part, start, reader->position, 0, FALSE);
}

/* At '<' or '>': step behind the redirection and its target. A here-document's delimiter is kept. */
static void
read_redirection (CdShellReader *reader)
{
  const char *text = reader->text;
  gsize start = reader->position;
  while (reader->position < reader->end && (text[reader->position] == '<' || text[reader->position] == '>'))
    reader->position++;
  gboolean heredoc = reader->position - start == 2 && text[start] == '<' && text[start + 1] == '<';
  if (reader->position < reader->end
      && (text[reader->position] == '&' || text[reader->position] == '|' || (heredoc && text[reader->position] == '-')))
    reader->position++;
  while (reader->position < reader->end && is_blank (text[reader->position]))
    reader->position++;
  gsize target = reader->position;
  if (target < reader->end && text[target] != '\n')
    read_word (reader, NULL);
  if (heredoc && reader->position > target && reader->heredoc == NULL) {
    g_autofree char *written = g_strndup (text + target, reader->position - target);
    g_strdelimit (written, "'\"\\", ' ');
    reader->heredoc = g_strdup (g_strstrip (written));
  }
  /* >(tee log): the process at the other end is no part of the command. */
  gsize process = reader->position == target && target < reader->end && text[target] == '(' ? closing_bracket (reader, text, target, reader->end) : 0;
  if (process > 0)
    reader->position = process + 1;
  else if (reader->position == target && target < reader->end && strchr ("();&|", text[target]) != NULL)
    reader->position++;
  reader->last = reader->position;
}

/* Where the line at position begins with an option: its author forgot the backslash before it. */
static gboolean
begins_with_option (const CdShellReader *reader, gsize position)
{
  while (position < reader->end && is_blank (reader->text[position]))
    position++;
  return reader->end - position > 2 && reader->text[position] == '-' && reader->text[position + 1] == '-'
         && g_ascii_isalpha (reader->text[position + 2]);
}

/* At '#': keep the comment and step to its line's end. TRUE where the command goes on in the next line. */
static gboolean
read_comment (CdShellReader *reader, GArray *comments)
{
  const char *line_end = memchr (reader->text + reader->position, '\n', reader->end - reader->position);
  gsize end = line_end != NULL ? (gsize) (line_end - reader->text) : reader->end;
  CdShellRange range = { reader->position, end };
  while (range.end > range.start && is_blank (reader->text[range.end - 1]))
    range.end--;
  g_array_append_val (comments, range);
  reader->position = end;
  return end < reader->end && (reader->text[range.end - 1] == '\\' || begins_with_option (reader, end + 1));
}

/* At an operator that is no redirection: what ends here. "&>" is a redirection. */
static CdShellEnd
read_operator (CdShellReader *reader)
{
  char c = reader->text[reader->position++];
  char next = reader->position < reader->end ? reader->text[reader->position] : '\0';
  if (c == '(' || c == ')')
    return c == '(' ? CD_SHELL_OPEN : CD_SHELL_CLOSE;
  if ((c == '&' || c == '|' || c == ';') && (next == c || (c == '|' && next == '&'))) {
    reader->position++;
    return c == ';' ? CD_SHELL_SEQUENCE : CD_SHELL_JOINED;
  }
  return c == '|' ? CD_SHELL_JOINED : CD_SHELL_SEQUENCE;
}

/* Behind a continuation: the prompt of the next line in a session. */
static void
skip_continuation_prompt (CdShellReader *reader)
{
  if (reader->fence && reader->end - reader->position > 2 && memcmp (reader->text + reader->position, "> ", 2) == 0)
    reader->position += 2;
}

CdShellEnd
cd_shell_read (CdShellReader *reader, GPtrArray *words, GArray *comments)
{
  const char *text = reader->text;
  gboolean started = FALSE;
  while (reader->position < reader->end) {
    char c = text[reader->position];
    gsize next = c == '\\' ? continuation (reader, reader->position) : 0;
    if (is_blank (c) || next > 0) {
      reader->position = next > 0 ? next : reader->position + 1;
      if (next > 0)
        skip_continuation_prompt (reader);
      continue;
    }
    if (c == '\n') {
      reader->position++;
      if (started && words->len > 0 && !reader->make && begins_with_option (reader, reader->position))
        continue;
      return CD_SHELL_NEWLINE;
    }
    if (c == '#') {
      gboolean goes_on = read_comment (reader, comments);
      reader->position += goes_on ? 1 : 0;
      continue;
    }
    if (!started)
      reader->first = reader->last = reader->position;
    started = TRUE;
    gsize arithmetic = c == '(' && reader->position + 1 < reader->end && text[reader->position + 1] == '('
                           ? closing_bracket (reader, text, reader->position, reader->end)
                           : 0;
    if (arithmetic > 0) /* (( … )) holds no command */
    {
      reader->position = reader->last = arithmetic + 1;
      continue;
    }
    gboolean both = c == '&' && reader->position + 1 < reader->end && text[reader->position + 1] == '>';
    reader->position += both ? 1 : 0;
    if (c == '>' || both || (c == '<' && placeholder_end (reader) == 0))
      read_redirection (reader);
    else if (strchr (";&|()", c) != NULL && c != '\0')
      return read_operator (reader);
    else
      read_word (reader, words);
  }
  return CD_SHELL_EOF;
}
