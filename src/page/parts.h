/* What the sections of a page are made of, and the sections themselves, a file each; page.c puts them in order. For page/ only. */
#pragma once
#include "page/html.h"
#include "record/record.h"

#define CD_PART_NAME 80u   /* characters of a name or path that are shown */
#define CD_PART_TEXT 400u  /* of a sentence or command */
#define CD_PART_ROWS 1000u /* rows of a table; what is more is counted */

/* Text from the audit, cut to most characters; its whole as a tooltip where it was cut. class may be NULL. */
void cd_part_text (CdHtml *html, const char *element, const char *class, const char *text, guint most);
/* A word in a frame. class: "yes", "no", "doubt" or "plain"; the word says the same. */
void cd_part_mark (CdHtml *html, const char *class, const char *text);
/* A row of <dl class="facts">; nothing where there is no text. */
void cd_part_fact (CdHtml *html, const char *name, const char *text);

/* A link to what the audit names; its text alone where that is no address of the web. */
void cd_part_link (CdHtml *html, const char *address, const char *text);
/* "path:3-5", a link where the forge is known, and what it says. */
void cd_part_place (CdHtml *html, const CdRecord *record, const CdRecordPlace *place);
/* Places as a list; more than a few are folded. Nothing where there are none. */
void cd_part_places (CdHtml *html, const CdRecord *record, const GArray *places);
/* Places in a table's cell, and those under an object's key. */
void cd_part_cell_places (CdHtml *html, const CdRecord *record, const GArray *places);
void cd_part_cell_evidence (CdHtml *html, const CdRecord *record, const cJSON *object, const char *key);

/* A table in a region of its own that scrolls; headings end with NULL, those that begin with "#" are of numbers. Rows follow, then its end. */
void cd_part_table (CdHtml *html, const char *caption, const char *const *headings);
void cd_part_table_end (CdHtml *html);
/* A cell of text ("" where it is NULL) or of a number. */
void cd_part_cell (CdHtml *html, const char *text);
void cd_part_number (CdHtml *html, double value);
/* The first cell of a row, which names it. */
void cd_part_head (CdHtml *html, const char *text);

/* A region that scrolls by itself where the page is narrower; closed by cd_html_close. */
void cd_part_scroll (CdHtml *html, const char *label);
/* <details> with its summary; closed by cd_html_close. */
void cd_part_fold (CdHtml *html, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* A paragraph. */
void cd_part_say (CdHtml *html, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* "s" but for one. */
const char *cd_part_plural (guint count);

/* Where a verdict's dimension stands in the record's list; its length where it is in none of them (an audit of an earlier version). */
guint cd_part_dimension (const CdRecord *record, const CdRecordVerdict *verdict);
/* Points of a dimension by their doubt. */
typedef struct {
  guint sure;  /* given, settled */
  guint doubt; /* given, for a reader to settle */
  guint open;  /* not given, for a reader to settle */
  guint of;
} CdPartPoints;
/* dimension: an index; the length of the record's list for the total. */
CdPartPoints cd_part_points (const CdRecord *record, guint dimension);

/* Each writes the inside of its section. */
void cd_section_score (CdHtml *html, const CdRecord *record);
void cd_section_reader (CdHtml *html, const CdRecord *record);
void cd_section_criteria (CdHtml *html, const CdRecord *record);
void cd_section_lineage (CdHtml *html, const CdRecord *record);
void cd_section_figures (CdHtml *html, const CdRecord *record);
void cd_section_commands (CdHtml *html, const CdRecord *record);
void cd_section_provenance (CdHtml *html, const CdRecord *record);
void cd_section_contamination (CdHtml *html, const CdRecord *record);
void cd_section_risks (CdHtml *html, const CdRecord *record);
void cd_section_readers (CdHtml *html, const CdRecord *record);
void cd_section_online (CdHtml *html, const CdRecord *record);
void cd_section_history (CdHtml *html, const CdRecord *record);
void cd_section_not_examined (CdHtml *html, const CdRecord *record);
