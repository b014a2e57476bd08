/* The line of progress: `receiving objects  37 %  ███▌       12/33  4.1/s  5 s left`. What is counted is its caller's. No colours are used, so that NO_COLOR
 * has nothing to forbid. */
#include "cli/progress.h"
#include "base/text.h"
#include <langinfo.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define REDRAW_USEC (G_USEC_PER_SEC / 10)
#define RATE_USEC (G_USEC_PER_SEC / 2) /* before as much time a rate means nothing */
#define WIDTH 80u                      /* of a terminal that does not tell */
#define WIDEST 100u
#define BAR 10u /* columns of the bar at least; where there is no room for as much it is left out */
#define BAR_WIDEST 40u

/* What the line shows, and since when; standard error is the process's, and so is this. */
static struct {
  char *what;
  guint64 first, total; /* done when the counting began, and in all */
  gint64 began, drawn;
  gboolean shown;
} line;

void
cd_progress_clear (void)
{
  if (line.shown)
    g_printerr ("\r\033[K");
  line.shown = FALSE;
}

static guint
columns_of_terminal (void)
{
  struct winsize size = { 0 };
  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return MIN (size.ws_col, WIDEST);
  return WIDTH;
}

/* "45 s", "3 min", "2 h": no more digits than an estimate has. Caller frees. */
static char *
duration (double seconds)
{
  static const struct {
    double most, unit;
    const char *name;
  } units[] = { { 90, 1, "s" }, { 90 * 60, 60, "min" }, { 36 * 3600, 3600, "h" }, { G_MAXDOUBLE, 86400, "days" } };
  gsize i = 0;
  while (seconds > units[i].most)
    i++;
  return g_strdup_printf ("%.0f %s", seconds / units[i].unit, units[i].name);
}

/* "  4.1/s  5 s left"; nothing as long as nothing can be said. Caller frees. */
static char *
rate_of (guint64 done, gint64 now)
{
  double seconds = (double) (now - line.began) / G_USEC_PER_SEC;
  if (now - line.began < RATE_USEC || done <= line.first)
    return g_strdup ("");
  double rate = (double) (done - line.first) / seconds;
  g_autofree char *left = done < line.total ? duration ((double) (line.total - done) / rate) : NULL;
  return g_strdup_printf ("  %.*f/s%s%s%s", rate < 10 ? 1 : 0, rate, left != NULL ? "  " : "", left != NULL ? left : "", left != NULL ? " left" : "");
}

/* A bar of so many columns, in eighths of one where the terminal can show them. */
static void
put_bar (GString *out, guint columns, guint64 done, guint64 total)
{
  static const char *const eighths[] = { " ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█" };
  gboolean unicode = strcmp (nl_langinfo (CODESET), "UTF-8") == 0;
  guint filled = (guint) ((double) MIN (done, total) / (double) total * columns * 8);
  for (guint i = 0; i < columns; i++) {
    guint part = filled > i * 8 ? MIN (filled - i * 8, 8) : 0;
    g_string_append (out, unicode ? eighths[part] : part == 8 ? "#" : ".");
  }
}

/* "   37 %" and "   4/33"; of what nobody knows the total, the number alone. Both are free for the caller. */
static void
count (guint64 done, char **share, char **counted)
{
  if (line.total == 0) {
    *share = g_strdup ("");
    *counted = g_strdup_printf ("  %" G_GUINT64_FORMAT, done);
    return;
  }
  g_autofree char *total = g_strdup_printf ("%" G_GUINT64_FORMAT, line.total);
  *share = g_strdup_printf ("  %3u %%", (guint) (100.0 * (double) MIN (done, line.total) / (double) line.total));
  *counted = g_strdup_printf ("  %*" G_GUINT64_FORMAT "/%s", (int) strlen (total), done, total);
}

/* Whatever has no room is left out: the rate first, then the bar, then the count. */
static void
draw (guint64 done, gint64 now)
{
  g_autofree char *what = cd_text_printable (line.what), *rate = rate_of (done, now), *share = NULL, *counted = NULL;
  count (done, &share, &counted);
  guint room = columns_of_terminal () - 1, taken = cd_text_columns (what) + (guint) strlen (share);
  guint with_count = taken + (guint) strlen (counted), with_rate = with_count + (guint) strlen (rate);
  if (taken > room)
    return;
  g_autoptr (GString) out = g_string_new ("\r");
  g_string_append_printf (out, "%s%s", what, share);
  guint rest = with_rate + 2 + BAR <= room ? with_rate : with_count;
  if (line.total > 0 && rest + 2 + BAR <= room) {
    g_string_append (out, "  ");
    put_bar (out, MIN (room - rest - 2, BAR_WIDEST), done, line.total);
  }
  g_string_append_printf (out, "%s%s\033[K", with_count <= room ? counted : "", with_rate == rest ? rate : "");
  g_printerr ("%s", out->str);
  line.drawn = now;
  line.shown = TRUE;
}

static void
progress (const char *what, guint64 done, guint64 total, gpointer data G_GNUC_UNUSED)
{
  gint64 now = g_get_monotonic_time ();
  if (g_strcmp0 (line.what, what) != 0) {
    g_free (line.what);
    line.what = g_strdup (what);
    line.first = done;
    line.began = now;
  }
  line.total = total;
  if (total > 0 && done >= total) {
    cd_progress_clear ();
    g_clear_pointer (&line.what, g_free);
    return;
  }
  if (line.drawn == 0 || now - line.drawn >= REDRAW_USEC)
    draw (done, now);
}

CdProgress
cd_options_progress (gboolean quiet)
{
  return !quiet && isatty (STDERR_FILENO) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0 ? progress : NULL;
}
