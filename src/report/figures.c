/* The strings of the figures' table. What is concluded was concluded in reproduction/. */
#include "report/figures.h"
#include "report/arithmetic-words.h"
#include <math.h>
#include <string.h>

void
cd_figure_row_free (CdFigureRow *row)
{
  g_free (row->benchmark);
  g_free (row->model);
  g_free (row->claimed);
  g_free (row->obtained);
  g_free (row->how);
  g_free (row->place);
  g_free (row);
}

char *
cd_report_value (double value, CdUnit unit)
{
  if (isnan (value))
    return g_strdup ("–");
  if (unit == CD_UNIT_FRACTION)
    return g_strdup_printf ("%.3f", value);
  gboolean whole = fabs (value - round (value)) < 5e-3 && fabs (value) >= 200;
  return g_strdup_printf ("%.*f", whole ? 0 : 1, value);
}

/* As the source prints it. */
static char *
claimed_value (const CdClaim *claim)
{
  return g_strdup_printf ("%.*f", (int) MIN (claim->decimals, 6), claim->value);
}

static char *
benchmark_of (const CdAudit *audit, const CdReproduction *reproduction)
{
  const CdBenchmarks *benchmarks = audit->results->benchmarks;
  const char *name = reproduction->benchmark >= 0 ? cd_benchmarks_at (benchmarks, (guint) reproduction->benchmark)->name : reproduction->task;
  g_autofree char *metric = cd_metric_name (reproduction->metric);
  return reproduction->metric.kind == CD_METRIC_UNKNOWN ? g_strdup (name ? name : "") : g_strdup_printf ("%s, %s", name ? name : "", metric);
}

static char *
obtained_of (const CdReproduction *reproduction)
{
  g_autofree char *value = cd_report_value (reproduction->value, reproduction->unit);
  if (isnan (reproduction->value) || isnan (reproduction->interval[0]))
    return g_steal_pointer (&value);
  g_autofree char *low = cd_report_value (reproduction->interval[0], reproduction->unit);
  g_autofree char *high = cd_report_value (reproduction->interval[1], reproduction->unit);
  return g_strdup_printf ("%s [%s, %s]", value, low, high);
}

static char *
how_of (const CdReproduction *reproduction)
{
  static const char *const ways[] = { "from logs", "graded again", "run again" };
  const char *way = ways[reproduction->by];
  if (reproduction->claim < 0)
    return reproduction->runs > 1 ? g_strdup_printf ("%s, median of %u runs", way, reproduction->runs) : g_strdup (way);
  g_autoptr (GString) how = g_string_new (cd_conclusion_name (reproduction->conclusion));
  if (reproduction->conclusion != CD_CONCLUSION_NOT_RUN)
    g_string_append_printf (how, " (%s)", way);
  if (reproduction->why != NULL && (reproduction->runs > 1 || reproduction->conclusion != CD_CONCLUSION_REPRODUCED))
    g_string_append_printf (how, ": %s", reproduction->why);
  if (reproduction->conclusion == CD_CONCLUSION_SELECTED && !isnan (reproduction->chance))
    g_string_append_printf (how, "; by chance alone the best of so many reaches it with probability %.2f", reproduction->chance);
  return g_strdup (how->str);
}

static char *
place_of (const CdAudit *audit, const CdReproduction *reproduction)
{
  if (reproduction->claim >= 0) {
    const CdClaim *claim = g_ptr_array_index (audit->claims->claims, (guint) reproduction->claim);
    if (claim->places->len == 0)
      return g_strdup ("");
    const CdPlace *place = &g_array_index (claim->places, CdPlace, 0);
    return cd_report_place (audit, place->document, place->line);
  }
  const CdFigure *figure = g_ptr_array_index (reproduction->figures, 0);
  return figure->line > 0 ? g_strdup_printf ("%s:%u", figure->path, figure->line) : g_strdup (figure->path);
}

GPtrArray *
cd_report_figure_rows (const CdAudit *audit, const GPtrArray *reproductions, gboolean claimed)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_figure_row_free);
  for (guint i = 0; i < reproductions->len; i++) {
    const CdReproduction *reproduction = g_ptr_array_index (reproductions, i);
    if ((reproduction->claim >= 0) != claimed)
      continue;
    const CdClaim *claim = claimed ? g_ptr_array_index (audit->claims->claims, (guint) reproduction->claim) : NULL;
    const char *model = claim != NULL && claim->model != NULL ? claim->model : reproduction->model;
    CdFigureRow *row = g_new0 (CdFigureRow, 1);
    *row = (CdFigureRow){ .reproduction = reproduction,
                          .benchmark = benchmark_of (audit, reproduction),
                          .model = g_strdup (model ? model : ""),
                          .claimed = claim != NULL ? claimed_value (claim) : g_strdup (""),
                          .obtained = obtained_of (reproduction),
                          .how = how_of (reproduction),
                          .place = place_of (audit, reproduction) };
    g_ptr_array_add (rows, row);
  }
  return rows;
}

char *
cd_report_figures_summary (const CdAudit *audit, const GPtrArray *reproductions)
{
  guint counts[CD_CONCLUSIONS] = { 0 }, checked = 0;
  gint last = -1;
  for (guint i = 0; i < reproductions->len; i++) {
    const CdReproduction *reproduction = g_ptr_array_index (reproductions, i);
    if (reproduction->claim < 0 || reproduction->claim == last) /* the strongest way stands first */
      continue;
    counts[reproduction->conclusion]++;
    checked += reproduction->conclusion != CD_CONCLUSION_NOT_RUN;
    last = reproduction->claim;
  }
  guint claims = audit->claims->claims->len;
  g_autoptr (GString) summary = g_string_new (NULL);
  g_string_append_printf (summary, "%u figure%s claimed", claims, claims == 1 ? "" : "s");
  const char *separator = ": ";
  for (guint i = 0; i < CD_CONCLUSIONS; i++)
    if (counts[i] > 0) {
      g_string_append_printf (summary, "%s%u %s", separator, counts[i], cd_conclusion_name ((CdConclusion) i));
      separator = ", ";
    }
  if (claims > checked)
    g_string_append_printf (summary, "; the repository has nothing to check %s against", checked == 0 ? "them" : "the others");
  return g_strdup (summary->str);
}

static void
add_remark (GPtrArray *remarks, const CdAudit *audit, const CdPlace *place, const char *what)
{
  g_autofree char *where = cd_report_place (audit, place->document, place->line);
  g_ptr_array_add (remarks, g_strdup_printf ("%s: %s", where, what));
}

/* Figures of one benchmark and document that no single run gives are one remark: a work averages all of them or none. Caller frees; NULL not such a one. */
static char *
several_runs_key (const CdAudit *audit, guint index)
{
  const CdClaim *claim = g_ptr_array_index (audit->claims->claims, index);
  const CdClaimArithmetic *arithmetic = &g_array_index (audit->arithmetic, CdClaimArithmetic, index);
  if (arithmetic->verdict != CD_ARITHMETIC_NOT_SINGLE_RUN || claim->places->len == 0)
    return NULL;
  return g_strdup_printf ("%d %" G_GINT64_FORMAT " %u %s", claim->benchmark, arithmetic->n, g_array_index (claim->places, CdPlace, 0).document,
                          claim->benchmark < 0 && claim->task != NULL ? claim->task : "");
}

/* Key → how many claims share it. */
static GHashTable *
count_several_runs (const CdAudit *audit)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < audit->claims->claims->len; i++) {
    char *key = several_runs_key (audit, i);
    if (key != NULL)
      g_hash_table_insert (counts, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1));
  }
  return counts;
}

static void
add_arithmetic (GPtrArray *remarks, const CdAudit *audit, guint index, GHashTable *several)
{
  const CdClaim *claim = g_ptr_array_index (audit->claims->claims, index);
  const CdClaimArithmetic *arithmetic = &g_array_index (audit->arithmetic, CdClaimArithmetic, index);
  if (arithmetic->verdict < CD_ARITHMETIC_NOT_SINGLE_RUN || claim->places->len == 0)
    return;
  const char *benchmark = claim->benchmark >= 0 ? cd_benchmarks_at (audit->results->benchmarks, (guint) claim->benchmark)->name : claim->task;
  g_autofree char *value = claimed_value (claim), *key = several_runs_key (audit, index), *what = NULL;
  guint alike = key != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (several, key)) : 0;
  if (arithmetic->verdict == CD_ARITHMETIC_IMPOSSIBLE)
    what = cd_report_impossible (value, (double) arithmetic->n, benchmark, arithmetic->samples);
  else if (alike > 0)
    what = cd_report_several_runs (value, alike - 1, (double) arithmetic->n, benchmark, arithmetic->fewest);
  if (what == NULL) /* told with the first of its kind */
    return;
  if (key != NULL)
    g_hash_table_remove (several, key);
  add_remark (remarks, audit, &g_array_index (claim->places, CdPlace, 0), what);
}

GPtrArray *
cd_report_claim_remarks (const CdAudit *audit)
{
  GPtrArray *remarks = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < audit->claims->faults->len; i++) {
    const CdClaimFault *fault = g_ptr_array_index (audit->claims->faults, i);
    add_remark (remarks, audit, &fault->place, fault->what);
  }
  g_autoptr (GHashTable) several = count_several_runs (audit);
  for (guint i = 0; i < audit->claims->claims->len; i++)
    add_arithmetic (remarks, audit, i, several);
  return remarks;
}
