/* The writer escapes what means something to XML; what XML 1.0 cannot hold at all, not even as a reference, is spelt out before it gets there. */
#include "report/xml-text.h"
#include "base/text.h"
#include <string.h>

void
cd_xml_begin (CdXml *xml)
{
  xml->buffer = xmlBufferCreate ();
  xml->writer = xml->buffer != NULL ? xmlNewTextWriterMemory (xml->buffer, 0) : NULL;
  if (xml->writer == NULL)
    g_error ("out of memory");
  xmlTextWriterSetIndent (xml->writer, 1);
  xmlTextWriterSetIndentString (xml->writer, BAD_CAST " ");
  xmlTextWriterStartDocument (xml->writer, "1.0", "UTF-8", NULL);
}

char *
cd_xml_finish (CdXml *xml)
{
  xmlTextWriterEndDocument (xml->writer);
  xmlFreeTextWriter (xml->writer);
  char *text = g_strdup ((const char *) xmlBufferContent (xml->buffer));
  xmlBufferFree (xml->buffer);
  return text;
}

void
cd_xml_open (CdXml *xml, const char *name)
{
  xmlTextWriterStartElement (xml->writer, BAD_CAST name);
}

void
cd_xml_close (CdXml *xml)
{
  xmlTextWriterEndElement (xml->writer);
}

/* Caller frees. */
static char *
representable (const char *text)
{
  GString *out = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *line = cd_text_printable (lines[i]);
    g_string_append (out, i > 0 ? "\n" : "");
    for (const char *at = line; *at != '\0'; at = g_utf8_next_char (at)) {
      gunichar c = g_utf8_get_char (at);
      if ((c & 0xfffe) == 0xfffe)
        g_string_append_printf (out, "\\u{%X}", c);
      else
        g_string_append_unichar (out, c);
    }
  }
  return g_string_free (out, FALSE);
}

void
cd_xml_attribute (CdXml *xml, const char *name, const char *value)
{
  g_autofree char *held = value != NULL ? representable (value) : NULL;
  if (held != NULL)
    xmlTextWriterWriteAttribute (xml->writer, BAD_CAST name, BAD_CAST held);
}

void
cd_xml_number (CdXml *xml, const char *name, guint value)
{
  g_autofree char *text = g_strdup_printf ("%u", value);
  cd_xml_attribute (xml, name, text);
}

void
cd_xml_text (CdXml *xml, const char *text)
{
  g_autofree char *held = representable (text);
  xmlTextWriterWriteString (xml->writer, BAD_CAST held);
}
