/* Running text into sentences, bare URLs and lines: what every prose parser shares.
 * Where a paragraph begins and ends is the parsers' business. */
#include "documents/parsers.h"
#include "documents/prose.h"

#include <string.h>

#define CODE_SPAN_BYTES 400u /* a back-tick without a partner this near is no code span */
#define WORD_BYTES 16u       /* no abbreviation is longer */
#define COMMAND_LINES 40u    /* lines of a fence looked at before it is called a listing */

/* Words whose full stop ends no sentence; compared without their last stop, in lower case. */
static const char *const ABBREVIATIONS[] = {
  "a.k.a", "al", "approx", "ca",  "cf",   "dr",   "e.g", "eds", "eg",  "esp", "i.e", "ie",      "incl",  "jr",  "mr",
  "mrs",   "ms", "pp",     "p.s", "prof", "resp", "sr",  "st",  "u.s", "viz", "vs",  "w.l.o.g", "w.r.t", "wrt",
};

/* Those that are words of their own too: they abbreviate before a number. */
static const char *const NUMBERED[] = {
  "alg", "app", "appx", "ch",  "cor",  "def", "eq",   "eqn",  "eqs",  "fig", "figs", "lem", "no",
  "nos", "p",   "prop", "ref", "refs", "sec", "secs", "sect", "supp", "tab", "tabs", "thm", "vol",
};

void
cd_text_append_collapsed (GString *out, const char *text, gsize length)
{
  for (gsize at = 0; at < length; at++)
    if (!g_ascii_isspace (text[at]))
      g_string_append_c (out, text[at]);
    else if (out->len > 0 && out->str[out->len - 1] != ' ' && at + 1 < length)
      g_string_append_c (out, ' ');
}

CdRange
cd_range_trim (const char *text, CdRange range)
{
  while (range.start < range.end && g_ascii_isspace (text[range.start]))
    range.start++;
  while (range.end > range.start && g_ascii_isspace (text[range.end - 1]))
    range.end--;
  return range;
}

void
cd_document_add_lines (CdDocument *document, CdPassageKind kind, gsize start, gsize end, gint32 section, guint paragraph)
{
  const char *text = document->text;
  while (start < end) {
    const char *newline = memchr (text + start, '\n', end - start);
    gsize stop = newline != NULL ? (gsize) (newline - text) : end;
    CdRange line = cd_range_trim (text, (CdRange){ start, stop });
    if (line.start < line.end)
      cd_document_add_passage (document, kind, line.start, line.end, section, paragraph);
    start = stop + 1;
  }
}

/* The bytes of a full-width full stop, exclamation or question mark at text, or 0. */
static gsize
wide_stop (const char *text, gsize left)
{
  static const char *const STOPS[] = { "\xE3\x80\x82", "\xEF\xBC\x81", "\xEF\xBC\x9F", "\xEF\xBD\xA1" };
  for (gsize i = 0; left >= 3 && i < G_N_ELEMENTS (STOPS); i++)
    if (memcmp (text, STOPS[i], 3) == 0)
      return 3;
  return 0;
}

/* Past the quotes, brackets and markup that may close behind a full stop. */
static gsize
skip_closers (const char *text, gsize at, gsize end)
{
  static const char *const WIDE[] = { "\xE2\x80\x9D", "\xE2\x80\x99", "\xE3\x80\x8D", "\xE3\x80\x8F", "\xEF\xBC\x89", "\xE3\x80\x8B" };
  while (at < end) {
    gsize step = strchr (")]\"'*_`~", text[at]) != NULL && text[at] != '\0' ? 1 : 0;
    for (gsize i = 0; step == 0 && end - at >= 3 && i < G_N_ELEMENTS (WIDE); i++)
      if (memcmp (text + at, WIDE[i], 3) == 0)
        step = 3;
    if (step == 0)
      break;
    at += step;
  }
  return at;
}

static gboolean
is_among (const char *word, const char *const *words, gsize count)
{
  for (gsize i = 0; i < count; i++)
    if (strcmp (word, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* TRUE where the word that ends at the full stop `stop` is an abbreviation, an initial, or the number of a list item that begins here.
 * next: the first character behind. */
static gboolean
stop_belongs_to_word (const char *text, gsize sentence, gsize stop, char next)
{
  gsize start = stop;
  while (start > sentence && stop - start < WORD_BYTES && (g_ascii_isalnum (text[start - 1]) || text[start - 1] == '.'))
    start--;
  gsize length = stop - start;
  if (length == 0 || length >= WORD_BYTES)
    return FALSE;
  char word[WORD_BYTES];
  gboolean digits = TRUE;
  for (gsize i = 0; i < length; i++) {
    word[i] = g_ascii_tolower (text[start + i]);
    digits = digits && g_ascii_isdigit (word[i]);
  }
  word[length] = '\0';
  if (digits)
    return start == sentence;
  if (length == 1 && g_ascii_isupper (text[start]))
    return TRUE;
  if ((g_ascii_isdigit (next) || strchr ("([$\\", next) != NULL) && is_among (word, NUMBERED, G_N_ELEMENTS (NUMBERED)))
    return TRUE;
  return is_among (word, ABBREVIATIONS, G_N_ELEMENTS (ABBREVIATIONS));
}

/* Where the sentence ends whose last mark stands at `at`, or 0 where it goes on. */
static gsize
sentence_end (const char *text, gsize sentence, gsize at, gsize end)
{
  gsize wide = wide_stop (text + at, end - at);
  if (wide > 0)
    return skip_closers (text, at + wide, end);
  gsize after = at + 1;
  while (after < end && strchr (".!?", text[after]) != NULL && text[after] != '\0')
    after++;
  gboolean lone_stop = text[at] == '.' && after == at + 1;
  after = skip_closers (text, after, end);
  if (after >= end)
    return after;
  if (!g_ascii_isspace (text[after]) && text[after] != '<')
    return 0;
  gsize next = after;
  while (next < end && g_ascii_isspace (text[next]))
    next++;
  if (next < end && text[at] == '.' && g_ascii_islower (text[next]))
    return 0;
  if (lone_stop && stop_belongs_to_word (text, sentence, at, next < end ? text[next] : ' '))
    return 0;
  return after;
}

/* Past a code span that opens at `at`, or one byte on. */
static gsize
skip_code_span (const char *text, gsize at, gsize end)
{
  gsize ticks = at;
  while (ticks < end && text[ticks] == '`')
    ticks++;
  gsize length = ticks - at;
  gsize window = MIN (end, ticks + CODE_SPAN_BYTES);
  const char *partner = ticks < window ? memmem (text + ticks, window - ticks, text + at, length) : NULL;
  return partner != NULL ? (gsize) (partner - text) + length : ticks;
}

/* TRUE at a line end that is followed by a blank line. */
static gboolean
blank_line_follows (const char *text, gsize at, gsize end)
{
  for (at++; at < end && text[at] != '\n'; at++)
    if (text[at] != ' ' && text[at] != '\t' && text[at] != '\r')
      return FALSE;
  return at < end;
}

/* The end of the sentence that begins at start; *next is where the search goes on. */
static gsize
find_sentence_end (const char *text, gsize start, gsize end, gsize *next)
{
  gsize cut = MIN (end, start + CD_PASSAGE_COLUMNS);
  for (gsize at = start; at < cut;) {
    gsize stop = 0;
    *next = 0;
    switch (text[at]) {
      case '`':
        at = skip_code_span (text, at, end);
        continue;
      case '\n':
        stop = blank_line_follows (text, at, end) ? at : 0;
        break;
      case '<':
        if (end - at >= 4 && g_ascii_strncasecmp (text + at, "<br", 3) == 0 && !g_ascii_isalpha (text[at + 3])) {
          const char *close = memchr (text + at, '>', MIN (end - at, 64u));
          stop = close != NULL ? at : 0;
          *next = close != NULL ? (gsize) (close - text) + 1 : 0;
        }
        break;
      case '.':
      case '!':
      case '?':
      case '\xE3':
      case '\xEF':
        stop = sentence_end (text, start, at, end);
        break;
      default:
        break;
    }
    if (*next > 0 || stop > start) {
      *next = MAX (*next, stop);
      return stop;
    }
    at++;
  }
  while (cut < end && ((guchar) text[cut] & 0xC0) == 0x80)
    cut++;
  *next = cut;
  return cut;
}

void
cd_document_add_sentences (CdDocument *document, CdPassageKind kind, gsize start, gsize end, gint32 section, guint paragraph)
{
  const char *text = document->text;
  while (start < end) {
    while (start < end && g_ascii_isspace (text[start]))
      start++;
    gsize next = end;
    gsize stop = find_sentence_end (text, start, end, &next);
    CdRange sentence = cd_range_trim (text, (CdRange){ start, stop });
    if (cd_text_has_words (text + sentence.start, sentence.end - sentence.start))
      cd_document_add_passage (document, kind, sentence.start, sentence.end, section, paragraph);
    start = next;
  }
}

/* TRUE where no URL goes on: white space, quotes, brackets, full-width punctuation. */
static gboolean
ends_url (const char *text, gsize left)
{
  guchar byte = (guchar) *text;
  if (byte <= 0x20 || byte == 0x7F || strchr ("<>\"'`|\\{}[]^", (char) byte) != NULL)
    return TRUE;
  if (byte < 0x80 || left < 3)
    return FALSE;
  /* U+2018–U+201D, U+3000–U+303F and U+FF00–U+FF3F in UTF-8. */
  guchar second = (guchar) text[1], third = (guchar) text[2];
  return (byte == 0xE2 && second == 0x80 && third >= 0x98 && third <= 0x9D) || (byte == 0xE3 && second == 0x80) || (byte == 0xEF && second == 0xBC);
}

static gsize
url_end (const char *text, gsize start, gsize length)
{
  gsize end = start;
  gint depth = 0;
  for (; end < length && !ends_url (text + end, length - end); end++) {
    if (text[end] == '(')
      depth++;
    else if (text[end] == ')' && --depth < 0)
      break;
  }
  while (end > start && strchr (".,;:!?*_~", text[end - 1]) != NULL)
    end--;
  return end;
}

gboolean
cd_text_next_url (const char *text, gsize length, gsize *from, CdRange *url)
{
  while (*from < length) {
    const char *mark = memchr (text + *from, ':', length - *from); /* memmem takes ten times as long for so few bytes */
    if (mark == NULL || text + length - mark < 3)
      break;
    gsize colon = (gsize) (mark - text);
    if (mark[1] != '/' || mark[2] != '/') {
      *from = colon + 1;
      continue;
    }
    gsize start = colon;
    while (start > *from && colon - start < 8 && g_ascii_isalpha (text[start - 1]))
      start--;
    *from = colon + 3;
    if (g_ascii_strncasecmp (text + start, "http", 4) != 0 && g_ascii_strncasecmp (text + start, "ftp", 3) != 0)
      continue;
    gsize end = url_end (text, start, length);
    *from = MAX (end, colon + 3);
    if (end > colon + 4) {
      *url = (CdRange){ start, end };
      return TRUE;
    }
  }
  *from = length;
  return FALSE;
}

void
cd_document_add_bare_links (CdDocument *document, gsize start, gsize end, gint32 section)
{
  CdRange url;
  for (gsize at = start; at < end && cd_text_next_url (document->text, end, &at, &url);) {
    g_autofree char *target = g_strndup (document->text + url.start, url.end - url.start);
    cd_document_add_link (document, target, target, cd_lines_at (document->lines, url.start), section, FALSE, TRUE);
  }
}

/* Programs that a README tells its reader to run. */
static const char *const COMMANDS[] = {
  "accelerate",
  "apt",
  "apt-get",
  "aria2c",
  "bash",
  "brew",
  "cargo",
  "cd",
  "chmod",
  "cmake",
  "conda",
  "cp",
  "curl",
  "deepspeed",
  "docker",
  "echo",
  "export",
  "gdown",
  "git",
  "hf",
  "huggingface-cli",
  "llamafactory-cli",
  "lm_eval",
  "make",
  "mamba",
  "mkdir",
  "mv",
  "ninja",
  "nohup",
  "npm",
  "ollama",
  "pip",
  "pip3",
  "poetry",
  "pytest",
  "python",
  "python3",
  "ray",
  "rm",
  "rsync",
  "sbatch",
  "set",
  "sh",
  "source",
  "srun",
  "streamlit",
  "sudo",
  "swift",
  "tar",
  "torchrun",
  "unzip",
  "uv",
  "vllm",
  "wget",
  "zip",
  "zsh",
};

static gboolean
is_command_line (const char *line, gsize length, gboolean variables)
{
  gsize at = 0;
  while (at < length && (g_ascii_isspace (line[at]) || line[at] == '$' || line[at] == '>' || line[at] == '+'))
    at++;
  gsize start = at;
  while (at < length && (g_ascii_isalnum (line[at]) || strchr ("_-.", line[at]) != NULL) && line[at] != '\0')
    at++;
  gsize word = at - start;
  if (word == 0)
    return at + 1 < length && line[at] == '/' && g_ascii_isalnum (line[at + 1]);
  if (at < length && line[at] == '=' && g_ascii_isupper (line[start]))
    return variables;
  if (at < length && line[at] == '/')
    return word <= 2 && line[start] == '.';
  if (at + 1 >= length || (line[at] != ' ' && line[at] != '\t') || g_ascii_isspace (line[at + 1]) || line[at + 1] == '=')
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (COMMANDS); i++)
    if (strlen (COMMANDS[i]) == word && memcmp (COMMANDS[i], line + start, word) == 0)
      return TRUE;
  return word > 6 && word < 12 && memcmp (line + start, "python", 6) == 0 && g_ascii_isdigit (line[start + 6]);
}

/* The next line that is neither blank nor a comment; moves *at past it. An empty range at the end. */
static CdRange
next_told_line (const char *text, gsize length, gsize *at)
{
  while (*at < length) {
    const char *newline = memchr (text + *at, '\n', length - *at);
    gsize stop = newline != NULL ? (gsize) (newline - text) : length;
    CdRange line = cd_range_trim (text, (CdRange){ *at, stop });
    *at = stop + 1;
    if (line.start < line.end && text[line.start] != '#')
      return line;
  }
  return (CdRange){ length, length };
}

gboolean
cd_text_looks_like_commands (const char *text, gsize length)
{
  gsize at = 0;
  for (guint count = 0; at < length && count < COMMAND_LINES; count++) {
    CdRange line = next_told_line (text, length, &at);
    if (is_command_line (text + line.start, line.end - line.start, TRUE))
      return TRUE;
  }
  return FALSE;
}

gboolean
cd_text_begins_with_command (const char *text, gsize length)
{
  gsize at = 0;
  CdRange line = next_told_line (text, length, &at);
  return is_command_line (text + line.start, line.end - line.start, FALSE);
}

gboolean
cd_text_begins_bibtex (const char *text, gsize length)
{
  gsize at = 0;
  while (at < length && g_ascii_isspace (text[at]))
    at++;
  if (at >= length || text[at] != '@')
    return FALSE;
  gsize word = ++at;
  while (at < length && g_ascii_isalpha (text[at]))
    at++;
  gboolean named = at > word;
  while (at < length && (text[at] == ' ' || text[at] == '\t'))
    at++;
  return named && at < length && text[at] == '{';
}

void
cd_document_flag_passages (CdDocument *document, guint first, guint flags)
{
  for (guint i = first; flags != 0 && i < document->passages->len; i++)
    g_array_index (document->passages, CdPassage, i).flags |= flags;
}

gboolean
cd_text_has_words (const char *text, gsize length)
{
  gboolean tag = FALSE;
  for (gsize at = 0; at < length; at++) {
    guchar byte = (guchar) text[at];
    if (byte == '<')
      tag = TRUE;
    else if (byte == '>')
      tag = FALSE;
    else if (!tag && (byte >= 0x80 || g_ascii_isalnum (byte)))
      return TRUE;
  }
  return FALSE;
}

char *
cd_text_same_length_utf8 (const char *text, gsize length)
{
  char *copy = g_malloc (length + 1);
  memcpy (copy, text, length);
  copy[length] = '\0';
  const char *bad = copy;
  const char *end = copy + length;
  while (bad < end && !g_utf8_validate (bad, end - bad, &bad)) {
    copy[bad - copy] = *bad == '\0' ? ' ' : '?';
    bad++;
  }
  for (gsize at = 0; at < length; at++)
    if (copy[at] == '\r')
      copy[at] = ' ';
  return copy;
}
