/* Blocks of code and front matter inside prose documents: which kind a block is, and its passages.
 * Commands are left to shell.c, Python to python.c. */
#include "documents/parsers.h"
#include "documents/prose.h"

#include <string.h>

#define FRONT_MATTER_LINES 500u
#define FRONT_MATTER_DEPTH 16u

typedef enum { BLOCK_UNKNOWN, BLOCK_SHELL, BLOCK_PYTHON, BLOCK_CONFIG, BLOCK_BIBTEX, BLOCK_CODE } BlockKind;

static const struct {
  const char *tag;
  BlockKind kind;
} TAGS[] = {
  { "", BLOCK_UNKNOWN },
  { "bash", BLOCK_SHELL },
  { "sh", BLOCK_SHELL },
  { "shell", BLOCK_SHELL },
  { "zsh", BLOCK_SHELL },
  { "console", BLOCK_SHELL },
  { "shell-session", BLOCK_SHELL },
  { "bash-session", BLOCK_SHELL },
  { "sh-session", BLOCK_SHELL },
  { "terminal", BLOCK_SHELL },
  { "cmd", BLOCK_SHELL },
  { "bat", BLOCK_SHELL },
  { "powershell", BLOCK_SHELL },
  { "shellscript", BLOCK_SHELL },
  { "diff", BLOCK_UNKNOWN },
  { "text", BLOCK_UNKNOWN },
  { "txt", BLOCK_UNKNOWN },
  { "plaintext", BLOCK_UNKNOWN },
  { "plain", BLOCK_UNKNOWN },
  { "none", BLOCK_UNKNOWN },
  { "python", BLOCK_PYTHON },
  { "py", BLOCK_PYTHON },
  { "python3", BLOCK_PYTHON },
  { "ipython", BLOCK_PYTHON },
  { "json", BLOCK_CONFIG },
  { "jsonc", BLOCK_CONFIG },
  { "json5", BLOCK_CONFIG },
  { "yaml", BLOCK_CONFIG },
  { "yml", BLOCK_CONFIG },
  { "toml", BLOCK_CONFIG },
  { "ini", BLOCK_CONFIG },
  { "cfg", BLOCK_CONFIG },
  { "bibtex", BLOCK_BIBTEX },
  { "bib", BLOCK_BIBTEX },
  { "biblatex", BLOCK_BIBTEX },
};

static BlockKind
kind_of_tag (const char *tag)
{
  for (gsize i = 0; i < G_N_ELEMENTS (TAGS); i++)
    if (g_ascii_strcasecmp (tag, TAGS[i].tag) == 0)
      return TAGS[i].kind;
  return BLOCK_CODE;
}

/* TRUE where the first line is an import or a definition. */
static gboolean
begins_python (const char *text, gsize length)
{
  CdRange range = cd_range_trim (text, (CdRange){ 0, length });
  const char *at = text + range.start;
  gsize left = range.end - range.start;
  const char *newline = left > 0 ? memchr (at, '\n', left) : NULL;
  gsize line = newline != NULL ? (gsize) (newline - at) : left;
  if (line > 5 && memcmp (at, "from ", 5) == 0)
    return memmem (at, line, " import ", 8) != NULL;
  if (line > 7 && memcmp (at, "import ", 7) == 0)
    return memchr (at, ';', line) == NULL && memchr (at, '{', line) == NULL;
  return line > 4 && memcmp (at, "def ", 4) == 0 && memchr (at, ':', line) != NULL;
}

/* Tags are often wrong or missing: the text decides where it is plain. */
static BlockKind
kind_of_block (const char *text, gsize length, const char *tag)
{
  BlockKind kind = kind_of_tag (tag);
  if (cd_text_begins_bibtex (text, length))
    return BLOCK_BIBTEX;
  if (kind == BLOCK_SHELL || cd_text_begins_with_command (text, length))
    return BLOCK_SHELL;
  if (kind != BLOCK_UNKNOWN)
    return kind;
  if (begins_python (text, length))
    return BLOCK_PYTHON;
  return cd_text_looks_like_commands (text, length) ? BLOCK_SHELL : BLOCK_CODE;
}

void
cd_document_add_block (CdDocument *document, gsize start, gsize end, gint32 section, guint paragraph, const char *tag)
{
  static const CdPassageKind LINES[] = { [BLOCK_CONFIG] = CD_PASSAGE_CONFIG, [BLOCK_BIBTEX] = CD_PASSAGE_BIBTEX, [BLOCK_CODE] = CD_PASSAGE_CODE };
  if (start >= end)
    return;
  BlockKind kind = kind_of_block (document->text + start, end - start, tag);
  if (kind == BLOCK_SHELL) {
    cd_document_add_shell (document, start, end, section, paragraph, tag);
    return;
  }
  if (kind == BLOCK_PYTHON) {
    cd_document_add_python (document, start, end, section, paragraph);
    return;
  }
  cd_document_add_lines (document, LINES[kind], start, end, section, paragraph);
  if (kind != BLOCK_BIBTEX)
    cd_document_add_bare_links (document, start, end, section);
}

/* The keys that enclose the current line of front matter, by their indentation. */
typedef struct {
  char *keys[FRONT_MATTER_DEPTH];
  gsize indents[FRONT_MATTER_DEPTH];
  guint depth;
} Nest;

static void
nest_close (Nest *nest, gsize indent)
{
  while (nest->depth > 0 && nest->indents[nest->depth - 1] >= indent)
    g_free (nest->keys[--nest->depth]);
}

static char *
nest_path (const Nest *nest)
{
  GString *path = g_string_new (NULL);
  for (guint i = 0; i < nest->depth; i++)
    g_string_append_printf (path, "%s%s", i > 0 ? "." : "", nest->keys[i]);
  return g_string_free (path, FALSE);
}

/* The value after a key or dash, quotes and a trailing comment removed. */
static char *
scalar (const char *text, CdRange range)
{
  range = cd_range_trim (text, range);
  gsize length = range.end - range.start;
  const char *at = text + range.start;
  if (length >= 2 && (*at == '"' || *at == '\'') && at[length - 1] == *at)
    return g_strndup (at + 1, length - 2);
  const char *comment = length > 0 ? memmem (at, length, " #", 2) : NULL;
  return g_strndup (at, comment != NULL ? (gsize) (comment - at) : length);
}

static void
read_front_line (CdDocument *document, Nest *nest, CdRange raw, guint line)
{
  const char *text = document->text;
  CdRange range = cd_range_trim (text, raw);
  if (range.start == range.end || text[range.start] == '#')
    return;
  gsize indent = range.start - raw.start;
  gboolean item = text[range.start] == '-' && (range.start + 1 == range.end || text[range.start + 1] == ' ');
  /* A list may stand at its key's own indentation. */
  nest_close (nest, item ? indent + 1 : indent);
  if (item)
    range = cd_range_trim (text, (CdRange){ range.start + 1, range.end });
  gsize colon = range.start;
  while (colon < range.end && (text[colon] != ':' || (colon + 1 < range.end && !g_ascii_isspace (text[colon + 1]))))
    colon++;
  gboolean keyed = colon < range.end && colon > range.start && strchr ("\"'{[", text[range.start]) == NULL;
  if (keyed && nest->depth < FRONT_MATTER_DEPTH) {
    nest->keys[nest->depth] = g_strndup (text + range.start, colon - range.start);
    nest->indents[nest->depth++] = item ? indent + 2 : indent;
  }
  CdRange rest = cd_range_trim (text, (CdRange){ keyed ? colon + 1 : range.start, range.end });
  if (rest.start == rest.end || nest->depth == 0)
    return;
  g_autofree char *key = nest_path (nest);
  g_autofree char *value = scalar (text, rest);
  cd_document_add_setting (document, CD_SETTING_FRONT_MATTER, key, value, line);
}

static gboolean
is_fence (const CdDocument *document, guint line, const char *mark)
{
  gsize start = 0, end = 0;
  if (!cd_lines_range (document->lines, document->text, document->length, line, &start, &end) || end - start < 3)
    return FALSE;
  return memcmp (document->text + start, mark, 3) == 0 && cd_range_trim (document->text, (CdRange){ start + 3, end }).start == end;
}

/* The line that closes the front matter, 0 where there is none. */
static guint
front_matter_end (const CdDocument *document)
{
  if (!is_fence (document, 1, "---"))
    return 0;
  for (guint line = 2; line <= FRONT_MATTER_LINES && line <= document->lines->starts->len; line++)
    if (is_fence (document, line, "---") || is_fence (document, line, "..."))
      return line;
  return 0;
}

gsize
cd_document_add_front_matter (CdDocument *document)
{
  guint last = front_matter_end (document);
  /* "---" twice with a blank line first is a pair of rules, not front matter. */
  gsize start = 0, end = 0;
  if (last <= 2 || !cd_lines_range (document->lines, document->text, document->length, 2, &start, &end)
      || cd_range_trim (document->text, (CdRange){ start, end }).start == end)
    return 0;
  Nest nest = { .depth = 0 };
  for (guint line = 2; line < last; line++) {
    cd_lines_range (document->lines, document->text, document->length, line, &start, &end);
    CdRange trimmed = cd_range_trim (document->text, (CdRange){ start, end });
    if (trimmed.start < trimmed.end)
      cd_document_add_passage (document, CD_PASSAGE_CONFIG, trimmed.start, trimmed.end, -1, 0);
    read_front_line (document, &nest, (CdRange){ start, end }, line);
  }
  nest_close (&nest, 0);
  cd_lines_range (document->lines, document->text, document->length, last, &start, &end);
  while (end < document->length && document->text[end] != '\n')
    end++;
  return MIN (end + 1, document->length);
}
