/* Counts over the text that was kept of data files; what they may mean is left to readers. */
#include "lineage/signs.h"
#include <string.h>

#define TEXT_BYTES 4194304u /* of a file, looked at */
#define SIGNS 64u           /* kept in all */

static const struct {
  const char *sign, *what, *text;
} marks[] = {
  { "reasoning-field", "reasoning_content", "\"reasoning_content\"" },
  { "reasoning-field", "thinking", "\"thinking\"" },
  { "thinking-marker", "<think>", "<think>" },
  { "thinking-marker", "<|begin_of_thought|>", "<|begin_of_thought|>" },
  { "thinking-marker", "<|Assistant|>",
    "<\xef\xbd\x9c"
    "Assistant\xef\xbd\x9c>" },
  { "glyph", "U+202F", "\xe2\x80\xaf" },
  { "glyph", "U+2011", "\xe2\x80\x91" },
};

static void
sign_free (gpointer data)
{
  CdSign *sign = data;
  g_free (sign->what);
  g_free (sign);
}

static void
add_sign (GPtrArray *signs, guint document, const char *kind, const char *what, guint count)
{
  if (count == 0 || signs->len >= SIGNS)
    return;
  CdSign *sign = g_new0 (CdSign, 1);
  *sign = (CdSign){ document, kind, g_strdup (what), count };
  g_ptr_array_add (signs, sign);
}

/* memchr is several times faster than memmem where the first byte is rare. */
static guint
count_rare (const char *text, gsize length, const char *wanted, gsize size)
{
  guint count = 0;
  for (const char *at = text, *end = text + length; (at = memchr (at, wanted[0], (gsize) (end - at))) != NULL;) {
    gboolean found = (gsize) (end - at) >= size && memcmp (at, wanted, size) == 0;
    count += found ? 1 : 0;
    at += found ? size : 1;
  }
  return count;
}

static guint
count_text (const char *text, gsize length, const char *wanted)
{
  guint count = 0;
  gsize size = strlen (wanted);
  if (wanted[0] != '"')
    return count_rare (text, length, wanted, size);
  for (const char *at = text; (at = memmem (at, length - (gsize) (at - text), wanted, size)) != NULL; at += size)
    count++;
  return count;
}

/* What count_selves looks for begins so; few texts do, and the rest need neither a copy nor the pattern. */
static gboolean
speaks_of_itself (const char *text, gsize length)
{
  return (count_rare (text, length, "I'm ", 4) > 0 || count_rare (text, length, "I am ", 5) > 0) && memmem (text, length, " by ", 4) != NULL;
}

/* "I am …, made by OpenAI": who is named, how often. */
static void
count_selves (const char *text, guint document, GPtrArray *signs)
{
  static GRegex *pattern;
  if (g_once_init_enter (&pattern)) {
    GRegex *made = g_regex_new ("\\bI(?:'m| am) [^.\\n\"]{0,60}?(?:developed|created|made|trained|built) by "
                                "(OpenAI|Anthropic|Google|DeepSeek|Alibaba|Qwen|Meta|Mistral|Moonshot|Zhipu|Baidu|Tencent|xAI|Microsoft)\\b",
                                G_REGEX_OPTIMIZE, 0, NULL);
    g_once_init_leave (&pattern, made);
  }
  static const char *const makers[] = { "Alibaba", "Anthropic", "Baidu",  "DeepSeek", "Google",  "Meta",  "Microsoft",
                                        "Mistral", "Moonshot",  "OpenAI", "Qwen",     "Tencent", "Zhipu", "xAI" };
  guint counts[G_N_ELEMENTS (makers)] = { 0 };
  g_autoptr (GMatchInfo) info = NULL;
  g_regex_match (pattern, text, 0, &info);
  while (g_match_info_matches (info)) {
    g_autofree char *maker = g_match_info_fetch (info, 1);
    for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
      counts[i] += g_str_equal (maker, makers[i]) ? 1 : 0;
    g_match_info_next (info, NULL);
  }
  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    add_sign (signs, document, "self-identification", makers[i], counts[i]);
}

GPtrArray *
cd_signs_gather (const CdCorpus *corpus, const CdScope *scope)
{
  GPtrArray *signs = g_ptr_array_new_with_free_func (sign_free);
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    if (document->data == NULL || !cd_scope_is_own (scope, i))
      continue;
    gsize length = MIN (document->length, (gsize) TEXT_BYTES);
    if (speaks_of_itself (document->text, length)) {
      g_autofree char *text = g_utf8_make_valid (document->text, (gssize) length);
      count_selves (text, i, signs);
    }
    for (guint m = 0; m < G_N_ELEMENTS (marks); m++)
      add_sign (signs, i, marks[m].sign, marks[m].what, count_text (document->text, length, marks[m].text));
  }
  return signs;
}
