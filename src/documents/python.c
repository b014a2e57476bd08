/* Python in one linear pass: strings, comments and brackets told apart, so that passages follow logical lines. A long bracketed statement is
 * cut at line ends. What a logical line states (imports, settings) is python-facts.c's business. */
#include "documents/python.h"

#include <string.h>

#define PASSAGE_BYTES 2000u /* a longer statement goes on in a new passage at the next line */

typedef struct {
  CdPythonLine line;
  gsize position, end;
  gsize piece; /* where the passage being read began; G_MAXSIZE for none */
  gsize last;  /* end of its last token */
  guint depth; /* open brackets */
  gint32 section;
  guint paragraph;
  gboolean grouped; /* every function body gets a paragraph of its own */
  gsize function;   /* columns before the def being read; G_MAXSIZE outside */
} Reader;

static char
peek (const Reader *reader, gsize ahead)
{
  gsize at = reader->position + ahead;
  return at < reader->end ? reader->line.document->text[at] : '\0';
}

static void
flush_piece (Reader *reader, CdPassageKind kind)
{
  CdDocument *document = reader->line.document;
  if (reader->piece == G_MAXSIZE)
    return;
  if (reader->last - reader->piece > 2 * PASSAGE_BYTES)
    cd_document_add_lines (document, kind, reader->piece, reader->last, reader->section, reader->paragraph);
  else
    cd_document_add_trimmed (document, kind, reader->piece, reader->last, reader->section, reader->paragraph);
  reader->piece = G_MAXSIZE;
}

/* A docstring: one passage a paragraph, quotes left out. */
static void
add_docstring (Reader *reader, gsize start, gsize end)
{
  CdDocument *document = reader->line.document;
  const char *text = document->text;
  while (start < end && text[start] != '"' && text[start] != '\'')
    start++;
  while (start < end && (text[start] == '"' || text[start] == '\''))
    start++;
  while (end > start && (text[end - 1] == '"' || text[end - 1] == '\''))
    end--;
  gsize from = start, at = start;
  while (at < end) {
    const char *newline = memchr (text + at, '\n', end - at);
    gsize line_end = newline != NULL ? (gsize) (newline - text) : end;
    CdRange line = cd_range_trim (text, (CdRange){ at, line_end });
    if (line.end <= line.start || line_end - from > PASSAGE_BYTES) {
      cd_document_add_trimmed (document, CD_PASSAGE_COMMENT, from, line_end, reader->section, reader->paragraph);
      from = line_end;
    }
    at = line_end + 1;
  }
  cd_document_add_trimmed (document, CD_PASSAGE_COMMENT, MIN (from, end), end, reader->section, reader->paragraph);
  reader->piece = G_MAXSIZE;
}

static gboolean
token_is (const Reader *reader, guint index, const char *word)
{
  if (index >= reader->line.tokens->len)
    return FALSE;
  const CdPythonToken *token = &g_array_index (reader->line.tokens, CdPythonToken, index);
  if (reader->line.document->text[token->start] != *word)
    return FALSE;
  gsize length = strlen (word);
  return token->end - token->start == length && memcmp (reader->line.document->text + token->start, word, length) == 0;
}

/* Paragraphs: a def, class or decorator begins one, a line no deeper than it ends it. */
static void
group (Reader *reader)
{
  gboolean begins = token_is (reader, 0, "def") || token_is (reader, 0, "class") || token_is (reader, 0, "async");
  gboolean decorated = token_is (reader, 0, "@");
  gboolean leaves = reader->function != G_MAXSIZE && reader->line.indent <= reader->function;
  if (!reader->grouped || (!begins && !decorated && !leaves))
    return;
  reader->paragraph++;
  reader->function = begins || decorated ? reader->line.indent : G_MAXSIZE;
}

/* The end of a logical line. */
static void
finish_line (Reader *reader)
{
  GArray *tokens = reader->line.tokens;
  gboolean docstring = tokens->len > 0;
  for (guint i = 0; docstring && i < tokens->len; i++)
    docstring = g_array_index (tokens, CdPythonToken, i).kind == CD_PYTHON_STRING;
  if (docstring && reader->piece != G_MAXSIZE)
    add_docstring (reader, reader->piece, reader->last);
  else
    flush_piece (reader, CD_PASSAGE_CODE);
  if (tokens->len > 0 && !docstring)
    cd_python_take_line (&reader->line);
  g_array_set_size (tokens, 0);
  reader->depth = 0;
}

static void
add_token (Reader *reader, CdPythonKind kind, gsize start)
{
  char sign = kind == CD_PYTHON_OPERATOR && reader->position - start == 1 ? reader->line.document->text[start] : '\0';
  CdPythonToken token = { (guint32) start, (guint32) reader->position, kind, sign };
  if (reader->line.tokens->len < CD_PYTHON_TOKENS)
    g_array_append_val (reader->line.tokens, token);
  if (reader->line.tokens->len == 1)
    group (reader);
  if (reader->piece == G_MAXSIZE)
    reader->piece = start;
  reader->last = reader->position;
}

/* At an opening quote: step behind the closing one. A plain string ends with its line, a triple one with the text. */
static void
skip_string (Reader *reader)
{
  const char *text = reader->line.document->text;
  char quote = text[reader->position];
  gboolean triple = peek (reader, 1) == quote && peek (reader, 2) == quote;
  reader->position += triple ? 3 : 1;
  while (reader->position < reader->end) {
    char c = text[reader->position];
    if (c == '\\')
      reader->position++;
    else if (c == '\n' && !triple)
      return;
    else if (c == quote && (!triple || (peek (reader, 1) == quote && peek (reader, 2) == quote))) {
      reader->position += triple ? 3 : 1;
      return;
    }
    reader->position++;
  }
  reader->position = MIN (reader->position, reader->end);
}

static const gboolean is_prefix[256]
    = { ['r'] = TRUE, ['R'] = TRUE, ['b'] = TRUE, ['B'] = TRUE, ['u'] = TRUE, ['U'] = TRUE, ['f'] = TRUE, ['F'] = TRUE };

/* r"…", b'…', f"…" and pairs of them. */
static gsize
string_prefix (const Reader *reader)
{
  gsize length = 0;
  while (length < 3 && is_prefix[(guchar) peek (reader, length)])
    length++;
  char quote = peek (reader, length);
  return length < 3 && (quote == '"' || quote == '\'') ? length : G_MAXSIZE;
}

static void
read_word (Reader *reader)
{
  const char *text = reader->line.document->text;
  gsize start = reader->position, prefix = string_prefix (reader);
  if (prefix != G_MAXSIZE) {
    reader->position += prefix;
    skip_string (reader);
    add_token (reader, CD_PYTHON_STRING, start);
    return;
  }
  gboolean number = g_ascii_isdigit (text[start]) || text[start] == '.';
  gsize at = start;
  while (at < reader->end) {
    char c = text[at];
    gboolean exponent = number && (c == '+' || c == '-') && g_ascii_tolower (text[at - 1]) == 'e' && text[start + 1] != 'x';
    if (!g_ascii_isalnum (c) && c != '_' && (guchar) c < 0x80 && !(number && c == '.') && !exponent)
      break;
    at++;
  }
  reader->position = at;
  add_token (reader, number ? CD_PYTHON_NUMBER : CD_PYTHON_NAME, start);
}

static void
read_operator (Reader *reader)
{
  gsize start = reader->position;
  char first = peek (reader, 0), second = peek (reader, 1);
  gboolean doubled = second == first && (first == '*' || first == '/' || first == '<' || first == '>');
  gboolean pair = doubled || (first == '-' && second == '>') || (second == '=' && first != '\0' && strchr ("=!<>:+-*/|&%", first) != NULL);
  reader->position += pair ? 2 : 1;
  if (first == '(' || first == '[' || first == '{')
    reader->depth++;
  else if ((first == ')' || first == ']' || first == '}') && reader->depth > 0)
    reader->depth--;
  add_token (reader, CD_PYTHON_OPERATOR, start);
}

static void
read_comment (Reader *reader)
{
  const char *text = reader->line.document->text;
  const char *newline = memchr (text + reader->position, '\n', reader->end - reader->position);
  gsize end = newline != NULL ? (gsize) (newline - text) : reader->end;
  flush_piece (reader, CD_PASSAGE_CODE);
  cd_document_add_trimmed (reader->line.document, CD_PASSAGE_COMMENT, reader->position, end, reader->section, reader->paragraph);
  reader->position = end;
}

/* Brackets that were never closed must not swallow the file: a statement that only begins a line resets them. */
static gboolean
begins_statement (const Reader *reader)
{
  static const char *const words[] = { "def ", "class ", "import ", "from ", "if __name__" };
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    gsize length = strlen (words[i]);
    if (reader->end - reader->position > length && memcmp (reader->line.document->text + reader->position, words[i], length) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Behind a line end: indentation, the prompts of an interactive session, lost brackets. */
static void
begin_line (Reader *reader)
{
  gsize start = reader->position;
  if (reader->depth > 0 && begins_statement (reader))
    finish_line (reader);
  if (reader->depth > 0) {
    if (reader->piece != G_MAXSIZE && reader->last - reader->piece > PASSAGE_BYTES)
      flush_piece (reader, CD_PASSAGE_CODE);
    return;
  }
  if (reader->end - start > 4
      && (memcmp (reader->line.document->text + start, ">>> ", 4) == 0 || memcmp (reader->line.document->text + start, "... ", 4) == 0))
    reader->position += 4;
  gsize first = reader->position;
  while (peek (reader, 0) == ' ' || peek (reader, 0) == '\t')
    reader->position++;
  reader->line.indent = reader->position - first;
}

static void
read_text (Reader *reader)
{
  begin_line (reader);
  while (reader->position < reader->end) {
    char c = peek (reader, 0);
    if (c == '\n') {
      reader->position++;
      if (reader->depth == 0)
        finish_line (reader);
      begin_line (reader);
    } else if (c == '#')
      read_comment (reader);
    else if (c == '\\' && (peek (reader, 1) == '\n' || (peek (reader, 1) == '\r' && peek (reader, 2) == '\n')))
      reader->position += peek (reader, 1) == '\n' ? 2 : 3;
    else if (c == ' ' || c == '\t' || c == '\r' || c == '\f')
      reader->position++;
    else if (c == '"' || c == '\'' || g_ascii_isalnum (c) || c == '_' || (guchar) c >= 0x80 || (c == '.' && g_ascii_isdigit (peek (reader, 1))))
      read_word (reader);
    else
      read_operator (reader);
  }
  finish_line (reader);
}

static void
add_python (CdDocument *document, gsize start, gsize end, gint32 section, guint paragraph, gboolean grouped)
{
  Reader reader
      = { .position = start, .end = end, .piece = G_MAXSIZE, .section = section, .paragraph = paragraph, .grouped = grouped, .function = G_MAXSIZE };
  cd_python_line_init (&reader.line, document);
  read_text (&reader);
  cd_python_line_clear (&reader.line);
  cd_document_add_bare_links (document, start, end, section);
}

void
cd_document_add_python (CdDocument *document, gsize start, gsize end, gint32 section, guint paragraph)
{
  add_python (document, start, end, section, paragraph, FALSE);
}

void
cd_parse_python (CdDocument *document, const CdDocumentOptions *options)
{
  (void) options;
  add_python (document, 0, document->length, -1, 0, TRUE);
}
