/* Lines, UTF-8 hygiene and word comparison over GLib's Unicode tables.
 * What a line or a word means is left to the callers. */
#include "base/text.h"
#include "base/credentials.h"

#include <string.h>

#define NEAR_LINES 8u             /* looked at one by one before the search begins anew */
#define TEXT_SNIFF_BYTES 8000u    /* git looks this far for a NUL */
#define DISTANCE_CODE_POINTS 128u /* longer words are cut: the distance costs the product of both lengths */

CdLines *
cd_lines_new (const char *text, gsize length)
{
  CdLines *lines = g_new0 (CdLines, 1);
  lines->starts = g_array_sized_new (FALSE, FALSE, sizeof (guint32), (guint) (length / 40 + 1));
  guint32 start = 0;
  g_array_append_val (lines->starts, start);
  for (gsize at = 0; at < length;) {
    const char *newline = memchr (text + at, '\n', length - at);
    if (newline == NULL)
      break;
    at = (gsize) (newline - text) + 1;
    if (at >= length || at > G_MAXUINT32)
      break;
    start = (guint32) at;
    g_array_append_val (lines->starts, start);
  }
  return lines;
}

void
cd_lines_free (CdLines *lines)
{
  if (lines == NULL)
    return;
  g_array_unref (lines->starts);
  g_free (lines);
}

guint
cd_lines_at (const CdLines *lines, gsize offset)
{
  guint low = 0;
  guint high = lines->starts->len;
  while (high - low > 1) {
    guint middle = low + (high - low) / 2;
    if (g_array_index (lines->starts, guint32, middle) <= offset)
      low = middle;
    else
      high = middle;
  }
  return low + 1;
}

guint
cd_lines_near (const CdLines *lines, gsize offset, guint hint)
{
  guint length = lines->starts->len, line = CLAMP (hint, 1, length);
  const guint32 *starts = (const guint32 *) (gpointer) lines->starts->data;
  if (starts[line - 1] > offset)
    return cd_lines_at (lines, offset);
  for (guint step = 0; step < NEAR_LINES; step++, line++)
    if (line == length || starts[line] > offset)
      return line;
  return cd_lines_at (lines, offset);
}

gboolean
cd_lines_range (const CdLines *lines, const char *text, gsize length, guint line, gsize *start, gsize *end)
{
  if (line == 0 || line > lines->starts->len)
    return FALSE;
  *start = g_array_index (lines->starts, guint32, line - 1);
  *end = line < lines->starts->len ? g_array_index (lines->starts, guint32, line) : length;
  if (*end > *start && text[*end - 1] == '\n')
    (*end)--;
  if (*end > *start && text[*end - 1] == '\r')
    (*end)--;
  return TRUE;
}

gboolean
cd_text_is_utf8 (const char *bytes, gsize length)
{
  for (gsize at = 0; at < length;) {
    guint64 words[4];
    if (length - at >= sizeof words) { /* most text is ASCII for long */
      memcpy (words, bytes + at, sizeof words);
      if (((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080u) == 0) {
        at += sizeof words;
        continue;
      }
    }
    guint64 word = 0;
    memcpy (&word, bytes + at, MIN (length - at, sizeof word));
    if ((word & 0x8080808080808080u) == 0) {
      at += sizeof word;
      continue;
    }
    while ((guchar) bytes[at] < 0x80)
      at++;
    gsize start = at;
    while (at < length && (guchar) bytes[at] >= 0x80)
      at++;
    if (!g_utf8_validate_len (bytes + start, at - start, NULL))
      return FALSE;
  }
  return TRUE;
}

char *
cd_text_to_utf8 (const char *bytes, gsize length)
{
  const char *bad = NULL;
  if (g_utf8_validate (bytes, (gssize) length, &bad))
    return g_strndup (bytes, length);
  GString *out = g_string_sized_new (length + 16);
  const char *end = bytes + length;
  for (const char *at = bytes; at < end; at = bad + 1) {
    gboolean valid = g_utf8_validate (at, end - at, &bad);
    g_string_append_len (out, at, bad - at);
    if (valid)
      break;
    g_string_append_printf (out, "\\x%02X", (guint) (guchar) *bad);
  }
  return g_string_free (out, FALSE);
}

/* Controls, format characters that reorder or hide what follows them, and noncharacters, which XML has no place for. */
static gboolean
is_unsafe (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);
  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_SURROGATE || type == G_UNICODE_LINE_SEPARATOR
         || type == G_UNICODE_PARAGRAPH_SEPARATOR || (c & 0xFFFE) == 0xFFFE;
}

char *
cd_text_printable (const char *text)
{
  g_autofree char *open = cd_text_to_utf8 (text, strlen (text));
  g_autofree char *valid = cd_credential_mask (open);
  GString *out = g_string_sized_new (strlen (valid) + 16);
  for (const char *at = valid;; at = g_utf8_next_char (at)) {
    const char *run = at;
    while (*at >= ' ' && *at < 0x7f) /* what nearly all text is made of */
      at++;
    g_string_append_len (out, run, at - run);
    if (*at == '\0')
      break;
    gunichar c = g_utf8_get_char (at);
    if (c == '\t' || c == '\n' || c == '\r')
      g_string_append_c (out, ' ');
    else if (is_unsafe (c))
      g_string_append_printf (out, "\\u{%X}", c);
    else
      g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

char *
cd_text_to_ascii (const char *text)
{
  GString *out = g_string_sized_new (strlen (text) + 16);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    char bytes[7] = "";
    bytes[g_unichar_to_utf8 (c, bytes)] = '\0';
    g_autofree char *spelt = c < 0x80 ? NULL : g_str_to_ascii (bytes, "C");
    if (c < 0x80)
      g_string_append_c (out, (char) c);
    else if (strcmp (spelt, "?") != 0)
      g_string_append (out, spelt);
    else
      g_string_append_printf (out, "\\u{%X}", c);
  }
  return g_string_free (out, FALSE);
}

gboolean
cd_text_is_text (const char *bytes, gsize length)
{
  gsize sniffed = MIN (length, TEXT_SNIFF_BYTES);
  return sniffed == 0 || memchr (bytes, '\0', sniffed) == NULL;
}

/* The code point at *at, moving past it; invalid bytes count as one replacement character each. */
static gunichar
next_char (const char **at, const char *end)
{
  guchar byte = (guchar) * *at;
  if (byte < 0x80) {
    (*at)++;
    return byte;
  }
  gunichar c = g_utf8_get_char_validated (*at, end - *at);
  if (c == (gunichar) -1 || c == (gunichar) -2) {
    (*at)++;
    return 0xFFFD;
  }
  *at = g_utf8_next_char (*at);
  return c;
}

char *
cd_text_key (const char *text)
{
  gsize length = strlen (text);
  GString *out = g_string_sized_new (length + 1);
  const char *end = text + length;
  for (const char *at = text; at < end;) {
    if ((guchar) *at < 0x80) {
      if (g_ascii_isalnum (*at))
        g_string_append_c (out, g_ascii_tolower (*at));
      at++;
      continue;
    }
    gunichar c = next_char (&at, end);
    if (g_unichar_isalnum (c))
      g_string_append_unichar (out, g_unichar_tolower (c));
  }
  return g_string_free (out, FALSE);
}

char **
cd_text_tokens (const char *text)
{
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) token = g_string_new (NULL);
  const char *end = text + strlen (text);
  for (const char *at = text; at < end;) {
    gunichar c = next_char (&at, end);
    gboolean inside = g_unichar_isalnum (c);
    if (inside)
      g_string_append_unichar (token, g_unichar_tolower (c));
    if (token->len > 0 && (!inside || at == end)) {
      g_ptr_array_add (tokens, g_strndup (token->str, token->len));
      g_string_truncate (token, 0);
    }
  }
  g_ptr_array_add (tokens, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&tokens), FALSE);
}

guint
cd_text_columns (const char *text)
{
  guint columns = 0;
  const char *end = text + strlen (text);
  for (const char *at = text; at < end;) {
    gunichar c = next_char (&at, end);
    if (!g_unichar_iszerowidth (c))
      columns += g_unichar_iswide (c) ? 2 : 1;
  }
  return columns;
}

static guint
code_points (const char *text, gunichar out[DISTANCE_CODE_POINTS])
{
  guint count = 0;
  const char *end = text + strlen (text);
  for (const char *at = text; at < end && count < DISTANCE_CODE_POINTS;)
    out[count++] = next_char (&at, end);
  return count;
}

guint
cd_text_distance (const char *a, const char *b)
{
  gunichar left[DISTANCE_CODE_POINTS], right[DISTANCE_CODE_POINTS];
  guint rows = code_points (a, left), columns = code_points (b, right);
  guint costs[3][DISTANCE_CODE_POINTS + 1]; /* of this row and the two before it */
  for (guint column = 0; column <= columns; column++)
    costs[0][column] = column;
  for (guint row = 1; row <= rows; row++) {
    guint *cost = costs[row % 3];
    const guint *before = costs[(row + 2) % 3], *earlier = costs[(row + 1) % 3];
    cost[0] = row;
    for (guint column = 1; column <= columns; column++) {
      guint replaced = before[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
      cost[column] = MIN (replaced, MIN (before[column], cost[column - 1]) + 1);
      if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
        cost[column] = MIN (cost[column], earlier[column - 2] + 1);
    }
  }
  return costs[rows % 3][columns];
}

const char *
cd_text_nearest (const char *word, const char *const *candidates)
{
  gunichar points[DISTANCE_CODE_POINTS];
  guint best_distance = MAX (code_points (word, points) / 3, 1) + 1;
  const char *best = NULL;
  for (gsize i = 0; candidates[i] != NULL; i++) {
    guint distance = cd_text_distance (word, candidates[i]);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidates[i];
    }
  }
  return best;
}

char *
cd_text_suggestion (const char *word, const char *const *candidates)
{
  const char *nearest = cd_text_nearest (word, candidates);
  return nearest != NULL ? g_strdup_printf ("; did you mean \"%s\"?", nearest) : g_strdup ("");
}

char *
cd_text_enumerate (const char *const *words)
{
  GString *all = g_string_new (NULL);
  for (gsize i = 0; words[i] != NULL; i++)
    g_string_append_printf (all, "%s%s", i == 0 ? "" : words[i + 1] == NULL ? " and " : ", ", words[i]);
  return g_string_free (all, FALSE);
}

char *
cd_text_choices (const char *word, const char *const *candidates)
{
  if (candidates[0] == NULL || cd_text_nearest (word, candidates) != NULL)
    return cd_text_suggestion (word, candidates);
  g_autofree char *all = cd_text_enumerate (candidates);
  return g_strdup_printf ("; there %s %s", candidates[1] != NULL ? "are" : "is", all);
}
