/* LaTeX: sections, sentences, tables, captions, links and bibliographies of a paper's source, in one pass without macros expanded.
 * Comments are blanked first and never shown. Tables are cut into cells by latex-table.c. */
#include "documents/latex.h"

#include "documents/parsers.h"

#include <string.h>

#define ARGUMENT_BYTES 4096u /* a longer argument of a heading or caption is cut */
#define NAME_BYTES 24u

static const struct {
  const char *name;
  guint level;
} HEADINGS[] = {
  { "title", 1 }, { "chapter", 1 }, { "section", 2 }, { "subsection", 3 }, { "subsubsection", 4 }, { "paragraph", 5 }, { "subparagraph", 6 },
};

typedef enum { ENV_PLAIN, ENV_CODE, ENV_TABLE, ENV_HIDDEN, ENV_ABSTRACT, ENV_FLOAT, ENV_BIBLIOGRAPHY } Environment;

static const struct {
  const char *name;
  Environment kind;
} ENVIRONMENTS[] = {
  { "verbatim", ENV_CODE },
  { "Verbatim", ENV_CODE },
  { "lstlisting", ENV_CODE },
  { "minted", ENV_CODE },
  { "alltt", ENV_CODE },
  { "tabular", ENV_TABLE },
  { "tabular*", ENV_TABLE },
  { "tabularx", ENV_TABLE },
  { "longtable", ENV_TABLE },
  { "tabulary", ENV_TABLE },
  { "tblr", ENV_TABLE },
  { "comment", ENV_HIDDEN },
  { "abstract", ENV_ABSTRACT },
  { "table", ENV_FLOAT },
  { "table*", ENV_FLOAT },
  { "wraptable", ENV_FLOAT },
  { "thebibliography", ENV_BIBLIOGRAPHY },
};

/* Lines that begin with these set up the document and say nothing. */
static const char *const SETUP[] = {
  "usepackage",
  "documentclass",
  "newcommand",
  "renewcommand",
  "providecommand",
  "def",
  "let",
  "DeclareMathOperator",
  "RequirePackage",
  "input",
  "include",
  "bibliography",
  "bibliographystyle",
  "label",
  "vspace",
  "hspace",
  "centering",
  "maketitle",
  "newpage",
  "clearpage",
  "appendix",
  "setlength",
  "addtolength",
  "definecolor",
  "graphicspath",
  "pagestyle",
  "includegraphics",
  "noindent",
  "small",
  "footnotesize",
  "hypersetup",
  "lstset",
  "newtheorem",
  "newenvironment",
  "tableofcontents",
  "resizebox",
  "setcounter",
  "makeatletter",
  "makeatother",
};

typedef struct {
  CdDocument *document;
  char *text; /* the document's text, comments blanked with CD_LATEX_HIDDEN */
  gsize length;
  CdRange open; /* of the paragraph being read; start G_MAXSIZE: none */
  guint paragraph;
  guint float_tables; /* tables of the document when the float began */
  gboolean in_float, in_bibliography;
  char *caption; /* of the float, met before its table */
} Reader;

static gint32
current_section (const Reader *reader)
{
  return (gint32) reader->document->sections->len - 1;
}

/* From a percent sign that is no \% to the line's end. */
static void
blank_comments (char *text, gsize length)
{
  for (gsize at = 0; at < length; at++) {
    if (text[at] == '\\')
      at++;
    else if (text[at] == '%')
      for (; at < length && text[at] != '\n'; at++)
        text[at] = CD_LATEX_HIDDEN;
  }
}

gsize
cd_latex_argument_end (const char *text, gsize at, gsize end)
{
  guint depth = 0;
  for (end = MIN (end, at + ARGUMENT_BYTES); at < end; at++) {
    if (text[at] == '\\')
      at++;
    else if (text[at] == '{')
      depth++;
    else if (text[at] == '}' && --depth == 0)
      return at + 1;
  }
  return 0;
}

char *
cd_latex_visible (const char *text, gsize length, gboolean *bold)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  for (gsize at = 0; at < length; at++) {
    char c = text[at];
    if (c == '\\' && at + 1 < length && g_ascii_isalpha (text[at + 1])) {
      gsize name = ++at;
      while (at < length && g_ascii_isalpha (text[at]))
        at++;
      gboolean bolds = (at - name == 6 && memcmp (text + name, "textbf", 6) == 0) || (at - name == 8 && memcmp (text + name, "bfseries", 8) == 0)
                       || (at - name == 2 && memcmp (text + name, "bf", 2) == 0);
      *bold = *bold || bolds;
      at -= at < length && text[at] == ' ' ? 0 : 1;
    } else if (c == '\\' && at + 1 < length)
      g_string_append_c (plain, strchr ("\\,;! ", text[++at]) != NULL ? ' ' : text[at]);
    else if (c == '~' || c == CD_LATEX_HIDDEN)
      g_string_append_c (plain, ' ');
    else if (strchr ("{}$", c) == NULL)
      g_string_append_c (plain, c);
  }
  GString *collapsed = g_string_new (NULL);
  cd_text_append_collapsed (collapsed, plain->str, plain->len);
  return g_strchomp (g_string_free (collapsed, FALSE));
}

void
cd_latex_add_visible (CdDocument *document, const char *text, CdPassageKind kind, CdRange range, gint32 section, guint paragraph)
{
  while (range.start < range.end) {
    while (range.start < range.end && (text[range.start] == CD_LATEX_HIDDEN || g_ascii_isspace (text[range.start])))
      range.start++;
    const char *hidden = range.start < range.end ? memchr (text + range.start, CD_LATEX_HIDDEN, range.end - range.start) : NULL;
    CdRange piece = cd_range_trim (text, (CdRange){ range.start, hidden != NULL ? (gsize) (hidden - text) : range.end });
    range.start = hidden != NULL ? (gsize) (hidden - text) : range.end;
    if (!cd_text_has_words (text + piece.start, piece.end - piece.start))
      continue;
    if (kind == CD_PASSAGE_PROSE)
      cd_document_add_sentences (document, kind, piece.start, piece.end, section, paragraph);
    else if (kind == CD_PASSAGE_CODE || kind == CD_PASSAGE_BIBTEX)
      cd_document_add_lines (document, kind, piece.start, piece.end, section, paragraph);
    else
      cd_document_add_passage (document, kind, piece.start, piece.end, section, paragraph);
  }
}

/* \url{…} and \href{…}{…}, and URLs outside of them. */
static void
add_links (Reader *reader, CdRange range)
{
  const char *text = reader->text;
  gsize bare = range.start;
  while (bare < range.end) {
    const char *found = memmem (text + bare, range.end - bare, "\\href{", 6);
    gsize href = found != NULL ? (gsize) (found - text) : range.end;
    CdRange url;
    for (gsize at = bare; at < href && cd_text_next_url (text, href, &at, &url);) {
      g_autofree char *target = g_strndup (text + url.start, url.end - url.start);
      cd_document_add_link (reader->document, target, target, cd_lines_at (reader->document->lines, url.start), current_section (reader), FALSE,
                            TRUE);
    }
    gsize end = href < range.end ? cd_latex_argument_end (text, href + 5, range.end) : 0;
    bare = end > 0 ? end : MIN (range.end, href + 6);
    gsize label = end > 0 && end < range.end && text[end] == '{' ? cd_latex_argument_end (text, end, range.end) : 0;
    if (label == 0)
      continue;
    gboolean bold = FALSE;
    g_autofree char *target = g_strndup (text + href + 6, end - 1 - (href + 6));
    g_autofree char *shown = cd_latex_visible (text + end + 1, label - 1 - (end + 1), &bold);
    cd_document_add_link (reader->document, target, shown, cd_lines_at (reader->document->lines, href), current_section (reader), FALSE, FALSE);
    bare = label;
  }
}

static void
flush (Reader *reader)
{
  CdRange range = reader->open;
  reader->open = (CdRange){ G_MAXSIZE, 0 };
  if (range.start >= range.end)
    return;
  CdPassageKind kind = reader->in_bibliography ? CD_PASSAGE_BIBTEX : CD_PASSAGE_PROSE;
  cd_latex_add_visible (reader->document, reader->text, kind, range, current_section (reader), reader->paragraph);
  add_links (reader, range);
}

static void
end_paragraph (Reader *reader)
{
  gboolean open = reader->open.start < reader->open.end;
  flush (reader);
  reader->paragraph += open ? 1 : 0;
}

static void
add_heading (Reader *reader, CdRange argument, guint level)
{
  end_paragraph (reader);
  gboolean bold = FALSE;
  g_autofree char *title = cd_latex_visible (reader->text + argument.start, argument.end - argument.start, &bold);
  if (*title == '\0')
    return;
  gint32 section = cd_document_add_section (reader->document, title, level, cd_lines_at (reader->document->lines, argument.start));
  cd_latex_add_visible (reader->document, reader->text, CD_PASSAGE_HEADING, argument, section, reader->paragraph++);
}

static void
add_caption (Reader *reader, CdRange argument)
{
  end_paragraph (reader);
  gboolean bold = FALSE;
  cd_latex_add_visible (reader->document, reader->text, CD_PASSAGE_CAPTION, argument, current_section (reader), reader->paragraph++);
  add_links (reader, argument);
  if (!reader->in_float)
    return;
  g_autofree char *caption = cd_latex_visible (reader->text + argument.start, argument.end - argument.start, &bold);
  for (guint i = reader->float_tables; i < reader->document->tables->len; i++) {
    CdTable *table = g_ptr_array_index (reader->document->tables, i);
    if (table->caption == NULL)
      table->caption = g_strdup (caption);
  }
  g_free (reader->caption);
  reader->caption = g_steal_pointer (&caption);
}

static Environment
environment_kind (const char *name, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ENVIRONMENTS); i++)
    if (strlen (ENVIRONMENTS[i].name) == length && memcmp (ENVIRONMENTS[i].name, name, length) == 0)
      return ENVIRONMENTS[i].kind;
  return ENV_PLAIN;
}

/* Where "\end{name}" stands at or after at; the document's end where it is missing. */
static gsize
find_end (const Reader *reader, const char *raw, gsize at, const char *name, gsize name_length)
{
  g_autofree char *mark = g_strdup_printf ("\\end{%.*s}", (int) name_length, name);
  const char *found = memmem (raw + at, reader->length - at, mark, strlen (mark));
  return found != NULL ? (gsize) (found - raw) : reader->length;
}

/* An environment that is read whole; returns where reading goes on. at: behind "\begin{name}". */
static gsize
read_environment (Reader *reader, Environment kind, gsize at, const char *name, gsize name_length)
{
  /* Percent signs in code are no comments, so its end is looked for in the text as written. */
  const char *raw = kind == ENV_CODE ? reader->document->text : reader->text;
  gsize end = find_end (reader, raw, at, name, name_length);
  end_paragraph (reader);
  if (kind == ENV_CODE) {
    const char *newline = memchr (raw + at, '\n', end - at);
    gsize start = newline != NULL ? (gsize) (newline - raw) : at;
    cd_document_add_block (reader->document, start, end, current_section (reader), reader->paragraph, "");
    reader->paragraph = MAX (reader->paragraph + 1, cd_document_next_paragraph (reader->document));
  } else if (kind == ENV_TABLE) {
    cd_latex_add_table (reader->document, reader->text, (CdRange){ at, end }, current_section (reader), reader->paragraph++, reader->caption);
    add_links (reader, (CdRange){ at, end });
  }
  return end;
}

/* "\begin{…}" or "\end{…}" at `at`; returns where reading goes on. */
static gsize
read_begin_end (Reader *reader, gsize at, gboolean begin)
{
  gsize open = at + (begin ? 6 : 4);
  gsize close = cd_latex_argument_end (reader->text, open, reader->length);
  if (close == 0)
    return open;
  const char *name = reader->text + open + 1;
  gsize length = close - open - 2;
  Environment kind = environment_kind (name, length);
  end_paragraph (reader);
  if (begin && kind == ENV_ABSTRACT)
    cd_document_add_section (reader->document, "Abstract", 2, cd_lines_at (reader->document->lines, at));
  if (kind == ENV_FLOAT) {
    reader->in_float = begin;
    reader->float_tables = reader->document->tables->len;
    g_clear_pointer (&reader->caption, g_free);
  }
  if (kind == ENV_BIBLIOGRAPHY)
    reader->in_bibliography = begin;
  if (begin && (kind == ENV_CODE || kind == ENV_TABLE || kind == ENV_HIDDEN))
    return read_environment (reader, kind, close, name, length);
  /* Options of the environment ("[htbp]") are no text. */
  if (close < reader->length && reader->text[close] == '[') {
    const char *end = memchr (reader->text + close, ']', MIN (reader->length - close, 64u));
    close = end != NULL ? (gsize) (end - reader->text) + 1 : close;
  }
  return close;
}

static gboolean
is_setup (const char *name, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SETUP); i++)
    if (strlen (SETUP[i]) == length && memcmp (SETUP[i], name, length) == 0)
      return TRUE;
  return FALSE;
}

static gsize
line_end (const Reader *reader, gsize at)
{
  const char *newline = memchr (reader->text + at, '\n', reader->length - at);
  return newline != NULL ? (gsize) (newline - reader->text) : reader->length;
}

/* A command at `at` that structures the document; returns where reading goes on, 0 where the command is part of the text. */
static gsize
read_command (Reader *reader, gsize at)
{
  const char *text = reader->text;
  gsize name = at + 1;
  gsize end = name;
  while (end < reader->length && end - name < NAME_BYTES && g_ascii_isalpha (text[end]))
    end++;
  gsize length = end - name;
  if (length == 5 && memcmp (text + name, "begin", 5) == 0)
    return read_begin_end (reader, at, TRUE);
  if (length == 3 && memcmp (text + name, "end", 3) == 0)
    return read_begin_end (reader, at, FALSE);
  if ((length == 4 && memcmp (text + name, "item", 4) == 0) || (length == 7 && memcmp (text + name, "bibitem", 7) == 0)) {
    flush (reader);
    return end;
  }
  if (is_setup (text + name, length)) {
    flush (reader);
    gsize stop = end < reader->length && text[end] == '{' ? cd_latex_argument_end (text, end, reader->length) : 0;
    return MAX (stop, line_end (reader, end));
  }
  gsize argument = end < reader->length && text[end] == '*' ? end + 1 : end;
  if (argument >= reader->length || text[argument] != '{')
    return 0;
  gsize stop = cd_latex_argument_end (text, argument, reader->length);
  CdRange inside = { argument + 1, stop - 1 };
  if (stop == 0)
    return 0;
  gboolean caption = length == 7 && memcmp (text + name, "caption", 7) == 0;
  if (caption)
    add_caption (reader, inside);
  for (gsize i = 0; !caption && i < G_N_ELEMENTS (HEADINGS); i++)
    if (strlen (HEADINGS[i].name) == length && memcmp (HEADINGS[i].name, text + name, length) == 0) {
      add_heading (reader, inside, HEADINGS[i].level);
      return stop;
    }
  return caption ? stop : 0;
}

static gboolean
blank_line_follows (const Reader *reader, gsize at)
{
  for (at++; at < reader->length && reader->text[at] != '\n'; at++)
    if (reader->text[at] != ' ' && reader->text[at] != '\t' && reader->text[at] != '\r')
      return FALSE;
  return TRUE;
}

void
cd_parse_latex (CdDocument *document, const CdDocumentOptions *options G_GNUC_UNUSED)
{
  g_autofree char *text = g_malloc (document->length + 1);
  memcpy (text, document->text, document->length);
  text[document->length] = '\0';
  blank_comments (text, document->length);
  Reader reader = { .document = document, .text = text, .length = document->length, .open = { G_MAXSIZE, 0 } };
  for (gsize at = 0; at < reader.length;) {
    gsize next = text[at] == '\\' && at + 1 < reader.length ? read_command (&reader, at) : 0;
    if (next > 0) {
      at = MAX (next, at + 1);
      continue;
    }
    if (text[at] == '\n' && blank_line_follows (&reader, at))
      end_paragraph (&reader);
    else if (!g_ascii_isspace (text[at]) && text[at] != CD_LATEX_HIDDEN) {
      reader.open.start = MIN (reader.open.start, at);
      reader.open.end = at + 1;
    }
    /* An escaped character is part of the text whatever it is. */
    at += text[at] == '\\' && at + 1 < reader.length && text[at + 1] != '\n' ? 2 : 1;
    reader.open.end = reader.open.start < at ? MIN (MAX (reader.open.end, reader.open.start + 1), reader.length) : reader.open.end;
  }
  end_paragraph (&reader);
  g_free (reader.caption);
}
