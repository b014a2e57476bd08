/* The score, what a reader must settle, and every criterion with what its verdict rests on. What is settled and what is not is kept apart by word and form. */
#include "page/page.h"
#include "page/parts.h"
#include <string.h>

/* A basis in words; the audit's own word stands where a later version has another. */
static const struct {
  const char *basis, *words;
} bases[] = {
  { "assessed", "a reader answered" },
  { "declared+verified", "declared by the authors, and found" },
  { "declared", "declared by the authors" },
  { "inferred", "inferred from the files" },
  { "non-use", "does not apply to the work" },
  { "contradicted", "declared, but the files say otherwise" },
  { "absent", "looked for" },
  { "not-examined", "could not be examined" },
};

static const char *
basis_words (const char *basis)
{
  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    if (strcmp (bases[i].basis, basis) == 0)
      return bases[i].words;
  return basis;
}

static char *
anchor_of (const CdRecordVerdict *verdict)
{
  g_autofree char *id = cd_html_cut (verdict->id, CD_PART_NAME);
  return g_strconcat ("c-", id, NULL);
}

/* How likely a careful reader gives the same answer: whole percent, never more than the audit says. */
static guint
percent_of (const CdRecordVerdict *verdict)
{
  return (guint) CLAMP (100 * verdict->certainty + 1e-9, 0, 100);
}

void
cd_section_score (CdHtml *html, const CdRecord *record)
{
  cd_part_say (
      html,
      "%u of %u verdicts are settled; %u are for a reader to settle. The range holds the total that a careful reader would arrive at in four "
      "of five cases.",
      record->settled, record->settled + record->unsettled, record->unsettled);
  cd_draw_dimensions (html, record);
}

/* The unsettled verdicts, by what a reader's answer is expected to move; then those that the audit ranks nowhere. */
static GPtrArray *
rank_unsettled (const CdRecord *record)
{
  GPtrArray *ranked = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  const cJSON *id = NULL;
  cJSON_ArrayForEach (id, cd_record_part (record, "questions"))
  {
    const CdRecordVerdict *verdict = cJSON_IsString (id) ? cd_record_verdict (record, id->valuestring) : NULL;
    if (verdict != NULL && !verdict->settled && g_hash_table_add (seen, (gpointer) verdict))
      g_ptr_array_add (ranked, (gpointer) verdict);
  }
  for (guint i = 0; i < record->verdicts->len; i++) {
    CdRecordVerdict *verdict = record->verdicts->pdata[i];
    if (!verdict->settled && g_hash_table_add (seen, verdict))
      g_ptr_array_add (ranked, verdict);
  }
  return ranked;
}

void
cd_section_reader (CdHtml *html, const CdRecord *record)
{
  static const char *const headings[] = { "Criterion", "Answer now", "#Points", "#Certainty", "Where to look first", NULL };
  g_autoptr (GPtrArray) ranked = rank_unsettled (record);
  if (ranked->len == 0) {
    cd_part_say (html, "No verdict waits for a reader: every one is settled.");
    return;
  }
  cd_part_say (html, "Rules over text cannot settle everything. These verdicts may well be otherwise; what would move the score most comes first.");
  cd_part_table (html, "Verdicts for a reader to settle", headings);
  for (guint i = 0; i < ranked->len; i++) {
    const CdRecordVerdict *verdict = ranked->pdata[i];
    g_autofree char *anchor = anchor_of (verdict), *target = g_strconcat ("#", anchor, NULL);
    const cJSON *candidate = cJSON_GetArrayItem (cJSON_GetObjectItemCaseSensitive (verdict->json, "candidates"), 0);
    cd_html_open (html, "tr", NULL);
    cd_html_open (html, "th", "scope", "row", NULL);
    cd_html_link (html, target, anchor + strlen ("c-"));
    cd_html_close (html);
    cd_part_cell (html, verdict->yes ? "yes" : "no");
    cd_html_open (html, "td", "class", "number", NULL);
    cd_html_printf (html, "%u of %u", verdict->points, verdict->of);
    cd_html_close (html);
    cd_html_open (html, "td", "class", "number", NULL);
    cd_html_printf (html, "%u %%", percent_of (verdict));
    cd_html_close (html);
    cd_html_open (html, "td", NULL);
    if (candidate != NULL) {
      CdRecordPlace place = cd_record_place (candidate);
      cd_part_place (html, record, &place);
    }
    cd_html_close (html);
    cd_html_close (html);
  }
  cd_part_table_end (html);
}

static void
put_candidates (CdHtml *html, const CdRecord *record, const CdRecordVerdict *verdict)
{
  const cJSON *list = cJSON_GetObjectItemCaseSensitive (verdict->json, "candidates"), *item = NULL;
  guint count = (guint) cJSON_GetArraySize (list);
  if (count == 0)
    return;
  cd_part_fold (html, "%u passage%s that a reader should look at", count, cd_part_plural (count));
  cd_html_open (html, "ul", NULL);
  cJSON_ArrayForEach (item, list)
  {
    CdRecordPlace place = cd_record_place (item);
    const char *section = cd_record_string (item, "section");
    cd_html_open (html, "li", NULL);
    cd_html_text (html, cd_record_true (item, "for") ? "for yes: " : "for no: ");
    cd_part_place (html, record, &place);
    if (section != NULL) {
      cd_html_text (html, ", under ");
      cd_part_text (html, "q", NULL, section, CD_PART_NAME);
    }
    cd_html_close (html);
  }
  cd_html_close (html);
  cd_html_close (html);
}

static void
put_missing (CdHtml *html, const CdRecordVerdict *verdict)
{
  const cJSON *list = cJSON_GetObjectItemCaseSensitive (verdict->json, "missing"), *item = NULL;
  if (cJSON_GetArraySize (list) == 0)
    return;
  cd_part_fold (html, "What would earn it");
  cd_html_open (html, "ul", NULL);
  cJSON_ArrayForEach (item, list) if (cJSON_IsString (item)) cd_part_text (html, "li", NULL, item->valuestring, CD_PART_TEXT);
  cd_html_close (html);
  cd_html_close (html);
}

/* One reader's answer, or the authors' reply. */
static void
put_answer (CdHtml *html, const cJSON *answer)
{
  const char *kind = cd_record_string (answer, "kind"), *who = cd_record_string (answer, "assessor"), *reason = cd_record_string (answer, "reason");
  const char *said = cd_record_string (answer, "answer");
  cd_html_open (html, "li", NULL);
  cd_part_text (html, "span", NULL, who != NULL ? who : "", CD_PART_NAME);
  cd_html_text (html, ", ");
  cd_part_text (html, "span", NULL, kind != NULL ? kind : "reader", CD_PART_NAME);
  cd_html_text (html, ": ");
  cd_part_text (html, "strong", NULL, said != NULL ? said : "", CD_PART_NAME);
  if (reason != NULL && *reason != '\0') {
    cd_html_text (html, ", ");
    cd_part_text (html, "q", NULL, reason, CD_PART_TEXT);
  }
  cd_html_close (html);
}

static void
put_readers (CdHtml *html, const CdRecordVerdict *verdict)
{
  const cJSON *answers = cJSON_GetObjectItemCaseSensitive (verdict->json, "assessments"), *answer = NULL;
  const cJSON *rules = cJSON_GetObjectItemCaseSensitive (verdict->json, "rules");
  if (cJSON_GetArraySize (answers) == 0)
    return;
  cd_html_leaf (html, "p", "Beside the rules:", NULL);
  cd_html_open (html, "ul", NULL);
  cJSON_ArrayForEach (answer, answers) put_answer (html, answer);
  if (rules != NULL) {
    const char *why = cd_record_string (rules, "why");
    cd_html_open (html, "li", NULL);
    cd_html_text (html, "the rules: ");
    cd_html_leaf (html, "strong", cd_record_true (rules, "yes") ? "yes" : "no", NULL);
    cd_html_text (html, ", ");
    cd_part_text (html, "span", NULL, why != NULL ? why : "", CD_PART_TEXT);
    cd_html_close (html);
  }
  cd_html_close (html);
}

static void
put_marks (CdHtml *html, const CdRecordVerdict *verdict)
{
  g_autofree char *points = g_strdup_printf ("%s %u/%u", verdict->yes ? "✓ yes" : "✗ no", verdict->points, verdict->of);
  g_autofree char *doubt = g_strdup_printf ("%s, %u %% certain", verdict->settled ? "settled" : "? for a reader to settle", percent_of (verdict));
  cd_html_open (html, "p", "class", "marks", NULL);
  cd_part_mark (html, verdict->yes ? "yes" : "no", points);
  cd_html_text (html, " ");
  cd_part_mark (html, verdict->settled ? "plain" : "doubt", doubt);
  cd_html_text (html, " ");
  cd_part_text (html, "code", "soft", verdict->id, CD_PART_NAME);
  cd_html_close (html);
}

static void
put_verdict (CdHtml *html, const CdRecord *record, const CdRecordVerdict *verdict)
{
  g_autofree char *anchor = anchor_of (verdict);
  cd_html_open (html, "article", "class", verdict->settled ? "criterion" : "criterion unsettled", "id", anchor, NULL);
  cd_part_text (html, "h4", NULL, verdict->question, CD_PART_TEXT);
  put_marks (html, verdict);
  cd_html_open (html, "p", NULL);
  cd_part_text (html, "span", "soft", basis_words (verdict->basis), CD_PART_NAME);
  cd_html_text (html, "; ");
  cd_part_text (html, "span", NULL, verdict->why, CD_PART_TEXT);
  cd_html_close (html);
  cd_part_places (html, record, verdict->evidence);
  put_readers (html, verdict);
  put_missing (html, verdict);
  put_candidates (html, record, verdict);
  cd_html_close (html);
}

void
cd_section_criteria (CdHtml *html, const CdRecord *record)
{
  for (guint dimension = 0; dimension <= record->dimensions->len; dimension++) {
    gboolean titled = FALSE, known = dimension < record->dimensions->len;
    for (guint i = 0; i < record->verdicts->len; i++) {
      const CdRecordVerdict *verdict = record->verdicts->pdata[i];
      if (cd_part_dimension (record, verdict) != dimension)
        continue;
      if (!titled) {
        const CdRecordDimension *of = known ? &g_array_index (record->dimensions, CdRecordDimension, dimension) : NULL;
        cd_html_open (html, "h3", NULL);
        cd_part_text (html, "span", NULL, of != NULL ? of->name : "Other criteria", CD_PART_NAME);
        if (of != NULL)
          cd_html_printf (html, ": %u of %u", of->points, of->of);
        cd_html_close (html);
      }
      titled = TRUE;
      put_verdict (html, record, verdict);
    }
  }
}
