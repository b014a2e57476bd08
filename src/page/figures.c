/* What the work claims, what was obtained for each claim, and figures that nobody claims; the plot is draw-reproductions.c's. */
#include "page/page.h"
#include "page/parts.h"
#include "report/arithmetic-words.h"
#include <math.h>
#include <string.h>

#define REMARKS_MOST 40u

/* "46.7 %", "0.467", "12". Caller frees. */
static char *
figure_text (double value, const char *unit)
{
  if (isnan (value))
    return g_strdup ("");
  gboolean percent = g_strcmp0 (unit, "percent") == 0;
  g_autofree char *number = cd_html_number (percent ? round (value * 100) / 100 : value);
  gboolean bare = unit == NULL || strcmp (unit, "fraction") == 0 || strcmp (unit, "count") == 0;
  g_autofree char *of = cd_html_cut (bare ? "" : percent ? "%" : unit, 16);
  return g_strconcat (number, bare ? "" : " ", of, NULL);
}

static void
put_cell_figure (CdHtml *html, double value, const char *unit)
{
  g_autofree char *text = figure_text (value, unit);
  cd_html_leaf (html, "td", text, "class", "number", NULL);
}

static GPtrArray *
list_of (const CdRecord *record, const char *key)
{
  GPtrArray *list = g_ptr_array_new ();
  const cJSON *item = NULL;
  cJSON_ArrayForEach (item, cd_record_part (record, key)) g_ptr_array_add (list, (gpointer) item);
  return list;
}

/* The claim that a reproduction answers; NULL nobody's. */
static const cJSON *
claim_of (const GPtrArray *claims, const cJSON *reproduction)
{
  double index = cd_record_number (reproduction, "claim", -1);
  return index >= 0 && index < claims->len ? claims->pdata[(guint) index] : NULL;
}

/* How many claims came out how: the strongest way stands first, so that a claim counts once. */
static void
put_summary (CdHtml *html, const GPtrArray *claims, const GPtrArray *reproductions)
{
  static const char *const conclusions[] = { "reproduced", "compatible", "selected", "not-reproduced", "not-run" };
  guint counts[G_N_ELEMENTS (conclusions)] = { 0 }, checked = 0;
  const cJSON *last = NULL;
  for (guint i = 0; i < reproductions->len; i++) {
    const cJSON *claim = claim_of (claims, reproductions->pdata[i]);
    const char *conclusion = cd_record_string (reproductions->pdata[i], "conclusion");
    for (guint k = 0; claim != NULL && claim != last && k < G_N_ELEMENTS (conclusions); k++)
      counts[k] += g_strcmp0 (conclusion, conclusions[k]) == 0;
    checked += claim != NULL && claim != last && g_strcmp0 (conclusion, "not-run") != 0;
    last = claim != NULL ? claim : last;
  }
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, "%u figure%s claimed", claims->len, cd_part_plural (claims->len));
  const char *separator = ": ";
  for (guint i = 0; i < G_N_ELEMENTS (conclusions); i++)
    if (counts[i] > 0) {
      g_string_append_printf (text, "%s%u %s", separator, counts[i], conclusions[i]);
      separator = ", ";
    }
  if (claims->len > checked)
    g_string_append_printf (text, "; the repository has nothing to check %s against", checked == 0 ? "them" : "the others");
  cd_part_say (html, "%s.", text->str);
}

static void
put_reproduction (CdHtml *html, const CdRecord *record, const cJSON *claim, const cJSON *reproduction)
{
  const char *unit = cd_record_string (reproduction, "unit"), *model = cd_record_string (claim != NULL ? claim : reproduction, "model"),
             *why = cd_record_string (reproduction, "why");
  const char *conclusion = cd_record_string (reproduction, "conclusion");
  const cJSON *interval = cJSON_GetObjectItemCaseSensitive (reproduction, "interval");
  const cJSON *low = cJSON_GetArrayItem (interval, 0), *high = cJSON_GetArrayItem (interval, 1);
  cd_html_open (html, "tr", NULL);
  cd_part_head (html, model != NULL ? model : "not named");
  cd_part_cell (html, cd_record_string (reproduction, "benchmark"));
  cd_part_cell (html, cd_record_string (reproduction, "metric"));
  if (claim != NULL)
    put_cell_figure (html, cd_record_number (claim, "value", NAN), cd_record_string (claim, "unit"));
  put_cell_figure (html, cd_record_number (reproduction, "value", NAN), unit);
  cd_html_open (html, "td", "class", "number", NULL);
  if (cJSON_IsNumber (low) && cJSON_IsNumber (high)) {
    double step = g_strcmp0 (unit, "percent") == 0 ? 10 : 1000;
    g_autofree char *from = cd_html_number (round (low->valuedouble * step) / step),
                    *to = figure_text (round (high->valuedouble * step) / step, unit);
    cd_html_printf (html, "%s to %s", from, to);
  }
  cd_html_close (html);
  cd_part_number (html, cd_record_number (reproduction, "runs", 0));
  if (claim != NULL) {
    cd_html_open (html, "td", "class", "text", NULL);
    cd_part_text (html, "strong", NULL, conclusion != NULL ? conclusion : "", CD_PART_NAME);
    cd_html_text (html, why != NULL ? ": " : "");
    cd_part_text (html, "span", NULL, why != NULL ? why : "", CD_PART_TEXT);
    cd_html_close (html);
  }
  cd_part_cell (html, cd_record_string (reproduction, "by"));
  cd_part_cell_evidence (html, record, reproduction, "evidence");
  cd_html_close (html);
}

static void
put_reproductions (CdHtml *html, const CdRecord *record, const GPtrArray *claims, const GPtrArray *reproductions, gboolean claimed)
{
  static const char *const answered[]
      = { "Model", "Benchmark", "Metric", "#Claimed", "#Obtained", "#95 % interval", "#Runs", "Conclusion", "By", "Evidence", NULL };
  static const char *const unasked[] = { "Model", "Benchmark", "Metric", "#Obtained", "#95 % interval", "#Runs", "By", "Evidence", NULL };
  guint count = 0, shown = 0;
  for (guint i = 0; i < reproductions->len; i++)
    count += (claim_of (claims, reproductions->pdata[i]) != NULL) == claimed;
  if (count == 0)
    return;
  if (!claimed)
    cd_part_fold (html, "%u figure%s that the repository yields and nobody claims", count, cd_part_plural (count));
  cd_part_table (html, claimed ? "Claims and what was obtained" : "Figures that nobody claims", claimed ? answered : unasked);
  for (guint i = 0; i < reproductions->len && shown < CD_PART_ROWS; i++) {
    const cJSON *claim = claim_of (claims, reproductions->pdata[i]);
    if ((claim != NULL) != claimed)
      continue;
    put_reproduction (html, record, claim, reproductions->pdata[i]);
    shown++;
  }
  cd_part_table_end (html);
  if (!claimed)
    cd_html_close (html);
}

/* Figures of one benchmark and file that no single run gives are one remark. Caller frees; NULL not such a one. */
static char *
several_runs_key (const cJSON *claim)
{
  const cJSON *arithmetic = cJSON_GetObjectItemCaseSensitive (claim, "arithmetic");
  if (g_strcmp0 (cd_record_string (arithmetic, "verdict"), "not-a-single-run") != 0)
    return NULL;
  const char *benchmark = cd_record_string (claim, "benchmark"),
             *path = cd_record_string (cJSON_GetArrayItem (cJSON_GetObjectItemCaseSensitive (claim, "evidence"), 0), "path");
  return g_strdup_printf ("%.0f %s\n%s", cd_record_number (arithmetic, "n", 0), benchmark != NULL ? benchmark : "", path != NULL ? path : "");
}

/* Key → how many claims share it. */
static GHashTable *
count_several_runs (const GPtrArray *claims)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < claims->len; i++) {
    char *key = several_runs_key (claims->pdata[i]);
    if (key != NULL)
      g_hash_table_insert (counts, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1));
  }
  return counts;
}

/* What is to be known of a claim's number, in words; NULL nothing, or told with another. several: takes out what is told. Caller frees. */
static char *
arithmetic_text (const cJSON *claim, GHashTable *several)
{
  const cJSON *arithmetic = cJSON_GetObjectItemCaseSensitive (claim, "arithmetic");
  const char *unit = cd_record_string (claim, "unit"), *benchmark = cd_record_string (claim, "benchmark");
  gboolean impossible = g_strcmp0 (cd_record_string (arithmetic, "verdict"), "impossible-as-stated") == 0;
  g_autofree char *key = several_runs_key (claim);
  guint alike = key != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (several, key)) : 0;
  if (!impossible && alike == 0)
    return NULL;
  g_autofree char *value = figure_text (cd_record_number (claim, "value", NAN), unit),
                  *name = cd_html_cut (benchmark != NULL ? benchmark : "", CD_PART_NAME);
  double n = cd_record_number (arithmetic, "n", 0);
  if (impossible)
    return cd_report_impossible (value, n, name, (guint) CLAMP (cd_record_number (arithmetic, "samples", 0), 0, 1e6));
  g_hash_table_remove (several, key);
  return cd_report_several_runs (value, alike - 1, n, name, (guint) CLAMP (cd_record_number (arithmetic, "fewest_samples", 0), 0, 1e6));
}

static void
put_remark (CdHtml *html, const CdRecord *record, const char *text, const cJSON *of)
{
  g_autoptr (GArray) places = cd_record_places (of, "evidence");
  cd_html_open (html, "li", NULL);
  if (places->len > 0) {
    cd_part_place (html, record, &g_array_index (places, CdRecordPlace, 0));
    cd_html_text (html, ": ");
  }
  cd_part_text (html, "span", NULL, text, CD_PART_TEXT);
  cd_html_close (html);
}

static void
put_remarks (CdHtml *html, const CdRecord *record, const GPtrArray *claims)
{
  guint shown = 0;
  g_autoptr (GHashTable) several = count_several_runs (claims);
  for (guint i = 0; i < claims->len && shown < REMARKS_MOST; i++) {
    const cJSON *fault = NULL, *faults = cJSON_GetObjectItemCaseSensitive (claims->pdata[i], "disagrees");
    g_autofree char *arithmetic = arithmetic_text (claims->pdata[i], several);
    if (shown == 0 && (arithmetic != NULL || cJSON_GetArraySize (faults) > 0)) {
      cd_html_leaf (html, "h3", "Remarks on claims", NULL);
      cd_html_open (html, "ul", NULL);
    }
    cJSON_ArrayForEach (fault, faults)
    {
      if (shown == REMARKS_MOST)
        break;
      const char *what = cd_record_string (fault, "what"), *code = cd_record_string (fault, "code");
      put_remark (html, record, what != NULL ? what : code != NULL ? code : "", fault);
      shown++;
    }
    if (arithmetic != NULL) {
      put_remark (html, record, arithmetic, claims->pdata[i]);
      shown++;
    }
  }
  if (shown > 0)
    cd_html_close (html);
}

static void
put_claims (CdHtml *html, const CdRecord *record, const GPtrArray *claims)
{
  static const char *const headings[] = { "Model", "Benchmark", "Metric", "#Claimed", "From", "Places", NULL };
  if (claims->len == 0)
    return;
  cd_part_fold (html, "%s%u claimed figure%s", claims->len == 1 ? "The " : "All ", claims->len, cd_part_plural (claims->len));
  cd_part_table (html, "Figures that the work claims for its own models", headings);
  for (guint i = 0; i < MIN (claims->len, CD_PART_ROWS); i++) {
    const cJSON *claim = claims->pdata[i];
    const char *model = cd_record_string (claim, "model");
    cd_html_open (html, "tr", NULL);
    cd_part_head (html, model != NULL ? model : "not named");
    cd_part_cell (html, cd_record_string (claim, "benchmark"));
    cd_part_cell (html, cd_record_string (claim, "metric"));
    put_cell_figure (html, cd_record_number (claim, "value", NAN), cd_record_string (claim, "unit"));
    cd_part_cell (html, cd_record_string (claim, "from"));
    cd_part_cell_evidence (html, record, claim, "evidence");
    cd_html_close (html);
  }
  cd_part_table_end (html);
  if (claims->len > CD_PART_ROWS)
    cd_part_say (html, "%u more are in the JSON report.", claims->len - CD_PART_ROWS);
  cd_html_close (html);
}

void
cd_section_figures (CdHtml *html, const CdRecord *record)
{
  g_autoptr (GPtrArray) claims = list_of (record, "claims"), reproductions = list_of (record, "reproductions");
  if (claims->len == 0)
    cd_part_say (html, "No figure was found that the work claims for its own models.");
  else
    put_summary (html, claims, reproductions);
  cd_draw_reproductions (html, record);
  put_reproductions (html, record, claims, reproductions, TRUE);
  put_remarks (html, record, claims);
  put_claims (html, record, claims);
  put_reproductions (html, record, claims, reproductions, FALSE);
}
