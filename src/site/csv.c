/* The rows as CSV (RFC 4180: CRLF, quotes doubled), for spreadsheets. Text that one of them would run as a formula gets an apostrophe before it. */
#include "site/site-parts.h"
#include "base/text.h"
#include <math.h>
#include <string.h>

typedef struct {
  GString *text;
  gboolean begun; /* something stands in this line */
} Csv;

static void
put_text (Csv *csv, const char *cell)
{
  g_autofree char *printable = cd_text_printable (cell != NULL ? cell : "");
  gboolean formula = *printable != '\0' && strchr ("=+-@", *printable) != NULL;
  gboolean quoted = printable[strcspn (printable, ",\"")] != '\0';
  if (csv->begun)
    g_string_append_c (csv->text, ',');
  csv->begun = TRUE;
  if (quoted)
    g_string_append_c (csv->text, '"');
  if (formula)
    g_string_append_c (csv->text, '\'');
  for (const char *at = printable; *at != '\0'; at++) {
    if (*at == '"')
      g_string_append_c (csv->text, '"');
    g_string_append_c (csv->text, *at);
  }
  if (quoted)
    g_string_append_c (csv->text, '"');
}

/* A number is never a formula, below zero neither. NAN: an empty cell. */
static void
put_number (Csv *csv, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append (csv->text, csv->begun ? "," : "");
  csv->begun = TRUE;
  if (isfinite (value))
    g_string_append (csv->text, g_ascii_formatd (digits, sizeof digits, "%.10g", value));
}

/* A count, or an empty cell where there is none to tell. */
static void
put_count (Csv *csv, gboolean known, guint count)
{
  put_number (csv, known ? (double) count : (double) NAN);
}

static void
put_head (Csv *csv, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    put_text (csv, names[i]);
}

static void
end_line (Csv *csv)
{
  g_string_append (csv->text, "\r\n");
  csv->begun = FALSE;
}

static GBytes *
finish (Csv *csv)
{
  return g_string_free_to_bytes (g_steal_pointer (&csv->text));
}

/* The first place and where a forge shows it. */
static void
put_place (Csv *csv, const CdSiteWork *work, const GArray *places)
{
  const CdRecordPlace *place = places->len > 0 ? &g_array_index (places, CdRecordPlace, 0) : NULL;
  g_autofree char *link = place != NULL ? cd_record_link (work->record, place) : NULL;
  put_text (csv, place != NULL ? place->path : NULL);
  put_count (csv, place != NULL && place->line > 0, place != NULL ? place->line : 0);
  put_text (csv, link);
}

/* Strings of a JSON list, or of an array of them, joined by blanks. Caller frees. */
static char *
join_list (const cJSON *list)
{
  GString *joined = g_string_new (NULL);
  const cJSON *item = NULL;
  cJSON_ArrayForEach (item, list) if (cJSON_IsString (item)) g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", item->valuestring);
  return g_string_free (joined, FALSE);
}

static void
put_audited (Csv *csv, const CdSitePages *pages, const CdSiteWork *work)
{
  const CdRecord *record = work->record;
  const double figures[] = { record->total, record->of, record->expected, record->likely[0], record->likely[1], record->settled, record->unsettled };
  put_text (csv, record->commit);
  put_text (csv, record->date);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    put_number (csv, figures[i]);
  for (guint i = 0; i < pages->first->dimensions->len; i++)
    put_count (csv, i < record->dimensions->len, i < record->dimensions->len ? g_array_index (record->dimensions, CdRecordDimension, i).points : 0);
  put_text (csv, record->label);
  put_number (csv, record->teachers->len - work->leads);
  put_number (csv, work->leads);
  put_number (csv, work->claims);
  put_number (csv, work->checked);
  for (guint i = 0; i < CD_SITE_CONCLUSIONS; i++)
    put_number (csv, work->conclusions[i]);
  put_text (csv, record->openness);
  g_autofree char *approach = join_list (cd_record_part (record, "category.approach"));
  put_text (csv, approach);
}

GBytes *
cd_site_works_csv (gconstpointer site, G_GNUC_UNUSED gconstpointer of, G_GNUC_UNUSED GError **error)
{
  static const char *const before[] = { "rank", "best_rank", "worst_rank", "work", "page", "repository", "subdir", "failure", NULL };
  static const char *const audited[] = { "commit", "date", "total", "of", "expected", "likely_low", "likely_high", "settled", "unsettled", NULL };
  static const char *const behind[] = { "label",    "teachers",       "leads",   "claims",   "claims_checked", "reproduced", "compatible",
                                        "selected", "not_reproduced", "not_run", "openness", "approach",       NULL };
  const CdSitePages *pages = site;
  Csv csv = { .text = g_string_new (NULL) };
  put_head (&csv, before);
  put_head (&csv, audited);
  for (guint i = 0; pages->first != NULL && i < pages->first->dimensions->len; i++)
    put_text (&csv, g_array_index (pages->first->dimensions, CdRecordDimension, i).id);
  put_head (&csv, behind);
  end_line (&csv);
  for (guint i = 0; i < pages->works->len; i++) {
    const CdSiteWork *work = pages->works->pdata[i];
    put_count (&csv, work->record != NULL, work->row->rank);
    put_count (&csv, work->record != NULL, work->best);
    put_count (&csv, work->record != NULL, work->worst);
    put_text (&csv, work->name);
    put_text (&csv, work->file);
    put_text (&csv, work->address);
    put_text (&csv, work->row->work->subdir);
    g_autofree char *failure = cd_site_failure (work);
    put_text (&csv, failure);
    if (work->record != NULL)
      put_audited (&csv, pages, work);
    else /* as many cells as every other line has */
      for (guint k = 0, cells = 21 + (pages->first != NULL ? pages->first->dimensions->len : 0); k < cells; k++)
        put_number (&csv, NAN);
    end_line (&csv);
  }
  return finish (&csv);
}

GBytes *
cd_site_verdicts_csv (gconstpointer site, G_GNUC_UNUSED gconstpointer of, G_GNUC_UNUSED GError **error)
{
  static const char *const head[]
      = { "work", "commit", "criterion", "yes", "points", "of", "certainty", "settled", "basis", "path", "line", "link", NULL };
  const CdSitePages *pages = site;
  Csv csv = { .text = g_string_new (NULL) };
  put_head (&csv, head);
  end_line (&csv);
  for (guint i = 0; i < pages->works->len; i++) {
    const CdSiteWork *work = pages->works->pdata[i];
    for (guint k = 0; work->record != NULL && k < work->record->verdicts->len; k++) {
      const CdRecordVerdict *verdict = work->record->verdicts->pdata[k];
      put_text (&csv, work->name);
      put_text (&csv, work->record->commit);
      put_text (&csv, verdict->id);
      put_text (&csv, verdict->yes ? "yes" : "no");
      put_number (&csv, verdict->points);
      put_number (&csv, verdict->of);
      put_number (&csv, verdict->certainty);
      put_text (&csv, verdict->settled ? "yes" : "no");
      put_text (&csv, verdict->basis);
      put_place (&csv, work, verdict->evidence);
      end_line (&csv);
    }
  }
  return finish (&csv);
}

GBytes *
cd_site_teachers_csv (gconstpointer site, G_GNUC_UNUSED gconstpointer of, G_GNUC_UNUSED GError **error)
{
  static const char *const head[]
      = { "work", "commit", "teacher", "provider", "roles", "disclosure", "confidence", "certain", "page", "path", "line", "link", NULL };
  const CdSitePages *pages = site;
  Csv csv = { .text = g_string_new (NULL) };
  put_head (&csv, head);
  end_line (&csv);
  for (guint i = 0; i < pages->works->len; i++) {
    const CdSiteWork *work = pages->works->pdata[i];
    for (guint k = 0; work->record != NULL && k < work->record->teachers->len; k++) {
      const CdRecordTeacher *teacher = work->record->teachers->pdata[k];
      g_autofree char *roles = join_list (cJSON_GetObjectItemCaseSensitive (teacher->json, "roles"));
      put_text (&csv, work->name);
      put_text (&csv, work->record->commit);
      put_text (&csv, teacher->model);
      put_text (&csv, teacher->provider);
      put_text (&csv, roles);
      put_text (&csv, teacher->disclosure);
      put_text (&csv, teacher->confidence);
      put_text (&csv, cd_record_teacher_is_certain (teacher) ? "true" : "false");
      put_text (&csv, cd_site_teacher (pages, teacher->model)->file);
      put_place (&csv, work, teacher->evidence);
      end_line (&csv);
    }
  }
  return finish (&csv);
}

/* What was obtained, or empty cells. */
static void
put_obtained (Csv *csv, const cJSON *obtained)
{
  static const char *const texts[] = { "conclusion", "by" };
  static const char *const figures[] = { "value", "lowest", "best", "n", "runs", "chance_of_best" };
  const cJSON *interval = cJSON_GetObjectItemCaseSensitive (obtained, "interval");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    put_text (csv, cd_record_string (obtained, texts[i]));
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    put_number (csv, cd_record_number (obtained, figures[i], NAN));
  for (int i = 0; i < 2; i++) {
    const cJSON *bound = cJSON_GetArrayItem (interval, i);
    put_number (csv, cJSON_IsNumber (bound) ? bound->valuedouble : NAN);
  }
}

/* The first, which is the strongest, reproduction of each claim, by the claim's number. Caller unrefs. */
static GHashTable *
obtained_by_claim (const CdRecord *record)
{
  GHashTable *obtained = g_hash_table_new (NULL, NULL);
  const cJSON *item = NULL;
  cJSON_ArrayForEach (item, cd_record_part (record, "reproductions"))
  {
    double claim = cd_record_number (item, "claim", -1);
    gpointer key = claim >= 0 && claim < G_MAXINT ? GUINT_TO_POINTER ((guint) claim + 1) : NULL;
    if (key != NULL && !g_hash_table_contains (obtained, key))
      g_hash_table_insert (obtained, key, (gpointer) item);
  }
  return obtained;
}

GBytes *
cd_site_claims_csv (gconstpointer site, G_GNUC_UNUSED gconstpointer of, G_GNUC_UNUSED GError **error)
{
  static const char *const head[]
      = { "work", "commit",   "model",  "benchmark", "metric", "claimed", "unit",           "path",         "line",          "link", "conclusion",
          "by",   "obtained", "lowest", "best",      "n",      "runs",    "chance_of_best", "interval_low", "interval_high", NULL };
  static const char *const texts[] = { "model", "benchmark", "metric" };
  const CdSitePages *pages = site;
  Csv csv = { .text = g_string_new (NULL) };
  put_head (&csv, head);
  end_line (&csv);
  for (guint i = 0; i < pages->works->len; i++) {
    const CdSiteWork *work = pages->works->pdata[i];
    if (work->record == NULL)
      continue;
    g_autoptr (GHashTable) obtained = obtained_by_claim (work->record);
    const cJSON *claim = NULL;
    guint number = 0;
    cJSON_ArrayForEach (claim, cd_record_part (work->record, "claims"))
    {
      g_autoptr (GArray) places = cd_record_places (claim, "evidence");
      put_text (&csv, work->name);
      put_text (&csv, work->record->commit);
      for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
        put_text (&csv, cd_record_string (claim, texts[k]));
      put_number (&csv, cd_record_number (claim, "value", NAN));
      put_text (&csv, cd_record_string (claim, "unit"));
      put_place (&csv, work, places);
      put_obtained (&csv, g_hash_table_lookup (obtained, GUINT_TO_POINTER (++number)));
      end_line (&csv);
    }
  }
  return finish (&csv);
}
