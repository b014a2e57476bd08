/* Reading and printing times and sizes. What is allowed is the callers' matter. */
#include "run/quantity.h"

#include <string.h>

#define MOST 1e15 /* no time and no size is beyond that */

static const struct {
  const char *name;
  guint64 seconds;
} TIMES[] = { { "s", 1 }, { "sec", 1 }, { "m", 60 }, { "min", 60 }, { "h", 3600 }, { "d", 86400 } };

static const struct {
  const char *name;
  guint64 bytes;
} SIZES[] = {
  { "", 1 },
  { "b", 1 },
  { "k", 1ull << 10 },
  { "kib", 1ull << 10 },
  { "kb", 1000 },
  { "m", 1ull << 20 },
  { "mib", 1ull << 20 },
  { "mb", 1000000 },
  { "g", 1ull << 30 },
  { "gib", 1ull << 30 },
  { "gb", 1000000000 },
  { "t", 1ull << 40 },
  { "tib", 1ull << 40 },
  { "tb", 1000000000000 },
};

/* The number that text begins with; *rest points behind it and behind spaces. */
static gboolean
read_number (const char *text, double *number, const char **rest)
{
  char *end = NULL;
  if (!g_ascii_isdigit (*text))
    return FALSE;
  gsize digits = strspn (text, "0123456789.");
  g_autofree char *copy = g_strndup (text, digits);
  *number = g_ascii_strtod (copy, &end);
  *rest = text + digits + strspn (text + digits, " ");
  return *end == '\0' && *number <= MOST;
}

static gboolean
time_unit (const char *name, guint64 *seconds)
{
  for (gsize i = 0; i < G_N_ELEMENTS (TIMES); i++)
    if (g_ascii_strcasecmp (TIMES[i].name, name) == 0) {
      *seconds = TIMES[i].seconds;
      return TRUE;
    }
  return FALSE;
}

gboolean
cd_quantity_seconds (const char *text, guint64 *seconds)
{
  double total = 0, number = 0;
  const char *at = text;
  if (!read_number (at, &number, &at))
    return FALSE;
  if (*at == '\0')
    total = number;
  while (*at != '\0') {
    gsize letters = 0;
    guint64 unit = 0;
    while (g_ascii_isalpha (at[letters]))
      letters++;
    g_autofree char *name = g_strndup (at, letters);
    if (!time_unit (name, &unit))
      return FALSE;
    total += number * (double) unit;
    at += letters + strspn (at + letters, " ");
    if (*at != '\0' && (!read_number (at, &number, &at) || *at == '\0'))
      return FALSE;
  }
  *seconds = (guint64) total;
  return total >= 1 && total <= MOST;
}

gboolean
cd_quantity_bytes (const char *text, guint64 *bytes)
{
  double number = 0;
  const char *unit = NULL;
  if (!read_number (text, &number, &unit))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (SIZES); i++)
    if (g_ascii_strcasecmp (SIZES[i].name, unit) == 0) {
      number *= (double) SIZES[i].bytes;
      *bytes = (guint64) number;
      return number >= 1 && number <= MOST;
    }
  return FALSE;
}

char *
cd_quantity_seconds_text (guint64 seconds)
{
  if (seconds >= 3600 && seconds % 3600 == 0)
    return g_strdup_printf ("%" G_GUINT64_FORMAT " h", seconds / 3600);
  if (seconds >= 3600)
    return g_strdup_printf ("%" G_GUINT64_FORMAT " h %" G_GUINT64_FORMAT " min", seconds / 3600, seconds % 3600 / 60);
  if (seconds >= 60 && seconds % 60 == 0)
    return g_strdup_printf ("%" G_GUINT64_FORMAT " min", seconds / 60);
  return g_strdup_printf ("%" G_GUINT64_FORMAT " s", seconds);
}

char *
cd_quantity_bytes_text (guint64 bytes)
{
  static const char *const UNITS[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB" };
  gsize unit = 0;
  while (bytes >= 1024 && bytes % 1024 == 0 && unit + 1 < G_N_ELEMENTS (UNITS)) {
    bytes /= 1024;
    unit++;
  }
  return g_strdup_printf ("%" G_GUINT64_FORMAT " %s", bytes, UNITS[unit]);
}
