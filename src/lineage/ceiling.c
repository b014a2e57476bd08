/* The teacher's ceiling: scores of a work's model and of its teacher that stand in one column (or row) of one results table. Only a label that is the
 * teacher's name and nothing more counts: rows of students are often called after the teacher too. */
#include "base/text.h"
#include "lineage/limits.h"
#include <string.h>

#define LABEL_COLUMNS 3u /* a row's label stands in its first columns */
#define CEILINGS 64u
#define ROWS 16u         /* of teachers in one table; each is compared with all figures beside it */
#define LABEL_BYTES 200u /* a longer label is prose */

/* Compiled once for all tables. */
static gboolean
matches (GRegex **pattern, gsize *once, const char *expression, const char *text)
{
  if (g_once_init_enter (once)) {
    *pattern = g_regex_new (expression, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
    g_once_init_leave (once, 1);
  }
  return text != NULL && g_utf8_validate (text, -1, NULL) && g_regex_match (*pattern, text, 0, NULL);
}

/* The label speaks of what a model was taught by, not of the model. */
static gboolean
tells_teaching (const char *label)
{
  static gsize once;
  static GRegex *pattern;
  return matches (&pattern, &once, "distil|\\bdata|\\btrain|\\bsft\\b|tun(ed|ing)|generat|annotat|label|traces?\\b|student|蒸馏|数据|训练", label);
}

/* Heads over numbers of which more is not better. */
static gboolean
tells_no_score (const char *of)
{
  static gsize once;
  static GRegex *pattern;
  return matches (
      &pattern, &once,
      "token|length|latency|\\btime\\b|\\bcost|error|\\bloss|\\brank|\\bece\\b|brier|\\bsize|perplexity|\\bppl\\b|\\bsteps?\\b|gain|Δ|↓|improvement|"
      "\\bwords?\\b|\\bseconds?\\b|#",
      of);
}

/* How a score was taken, as the label says it; NULL where it does not. Caller frees. */
static char *
metric_in (const char *label)
{
  static gsize once;
  static GRegex *pattern;
  g_autoptr (GMatchInfo) match = NULL;
  if (g_once_init_enter (&once)) {
    pattern = g_regex_new (
        "\\b(?:pass|maj|cons|avg|mean|best|bo|bon)\\s?[@^]\\s?(?:\\d+|k)\\b|\\baccuracy\\b|\\bacc\\b|\\bf1\\b|exact match|准确率|正确率|"
        "self-consistency|\\bmajority\\b|\\bvoting\\b|\\bbest[- ]of[- ]\\w+|\\brerank\\w*|\\bk\\s?=\\s?\\d+",
        G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
    g_once_init_leave (&once, 1);
  }
  return g_utf8_validate (label, -1, NULL) && g_regex_match (pattern, label, 0, &match) ? g_match_info_fetch (match, 0) : NULL;
}

/* Words that may stand beside a model's name in its own label: its provider, "teacher", "API". */
static gboolean
is_plain_word (const CdMaster *master, const char *word, gsize length)
{
  static const char *const plain[] = { "teacher", "our", "api", "full", "the" };
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (strlen (plain[i]) == length && g_ascii_strncasecmp (plain[i], word, length) == 0)
      return TRUE;
  return master->provider != NULL && strlen (master->provider) == length && g_ascii_strncasecmp (master->provider, word, length) == 0;
}

static gsize
word_length (const char *text)
{
  gsize length = 0;
  while (g_ascii_isalnum (text[length]))
    length++;
  return length;
}

/* The text after the plain words that it begins with; a provider that is joined to the name by a hyphen or slash is part of it. */
static const char *
skip_plain_words (const CdMaster *master, const char *text)
{
  for (;;) {
    gsize length = word_length (text);
    gboolean plain = length > 0 && (text[length] == ' ' || text[length] == ':') && is_plain_word (master, text, length);
    if (*text == '\0' || (length > 0 && !plain))
      return text;
    text += MAX (length, 1);
  }
}

/* Nothing but plain words, sizes ("671B") and dates. */
static gboolean
is_plain_text (const CdMaster *master, const char *text)
{
  while (*text != '\0') {
    gsize length = word_length (text);
    gboolean digit = FALSE;
    for (gsize i = 0; i < length; i++)
      digit = digit || g_ascii_isdigit (text[i]);
    if (length > 0 && !digit && !is_plain_word (master, text, length))
      return FALSE;
    text += MAX (length, 1);
  }
  return TRUE;
}

static gboolean
is_master (const CdMaster *master, const CdMention *mention)
{
  if (mention->known >= 0 && mention->known == master->known)
    return TRUE;
  g_autofree char *key = cd_names_key (mention->name);
  return g_str_equal (key, master->key);
}

/* The text is the model's name: one mention, with nothing beside it that makes it another's. */
static gboolean
names_master (const CdNames *names, const CdMaster *master, const char *text)
{
  if (strlen (text) > LABEL_BYTES || tells_teaching (text))
    return FALSE;
  text = skip_plain_words (master, text);
  g_autoptr (GArray) mentions = cd_names_find (names, text, strlen (text));
  if (mentions->len != 1)
    return FALSE;
  const CdMention *mention = &g_array_index (mentions, CdMention, 0);
  return mention->kind == CD_MENTION_MODEL && mention->start == 0 && !mention->derived && !mention->alike && !mention->made
         && is_master (master, mention) && is_plain_text (master, text + mention->end);
}

static const char *
cell_text (const CdTable *table, guint row, guint column)
{
  const GPtrArray *cells = row < table->rows->len ? table->rows->pdata[row] : NULL;
  return cells != NULL && column < cells->len ? ((const CdCell *) cells->pdata[column])->text : "";
}

/* The row is the teacher's own: one of its first cells is its name, under a head that does not say "teacher" or "data", and the others tell of no teaching. */
static gboolean
is_master_row (const CdNames *names, const CdMaster *master, const CdResultFigure *figure)
{
  gboolean found = FALSE;
  for (guint column = 0; column < LABEL_COLUMNS && column < figure->column; column++) {
    const char *text = cell_text (figure->table, figure->row, column), *head = cell_text (figure->table, 0, column);
    if (figure->table->header_rows > 0 && (tells_teaching (head) || strcasestr (head, "teacher") != NULL || strcasestr (head, "source") != NULL)) {
      g_autoptr (GArray) mentions = cd_names_find (names, text, MIN (strlen (text), LABEL_BYTES));
      if (mentions->len > 0)
        return FALSE;
    }
    if (tells_teaching (text))
      return FALSE;
    found = found || names_master (names, master, text);
  }
  return found;
}

/* Whose each row or column of the table at hand is: a master's index, NOBODY, or UNREAD. */
#define NOBODY -1
#define UNREAD -2
typedef struct {
  const CdTable *table;
  guint first; /* of the figures beside the one at hand: those on one thing follow each other */
  guint found; /* lines that are a master's */
  GArray *masters;
} Lines;

static gboolean
are_beside (const CdResultFigure *a, const CdResultFigure *b)
{
  return a->table == b->table && (a->upright ? a->row == b->row : a->column == b->column);
}

static void
enter (Lines *lines, const GPtrArray *figures, guint index)
{
  const CdResultFigure *figure = figures->pdata[index];
  lines->first = are_beside (figures->pdata[lines->first], figure) ? lines->first : index;
  if (lines->table == figure->table)
    return;
  lines->table = figure->table;
  lines->found = 0;
  g_array_set_size (lines->masters, 0);
  const gint unread = UNREAD;
  guint cells = figure->table->rows->len > 0 ? ((const GPtrArray *) figure->table->rows->pdata[0])->len : 0;
  for (guint i = 0; i < MAX (figure->table->rows->len, cells); i++)
    g_array_append_val (lines->masters, unread);
}

/* NULL where the figure is nobody's who taught the work. */
static const CdMaster *
master_of (const CdNames *names, const GArray *masters, Lines *lines, const CdResultFigure *figure)
{
  guint at = figure->upright ? figure->column : figure->row;
  if (figure->own || at >= lines->masters->len)
    return NULL;
  gint *found = &g_array_index (lines->masters, gint, at);
  for (guint m = 0; *found == UNREAD && lines->found < ROWS && m < masters->len; m++) {
    const CdMaster *master = &g_array_index (masters, CdMaster, m);
    if (figure->upright ? names_master (names, master, figure->model) : is_master_row (names, master, figure))
      *found = (gint) m;
    lines->found += *found >= 0 ? 1 : 0;
  }
  *found = *found == UNREAD ? NOBODY : *found;
  return *found >= 0 ? &g_array_index (masters, CdMaster, (guint) *found) : NULL;
}

static gboolean
is_score (const CdResultFigure *figure)
{
  return figure->value >= 0 && figure->value <= 100 && !tells_no_score (figure->of);
}

/* The work's best figure on the same thing, taken the same way; NULL none. */
static const CdResultFigure *
best_own (const GPtrArray *figures, guint from, const CdResultFigure *masters)
{
  const CdResultFigure *best = NULL;
  g_autofree char *metric = metric_in (masters->model);
  for (guint i = from; i < figures->len && are_beside (figures->pdata[i], masters); i++) {
    const CdResultFigure *figure = figures->pdata[i];
    if (!figure->own || (best != NULL && figure->value <= best->value) || !is_score (figure))
      continue;
    g_autofree char *taken = metric_in (figure->model);
    if (g_strcmp0 (taken, metric) == 0)
      best = figure;
  }
  return best;
}

static void
add_place (CdBound *bound, const CdResultFigure *figure)
{
  CdTrace trace = { figure->document, figure->line, figure->line, "table", 1 };
  if (bound->evidence->len == 0 || g_array_index (bound->evidence, CdTrace, 0).line != figure->line)
    g_array_append_val (bound->evidence, trace);
}

static char *
spell (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.4g", value));
}

static CdBound *
ceiling_of (const CdMaster *master, const CdBenchmark *benchmark, const CdResultFigure *own, const CdResultFigure *masters)
{
  CdBound *bound = cd_bound_new (CD_BOUND_CEILING, master->name);
  bound->benchmark = benchmark;
  bound->metric = metric_in (masters->of);
  bound->student = own->value;
  bound->teacher_value = masters->value;
  bound->above = own->value > masters->value;
  g_autofree char *student = spell (own->value), *teacher = spell (masters->value);
  bound->what = g_strdup_printf ("%s%s%s: %s for the work's model, %s for %s", benchmark->name, bound->metric != NULL ? ", " : "",
                                 bound->metric != NULL ? bound->metric : "", student, teacher, master->name);
  add_place (bound, own);
  add_place (bound, masters);
  return bound;
}

/* The same teacher on the same benchmark, taken the same way. */
static gint
find_same (const GPtrArray *bounds, guint from, const CdBound *bound)
{
  for (guint i = from; i < bounds->len; i++) {
    const CdBound *other = bounds->pdata[i];
    gboolean metric
        = bound->metric == NULL || other->metric == NULL ? bound->metric == other->metric : g_ascii_strcasecmp (bound->metric, other->metric) == 0;
    if (other->benchmark == bound->benchmark && metric && g_str_equal (other->teacher, bound->teacher))
      return (gint) i;
  }
  return -1;
}

/* Those above first; otherwise in the order in which they were found. */
static void
put_above_first (GPtrArray *bounds, guint from)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = from; i < bounds->len; i++)
      if (((const CdBound *) bounds->pdata[i])->above == (pass == 0))
        g_ptr_array_add (sorted, bounds->pdata[i]);
  for (guint i = 0; i < sorted->len; i++)
    bounds->pdata[from + i] = sorted->pdata[i];
}

/* Of two on the same thing the one in which the work stands higher is kept. */
static void
keep (GPtrArray *bounds, guint first, CdBound *bound)
{
  gint same = find_same (bounds, first, bound);
  CdBound *other = same >= 0 ? bounds->pdata[same] : NULL;
  if (other == NULL) {
    g_ptr_array_add (bounds, bound);
    return;
  }
  gboolean higher = bound->student - bound->teacher_value > other->student - other->teacher_value;
  bounds->pdata[same] = higher ? bound : other;
  cd_bound_free (higher ? other : bound);
}

void
cd_bounds_add_ceilings (const CdNames *names, const GArray *masters, const CdCorpus *corpus, const CdWork *work, const CdResults *results,
                        GPtrArray *bounds)
{
  g_autoptr (GPtrArray) figures = cd_results_figures (results, corpus, work);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (gint));
  Lines lines = { .masters = marks };
  guint first = bounds->len;
  for (guint i = 0; i < figures->len && bounds->len < first + CEILINGS; i++) {
    const CdResultFigure *figure = figures->pdata[i];
    enter (&lines, figures, i);
    const CdMaster *master = master_of (names, masters, &lines, figure);
    const CdResultFigure *own = master != NULL && is_score (figure) ? best_own (figures, lines.first, figure) : NULL;
    if (own != NULL)
      keep (bounds, first, ceiling_of (master, cd_benchmarks_at (results->benchmarks, (guint) figure->benchmark), own, figure));
  }
  put_above_first (bounds, first);
}
