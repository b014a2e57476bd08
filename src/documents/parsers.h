/* The parsers behind cd_document_parse, one per kind of file. Each fills an empty document made by cd_document_new. For documents/ only. */
#pragma once
#include "documents/document.h"

typedef void (*CdParser) (CdDocument *document, const CdDocumentOptions *options);

void cd_parse_markdown (CdDocument *document, const CdDocumentOptions *options);     /* markdown.c, with html.c for HTML inside */
void cd_parse_latex (CdDocument *document, const CdDocumentOptions *options);        /* latex.c */
void cd_parse_rst (CdDocument *document, const CdDocumentOptions *options);          /* rst.c */
void cd_parse_plain (CdDocument *document, const CdDocumentOptions *options);        /* plain.c */
void cd_parse_html (CdDocument *document, const CdDocumentOptions *options);         /* html.c */
void cd_parse_bibtex (CdDocument *document, const CdDocumentOptions *options);       /* bibtex.c */
void cd_parse_pdf (CdDocument *document, const CdDocumentOptions *options);          /* pdf.c: extraction; then like plain text with headings */
void cd_parse_notebook (CdDocument *document, const CdDocumentOptions *options);     /* notebook.c: Markdown cells and code cells */
void cd_parse_shell (CdDocument *document, const CdDocumentOptions *options);        /* shell.c */
void cd_parse_python (CdDocument *document, const CdDocumentOptions *options);       /* python.c */
void cd_parse_code (CdDocument *document, const CdDocumentOptions *options);         /* code.c: comments and lines of any language */
void cd_parse_yaml (CdDocument *document, const CdDocumentOptions *options);         /* config.c */
void cd_parse_json (CdDocument *document, const CdDocumentOptions *options);         /* config.c; records go to data.c */
void cd_parse_toml (CdDocument *document, const CdDocumentOptions *options);         /* config.c */
void cd_parse_ini (CdDocument *document, const CdDocumentOptions *options);          /* config.c */
void cd_parse_dependencies (CdDocument *document, const CdDocumentOptions *options); /* dependencies.c */
void cd_parse_data (CdDocument *document, const CdDocumentOptions *options);         /* data.c */

/* Shared building blocks. */
/* Append a passage; ranges must come in ascending order. Returns its index. */
guint cd_document_add_passage (CdDocument *document, CdPassageKind kind, gsize start, gsize end, gint32 section, guint paragraph);
/* Split text [start, end) of a document into sentences (Latin and CJK full stops; abbreviations, decimals and URLs do not end one) and
 * append each as a passage of kind. */
void cd_document_add_sentences (CdDocument *document, CdPassageKind kind, gsize start, gsize end, gint32 section, guint paragraph);
gint32 cd_document_add_section (CdDocument *document, const char *title, guint level, guint line);
void cd_document_add_link (CdDocument *document, const char *target, const char *text, guint line, gint32 section, gboolean image, gboolean bare);
void cd_document_add_setting (CdDocument *document, CdSettingKind kind, const char *key, const char *value, guint line);
/* Shell text [start, end) of a document (a script, or the inside of a fence) into commands, settings and passages. shell.c.
 * language: the fence's tag or NULL for a script. Output lines and prompts ("$ ", "> ") are told from commands. */
void cd_document_add_shell (CdDocument *document, gsize start, gsize end, gint32 section, guint paragraph, const char *language);
/* A command that stands in running text (inline code, a list item that is one), no passage of its own: text is kept where it reads like a command
 * with an argument. FALSE where it does not. shell.c. */
gboolean cd_document_add_inline_command (CdDocument *document, const char *text, guint line, gint32 section);
/* Python text [start, end) into passages, imports and settings. python.c. */
void cd_document_add_python (CdDocument *document, gsize start, gsize end, gint32 section, guint paragraph);
/* URLs standing bare in [start, end) as links. */
void cd_document_add_bare_links (CdDocument *document, gsize start, gsize end, gint32 section);
/* An HTML fragment: tables, links, images and visible text; line: of its first byte. html.c. */
void cd_document_add_html (CdDocument *document, gsize start, gsize end, gint32 section, guint paragraph);
/* Replace what text and lines point into (text extracted from a PDF or notebook). source is kept by reference. document.c. */
void cd_document_set_text (CdDocument *document, GBytes *source);
