/* HTML and SVG through libxml2's XML writer: elements are opened and closed, text and attributes are escaped, control and bidi characters are shown as
 * what they are (cd_text_printable). The only way by which anything gets into a page; no caller writes markup. */
#pragma once
#include <glib.h>

typedef struct _CdHtml CdHtml;

/* A whole page: doctype, head with charset, viewport, a Content-Security-Policy that allows this page's own style and script by their hashes and nothing
 * else, title, the style sheet, and an open <body>. script: one of the scripts that the program embeds ("table.js"), or NULL for none; nothing else in a
 * page is ever run. */
CdHtml *cd_html_page (const char *title, const char *script);
/* Closes everything; the page, and frees the writer. Caller frees the text. */
char *cd_html_finish (CdHtml *html);

/* An Atom feed (RFC 4287) by itself, with an open <feed>. */
CdHtml *cd_html_feed (void);

/* Attributes are pairs of name and value, ended by NULL; a pair whose value is NULL is left out. Names are literals of the program. */
void cd_html_open (CdHtml *html, const char *element, ...) G_GNUC_NULL_TERMINATED;
void cd_html_close (CdHtml *html);
/* An element with text and nothing else in it. */
void cd_html_leaf (CdHtml *html, const char *element, const char *text, ...) G_GNUC_NULL_TERMINATED;
void cd_html_text (CdHtml *html, const char *text);
void cd_html_printf (CdHtml *html, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* A link; only https, http and relative targets become one, anything else its text alone. */
void cd_html_link (CdHtml *html, const char *target, const char *text);
/* The same for a path, whose line may break after each slash. */
void cd_html_path (CdHtml *html, const char *target, const char *path);
/* A number as an attribute's value, to a thousandth, in the shortest form that is the same on every machine; "0" for what is no number. Caller frees. */
char *cd_html_number (double value);
/* text in at most that many characters: of a longer one its begin and its end, with "…" between. Caller frees. */
char *cd_html_cut (const char *text, guint most);
