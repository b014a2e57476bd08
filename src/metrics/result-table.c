/* A parsed table as results: the benchmark side, the score cells, whose rows they are. Text without structure is read by result-lines.c. */
#include "metrics/result-table.h"
#include "base/text.h"
#include <string.h>

#define NAME_BYTES 4u    /* a shorter name would meet other words' keys */
#define LABEL_COLUMNS 3u /* a row's label stands in its first columns */

typedef enum { SIDE_NONE, SIDE_HEADS, SIDE_ROWS, SIDE_CAPTION } Side;

gboolean
cd_text_names_metric (const char *text, gssize length)
{
  static gsize once;
  static GRegex *pattern;
  if (g_once_init_enter (&once)) {
    pattern = g_regex_new ("accurac|\\bacc(\\b|[._])|\\bpass\\s?[@^]\\s?\\d|\\br\\d{0,3}\\s?@\\s?[\\d.]|\\bpass@k|"
                           "\\b(maj|cons|avg|mean|best|bon|voting|rerank|top|hit|recall|ndcg)\\s?@|\\bmajority\\b|\\bf1\\b|exact[ _]match|"
                           "\\bEM\\b|\\b[mgc]?iou\\b|(?-i:\\bmAP\\b|\\bAP(@|\\d))|\\brating\\b|\\belo\\b|win[- ]rate|"
                           "(solve|success|resolve|pass|correct)[- ]?(rate|ratio)|%\\s?resolved|percentile|\\btop-1\\b|\\bbleu\\b|\\brouge|"
                           "self-consistency|准确率|正确率|精度|通过率|胜率|成功率",
                           G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
    g_once_init_leave (&once, 1);
  }
  return text != NULL && g_regex_match_full (pattern, text, length, 0, 0, NULL, NULL);
}

static gboolean
says_ours (const char *label)
{
  static gsize once;
  static GRegex *pattern;
  if (g_once_init_enter (&once)) {
    pattern = g_regex_new ("\\bours?\\b|本文|我们", G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
    g_once_init_leave (&once, 1);
  }
  return g_regex_match (pattern, label, 0, NULL);
}

gboolean
cd_label_is_own (const CdResultReader *reader, const char *label)
{
  if (!g_utf8_validate (label, -1, NULL))
    return FALSE;
  if (says_ours (label))
    return TRUE;
  g_autofree char *key = cd_text_key (label);
  for (guint i = 0; i < reader->names->len; i++) {
    const char *name = g_ptr_array_index (reader->names, i);
    if (strlen (name) >= NAME_BYTES ? strstr (key, name) != NULL : *name != '\0' && g_str_equal (key, name))
      return TRUE;
  }
  return FALSE;
}

/* The label begins with the name of a model that is served only, never given away. */
static gboolean
is_served (const char *label)
{
  static gsize once;
  static GRegex *pattern;
  if (g_once_init_enter (&once)) {
    pattern = g_regex_new ("^\\W*(open\\s?ai|chat\\s?gpt|gpt|o[134]\\b|claude|gemini|grok)", G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
    g_once_init_leave (&once, 1);
  }
  return g_regex_match (pattern, label, 0, NULL);
}

gboolean
cd_label_is_foundation (const CdResultReader *reader, const char *label)
{
  while (*label != '\0' && !g_ascii_isalnum (*label) && (guchar) *label < 0x80)
    label++;
  return is_served (label) || (reader->providers != NULL && cd_providers_is_family (reader->providers, label));
}

/* A variant of the row above: "+ RL", "w/o filter", "- KL". */
static gboolean
is_variant (const char *label)
{
  while (*label == ' ' || *label == '*' || *label == '(')
    label++;
  return *label == '+' || g_ascii_strncasecmp (label, "w/", 2) == 0 || g_ascii_strncasecmp (label, "without ", 8) == 0
         || (*label == '-' && label[1] == ' ');
}

/* A score: a number with marks around it ("**46.7**", "83.3%", "1.2 ± 0.3", "37 (+4.1)") and no words. */
static gboolean
cell_score (const char *text, double *value, gboolean *decimals)
{
  const char *at = text + strspn (text, " *_~<>≈$");
  if (!g_ascii_isdigit (*at) || strlen (at) > 40)
    return FALSE;
  char *end;
  *value = g_ascii_strtod (at, &end);
  *decimals = memchr (at, '.', (gsize) (end - at)) != NULL || *end == '%';
  for (const char *rest = end; *rest != '\0'; rest++)
    if (g_ascii_isalpha (*rest) || *rest == ',' || *rest == ':')
      return FALSE;
  /* Sizes and counts ("7473") are no scores; ratings are few and stand beside scores. */
  return *value <= 100.0 || *decimals;
}

static const CdCell *
cell_at (const CdTable *table, guint row, guint column)
{
  const GPtrArray *cells = g_ptr_array_index (table->rows, row);
  return column < cells->len ? g_ptr_array_index (cells, column) : NULL;
}

static guint
table_columns (const CdTable *table)
{
  return table->rows->len > 0 ? ((const GPtrArray *) g_ptr_array_index (table->rows, 0))->len : 0;
}

/* The head of a column: its header rows joined. */
static char *
column_head (const CdTable *table, guint column)
{
  GString *head = g_string_new (NULL);
  const char *before = "";
  for (guint row = 0; row < table->header_rows && row < table->rows->len; row++) {
    const CdCell *cell = cell_at (table, row, column);
    if (cell == NULL || *cell->text == '\0' || g_str_equal (cell->text, before))
      continue;
    g_string_append_printf (head, "%s%s", head->len > 0 ? " " : "", cell->text);
    before = cell->text;
  }
  return g_string_free (head, FALSE);
}

/* The label of a row: the cells that are no scores among its first columns. */
static char *
row_label (const CdTable *table, guint row)
{
  GString *label = g_string_new (NULL);
  double value;
  gboolean decimals;
  for (guint column = 0; column < LABEL_COLUMNS; column++) {
    const CdCell *cell = cell_at (table, row, column);
    if (cell == NULL || *cell->text == '\0' || cell_score (cell->text, &value, &decimals))
      continue;
    g_string_append_printf (label, "%s%s", label->len > 0 ? " " : "", cell->text);
  }
  return g_string_free (label, FALSE);
}

/* Distinct benchmarks met so far, as bits by index. */
typedef struct {
  GByteArray *seen;
  guint distinct, versioned;
} Tally;

static void
tally_add (Tally *tally, gint benchmark, gboolean versioned)
{
  guint byte = (guint) benchmark / 8, bit = 1u << ((guint) benchmark % 8);
  if (tally->seen->data[byte] & bit)
    return;
  tally->seen->data[byte] = (guint8) (tally->seen->data[byte] | bit);
  tally->distinct++;
  tally->versioned += versioned ? 1 : 0;
}

static guint
count_benchmarks (const CdResultReader *reader, char **labels, guint length, Tally *tally)
{
  guint count = 0;
  for (guint i = 0; i < length; i++) {
    gboolean versioned;
    gint benchmark = labels[i] != NULL && *labels[i] != '\0' ? cd_benchmarks_in_label (reader->benchmarks, labels[i], &versioned) : -1;
    if (benchmark < 0)
      continue;
    tally_add (tally, benchmark, versioned);
    count++;
  }
  return count;
}

static gboolean
any_metric (char **labels, guint length)
{
  for (guint i = 0; i < length; i++)
    if (cd_text_names_metric (labels[i], -1))
      return TRUE;
  return FALSE;
}

static gboolean
any_average (char **labels, guint length)
{
  for (guint i = 0; i < length; i++)
    if (labels[i] != NULL
        && (strcasestr (labels[i], "avg") != NULL || strcasestr (labels[i], "average") != NULL || strstr (labels[i], "平均") != NULL))
      return TRUE;
  return FALSE;
}

/* Heads of a table about training values or data sizes, not scores. */
static gboolean
is_settings_table (char **heads, guint length)
{
  static gsize once;
  static GRegex *pattern;
  if (g_once_init_enter (&once)) {
    pattern = g_regex_new ("learning rate|batch size|\\bepochs?\\b|weight decay|hyper-?parameter|#\\s?(samples|problems|train|examples)|"
                           "^\\W*(counts?|numbers?|amount|数量)\\W*$|download|tokens?\\s?/\\s?s|throughput|latency|bandwidth|memory|超参|学习率",
                           G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
    g_once_init_leave (&once, 1);
  }
  guint found = 0;
  for (guint i = 0; i < length; i++)
    found += g_regex_match (pattern, heads[i], 0, NULL) ? 1 : 0;
  return found >= 2 || (found == 1 && length <= 3);
}

static void
mark_model (const CdResultReader *reader, CdResultTable *result, gboolean own, const char *label, guint32 line)
{
  result->unknown_rows += !own && *label != '\0' && !cd_label_is_foundation (reader, label) ? 1 : 0;
  result->served_rows += !own && is_served (label) ? 1 : 0;
  guint *count = own ? &result->own_rows : &result->other_rows;
  guint32 *place = own ? &result->own_line : &result->other_line;
  if ((*count)++ == 0)
    *place = line;
}

static guint
row_scores (const CdTable *table, guint row, guint columns)
{
  guint scores = 0;
  double value;
  gboolean decimals;
  for (guint column = 0; column < columns; column++)
    scores += cell_score (cell_at (table, row, column)->text, &value, &decimals) ? 1 : 0;
  return scores;
}

/* The only body row whose label is bold: authors set their own so. G_MAXUINT where none or several are. */
static guint
only_bold_row (const CdTable *table)
{
  guint found = G_MAXUINT;
  for (guint row = table->header_rows; row < table->rows->len; row++) {
    const CdCell *cell = cell_at (table, row, 0);
    if (cell == NULL || !cell->bold || *cell->text == '\0')
      continue;
    if (found != G_MAXUINT)
      return G_MAXUINT;
    found = row;
  }
  return found;
}

/* By row: it is the work's. A row of scores that follows an own one and begins with "+" or "w/o" is a variant of it. Caller frees. */
static guint8 *
find_own_rows (const CdResultReader *reader, const CdTable *table, char **labels, guint columns)
{
  guint8 *own = g_new0 (guint8, table->rows->len + 1);
  gboolean any_own = FALSE, before = FALSE;
  for (guint row = table->header_rows; row < table->rows->len && !any_own; row++)
    any_own = cd_label_is_own (reader, labels[row]);
  guint bold = any_own ? G_MAXUINT : only_bold_row (table);
  for (guint row = table->header_rows; row < table->rows->len; row++) {
    if (row_scores (table, row, columns) == 0)
      continue;
    own[row] = row == bold || cd_label_is_own (reader, labels[row]) || (before && is_variant (labels[row]));
    before = before || own[row];
  }
  return own;
}

/* Models are the rows. */
static void
read_model_rows (const CdResultReader *reader, const CdTable *table, char **labels, guint columns, CdResultTable *result)
{
  g_autofree guint8 *own = find_own_rows (reader, table, labels, columns);
  for (guint row = table->header_rows; row < table->rows->len; row++)
    if (row_scores (table, row, columns) > 0)
      mark_model (reader, result, own[row], labels[row], cell_at (table, row, 0)->line);
}

/* Models are the columns: those whose heads stand over scores. */
static void
read_model_columns (const CdResultReader *reader, const CdTable *table, char **heads, guint columns, CdResultTable *result)
{
  double value;
  gboolean decimals;
  for (guint column = 1; column < columns; column++) {
    guint scores = 0;
    for (guint row = table->header_rows; row < table->rows->len; row++)
      scores += cell_score (cell_at (table, row, column)->text, &value, &decimals) ? 1 : 0;
    if (scores > 0 && *heads[column] != '\0')
      mark_model (reader, result, cd_label_is_own (reader, heads[column]), heads[column], table->line);
  }
}

static char **
all_heads (const CdTable *table, guint columns)
{
  char **heads = g_new0 (char *, columns + 1);
  for (guint column = 0; column < columns; column++)
    heads[column] = column_head (table, column);
  return heads;
}

/* By row index; header rows have empty labels. */
static char **
all_labels (const CdTable *table)
{
  char **labels = g_new0 (char *, table->rows->len + 1);
  for (guint row = 0; row < table->rows->len; row++)
    labels[row] = row < table->header_rows ? g_strdup ("") : row_label (table, row);
  return labels;
}

static guint
count_figures (const CdTable *table, guint columns, guint *decimal)
{
  guint figures = 0;
  double value;
  gboolean decimals;
  *decimal = 0;
  for (guint row = table->header_rows; row < table->rows->len; row++)
    for (guint column = 0; column < columns; column++)
      if (cell_score (cell_at (table, row, column)->text, &value, &decimals)) {
        figures++;
        *decimal += decimals ? 1 : 0;
      }
  return figures;
}

#define MODELS 2u   /* rows with a model's name from which on decimals beside them are taken for scores */
#define DECIMALS 4u /* of them, likewise */

/* Rows called like the work or like a foundation model, with scores beside them. */
static guint
count_models (const CdResultReader *reader, const CdTable *table, char **labels, guint columns)
{
  guint models = 0;
  for (guint row = table->header_rows; row < table->rows->len; row++)
    models += (cd_label_is_own (reader, labels[row]) || cd_label_is_foundation (reader, labels[row])) && row_scores (table, row, columns) > 0 ? 1 : 0;
  return models;
}

/* A table of scores on test sets that nobody here knows: heads or titles speak of metrics or results, or the rows are models. */
static gboolean
is_results_by_form (const CdResultReader *reader, const CdTable *table, const char *above, char **heads, char **labels, guint columns, guint decimals)
{
  gboolean titled = cd_text_tells_results (above) || cd_text_tells_results (table->caption);
  if (titled && (any_metric (heads, columns) || any_average (heads, columns)))
    return TRUE;
  guint models = count_models (reader, table, labels, columns);
  return (titled && models > 0 && decimals > 1) || (models >= MODELS && decimals >= DECIMALS);
}

/* Which side names the benchmarks. Where neither does, caption or headings may name the only one, over heads that name a metric. */
static Side
benchmark_side (const CdResultReader *reader, const CdTable *table, const char *above, char **heads, char **labels, guint columns, guint decimals,
                Tally *tally)
{
  guint in_heads = count_benchmarks (reader, heads, columns, tally);
  guint in_rows = count_benchmarks (reader, labels, table->rows->len, tally);
  if (in_heads > 0 || in_rows > 0)
    return in_heads >= in_rows ? SIDE_HEADS : SIDE_ROWS;
  char *titles[] = { table->caption, (char *) above };
  if (any_metric (heads, columns) && count_benchmarks (reader, titles, G_N_ELEMENTS (titles), tally) > 0)
    return SIDE_CAPTION;
  return is_results_by_form (reader, table, above, heads, labels, columns, decimals) ? SIDE_CAPTION : SIDE_NONE;
}

/* A table of scores, taken apart. */
typedef struct {
  guint columns, figures;
  char **heads, **labels, *above;
  GByteArray *seen;
  Tally tally;
  Side side;
} View;

static void
view_clear (View *view)
{
  g_strfreev (view->heads);
  g_strfreev (view->labels);
  g_free (view->above);
  if (view->seen != NULL)
    g_byte_array_unref (view->seen);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (View, view_clear)

/* FALSE where the table holds no scores on a benchmark. */
static gboolean
view_open (const CdResultReader *reader, const CdDocument *document, const CdTable *table, View *view)
{
  guint columns = view->columns = table_columns (table), decimal;
  if (columns < 2 || table->rows->len <= table->header_rows)
    return FALSE;
  view->figures = count_figures (table, columns, &decimal);
  if (view->figures == 0 || (view->figures == 1 && decimal == 0))
    return FALSE;
  view->heads = all_heads (table, columns);
  view->labels = all_labels (table);
  if (is_settings_table (view->heads, columns))
    return FALSE;
  view->above = cd_document_section_path (document, table->section);
  guint bytes = cd_benchmarks_length (reader->benchmarks) / 8 + 1;
  view->seen = g_byte_array_sized_new (bytes);
  g_byte_array_set_size (view->seen, bytes);
  memset (view->seen->data, 0, bytes);
  view->tally = (Tally){ view->seen, 0, 0 };
  view->side = benchmark_side (reader, table, view->above, view->heads, view->labels, columns, decimal, &view->tally);
  return view->side != SIDE_NONE;
}

/* One benchmark in the labels of all rows, under heads that are metrics, is part of the models' names. */
static gboolean
models_are_columns (const View *view)
{
  return view->side == SIDE_ROWS && !(view->tally.distinct == 1 && any_metric (view->heads, view->columns));
}

gboolean
cd_result_table_read (const CdResultReader *reader, const CdDocument *document, const CdTable *table, CdResultTable *result)
{
  g_auto (View) view = { 0 };
  if (!view_open (reader, document, table, &view))
    return FALSE;
  for (guint i = 0; i < cd_benchmarks_length (reader->benchmarks); i++)
    if (view.seen->data[i / 8] & (1u << (i % 8)))
      reader->reported[i] = 1;
  result->figures = view.figures;
  result->benchmarks = view.tally.distinct;
  result->versioned = view.tally.versioned;
  result->metric_named = any_metric (view.heads, view.columns) || any_metric (view.labels, table->rows->len)
                         || cd_text_names_metric (table->caption, -1) || cd_text_names_metric (view.above, -1);
  if (models_are_columns (&view))
    read_model_columns (reader, table, view.heads, view.columns, result);
  else
    read_model_rows (reader, table, view.labels, view.columns, result);
  return result->own_rows + result->other_rows > 0;
}

/* The benchmark that caption or headings name, of a table whose sides name none. */
static gint
titled_benchmark (const CdResultReader *reader, const CdTable *table, const View *view)
{
  if (view->side != SIDE_CAPTION)
    return -1;
  gint found = table->caption != NULL ? cd_benchmarks_in_label (reader->benchmarks, table->caption, NULL) : -1;
  return found >= 0 || view->above == NULL ? found : cd_benchmarks_in_label (reader->benchmarks, view->above, NULL);
}

/* The scores on one benchmark: of a row where the models are columns, else of a column. */
static void
add_figures (const CdTable *table, const View *view, const guint8 *own, gboolean upright, guint slot, gint benchmark, GPtrArray *figures)
{
  guint first = upright ? 1 : table->header_rows, models = upright ? view->columns : table->rows->len;
  double value;
  gboolean decimals;
  for (guint model = first; model < models; model++) {
    guint row = upright ? slot : model, column = upright ? model : slot;
    const CdCell *cell = cell_at (table, row, column);
    if (!cell_score (cell->text, &value, &decimals))
      continue;
    CdResultFigure *figure = g_new0 (CdResultFigure, 1);
    *figure = (CdResultFigure){ .line = cell->line, .table = table, .row = row, .column = column, .upright = upright, .benchmark = benchmark };
    figure->own = own[model] != 0;
    figure->model = g_strdup (upright ? view->heads[model] : view->labels[model]);
    figure->of = g_strdup (upright ? view->labels[slot] : view->heads[slot]);
    figure->value = value;
    g_ptr_array_add (figures, figure);
  }
}

void
cd_result_table_figures (const CdResultReader *reader, const CdDocument *document, const CdTable *table, GPtrArray *figures)
{
  g_auto (View) view = { 0 };
  if (!view_open (reader, document, table, &view))
    return;
  gboolean upright = models_are_columns (&view);
  gint titled = titled_benchmark (reader, table, &view);
  g_autofree guint8 *own = upright ? g_new0 (guint8, view.columns) : find_own_rows (reader, table, view.labels, view.columns);
  for (guint column = 1; upright && column < view.columns; column++)
    own[column] = cd_label_is_own (reader, view.heads[column]) ? 1 : 0;
  guint slots = upright ? table->rows->len : view.columns;
  for (guint slot = upright ? table->header_rows : 0; slot < slots; slot++) {
    gint benchmark = titled >= 0 ? titled : cd_benchmarks_in_label (reader->benchmarks, upright ? view.labels[slot] : view.heads[slot], NULL);
    if (benchmark >= 0)
      add_figures (table, &view, own, upright, slot, benchmark, figures);
  }
}
