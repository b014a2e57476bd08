/* Before and after, as text, Markdown and JSON. What was computed is reproduction/before-after.c's. */
#include "report/comparison.h"
#include "base/text.h"
#include "report/json-parts.h"
#include "report/markup.h"
#include <math.h>

#define INDENT 2u
#define CATEGORY_MOST 32u
#define SIGNIFICANT 0.05

/* A row as strings. */
typedef struct {
  char *cells[6]; /* category, problems, before, after, difference, p */
  CdTint tint;
} Line;
static const char *const heads[] = { "category", "problems", "before", "after", "difference [95 %]", "p (Holm)" };
#define COLUMNS G_N_ELEMENTS (heads)

static void
free_line (gpointer data)
{
  Line *line = data;
  for (guint i = 0; i < COLUMNS; i++)
    g_free (line->cells[i]);
  g_free (line);
}

static char *
percent (double value)
{
  return isnan (value) ? g_strdup ("–") : g_strdup_printf ("%.1f", value);
}

static char *
difference_of (const CdBeforeAfterRow *row)
{
  if (isnan (row->difference))
    return g_strdup ("–");
  if (isnan (row->interval.low))
    return g_strdup_printf ("%+.1f", row->difference);
  return g_strdup_printf ("%+.1f [%+.1f, %+.1f]", row->difference, row->interval.low, row->interval.high);
}

static char *
problems_of (const CdBeforeAfterRow *row)
{
  if (row->paired == row->before_n && row->paired == row->after_n)
    return g_strdup_printf ("%" G_GINT64_FORMAT, row->paired);
  return g_strdup_printf ("%" G_GINT64_FORMAT " (of %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ")", row->paired, row->before_n, row->after_n);
}

static GPtrArray *
lines_of (const CdComparison *comparison)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (free_line);
  for (guint i = 0; i < comparison->rows->len; i++) {
    const CdBeforeAfterRow *row = g_ptr_array_index (comparison->rows, i);
    Line *line = g_new0 (Line, 1);
    line->cells[0] = row->category != NULL ? cd_text_printable (row->category) : g_strdup ("all");
    line->cells[1] = problems_of (row);
    line->cells[2] = percent (row->before);
    line->cells[3] = percent (row->after);
    line->cells[4] = difference_of (row);
    line->cells[5] = isnan (row->p_holm) ? g_strdup ("–") : row->p_holm < 0.001 ? g_strdup ("< 0.001") : g_strdup_printf ("%.3f", row->p_holm);
    gboolean significant = row->p_holm < SIGNIFICANT;
    line->tint = !significant ? CD_TINT_NONE : row->difference > 0 ? CD_TINT_GOOD : CD_TINT_BAD;
    g_ptr_array_add (lines, line);
  }
  return lines;
}

/* One sentence on cost, or NULL. Caller frees. */
static char *
cost_sentence (const CdComparison *comparison)
{
  const CdEqualCost *cost = comparison->cost;
  return cost == NULL ? NULL
                      : g_strdup_printf ("at equal inference cost (%.0f output tokens a problem): %.1f before, %.1f after", cost->tokens,
                                         cost->before, cost->after);
}

static char *
tokens_sentence (const CdComparison *comparison)
{
  const CdBeforeAfterRow *all = g_ptr_array_index (comparison->rows, comparison->rows->len - 1);
  if (isnan (all->before_tokens) || isnan (all->after_tokens))
    return NULL;
  return g_strdup_printf ("mean output tokens: %.0f before, %.0f after", all->before_tokens, all->after_tokens);
}

static void
put_line (CdPage *page, const char *const *cells, const guint *widths, CdTint tint)
{
  guint column = INDENT;
  for (guint i = 0; i < COLUMNS; i++) {
    cd_page_move (page, column);
    cd_page_put_middle (page, cells[i], widths[i], i == 4 ? tint : CD_TINT_NONE);
    column += widths[i] + 2;
  }
  cd_page_end (page);
}

static void
put_sentence (CdPage *page, const char *sentence)
{
  if (sentence == NULL)
    return;
  cd_page_move (page, INDENT);
  cd_page_wrap (page, sentence, CD_TINT_NONE);
  cd_page_end (page);
}

char *
cd_comparison_text (const CdComparison *comparison, const CdReportStyle *style)
{
  CdPage page;
  cd_page_init (&page, style);
  g_autoptr (GPtrArray) lines = lines_of (comparison);
  guint widths[COLUMNS];
  for (guint i = 0; i < COLUMNS; i++) {
    widths[i] = cd_page_columns (&page, heads[i]);
    for (guint l = 0; l < lines->len; l++)
      widths[i] = MAX (widths[i], cd_page_columns (&page, ((const Line *) g_ptr_array_index (lines, l))->cells[i]));
  }
  widths[0] = MIN (widths[0], CATEGORY_MOST);
  put_line (&page, heads, widths, CD_TINT_NONE);
  for (guint l = 0; l < lines->len; l++) {
    const Line *line = g_ptr_array_index (lines, l);
    put_line (&page, (const char *const *) line->cells, widths, line->tint);
  }
  g_autofree char *tokens = tokens_sentence (comparison), *cost = cost_sentence (comparison);
  put_sentence (&page, tokens);
  put_sentence (&page, cost);
  return cd_page_finish (&page);
}

char *
cd_comparison_markdown (const CdComparison *comparison)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GPtrArray) lines = lines_of (comparison);
  for (guint i = 0; i < COLUMNS; i++)
    g_string_append_printf (out, "| %s ", heads[i]);
  g_string_append (out, "|\n|---|---:|---:|---:|---:|---:|\n");
  for (guint l = 0; l < lines->len; l++) {
    const Line *line = g_ptr_array_index (lines, l);
    for (guint i = 0; i < COLUMNS; i++) {
      g_string_append (out, "| ");
      cd_markup_text (out, line->cells[i]);
      g_string_append_c (out, ' ');
    }
    g_string_append (out, "|\n");
  }
  g_autofree char *tokens = tokens_sentence (comparison), *cost = cost_sentence (comparison);
  if (tokens != NULL)
    g_string_append_printf (out, "\n%s\n", tokens);
  if (cost != NULL)
    g_string_append_printf (out, "\n%s\n", cost);
  return g_string_free (out, FALSE);
}

static void
add_number (cJSON *object, const char *key, double value)
{
  if (isfinite (value))
    cJSON_AddNumberToObject (object, key, round (value * 1e6) / 1e6);
  else
    cJSON_AddNullToObject (object, key);
}

/* A probability, to ten significant digits: small ones are the interesting ones. */
static void
add_probability (cJSON *object, const char *key, double p)
{
  char text[32];
  g_ascii_formatd (text, sizeof text, "%.10g", p);
  if (isfinite (p))
    cJSON_AddNumberToObject (object, key, g_ascii_strtod (text, NULL));
  else
    cJSON_AddNullToObject (object, key);
}

static void
add_row (cJSON *array, const CdBeforeAfterRow *row)
{
  cJSON *object = cd_json_member (array);
  cd_json_text (object, "category", row->category);
  cJSON_AddNumberToObject (object, "before_n", (double) row->before_n);
  cJSON_AddNumberToObject (object, "after_n", (double) row->after_n);
  cJSON_AddNumberToObject (object, "paired", (double) row->paired);
  add_number (object, "before", row->before);
  add_number (object, "after", row->after);
  add_number (object, "difference", row->difference);
  cJSON *interval = cJSON_AddArrayToObject (object, "interval");
  const double ends[] = { row->interval.low, row->interval.high };
  for (guint i = 0; i < 2 && !isnan (ends[i]); i++)
    cJSON_AddItemToArray (interval, cJSON_CreateNumber (round (ends[i] * 1e6) / 1e6));
  add_probability (object, "p", row->p);
  add_probability (object, "p_holm", row->p_holm);
  add_number (object, "before_tokens", row->before_tokens);
  add_number (object, "after_tokens", row->after_tokens);
}

static void
add_files (cJSON *root, const char *key, const char *path, const GPtrArray *figures)
{
  cJSON *object = cJSON_AddObjectToObject (root, key);
  cJSON_AddStringToObject (object, "path", path);
  gint64 malformed = 0;
  for (guint i = 0; i < figures->len; i++)
    malformed += ((const CdFigure *) g_ptr_array_index (figures, i))->malformed;
  cJSON_AddNumberToObject (object, "malformed", (double) malformed);
}

char *
cd_comparison_json (const CdComparison *comparison)
{
  cJSON *root = cJSON_CreateObject ();
  cJSON_AddStringToObject (root, "schema", "candor-comparison/1");
  add_files (root, "before", comparison->before_path, comparison->before);
  add_files (root, "after", comparison->after_path, comparison->after);
  cJSON *rows = cJSON_AddArrayToObject (root, "categories");
  for (guint i = 0; i < comparison->rows->len; i++)
    add_row (rows, g_ptr_array_index (comparison->rows, i));
  if (comparison->cost == NULL)
    cJSON_AddNullToObject (root, "equal_cost");
  else {
    cJSON *cost = cJSON_AddObjectToObject (root, "equal_cost");
    add_number (cost, "tokens", comparison->cost->tokens);
    add_number (cost, "before", comparison->cost->before);
    add_number (cost, "after", comparison->cost->after);
  }
  char *printed = cJSON_Print (root);
  cJSON_Delete (root);
  char *text = g_strconcat (printed, "\n", NULL);
  cJSON_free (printed);
  return text;
}
