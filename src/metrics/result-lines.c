/* Results in text without tables (PDF): runs of lines that hold several figures, near lines that name benchmarks.
 * Coarse on purpose: it says that results stand there, whose rows they are, and whether a metric is named; not which figure is whose. */
#include "metrics/result-table.h"
#include <string.h>

#define RUN_REACH 30u   /* lines from a benchmark's name to the first figures */
#define RUN_GAP 8u      /* lines without figures that end a run */
#define HEAD_REACH 8u   /* lines above a run that may hold heads and caption */
#define RUN_LINES 3u    /* fewer lines of figures are prose */
#define LINE_BYTES 600u /* a longer line is no row */
#define LABEL_BYTES 60u /* a longer line is no row's label */

/* Scores in a line: numbers with a decimal point, up to 100, that stand alone. label: bytes before the first one; letters: all in the line. */
typedef struct {
  guint scores, letters;
  gsize label;
} LineShape;

static LineShape
line_shape (const char *text, gsize length)
{
  LineShape shape = { 0, 0, length };
  for (gsize i = 0; i < length;) {
    if (g_ascii_isalpha (text[i]) || (guchar) text[i] >= 0x80)
      shape.letters++;
    gboolean alone = i == 0 || strchr (" \t|&(*+", text[i - 1]) != NULL;
    if (!g_ascii_isdigit (text[i]) || !alone) {
      i++;
      continue;
    }
    gsize start = i, dot = 0;
    for (; i < length && (g_ascii_isdigit (text[i]) || text[i] == '.'); i++)
      dot += text[i] == '.' ? 1 : 0;
    gboolean ends = i == length || strchr (" \t|&)*%+,\r", text[i]) != NULL;
    if (dot != 1 || !ends || i - start > 6 || text[i - 1] == '.')
      continue;
    if (shape.scores++ == 0)
      shape.label = start;
  }
  return shape;
}

static gboolean
is_figures (LineShape shape)
{
  return (shape.scores >= 2 && shape.letters <= 14 * shape.scores) || (shape.scores == 1 && shape.letters == 0);
}

/* The lines of a document with their hits on benchmark signals. */
typedef struct {
  const CdResultReader *reader;
  const CdDocument *document;
  GArray *lines; /* guint32: lines with a benchmark's name, ascending */
  GArray *which; /* gint: benchmark of each */
} Names;

static char *
line_copy (const CdDocument *document, guint line, gsize bytes)
{
  gsize start, end;
  if (!cd_lines_range (document->lines, document->text, document->length, line, &start, &end))
    return g_strdup ("");
  return g_utf8_make_valid (document->text + start, (gssize) MIN (bytes, end - start));
}

static void
read_heads (const Names *names, guint first, CdResultTable *table)
{
  for (guint line = first > HEAD_REACH ? first - HEAD_REACH : 1; line < first; line++) {
    g_autofree char *text = line_copy (names->document, line, 1000);
    table->metric_named = table->metric_named || cd_text_names_metric (text, -1);
  }
}

static void
count_names (const Names *names, guint from, guint to, CdResultTable *table)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < names->lines->len; i++) {
    guint32 line = g_array_index (names->lines, guint32, i);
    gint which = g_array_index (names->which, gint, i);
    if (line < from || line > to || !g_hash_table_add (seen, GINT_TO_POINTER (which + 1)))
      continue;
    table->benchmarks++;
    table->versioned += cd_benchmarks_at (names->reader->benchmarks, (guint) which)->versioned ? 1 : 0;
  }
}

/* A row begins where a label stands before figures. label: of the row, empty where the figures continue the row above. */
static void
add_row (const Names *names, const char *label, guint line, CdResultTable *table)
{
  if (*label == '\0' && table->own_rows + table->other_rows > 0)
    return;
  gboolean own = cd_label_is_own (names->reader, label);
  table->metric_named = table->metric_named || cd_text_names_metric (label, -1);
  guint *count = own ? &table->own_rows : &table->other_rows;
  guint32 *place = own ? &table->own_line : &table->other_line;
  if ((*count)++ == 0)
    *place = line;
}

/* One run from the line of a benchmark's name; returns the last line with figures, 0 none. The extracted text of a table has its rows as
 * lines, or every cell on a line of its own: then a row's label is the short line above its figures. */
static guint
read_run (const Names *names, guint from, guint lines, CdResultTable *table, guint *rows)
{
  guint last = 0, line = from > 2 ? from - 2 : 1;
  g_autofree char *above = g_strdup ("");
  for (; line <= lines && (last == 0 ? line <= from + RUN_REACH : line <= last + RUN_GAP); line++) {
    gsize start, end;
    if (!cd_lines_range (names->document->lines, names->document->text, names->document->length, line, &start, &end))
      continue;
    LineShape shape = end - start <= LINE_BYTES ? line_shape (names->document->text + start, end - start) : (LineShape){ 0, 0, 0 };
    if (!is_figures (shape)) {
      g_free (above);
      above = end - start <= LABEL_BYTES && shape.letters > 0 ? line_copy (names->document, line, LABEL_BYTES) : g_strdup ("");
      continue;
    }
    if (last == 0)
      table->line = line;
    last = line;
    (*rows)++;
    table->figures += shape.scores;
    g_autofree char *label = line_copy (names->document, line, shape.label);
    add_row (names, *g_strstrip (label) != '\0' ? label : above, line, table);
    *above = '\0';
  }
  table->end_line = last;
  return last;
}

void
cd_result_lines_read (const CdResultReader *reader, const CdSignals *signals, const CdDocument *document, guint index, const GArray *hits,
                      GArray *tables)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) which = g_array_new (FALSE, FALSE, sizeof (gint));
  for (guint i = 0; i < hits->len; i++) {
    const CdHit *hit = &g_array_index (hits, CdHit, i);
    const char *id = cd_signals_at (signals, hit->signal)->id;
    gint benchmark = g_str_has_prefix (id, "benchmarks.") ? cd_benchmarks_find (reader->benchmarks, id + strlen ("benchmarks.")) : -1;
    if (benchmark < 0)
      continue;
    g_array_append_val (lines, hit->line);
    g_array_append_val (which, benchmark);
  }
  Names names = { reader, document, lines, which };
  guint done = 0, total = document->lines->starts->len;
  for (guint i = 0; i < lines->len; i++) {
    guint32 from = g_array_index (lines, guint32, i);
    if (from <= done)
      continue;
    CdResultTable table = { .document = index };
    guint rows = 0, last = read_run (&names, from, total, &table, &rows);
    if (rows < RUN_LINES)
      continue;
    done = last;
    read_heads (&names, table.line, &table);
    count_names (&names, MIN (from, table.line > HEAD_REACH ? table.line - HEAD_REACH : 1), last, &table);
    table.line = MIN (table.line, from); /* figures without the benchmark's name say nothing to a reader */
    g_array_append_val (tables, table);
  }
}
