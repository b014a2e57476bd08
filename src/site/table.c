/* The first page: all works in a table, sorted and complete without a script; what the figures mean; the data. With table.js it sorts and filters: sorting
 * goes by the data- attributes of rows, whose names the heads' data-key and the form's names refer to. */
#include "site/table-parts.h"
#include <string.h>

#define TEACHERS_SHOWN 2u
#define PLACE_MOST 22u /* characters of a place's name that fit the column */
#define BAR_WIDTH 90.0
#define BAR_HEIGHT 14.0

static void
put_sorting (CdHtml *html, const char *key, const char *words, const char *kind)
{
  cd_html_leaf (html, "span", words, "data-key", key, "data-kind", kind, NULL);
}

/* A comma stays in the line of the name before it. The names tell by themselves that they are dimensions; who does not see the column hears it. */
static void
put_dimension_heads (CdHtml *html, const CdSitePages *pages, const char *words)
{
  guint length = pages->first != NULL ? pages->first->dimensions->len : 0;
  cd_html_leaf (html, "span", words, "class", length > 0 ? "unseen" : NULL, NULL);
  for (guint i = 0; i < length; i++) {
    g_autofree char *key = g_strdup_printf ("d%u", i);
    cd_html_text (html, " ");
    cd_html_open (html, "span", "class", "together", NULL);
    put_sorting (html, key, g_array_index (pages->first->dimensions, CdRecordDimension, i).name, "number");
    cd_html_text (html, i + 1 < length ? "," : "");
    cd_html_close (html);
  }
}

static void
put_head (CdHtml *html, const CdSitePages *pages)
{
  cd_html_open (html, "thead", NULL);
  cd_html_open (html, "tr", NULL);
  for (guint i = 0; i < CD_TABLE_COLUMNS; i++) {
    cd_html_open (html, "th", "scope", "col", "class", cd_table_columns[i].class, "aria-sort", i == 0 ? "ascending" : NULL, NULL);
    if (cd_table_columns[i].key != NULL)
      put_sorting (html, cd_table_columns[i].key, cd_table_columns[i].words, cd_table_columns[i].kind);
    else
      put_dimension_heads (html, pages, cd_table_columns[i].words);
    cd_html_close (html);
  }
  cd_html_close (html);
  cd_html_close (html);
}

static void
open_cell (CdHtml *html, const char *class)
{
  cd_html_open (html, "td", "class", class, NULL);
}

/* Where total and likely range lie between nothing and all; the figures stand beside it in words. */
static void
put_range (CdHtml *html, const CdRecord *record)
{
  double scale = BAR_WIDTH / MAX (record->of, 1);
  g_autofree char *width = cd_html_number (BAR_WIDTH), *track = cd_html_number (BAR_WIDTH - 1), *height = cd_html_number (BAR_HEIGHT);
  g_autofree char *from = cd_html_number (record->likely[0] * scale),
                  *wide = cd_html_number ((record->likely[1] - (double) record->likely[0]) * scale);
  g_autofree char *at = cd_html_number (MIN (record->total * scale, BAR_WIDTH - 2)), *box = g_strdup_printf ("0 0 %s %s", width, height);
  open_cell (html, "range");
  cd_html_printf (html, "%u–%u", record->likely[0], record->likely[1]);
  cd_html_open (html, "svg", "class", "likely", "viewBox", box, "width", width, "height", height, "aria-hidden", "true", NULL);
  cd_html_leaf (html, "rect", NULL, "class", "track", "x", "0.5", "y", "5", "width", track, "height", "4", NULL);
  cd_html_leaf (html, "rect", NULL, "class", "range", "x", from, "y", "2", "width", wide, "height", "10", NULL);
  cd_html_leaf (html, "rect", NULL, "class", "bar", "x", at, "y", "0", "width", "2", "height", height, NULL);
  cd_html_close (html);
  cd_html_close (html);
}

/* The label; where it hangs on leads, a way to what they make of it. An accusation stands nowhere without the places behind it: those of a teacher who is
 * not mentioned are beside its name in the next cell. */
static void
put_label (CdHtml *html, const CdSiteWork *work)
{
  g_autofree char *lineage = g_strconcat (work->file, "#lineage", NULL);
  open_cell (html, "label");
  cd_html_text (html, cd_site_label_words (work->record->label));
  if (cJSON_GetArraySize (cd_record_part (work->record, "distillation.undecided.between")) > 1) {
    cd_html_open (html, "span", "class", "aside", NULL);
    cd_html_link (html, lineage, "a reader decides");
    cd_html_close (html);
  }
  cd_html_close (html);
}

/* "solve.py:12" and not its folders, which stand on the work's page. */
static void
put_short_place (CdHtml *html, const CdSiteWork *work, const CdRecordPlace *place)
{
  const char *slash = strrchr (place->path, '/');
  const CdRecordPlace last = { .path = slash != NULL && slash[1] != '\0' ? slash + 1 : place->path, .line = place->line };
  g_autofree char *words = cd_site_place (&last), *shown = cd_html_cut (words, PLACE_MOST), *link = cd_record_link (work->record, place);
  cd_html_open (html, "span", "class", "code", NULL);
  cd_html_link (html, link, shown);
  cd_html_close (html);
}

static void
put_teacher (CdHtml *html, const CdSitePages *pages, const CdSiteWork *work, const CdRecordTeacher *teacher)
{
  const CdSiteTold told = cd_site_told (teacher);
  cd_html_open (html, "span", "class", "teacher", NULL);
  cd_site_put_teacher (html, pages, teacher->model, "");
  if (told != CD_SITE_TOLD) {
    cd_html_open (html, "span", "class", "aside", NULL);
    const char *use = cd_record_teacher_use (teacher);
    gboolean wrote = g_str_equal (use, "generation"); /* what is meant where nothing is said */
    cd_html_printf (html, "%s%s%s: ", wrote ? "" : use, wrote ? "" : ", ", cd_site_told_words (told));
    put_short_place (html, work, &g_array_index (teacher->evidence, CdRecordPlace, 0));
    cd_html_close (html);
  }
  cd_html_close (html);
}

/* Teachers that are certain or told of by name; of what is neither only the number. */
static void
put_teachers (CdHtml *html, const CdSitePages *pages, const CdSiteWork *work)
{
  const GPtrArray *teachers = work->record->teachers;
  guint left = teachers->len - work->leads, shown = 0;
  g_autofree char *lineage = g_strconcat (work->file, "#lineage", NULL);
  open_cell (html, "teachers");
  if (teachers->len == 0)
    cd_html_text (html, "–");
  for (guint i = 0; i < teachers->len && shown < TEACHERS_SHOWN; i++)
    if (cd_site_told (teachers->pdata[i]) != CD_SITE_TOLD_LEAD) {
      put_teacher (html, pages, work, teachers->pdata[i]);
      shown++;
    }
  if (left > shown) {
    g_autofree char *more = g_strdup_printf ("and %u more", left - shown);
    cd_html_open (html, "span", "class", "teacher", NULL);
    cd_html_link (html, lineage, more);
    cd_html_close (html);
  }
  if (work->leads > 0) {
    g_autofree char *leads = g_strdup_printf ("%u lead%s for a reader", work->leads, work->leads == 1 ? "" : "s");
    cd_html_open (html, "span", "class", "aside", NULL);
    cd_html_link (html, lineage, leads);
    cd_html_close (html);
  }
  cd_html_close (html);
}

static void
put_claims (CdHtml *html, const CdSiteWork *work)
{
  static const char *const words[CD_SITE_CONCLUSIONS]
      = { "reproduced", "compatible", "equal to the best of several runs", "not reproduced", "not run" };
  open_cell (html, "claims number");
  if (work->claims == 0)
    cd_html_text (html, "no claims");
  else
    cd_html_printf (html, "%u of %u", work->checked, work->claims);
  cd_html_close (html);
  open_cell (html, "reproduced number");
  if (work->checked == 0)
    cd_html_text (html, "–");
  else
    cd_html_printf (html, "%u of %u", work->conclusions[CD_SITE_REPRODUCED], work->checked);
  for (guint i = CD_SITE_COMPATIBLE; work->checked > 0 && i < CD_SITE_NOT_RUN; i++)
    if (work->conclusions[i] > 0) {
      cd_html_open (html, "span", "class", "aside", NULL);
      cd_html_printf (html, "%u %s", work->conclusions[i], words[i]);
      cd_html_close (html);
    }
  cd_html_close (html);
}

static char *
join_approach (const CdRecord *record)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  for (guint i = 0; i < record->approach->len; i++)
    g_ptr_array_add (words, record->approach->pdata[i]);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **) words->pdata);
}

static void
put_commit (CdHtml *html, const CdSiteWork *work)
{
  g_autofree char *commit = g_strndup (work->record->commit, 10);
  open_cell (html, "commit");
  cd_html_open (html, "span", "class", "code", NULL);
  cd_html_link (html, work->home, commit);
  cd_html_close (html);
  if (work->record->date != NULL)
    cd_html_leaf (html, "span", work->record->date, "class", "aside", NULL);
  cd_html_close (html);
}

static void
put_name (CdHtml *html, const CdSiteWork *work)
{
  const CdWorkEntry *entry = work->row->work;
  cd_html_open (html, "th", "scope", "row", "class", "name", NULL);
  cd_site_put_work (html, work, "");
  if (entry->subdir != NULL)
    cd_html_leaf (html, "span", entry->subdir, "class", "aside", NULL);
  if (entry->note != NULL) {
    g_autofree char *note = cd_html_cut (entry->note, 160);
    cd_html_leaf (html, "span", note, "class", "aside", NULL);
  }
  cd_html_close (html);
}

/* Opens a row with what table.js sorts and filters by. */
static void
open_row (CdHtml *html, const CdSiteWork *work)
{
  const CdRecord *record = work->record;
  g_autofree char *rank = g_strdup_printf ("%u", work->row->rank), *score = g_strdup_printf ("%u", record->total);
  g_autofree char *low = g_strdup_printf ("%u", record->likely[0]), *teachers = g_strdup_printf ("%u", record->teachers->len - work->leads);
  g_autofree char *checked = work->claims > 0 ? cd_html_number ((double) work->checked / work->claims) : NULL;
  g_autofree char *reproduced = work->checked > 0 ? cd_html_number ((double) work->conclusions[CD_SITE_REPRODUCED] / work->checked) : NULL;
  g_autofree char *approach = join_approach (record);
  g_autoptr (GString) dimensions = g_string_new (NULL);
  for (guint i = 0; i < record->dimensions->len; i++)
    g_string_append_printf (dimensions, "%s%u", i > 0 ? " " : "", g_array_index (record->dimensions, CdRecordDimension, i).points);
  cd_html_open (html, "tr", "data-rank", rank, "data-score", score, "data-low", low, "data-dimensions", dimensions->str, "data-label", record->label,
                "data-teachers", teachers, "data-checked", checked, "data-reproduced", reproduced, "data-openness", record->openness, "data-approach",
                approach, "data-date", record->date, NULL);
}

static void
put_row (CdHtml *html, const CdSitePages *pages, const CdSiteWork *work)
{
  g_autofree char *approach = join_approach (work->record);
  open_row (html, work);
  open_cell (html, "rank");
  cd_html_printf (html, "%u", work->row->rank);
  if (work->best != work->worst) {
    cd_html_open (html, "span", "class", "aside", NULL);
    cd_html_printf (html, "%u to %u", work->best, work->worst);
    cd_html_close (html);
  }
  cd_html_close (html);
  put_name (html, work);
  open_cell (html, "score number");
  cd_html_printf (html, "%u", work->record->total);
  cd_html_close (html);
  put_range (html, work->record);
  open_cell (html, "dimensions");
  cd_draw_dimension_bars (html, work->record);
  cd_html_open (html, "span", "class", "aside", NULL);
  for (guint i = 0; i < work->record->dimensions->len; i++)
    cd_html_printf (html, "%s%u", i > 0 ? " · " : "", g_array_index (work->record->dimensions, CdRecordDimension, i).points);
  cd_html_close (html);
  cd_html_close (html);
  put_label (html, work);
  put_teachers (html, pages, work);
  put_claims (html, work);
  open_cell (html, "openness");
  cd_html_text (html, work->record->openness);
  cd_html_close (html);
  open_cell (html, "approach");
  cd_html_text (html, *approach != '\0' ? approach : "–");
  cd_html_close (html);
  put_commit (html, work);
  cd_html_close (html);
}

static void
put_failure (CdHtml *html, const CdSiteWork *work)
{
  g_autofree char *failure = cd_site_failure (work), *shown = cd_html_cut (failure, 400);
  g_autofree char *rest = g_strdup_printf ("%u", CD_TABLE_COLUMNS - 2);
  cd_html_open (html, "tr", "class", "failed", NULL);
  cd_html_leaf (html, "td", "–", "class", "rank", NULL);
  put_name (html, work);
  cd_html_open (html, "td", "colspan", rest, "class", "failure", NULL);
  cd_html_printf (html, "not audited: %s", shown);
  cd_html_close (html);
  cd_html_close (html);
}

static void
put_intro (CdHtml *html, const CdSitePages *pages)
{
  guint failed = pages->works->len - pages->ranked;
  cd_html_open (html, "p", "class", "intro", NULL);
  cd_html_printf (html, "How openly %u published work%s on reasoning models tell%s what they did, by %u questions about each repository.",
                  pages->ranked, pages->ranked == 1 ? "" : "s", pages->ranked == 1 ? "s" : "", pages->criteria->len);
  if (failed > 0)
    cd_html_printf (html, " %u could not be audited; the table says why.", failed);
  if (pages->pairs > 0)
    cd_html_printf (
        html,
        " A score is an estimate; its likely range is meant to hold what a careful reader would give in eight of ten works. Works whose ranges "
        "overlap are not really ordered: of the %" G_GUINT64_FORMAT " pairs here %.0f %% are. Under each rank stand the ranks that a work may have.",
        pages->pairs, 100.0 * (double) pages->apart / (double) pages->pairs);
  cd_html_text (html, " ");
  cd_html_link (html, "method.html", "How far to trust it");
  cd_html_text (html, ".");
  cd_html_close (html);
}

GBytes *
cd_site_table (gconstpointer site, G_GNUC_UNUSED gconstpointer of, G_GNUC_UNUSED GError **error)
{
  const CdSitePages *pages = site;
  const char *title = pages->leaderboard->works->title;
  CdHtml *html = cd_site_open (pages, title != NULL ? title : "Leaderboard", "", "index.html", "table.js");
  put_intro (html, pages);
  if (pages->first != NULL)
    cd_table_put_form (html, pages);
  cd_html_open (html, "div", "class", "scroll", "role", "region", "aria-label", "All works", "tabindex", "0", NULL);
  cd_html_open (html, "table", "id", "works", "class", "works", NULL);
  cd_html_leaf (html, "caption", "All works", "class", "unseen", NULL);
  put_head (html, pages);
  cd_html_open (html, "tbody", NULL);
  for (guint i = 0; i < pages->works->len; i++) {
    const CdSiteWork *work = pages->works->pdata[i];
    if (work->record != NULL)
      put_row (html, pages, work);
    else
      put_failure (html, work);
  }
  cd_html_close (html);
  cd_html_close (html);
  cd_html_close (html);
  cd_table_put_legend (html);
  cd_table_put_data (html);
  return cd_site_close (pages, html, "");
}
