/* XML through libxml2's writer: text of any origin in elements and attributes, one document a buffer. */
#pragma once
#include <glib.h>
#include <libxml/xmlwriter.h>

typedef struct {
  xmlBufferPtr buffer;
  xmlTextWriterPtr writer;
} CdXml;

/* An indented document in UTF-8, begun. */
void cd_xml_begin (CdXml *xml);
/* End what is open; the text, for the caller to free. */
char *cd_xml_finish (CdXml *xml);

void cd_xml_open (CdXml *xml, const char *name);
void cd_xml_close (CdXml *xml);
/* What XML 1.0 cannot hold (controls, U+FFFE, U+FFFF) is spelt as \u{N}, as cd_text_printable does; new lines stay. NULL adds nothing. */
void cd_xml_attribute (CdXml *xml, const char *name, const char *value);
void cd_xml_number (CdXml *xml, const char *name, guint value);
void cd_xml_text (CdXml *xml, const char *text);
