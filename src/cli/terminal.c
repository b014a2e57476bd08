/* Asks the terminal and the environment how a report may look. */
#include "cli/terminal.h"
#include <langinfo.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define NARROWEST 60u
#define WIDEST 120u /* longer lines are hard to read */
#define USUAL 100u  /* where nobody says */

static guint
width_of_terminal (void)
{
  struct winsize size = { 0 };
  const char *columns = g_getenv ("COLUMNS");
  guint64 width = columns != NULL ? g_ascii_strtoull (columns, NULL, 10) : 0;
  if (width == 0 && ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
    width = size.ws_col;
  return width == 0 ? USUAL : (guint) CLAMP (width, NARROWEST, WIDEST);
}

void
cd_terminal_style (CdReportStyle *style)
{
  const char *no_colour = g_getenv ("NO_COLOR");
  memset (style, 0, sizeof *style);
  style->width = width_of_terminal ();
  style->colour = isatty (STDOUT_FILENO) && (no_colour == NULL || *no_colour == '\0') && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
  style->unicode = strcmp (nl_langinfo (CODESET), "UTF-8") == 0;
}
