/* Labels in one column, texts wrapped in the other. */
#include "cli/labels.h"

void
cd_label_title (CdPage *page, gboolean another, const char *id, const char *what)
{
  if (another)
    cd_page_end (page);
  cd_page_put (page, id, CD_TINT_STRONG);
  cd_page_move (page, page->column + 2);
  cd_page_wrap (page, what, CD_TINT_FAINT);
  cd_page_end (page);
}

void
cd_label_line (CdPage *page, const char *label, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  cd_page_put (page, label, CD_TINT_FAINT);
  cd_page_move (page, CD_LABEL);
  cd_page_wrap (page, text, CD_TINT_NONE);
  cd_page_end (page);
}

void
cd_label_place (CdPage *page, const char *file, guint line)
{
  g_autofree char *place = g_strdup_printf ("%s:%u", file, line);
  cd_label_line (page, "defined", place);
}
