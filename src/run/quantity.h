/* Times and sizes as people write them, in manifests and on the command line. */
#pragma once
#include <glib.h>

/* "90", "90s", "15m", "1h30m", "2 d": whole seconds, at least 1. FALSE where text is something else. */
gboolean cd_quantity_seconds (const char *text, guint64 *seconds);
/* "4096", "512M", "1.5GiB" (powers of 1024), "2GB" (powers of 1000). FALSE where text is something else. */
gboolean cd_quantity_bytes (const char *text, guint64 *bytes);
/* "45 s", "15 min", "2 h", "1 h 30 min"; caller frees. */
char *cd_quantity_seconds_text (guint64 seconds);
/* "512 MiB"; caller frees. */
char *cd_quantity_bytes_text (guint64 bytes);
