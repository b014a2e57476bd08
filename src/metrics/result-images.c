/* Pictures that show results, told from diagrams, curves and badges by what stands beside them: pixels are never read. */
#include "metrics/result-table.h"
#include <string.h>

static gboolean
matches (GRegex **pattern, gsize *once, const char *source, const char *text)
{
  if (g_once_init_enter (once)) {
    *pattern = g_regex_new (source, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
    g_once_init_leave (once, 1);
  }
  return text != NULL && g_utf8_validate (text, -1, NULL) && g_regex_match (*pattern, text, 0, NULL);
}

gboolean
cd_text_tells_results (const char *text)
{
  static gsize once;
  static GRegex *pattern;
  return matches (&pattern, &once,
                  "(?<![a-z])(results?|res|bench(mark)?s?|perf(ormances?)?|scores?|compar(e|ison)s?|acc(uracy)?|eval(uation)?s?|leaderboard|radar|"
                  "pass(@|_at_)?\\d)(?![a-z])|结果|效果|性能|对比|评测",
                  text);
}

/* Pictures of how the work is made or how training went. */
static gboolean
names_other (const char *text)
{
  static gsize once;
  static GRegex *pattern;
  return matches (
      &pattern, &once,
      "curves?|rewards?|loss|lengths?|entropy|(?<![a-z])(kl|log|logs|wandb|train(ing)?|steps?|overview|pipeline|framework|method|arch\\w*|"
      "demo|examples?|case|distribution|stat(istic)?s?|data(set)?s?|costs?|logo|icon|cli|gui|flow|workflow|template|prompts?|"
      "screenshot|qr\\w*|wechat|badge)(?![a-z])|shields\\.io|star-history|流程|框架|曲线|架构",
      text);
}

/* Names of the picture on top of a README, which often shows the main figures and as often the method. */
static gboolean
names_front (const char *text)
{
  static gsize once;
  static GRegex *pattern;
  return matches (&pattern, &once, "(?<![a-z])(teaser|main|intro\\w*|abs(tract)?\\w*|head\\w*|tab(le)?\\d*|fig(ure)?[-_ ]?1)(?![a-z\\d])", text);
}

static gboolean
names_benchmark (const CdResultReader *reader, const char *text)
{
  return text != NULL && g_utf8_validate (text, -1, NULL) && cd_benchmarks_in_label (reader->benchmarks, text, NULL) >= 0;
}

#define PROSE_LINES 4u /* from a picture to the sentence that says what it shows */

/* A sentence beside the picture that claims success: "on par with", "outperforms", "results". */
static gboolean
success_beside (const CdDocument *document, guint32 line)
{
  static gsize once;
  static GRegex *pattern;
  guint low = 0, high = document->passages->len;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (g_array_index (document->passages, CdPassage, middle).line + PROSE_LINES < line)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < document->passages->len && g_array_index (document->passages, CdPassage, low).line <= line + PROSE_LINES; low++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, low);
    if (passage->kind != CD_PASSAGE_PROSE && passage->kind != CD_PASSAGE_CAPTION)
      continue;
    g_autofree char *text = cd_document_passage_text (document, passage);
    if (matches (&pattern, &once,
                 "\\b(results?|performances?|outperform\\w*|surpass\\w*|on par|state[- ]of[- ]the[- ]art|sota)\\b|结果|性能|超越|超过", text))
      return TRUE;
  }
  return FALSE;
}

/* A name that speaks of something else is believed, unless the picture names a benchmark or results as well. */
gboolean
cd_result_image_shows (const CdResultReader *reader, const CdDocument *document, const CdLink *link, gboolean beside)
{
  const char *slash = strrchr (link->target, '/'), *file = slash != NULL ? slash + 1 : link->target;
  if (!g_utf8_validate (link->target, -1, NULL) || strstr (link->target, "shields.io") != NULL || strstr (link->target, "star-history") != NULL)
    return FALSE;
  gboolean curve = names_other (file) || names_other (link->text);
  if (cd_text_tells_results (file) && !names_other (file)) /* alt texts are copied about, file names less so */
    return TRUE;
  if (cd_text_tells_results (file) || names_benchmark (reader, file) || cd_text_tells_results (link->text) || names_benchmark (reader, link->text))
    return !curve || beside;
  if (curve)
    return FALSE;
  const CdSection *section = link->section >= 0 ? g_ptr_array_index (document->sections, (guint) link->section) : NULL;
  gboolean about_results = section != NULL && cd_text_tells_results (section->title);
  if (about_results || (beside && section != NULL && (section->flags & CD_CONTEXT_EVALUATION)))
    return TRUE;
  return names_front (file) && (beside || success_beside (document, link->line));
}
