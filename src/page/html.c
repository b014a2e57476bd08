/* Pages and pictures through libxml2's XML writer, which escapes; printable text is base/text.h's. The style sheet and the scripts are files of this folder
 * that the build embeds: a page carries them with their hashes, and a program without them (a unit test) makes pages without. */
#include "page/html.h"
#include "base/text.h"
#include <gio/gio.h>
#include <libxml/xmlwriter.h>
#include <math.h>
#include <string.h>

#define RESOURCES "/candor/page/"
#define STYLE RESOURCES "style.css"
/* A sheet of paper with a line ticked off: without an icon of its own, a browser asks the server for one. */
#define ICON                                                                                                                                         \
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%231f5a8a'/%3E"    \
  "%3Cpath d='M3.5 8.5l3 3 6-7' fill='none' stroke='white' stroke-width='2'/%3E%3C/svg%3E"

#define TARGET_MOST 4096u /* bytes of a link's target: more is no address */

struct _CdHtml {
  xmlTextWriter *writer;
  xmlBuffer *buffer;
  GPtrArray *open; /* const char*: names of the open elements, outermost first */
  GBytes *script;  /* NULL none */
};

/* Elements that never have an end tag in HTML, and shapes of SVG, which may do without one. */
static const char *const childless[]
    = { "br", "col", "hr", "img", "input", "link", "meta", "wbr", "path", "rect", "circle", "line", "polyline", "polygon", "use", NULL };
/* A line ends after these, so that a page can be read and compared line by line; the blank means nothing where they stand. */
static const char *const lines[]
    = { "p",        "div",    "section", "article", "header",  "footer",  "nav",    "main",     "aside", "ul",    "ol",   "li",
        "dl",       "dt",     "dd",      "table",   "caption", "thead",   "tbody",  "tr",       "h1",    "h2",    "h3",   "h4",
        "h5",       "h6",     "br",      "svg",     "details", "summary", "figure", "form",     "style", "title", "meta", "link",
        "fieldset", "script", "head",    "td",      "th",      "body",    "html",   "colgroup", "entry", NULL };

static const xmlChar *
chars (const char *text)
{
  return (const xmlChar *) text;
}

static CdHtml *
html_new (void)
{
  CdHtml *html = g_new0 (CdHtml, 1);
  html->buffer = xmlBufferCreate ();
  xmlBufferSetAllocationScheme (html->buffer, XML_BUFFER_ALLOC_DOUBLEIT);
  html->writer = xmlNewTextWriterMemory (html->buffer, 0);
  html->open = g_ptr_array_new ();
  return html;
}

static void
open_element (CdHtml *html, const char *element, va_list attributes)
{
  xmlTextWriterStartElement (html->writer, chars (element));
  g_ptr_array_add (html->open, (gpointer) element);
  for (const char *name = va_arg (attributes, const char *); name != NULL; name = va_arg (attributes, const char *)) {
    const char *value = va_arg (attributes, const char *);
    g_autofree char *printable = value != NULL ? cd_text_printable (value) : NULL;
    if (value != NULL)
      xmlTextWriterWriteAttribute (html->writer, chars (name), chars (printable));
  }
}

void
cd_html_open (CdHtml *html, const char *element, ...)
{
  va_list attributes;
  va_start (attributes, element);
  open_element (html, element, attributes);
  va_end (attributes);
}

/* A page closes some ten thousand elements: most are told apart by their first letter. */
static gboolean
is_among (const char *const *elements, const char *element)
{
  for (; *elements != NULL; elements++)
    if (**elements == *element && strcmp (*elements, element) == 0)
      return TRUE;
  return FALSE;
}

void
cd_html_close (CdHtml *html)
{
  g_return_if_fail (html->open->len > 0);
  const char *element = g_ptr_array_steal_index (html->open, html->open->len - 1);
  if (is_among (childless, element))
    xmlTextWriterEndElement (html->writer);
  else
    xmlTextWriterFullEndElement (html->writer);
  if (is_among (lines, element))
    xmlTextWriterWriteRaw (html->writer, chars ("\n"));
}

void
cd_html_leaf (CdHtml *html, const char *element, const char *text, ...)
{
  va_list attributes;
  va_start (attributes, text);
  open_element (html, element, attributes);
  va_end (attributes);
  cd_html_text (html, text);
  cd_html_close (html);
}

void
cd_html_text (CdHtml *html, const char *text)
{
  if (text == NULL)
    return;
  g_autofree char *printable = cd_text_printable (text);
  xmlTextWriterWriteString (html->writer, chars (printable));
}

void
cd_html_printf (CdHtml *html, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  cd_html_text (html, text);
}

/* Whether a link may lead there: nothing that a browser would read as another scheme after dropping blanks and controls, and no other host without one. */
static gboolean
is_target (const char *target)
{
  static const char *const schemes[] = { "https://", "http://" };
  if (strlen (target) > TARGET_MOST)
    return FALSE;
  for (const char *at = target; *at != '\0'; at++)
    if ((guchar) *at <= ' ' || *at == 0x7f || *at == '\\')
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (target, schemes[i], strlen (schemes[i])) == 0)
      return target[strlen (schemes[i])] != '\0';
  gsize first = strcspn (target, ":/?#");
  return *target != '\0' && target[first] != ':' && !g_str_has_prefix (target, "//");
}

void
cd_html_link (CdHtml *html, const char *target, const char *text)
{
  if (target == NULL || !is_target (target))
    cd_html_text (html, text);
  else
    cd_html_leaf (html, "a", text, "href", target, NULL);
}

void
cd_html_path (CdHtml *html, const char *target, const char *path)
{
  gboolean link = target != NULL && is_target (target);
  if (link)
    cd_html_open (html, "a", "href", target, NULL);
  for (const char *at = path; *at != '\0';) {
    const char *slash = strchr (at, '/'), *end = slash != NULL ? slash + 1 : at + strlen (at);
    g_autofree char *step = g_strndup (at, (gsize) (end - at));
    cd_html_text (html, step);
    if (*end != '\0')
      cd_html_leaf (html, "wbr", NULL, NULL);
    at = end;
  }
  if (link)
    cd_html_close (html);
}

char *
cd_html_number (double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  double rounded = isfinite (value) && fabs (value) < 1e12 ? round (value * 1000) / 1000 : 0;
  g_ascii_formatd (digits, sizeof digits, "%.3f", rounded);
  gsize length = strlen (digits);
  while (digits[length - 1] == '0')
    length--;
  length -= digits[length - 1] == '.' ? 1 : 0;
  digits[length] = '\0';
  return g_strdup (g_str_equal (digits, "-0") ? "0" : digits);
}

char *
cd_html_cut (const char *text, guint most)
{
  g_autofree char *valid = cd_text_to_utf8 (text, strlen (text));
  glong length = g_utf8_strlen (valid, -1), tail = most / 3;
  if (length <= (glong) most)
    return g_steal_pointer (&valid);
  const char *head = g_utf8_offset_to_pointer (valid, MAX ((glong) most - tail - 1, 0));
  const char *end = g_utf8_offset_to_pointer (valid, length - tail);
  g_autofree char *before = g_strndup (valid, (gsize) (head - valid));
  return g_strconcat (before, "…", end, NULL);
}

/* 'sha256-…' of the bytes, as a policy names what it allows. Caller frees. */
static char *
hash_of (GBytes *bytes)
{
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_checksum_get_digest (checksum, digest, &length);
  g_autofree char *base64 = g_base64_encode (digest, length);
  return g_strdup_printf ("'sha256-%s'", base64);
}

static void
write_policy (CdHtml *html, GBytes *style)
{
  g_autofree char *styled = style != NULL ? hash_of (style) : g_strdup ("'none'");
  g_autofree char *scripted = html->script != NULL ? hash_of (html->script) : g_strdup ("'none'");
  g_autofree char *policy
      = g_strdup_printf ("default-src 'none'; style-src %s; script-src %s; img-src data:; base-uri 'none'; form-action 'none'", styled, scripted);
  /* Past the printable form, which takes long secrets out of text and might take a hash for one. */
  cd_html_open (html, "meta", "http-equiv", "Content-Security-Policy", NULL);
  xmlTextWriterWriteAttribute (html->writer, chars ("content"), chars (policy));
  cd_html_close (html);
}

/* The bytes as they are: style and script are no markup to a browser, and they are the program's own. */
static void
write_bytes (CdHtml *html, const char *element, GBytes *bytes)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  cd_html_open (html, element, NULL);
  xmlTextWriterWriteRawLen (html->writer, chars (data), (int) length);
  cd_html_close (html);
}

CdHtml *
cd_html_page (const char *title, const char *script)
{
  CdHtml *html = html_new ();
  g_autoptr (GBytes) style = g_resources_lookup_data (STYLE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *name = script != NULL ? g_strconcat (RESOURCES, script, NULL) : NULL;
  html->script = name != NULL ? g_resources_lookup_data (name, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL) : NULL;
  xmlTextWriterWriteRaw (html->writer, chars ("<!DOCTYPE html>\n"));
  cd_html_open (html, "html", "lang", "en", NULL);
  cd_html_open (html, "head", NULL);
  cd_html_leaf (html, "meta", NULL, "charset", "utf-8", NULL);
  write_policy (html, style);
  cd_html_leaf (html, "meta", NULL, "name", "viewport", "content", "width=device-width, initial-scale=1", NULL);
  cd_html_leaf (html, "meta", NULL, "name", "color-scheme", "content", "light dark", NULL);
  cd_html_leaf (html, "meta", NULL, "name", "referrer", "content", "no-referrer", NULL);
  cd_html_leaf (html, "title", title, NULL);
  cd_html_leaf (html, "link", NULL, "rel", "icon", "href", ICON, NULL);
  if (style != NULL)
    write_bytes (html, "style", style);
  cd_html_close (html);
  cd_html_open (html, "body", NULL);
  return html;
}

CdHtml *
cd_html_feed (void)
{
  CdHtml *html = html_new ();
  xmlTextWriterWriteRaw (html->writer, chars ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"));
  cd_html_open (html, "feed", "xmlns", "http://www.w3.org/2005/Atom", NULL);
  return html;
}

char *
cd_html_finish (CdHtml *html)
{
  while (html->open->len > 0) {
    gboolean body = g_str_equal (html->open->pdata[html->open->len - 1], "body");
    if (body && html->script != NULL)
      write_bytes (html, "script", html->script);
    cd_html_close (html);
  }
  xmlTextWriterFlush (html->writer);
  xmlFreeTextWriter (html->writer);
  char *text = g_strdup ((const char *) xmlBufferContent (html->buffer));
  xmlBufferFree (html->buffer);
  g_ptr_array_unref (html->open);
  g_clear_pointer (&html->script, g_bytes_unref);
  g_free (html);
  return text;
}
