/* The inside of one Markdown block (paragraph, heading, table cell): its visible text, links, and the ranges that are no prose. */
#pragma once
#include "documents/prose.h"

#include <cmark-gfm.h>

/* A range that is no prose: an image (caption is its alt text) or an HTML comment (caption is empty). */
typedef struct {
  CdRange hidden, caption;
} CdCut;

typedef struct {
  GString *text;   /* markup removed; of a block that is only images, their alt texts */
  GArray *cuts;    /* CdCut in ascending order */
  gboolean bold;   /* all visible text is bold */
  gboolean linked; /* holds a link or image */
} CdInlines;

/* Read the inlines of block. raw: its bytes; first_line: the document's line on which cmark's line `cmark_line` stands. Links are added to document. */
CdInlines *cd_inlines_read (CdDocument *document, cmark_node *block, CdRange raw, guint line_offset, guint first_line, gint32 section);
void cd_inlines_free (CdInlines *inlines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdInlines, cd_inlines_free)
