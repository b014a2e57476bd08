/* How the tests of document parsers look at a document: its parts written out as text, one a line. */
#pragma once
#include "documents/parsers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

/* Parse text, and check what must hold for every document: passages ascend, do not overlap, are not empty, know their lines. */
static inline CdDocument *
parse_text (CdParser parser, CdDocumentKind kind, const char *text, gsize length)
{
  static const CdDocumentOptions OPTIONS = { .cache = NULL, .keep_pdf = TRUE };
  static const CdOid OID = { { 1 } };
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_memdup2 (text, length + 1), length);
  CdDocument *document = cd_document_new ("test", &OID, kind, bytes);
  parser (document, &OPTIONS);
  guint32 end = 0;
  for (guint i = 0; i < document->passages->len; i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    assert_true (passage->start >= end && passage->end > passage->start && passage->end <= document->length);
    assert_int_equal (passage->line, cd_lines_at (document->lines, passage->start));
    assert_int_equal (passage->end_line, cd_lines_at (document->lines, passage->end - 1));
    assert_true (passage->section < (gint32) document->sections->len);
    end = passage->end;
  }
  return document;
}

static inline CdDocument *
parse (CdParser parser, CdDocumentKind kind, const char *text)
{
  return parse_text (parser, kind, text, strlen (text));
}

/* "3 prose: text", with the last line where it differs ("3-4 …") and a flag mark: q quoted, p plan. */
static inline char *
passages_of (const CdDocument *document)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < document->passages->len; i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    g_autofree char *text = cd_document_passage_text (document, passage);
    g_string_append_printf (out, "%u", passage->line);
    if (passage->end_line != passage->line)
      g_string_append_printf (out, "-%u", passage->end_line);
    g_string_append_printf (out, " %s%s%s: %s\n", cd_passage_kind_name (passage->kind), passage->flags & CD_CONTEXT_QUOTED ? "/q" : "",
                            passage->flags & CD_CONTEXT_PLAN ? "/p" : "", text);
  }
  return g_string_free (out, FALSE);
}

/* "1 h1 Outer / Inner" */
static inline char *
sections_of (const CdDocument *document)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < document->sections->len; i++) {
    const CdSection *section = g_ptr_array_index (document->sections, i);
    g_autofree char *path = cd_document_section_path (document, (gint32) i);
    g_string_append_printf (out, "%u h%u %s\n", section->line, section->level, path);
  }
  return g_string_free (out, FALSE);
}

/* "4 image|link|bare target (text)" */
static inline char *
links_of (const CdDocument *document)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < document->links->len; i++) {
    const CdLink *link = g_ptr_array_index (document->links, i);
    g_string_append_printf (out, "%u %s %s (%s)\n", link->line, link->image ? "image" : link->bare ? "bare" : "link", link->target, link->text);
  }
  return g_string_free (out, FALSE);
}

/* "2-5 header 1 caption: …", then the rows; bold cells in stars. */
static inline char *
tables_of (const CdDocument *document)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < document->tables->len; i++) {
    const CdTable *table = g_ptr_array_index (document->tables, i);
    g_string_append_printf (out, "%u-%u header %u caption: %s\n", table->line, table->end_line, table->header_rows,
                            table->caption ? table->caption : "-");
    for (guint r = 0; r < table->rows->len; r++) {
      const GPtrArray *row = g_ptr_array_index (table->rows, r);
      for (guint c = 0; c < row->len; c++) {
        const CdCell *cell = g_ptr_array_index (row, c);
        g_string_append_printf (out, cell->bold ? "|*%s*" : "|%s", cell->text);
      }
      g_string_append_printf (out, "| @%u\n", row->len > 0 ? ((CdCell *) g_ptr_array_index (row, 0))->line : 0);
    }
  }
  return g_string_free (out, FALSE);
}

static inline void
assert_part (char *(*part) (const CdDocument *), const CdDocument *document, const char *want)
{
  g_autofree char *got = part (document);
  assert_string_equal (got, want);
}
