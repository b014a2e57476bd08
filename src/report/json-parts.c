/* What the parts of the JSON report share: texts that may be absent, members of lists, places. */
#include "report/json-parts.h"
#include "base/credentials.h"
#include <math.h>
#include <string.h>

void
cd_json_text (cJSON *object, const char *key, const char *text)
{
  if (text != NULL)
    cJSON_AddStringToObject (object, key, text);
  else
    cJSON_AddNullToObject (object, key);
}

void
cd_json_count (cJSON *object, const char *key, gint64 count)
{
  if (count > 0)
    cJSON_AddNumberToObject (object, key, (double) count);
  else
    cJSON_AddNullToObject (object, key);
}

cJSON *
cd_json_member (cJSON *array)
{
  cJSON *member = cJSON_CreateObject ();
  cJSON_AddItemToArray (array, member);
  return member;
}

void
cd_json_place (cJSON *array, const CdAudit *audit, guint document, guint line, guint end, const char *says)
{
  if (document == G_MAXUINT)
    return;
  const CdDocument *spoken = audit->corpus->documents->pdata[document];
  cJSON *place = cd_json_member (array);
  char hex[41];
  cd_oid_to_hex (&spoken->oid, hex);
  cJSON_AddStringToObject (place, "path", spoken->path);
  cJSON_AddNumberToObject (place, "line", line);
  cJSON_AddNumberToObject (place, "end", MAX (end, line));
  cJSON_AddStringToObject (place, "blob", hex);
  cd_json_text (place, "says", says);
}

void
cd_json_evidence (cJSON *object, const CdAudit *audit, const GArray *evidence)
{
  cJSON *array = cJSON_AddArrayToObject (object, "evidence");
  for (guint i = 0; i < evidence->len; i++) {
    const CdEvidence *place = &g_array_index (evidence, CdEvidence, i);
    cd_json_place (array, audit, place->document, place->line, place->end, place->says);
  }
}

double
cd_json_plain (double value, double unit)
{
  return round (value / unit) * unit;
}

/* Characters that steer a terminal or turn the direction of text (C1 controls, bidirectional marks) as \uXXXX: in JSON they mean the same, and
 * whoever prints the file sees nothing else. Caller frees. */
static char *
escape_controls (const char *json)
{
  GString *escaped = g_string_sized_new (strlen (json) + 1);
  for (const char *at = json; *at != '\0';) {
    const char *special = at + strcspn (at, "\xc2\xd8\xe2");
    g_string_append_len (escaped, at, special - at);
    if (*special == '\0')
      break;
    gunichar character = g_utf8_get_char (special);
    gboolean steers = (character >= 0x80 && character < 0xa0) || character == 0x61c || (character >= 0x200e && character <= 0x200f)
                      || (character >= 0x2028 && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
    at = g_utf8_next_char (special);
    if (steers)
      g_string_append_printf (escaped, "\\u%04x", (guint) character);
    else
      g_string_append_len (escaped, special, at - special);
  }
  return g_string_free (escaped, FALSE);
}

char *
cd_json_finish (cJSON *root)
{
  char *printed = cJSON_Print (root);
  cJSON_Delete (root);
  g_autofree char *masked = cd_credential_mask (printed);
  g_autofree char *escaped = escape_controls (masked);
  cJSON_free (printed);
  return g_strconcat (escaped, "\n", NULL);
}
