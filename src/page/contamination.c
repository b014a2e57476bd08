/* Evaluation problems found in training data: what was compared, whole sets first, then problem by problem. */
#include "page/parts.h"

#define SETS_MOST 40u
#define ITEMS_MOST 200u
#define LISTED_MOST 50u

/* A file of the tree as a link, of the user's folder as it was given. */
static void
put_file (CdHtml *html, const CdRecord *record, const cJSON *file)
{
  const char *given = cd_record_string (file, "given");
  CdRecordPlace place = cd_record_place (file);
  if (given != NULL)
    cd_part_text (html, "code", NULL, given, CD_PART_NAME);
  else
    cd_part_place (html, record, &place);
}

static void
put_cell_file (CdHtml *html, const char *element, const CdRecord *record, const cJSON *file)
{
  cd_html_open (html, element, "scope", element[1] == 'h' ? "row" : NULL, NULL);
  put_file (html, record, file);
  cd_html_close (html);
}

static void
put_sets (CdHtml *html, const CdRecord *record)
{
  static const char *const headings[] = { "Training file", "Evaluation set", "#Problems held", "#Of", "Same file", NULL };
  const cJSON *list = cd_record_part (record, "contamination.whole_sets"), *set = NULL;
  guint shown = 0;
  if (cJSON_GetArraySize (list) == 0)
    return;
  cd_part_table (html, "Training files that hold an evaluation set", headings);
  cJSON_ArrayForEach (set, list)
  {
    if (shown++ == SETS_MOST)
      break;
    cd_html_open (html, "tr", NULL);
    put_cell_file (html, "th", record, cJSON_GetObjectItemCaseSensitive (set, "training"));
    put_cell_file (html, "td", record, cJSON_GetObjectItemCaseSensitive (set, "evaluation"));
    cd_part_number (html, cd_record_number (set, "items", 0));
    cd_part_number (html, cd_record_number (set, "of", 0));
    cd_part_cell (html, cd_record_true (set, "same_blob") ? "yes" : "no");
    cd_html_close (html);
  }
  cd_part_table_end (html);
}

static void
put_items (CdHtml *html, const CdRecord *record)
{
  static const char *const headings[] = { "Training item", "Evaluation problem", "#N-grams shared", "#Of", "Same words", NULL };
  const cJSON *list = cd_record_part (record, "contamination.overlaps"), *item = NULL;
  guint listed = MIN ((guint) cJSON_GetArraySize (list), ITEMS_MOST), shown = 0;
  if (listed == 0)
    return;
  cd_part_fold (html, "%u of them, item by item", listed);
  cd_part_table (html, "Training items that hold an evaluation problem", headings);
  cJSON_ArrayForEach (item, list)
  {
    if (shown++ == ITEMS_MOST)
      break;
    cd_html_open (html, "tr", NULL);
    put_cell_file (html, "th", record, cJSON_GetObjectItemCaseSensitive (item, "training"));
    put_cell_file (html, "td", record, cJSON_GetObjectItemCaseSensitive (item, "evaluation"));
    cd_part_number (html, cd_record_number (item, "shared", 0));
    cd_part_number (html, cd_record_number (item, "of", 0));
    cd_part_cell (html, cd_record_true (item, "exact") ? "yes" : "no");
    cd_html_close (html);
  }
  cd_part_table_end (html);
  cd_html_close (html);
}

static void
put_both (CdHtml *html, const CdRecord *record)
{
  static const char *const headings[] = { "File", "Training data by", "Evaluation data by", NULL };
  const cJSON *list = cd_record_part (record, "contamination.both"), *file = NULL;
  guint shown = 0;
  if (cJSON_GetArraySize (list) == 0)
    return;
  cd_part_table (html, "Files told to be training and evaluation data", headings);
  cJSON_ArrayForEach (file, list)
  {
    if (shown++ == LISTED_MOST)
      break;
    cd_html_open (html, "tr", NULL);
    put_cell_file (html, "th", record, file);
    cd_part_cell_evidence (html, record, file, "trained_by");
    cd_part_cell_evidence (html, record, file, "evaluated_by");
    cd_html_close (html);
  }
  cd_part_table_end (html);
}

static void
put_statement (CdHtml *html, const CdRecord *record, const cJSON *contamination)
{
  g_autoptr (GArray) stated = cd_record_places (contamination, "stated");
  const cJSON *holds = cJSON_GetObjectItemCaseSensitive (contamination, "holds");
  if (stated->len == 0)
    return;
  cd_part_say (html, "The work calls its training data decontaminated; %s",
               cJSON_IsTrue (holds)    ? "that holds for what is here:"
               : cJSON_IsFalse (holds) ? "that does not hold for what is here:"
                                       : "that could not be checked with what is here:");
  cd_part_places (html, record, stated);
}

/* A list of files, folded. */
static void
put_paths (CdHtml *html, const cJSON *list, const char *what)
{
  guint count = (guint) cJSON_GetArraySize (list), shown = 0;
  const cJSON *item = NULL;
  if (count == 0)
    return;
  cd_part_fold (html, "%u %s", count, what);
  cd_html_open (html, "ul", "class", "places", NULL);
  cJSON_ArrayForEach (item, list)
  {
    const char *path = cJSON_IsString (item) ? item->valuestring : cd_record_string (item, "path"), *why = cd_record_string (item, "why");
    if (path == NULL || shown++ >= LISTED_MOST)
      continue;
    cd_html_open (html, "li", NULL);
    cd_part_text (html, "code", NULL, path, CD_PART_NAME);
    cd_html_text (html, why != NULL ? ": " : "");
    cd_part_text (html, "span", NULL, why != NULL ? why : "", CD_PART_NAME);
    cd_html_close (html);
  }
  cd_html_close (html);
  cd_html_close (html);
}

void
cd_section_contamination (CdHtml *html, const CdRecord *record)
{
  const cJSON *contamination = cd_record_part (record, "contamination");
  guint training = (guint) cJSON_GetArraySize (cJSON_GetObjectItemCaseSensitive (contamination, "training"));
  guint evaluation = (guint) cJSON_GetArraySize (cJSON_GetObjectItemCaseSensitive (contamination, "evaluation"));
  double total = cd_record_number (contamination, "total", 0);
  if (!cd_record_true (contamination, "checked"))
    cd_part_say (html, "Not checked: training data and evaluation sets are not both among the files that could be read.");
  else if (total > 0)
    cd_part_say (html, "%.0f evaluation problem%s found in training data: %u training and %u evaluation files were compared.", total,
                 total > 1 ? "s were" : " was", training, evaluation);
  else
    cd_part_say (html, "No evaluation problem was found in the training data that is here: %u training and %u evaluation files were compared.",
                 training, evaluation);
  put_statement (html, record, contamination);
  put_sets (html, record);
  put_both (html, record);
  put_items (html, record);
  put_paths (html, cJSON_GetObjectItemCaseSensitive (contamination, "unassigned"), "data files with problems that nothing says what for");
  put_paths (html, cJSON_GetObjectItemCaseSensitive (contamination, "not_examined"), "data files not examined");
}
