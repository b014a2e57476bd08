/* Claims in comments of fenced blocks, "# model: 82.5%" under a command that evaluates: label and figure on a line of their own, the benchmark from
 * the headings or the sentence above. */
#include "claims/parts.h"
#include <math.h>
#include <string.h>

#define LINES_ABOVE 25u
#define LINE_BYTES 300u

/* The benchmark that the block's headings name, else the nearest command or sentence above it. */
static gint
benchmark_above (const CdClaimGatherer *gatherer, const CdDocument *document, guint passage)
{
  const CdBenchmarks *benchmarks = gatherer->reader.benchmarks;
  const CdPassage *here = &g_array_index (document->passages, CdPassage, passage);
  gint found = -1;
  for (gint32 section = here->section; section >= 0 && found < 0;) {
    const CdSection *above = g_ptr_array_index (document->sections, (guint) section);
    found = cd_benchmarks_in_label (benchmarks, above->title, NULL);
    section = above->parent;
  }
  for (guint i = passage; i-- > 0 && found < 0;) {
    const CdPassage *above = &g_array_index (document->passages, CdPassage, i);
    if (above->line + LINES_ABOVE < here->line || above->section != here->section)
      break;
    if (above->kind != CD_PASSAGE_PROSE && above->kind != CD_PASSAGE_COMMAND)
      continue;
    g_autofree char *text = cd_document_passage_text (document, above);
    found = cd_benchmarks_in_label (benchmarks, text, NULL);
  }
  return found;
}

static void
read_line (CdClaimGatherer *gatherer, guint index, guint passage, const char *line, guint32 number)
{
  static GRegex *pattern;
  if (g_once_init_enter (&pattern))
    g_once_init_leave (&pattern, g_regex_new ("^\\s*(?:#|//)\\s*([A-Za-z][\\w./+ -]{1,80}?)\\s*[:=]\\s*(\\d{1,3}(?:\\.\\d{1,4})?)\\s?%\\s*$",
                                              G_REGEX_OPTIMIZE, 0, NULL));
  g_autoptr (GMatchInfo) match = NULL;
  if (!g_utf8_validate (line, -1, NULL) || !g_regex_match (pattern, line, 0, &match))
    return;
  g_autofree char *label = g_match_info_fetch (match, 1);
  g_autofree char *figure = g_match_info_fetch (match, 2);
  CdClaimLabel one = { label, FALSE, 0, TRUE, FALSE };
  const CdDocument *document = g_ptr_array_index (gatherer->corpus->documents, index);
  g_autofree guint8 *own = cd_claim_own_labels (gatherer, document, &one, 1);
  gint benchmark = own[0] ? benchmark_above (gatherer, document, passage) : -1;
  if (benchmark < 0)
    return;
  CdClaimCell cell = cd_claim_cell_read (figure);
  CdClaim *claim = cd_claim_add (gatherer, CD_CLAIM_SENTENCE, label, cd_benchmarks_at (gatherer->reader.benchmarks, (guint) benchmark)->name,
                                 cell.value, (CdPlace){ index, number, number });
  if (claim == NULL)
    return;
  claim->benchmark = benchmark;
  claim->unit = CD_UNIT_PERCENT;
  claim->decimals = cell.decimals;
  claim->conditions = g_strdup ("comment of a command");
}

void
cd_claims_comments (CdClaimGatherer *gatherer, guint index)
{
  const CdDocument *document = g_ptr_array_index (gatherer->corpus->documents, index);
  if (document->kind != CD_DOCUMENT_MARKDOWN)
    return;
  for (guint i = 0; i < document->passages->len; i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    if (passage->kind != CD_PASSAGE_COMMENT && passage->kind != CD_PASSAGE_CODE)
      continue;
    for (guint32 line = passage->line; line <= passage->end_line; line++) {
      gsize start, end;
      if (!cd_lines_range (document->lines, document->text, document->length, line, &start, &end) || end - start > LINE_BYTES
          || memchr (document->text + start, '%', end - start) == NULL)
        continue;
      g_autofree char *text = g_strndup (document->text + start, end - start);
      read_line (gatherer, index, i, text, line);
    }
  }
}
