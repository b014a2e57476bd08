/* Boxes, cues and lines in a response. What a stated answer means is left to the graders. */
#include "grading/stated.h"
#include <cjson/cJSON.h>
#include <string.h>

#define BOXES_OPEN 32u  /* boxes in boxes that are followed */
#define TOPIC_BYTES 80u /* "the answer to the question of … is" */
#define MOST_GOLDS 256

gboolean
cd_stated_begins (const char *at, const char *end, const char *word)
{
  gsize length = strlen (word);
  return (gsize) (end - at) >= length && g_ascii_strncasecmp (at, word, length) == 0;
}

char *
cd_stated_copy (CdSpan span)
{
  return g_strndup (span.at, (gsize) (span.end - span.at));
}

static gboolean
is_markup (char c)
{
  return c != '\0' && (g_ascii_isspace (c) || strchr ("*_`\"'", c) != NULL);
}

CdSpan
cd_stated_trim (CdSpan span)
{
  while (span.at < span.end && is_markup (*span.at))
    span.at++;
  while (span.end > span.at && (is_markup (span.end[-1]) || strchr (".,;:", span.end[-1]) != NULL) && span.end[-1] != '\0')
    span.end--;
  return span;
}

static const char *
find_last (CdSpan in, const char *word)
{
  return g_strrstr_len (in.at, in.end - in.at, word);
}

CdSpan
cd_stated_body (const char *response)
{
  static const char *const closings[] = { "</think>", "</thought>", "</thinking>", "<|end_of_thought|>" };
  CdSpan all = { response, response + strlen (response) }, body = all;
  for (gsize i = 0; i < G_N_ELEMENTS (closings); i++) {
    const char *closing = find_last (body, closings[i]);
    if (closing != NULL)
      body.at = closing + strlen (closings[i]);
  }
  CdSpan held = cd_stated_trim (body);
  return held.at < held.end ? body : all;
}

/* Bytes of "\boxed{" and the like at at, 0 where there is none. */
static gsize
box_at (const char *at, const char *end)
{
  static const char *const names[] = { "\\boxed", "\\fbox", "\\framebox" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    gsize length = strlen (names[i]);
    if ((gsize) (end - at) <= length || memcmp (at, names[i], length) != 0)
      continue;
    while (at + length < end && at[length] == ' ')
      length++;
    return at + length < end && at[length] == '{' ? length + 1 : 0;
  }
  return 0;
}

/* One pass: the depth of braces at which each open box began. */
static gboolean
last_box (CdSpan in, CdSpan *content)
{
  struct {
    const char *inside;
    guint depth;
  } open[BOXES_OPEN];
  guint boxes = 0, depth = 0;
  gboolean found = FALSE;
  for (const char *at = in.at; at < in.end; at++) {
    gsize box = *at == '\\' ? box_at (at, in.end) : 0;
    if (box > 0) {
      depth++;
      if (boxes < BOXES_OPEN) {
        open[boxes].inside = at + box;
        open[boxes++].depth = depth;
      }
      at += box - 1;
    } else if (*at == '\\')
      at++; /* \{ and \} are no groups */
    else if (*at == '{')
      depth++;
    else if (*at == '}' && depth > 0) {
      if (boxes > 0 && open[boxes - 1].depth == depth) {
        *content = (CdSpan){ open[--boxes].inside, at };
        found = TRUE;
      }
      depth--;
    }
  }
  return found;
}

/* Where the group that is open at at ends; end where it does not. */
static const char *
group_end (const char *at, const char *end)
{
  for (guint depth = 1; at < end; at++) {
    if (*at == '\\')
      at++;
    else if (*at == '{')
      depth++;
    else if (*at == '}' && --depth == 0)
      return at;
  }
  return end;
}

/* Bytes of a box or of a command for upright text that all of span is the argument of; 0 where it is not. */
static gsize
wrapper_of (CdSpan span)
{
  static const char *const commands[] = { "\\text{", "\\textbf{", "\\textit{", "\\mathrm{", "\\mathbf{", "\\mbox{" };
  gsize length = span.at < span.end ? box_at (span.at, span.end) : 0;
  for (gsize i = 0; i < G_N_ELEMENTS (commands) && length == 0; i++)
    length = cd_stated_begins (span.at, span.end, commands[i]) ? strlen (commands[i]) : 0;
  return length > 0 && group_end (span.at + length, span.end) == span.end - 1 ? length : 0;
}

gboolean
cd_stated_boxed (CdSpan in, CdSpan *content)
{
  if (!last_box (in, content))
    return FALSE;
  *content = cd_stated_trim (*content);
  gsize wrapper = 0;
  for (guint i = 0; i < BOXES_OPEN && (wrapper = wrapper_of (*content)) > 0; i++) /* \boxed{\boxed{5}}, \boxed{\text{Paris}} */
    *content = cd_stated_trim ((CdSpan){ content->at + wrapper, content->end - 1 });
  return TRUE;
}

static CdSpan
line_from (const char *at, const char *end)
{
  gsize most = MIN ((gsize) (end - at), CD_STATED_BYTES);
  const char *newline = memchr (at, '\n', most);
  return (CdSpan){ at, newline != NULL ? newline : at + most };
}

static gboolean
is_empty_of_words (CdSpan line)
{
  for (const char *at = line.at; at < line.end; at++)
    if (g_ascii_isalnum (*at) || (guchar) *at >= 0x80)
      return FALSE;
  return TRUE;
}

/* The rest of the line at at, or the next line with something in it. */
static gboolean
content_at (const char *at, const char *end, CdSpan *content)
{
  for (guint lines = 0; lines < 5 && at < end; lines++) {
    CdSpan line = line_from (at, end);
    *content = cd_stated_trim (line);
    const char *tag = memmem (content->at, (gsize) (content->end - content->at), "</answer", strlen ("</answer"));
    if (tag != NULL)
      *content = cd_stated_trim ((CdSpan){ content->at, tag });
    if (tag != NULL || !is_empty_of_words (*content))
      return !is_empty_of_words (*content);
    at = line.end < end ? line.end + 1 : end;
  }
  return FALSE;
}

static const char *
skip_markup (const char *at, const char *end)
{
  while (at < end && *at != '\n' && is_markup (*at))
    at++;
  return at;
}

/* Behind the first of words at at, each followed by something that is no letter; NULL where none is there. */
static const char *
behind_word (const char *at, const char *end, const char *const *words)
{
  for (; *words != NULL; words++) {
    const char *behind = at + strlen (*words);
    if (cd_stated_begins (at, end, *words) && (behind >= end || !g_ascii_isalnum (*behind) || !g_ascii_isalnum (behind[-1])))
      return behind;
  }
  return NULL;
}

/* Behind "is", ":" and the like; NULL where what follows is no statement. */
static const char *
behind_link (const char *at, const char *end)
{
  static const char *const links[]
      = { "is", "are", "would be", "should be", "must be", "will be", "=", ":", "：", "–", "—", "→", "->", "是", "为", "為", NULL };
  static const char *const fillers[]
      = { "therefore", "thus", "simply", "clearly", "indeed", "then", "hence", "also", "most likely", "likely", "probably", ":", "：", NULL };
  static const char *const denials[] = { "not", "neither", "n't", "never", "unlikely", NULL };
  const char *behind = behind_word (at, end, links);
  if (behind == NULL)
    return NULL;
  for (const char *next = behind; next != NULL;) {
    behind = skip_markup (next, end);
    if (behind_word (behind, end, denials) != NULL)
      return NULL;
    next = behind_word (behind, end, fillers);
  }
  return behind;
}

/* "to the question is": where a cue's word has a topic before its link. */
static const char *
behind_topic (const char *at, const char *end)
{
  static const char *const begins[] = { "to", "for", "of", "in", "from", "here", NULL };
  if (behind_word (at, end, begins) == NULL)
    return NULL;
  const char *stop = MIN (end, at + TOPIC_BYTES);
  for (const char *next = at; next < stop && *next != '\n' && *next != '.'; next++)
    if (*next == ':' || cd_stated_begins (next, end, " is "))
      return behind_link (*next == ' ' ? next + 1 : next, end);
  return NULL;
}

/* TRUE where before word, whose line begins no earlier than in, stands nothing but markup and "final", "the" … */
static gboolean
begins_line (const char *in, const char *word)
{
  const char *at = word;
  guint seen = 0;
  while (at > in && at[-1] != '\n' && seen++ < 40)
    at--;
  if (seen > 40)
    return FALSE;
  static const char *const before[] = { "final", "the", "correct", "short", "my", NULL };
  while (at < word) {
    const char *behind = is_markup (*at) || *at == '#' ? at + 1 : behind_word (at, word, before);
    if (behind == NULL)
      return FALSE;
    at = behind;
  }
  return TRUE;
}

/* Behind a cue that begins at at, where its content begins; NULL where there is none. in: where the text begins. */
static const char *
behind_cue (const char *in, const char *at, const char *end)
{
  static const char *const words[] = { "answers", "answer", "ans", "option", "choice", "答案", NULL };
  static const char *const kinds[] = { "option", "choice", "letter", "key", "(s)", NULL };
  if (*at == '#')
    return cd_stated_begins (at, end, "####") && at + 4 < end && at[4] != '#' ? at + 4 : NULL;
  const char *word = behind_word (at, end, words);
  if (word == NULL)
    return NULL;
  if (at > in && at[-1] == '<' && word < end && *word == '>') /* <answer>42</answer> */
    return word + 1;
  const char *next = skip_markup (word, end), *kind = behind_word (next, end, kinds), *link = NULL;
  next = kind != NULL ? skip_markup (kind, end) : next;
  if ((link = behind_link (next, end)) != NULL || (link = behind_topic (next, end)) != NULL)
    return link;
  gboolean heading = (*at == 'a' || *at == 'A' || (guchar) *at >= 0x80) && (next >= end || *next == '\n') && begins_line (in, at);
  return heading ? next : NULL;
}

static gboolean
next_cue (const char *in, CdSpan *rest, CdSpan *content)
{
  for (const char *at = rest->at; at < rest->end; at++) {
    if (strchr ("aAoOcC#\xE7", *at) == NULL || *at == '\0' || (at > in && (g_ascii_isalnum (at[-1]) || at[-1] == '#')))
      continue;
    const char *behind = behind_cue (in, at, rest->end);
    if (behind == NULL || !content_at (behind, rest->end, content))
      continue;
    rest->at = behind > at ? behind : at + 1;
    return TRUE;
  }
  rest->at = rest->end;
  return FALSE;
}

gboolean
cd_stated_next (CdSpan *rest, CdSpan *content)
{
  return next_cue (rest->at, rest, content);
}

gboolean
cd_stated_cue (CdSpan in, CdSpan *content)
{
  CdSpan rest = in, next;
  gboolean found = FALSE;
  while (next_cue (in.at, &rest, &next)) {
    *content = next;
    found = TRUE;
  }
  return found;
}

CdSpan
cd_stated_last_line (CdSpan in)
{
  const char *end = in.end;
  while (end > in.at) {
    const char *start = end;
    while (start > in.at && start[-1] != '\n')
      start--;
    CdSpan line = cd_stated_trim ((CdSpan){ start, end });
    if (!is_empty_of_words (line))
      return line;
    end = start > in.at ? start - 1 : in.at;
  }
  return (CdSpan){ in.at, in.at };
}

CdSpan
cd_stated_first_line (CdSpan in)
{
  for (const char *at = in.at; at < in.end;) {
    const char *newline = memchr (at, '\n', (gsize) (in.end - at)), *end = newline != NULL ? newline : in.end;
    CdSpan line = cd_stated_trim ((CdSpan){ at, end });
    if (!is_empty_of_words (line))
      return line;
    at = end + 1;
  }
  return (CdSpan){ in.at, in.at };
}

char **
cd_stated_golds (const char *gold)
{
  g_autoptr (GStrvBuilder) golds = g_strv_builder_new ();
  cJSON *list = *gold == '[' ? cJSON_ParseWithOpts (gold, NULL, TRUE) : NULL, *member = NULL;
  int members = 0, strings = 0;
  cJSON_ArrayForEach (member, list)
  {
    members++;
    strings += cJSON_IsString (member) ? 1 : 0;
    if (cJSON_IsString (member) && strings <= MOST_GOLDS)
      g_strv_builder_add (golds, member->valuestring);
  }
  gboolean is_list = list != NULL && members == strings;
  cJSON_Delete (list);
  if (is_list)
    return g_strv_builder_end (golds);
  char **alone = g_new0 (char *, 2);
  alone[0] = g_strdup (gold);
  return alone;
}
