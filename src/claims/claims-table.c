/* A results table as claims: which side names the benchmarks and which the models, which of these are the work's, and its figures there.
 * The grid is claims-grid.c's, whose a label is claims-own.c's. */
#include "base/text.h"
#include "claims/parts.h"
#include <math.h>
#include <string.h>

#define VOIDED (CD_CONTEXT_PLAN | CD_CONTEXT_RELATED | CD_CONTEXT_DEMO | CD_CONTEXT_BOILERPLATE | CD_CONTEXT_QUOTED)

void
cd_claim_table_clear (CdClaimTable *reading)
{
  for (guint column = 0; reading->tasks != NULL && column < reading->grid.columns; column++)
    g_free (reading->tasks[column]);
  g_free (reading->tasks);
  cd_claim_grid_clear (&reading->grid);
  g_free (reading->titles);
  g_free (reading->own_rows);
  g_free (reading->own_columns);
  g_free (reading->head_kinds);
  g_free (reading->head_benchmarks);
  g_clear_pointer (&reading->context, g_ptr_array_unref);
}
/* The label of a row as a model's: label columns but the one of the benchmarks and those of attributes, and the group it stands in. */
static char *
model_label (const CdClaimTable *reading, guint row, gboolean all)
{
  const CdClaimGrid *grid = &reading->grid;
  GString *label = g_string_new (NULL);
  const char *before = "";
  for (guint column = 0; column < grid->columns; column++) {
    const char *text = cd_claim_grid_text (grid, row, column);
    if (grid->column_kinds[column] != CD_COLUMN_LABEL || (reading->benchmarks == CD_SIDE_OF_ROWS && column == reading->named_in) || *text == '\0'
        || g_str_equal (text, before) || cd_claim_grid_at (grid, row, column)->kind != CD_CELL_TEXT)
      continue;
    gint benchmark;
    if (!all && label->len > 0 && cd_claim_label_kind (reading->gatherer, grid->heads[column], &benchmark) != CD_LABEL_OTHER)
      continue;
    if (!all && label->len > 0 && !cd_claim_heads_models (grid->heads[column]))
      continue;
    g_string_append_printf (label, "%s%s", label->len > 0 ? " " : "", text);
    before = text;
  }
  return g_string_free (label, FALSE);
}

static guint32
cell_line (const CdClaimTable *reading, guint row, guint column)
{
  const GPtrArray *cells = g_ptr_array_index (reading->table->rows, row);
  return ((const CdCell *) g_ptr_array_index (cells, MIN (column, cells->len - 1)))->line;
}

static gboolean
row_is_scored (const CdClaimTable *reading, guint row)
{
  for (guint column = 0; column < reading->grid.columns; column++)
    if (cd_claim_is_figures (&reading->grid, column) && cd_claim_grid_at (&reading->grid, row, column)->kind >= CD_CELL_NUMBER)
      return TRUE;
  return FALSE;
}

static gboolean
row_is_bold (const CdClaimTable *reading, guint row)
{
  const GPtrArray *cells = g_ptr_array_index (reading->table->rows, row);
  for (guint column = 0; column < reading->grid.columns && column < cells->len; column++) {
    const CdCell *cell = g_ptr_array_index (cells, column);
    if (reading->grid.column_kinds[column] == CD_COLUMN_LABEL && *cell->text != '\0')
      return cell->bold;
  }
  return FALSE;
}

static void
find_own_rows (CdClaimTable *reading)
{
  const CdClaimGrid *grid = &reading->grid;
  guint length = grid->rows - grid->header;
  g_autofree CdClaimLabel *labels = g_new0 (CdClaimLabel, length + 1);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < length; i++) {
    guint row = grid->header + i;
    char *text = grid->row_kinds[row] == CD_ROW_BODY ? model_label (reading, row, TRUE) : g_strdup (grid->labels[row]);
    g_ptr_array_add (texts, text);
    gboolean body = grid->row_kinds[row] == CD_ROW_BODY;
    labels[i] = (CdClaimLabel){ text, row_is_bold (reading, row), cell_line (reading, row, 0), body && row_is_scored (reading, row), !body };
  }
  g_autofree guint8 *own = cd_claim_own_labels (reading->gatherer, reading->document, labels, length);
  reading->own_rows = g_new0 (guint8, grid->rows + 1);
  for (guint i = 0; i < length; i++) {
    guint row = grid->header + i, group = grid->groups[row];
    CdWhose whose = labels[i].scored && group != G_MAXUINT ? cd_claim_whose (reading->gatherer, grid->labels[group]) : CD_WHOSE_UNKNOWN;
    gboolean bound = !labels[i].bold && cd_claim_is_bound (labels[i].label);
    reading->own_rows[row]
        = own[i] || (whose == CD_WHOSE_OWN && !bound && cd_claim_whose (reading->gatherer, labels[i].label) != CD_WHOSE_FOREIGN) ? 1 : 0;
  }
}

/* Heads of neighbours that a page's layout joined: one name twice. */
static gboolean
repeats_word (const char *label)
{
  g_auto (GStrv) tokens = cd_text_tokens (label);
  for (guint i = 0; tokens[i] != NULL; i++)
    for (guint k = 0; k < i; k++)
      if (strlen (tokens[i]) >= 4 && g_str_equal (tokens[i], tokens[k]))
        return TRUE;
  return FALSE;
}

static void
find_own_columns (CdClaimTable *reading)
{
  const CdClaimGrid *grid = &reading->grid;
  g_autofree CdClaimLabel *labels = g_new0 (CdClaimLabel, grid->columns + 1);
  for (guint column = 0; column < grid->columns; column++) {
    const GPtrArray *cells = grid->header > 0 ? g_ptr_array_index (reading->table->rows, grid->header - 1) : NULL;
    const CdCell *cell = cells != NULL && column < cells->len ? g_ptr_array_index (cells, column) : NULL;
    gboolean garbled = reading->document->kind == CD_DOCUMENT_PDF && repeats_word (grid->heads[column]);
    gboolean model = !garbled && cd_claim_is_figures (&reading->grid, column) && reading->head_kinds[column] == CD_LABEL_OTHER;
    /* A head is bold by the way headers are set. */
    labels[column] = (CdClaimLabel){ grid->heads[column], cell != NULL && cell->bold && !cell->heading, 0, model, FALSE };
  }
  reading->own_columns = cd_claim_own_labels (reading->gatherer, reading->document, labels, grid->columns);
}

/* A heading may hold another model's name anywhere. */
static CdWhose
whose_title (const CdClaimGatherer *gatherer, const char *title)
{
  CdWhose whose = cd_claim_whose (gatherer, title);
  g_auto (GStrv) words = g_strsplit_set (title, " ,:;()[]", -1);
  for (guint i = 0; words[i] != NULL && whose == CD_WHOSE_UNKNOWN; i++)
    whose = cd_label_is_foundation (&gatherer->reader, words[i]) ? CD_WHOSE_FOREIGN : CD_WHOSE_UNKNOWN;
  return whose;
}

/* What caption, corner and headings say of a table without models: the nearest that names one decides. */
static CdWhose
whose_surroundings (const CdClaimTable *reading, const char **model)
{
  const CdClaimGrid *grid = &reading->grid;
  const char *corner = grid->header > 0 ? grid->heads[0] : "";
  CdWhose whose = cd_claim_whose (reading->gatherer, corner);
  *model = whose == CD_WHOSE_OWN ? corner : NULL;
  if (whose == CD_WHOSE_UNKNOWN && reading->table->caption != NULL)
    whose = cd_claim_whose (reading->gatherer, reading->table->caption);
  for (gint32 section = reading->table->section; section >= 0 && whose == CD_WHOSE_UNKNOWN;) {
    const CdSection *above = g_ptr_array_index (reading->document->sections, (guint) section);
    whose = whose_title (reading->gatherer, above->title);
    *model = whose == CD_WHOSE_OWN ? above->title : NULL;
    section = above->parent;
  }
  return whose;
}

static gboolean
any_own (const guint8 *own, guint length)
{
  for (guint i = 0; own != NULL && i < length; i++)
    if (own[i])
      return TRUE;
  return FALSE;
}

/* Rows that are ways to use one model, which the surroundings name, and no models. */
static gboolean
rows_are_ways (const CdClaimTable *reading)
{
  const CdClaimGrid *grid = &reading->grid;
  for (guint row = grid->header; row < grid->rows; row++)
    if (grid->row_kinds[row] == CD_ROW_BODY && cd_claim_whose (reading->gatherer, grid->labels[row]) == CD_WHOSE_FOREIGN)
      return FALSE;
  static GRegex *ways;
  return cd_claim_matches (&ways, "inference|decoding|strategy|budget|setting|temperature", grid->heads[0]);
}

/* The highest figure beside a claim's, for its unit. Figures over a hundred count only where most are: a column of percentages may end in a count. */
static double
most_of (const CdClaimTable *reading, gboolean along_row, guint fixed)
{
  const CdClaimGrid *grid = &reading->grid;
  double most = 0, most_high = 0;
  guint low = 0, high = 0;
  for (guint i = along_row ? 0 : grid->header; i < (along_row ? grid->columns : grid->rows); i++) {
    guint row = along_row ? fixed : i, column = along_row ? i : fixed;
    const CdClaimCell *cell = cd_claim_grid_at (grid, row, column);
    if (!cd_claim_is_figures (grid, column) || reading->head_kinds[column] == CD_LABEL_NONE || cell->kind != CD_CELL_NUMBER)
      continue;
    gboolean over = cell->value > 100.0;
    high += over ? 1 : 0;
    low += over ? 0 : 1;
    most = over ? most : MAX (most, cell->value);
    most_high = MAX (most_high, cell->value);
  }
  return high >= low ? most_high : most;
}

/* Of a head of several rows, the part that names the benchmark, else all of it. */
static const char *
task_of_head (const CdClaimTable *reading, guint column)
{
  for (guint row = reading->grid.header; row-- > 0;) {
    const char *text = cd_claim_grid_text (&reading->grid, row, column);
    if (*text != '\0' && cd_claim_benchmark (reading->gatherer, text) >= 0)
      return text;
    if (*text != '\0' && !cd_text_names_metric (text, -1) && !cd_claim_is_plain_score (text) && !cd_claim_is_attempt (text))
      return cd_claim_is_part (text) || cd_claim_benchmark (reading->gatherer, reading->grid.heads[column]) >= 0 ? reading->grid.heads[column] : text;
  }
  return reading->grid.heads[column];
}

/* A text that says the metric beside the label: the cell of a column headed "Metric". */
static const char *
metric_cell (const CdClaimTable *reading, guint row)
{
  static GRegex *pattern;
  for (guint column = 0; column < reading->grid.columns; column++)
    if (reading->grid.column_kinds[column] == CD_COLUMN_LABEL && cd_claim_matches (&pattern, "^\\W*(metrics?|指标)\\W*$", reading->grid.heads[column])
        && column != reading->named_in)
      return cd_claim_grid_text (&reading->grid, row, column);
  return "";
}

typedef struct {
  guint row, column;
  const char *model, *task;
  gint benchmark;
  gboolean average;
} Spot;

static void
fill_measure (const CdClaimTable *reading, const Spot *spot, CdClaimMeasure *measure)
{
  cd_claim_measure_label (measure, spot->task);
  cd_claim_measure_label (measure, reading->grid.heads[spot->column]);
  cd_claim_measure_label (measure, metric_cell (reading, spot->row));
  cd_claim_measure_label (measure, reading->grid.labels[spot->row]);
  cd_claim_measure_label (measure, reading->grid.heads[0]);
  cd_claim_measure_label (measure, reading->table->caption);
}

static void
append_condition (GString *conditions, const char *text)
{
  if (*text != '\0')
    g_string_append_printf (conditions, "%s%s", conditions->len > 0 ? "; " : "", text);
}

/* What is said of a figure beyond what it is of: of the table, of the rows above it that head others, and of its own label. */
static char *
context_of (const CdClaimTable *reading, const Spot *spot)
{
  const CdClaimGrid *grid = &reading->grid;
  guint group = grid->groups[spot->row];
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < reading->context->len; i++)
    g_ptr_array_add (words, g_strdup (g_ptr_array_index (reading->context, i)));
  if (group != G_MAXUINT)
    cd_claim_context_add (reading->gatherer, words, grid->labels[group], CD_TELLING_HEADING);
  if (spot->benchmark >= 0)
    cd_claim_context_add (reading->gatherer, words, spot->task, CD_TELLING_HEADING);
  if (!reading->upright)
    cd_claim_context_add (reading->gatherer, words, grid->heads[spot->column], CD_TELLING_HEADING);
  return cd_claim_context_tell (words, spot->model);
}

/* Cells of a model's row that are neither its name nor a score nor a link, and what the table stands under. Caller frees; NULL none. */
static char *
conditions_of (const CdClaimTable *reading, const Spot *spot)
{
  static GRegex *links;
  const CdClaimGrid *grid = &reading->grid;
  GString *conditions = g_string_new (NULL);
  gboolean named = reading->upright; /* its columns are the models */
  for (guint column = 0; column < grid->columns; column++) {
    const char *text = cd_claim_grid_text (grid, spot->row, column);
    gboolean label = grid->column_kinds[column] == CD_COLUMN_LABEL && (reading->benchmarks != CD_SIDE_OF_ROWS || column != reading->named_in);
    if (label && !named) {
      named = TRUE;
      continue;
    }
    if ((label && !cd_claim_matches (&links, "link|\\bhf\\b|hugging|download|modelscope|🤗|🤖", text))
        || (cd_claim_is_figures (grid, column) && reading->head_kinds[column] == CD_LABEL_NONE))
      append_condition (conditions, text);
  }
  for (guint i = 0; i < grid->header; i++)
    if (cd_claim_is_attempt (cd_claim_grid_text (grid, i, spot->column)))
      append_condition (conditions, cd_claim_grid_text (grid, i, spot->column));
  g_autofree char *context = context_of (reading, spot);
  append_condition (conditions, context != NULL ? context : "");
  return g_string_free (conditions, conditions->len == 0);
}

/* Scores on the benchmark are shares of right answers. */
static gboolean
is_share (const CdClaimGatherer *gatherer, gint benchmark)
{
  static const char *const answers[] = { "integer", "number", "expression", "choice", "tests", "proof", NULL };
  const char *answer = benchmark >= 0 ? cd_benchmarks_at (gatherer->reader.benchmarks, (guint) benchmark)->answer : NULL;
  return answer != NULL && g_strv_contains (answers, answer);
}

static void
add_figure (const CdClaimTable *reading, const Spot *spot, double value, CdMetric metric)
{
  const CdClaimCell *cell = cd_claim_grid_at (&reading->grid, spot->row, spot->column);
  CdClaimMeasure measure = { .metric = metric };
  fill_measure (reading, spot, &measure);
  gboolean along_row = reading->benchmarks == CD_SIDE_OF_ROWS;
  double most = MAX (value, most_of (reading, along_row, along_row ? spot->row : spot->column));
  gboolean counts = cd_claim_counts (reading->grid.heads[spot->column]) || cd_claim_counts (metric_cell (reading, spot->row));
  CdUnit unit = cell->percent ? CD_UNIT_PERCENT
                : counts      ? CD_UNIT_SCORE
                              : cd_claim_unit (reading->gatherer, spot->benchmark, measure.metric, spot->task, most);
  if (!cell->percent && value > 100.0 && is_share (reading->gatherer, spot->benchmark))
    return; /* a length or a count of problems */
  cd_claim_measure_near (&measure, reading->document, reading->table->section, reading->table->line, reading->table->end_line);
  guint32 line = cell_line (reading, spot->row, spot->column);
  g_autofree char *task = cd_claim_strip_attempt (spot->task);
  CdClaim *claim = cd_claim_add (reading->gatherer, reading->document->kind == CD_DOCUMENT_PDF ? CD_CLAIM_PAPER : CD_CLAIM_TABLE, spot->model, task,
                                 value, (CdPlace){ reading->index, line, line });
  if (claim == NULL)
    return;
  claim->benchmark = spot->benchmark;
  claim->metric = measure.metric;
  claim->samples = measure.samples;
  claim->sampled_at = (CdPlace){ reading->index, measure.line, measure.line };
  claim->n = cell->kind == CD_CELL_COUNT ? (gint64) cell->second : cd_claim_problems (spot->task);
  claim->version = cd_claim_version (spot->task);
  claim->unit = cell->kind == CD_CELL_COUNT ? CD_UNIT_COUNT : unit;
  claim->decimals = cell->decimals;
  claim->spread = cell->spread;
  claim->conditions = reading->gatherer->news ? g_strdup_printf ("news %u", line) : conditions_of (reading, spot);
  claim->average = spot->average;
  claim->table = (gint) reading->number;
  claim->row = (gint) spot->row;
  claim->column = (gint) spot->column;
}

/* "Pass@1 / Cons@64" over "46.7 / 60.0": each figure with its metric; other pairs are refused. */
static void
add_pair (const CdClaimTable *reading, const Spot *spot)
{
  const CdClaimCell *cell = cd_claim_grid_at (&reading->grid, spot->row, spot->column);
  const char *const labels[] = { reading->grid.heads[spot->column], spot->task, reading->table->caption };
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    const char *slash = labels[i] != NULL ? strchr (labels[i], '/') : NULL;
    if (slash == NULL)
      continue;
    CdMetric first = cd_metric_read (labels[i], slash - labels[i]), second = cd_metric_read (slash + 1, -1);
    if (first.kind == CD_METRIC_UNKNOWN || second.kind == CD_METRIC_UNKNOWN)
      continue;
    add_figure (reading, spot, cell->value, first);
    add_figure (reading, spot, cell->second, second);
    return;
  }
}

/* What nobody here knows may be a test set's name, or a word of any heading. Heads of papers come from places on a page, which go wrong more often than
 * marked-up ones: there only a name counts, by capitals within or digits. */
static gboolean
may_be_benchmark (const CdClaimTable *reading, const Spot *spot)
{
  static GRegex *name;
  if (*spot->task == '\0')
    return FALSE;
  if (spot->benchmark >= 0 || spot->average)
    return TRUE;
  gboolean named = reading->document->kind != CD_DOCUMENT_PDF || cd_claim_matches (&name, "(?-i:[A-Z].*[A-Z])|\\d", spot->task);
  return named && !cd_claim_is_model (reading->gatherer, spot->task);
}

static void
add_spot (const CdClaimTable *reading, const Spot *spot)
{
  const CdClaimCell *cell = cd_claim_grid_at (&reading->grid, spot->row, spot->column);
  if (!may_be_benchmark (reading, spot))
    return;
  if (cell->kind == CD_CELL_PAIR)
    add_pair (reading, spot);
  else if (cell->kind >= CD_CELL_NUMBER)
    add_figure (reading, spot, cell->value, (CdMetric){ CD_METRIC_UNKNOWN, 0 });
}

/* A table as lm-evaluation-harness prints it calls MATH, with the few shots of Minerva's paper, minerva_math: not the 272 problems of that name. */
static gint
harness_benchmark (const CdClaimTable *reading, const char *task, gint found)
{
  static GRegex *math, *shots;
  gboolean harness = FALSE;
  if (!cd_claim_matches (&math, "^[\\s-]*minerva_math", task))
    return found;
  for (guint column = 0; column < reading->grid.columns; column++)
    harness = harness || cd_claim_matches (&shots, "^\\W*n-shot\\W*$", cd_claim_grid_text (&reading->grid, 0, column));
  return harness ? cd_benchmarks_find (reading->gatherer->reader.benchmarks, strstr (task, "math500") != NULL ? "math-500" : "math") : found;
}

/* The benchmark that a cell's figure is on, and how the source calls it; FALSE where it is no score. */
static gboolean
find_task (const CdClaimTable *reading, Spot *spot)
{
  const CdClaimGrid *grid = &reading->grid;
  CdLabelKind head = reading->head_kinds[spot->column], kind = head;
  guint group = grid->groups[spot->row];
  if (head == CD_LABEL_NONE)
    return FALSE;
  switch (reading->benchmarks) {
    case CD_SIDE_OF_HEADS:
      spot->benchmark = reading->head_benchmarks[spot->column];
      spot->task = reading->tasks != NULL ? reading->tasks[spot->column] : task_of_head (reading, spot->column);
      spot->average = head == CD_LABEL_AVERAGE;
      return head != CD_LABEL_METRIC;
    case CD_SIDE_OF_ROWS:
      spot->task = cd_claim_grid_text (grid, spot->row, reading->named_in);
      kind = cd_claim_label_kind (reading->gatherer, spot->task, &spot->benchmark);
      spot->benchmark = harness_benchmark (reading, spot->task, spot->benchmark);
      spot->average = kind == CD_LABEL_AVERAGE;
      return kind != CD_LABEL_NONE && (reading->upright ? head == CD_LABEL_OTHER : head == CD_LABEL_METRIC || *grid->heads[spot->column] == '\0');
    case CD_SIDE_OF_GROUPS:
      spot->task = group != G_MAXUINT ? grid->labels[group] : "";
      return cd_claim_label_kind (reading->gatherer, spot->task, &spot->benchmark) == CD_LABEL_BENCHMARK
             && (head == CD_LABEL_METRIC || head == CD_LABEL_OTHER);
    case CD_SIDE_OF_TITLE:
      spot->benchmark = reading->titled;
      spot->task = cd_benchmarks_at (reading->gatherer->reader.benchmarks, (guint) reading->titled)->name;
      return head == CD_LABEL_METRIC;
    case CD_SIDE_OF_NOWHERE:
      break;
  }
  return FALSE;
}

static void
add_claims (const CdClaimTable *reading)
{
  const CdClaimGrid *grid = &reading->grid;
  const char *surrounding = NULL;
  gboolean ways = !reading->upright && !any_own (reading->own_rows, grid->rows) && (reading->modelless || rows_are_ways (reading));
  if (ways && whose_surroundings (reading, &surrounding) == CD_WHOSE_FOREIGN)
    return;
  for (guint row = grid->header; row < grid->rows; row++) {
    if (grid->row_kinds[row] != CD_ROW_BODY || (!reading->upright && !ways && !reading->own_rows[row])
        || (ways && cd_claim_is_bound (grid->labels[row])))
      continue;
    g_autofree char *label = reading->upright || ways ? NULL : model_label (reading, row, FALSE);
    for (guint column = 0; column < grid->columns; column++) {
      Spot spot = { .row = row, .column = column, .benchmark = -1, .model = reading->upright ? grid->heads[column] : ways ? surrounding : label };
      if (cd_claim_is_figures (&reading->grid, column) && (!reading->upright || reading->own_columns[column]) && find_task (reading, &spot))
        add_spot (reading, &spot);
    }
  }
}

static void
read_table (CdClaimGatherer *gatherer, guint index, const CdTable *table, guint number)
{
  const CdDocument *document = g_ptr_array_index (gatherer->corpus->documents, index);
  const CdSection *section = table->section >= 0 ? g_ptr_array_index (document->sections, (guint) table->section) : NULL;
  g_auto (CdClaimTable) reading
      = { .gatherer = gatherer, .document = document, .index = index, .number = number, .table = table, .titled = -1, .named_in = G_MAXUINT };
  guint flags = section != NULL && document->kind != CD_DOCUMENT_PDF ? section->flags : 0; /* a paper's headings are guesses */
  gatherer->news = (flags & CD_CONTEXT_NEWS) != 0;
  if ((flags & VOIDED) || !cd_claim_grid_read (gatherer, table, &reading.grid))
    return;
  g_autofree char *path = cd_document_section_path (document, table->section);
  reading.titles = g_strdup_printf ("%s %s", table->caption != NULL ? table->caption : "", path);
  if (!cd_claim_sides_read (&reading))
    return;
  reading.context = cd_claim_context_of_table (gatherer, document, table);
  if (reading.upright)
    find_own_columns (&reading);
  else
    find_own_rows (&reading);
  add_claims (&reading);
}

void
cd_claims_tables (CdClaimGatherer *gatherer, guint index)
{
  const CdDocument *document = g_ptr_array_index (gatherer->corpus->documents, index);
  for (guint i = 0; i < document->tables->len; i++)
    read_table (gatherer, index, g_ptr_array_index (document->tables, i), i);
  for (guint i = 0; document->placed_tables != NULL && i < document->placed_tables->len; i++)
    read_table (gatherer, index, g_ptr_array_index (document->placed_tables, i), document->tables->len + i);
}
