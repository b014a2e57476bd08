/* Places of a record in Markdown: markup.c escapes, record/ knows the forge. */
#include "report/markup-record.h"
#include "report/markup.h"

void
cd_markup_record_place (GString *out, const CdRecord *record, const CdRecordPlace *place)
{
  if (*place->path == '\0') {
    g_string_append (out, "the whole tree");
    return;
  }
  g_autofree char *link = cd_record_link (record, place);
  g_autoptr (GString) shown = g_string_new (place->path);
  if (place->line > 0)
    g_string_append_printf (shown, ":%u", place->line);
  if (place->line > 0 && place->end > place->line)
    g_string_append_printf (shown, "-%u", place->end);
  g_string_append (out, link != NULL ? "[" : "");
  cd_markup_code (out, shown->str);
  if (link != NULL)
    g_string_append_printf (out, "](%s)", link);
}

void
cd_markup_record_places (GString *out, const CdRecord *record, const GArray *places, guint most)
{
  for (guint i = 0; i < places->len && i < most; i++) {
    g_string_append (out, i > 0 ? ", " : "");
    cd_markup_record_place (out, record, &g_array_index (places, CdRecordPlace, i));
  }
  if (places->len == 0)
    g_string_append (out, "—");
}
