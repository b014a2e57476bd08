/* Claims in sentences: figures, benchmarks and models in the order in which a sentence has them, and which figure is on which benchmark. Figures of other
 * models, changes and counts are left out. Sentences of papers must speak of the work in so many words. */
#include "claims/parts.h"
#include "work/identity.h"
#include <math.h>
#include <string.h>

#define VOIDED (CD_CONTEXT_PLAN | CD_CONTEXT_RELATED | CD_CONTEXT_DEMO | CD_CONTEXT_BOILERPLATE | CD_CONTEXT_QUOTED)
#define SENTENCE_BYTES 2000u
#define FIGURES 16u /* a passage with more is a table or a list of settings */

static gint
compare_marks (gconstpointer a, gconstpointer b)
{
  const CdMark *left = a, *right = b;
  return left->start != right->start ? (left->start < right->start ? -1 : 1) : (gint) left->kind - (gint) right->kind;
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

/* "it", "its": whoever was spoken of before. */
static gboolean
is_it (const CdClaimSentence *sentence, const CdMark *mark)
{
  return mark->end - mark->start <= 3 && g_ascii_strncasecmp (sentence->text + mark->start, "it", 2) == 0;
}

/* The figure is another model's: its name stands right before it, or between it and the work's. */
static gboolean
is_foreign (const CdClaimSentence *sentence, guint index)
{
  const CdMark *figure = &g_array_index (sentence->marks, CdMark, index);
  gboolean own = FALSE, foreign = FALSE;
  for (guint i = index; i-- > 0;) {
    const CdMark *mark = &g_array_index (sentence->marks, CdMark, i);
    if (mark->kind == CD_MARK_OWN)
      return FALSE;
    if (mark->kind == CD_MARK_FOREIGN && figure->start - mark->end <= 14)
      return TRUE;
    if (mark->kind == CD_MARK_FOREIGN)
      foreign = TRUE;
  }
  for (guint i = 0; i < sentence->marks->len; i++) {
    const CdMark *mark = &g_array_index (sentence->marks, CdMark, i);
    own = own || (mark->kind == CD_MARK_OWN && !is_it (sentence, mark));
  }
  return foreign && !own;
}

/* The figure after a foreign name, though the work's own stands before that: "X gets 50.0, Y 43.3". */
static gboolean
follows_foreign (const CdClaimSentence *sentence, guint index)
{
  const CdMark *figure = &g_array_index (sentence->marks, CdMark, index);
  for (guint i = index; i-- > 0;) {
    const CdMark *mark = &g_array_index (sentence->marks, CdMark, i);
    if (mark->kind == CD_MARK_OWN || mark->kind == CD_MARK_FIGURE)
      return FALSE;
    if (mark->kind == CD_MARK_FOREIGN)
      return figure->start - mark->end <= 14;
  }
  return FALSE;
}

static char *
model_before (const CdClaimSentence *sentence, guint index)
{
  for (guint i = index; i-- > 0;) {
    const CdMark *mark = &g_array_index (sentence->marks, CdMark, i);
    if (mark->kind != CD_MARK_OWN)
      continue;
    g_autofree char *name = g_strndup (sentence->text + mark->start, mark->end - mark->start);
    if (!cd_claim_is_own_pronoun (name) && (guchar) *name < 0x80)
      return g_steal_pointer (&name);
  }
  return NULL;
}

/* FALSE where the figure is another's. model: NULL where nothing tells; of a base that the work trained both names. */
static gboolean
find_model (const CdClaimSentence *sentence, guint figure, char **model)
{
  guint behind = 0;
  CdClaimBehind kind = cd_claim_behind (sentence, figure, &behind);
  g_autofree char *before = kind != CD_BEHIND_MODEL ? model_before (sentence, figure) : NULL;
  if (kind == CD_BEHIND_NOTHING) {
    *model = g_steal_pointer (&before);
    return TRUE;
  }
  const CdMark *mark = &g_array_index (sentence->marks, CdMark, behind);
  g_autofree char *name = g_strndup (sentence->text + mark->start, mark->end - mark->start);
  *model = kind == CD_BEHIND_BASE ? (before != NULL ? g_strdup_printf ("%s (%s)", before, name) : NULL) : g_steal_pointer (&name);
  return kind != CD_BEHIND_ANOTHER;
}

/* A sentence that says one thing of one model has those of its place; any other has its own. Caller frees; NULL none. */
static char *
conditions_of (const CdClaimSentence *sentence, const CdClaim *claim)
{
  static GRegex *pattern;
  guint figures = 0, benchmarks = 0;
  for (guint i = 0; i < sentence->marks->len; i++) {
    CdMarkKind kind = g_array_index (sentence->marks, CdMark, i).kind;
    figures += kind == CD_MARK_FIGURE ? 1 : 0;
    benchmarks += kind == CD_MARK_BENCHMARK ? 1 : 0;
  }
  gboolean plain
      = figures == 1 && benchmarks == 1 && claim->model != NULL && !sentence->gatherer->news
        && !cd_claim_matches (&pattern,
                              "\\b(with|using|via|without|after|before|when|while|initial\\w*|stages?|greedy|voting|tools?|budget|context|best|peak|"
                              "up to|runs?|early|step|epoch|search|only|if|from)\\b",
                              sentence->text);
  if (!plain)
    return g_strdup_printf ("sentence %u of %s", sentence->passage->line, sentence->document->path);
  g_autoptr (GPtrArray) words = cd_claim_context_of (sentence->gatherer, sentence->document, sentence->passage->section);
  return cd_claim_context_tell (words, claim->model);
}

static void
add_claim (const CdClaimSentence *sentence, guint figure, const CdMark *benchmark)
{
  const CdMark *mark = &g_array_index (sentence->marks, CdMark, figure);
  g_autofree char *model = NULL;
  if (!find_model (sentence, figure, &model))
    return;
  g_autofree char *task
      = mark->figure.average ? g_strdup ("average") : g_strndup (sentence->text + benchmark->start, benchmark->end - benchmark->start);
  if (!mark->figure.average && benchmark->benchmark < 0 && cd_claim_is_model (sentence->gatherer, task))
    return;
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
marks_of (const CdClaimSentence *sentence, CdMarkKind kind)
{
  GArray *indexes = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < sentence->marks->len; i++)
    if (g_array_index (sentence->marks, CdMark, i).kind == kind)
      g_array_append_val (indexes, i);
  return indexes;
}

#define LISTED "(?:\\s?/\\s?"
#define LISTED_NAME "[A-Za-z][\\w.+-]*"
#define LISTED_NUMBER "\\d+(?:\\.\\d+)?\\s?%?"

/* The parts of a list between slashes. Caller frees. */
static char **
parts_of (const GMatchInfo *match)
{
  g_autofree char *list = g_match_info_fetch (match, 0);
  char **parts = g_strsplit (list, "/", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    g_strstrip (parts[i]);
  return parts;
}

/* A list of as many names has a baseline's or another's model there. */
static gboolean
names_another (const CdClaimSentence *sentence, guint length, guint place)
{
  static GRegex *names, *bases;
  if (g_once_init_enter (&names))
    g_once_init_leave (&names, g_regex_new (LISTED_NAME LISTED LISTED_NAME ")+", G_REGEX_OPTIMIZE, 0, NULL));
  g_autoptr (GMatchInfo) match = NULL;
  g_regex_match (names, sentence->text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL)) {
    g_auto (GStrv) parts = parts_of (match);
    if (g_strv_length (parts) == length && place < length
        && (cd_claim_matches (&bases, "^(base(line)?|original|vanilla|before|initial|untrained|pretrained)$", parts[place])
            || cd_claim_whose (sentence->gatherer, parts[place]) == CD_WHOSE_FOREIGN))
      return TRUE;
  }
  return FALSE;
}

/* "Base / Ours: AIME 2024 = 13.3 / 26.7": figures between slashes are of the names between slashes, in their order. */
static gboolean
is_listed_for_another (const CdClaimSentence *sentence, const CdMark *figure)
{
  static GRegex *numbers;
  if (g_once_init_enter (&numbers))
    g_once_init_leave (&numbers, g_regex_new (LISTED_NUMBER LISTED LISTED_NUMBER ")+", G_REGEX_OPTIMIZE, 0, NULL));
  g_autoptr (GMatchInfo) match = NULL;
  g_regex_match (numbers, sentence->text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL)) {
    gint start = 0, end = 0;
    g_match_info_fetch_pos (match, 0, &start, &end);
    if (figure->start < (gsize) start || figure->start >= (gsize) end)
      continue;
    guint place = 0;
    for (gsize at = (gsize) start; at < figure->start; at++)
      place += sentence->text[at] == '/' ? 1 : 0;
    g_auto (GStrv) parts = parts_of (match);
    return names_another (sentence, g_strv_length (parts), place);
  }
  return FALSE;
}

static void
add_claims (const CdClaimSentence *sentence)
{
  g_autoptr (GArray) figures = marks_of (sentence, CD_MARK_FIGURE);
  for (guint i = figures->len; i-- > 0;)
    if (is_listed_for_another (sentence, &g_array_index (sentence->marks, CdMark, g_array_index (figures, guint, i))))
      g_array_remove_index (figures, i);
  g_autoptr (GArray) benchmarks = marks_of (sentence, CD_MARK_BENCHMARK);
  for (guint i = 0; i < figures->len; i++) {
    guint index = g_array_index (figures, guint, i);
    const CdMark *figure = &g_array_index (sentence->marks, CdMark, index);
    if ((benchmarks->len == 0 && !figure->figure.average) || is_foreign (sentence, index) || follows_foreign (sentence, index))
      continue;
    gint which = benchmarks->len == 0 ? (gint) index : cd_claim_pair_benchmark (sentence, figures, i, benchmarks);
    if (which >= 0)
      add_claim (sentence, index, &g_array_index (sentence->marks, CdMark, (guint) which));
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

/* By a name, or in the first person: "it" is whoever was spoken of before. */
static gboolean
names_work (const CdClaimSentence *sentence)
{
  for (guint i = 0; i < sentence->marks->len; i++) {
    const CdMark *mark = &g_array_index (sentence->marks, CdMark, i);
    if (mark->kind == CD_MARK_OWN && !is_it (sentence, mark))
      return TRUE;
  }
  return FALSE;
}

/* By a name, not by "we" or "our" alone. */
static gboolean
names_model_of_work (const CdClaimSentence *sentence)
{
  for (guint i = 0; i < sentence->marks->len; i++) {
    const CdMark *mark = &g_array_index (sentence->marks, CdMark, i);
    g_autofree char *word = g_strndup (sentence->text + mark->start, mark->end - mark->start);
    if (mark->kind == CD_MARK_OWN && !cd_claim_is_own_pronoun (word) && (guchar) *word < 0x80)
      return TRUE;
  }
  return FALSE;
}

/* The sentence before in the paragraph names a model, and none that is the work's. */
static gboolean
speaks_of_others_before (const CdClaimSentence *sentence)
{
  const CdPassage *first = &g_array_index (sentence->document->passages, CdPassage, 0);
  if (sentence->passage == first || (sentence->passage - 1)->paragraph != sentence->passage->paragraph)
    return FALSE;
  g_autofree char *raw = cd_document_passage_text (sentence->document, sentence->passage - 1);
  g_autofree char *text = cd_claim_plain_text (raw);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (CdMark));
  CdClaimSentence before = { sentence->gatherer, sentence->document, sentence->index, sentence->passage - 1, text, strlen (text), marks };
  if (before.length > SENTENCE_BYTES || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  cd_claim_mark_models (&before);
  gboolean foreign = FALSE;
  for (guint i = 0; i < marks->len; i++)
    foreign = foreign || g_array_index (marks, CdMark, i).kind == CD_MARK_FOREIGN;
  if (names_work (&before))
    return foreign && sentence->gatherer->news && !names_model_of_work (&before); /* "We release X": the news are X's */
  return foreign;
}

static gboolean
speaks_of_work (const CdClaimSentence *sentence)
{
  gboolean own = FALSE, foreign = FALSE;
  for (guint i = 0; i < sentence->marks->len; i++) {
    const CdMark *mark = &g_array_index (sentence->marks, CdMark, i);
    own = own || mark->kind == CD_MARK_OWN;
    foreign = foreign || mark->kind == CD_MARK_FOREIGN;
  }
  if (sentence->gatherer->listing)
    return names_model_of_work (sentence);
  if (strstr (sentence->text, "\\cite") != NULL && !names_model_of_work (sentence))
    return FALSE; /* what is cited is others' */
  if (own && !foreign && !names_work (sentence))
    return !speaks_of_others_before (sentence);
  return own || (!foreign && sentence->document->kind != CD_DOCUMENT_PDF);
}

static gboolean
names_benchmark (const CdClaimSentence *sentence)
{
  for (guint i = 0; i < sentence->marks->len; i++)
    if (g_array_index (sentence->marks, CdMark, i).kind == CD_MARK_BENCHMARK)
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
  g_autofree char *text = cd_claim_plain_text (raw);
  if (strpbrk (text, "0123456789") == NULL || !g_utf8_validate (text, -1, NULL) || !is_score_word (text))
    return;
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (CdMark));
  CdClaimSentence sentence = { gatherer, document, index, passage, text, strlen (text), marks };
  gatherer->news = (passage->flags & CD_CONTEXT_NEWS) != 0;
  cd_claim_mark_benchmarks (&sentence);
  cd_claim_mark_models (&sentence);
  guint figures = cd_claim_mark_figures (&sentence);
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

#define LISTED_PAPERS 40u

static gboolean
lists_papers (const CdDocument *document)
{
  guint papers = 0;
  for (guint i = 0; i < document->links->len && papers < LISTED_PAPERS; i++) {
    g_auto (CdHubAddress) address = { 0 };
    papers += cd_hub_parse (((const CdLink *) g_ptr_array_index (document->links, i))->target, &address) && address.kind == CD_HUB_PAPER ? 1 : 0;
  }
  return papers >= LISTED_PAPERS;
}

void
cd_claims_sentences (CdClaimGatherer *gatherer, guint index)
{
  const CdDocument *document = g_ptr_array_index (gatherer->corpus->documents, index);
  const GArray *hits = index < gatherer->hits->len ? g_ptr_array_index (gatherer->hits, index) : NULL;
  guint32 last = G_MAXUINT32;
  gatherer->listing = lists_papers (document);
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
