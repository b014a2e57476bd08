/* The terminal: keys and signals in, inked text out. The one place that talks to ncurses; the others say what stands where. */
#pragma once
#include "review/screen-text.h"

typedef enum {
  CD_INK_PLAIN,
  CD_INK_STRONG,
  CD_INK_FAINT,
  CD_INK_GOOD,
  CD_INK_FAIR,
  CD_INK_BAD,
  CD_INK_DECIDES, /* a line that decides */
  CD_INK_FOUND,   /* what was searched for */
  CD_INK_BAR,     /* head and foot of the screen */
  CD_INK_CHOSEN,  /* what keys act on */
  CD_INKS
} CdInk;

typedef struct {
  int top, left, height, width; /* a part of the screen; empty where height or width is not positive */
} CdArea;

typedef enum { CD_KEY_CHARACTER, CD_KEY_NAMED, CD_KEY_PASTED, CD_KEY_RESIZED, CD_KEY_SIGNAL, CD_KEY_GONE } CdKeyKind;
typedef enum {
  CD_NAME_OTHER,
  CD_NAME_UP,
  CD_NAME_DOWN,
  CD_NAME_LEFT,
  CD_NAME_RIGHT,
  CD_NAME_HOME,
  CD_NAME_END,
  CD_NAME_PAGE_UP,
  CD_NAME_PAGE_DOWN,
  CD_NAME_ENTER,
  CD_NAME_ESCAPE,
  CD_NAME_TAB,
  CD_NAME_BACKTAB,
  CD_NAME_BACKSPACE,
  CD_NAME_DELETE,
} CdKeyName;
typedef struct {
  CdKeyKind kind;
  gunichar c;     /* character, or pasted character; a control key is one ('a' & 0x1F) */
  CdKeyName name; /* of a named one */
  int signal;     /* that asks the program to end */
} CdKey;

typedef struct _CdTty CdTty;
/* Take the terminal. CD_ERROR_USAGE where it cannot be written to at a place of its screen. One at a time. */
CdTty *cd_tty_open (GError **error);
/* Give it back as it was. */
void cd_tty_close (CdTty *tty);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdTty, cd_tty_close)
/* Wait for what happens next. CD_KEY_GONE: the terminal is no more. A stop by the terminal (Ctrl-Z) happens in here. */
CdKey cd_tty_key (CdTty *tty);
/* The key as a command: its character, 0 for others. */
gunichar cd_key_command (const CdKey *key);
gboolean cd_key_is (const CdKey *key, CdKeyName name);

gboolean cd_tty_unicode (const CdTty *tty);
CdArea cd_tty_area (const CdTty *tty);
/* Forget the screen as drawn: the next cd_tty_show writes all of it. */
void cd_tty_forget (CdTty *tty);
void cd_tty_erase (CdTty *tty);
/* Clean text (screen-text.h) in one row; what does not fit, or lies outside the screen, is not drawn. Returns the columns drawn. */
guint cd_tty_put (CdTty *tty, int row, int column, guint columns, const char *text, CdInk ink);
/* The same, filled up with blanks of the ink. */
void cd_tty_fill (CdTty *tty, int row, int column, guint columns, const char *text, CdInk ink);
/* A line across with a title, and one down. */
void cd_tty_rule (CdTty *tty, CdArea row, const char *title, CdInk ink);
void cd_tty_column (CdTty *tty, int top, int column, int height);
/* Where the cursor stands when all is drawn; hidden where this is not called. */
void cd_tty_cursor (CdTty *tty, int row, int column);
void cd_tty_show (CdTty *tty);
