/* JSON as every report prints it: credentials masked, nothing in it that steers a terminal. */
#include "base/json.h"
#include "base/credentials.h"
#include <string.h>

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
