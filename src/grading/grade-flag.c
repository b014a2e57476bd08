/* Flags: what tests and judges say ("pass", "correct", "true", 1), and answers that are yes or no. */
#include "grading/families.h"
#include <string.h>

typedef enum { FLAG_NONE, FLAG_FALSE, FLAG_TRUE } Flag;

static const struct {
  const char *word;
  Flag flag;
} words[] = {
  { "true", FLAG_TRUE },
  { "1", FLAG_TRUE },
  { "1.0", FLAG_TRUE },
  { "yes", FLAG_TRUE },
  { "y", FLAG_TRUE },
  { "t", FLAG_TRUE },
  { "pass", FLAG_TRUE },
  { "passed", FLAG_TRUE },
  { "passes", FLAG_TRUE },
  { "correct", FLAG_TRUE },
  { "right", FLAG_TRUE },
  { "ok", FLAG_TRUE },
  { "accepted", FLAG_TRUE },
  { "ac", FLAG_TRUE },
  { "success", FLAG_TRUE },
  { "succeeded", FLAG_TRUE },
  { "solved", FLAG_TRUE },
  { "resolved", FLAG_TRUE },
  { "valid", FLAG_TRUE },
  { "equivalent", FLAG_TRUE },
  { "✓", FLAG_TRUE },
  { "✔", FLAG_TRUE },
  { "✅", FLAG_TRUE },
  { "是", FLAG_TRUE },
  { "正确", FLAG_TRUE },
  { "false", FLAG_FALSE },
  { "0", FLAG_FALSE },
  { "0.0", FLAG_FALSE },
  { "no", FLAG_FALSE },
  { "n", FLAG_FALSE },
  { "f", FLAG_FALSE },
  { "fail", FLAG_FALSE },
  { "failed", FLAG_FALSE },
  { "fails", FLAG_FALSE },
  { "incorrect", FLAG_FALSE },
  { "wrong", FLAG_FALSE },
  { "error", FLAG_FALSE },
  { "rejected", FLAG_FALSE },
  { "wa", FLAG_FALSE },
  { "tle", FLAG_FALSE },
  { "mle", FLAG_FALSE },
  { "re", FLAG_FALSE },
  { "ce", FLAG_FALSE },
  { "timeout", FLAG_FALSE },
  { "timed out", FLAG_FALSE },
  { "failure", FLAG_FALSE },
  { "unsolved", FLAG_FALSE },
  { "unresolved", FLAG_FALSE },
  { "invalid", FLAG_FALSE },
  { "not correct", FLAG_FALSE },
  { "not passed", FLAG_FALSE },
  { "not right", FLAG_FALSE },
  { "not equivalent", FLAG_FALSE },
  { "wrong answer", FLAG_FALSE },
  { "time limit exceeded", FLAG_FALSE },
  { "memory limit exceeded", FLAG_FALSE },
  { "runtime error", FLAG_FALSE },
  { "compilation error", FLAG_FALSE },
  { "compile error", FLAG_FALSE },
  { "✗", FLAG_FALSE },
  { "✘", FLAG_FALSE },
  { "❌", FLAG_FALSE },
  { "否", FLAG_FALSE },
  { "错误", FLAG_FALSE },
};

/* Brackets, markup and full stops aside, the whole span is a label. */
static Flag
label (CdSpan span)
{
  while (span.at < span.end && *span.at != '\0' && strchr (" *_`\"'([{<\\$", *span.at) != NULL)
    span.at++;
  if (cd_stated_begins (span.at, span.end, "text{"))
    span.at += strlen ("text{");
  while (span.end > span.at && span.end[-1] != '\0' && strchr (" *_`\"')]}>.,;:!$\r\n\t", span.end[-1]) != NULL)
    span.end--;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if ((gsize) (span.end - span.at) == strlen (words[i].word) && cd_stated_begins (span.at, span.end, words[i].word))
      return words[i].flag;
  return FLAG_NONE;
}

/* The label with which a statement begins: "Yes, because …", "incorrect - the sign is lost". Labels of one letter or digit need to be all of it. */
static Flag
first_label (CdSpan span)
{
  span = cd_stated_trim (span);
  Flag whole = label (span);
  if (whole != FLAG_NONE)
    return whole;
  while (span.at < span.end && !g_ascii_isalpha (*span.at) && (guchar) *span.at < 0x80)
    span.at++;
  const char *end = span.at;
  while (end < span.end && g_ascii_isalpha (*end))
    end++;
  if (cd_stated_begins (span.at, span.end, "not ")) /* "not correct, since …" */
    for (end = span.at + 4; end < span.end && g_ascii_isalpha (*end); end++) {
    }
  return end - span.at > 1 ? label ((CdSpan){ span.at, end }) : FLAG_NONE;
}

/* "Correct: yes", "[JUDGEMENT] fail", "Score: 1": the last line of that form. */
static Flag
judged (CdSpan response)
{
  static const char *const heads[]
      = { "correct", "judgement", "judgment", "verdict", "result", "score", "grade", "decision", "conclusion", "status" };
  Flag found = FLAG_NONE;
  for (const char *at = response.at; at < response.end;) {
    const char *newline = memchr (at, '\n', (gsize) (response.end - at)), *end = newline != NULL ? newline : response.end;
    CdSpan line = cd_stated_trim ((CdSpan){ at, end });
    at = end + 1;
    while (line.at < line.end && *line.at != '\0' && strchr ("#[( -*", *line.at) != NULL)
      line.at++;
    for (gsize i = 0; i < G_N_ELEMENTS (heads); i++) {
      const char *behind = line.at + strlen (heads[i]);
      while (cd_stated_begins (line.at, line.end, heads[i]) && behind < line.end && *behind != '\0' && strchr ("*_])} ", *behind) != NULL)
        behind++;
      if (!cd_stated_begins (line.at, line.end, heads[i]) || behind >= line.end || (*behind != ':' && *behind != '='))
        continue;
      Flag flag = first_label ((CdSpan){ behind + 1, line.end });
      found = flag != FLAG_NONE ? flag : found;
    }
  }
  return found;
}

static Flag
read_flag (CdSpan response)
{
  CdSpan span = cd_stated_trim (response);
  Flag flag = label (span);
  if (flag == FLAG_NONE && cd_stated_boxed (response, &span))
    flag = label (span);
  if (flag == FLAG_NONE)
    flag = judged (response);
  if (flag == FLAG_NONE && cd_stated_cue (response, &span))
    flag = first_label (span);
  if (flag == FLAG_NONE)
    flag = label (cd_stated_last_line (response));
  return flag != FLAG_NONE ? flag : first_label (cd_stated_first_line (response));
}

/* gold may be empty: true is meant, as of a verdict on tests. */
void
cd_grade_flag (const char *gold_text, const char *response, CdGrade *grade)
{
  CdSpan gold = cd_stated_trim ((CdSpan){ gold_text, gold_text + strlen (gold_text) });
  Flag meant = gold.at == gold.end ? FLAG_TRUE : read_flag (gold), said = read_flag (cd_stated_body (response));
  char *answer = said == FLAG_NONE ? NULL : g_strdup (said == FLAG_TRUE ? "true" : "false");
  cd_grade_set (grade, said != FLAG_NONE && said == meant, answer);
}
