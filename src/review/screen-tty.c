/* ncurses, the terminal's modes and the signals that concern it. Signals are told to the loop through a pipe, so that nothing but a byte is written while
 * another part of the program is at work. Meaning of keys and layout are left to screen.c. */
#include "review/screen-tty.h"
#include "base/error.h"
#define NCURSES_NOMACROS 1
#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <langinfo.h>
#include <ncurses.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define ESCAPE_MS 25 /* between the bytes of one key; a longer wait is a key by itself */
/* Bracketed paste (xterm's control sequences): pasted text comes between two marks, and no line end in it is taken for the Enter key. */
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define PASTE_BEGINS (KEY_MAX + 1)
#define PASTE_ENDS (KEY_MAX + 2)

static const int SIGNALS[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH };

struct _CdTty {
  SCREEN *screen;
  gboolean unicode, pasting;
  int cursor_row, cursor_column;
  attr_t inks[CD_INKS];
  struct sigaction before[G_N_ELEMENTS (SIGNALS)];
};

/* Signal handlers have no other way to know. */
static int wake[2] = { -1, -1 };

static void
tell (int number)
{
  int kept = errno;
  guint8 byte = (guint8) number;
  if (write (wake[1], &byte, 1) < 1) { /* a full pipe: the loop has been told enough */
  }
  errno = kept;
}

/* ncurses leaves alone the signals that are taken when it starts. An ignored one stays ignored (nohup). */
static void
take_signals (CdTty *tty)
{
  struct sigaction action = { .sa_handler = tell, .sa_flags = SA_RESTART };
  sigemptyset (&action.sa_mask);
  for (gsize i = 0; i < G_N_ELEMENTS (SIGNALS); i++) {
    sigaction (SIGNALS[i], NULL, &tty->before[i]);
    if (tty->before[i].sa_handler != SIG_IGN)
      sigaction (SIGNALS[i], &action, NULL);
  }
}

static void
return_signals (CdTty *tty)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SIGNALS); i++)
    sigaction (SIGNALS[i], &tty->before[i], NULL);
}

static void
write_plainly (const char *sequence)
{
  fputs (sequence, stdout);
  fflush (stdout);
}

static void
mix_inks (CdTty *tty)
{
  static const struct {
    attr_t attributes;
    short colour; /* -1: the terminal's own */
  } inks[CD_INKS] = {
    [CD_INK_PLAIN] = { A_NORMAL, -1 },
    [CD_INK_STRONG] = { A_BOLD, -1 },
    [CD_INK_FAINT] = { A_DIM, -1 },
    [CD_INK_GOOD] = { A_NORMAL, COLOR_GREEN },
    [CD_INK_FAIR] = { A_NORMAL, COLOR_YELLOW },
    [CD_INK_BAD] = { A_NORMAL, COLOR_RED },
    [CD_INK_DECIDES] = { A_BOLD, COLOR_YELLOW },
    [CD_INK_FOUND] = { A_BOLD | A_UNDERLINE, -1 },
    [CD_INK_BAR] = { A_REVERSE, -1 },
    [CD_INK_CHOSEN] = { A_REVERSE | A_BOLD, -1 },
  };
  const char *no_colour = g_getenv ("NO_COLOR");
  gboolean colour = (no_colour == NULL || *no_colour == '\0') && has_colors () && start_color () == OK && use_default_colors () == OK;
  for (short i = 0; i < CD_INKS; i++) {
    tty->inks[i] = inks[i].attributes;
    if (colour && inks[i].colour >= 0 && init_pair ((short) (i + 1), inks[i].colour, -1) == OK)
      tty->inks[i] |= (attr_t) COLOR_PAIR (i + 1);
  }
}

/* The size that the terminal has, not the one that LINES and COLUMNS tell. */
static void
fit_terminal (void)
{
  struct winsize size = { 0 };
  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
    resizeterm (size.ws_row, size.ws_col);
}

static gboolean
can_place (void)
{
  const char *move_to = tigetstr ("cup");
  return move_to != NULL && move_to != (const char *) -1;
}

static CdTty *
refuse (CdTty *tty, GError **error)
{
  g_autofree char *name = cd_text_printable (g_getenv ("TERM") != NULL ? g_getenv ("TERM") : "");
  g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "this terminal (TERM=\"%s\") cannot show a full screen; review --plain needs none", name);
  return_signals (tty);
  if (tty->screen != NULL) {
    endwin ();
    delscreen (tty->screen);
  }
  g_free (tty);
  return NULL;
}

CdTty *
cd_tty_open (GError **error)
{
  if (wake[0] < 0 && !g_unix_open_pipe (wake, FD_CLOEXEC, error))
    return NULL;
  for (guint i = 0; i < 2; i++)
    g_unix_set_fd_nonblocking (wake[i], TRUE, NULL);
  CdTty *tty = g_new0 (CdTty, 1);
  tty->unicode = strcmp (nl_langinfo (CODESET), "UTF-8") == 0;
  take_signals (tty);
  tty->screen = newterm (NULL, stdout, stdin);
  if (tty->screen == NULL || !can_place ())
    return refuse (tty, error);
  cbreak ();
  noecho ();
  nonl ();
  keypad (stdscr, TRUE);
  nodelay (stdscr, TRUE);
  intrflush (stdscr, FALSE);
  set_escdelay (ESCAPE_MS);
  define_key ("\033[200~", PASTE_BEGINS);
  define_key ("\033[201~", PASTE_ENDS);
  mix_inks (tty);
  fit_terminal ();
  write_plainly (PASTE_ON);
  return tty;
}

void
cd_tty_close (CdTty *tty)
{
  if (tty == NULL)
    return;
  write_plainly (PASTE_OFF);
  endwin ();
  delscreen (tty->screen);
  return_signals (tty);
  g_free (tty);
}

/* Give the terminal back while the program stands still. */
static void
stop (CdTty *tty)
{
  struct sigaction taken;
  write_plainly (PASTE_OFF);
  endwin ();
  for (gsize i = 0; i < G_N_ELEMENTS (SIGNALS); i++)
    if (SIGNALS[i] == SIGTSTP) {
      sigaction (SIGTSTP, &tty->before[i], &taken);
      raise (SIGTSTP);
      sigaction (SIGTSTP, &taken, NULL);
    }
  write_plainly (PASTE_ON);
}

static CdKey
heed (CdTty *tty, int number)
{
  switch (number) {
    case SIGTSTP:
      stop (tty);
      return (CdKey){ .kind = CD_KEY_NAMED };
    case SIGCONT: /* a shell may have changed the modes meanwhile */
      reset_prog_mode ();
      write_plainly (PASTE_ON);
      fit_terminal ();
      cd_tty_forget (tty);
      return (CdKey){ .kind = CD_KEY_RESIZED };
    case SIGWINCH:
      fit_terminal ();
      return (CdKey){ .kind = CD_KEY_RESIZED };
    default:
      return (CdKey){ .kind = CD_KEY_SIGNAL, .signal = number };
  }
}

static CdKey
name_key (wint_t code)
{
  static const struct {
    int code;
    CdKeyName name;
  } names[] = {
    { KEY_UP, CD_NAME_UP },       { KEY_DOWN, CD_NAME_DOWN },    { KEY_LEFT, CD_NAME_LEFT },     { KEY_RIGHT, CD_NAME_RIGHT },
    { KEY_HOME, CD_NAME_HOME },   { KEY_END, CD_NAME_END },      { KEY_PPAGE, CD_NAME_PAGE_UP }, { KEY_NPAGE, CD_NAME_PAGE_DOWN },
    { KEY_ENTER, CD_NAME_ENTER }, { KEY_BTAB, CD_NAME_BACKTAB }, { KEY_DC, CD_NAME_DELETE },     { KEY_BACKSPACE, CD_NAME_BACKSPACE },
  };
  if (code == KEY_RESIZE) /* resizeterm's */
    return (CdKey){ .kind = CD_KEY_RESIZED };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if ((wint_t) names[i].code == code)
      return (CdKey){ .kind = CD_KEY_NAMED, .name = names[i].name };
  return (CdKey){ .kind = CD_KEY_NAMED };
}

static CdKey
name_character (const CdTty *tty, wint_t c)
{
  static const struct {
    wint_t c;
    CdKeyName name;
  } names[] = {
    { '\r', CD_NAME_ENTER }, { '\n', CD_NAME_ENTER },     { '\t', CD_NAME_TAB },
    { 27, CD_NAME_ESCAPE },  { '\b', CD_NAME_BACKSPACE }, { 127, CD_NAME_BACKSPACE },
  };
  if (tty->pasting)
    return (CdKey){ .kind = CD_KEY_PASTED, .c = (gunichar) c };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].c == c)
      return (CdKey){ .kind = CD_KEY_NAMED, .name = names[i].name };
  return (CdKey){ .kind = CD_KEY_CHARACTER, .c = (gunichar) c };
}

typedef enum { READ_NOTHING, READ_MARK, READ_KEY } Read;

static Read
read_key (CdTty *tty, CdKey *key)
{
  wint_t c = 0;
  int status = get_wch (&c);
  if (status == KEY_CODE_YES && (c == PASTE_BEGINS || c == PASTE_ENDS)) {
    tty->pasting = c == PASTE_BEGINS;
    return READ_MARK;
  }
  if (status == KEY_CODE_YES)
    *key = name_key (c);
  else if (status == OK)
    *key = name_character (tty, c);
  return status == ERR ? READ_NOTHING : READ_KEY;
}

CdKey
cd_tty_key (CdTty *tty)
{
  struct pollfd watched[] = { { .fd = STDIN_FILENO, .events = POLLIN }, { .fd = wake[0], .events = POLLIN } };
  CdKey key = { .kind = CD_KEY_GONE };
  for (gboolean closed = FALSE;;) {
    guint8 number = 0;
    if (read (wake[0], &number, 1) == 1)
      return heed (tty, number);
    Read got = read_key (tty, &key);
    if (got == READ_KEY || (got == READ_NOTHING && closed))
      return key;
    if (got == READ_MARK)
      continue;
    if (poll (watched, G_N_ELEMENTS (watched), -1) < 0 && errno != EINTR)
      return key;
    closed = (watched[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
  }
}

gunichar
cd_key_command (const CdKey *key)
{
  return key->kind == CD_KEY_CHARACTER ? key->c : 0;
}

gboolean
cd_key_is (const CdKey *key, CdKeyName name)
{
  return key->kind == CD_KEY_NAMED && key->name == name;
}

gboolean
cd_tty_unicode (const CdTty *tty)
{
  return tty->unicode;
}

CdArea
cd_tty_area (const CdTty *tty)
{
  (void) tty;
  return (CdArea){ .height = getmaxy (stdscr), .width = getmaxx (stdscr) };
}

void
cd_tty_forget (CdTty *tty)
{
  (void) tty;
  clearok (curscr, TRUE);
}

void
cd_tty_erase (CdTty *tty)
{
  tty->cursor_row = -1;
  erase ();
}

guint
cd_tty_put (CdTty *tty, int row, int column, guint columns, const char *text, CdInk ink)
{
  CdArea all = cd_tty_area (tty);
  if (row < 0 || row >= all.height || column < 0 || column >= all.width)
    return 0;
  gsize fitting = cd_screen_fit (text, MIN (columns, (guint) (all.width - column)));
  g_autofree char *shown = g_strndup (text, fitting);
  attrset ((int) tty->inks[ink]);
  mvaddstr (row, column, shown);
  attrset (A_NORMAL);
  return cd_text_columns (shown);
}

void
cd_tty_fill (CdTty *tty, int row, int column, guint columns, const char *text, CdInk ink)
{
  CdArea all = cd_tty_area (tty);
  guint drawn = cd_tty_put (tty, row, column, columns, text, ink);
  if (row < 0 || row >= all.height || column < 0 || column + (int) drawn >= all.width || drawn >= columns)
    return;
  mvhline (row, column + (int) drawn, ' ' | tty->inks[ink], MIN ((int) (columns - drawn), all.width - column - (int) drawn));
}

void
cd_tty_rule (CdTty *tty, CdArea row, const char *title, CdInk ink)
{
  for (int at = 0; at < row.width; at++)
    cd_tty_put (tty, row.top, row.left + at, 1, tty->unicode ? "─" : "-", CD_INK_FAINT);
  if (*title == '\0' || row.width < 6)
    return;
  g_autofree char *cut = cd_screen_cut (title, (guint) row.width - 5, tty->unicode);
  g_autofree char *spaced = g_strdup_printf (" %s ", cut);
  cd_tty_put (tty, row.top, row.left + 2, (guint) row.width - 2, spaced, ink);
}

void
cd_tty_column (CdTty *tty, int top, int column, int height)
{
  for (int at = 0; at < height; at++)
    cd_tty_put (tty, top + at, column, 1, tty->unicode ? "│" : "|", CD_INK_FAINT);
}

void
cd_tty_cursor (CdTty *tty, int row, int column)
{
  tty->cursor_row = row;
  tty->cursor_column = column;
}

void
cd_tty_show (CdTty *tty)
{
  CdArea all = cd_tty_area (tty);
  gboolean seen = tty->cursor_row >= 0 && tty->cursor_row < all.height && tty->cursor_column < all.width;
  curs_set (seen ? 1 : 0);
  if (seen)
    move (tty->cursor_row, tty->cursor_column);
  refresh ();
}
