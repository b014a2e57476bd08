/* A line that the reader types. */
#pragma once
#include "review/screen-tty.h"

#define CD_EDIT_BYTES 4000u /* a longer one takes no more characters */

typedef struct {
  GString *text; /* valid UTF-8 */
  gsize at;      /* byte before which the next character goes */
} CdEdit;
CdEdit *cd_edit_new (const char *text);
void cd_edit_free (CdEdit *edit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdEdit, cd_edit_free)
void cd_edit_set (CdEdit *edit, const char *text);
/* TRUE where the key was the line's: characters, moves and deletions, pasted text (line ends in it become blanks). */
gboolean cd_edit_key (CdEdit *edit, const CdKey *key);
/* In as many rows as area has, the cursor among them; active: the cursor is shown. */
void cd_edit_draw (const CdEdit *edit, CdTty *tty, CdArea area, gboolean active);
