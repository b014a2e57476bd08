/* A badge: label on the left, outcome and score on the right. As a picture of its own, and as an endpoint that shields.io draws (shields.io/badges/endpoint-badge;
 * schemas/badge.schema.json). */
#include "base/json.h"
#include "base/text.h"
#include "report/gate-check.h"
#include "report/xml-text.h"
#include <string.h>

#define HEIGHT 20u
#define PADDING 6u     /* pixels left and right of a text */
#define LABEL_MOST 40u /* bytes of a policy's id that are shown */

/* Colours with white text on them at a contrast of 4.5 and more (WCAG 2.2, 1.4.3), and shields.io's names of the like. */
static const struct {
  const char *fill, *name;
} colours[] = { { "#2e7d32", "brightgreen" }, { "#8a5a00", "yellow" }, { "#c62828", "red" } };

static guint
colour_of (const CdGate *gate)
{
  return gate->failed > 0 ? 2 : gate->warned > 0 ? 1 : 0;
}

static char *
label_of (const CdGate *gate)
{
  g_autofree char *id = cd_check_shown (gate->policy->id);
  const char *end = strlen (id) > LABEL_MOST ? g_utf8_find_prev_char (id, id + LABEL_MOST) : id + strlen (id);
  return g_strdup_printf ("candor %.*s", (int) (end - id), id);
}

static char *
message_of (const CdGate *gate)
{
  const CdRecord *record = gate->record;
  return gate->failed > 0 ? g_strdup_printf ("%u failed, %u/%u", gate->failed, record->total, record->of)
                          : g_strdup_printf ("passed, %u/%u", record->total, record->of);
}

/* Tenths of a pixel that a text takes at 11 pixels in Verdana or a face like it, by classes of letters; others as the widest. The picture says how wide
 * each text is to be, so that another face is fitted to it. */
static guint
width_of (const char *text)
{
  static const struct {
    const char *letters;
    guint width;
  } classes[] = {
    { "ijl'|,.:;I", 35 },  { "frt ()[]/-!\"\\", 45 }, { "acesvxyzkJL_?", 60 }, { "bdghnopquABCDEFGHKNOPQRSTUVXYZ0123456789#$&*^~{}", 70 },
    { "mwMW%@+<>=", 100 },
  };
  guint width = 0;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    guint letter = 110;
    for (guint i = 0; (guchar) *at < 0x80 && i < G_N_ELEMENTS (classes); i++)
      if (strchr (classes[i].letters, *at) != NULL)
        letter = MIN (letter, classes[i].width);
    width += letter;
  }
  return (width + 9) / 10;
}

static void
add_box (CdXml *xml, guint x, guint width, const char *fill)
{
  cd_xml_open (xml, "rect");
  cd_xml_number (xml, "x", x);
  cd_xml_number (xml, "width", width);
  cd_xml_number (xml, "height", HEIGHT);
  cd_xml_attribute (xml, "fill", fill);
  cd_xml_close (xml);
}

static void
add_text (CdXml *xml, guint x, guint width, const char *text)
{
  cd_xml_open (xml, "text");
  cd_xml_number (xml, "x", x);
  cd_xml_number (xml, "y", 14);
  cd_xml_number (xml, "textLength", width);
  cd_xml_text (xml, text);
  cd_xml_close (xml);
}

char *
cd_report_badge_svg (const CdGateReport *report)
{
  g_autofree char *label = label_of (report->gate), *message = message_of (report->gate), *title = g_strdup_printf ("%s: %s", label, message);
  guint left = width_of (label), right = width_of (message), split = left + 2 * PADDING, width = split + right + 2 * PADDING;
  CdXml xml;
  cd_xml_begin (&xml);
  cd_xml_open (&xml, "svg");
  cd_xml_attribute (&xml, "xmlns", "http://www.w3.org/2000/svg");
  cd_xml_number (&xml, "width", width);
  cd_xml_number (&xml, "height", HEIGHT);
  cd_xml_attribute (&xml, "role", "img");
  cd_xml_attribute (&xml, "aria-label", title);
  cd_xml_open (&xml, "title");
  cd_xml_text (&xml, title);
  cd_xml_close (&xml);
  cd_xml_open (&xml, "clipPath");
  cd_xml_attribute (&xml, "id", "round");
  cd_xml_open (&xml, "rect");
  cd_xml_number (&xml, "width", width);
  cd_xml_number (&xml, "height", HEIGHT);
  cd_xml_number (&xml, "rx", 3);
  cd_xml_close (&xml);
  cd_xml_close (&xml);
  cd_xml_open (&xml, "g");
  cd_xml_attribute (&xml, "clip-path", "url(#round)");
  add_box (&xml, 0, split, "#444");
  add_box (&xml, split, width - split, colours[colour_of (report->gate)].fill);
  cd_xml_close (&xml);
  cd_xml_open (&xml, "g");
  cd_xml_attribute (&xml, "fill", "#fff");
  cd_xml_attribute (&xml, "font-family", "Verdana,DejaVu Sans,Geneva,sans-serif");
  cd_xml_attribute (&xml, "font-size", "11");
  cd_xml_attribute (&xml, "aria-hidden", "true");
  add_text (&xml, PADDING, left, label);
  add_text (&xml, split + PADDING, right, message);
  cd_xml_close (&xml);
  cd_xml_close (&xml);
  return cd_xml_finish (&xml);
}

char *
cd_report_badge_json (const CdGateReport *report)
{
  g_autofree char *label = label_of (report->gate), *message = message_of (report->gate);
  cJSON *root = cJSON_CreateObject ();
  cJSON_AddNumberToObject (root, "schemaVersion", 1);
  cJSON_AddStringToObject (root, "label", label);
  cJSON_AddStringToObject (root, "message", message);
  cJSON_AddStringToObject (root, "color", colours[colour_of (report->gate)].name);
  if (report->gate->failed > 0)
    cJSON_AddBoolToObject (root, "isError", TRUE);
  return cd_json_finish (root);
}
