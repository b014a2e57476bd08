/* Claims in sentences: figures, benchmarks and models in the order in which a sentence has them, and which figure is on which benchmark. Figures of other
 * models, changes and counts are left out. Sentences of papers must speak of the work in so many words. */
#include "claims/parts.h"
#include "work/identity.h"
#include <math.h>
#include <string.h>

#define VOIDED (CD_CONTEXT_PLAN | CD_CONTEXT_RELATED | CD_CONTEXT_DEMO | CD_CONTEXT_BOILERPLATE | CD_CONTEXT_QUOTED)
#define SENTENCE_BYTES 2000u
#define CLAUSE 24u  /* bytes that a comma between figure and benchmark weighs */
#define FIGURES 16u /* a passage with more is a table or a list of settings */

typedef enum { MARK_BENCHMARK, MARK_FIGURE, MARK_OWN, MARK_FOREIGN } MarkKind;
typedef struct {
  MarkKind kind;
  gsize start, end;
  gint benchmark;
  CdClaimFigure figure;
} Mark;

typedef struct {
  CdClaimGatherer *gatherer;
  const CdDocument *document;
  guint index;
  const CdPassage *passage;
  const char *text;
  gsize length;
  GArray *marks; /* Mark, by place */
} Sentence;

static gint
compare_marks (gconstpointer a, gconstpointer b)
{
  const Mark *left = a, *right = b;
  return left->start != right->start ? (left->start < right->start ? -1 : 1) : (gint) left->kind - (gint) right->kind;
}

static gboolean
is_masked (const Sentence *sentence, gsize at)
{
  for (guint i = 0; i < sentence->marks->len; i++) {
    const Mark *mark = &g_array_index (sentence->marks, Mark, i);
    if (mark->kind != MARK_FIGURE && at >= mark->start && at < mark->end)
      return TRUE;
  }
  return FALSE;
}

/* "AIME 2024 and 2025", "AIME 24/25": the second year is of the same contest. */
static void
add_second_year (Sentence *sentence, const Mark *first)
{
  static GRegex *pattern;
  if (g_once_init_enter (&pattern))
    g_once_init_leave (&pattern, g_regex_new ("^['’]?\\s?(?:/|&|,|and)\\s?['’]?(?:20)?(2\\d)(?![\\d.%])", G_REGEX_OPTIMIZE, 0, NULL));
  const CdBenchmarks *benchmarks = sentence->gatherer->reader.benchmarks;
  const char *id = cd_benchmarks_at (benchmarks, (guint) first->benchmark)->id, *year = g_strrstr (id, "-20");
  g_autoptr (GMatchInfo) match = NULL;
  if (year == NULL || !g_regex_match (pattern, sentence->text + first->end, 0, &match))
    return;
  gint start = 0, end = 0;
  g_match_info_fetch_pos (match, 1, &start, &end);
  g_autofree char *other = g_strdup_printf ("%.*s-20%.*s", (int) (year - id), id, end - start, sentence->text + first->end + (gsize) start);
  gint benchmark = cd_benchmarks_find (benchmarks, other);
  if (benchmark < 0)
    return;
  Mark mark = { .kind = MARK_BENCHMARK, .start = first->end + 1, .end = first->end + (gsize) end, .benchmark = benchmark };
  g_array_append_val (sentence->marks, mark);
}

static void
mark_benchmarks (Sentence *sentence)
{
  g_autoptr (GArray) mentions = cd_benchmarks_in_text (sentence->gatherer->reader.benchmarks, sentence->text);
  for (guint i = 0; i < mentions->len; i++) {
    const CdBenchmarkMention *mention = &g_array_index (mentions, CdBenchmarkMention, i);
    Mark mark = { .kind = MARK_BENCHMARK, .start = mention->start, .end = mention->end, .benchmark = mention->benchmark };
    g_array_append_val (sentence->marks, mark);
    add_second_year (sentence, &mark);
  }
}

/* A name with a size that no knowledge has: a model of somebody. */
static gboolean
is_sized_name (const char *word)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern, "^[A-Za-z][\\w.]*-([\\w.]+-)*\\d+(\\.\\d+)?B\\b", word);
}

static gboolean
is_own_pronoun (const char *word)
{
  static const char *const words[] = { "we", "our", "ours", "it", "its", "我们", NULL };
  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (word, words[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_word_byte (char c)
{
  return g_ascii_isalnum (c) || strchr ("._-+/*", c) != NULL;
}

/* A known contest with a year that nobody knows yet: "AIME26". -1 none. */
static gint
contest_of (const Sentence *sentence, const char *word)
{
  static GRegex *pattern;
  gsize letters = strspn (word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
  if (!cd_claim_matches (&pattern, "^[A-Z]{3,}[-_']?(20)?2\\d$", word))
    return -1;
  g_autofree char *name = g_strndup (word, letters);
  return cd_benchmarks_in_label (sentence->gatherer->reader.benchmarks, name, NULL);
}

static void
mark_word (Sentence *sentence, gsize start, gsize end)
{
  while (end > start && strchr (".*/-", sentence->text[end - 1]) != NULL)
    end--;
  while (start < end && strchr (".*/-+", sentence->text[start]) != NULL)
    start++;
  if (end - start < 2 || end - start > 80 || is_masked (sentence, start) || g_ascii_isdigit (sentence->text[start]))
    return;
  g_autofree char *word = g_strndup (sentence->text + start, end - start);
  gint contest = contest_of (sentence, word);
  if (contest >= 0) {
    Mark found = { .kind = MARK_BENCHMARK, .start = start, .end = end, .benchmark = contest };
    g_array_append_val (sentence->marks, found);
    return;
  }
  gboolean named = strpbrk (word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != NULL;
  Mark mark = { .start = start, .end = end };
  CdWhose whose = is_own_pronoun (word) ? CD_WHOSE_OWN : named ? cd_claim_whose (sentence->gatherer, word) : CD_WHOSE_UNKNOWN;
  if (whose == CD_WHOSE_UNKNOWN && !is_sized_name (word))
    return;
  mark.kind = whose == CD_WHOSE_OWN ? MARK_OWN : MARK_FOREIGN;
  g_array_append_val (sentence->marks, mark);
}

/* Letters of other scripts have no blanks between words. */
static gboolean
is_own_phrase (const char *text, gsize length)
{
  static const char *const phrases[] = { "我们", "本文", "本项目", "本模型" };
  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    if (memmem (text, length, phrases[i], strlen (phrases[i])) != NULL)
      return TRUE;
  return FALSE;
}

static void
mark_models (Sentence *sentence)
{
  for (gsize at = 0; at < sentence->length;) {
    gsize start = at;
    while (at < sentence->length && is_word_byte (sentence->text[at]))
      at++;
    if (at > start) {
      mark_word (sentence, start, at);
      continue;
    }
    while (at < sentence->length && (guchar) sentence->text[at] >= 0x80)
      at++;
    if (is_own_phrase (sentence->text + start, at - start)) {
      Mark mark = { .kind = MARK_OWN, .start = start, .end = at, .benchmark = -1 };
      g_array_append_val (sentence->marks, mark);
    }
    at = MAX (at, start + 1);
  }
}

static gboolean
is_score_word (const char *text)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern,
                           "achiev|reach|scor|obtain|attain|accurac|pass@|\\bacc\\b|surpass|outperform|performance|on "
                           "par|\\bgets?\\b|\\bhits?\\b|\\bto\\b|success rate|solv|\\bf1\\b|"
                           "resolv|avg|average|达到|准确率|得分|提升",
                           text);
}

/* "of 15.0%, and 14.6%": what is listed behind a difference is one. */
static gboolean
is_listed (const Sentence *sentence, gsize from, gsize to)
{
  return from < to && strspn (sentence->text + from, " %,and/") == to - from;
}

/* "74% on TallyQA": a name that nobody knows here is a benchmark all the same, so that the figure is not taken for another's. */
static void
mark_unknown (Sentence *sentence, const Mark *figure)
{
  static GRegex *pattern;
  if (g_once_init_enter (&pattern))
    g_once_init_leave (
        &pattern, g_regex_new ("^\\s?%?\\s?(?:(?:accuracy|pass@\\d|score|[A-Z]&?[A-Z]?[0-9]?) )?(?:on|in) (?:the )?([A-Z][\\w-]*[A-Z0-9][\\w*-]*)",
                               G_REGEX_OPTIMIZE, 0, NULL));
  g_autoptr (GMatchInfo) match = NULL;
  gint start, end;
  if (!g_regex_match (pattern, sentence->text + figure->end, 0, &match) || !g_match_info_fetch_pos (match, 1, &start, &end))
    return;
  Mark mark = { .kind = MARK_BENCHMARK, .start = figure->end + (gsize) start, .end = figure->end + (gsize) end, .benchmark = -1 };
  for (gsize at = mark.start; at < mark.end; at++)
    if (is_masked (sentence, at))
      return;
  g_array_append_val (sentence->marks, mark);
}

static guint
mark_figures (Sentence *sentence)
{
  guint figures = 0;
  gsize changed = G_MAXSIZE; /* where the last difference ended */
  for (gsize at = 0; at < sentence->length;) {
    if (!g_ascii_isdigit (sentence->text[at]) || is_masked (sentence, at)) {
      at++;
      continue;
    }
    CdClaimFigure figure;
    gsize end = cd_claim_figure_read (sentence->text, sentence->length, at, &figure);
    if (figure.kind == CD_FIGURE_CHANGE || is_listed (sentence, changed, at))
      changed = end;
    else if (figure.kind == CD_FIGURE_SCORE) {
      Mark mark = { .kind = MARK_FIGURE, .start = at, .end = end, .benchmark = -1, .figure = figure };
      g_array_append_val (sentence->marks, mark);
      mark_unknown (sentence, &mark);
      figures++;
    }
    at = end;
  }
  return figures;
}

/* The figure is another model's: its name stands right before it, or between it and the work's. */
static gboolean
is_foreign (const Sentence *sentence, guint index)
{
  const Mark *figure = &g_array_index (sentence->marks, Mark, index);
  gboolean own = FALSE, foreign = FALSE;
  for (guint i = index; i-- > 0;) {
    const Mark *mark = &g_array_index (sentence->marks, Mark, i);
    if (mark->kind == MARK_OWN)
      return FALSE;
    if (mark->kind == MARK_FOREIGN && figure->start - mark->end <= 14)
      return TRUE;
    if (mark->kind == MARK_FOREIGN)
      foreign = TRUE;
  }
  for (guint i = 0; i < sentence->marks->len; i++)
    own = own || g_array_index (sentence->marks, Mark, i).kind == MARK_OWN;
  return foreign && !own;
}

/* The figure after a foreign name, though the work's own stands before that: "X gets 50.0, Y 43.3". */
static gboolean
follows_foreign (const Sentence *sentence, guint index)
{
  const Mark *figure = &g_array_index (sentence->marks, Mark, index);
  for (guint i = index; i-- > 0;) {
    const Mark *mark = &g_array_index (sentence->marks, Mark, i);
    if (mark->kind == MARK_OWN || mark->kind == MARK_FIGURE)
      return FALSE;
    if (mark->kind == MARK_FOREIGN)
      return figure->start - mark->end <= 14;
  }
  return FALSE;
}

static char *
model_before (const Sentence *sentence, guint index)
{
  for (guint i = index; i-- > 0;) {
    const Mark *mark = &g_array_index (sentence->marks, Mark, i);
    if (mark->kind != MARK_OWN)
      continue;
    g_autofree char *name = g_strndup (sentence->text + mark->start, mark->end - mark->start);
    if (!is_own_pronoun (name) && (guchar) *name < 0x80)
      return g_steal_pointer (&name);
  }
  return NULL;
}

/* A sentence that says one thing of one model has no conditions; any other has its own. Caller frees; NULL none. */
static char *
conditions_of (const Sentence *sentence, const CdClaim *claim)
{
  static GRegex *pattern;
  guint figures = 0, benchmarks = 0;
  for (guint i = 0; i < sentence->marks->len; i++) {
    MarkKind kind = g_array_index (sentence->marks, Mark, i).kind;
    figures += kind == MARK_FIGURE ? 1 : 0;
    benchmarks += kind == MARK_BENCHMARK ? 1 : 0;
  }
  gboolean plain
      = figures == 1 && benchmarks == 1 && claim->model != NULL && !sentence->gatherer->news
        && !cd_claim_matches (&pattern,
                              "\\b(with|using|via|without|after|before|when|while|initial\\w*|stages?|greedy|voting|tools?|budget|context|best|peak|"
                              "up to|runs?|early|step|epoch|search|only|if|from)\\b",
                              sentence->text);
  return plain ? NULL : g_strdup_printf ("sentence %u of %s", sentence->passage->line, sentence->document->path);
}

static void
add_claim (const Sentence *sentence, guint figure, const Mark *benchmark)
{
  const Mark *mark = &g_array_index (sentence->marks, Mark, figure);
  g_autofree char *model = model_before (sentence, figure);
  g_autofree char *task
      = mark->figure.average ? g_strdup ("average") : g_strndup (sentence->text + benchmark->start, benchmark->end - benchmark->start);
  CdClaim *claim = cd_claim_add (sentence->gatherer, sentence->document->kind == CD_DOCUMENT_PDF ? CD_CLAIM_PAPER : CD_CLAIM_SENTENCE, model, task,
                                 mark->figure.value, (CdPlace){ sentence->index, sentence->passage->line, sentence->passage->end_line });
  if (claim == NULL)
    return;
  claim->benchmark = mark->figure.average ? -1 : benchmark->benchmark;
  CdClaimMeasure measure = { .metric = { CD_METRIC_UNKNOWN, 0 } };
  cd_claim_measure_label (&measure, sentence->text);
  if (measure.metric.kind == CD_METRIC_TOKENS)
    measure.metric.kind = CD_METRIC_UNKNOWN; /* of a length beside the score */
  claim->metric = measure.metric;
  claim->samples = measure.samples;
  claim->sampled_at = measure.samples > 0 ? (CdPlace){ sentence->index, sentence->passage->line, sentence->passage->end_line } : (CdPlace){ 0 };
  claim->unit
      = mark->figure.percent ? CD_UNIT_PERCENT : cd_claim_unit (sentence->gatherer, claim->benchmark, claim->metric, task, mark->figure.value);
  claim->decimals = mark->figure.decimals;
  claim->average = mark->figure.average;
  claim->conditions = conditions_of (sentence, claim);
}

/* Indexes of the marks of a kind. */
static GArray *
marks_of (const Sentence *sentence, MarkKind kind)
{
  GArray *indexes = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < sentence->marks->len; i++)
    if (g_array_index (sentence->marks, Mark, i).kind == kind)
      g_array_append_val (indexes, i);
  return indexes;
}

/* The benchmark that stands nearest to a figure, one behind "on" as near as one before. */
static guint
nearest (const Sentence *sentence, const Mark *figure, const GArray *benchmarks)
{
  guint best = 0;
  gsize least = G_MAXSIZE;
  for (guint i = 0; i < benchmarks->len; i++) {
    const Mark *mark = &g_array_index (sentence->marks, Mark, g_array_index (benchmarks, guint, i));
    gsize from = MIN (mark->end, figure->end), to = MAX (mark->start, figure->start);
    gsize distance = to > from ? to - from + (memchr (sentence->text + from, ',', to - from) != NULL ? CLAUSE : 0) : 0;
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return best;
}

static gboolean
pairs_in_order (const Sentence *sentence, guint figures, guint benchmarks)
{
  static GRegex *pattern;
  if (figures == benchmarks)
    return TRUE;
  return benchmarks > 1 && figures % benchmarks == 0 && cd_claim_matches (&pattern, "respectively|\\d\\s?%?\\s?/\\s?\\d", sentence->text);
}

static void
add_claims (const Sentence *sentence)
{
  g_autoptr (GArray) figures = marks_of (sentence, MARK_FIGURE);
  g_autoptr (GArray) benchmarks = marks_of (sentence, MARK_BENCHMARK);
  gboolean ordered = pairs_in_order (sentence, figures->len, benchmarks->len);
  for (guint i = 0; i < figures->len; i++) {
    guint index = g_array_index (figures, guint, i);
    const Mark *figure = &g_array_index (sentence->marks, Mark, index);
    if ((benchmarks->len == 0 && !figure->figure.average) || is_foreign (sentence, index) || follows_foreign (sentence, index))
      continue;
    guint which = benchmarks->len == 0 ? 0 : ordered ? i % benchmarks->len : nearest (sentence, figure, benchmarks);
    add_claim (sentence, index, benchmarks->len == 0 ? figure : &g_array_index (sentence->marks, Mark, g_array_index (benchmarks, guint, which)));
  }
}

/* A section whose sentences are about others, or are no statements of results. */
static gboolean
is_others_section (const CdDocument *document, gint32 index)
{
  static GRegex *pattern;
  for (gint32 section = index; section >= 0;) {
    const CdSection *above = g_ptr_array_index (document->sections, (guint) section);
    if (cd_claim_matches (&pattern, "related work|example|acknowledg|citation|references|background|preliminar|case stud|limitation|prompt",
                          above->title))
      return TRUE;
    section = above->parent;
  }
  return FALSE;
}

/* A copy without Markdown's marks of bold and code, and LaTeX's of percent and math. Caller frees. */
static char *
without_emphasis (const char *text)
{
  GString *plain = g_string_sized_new (strlen (text) + 1);
  for (; *text != '\0'; text++) {
    if (text[0] == '*' && text[1] == '*')
      text++;
    else if (*text != '`' && *text != '$' && !(*text == '\\' && text[1] == '%'))
      g_string_append_c (plain, *text);
  }
  return g_string_free (plain, FALSE);
}

/* By a name, or in the first person: "it" is whoever was spoken of before. */
static gboolean
names_work (const Sentence *sentence)
{
  for (guint i = 0; i < sentence->marks->len; i++) {
    const Mark *mark = &g_array_index (sentence->marks, Mark, i);
    gboolean it = mark->end - mark->start <= 3 && g_ascii_strncasecmp (sentence->text + mark->start, "it", 2) == 0;
    if (mark->kind == MARK_OWN && !it)
      return TRUE;
  }
  return FALSE;
}

/* The sentence before in the paragraph names a model, and none that is the work's. */
static gboolean
speaks_of_others_before (const Sentence *sentence)
{
  const CdPassage *first = &g_array_index (sentence->document->passages, CdPassage, 0);
  if (sentence->passage == first || (sentence->passage - 1)->paragraph != sentence->passage->paragraph)
    return FALSE;
  g_autofree char *raw = cd_document_passage_text (sentence->document, sentence->passage - 1);
  g_autofree char *text = without_emphasis (raw);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  Sentence before = { sentence->gatherer, sentence->document, sentence->index, sentence->passage - 1, text, strlen (text), marks };
  if (before.length > SENTENCE_BYTES || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  mark_models (&before);
  gboolean foreign = FALSE;
  for (guint i = 0; i < marks->len; i++) {
    if (g_array_index (marks, Mark, i).kind == MARK_OWN)
      return FALSE;
    foreign = TRUE;
  }
  return foreign;
}

static gboolean
speaks_of_work (const Sentence *sentence)
{
  gboolean own = FALSE, foreign = FALSE;
  for (guint i = 0; i < sentence->marks->len; i++) {
    const Mark *mark = &g_array_index (sentence->marks, Mark, i);
    own = own || mark->kind == MARK_OWN;
    foreign = foreign || mark->kind == MARK_FOREIGN;
  }
  if (own && !foreign && !names_work (sentence))
    return !speaks_of_others_before (sentence);
  return own || (!foreign && sentence->document->kind != CD_DOCUMENT_PDF);
}

static gboolean
names_benchmark (const Sentence *sentence)
{
  for (guint i = 0; i < sentence->marks->len; i++)
    if (g_array_index (sentence->marks, Mark, i).kind == MARK_BENCHMARK)
      return TRUE;
  return FALSE;
}

/* averages: of those that name no benchmark. */
static void
read_sentence (CdClaimGatherer *gatherer, guint index, const CdPassage *passage, gboolean averages)
{
  const CdDocument *document = g_ptr_array_index (gatherer->corpus->documents, index);
  if ((passage->kind != CD_PASSAGE_PROSE && passage->kind != CD_PASSAGE_CAPTION) || (passage->flags & VOIDED)
      || passage->end - passage->start > SENTENCE_BYTES || is_others_section (document, passage->section))
    return;
  g_autofree char *raw = cd_document_passage_text (document, passage);
  g_autofree char *text = without_emphasis (raw);
  if (strpbrk (text, "0123456789") == NULL || !g_utf8_validate (text, -1, NULL) || !is_score_word (text))
    return;
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  Sentence sentence = { gatherer, document, index, passage, text, strlen (text), marks };
  gatherer->news = (passage->flags & CD_CONTEXT_NEWS) != 0;
  mark_benchmarks (&sentence);
  mark_models (&sentence);
  guint figures = mark_figures (&sentence);
  if (figures == 0 || figures > FIGURES || !speaks_of_work (&sentence) || averages == names_benchmark (&sentence))
    return;
  g_array_sort (marks, compare_marks);
  add_claims (&sentence);
}

/* Sentences about an average, which need not name a benchmark. */
static void
read_averages (CdClaimGatherer *gatherer, guint index, const CdDocument *document)
{
  for (guint i = 0; i < document->passages->len; i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    const char *text = document->text + passage->start;
    gsize length = passage->end - passage->start;
    if (passage->kind == CD_PASSAGE_PROSE && length < SENTENCE_BYTES
        && (memmem (text, length, "avg", 3) != NULL || memmem (text, length, "average", 7) != NULL))
      read_sentence (gatherer, index, passage, TRUE);
  }
}

void
cd_claims_sentences (CdClaimGatherer *gatherer, guint index)
{
  const CdDocument *document = g_ptr_array_index (gatherer->corpus->documents, index);
  const GArray *hits = index < gatherer->hits->len ? g_ptr_array_index (gatherer->hits, index) : NULL;
  guint32 last = G_MAXUINT32;
  if (document->kind != CD_DOCUMENT_PDF)
    read_averages (gatherer, index, document);
  for (guint i = 0; hits != NULL && i < hits->len; i++) {
    const CdHit *hit = &g_array_index (hits, CdHit, i);
    if (hit->passage == last || !g_str_has_prefix (cd_signals_at (gatherer->signals, hit->signal)->id, "benchmarks."))
      continue;
    last = hit->passage;
    read_sentence (gatherer, index, &g_array_index (document->passages, CdPassage, hit->passage), FALSE);
  }
}
