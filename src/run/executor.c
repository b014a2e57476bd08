/* The table of executors. A further one is a file and a row here. */
#include "run/executor.h"

#include <string.h>

static const CdExecutor *const EXECUTORS[] = { &cd_executor_local, &cd_executor_slurm };

const CdExecutor *
cd_executor_find (const char *name, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (EXECUTORS); i++) {
    if (strcmp (EXECUTORS[i]->name, name) == 0)
      return EXECUTORS[i];
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", EXECUTORS[i]->name);
  }
  g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "there is no executor \"%s\"; there is: %s", name, names->str);
  return NULL;
}
