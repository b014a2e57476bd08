/* One error domain for the whole program. An error is made where the fact is known (path, line, column)
 * and printed once, by cli/main.c, which also turns its code into the exit status. */
#pragma once
#include <glib.h>

#define CD_ERROR (cd_error_quark ())

typedef enum {
  CD_ERROR_USAGE,      /* the command line is wrong: exit 2 */
  CD_ERROR_INPUT,      /* a manifest, rubric, policy or other input file is invalid: exit 2 */
  CD_ERROR_REPOSITORY, /* a repository cannot be read: exit 3 */
  CD_ERROR_NETWORK,    /* a host cannot be reached: exit 3 */
  CD_ERROR_INTERNAL,   /* our fault, or the machine's (disk full): exit 4 */
} CdErrorCode;

GQuark cd_error_quark (void);

/* The exit status that an error means; errors of other domains (GIO, GMarkup) count as internal. */
int cd_error_exit_code (const GError *error);
