/* The program's error domain and what its codes mean to a shell.
 * Printing is left to cli/main.c, wording to whoever knows the fact. */
#include "base/error.h"

G_DEFINE_QUARK (cd - error - quark, cd_error)

int
cd_error_exit_code (const GError *error)
{
  static const int codes[] = {
    [CD_ERROR_USAGE] = 2, [CD_ERROR_INPUT] = 2, [CD_ERROR_REPOSITORY] = 3, [CD_ERROR_NETWORK] = 3, [CD_ERROR_INTERNAL] = 4,
  };

  if (error->domain != CD_ERROR || error->code < 0 || (gsize) error->code >= G_N_ELEMENTS (codes))
    return codes[CD_ERROR_INTERNAL];
  return codes[error->code];
}
