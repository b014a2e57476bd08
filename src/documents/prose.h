/* What the prose parsers (Markdown, HTML, LaTeX, RST, plain text, PDF) share: paragraph numbers, bare URLs, lines as passages, tables. */
#pragma once
#include "documents/document.h"

#define CD_TABLE_COLUMNS 200u
#define CD_TABLE_ROWS 5000u
#define CD_TABLE_MADE_CELLS 4000u /* cells that a table may hold beyond those written: spans repeated, rows padded */
#define CD_TABLES 1000u           /* tables kept of one document */
#define CD_PASSAGE_COLUMNS 65536u /* a longer run of text without a full stop is cut into passages of this many bytes */

/* A range of bytes of document->text. */
typedef struct {
  gsize start, end;
} CdRange;

/* The number after the last passage's: free in parsers whose numbers only grow. */
guint cd_document_next_paragraph (const CdDocument *document);
/* Append text with runs of white space as one space; none at the start or after another space. */
void cd_text_append_collapsed (GString *out, const char *text, gsize length);
/* The range without white space at both ends. */
CdRange cd_range_trim (const char *text, CdRange range);
/* One passage a non-blank line of [start, end). */
void cd_document_add_lines (CdDocument *document, CdPassageKind kind, gsize start, gsize end, gint32 section, guint paragraph);
/* The next URL with a scheme (http, https, ftp) at or after *from; moves *from past it. FALSE when there is none. */
gboolean cd_text_next_url (const char *text, gsize length, gsize *from, CdRange *url);
/* TRUE where one of the first lines of a code block reads like a shell command or assignment. */
gboolean cd_text_looks_like_commands (const char *text, gsize length);
/* TRUE where the first line that is no comment calls a known program: a shell block whatever its tag says. */
gboolean cd_text_begins_with_command (const char *text, gsize length);
/* TRUE for "@article{" and the like. */
gboolean cd_text_begins_bibtex (const char *text, gsize length);
/* TRUE where there is a letter or digit outside of tags. */
gboolean cd_text_has_words (const char *text, gsize length);
/* A copy of the same length in valid UTF-8 for parsers that report positions: bad bytes become '?', NUL and CR a space. Caller frees. */
char *cd_text_same_length_utf8 (const char *text, gsize length);
/* Add context flags to the passages from first on. */
void cd_document_flag_passages (CdDocument *document, guint first, guint flags);
/* A block of code [start, end) that a document shows: shell, Python, configuration, BibTeX or listing, by its tag and its looks.
 * tag: "" where there is none. code-blocks.c. */
void cd_document_add_block (CdDocument *document, gsize start, gsize end, gint32 section, guint paragraph, const char *tag);
/* YAML front matter at the top of a Markdown file: settings and CONFIG passages; returns the bytes it takes, 0 when there is none. code-blocks.c. */
gsize cd_document_add_front_matter (CdDocument *document);

/* The links and images of a piece of HTML that is not part of document->text; line is that of its first byte. */
void cd_document_add_html_links (CdDocument *document, const char *html, gsize length, guint line, gint32 section);
/* The value of alt="…" within a raw tag, an empty range where there is none. */
CdRange cd_html_alt_range (const char *text, CdRange tag);

/* tables.c: a table while it is read; bounded, spans repeated, rows padded when it is added to the document. */
typedef struct _CdTableMaker CdTableMaker;
CdTableMaker *cd_table_maker_new (guint line, gint32 section);
void cd_table_maker_free (CdTableMaker *maker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdTableMaker, cd_table_maker_free)
void cd_table_maker_begin_row (CdTableMaker *maker);
void cd_table_maker_add_cell (CdTableMaker *maker, const char *text, guint line, gboolean bold, gboolean heading, guint columns, guint rows);
/* Row count so far, the one begun included. */
guint cd_table_maker_rows (const CdTableMaker *maker);
/* Add the table to the document and return it (borrowed), or NULL where it is empty or one too many. Takes the maker. caption is copied. */
CdTable *cd_table_maker_finish (CdTableMaker *maker, CdDocument *document, guint end_line, guint header_rows, const char *caption);
/* The same table without a document. Caller frees with cd_table_free. */
CdTable *cd_table_maker_take (CdTableMaker *maker, guint end_line, guint header_rows, const char *caption);
void cd_table_free (gpointer table);
