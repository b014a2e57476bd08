/* Sets of lines, a few spans each: what a reader marked, and what candidates name. */
#include "review/screen-file.h"

gboolean
cd_spans_hold (const GArray *spans, guint document, guint line)
{
  for (guint i = 0; spans != NULL && i < spans->len; i++) {
    const CdSpan *span = &g_array_index (spans, CdSpan, i);
    if (span->document == document && span->line <= line && line <= span->end)
      return TRUE;
  }
  return FALSE;
}

static void
take_out (GArray *spans, guint line, guint index)
{
  CdSpan whole = g_array_index (spans, CdSpan, index), head = whole, tail = whole;
  head.end = line - 1;
  tail.line = line + 1;
  g_array_remove_index (spans, index);
  if (tail.line <= tail.end)
    g_array_insert_val (spans, index, tail);
  if (head.line <= head.end)
    g_array_insert_val (spans, index, head);
}

static gint
compare_spans (gconstpointer a, gconstpointer b)
{
  const CdSpan *x = a, *y = b;
  if (x->document != y->document)
    return x->document < y->document ? -1 : 1;
  return x->line < y->line ? -1 : x->line > y->line;
}

static void
join (GArray *spans)
{
  g_array_sort (spans, compare_spans);
  for (guint i = 1; i < spans->len;) {
    CdSpan *before = &g_array_index (spans, CdSpan, i - 1), *span = &g_array_index (spans, CdSpan, i);
    if (span->document == before->document && span->line <= before->end + 1) {
      before->end = MAX (before->end, span->end);
      g_array_remove_index (spans, i);
    } else
      i++;
  }
}

void
cd_spans_toggle (GArray *spans, guint document, guint line)
{
  for (guint i = 0; i < spans->len; i++) {
    const CdSpan *span = &g_array_index (spans, CdSpan, i);
    if (span->document == document && span->line <= line && line <= span->end) {
      take_out (spans, line, i);
      return;
    }
  }
  CdSpan added = { .document = document, .line = line, .end = line };
  g_array_append_val (spans, added);
  join (spans);
}
