/* The text report: evaluation problems found in the training data, in a few lines; every place is in the JSON. */
#include "report/text-parts.h"

#define INDENT 2u
#define LISTED 5u

static const char *
path_at (const GPtrArray *files, guint index)
{
  return ((const CdContaminationFile *) files->pdata[index])->path;
}

static void
put_line (CdPage *page, CdTint tint, const char *text)
{
  cd_page_move (page, INDENT);
  cd_page_wrap (page, text, tint);
  cd_page_end (page);
}

static gint64
items_of (const GPtrArray *files)
{
  gint64 items = 0;
  for (guint i = 0; i < files->len; i++)
    items += ((const CdContaminationFile *) files->pdata[i])->items;
  return items;
}

static void
put_sets (CdPage *page, const CdContamination *found)
{
  for (guint i = 0; i < found->sets->len && i < LISTED; i++) {
    const CdContaminationSet *set = &g_array_index (found->sets, CdContaminationSet, i);
    g_autofree char *share = set->same_blob ? g_strdup ("is the same file as") : g_strdup_printf ("holds %u of %u problems of", set->items, set->of);
    g_autofree char *text
        = g_strdup_printf ("training file %s %s %s", path_at (found->training, set->training), share, path_at (found->evaluation, set->evaluation));
    put_line (page, CD_TINT_BAD, text);
  }
}

static void
put_both (CdPage *page, const CdAudit *audit)
{
  const GArray *both = audit->contamination->both;
  for (guint i = 0; i < both->len && i < LISTED; i++) {
    const CdDataFile *file = &g_array_index (both, CdDataFile, i);
    g_autofree char *trained
        = file->trained_by.line > 0 ? cd_report_place (audit, file->trained_by.document, file->trained_by.line) : g_strdup ("its name");
    g_autofree char *evaluated
        = file->evaluated_by.line > 0 ? cd_report_place (audit, file->evaluated_by.document, file->evaluated_by.line) : g_strdup ("its name");
    g_autofree char *text = g_strdup_printf ("%s is training data by %s and evaluation data by %s",
                                             ((CdDocument *) audit->corpus->documents->pdata[file->document])->path, trained, evaluated);
    put_line (page, CD_TINT_FAIR, text);
  }
}

static void
put_items (CdPage *page, const CdContamination *found)
{
  for (guint i = 0; i < found->items->len && i < LISTED; i++) {
    const CdContaminationItem *item = &g_array_index (found->items, CdContaminationItem, i);
    g_autofree char *share = item->exact ? g_strdup ("the same words") : g_strdup_printf ("%u of %u 13-grams", item->shared, item->of);
    g_autofree char *text = g_strdup_printf ("%s:%u = %s:%u (%s)", path_at (found->training, item->training), item->training_line,
                                             path_at (found->evaluation, item->evaluation), item->evaluation_line, share);
    put_line (page, CD_TINT_NONE, text);
  }
  if (found->total > LISTED) {
    g_autofree char *more = g_strdup_printf ("and %u more", found->total - LISTED);
    put_line (page, CD_TINT_FAINT, more);
  }
}

static void
put_statement (CdPage *page, const CdAudit *audit)
{
  const CdContamination *found = audit->contamination;
  if (found->stated->len == 0)
    return;
  const CdPlace *place = &g_array_index (found->stated, CdPlace, 0);
  g_autofree char *where = cd_report_place (audit, place->document, place->line);
  const char *verdict = !found->compared   ? "not checked: training data or evaluation sets are not here"
                        : found->total > 0 ? "does not hold for what is here"
                                           : "holds for what is here";
  g_autofree char *text = g_strdup_printf ("\"decontaminated\" (%s): %s", where, verdict);
  put_line (page, found->compared && found->total > 0 ? CD_TINT_BAD : CD_TINT_NONE, text);
}

void
cd_text_contamination (CdPage *page, const CdAudit *audit)
{
  const CdContamination *found = audit->contamination;
  if (!found->compared && found->stated->len == 0 && found->both->len == 0)
    return;
  cd_page_heading (page, "Training data and evaluation sets");
  if (found->compared) {
    g_autofree char *text
        = g_strdup_printf ("%u of %" G_GINT64_FORMAT " training items hold one of %" G_GINT64_FORMAT " evaluation problems (13-grams of words)",
                           found->held, items_of (found->training), items_of (found->evaluation));
    put_line (page, found->total > 0 ? CD_TINT_BAD : CD_TINT_NONE, text);
  }
  put_statement (page, audit);
  put_sets (page, found);
  put_both (page, audit);
  put_items (page, found);
}
