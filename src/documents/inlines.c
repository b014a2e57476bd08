/* Markdown inlines: one pass over cmark's nodes of a block, matched against the raw bytes line by line.
 * cmark's columns are off in quotes and lists, its lines are right: places are found by search from the line's start. */
#include "documents/inlines.h"

#include "documents/parsers.h"

#include <string.h>

#define SEARCH_BYTES 16384u /* how far behind its place a piece of markup is looked for */
#define LINK_TEXT_BYTES 400u

/* An open link or image. */
typedef struct {
  gsize text_at, alt_at;
  guint cuts;
  guint line;
} Frame;

typedef struct {
  CdDocument *document;
  CdInlines *out;
  CdRange raw;
  gsize cursor; /* raw bytes before it are dealt with */
  guint line_offset, first_line;
  guint line; /* of the current node */
  gint32 section;
  GString *alt; /* visible text inside images */
  GString *run; /* text outside of links, for bare URLs */
  guint run_line;
  GString *html;   /* inline tags and the text between them, for links and images in HTML */
  guint html_line; /* of html's end */
  gboolean html_links;
  GArray *frames; /* Frame */
  guint images, strong;
  gboolean seen_plain, seen_bold;
  guint commands; /* found in inline code */
} Reader;

void
cd_inlines_free (CdInlines *inlines)
{
  if (inlines == NULL)
    return;
  g_string_free (inlines->text, TRUE);
  g_array_unref (inlines->cuts);
  g_free (inlines);
}

static void
flush_run (Reader *reader)
{
  gsize from = 0, counted = 0;
  guint line = reader->run_line;
  CdRange url;
  while (cd_text_next_url (reader->run->str, reader->run->len, &from, &url)) {
    for (; counted < url.start; counted++)
      line += reader->run->str[counted] == '\n' ? 1 : 0;
    g_autofree char *target = g_strndup (reader->run->str + url.start, url.end - url.start);
    cd_document_add_link (reader->document, target, target, line, reader->section, FALSE, TRUE);
  }
  g_string_truncate (reader->run, 0);
}

static void
add_text (Reader *reader, const char *text, gboolean code)
{
  gboolean blank = text[strspn (text, " \t\n\r\xC2\xA0")] == '\0';
  if (reader->images > 0)
    g_string_append (reader->alt, text);
  else {
    g_string_append (reader->out->text, text);
    reader->seen_plain = reader->seen_plain || (!blank && reader->strong == 0);
    reader->seen_bold = reader->seen_bold || (!blank && reader->strong > 0);
  }
  if (reader->html_links) {
    g_autofree char *escaped = g_markup_escape_text (text, -1);
    g_string_append (reader->html, escaped);
  }
  if (reader->frames->len > 0)
    return;
  if (reader->run->len == 0)
    reader->run_line = reader->line;
  g_string_append_printf (reader->run, code ? "`%s`" : "%s", text);
}

/* The offset of needle at or after the cursor and the current line's start, or G_MAXSIZE. */
static gsize
find (const Reader *reader, const char *needle)
{
  gsize start = 0, end = 0;
  const CdDocument *document = reader->document;
  if (!cd_lines_range (document->lines, document->text, document->length, reader->line, &start, &end))
    return G_MAXSIZE;
  start = MAX (start, reader->cursor);
  end = MIN (reader->raw.end, start + SEARCH_BYTES);
  const char *found = start < end ? memmem (document->text + start, end - start, needle, strlen (needle)) : NULL;
  return found != NULL ? (gsize) (found - document->text) : G_MAXSIZE;
}

/* Past the bracket that closes the one at `at`, or `at` where none does. */
static gsize
skip_balanced (const Reader *reader, gsize at, char open, char close)
{
  const char *text = reader->document->text;
  gsize end = MIN (reader->raw.end, at + SEARCH_BYTES);
  guint depth = 0;
  for (gsize i = at; i < end; i++) {
    if (text[i] == '\\')
      i++;
    else if (text[i] == open)
      depth++;
    else if (text[i] == close && --depth == 0)
      return i + 1;
  }
  return at;
}

/* Past "(target)" or "[label]" at `at`. */
static gsize
skip_target (const Reader *reader, gsize at)
{
  if (at >= reader->raw.end)
    return at;
  char c = reader->document->text[at];
  return c == '(' ? skip_balanced (reader, at, '(', ')') : c == '[' ? skip_balanced (reader, at, '[', ']') : at;
}

static void
add_cut (Reader *reader, CdRange hidden, CdRange caption)
{
  if (hidden.start < reader->cursor || hidden.end <= hidden.start)
    return;
  CdCut cut = { hidden, caption };
  g_array_append_val (reader->out->cuts, cut);
  reader->cursor = hidden.end;
}

/* Cut the outermost image that begins on the current line. */
static void
cut_image (Reader *reader)
{
  gsize start = find (reader, "![");
  if (start == G_MAXSIZE)
    return;
  gsize alt_end = skip_balanced (reader, start + 1, '[', ']');
  if (alt_end > start + 2)
    add_cut (reader, (CdRange){ start, skip_target (reader, alt_end) }, (CdRange){ start + 2, alt_end - 1 });
}

/* A link around nothing but images: its own brackets and target are no prose either. */
static void
widen_cuts (Reader *reader, const Frame *frame)
{
  GArray *cuts = reader->out->cuts;
  if (cuts->len <= frame->cuts)
    return;
  const char *text = reader->document->text;
  CdCut *first = &g_array_index (cuts, CdCut, frame->cuts);
  gsize floor = frame->cuts > 0 ? g_array_index (cuts, CdCut, frame->cuts - 1).hidden.end : reader->raw.start;
  if (first->hidden.start > floor && text[first->hidden.start - 1] == '[')
    first->hidden.start--;
  CdCut *last = &g_array_index (cuts, CdCut, cuts->len - 1);
  gsize at = last->hidden.end;
  while (at < reader->raw.end && g_ascii_isspace (text[at]))
    at++;
  if (at >= reader->raw.end || text[at] != ']')
    return;
  last->hidden.end = skip_target (reader, at + 1);
  reader->cursor = last->hidden.end;
}

static void
read_html (Reader *reader, const char *literal)
{
  gboolean comment = g_str_has_prefix (literal, "<!--");
  gsize start = find (reader, comment ? "<!--" : literal);
  gsize length = strlen (literal);
  if (start != G_MAXSIZE && comment) {
    const char *close = memmem (reader->document->text + start, reader->raw.end - start, "-->", 3);
    gsize end = close != NULL ? (gsize) (close - reader->document->text) + 3 : MIN (reader->raw.end, start + length);
    add_cut (reader, (CdRange){ start, end }, (CdRange){ start, start });
  }
  if (comment)
    return;
  gboolean image = g_ascii_strncasecmp (literal, "<img", 4) == 0;
  if (start != G_MAXSIZE && image) {
    CdRange tag = { start, MIN (reader->raw.end, start + length) };
    add_cut (reader, tag, cd_html_alt_range (reader->document->text, tag));
  }
  if (g_ascii_strncasecmp (literal, "<b>", 3) == 0 || g_ascii_strncasecmp (literal, "<strong", 7) == 0)
    reader->strong++;
  else if ((g_ascii_strncasecmp (literal, "</b>", 4) == 0 || g_ascii_strncasecmp (literal, "</strong", 8) == 0) && reader->strong > 0)
    reader->strong--;
  else if (g_ascii_strncasecmp (literal, "<br", 3) == 0)
    g_string_append_c (reader->out->text, ' ');
  reader->html_links = reader->html_links || image || g_ascii_strncasecmp (literal, "<a", 2) == 0;
  if (!reader->html_links)
    return;
  for (; reader->html_line < reader->line; reader->html_line++)
    g_string_append_c (reader->html, '\n');
  g_string_append (reader->html, literal);
  for (const char *at = strchr (literal, '\n'); at != NULL; at = strchr (at + 1, '\n'))
    reader->html_line++;
}

static void
enter_link (Reader *reader, gboolean image)
{
  flush_run (reader);
  Frame frame = { reader->out->text->len, reader->alt->len, reader->out->cuts->len, reader->line };
  g_array_append_val (reader->frames, frame);
  reader->out->linked = TRUE;
  if (image && reader->images++ == 0)
    cut_image (reader);
}

static void
leave_link (Reader *reader, cmark_node *node, gboolean image)
{
  if (reader->frames->len == 0)
    return;
  Frame frame = g_array_index (reader->frames, Frame, reader->frames->len - 1);
  g_array_set_size (reader->frames, reader->frames->len - 1);
  reader->images -= image ? 1 : 0;
  const GString *from = image || reader->out->text->len == frame.text_at ? reader->alt : reader->out->text;
  gsize at = from == reader->alt ? frame.alt_at : frame.text_at;
  g_autoptr (GString) text = g_string_new (NULL);
  cd_text_append_collapsed (text, from->str + at, MIN (from->len - at, LINK_TEXT_BYTES));
  const char *target = cmark_node_get_url (node);
  gboolean bare = !image && strcmp (text->str, target) == 0;
  cd_document_add_link (reader->document, target, text->str, frame.line, reader->section, image, bare);
  if (!image && reader->images == 0 && from == reader->alt)
    widen_cuts (reader, &frame);
}

static void
read_node (Reader *reader, cmark_node *node, gboolean enter)
{
  cmark_node_type type = cmark_node_get_type (node);
  int line = cmark_node_get_start_line (node);
  if (line > 0)
    reader->line = MAX (reader->first_line, (guint) line + reader->line_offset);
  if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) {
    if (enter)
      enter_link (reader, type == CMARK_NODE_IMAGE);
    else
      leave_link (reader, node, type == CMARK_NODE_IMAGE);
  } else if (type == CMARK_NODE_STRONG)
    reader->strong += enter ? 1 : (reader->strong > 0 ? G_MAXUINT : 0);
  else if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) {
    add_text (reader, cmark_node_get_literal (node), type == CMARK_NODE_CODE);
    if (type == CMARK_NODE_CODE && cd_document_add_inline_command (reader->document, cmark_node_get_literal (node), reader->line, reader->section))
      reader->commands++;
  } else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
    reader->line++;
    if (reader->html_links)
      g_string_append_c (reader->html, ' ');
    if (reader->run->len > 0)
      g_string_append_c (reader->run, '\n');
    g_string_append_c (reader->images > 0 ? reader->alt : reader->out->text, ' ');
  } else if (type == CMARK_NODE_HTML_INLINE)
    read_html (reader, cmark_node_get_literal (node));
}

CdInlines *
cd_inlines_read (CdDocument *document, cmark_node *block, CdRange raw, guint line_offset, guint first_line, gint32 section)
{
  CdInlines *out = g_new0 (CdInlines, 1);
  out->text = g_string_new (NULL);
  out->cuts = g_array_new (FALSE, FALSE, sizeof (CdCut));
  g_autoptr (GString) alt = g_string_new (NULL);
  g_autoptr (GString) run = g_string_new (NULL);
  g_autoptr (GString) html = g_string_new (NULL);
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  Reader reader = { .document = document,
                    .out = out,
                    .raw = raw,
                    .cursor = raw.start,
                    .line_offset = line_offset,
                    .first_line = first_line,
                    .line = first_line,
                    .section = section,
                    .alt = alt,
                    .run = run,
                    .html = html,
                    .html_line = first_line,
                    .frames = frames };
  cmark_iter *iter = cmark_iter_new (block);
  for (cmark_event_type event = cmark_iter_next (iter); event != CMARK_EVENT_DONE; event = cmark_iter_next (iter))
    if (cmark_iter_get_node (iter) != block)
      read_node (&reader, cmark_iter_get_node (iter), event == CMARK_EVENT_ENTER);
  cmark_iter_free (iter);
  flush_run (&reader);
  if (reader.html_links) {
    cd_document_add_html_links (document, html->str, html->len, first_line, section);
    out->linked = TRUE;
  }
  out->bold = reader.seen_bold && !reader.seen_plain;
  g_autoptr (GString) collapsed = g_string_new (NULL);
  const GString *visible = strspn (out->text->str, " ") == out->text->len ? alt : out->text;
  cd_text_append_collapsed (collapsed, visible->str, visible->len);
  g_string_truncate (out->text, 0);
  g_string_append (out->text, collapsed->str);
  if (reader.commands == 0)
    cd_document_add_inline_command (document, out->text->str, first_line, section);
  return out;
}
