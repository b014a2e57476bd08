/* Who taught the work and what it inherited: the label with the sentence that the reports give it, teachers, judges, what bounds the work. Facts and places;
 * nothing here says more than the audit does. */
#include "page/page.h"
#include "page/parts.h"
#include <string.h>

#define SIGNS_MOST 50u

/* "long-thought, answer". Caller frees. */
static char *
words_of (const cJSON *list)
{
  GString *text = g_string_new (NULL);
  const cJSON *item = NULL;
  cJSON_ArrayForEach (item, list) if (cJSON_IsString (item)) g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", item->valuestring);
  return g_string_free (text, FALSE);
}

static void
put_label (CdHtml *html, const CdRecord *record)
{
  const cJSON *part = cd_record_part (record, "distillation"), *between = cd_record_part (record, "distillation.undecided.between");
  const char *summary = cd_record_string (part, "summary");
  cd_html_open (html, "p", NULL);
  cd_part_mark (html, cd_record_true (part, "reader_needed") ? "doubt" : "plain", record->label);
  if (summary != NULL) {
    cd_html_text (html, " ");
    cd_part_text (html, "span", NULL, summary, CD_PART_TEXT);
    cd_html_text (html, ".");
  }
  cd_html_close (html);
  if (!cd_record_true (part, "reader_needed"))
    return;
  const cJSON *with = cJSON_GetArrayItem (between, 0), *without = cJSON_GetArrayItem (between, 1);
  cd_html_open (html, "p", NULL);
  cd_html_text (html, "A reader is needed: the label hangs on teachers whose evidence is not certain.");
  if (cJSON_IsString (with) && cJSON_IsString (without)) {
    cd_html_text (html, " With them it would be ");
    cd_part_text (html, "q", NULL, with->valuestring, CD_PART_NAME);
    cd_html_text (html, ", without them ");
    cd_part_text (html, "q", NULL, without->valuestring, CD_PART_NAME);
    cd_html_text (html, ".");
  }
  cd_html_close (html);
}

static const char *
disclosure_words (const char *disclosure)
{
  return strcmp (disclosure, "code-only") == 0 ? "in code only" : disclosure;
}

static void
put_teachers (CdHtml *html, const CdRecord *record)
{
  static const char *const headings[] = { "Model", "Provider", "Roles", "Told", "Confidence", "Evidence", NULL };
  cd_html_leaf (html, "h3", "Teachers", NULL);
  if (record->teachers->len == 0) {
    cd_part_say (html, "No model was found whose outputs made training data or rewards, other than the work's own.");
    return;
  }
  cd_part_table (html, "Models whose outputs made training data or rewards", headings);
  for (guint i = 0; i < MIN (record->teachers->len, CD_PART_ROWS); i++) {
    const CdRecordTeacher *teacher = record->teachers->pdata[i];
    g_autofree char *roles = words_of (cJSON_GetObjectItemCaseSensitive (teacher->json, "roles"));
    gboolean told = strcmp (teacher->disclosure, "disclosed") == 0;
    cd_html_open (html, "tr", NULL);
    cd_part_head (html, cd_record_model_words (teacher->model));
    cd_part_cell (html, teacher->provider);
    cd_part_cell (html, roles);
    cd_html_open (html, "td", NULL);
    if (!told && !cd_record_teacher_is_certain (teacher))
      cd_html_text (html, "a lead for a reader: ");
    cd_part_text (html, "span", NULL, disclosure_words (teacher->disclosure), CD_PART_NAME);
    if (cd_record_true (teacher->json, "unpinned"))
      cd_html_text (html, ", unpinned alias");
    cd_html_close (html);
    cd_part_cell (html, teacher->confidence);
    cd_part_cell_places (html, record, teacher->evidence);
    cd_html_close (html);
  }
  cd_part_table_end (html);
}

static void
put_judges (CdHtml *html, const CdRecord *record)
{
  static const char *const headings[] = { "Model", "Evidence", NULL };
  const cJSON *list = cd_record_part (record, "distillation.eval_judges"), *judge = NULL;
  guint count = (guint) cJSON_GetArraySize (list), shown = 0;
  cd_html_leaf (html, "h3", "Judges of results", NULL);
  if (count == 0) {
    cd_part_say (html, "No model was found that judges results.");
    return;
  }
  cd_part_say (html, "These models judge results; that makes none of them a teacher.");
  cd_part_fold (html, "%u judge%s", count, cd_part_plural (count));
  cd_part_table (html, "Models that judge results", headings);
  cJSON_ArrayForEach (judge, list)
  {
    if (shown++ == CD_PART_ROWS)
      break;
    cd_html_open (html, "tr", NULL);
    cd_part_head (html, cd_record_string (judge, "model"));
    cd_part_cell_evidence (html, record, judge, "evidence");
    cd_html_close (html);
  }
  cd_part_table_end (html);
  cd_html_close (html);
}

static void
put_inherited (CdHtml *html, const CdRecord *record)
{
  static const char *const headings[] = { "By way of", "Kind", "Made from outputs of", "Stated", "Evidence", NULL };
  const cJSON *list = cd_record_part (record, "distillation.inherited"), *item = NULL;
  guint shown = 0;
  cd_html_leaf (html, "h3", "Inherited", NULL);
  if (cJSON_GetArraySize (list) == 0) {
    cd_part_say (html, "Nothing that the work starts from or trains on is known to be made from another model's outputs.");
    return;
  }
  cd_part_table (html, "What the work uses that was made from other models' outputs", headings);
  cJSON_ArrayForEach (item, list)
  {
    if (shown++ == CD_PART_ROWS)
      break;
    const char *kind = cd_record_string (item, "kind");
    cd_html_open (html, "tr", NULL);
    cd_part_head (html, cd_record_string (item, "via"));
    cd_part_cell (html, g_strcmp0 (kind, "base-model") == 0 ? "base model" : kind);
    cd_part_cell (html, cd_record_string (item, "from"));
    cd_part_cell (html, cd_record_true (item, "stated") ? "stated" : "not stated");
    cd_part_cell_evidence (html, record, item, "evidence");
    cd_html_close (html);
  }
  cd_part_table_end (html);
}

/* Ceilings, terms, and whether what a teacher wrote is published. */
static void
put_limits (CdHtml *html, const CdRecord *record)
{
  static const char *const headings[] = { "Kind", "Teacher", "What", "Evidence", NULL };
  const cJSON *list = cd_record_part (record, "distillation.limits"), *item = NULL;
  guint shown = 0;
  if (cJSON_GetArraySize (list) == 0)
    return;
  cd_html_leaf (html, "h3", "Limits that follow", NULL);
  cd_part_table (html, "What bounds a work that was taught", headings);
  cJSON_ArrayForEach (item, list)
  {
    if (shown++ == CD_PART_ROWS)
      break;
    const char *source = cd_record_string (item, "source"), *what = cd_record_string (item, "what");
    cd_html_open (html, "tr", NULL);
    cd_part_head (html, cd_record_string (item, "code"));
    cd_part_cell (html, cd_record_string (item, "teacher"));
    cd_html_open (html, "td", "class", "text", NULL);
    cd_part_text (html, "span", NULL, what != NULL ? what : "", CD_PART_TEXT);
    if (cd_record_true (item, "above"))
      cd_html_text (html, "; above its teacher, for attention and not as an accusation");
    if (source != NULL) {
      cd_html_text (html, " (");
      cd_part_link (html, source, "wording");
      cd_html_text (html, ")");
    }
    cd_html_close (html);
    cd_part_cell_evidence (html, record, item, "evidence");
    cd_html_close (html);
  }
  cd_part_table_end (html);
}

static void
put_signs (CdHtml *html, const CdRecord *record)
{
  static const char *const headings[] = { "File", "Sign", "What", "#Times", NULL };
  const cJSON *list = cd_record_part (record, "distillation.signs"), *sign = NULL;
  guint count = (guint) cJSON_GetArraySize (list), shown = 0;
  if (count == 0)
    return;
  cd_part_fold (html, "%u sign%s in data: hints, no more", count, cd_part_plural (count));
  cd_part_table (html, "Signs of model-made text in data", headings);
  cJSON_ArrayForEach (sign, list)
  {
    if (shown++ == SIGNS_MOST)
      break;
    const char *path = cd_record_string (sign, "path");
    CdRecordPlace place = { .path = path != NULL ? path : "" };
    cd_html_open (html, "tr", NULL);
    cd_html_open (html, "th", "scope", "row", NULL);
    cd_part_place (html, record, &place);
    cd_html_close (html);
    cd_part_cell (html, cd_record_string (sign, "sign"));
    cd_part_cell (html, cd_record_string (sign, "what"));
    cd_part_number (html, cd_record_number (sign, "count", 0));
    cd_html_close (html);
  }
  cd_part_table_end (html);
  cd_html_close (html);
}

void
cd_section_lineage (CdHtml *html, const CdRecord *record)
{
  put_label (html, record);
  cd_draw_lineage (html, record);
  put_teachers (html, record);
  put_inherited (html, record);
  put_judges (html, record);
  put_limits (html, record);
  put_signs (html, record);
}
