/* Source code of any language, line by line: comments of the //, block, # and -- families set apart from code.
 * Also the two smallest passage makers. Strings are not tokenized: a mark inside quotes on the same line is skipped, no more. */
#include "documents/lines.h"

#include <string.h>

void
cd_document_add_trimmed (CdDocument *document, CdPassageKind kind, gsize start, gsize end, gint32 section, guint paragraph)
{
  if (end <= start)
    return;
  CdRange range = cd_range_trim (document->text, (CdRange){ start, end });
  if (range.end > range.start)
    cd_document_add_passage (document, kind, range.start, range.end, section, paragraph);
}

typedef struct {
  const char *language;
  const char *line;         /* begins a comment to the end of its line */
  const char *open, *close; /* a block */
} Family;

/* The last row is for languages not named. */
static const Family FAMILIES[] = {
  { "ruby", "#", NULL, NULL },     { "perl", "#", NULL, NULL },     { "r", "#", NULL, NULL },          { "julia", "#", "#=", "=#" },
  { "cmake", "#", NULL, NULL },    { "cython", "#", NULL, NULL },   { "powershell", "#", "<#", "#>" }, { "lua", "--", "--[[", "]]" },
  { "sql", "--", "/*", "*/" },     { "haskell", "--", "{-", "-}" }, { "lean", "--", "/-", "-/" },      { "ocaml", NULL, "(*", "*)" },
  { "lisp", ";", NULL, NULL },     { "matlab", "%", "%{", "%}" },   { "xml", NULL, "<!--", "-->" },    { "jinja", NULL, "{#", "#}" },
  { "batch", "REM ", NULL, NULL }, { "", "#", NULL, NULL },         { NULL, "//", "/*", "*/" },
};

static const Family *
family_of (const char *language)
{
  const Family *family = FAMILIES;
  while (family->language != NULL && strcmp (family->language, language) != 0)
    family++;
  return family;
}

static gboolean
starts (const char *text, gsize at, gsize end, const char *mark)
{
  if (mark == NULL || at >= end || text[at] != *mark)
    return FALSE;
  gsize length = strlen (mark);
  return length > 0 && end - at >= length && memcmp (text + at, mark, length) == 0;
}

/* Where a comment begins in [at, end) of one line, quotes skipped; end for nowhere. "://" begins none. */
static gsize
find_comment (const char *text, gsize at, gsize end, const Family *family)
{
  char quote = '\0';
  for (gsize i = at; i < end; i++) {
    if (quote != '\0') {
      i += text[i] == '\\' ? 1 : 0;
      quote = i < end && text[i] == quote ? '\0' : quote;
    } else if (text[i] == '"' || text[i] == '`')
      quote = text[i];
    else if (starts (text, i, end, family->open) || (starts (text, i, end, family->line) && (i == at || text[i - 1] != ':')))
      return i;
  }
  return end;
}

static gsize
end_of_line (const CdDocument *document, gsize at)
{
  const char *line_end = memchr (document->text + at, '\n', document->length - at);
  return line_end != NULL ? (gsize) (line_end - document->text) : document->length;
}

void
cd_parse_code (CdDocument *document, const CdDocumentOptions *options)
{
  (void) options;
  const Family *family = family_of (document->language);
  const char *text = document->text;
  guint paragraph = 0;
  gsize at = 0;
  while (at < document->length) {
    gsize end = end_of_line (document, at);
    gsize comment = find_comment (text, at, end, family);
    paragraph += end == at ? 1 : 0; /* blank lines part blocks */
    cd_document_add_trimmed (document, CD_PASSAGE_CODE, at, comment, -1, paragraph);
    gsize next = end;
    if (comment < end && starts (text, comment, end, family->open)) {
      const char *close
          = g_strstr_len (text + comment + strlen (family->open), (gssize) (document->length - comment - strlen (family->open)), family->close);
      next = close != NULL ? (gsize) (close - text) + strlen (family->close) : document->length;
      cd_document_add_lines (document, CD_PASSAGE_COMMENT, comment, next, -1, paragraph);
    } else
      cd_document_add_trimmed (document, CD_PASSAGE_COMMENT, comment, end, -1, paragraph);
    at = next < document->length && text[next] == '\n' ? next + 1 : next;
  }
  cd_document_add_bare_links (document, 0, document->length, -1);
}
