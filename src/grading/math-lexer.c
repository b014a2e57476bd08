/* Characters into tokens, one pass, no look back: LaTeX commands, plain words, Unicode and numbers are brought to the same tokens here.
 * Structure is the parser's business; numbers with separators and exponents are read in math-number.c. */
#include "grading/math-lexer.h"
#include "grading/math-scan.h"

#include <string.h>

static CdToken *
emit (CdMathScan *scan, CdTokenType type, int id, const char *text)
{
  if (scan->count >= CD_MATH_TOKENS) {
    scan->full = TRUE;
    return &scan->tokens[scan->count - 1];
  }
  CdToken *token = &scan->tokens[scan->count++];
  *token = (CdToken){ .type = type, .id = id, .text = text, .spaced = scan->blank, .upright = scan->upright > 0 };
  scan->blank = FALSE;
  return token;
}

CdToken *
cd_math_scan_emit (CdMathScan *scan, CdTokenType type, int id, const char *text)
{
  return emit (scan, type, id, text);
}

static void
emit_letter (CdMathScan *scan, const char *letter)
{
  if (*letter == 'e' || *letter == 'i') {
    if (scan->text[scan->at + 1] != '_') {
      emit (scan, CD_TOKEN_CONSTANT, *letter == 'e' ? CD_MATH_E : CD_MATH_I, *letter == 'e' ? "e" : "i");
      return;
    }
  }
  emit (scan, CD_TOKEN_LETTER, 0, cd_math_arena_text (scan->arena, letter, 1));
}

static void
emit_row (CdMathScan *scan, const CdMathWord *row)
{
  if (row->type == CD_TOKEN_NONE || row->type == CD_TOKEN_FONT) {
    scan->blank = TRUE;
    return;
  }
  if (row->type == CD_TOKEN_FUNCTION && row->id == CD_MATH_LOG && row->text == NULL)
    scan->ambiguity->log = TRUE;
  emit (scan, row->type, row->id, row->text);
}

/* A function or constant with one letter glued to it: "sinx", "pir". */
static gboolean
emit_glued (CdMathScan *scan, const char *word, gsize length)
{
  const CdMathWord *row = length >= 3 ? cd_math_word (word, length - 1) : NULL;
  if (row == NULL || (row->type != CD_TOKEN_FUNCTION && row->type != CD_TOKEN_CONSTANT))
    return FALSE;
  emit_row (scan, row);
  emit_letter (scan, word + length - 1);
  return TRUE;
}

/* A run of letters: a known word, a word of a text, the name of a point or a segment, or a product of letters. */
static void
scan_letters (CdMathScan *scan)
{
  const char *start = scan->text + scan->at;
  gsize length = 0, capitals = 0;
  for (; g_ascii_isalpha (start[length]); length++)
    capitals += g_ascii_isupper (start[length]);
  if (length == 1) {
    emit_letter (scan, start);
    scan->at++;
    return;
  }
  char *word = cd_math_arena_text (scan->arena, start, length);
  for (gsize i = 0; i < length; i++)
    word[i] = g_ascii_tolower (word[i]);
  const CdMathWord *row = cd_math_word (word, length);
  gboolean called = start[length] == '(' || start[length] == '{' || start[length] == '_' || start[length] == '^';
  scan->at += length - 1;
  if (row != NULL && row->type == CD_TOKEN_FUNCTION && scan->upright > 0 && !called && (row->id == CD_MATH_MIN || row->id == CD_MATH_SEC))
    row = NULL;
  if (row != NULL && capitals == length && row->type != CD_TOKEN_WORD && row->type != CD_TOKEN_AND && row->type != CD_TOKEN_OR)
    row = NULL;
  if (row != NULL && row->type == CD_TOKEN_RELATION && scan->upright > 0 && row->id == 'i')
    row = NULL; /* \text{in}: inches */
  if (row != NULL)
    emit_row (scan, row);
  else if (scan->upright > 0)
    emit (scan, CD_TOKEN_WORD, 0, word);
  else if (capitals == length && length <= 6)
    emit (scan, CD_TOKEN_LETTER, 0, cd_math_arena_text (scan->arena, start, length));
  else if (length > 3 || (capitals > 0 && length == 3)) {
    if (!emit_glued (scan, word, length))
      emit (scan, CD_TOKEN_WORD, 0, word);
  } else if (!emit_glued (scan, word, length))
    for (gsize i = 0; i < length; i++)
      emit_letter (scan, start + i);
  scan->at++;
}

/* Past "{…}" behind blanks, with what it holds; NULL where none stands there. */
static const char *
scan_braced (CdMathScan *scan)
{
  gsize at = scan->at;
  while (scan->text[at] == ' ' || scan->text[at] == '*')
    at++;
  const char *close = scan->text[at] == '{' ? strchr (scan->text + at, '}') : NULL;
  if (close == NULL)
    return NULL;
  const char *held = scan->text + at + 1;
  scan->at = (gsize) (close - scan->text) + 1;
  return cd_math_arena_text (scan->arena, held, (gsize) (close - held));
}

static void
scan_environment (CdMathScan *scan, const CdMathWord *row)
{
  const char *name = scan_braced (scan);
  if (name == NULL) {
    emit (scan, CD_TOKEN_UNREADABLE, 0, NULL);
    return;
  }
  emit (scan, row->type, 0, name);
  if (row->type == CD_TOKEN_BEGIN && g_str_has_prefix (name, "array"))
    scan_braced (scan); /* the alignment of columns */
}

static void
scan_blackboard (CdMathScan *scan)
{
  const char *name = scan_braced (scan);
  char letter = name != NULL ? name[0] : scan->text[scan->at] == ' ' ? scan->text[scan->at + 1] : scan->text[scan->at];
  if (name == NULL && letter != '\0')
    scan->at += scan->text[scan->at] == ' ' ? 2 : 1;
  gboolean known = letter != '\0' && strchr ("RZNQC", letter) != NULL;
  emit (scan, known ? CD_TOKEN_NAMED_SET : CD_TOKEN_UNREADABLE, letter, NULL);
}

static void
open_brace (CdMathScan *scan, gboolean silent)
{
  if (scan->braces < CD_MATH_SCAN_BRACES)
    scan->silent[scan->braces] = silent;
  scan->braces++;
  if (silent)
    scan->upright++;
  else
    emit (scan, CD_TOKEN_BRACE_OPEN, 0, NULL);
}

static void
close_brace (CdMathScan *scan)
{
  if (scan->braces == 0)
    return; /* one too many */
  scan->braces--;
  if (scan->braces < CD_MATH_SCAN_BRACES && scan->silent[scan->braces]) {
    scan->upright--;
    scan->blank = TRUE;
  } else
    emit (scan, CD_TOKEN_BRACE_CLOSE, 0, NULL);
}

/* Where the command has its effect on what follows rather than a token of its own. */
static void
scan_named_command (CdMathScan *scan, const char *name, gsize length)
{
  const CdMathWord *row = cd_math_command (name, length);
  if (row == NULL) {
    emit (scan, CD_TOKEN_UNREADABLE, 0, cd_math_arena_text (scan->arena, name, length));
    return;
  }
  switch (row->type) {
    case CD_TOKEN_BEGIN:
    case CD_TOKEN_END_ENVIRONMENT:
      scan_environment (scan, row);
      break;
    case CD_TOKEN_BLACKBOARD:
      scan_blackboard (scan);
      break;
    case CD_TOKEN_TEXT_OPEN:
      scan->blank = TRUE;
      while (scan->text[scan->at] == ' ' || scan->text[scan->at] == '*')
        scan->at++;
      if (scan->text[scan->at] == '{') {
        scan->at++;
        open_brace (scan, TRUE);
      }
      break;
    case CD_TOKEN_GAP:
      emit (scan, CD_TOKEN_COMMA, 'q', NULL);
      break;
    case CD_TOKEN_NONE:
      scan->blank = TRUE;
      if ((strcmp (row->name, "left") == 0 || strcmp (row->name, "right") == 0) && scan->text[scan->at] == '.')
        scan->at++;
      else if (strcmp (row->name, "hspace") == 0 || strcmp (row->name, "phantom") == 0)
        scan_braced (scan);
      break;
    default:
      emit_row (scan, row);
  }
}

static const struct {
  char character;
  CdTokenType type;
  int id;
  const char *text;
} ESCAPED[] = {
  { '\\', CD_TOKEN_ROW, 0, NULL },    { '$', CD_TOKEN_CURRENCY, 0, "dollar" }, { '%', CD_TOKEN_PERCENT, 0, NULL }, { '{', CD_TOKEN_OPEN, '{', NULL },
  { '}', CD_TOKEN_CLOSE, '}', NULL }, { '|', CD_TOKEN_BAR, 0, NULL },          { '&', CD_TOKEN_AND, 0, NULL },
};

static const struct {
  const char *text;
  CdTokenType type;
  int id;
} PLAIN[] = {
  { "**", CD_TOKEN_POWER, 0 },      { "*", CD_TOKEN_TIMES, 0 },       { "+/-", CD_TOKEN_PLUS_MINUS, 0 }, { "+-", CD_TOKEN_PLUS_MINUS, 0 },
  { "+", CD_TOKEN_PLUS, 0 },        { "->", CD_TOKEN_RELATION, 't' }, { "-", CD_TOKEN_MINUS, 0 },        { "/", CD_TOKEN_DIVIDE, 0 },
  { "^", CD_TOKEN_POWER, 0 },       { "_", CD_TOKEN_SUBSCRIPT, 0 },   { "!=", CD_TOKEN_RELATION, 'n' },  { "!", CD_TOKEN_FACTORIAL, 0 },
  { "%", CD_TOKEN_PERCENT, 0 },     { "(", CD_TOKEN_OPEN, '(' },      { ")", CD_TOKEN_CLOSE, ')' },      { "[", CD_TOKEN_OPEN, '[' },
  { "]", CD_TOKEN_CLOSE, ']' },     { "|", CD_TOKEN_BAR, 0 },         { ",", CD_TOKEN_COMMA, 0 },        { ";", CD_TOKEN_SEMICOLON, 0 },
  { ":=", CD_TOKEN_RELATION, '=' }, { ":", CD_TOKEN_COLON, 0 },       { "==", CD_TOKEN_RELATION, '=' },  { "=>", CD_TOKEN_RELATION, 't' },
  { "=<", CD_TOKEN_RELATION, 'l' }, { "=", CD_TOKEN_RELATION, '=' },  { "<=", CD_TOKEN_RELATION, 'l' },  { "<>", CD_TOKEN_RELATION, 'n' },
  { "<", CD_TOKEN_RELATION, '<' },  { ">=", CD_TOKEN_RELATION, 'g' }, { ">", CD_TOKEN_RELATION, '>' },   { "...", CD_TOKEN_DOTS, 0 },
  { "&", CD_TOKEN_CELL, 0 },        { "'", CD_TOKEN_PRIME, 0 },
};

static void
scan_command (CdMathScan *scan)
{
  const char *name = scan->text + ++scan->at;
  gsize length = 0;
  while (g_ascii_isalpha (name[length]))
    length++;
  if (length > 0) {
    scan->at += length;
    scan_named_command (scan, name, length);
    return;
  }
  if (*name == '\0')
    return;
  scan->at++;
  for (gsize i = 0; i < G_N_ELEMENTS (ESCAPED); i++)
    if (ESCAPED[i].character == *name) {
      emit (scan, ESCAPED[i].type, ESCAPED[i].id, ESCAPED[i].text);
      return;
    }
  scan->blank = TRUE; /* \, \! \; and the brackets of formulas */
}

static gboolean
scan_plain (CdMathScan *scan)
{
  const char *text = scan->text + scan->at;
  for (gsize i = 0; i < G_N_ELEMENTS (PLAIN); i++) {
    gsize length = strlen (PLAIN[i].text);
    if (strncmp (text, PLAIN[i].text, length) != 0)
      continue;
    emit (scan, PLAIN[i].type, PLAIN[i].id, NULL);
    scan->at += length;
    if (PLAIN[i].type == CD_TOKEN_OPEN)
      scan->delimiters++;
    else if (PLAIN[i].type == CD_TOKEN_CLOSE && scan->delimiters > 0)
      scan->delimiters--;
    return TRUE;
  }
  return FALSE;
}

/* The bytes of the Chinese characters (U+4E00 to U+9FFF) at text: a word. */
static gsize
ideographs (const char *text)
{
  gsize length = 0;
  for (const guchar *c = (const guchar *) text;
       c[length] >= 0xe4 && c[length] <= 0xe9 && (c[length + 1] & 0xc0) == 0x80 && (c[length + 2] & 0xc0) == 0x80;)
    length += 3;
  return length;
}

static void
scan_one (CdMathScan *scan)
{
  char c = scan->text[scan->at];
  if (g_ascii_isdigit (c) || (c == '.' && g_ascii_isdigit (scan->text[scan->at + 1])))
    cd_math_scan_number (scan);
  else if (g_ascii_isalpha (c))
    scan_letters (scan);
  else if (c == '\\')
    scan_command (scan);
  else if (c == '{') {
    scan->at++;
    open_brace (scan, FALSE);
  } else if (c == '}') {
    scan->at++;
    close_brace (scan);
  } else if (g_ascii_isspace (c) || c == '$' || c == '~' || c == '"' || c == '`') {
    scan->at++;
    scan->blank = TRUE;
  } else if ((guchar) c >= 0x80) {
    gsize length = 0;
    const CdMathWord *row = NULL;
    if (cd_math_scan_superscript (scan))
      return;
    row = cd_math_character (scan->text + scan->at, &length);
    if (row == NULL && (length = ideographs (scan->text + scan->at)) > 0) {
      emit (scan, CD_TOKEN_WORD, 0, cd_math_arena_text (scan->arena, scan->text + scan->at, length));
      scan->at += length;
    } else if (row == NULL) {
      emit (scan, CD_TOKEN_UNREADABLE, 0, NULL);
      scan->at++;
    } else {
      emit_row (scan, row);
      scan->at += length;
    }
  } else if (!scan_plain (scan)) {
    if (c != '.' || (scan->text[scan->at + 1] != '\0' && !g_ascii_isspace (scan->text[scan->at + 1])))
      emit (scan, CD_TOKEN_UNREADABLE, 0, NULL);
    scan->at++;
  }
}

CdToken *
cd_math_tokens (CdMathArena *arena, const char *text, const CdMathReading *reading, CdMathAmbiguity *ambiguity, guint *length)
{
  gsize most = MIN (strlen (text) * 8 + 1, CD_MATH_TOKENS + 1);
  CdMathScan scan = { .arena = arena, .text = text, .reading = reading, .ambiguity = ambiguity };
  scan.tokens = cd_math_arena_take (arena, most * sizeof (CdToken));
  const char *comma = strchr (text, ',');
  scan.single_comma = comma != NULL && strchr (comma + 1, ',') == NULL;
  while (scan.text[scan.at] != '\0' && !scan.full)
    scan_one (&scan);
  if (scan.full)
    return NULL;
  scan.tokens[scan.count] = (CdToken){ .type = CD_TOKEN_END };
  *length = scan.count;
  return scan.tokens;
}
