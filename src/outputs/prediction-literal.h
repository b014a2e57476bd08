/* Lists written into a text, as tables have them: "['4', '5']", "[True, False]". For prediction-record.c. */
#pragma once
#include <glib.h>

/* Appends the elements of such a list (char*, NULL for None and null) and returns TRUE; FALSE, with nothing appended, where the text is anything else: an
 * interval, a tuple of numbers and a matrix are answers. */
gboolean cd_prediction_literal (const char *text, guint most, GPtrArray *elements);
