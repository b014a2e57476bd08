/* What a model's answer is worth: read strictly, and every quote of it looked up in the lines that the model was shown. Words that nobody wrote prove
 * nothing, wherever they come from. */
#include "review/model-parts.h"
#include "base/text.h"
#include <string.h>

#define REASON_MOST 1000 /* characters */
#define QUOTES_MOST 16
#define QUOTE_LEAST 12u /* characters of a quote that is not a whole line: fewer stand anywhere */
#define QUOTE_LINES 12u /* that one quote may run over */

static void fault (CdModelAnswer *answer, const char *format, ...) G_GNUC_PRINTF (2, 3);
static void
fault (CdModelAnswer *answer, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *why = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_free (answer->reason);
  answer->reason = cd_text_printable (why);
  answer->valid = FALSE;
  answer->answer = CD_ANSWER_LATER;
  g_ptr_array_set_size (answer->evidence, 0);
}

void
cd_model_answer_clear (CdModelAnswer *answer)
{
  g_free (answer->reason);
  g_clear_pointer (&answer->evidence, g_ptr_array_unref);
}

/* --- where the object is --- */

static cJSON *
parse_object (const char *text, gsize length)
{
  g_autofree char *copy = g_strstrip (g_strndup (text, length));
  const char *end = NULL;
  cJSON *object = cJSON_ParseWithOpts (copy, &end, TRUE);
  if (object != NULL && !cJSON_IsObject (object))
    g_clear_pointer (&object, cJSON_Delete);
  return object;
}

/* Of all that a model writes around its answer: after its thoughts, the whole, or what one code fence holds, or what stands between braces. */
static cJSON *
find_object (const char *content)
{
  static const char thought[] = "</think>", fence[] = "```";
  const char *said = g_strrstr (content, thought);
  said = said != NULL ? said + strlen (thought) : content;
  cJSON *object = parse_object (said, strlen (said));
  const char *open = object == NULL ? strstr (said, fence) : NULL, *body = open != NULL ? strchr (open, '\n') : NULL;
  const char *close = body != NULL ? strstr (body, fence) : NULL;
  if (close != NULL && strstr (close + strlen (fence), fence) == NULL)
    object = parse_object (body, (gsize) (close - body));
  const char *first = object == NULL ? strchr (said, '{') : NULL, *last = first != NULL ? strrchr (first, '}') : NULL;
  return last != NULL ? parse_object (first, (gsize) (last - first) + 1) : object;
}

/* --- quotes --- */

/* White space as one space, none around. Caller frees. */
static char *
normalised (const char *text)
{
  g_autofree char *printable = cd_text_printable (text);
  g_auto (GStrv) words = g_strsplit_set (printable, " ", -1);
  GString *out = g_string_new (NULL);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", words[i]);
  return g_string_free (out, FALSE);
}

/* A line's number, where the model copied it with the line. */
static const char *
without_number (const char *text, guint line)
{
  char *end = NULL;
  guint64 number = g_ascii_strtoull (text, &end, 10);
  return end != text && number == line && *end == '|' ? end + 1 : text;
}

/* TRUE where quote stands in the shown lines from index on, and begins in the first of them; *lines: how many it runs over. */
static gboolean
stands_at (const CdExcerpt *excerpt, guint index, const char *quote, guint *lines)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize first = 0;
  for (guint i = index; i < excerpt->lines->len && i - index < QUOTE_LINES; i++) {
    const CdExcerptLine *line = &g_array_index (excerpt->lines, CdExcerptLine, i);
    guint number = g_array_index (excerpt->lines, CdExcerptLine, index).number + (i - index);
    if (line->text == NULL || line->number != number)
      return FALSE;
    g_autofree char *words = normalised (line->text);
    g_string_append_printf (text, "%s%s", text->len > 0 && *words != '\0' ? " " : "", words);
    first = i == index ? text->len : first;
    const char *found = strstr (text->str, quote);
    if (found == NULL)
      continue;
    *lines = i - index + 1;
    return (gsize) (found - text->str) < first;
  }
  return FALSE;
}

static gboolean
is_whole_line (const CdExcerpt *excerpt, guint index, const char *quote)
{
  const CdExcerptLine *line = &g_array_index (excerpt->lines, CdExcerptLine, index);
  g_autofree char *words = line->text != NULL ? normalised (line->text) : NULL;
  return words != NULL && strcmp (words, quote) == 0;
}

/* The place of a quote; NULL with a fault where there is no such thing. Caller frees. */
static CdCitation *
look_up (CdModelAnswer *answer, const GPtrArray *excerpts, const char *path, guint line, const char *text)
{
  g_autofree char *quote = normalised (without_number (text, line));
  guint index = 0, lines = 0;
  const CdExcerpt *excerpt = cd_excerpts_find (excerpts, path, line, &index);
  if (excerpt == NULL)
    fault (answer, "it quotes %s:%u, which it was not shown", path, line);
  else if (g_array_index (excerpt->lines, CdExcerptLine, index).text == NULL)
    fault (answer, "it quotes %s:%u, which was withheld", path, line);
  else if (*quote == '\0' || !stands_at (excerpt, index, quote, &lines))
    fault (answer, "%s:%u does not say \"%.80s\"", path, line, quote);
  else if (excerpt->withheld > 0)
    fault (answer, "it quotes %s:%u, beside lines that speak to whoever judges the work", path, line);
  else if (g_utf8_strlen (quote, -1) < QUOTE_LEAST && !is_whole_line (excerpt, index, quote))
    fault (answer, "\"%s\" of %s:%u is too little to prove anything", quote, path, line);
  else
    return cd_citation_new (excerpt->path, line, line + lines - 1, NULL);
  return NULL;
}

static gboolean
read_quote (CdModelAnswer *answer, const cJSON *quote, const GPtrArray *excerpts)
{
  const char *path = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (quote, "path"));
  const char *text = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (quote, "text"));
  const cJSON *line = cJSON_GetObjectItemCaseSensitive (quote, "line");
  double number = cJSON_IsNumber (line) ? line->valuedouble : 0;
  if (path == NULL || text == NULL || !(number >= 1 && number <= G_MAXINT) || (double) (guint) number < number) {
    fault (answer, "a quote has no path, line and text");
    return FALSE;
  }
  CdCitation *citation = look_up (answer, excerpts, path, (guint) number, text);
  if (citation != NULL)
    g_ptr_array_add (answer->evidence, citation);
  return citation != NULL;
}

static gboolean
read_quotes (CdModelAnswer *answer, const cJSON *object, const GPtrArray *excerpts)
{
  const cJSON *quotes = cJSON_GetObjectItemCaseSensitive (object, "quotes");
  if (quotes != NULL && !cJSON_IsNull (quotes) && !cJSON_IsArray (quotes)) {
    fault (answer, "its quotes are no list");
    return FALSE;
  }
  if (cJSON_GetArraySize (quotes) > QUOTES_MOST) {
    fault (answer, "it quotes more than %d times", QUOTES_MOST);
    return FALSE;
  }
  for (const cJSON *quote = quotes != NULL ? quotes->child : NULL; quote != NULL; quote = quote->next)
    if (!read_quote (answer, quote, excerpts))
      return FALSE;
  return TRUE;
}

/* --- the whole --- */

static const struct {
  const char *word;
  CdAnswer answer;
} answers[] = { { "yes", CD_ANSWER_YES }, { "no", CD_ANSWER_NO }, { "unsure", CD_ANSWER_LATER } };

static gboolean
read_answer (CdModelAnswer *answer, const cJSON *object)
{
  const char *word = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, "answer"));
  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (answers); i++)
    if (strcmp (word, answers[i].word) == 0) {
      answer->answer = answers[i].answer;
      return TRUE;
    }
  fault (answer, "its answer is neither yes nor no nor unsure");
  return FALSE;
}

static gboolean
read_reason (CdModelAnswer *answer, const cJSON *object)
{
  const cJSON *reason = cJSON_GetObjectItemCaseSensitive (object, "reason");
  if (reason != NULL && !cJSON_IsString (reason)) {
    fault (answer, "its reason is no text");
    return FALSE;
  }
  g_autofree char *printable = cd_text_printable (reason != NULL ? reason->valuestring : "");
  answer->reason = g_utf8_substring (printable, 0, MIN (g_utf8_strlen (printable, -1), REASON_MOST));
  return TRUE;
}

void
cd_model_answer_read (CdModelAnswer *answer, const char *content, const GPtrArray *excerpts)
{
  *answer = (CdModelAnswer){ .valid = TRUE, .evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_citation_free) };
  cJSON *object = find_object (content);
  if (object == NULL)
    fault (answer, "it is no JSON object");
  else if (read_answer (answer, object) && read_reason (answer, object) && read_quotes (answer, object, excerpts) && answer->answer == CD_ANSWER_YES
           && answer->evidence->len == 0)
    fault (answer, "a yes without a quote");
  cJSON_Delete (object);
}
