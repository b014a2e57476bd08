/* Which side of a results table names the benchmarks, and which the models. Whose models these are is claims-own.c's, the figures claims-table.c's. */
#include "claims/parts.h"
#include <string.h>

static guint
count_heads (const CdClaimTable *reading, CdLabelKind kind)
{
  guint count = 0;
  for (guint column = 0; column < reading->grid.columns; column++)
    count += cd_claim_is_figures (&reading->grid, column) && reading->head_kinds[column] == kind ? 1 : 0;
  return count;
}

/* Rows whose text in a column names a benchmark; distinct: how many different ones. */
static guint
count_rows (const CdClaimTable *reading, guint column, guint *distinct)
{
  const CdClaimGrid *grid = &reading->grid;
  guint named = 0;
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  for (guint row = grid->header; row < grid->rows; row++) {
    gint benchmark;
    const char *text = cd_claim_grid_text (grid, row, column);
    /* "Math" beside another column of labels is a field, "MATH" a benchmark. */
    if (column + 1 < grid->columns && grid->column_kinds[column + 1] == CD_COLUMN_LABEL && g_str_equal (text, "Math"))
      continue;
    if (grid->row_kinds[row] != CD_ROW_BODY
        || cd_claim_label_kind (reading->gatherer, cd_claim_grid_text (grid, row, column), &benchmark) != CD_LABEL_BENCHMARK)
      continue;
    named++;
    g_hash_table_add (seen, GINT_TO_POINTER (benchmark + 1));
  }
  *distinct = g_hash_table_size (seen);
  return named;
}

static guint
count_groups (const CdClaimTable *reading)
{
  const CdClaimGrid *grid = &reading->grid;
  guint named = 0;
  for (guint row = grid->header; row < grid->rows; row++) {
    gint benchmark;
    named += grid->row_kinds[row] == CD_ROW_GROUP && cd_claim_label_kind (reading->gatherer, grid->labels[row], &benchmark) == CD_LABEL_BENCHMARK ? 1
                                                                                                                                                  : 0;
  }
  return named;
}

/* The benchmark of the caption, or of the nearest heading that names one. */
static gint
find_titled (const CdClaimTable *reading)
{
  const CdBenchmarks *benchmarks = reading->gatherer->reader.benchmarks;
  gint found = reading->table->caption != NULL ? cd_benchmarks_in_label (benchmarks, reading->table->caption, NULL) : -1;
  for (gint32 section = reading->table->section; section >= 0 && found < 0;) {
    const CdSection *above = g_ptr_array_index (reading->document->sections, (guint) section);
    found = cd_benchmarks_in_label (benchmarks, above->title, NULL);
    section = above->parent;
  }
  return found;
}

static guint
count_models (const CdClaimTable *reading)
{
  const CdClaimGrid *grid = &reading->grid;
  guint models = 0;
  for (guint row = grid->header; row < grid->rows; row++)
    models += grid->row_kinds[row] == CD_ROW_BODY && cd_claim_whose (reading->gatherer, grid->labels[row]) != CD_WHOSE_UNKNOWN ? 1 : 0;
  return models;
}

/* A column of labels beside the benchmarks' that names models. */
static gboolean
holds_models (const CdClaimTable *reading, guint column)
{
  const CdClaimGrid *grid = &reading->grid;
  if (grid->column_kinds[column] != CD_COLUMN_LABEL || (reading->benchmarks == CD_SIDE_OF_ROWS && column == reading->named_in))
    return FALSE;
  if (reading->benchmarks != CD_SIDE_OF_ROWS || cd_claim_heads_models (grid->heads[column]))
    return TRUE;
  for (guint row = grid->header; row < grid->rows; row++)
    if (cd_claim_whose (reading->gatherer, cd_claim_grid_text (grid, row, column)) != CD_WHOSE_UNKNOWN)
      return TRUE;
  return FALSE;
}

/* A table of scores on test sets that nobody here knows: it is headed as results, or compares known models. */
static gboolean
is_results_by_form (const CdClaimTable *reading)
{
  guint models = count_models (reading);
  gboolean titled = cd_text_tells_results (reading->titles);
  gboolean average = count_heads (reading, CD_LABEL_AVERAGE) > 0;
  if (count_heads (reading, CD_LABEL_NONE) > count_heads (reading, CD_LABEL_OTHER))
    return FALSE;
  return (titled && models > 0) || (average && models > 0) || models >= 3;
}

/* The one benchmark that a text names; -1 where it names none or several. */
static gint
only_benchmark (const CdClaimTable *reading, const char *text)
{
  g_autoptr (GArray) mentions = cd_benchmarks_in_text (reading->gatherer->reader.benchmarks, text);
  gint found = -1;
  for (guint i = 0; i < mentions->len; i++) {
    gint benchmark = g_array_index (mentions, CdBenchmarkMention, i).benchmark;
    if (found >= 0 && found != benchmark)
      return -1;
    found = benchmark;
  }
  return found;
}

/* "the XyzArena leaderboard": a name that nobody here knows, by its capitals or digits; NULL none or several. Caller frees. */
static char *
unknown_benchmark (const char *text)
{
  static GRegex *pattern;
  if (g_once_init_enter (&pattern))
    g_once_init_leave (&pattern, g_regex_new ("\\b([A-Z][\\w+-]*[A-Z0-9][\\w+-]*) (?i:leaderboards?|benchmarks?|contests?|suites?|test suites?)\\b",
                                              G_REGEX_OPTIMIZE, 0, NULL));
  g_autoptr (GMatchInfo) match = NULL;
  if (!g_utf8_validate (text, -1, NULL) || !g_regex_match (pattern, text, 0, &match))
    return NULL;
  g_autofree char *name = g_match_info_fetch (match, 1);
  while (g_match_info_next (match, NULL)) {
    g_autofree char *other = g_match_info_fetch (match, 1);
    if (!g_str_equal (name, other))
      return NULL;
  }
  return g_steal_pointer (&name);
}

/* What the heads are parts of: the benchmark of the caption, else the one that the nearest heading or the line above names. The name is of a known
 * one, or of one that is called a benchmark there; NULL none. Caller frees. */
static char *
name_whole (const CdClaimTable *reading, gint *benchmark)
{
  const CdBenchmarks *benchmarks = reading->gatherer->reader.benchmarks;
  const CdTable *table = reading->table;
  *benchmark = table->caption != NULL ? cd_claim_benchmark (reading->gatherer, table->caption) : -1;
  if (*benchmark >= 0)
    return g_strdup (cd_benchmarks_at (benchmarks, (guint) *benchmark)->name);
  if (reading->document->kind == CD_DOCUMENT_PDF)
    return NULL; /* its headings are guesses */
  g_autofree char *above = cd_claim_line_above (reading->document, reading->table);
  const char *heading
      = table->section >= 0 ? ((const CdSection *) g_ptr_array_index (reading->document->sections, (guint) table->section))->title : NULL;
  const char *const texts[] = { table->caption, above, heading };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    if (texts[i] == NULL || !g_utf8_validate (texts[i], -1, NULL))
      continue;
    *benchmark = only_benchmark (reading, texts[i]);
    if (*benchmark >= 0)
      return g_strdup (cd_benchmarks_at (benchmarks, (guint) *benchmark)->name);
    char *name = unknown_benchmark (texts[i]);
    if (name != NULL)
      return name;
  }
  return NULL;
}

/* Heads that nobody knows under words that name a benchmark are its parts. */
static void
name_parts (CdClaimTable *reading)
{
  const CdClaimGrid *grid = &reading->grid;
  gint whole;
  g_autofree char *name = name_whole (reading, &whole);
  if (name == NULL)
    return;
  reading->tasks = g_new0 (char *, grid->columns + 1);
  for (guint column = 0; column < grid->columns; column++) {
    gboolean told = strcasestr (grid->heads[column], name) != NULL;
    reading->tasks[column] = told ? g_strdup (grid->heads[column]) : g_strdup_printf ("%s %s", name, grid->heads[column]);
    reading->head_benchmarks[column] = whole;
  }
}

static void
choose_side (CdClaimTable *reading)
{
  guint in_heads = count_heads (reading, CD_LABEL_BENCHMARK), in_rows = 0, different = 0;
  for (guint column = 0; column < reading->grid.columns; column++) {
    guint distinct, rows = reading->grid.column_kinds[column] == CD_COLUMN_LABEL ? count_rows (reading, column, &distinct) : 0;
    if (rows <= in_rows || (cd_claim_heads_models (reading->grid.heads[column]) && distinct < 2))
      continue;
    in_rows = rows;
    different = distinct;
    reading->named_in = column;
  }
  gboolean metric_heads = count_heads (reading, CD_LABEL_METRIC) > 0;
  if (in_heads > 0 && in_heads >= different)
    reading->benchmarks = CD_SIDE_OF_HEADS;
  else if (in_rows > 0 && (different > 1 || in_rows == 1 || !metric_heads))
    reading->benchmarks = CD_SIDE_OF_ROWS;
  else if (count_groups (reading) > 0)
    reading->benchmarks = CD_SIDE_OF_GROUPS;
  else if (metric_heads && (reading->titled = find_titled (reading)) >= 0)
    reading->benchmarks = CD_SIDE_OF_TITLE;
  else if (in_rows > 0)
    reading->benchmarks = CD_SIDE_OF_ROWS;
  else if (is_results_by_form (reading)) {
    reading->benchmarks = CD_SIDE_OF_HEADS;
    name_parts (reading);
  }
}

/* Where the benchmarks are the rows, heads that are no metrics are models, unless another column of labels names these. */
static void
choose_models (CdClaimTable *reading)
{
  gboolean named = FALSE, models = FALSE;
  for (guint column = 0; column < reading->grid.columns; column++) {
    models = models || holds_models (reading, column);
    named
        = named
          || (cd_claim_is_figures (&reading->grid, column) && reading->head_kinds[column] == CD_LABEL_OTHER && *reading->grid.heads[column] != '\0');
  }
  reading->upright = reading->benchmarks == CD_SIDE_OF_ROWS && named;
  reading->modelless = !reading->upright && !models;
}

static void
read_heads (CdClaimTable *reading)
{
  reading->head_kinds = g_new0 (CdLabelKind, reading->grid.columns);
  reading->head_benchmarks = g_new0 (gint, reading->grid.columns);
  for (guint column = 0; column < reading->grid.columns; column++) {
    const char *head = reading->grid.heads[column];
    reading->head_kinds[column] = cd_claim_label_kind (reading->gatherer, head, &reading->head_benchmarks[column]);
    if (reading->head_kinds[column] == CD_LABEL_NONE && !cd_claim_is_no_score (head) && cd_claim_whose (reading->gatherer, head) != CD_WHOSE_UNKNOWN)
      reading->head_kinds[column] = CD_LABEL_OTHER;
  }
}

gboolean
cd_claim_sides_read (CdClaimTable *reading)
{
  read_heads (reading);
  choose_side (reading);
  if (reading->benchmarks == CD_SIDE_OF_NOWHERE)
    return FALSE;
  choose_models (reading);
  return TRUE;
}
