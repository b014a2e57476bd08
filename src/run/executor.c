/* The table of executors. A further one is a file and a row here. */
#include "run/executor.h"
#include "base/text.h"

#include <string.h>

static const CdExecutor *const EXECUTORS[] = { &cd_executor_local, &cd_executor_slurm };

const CdExecutor *const *
cd_executors (guint *length)
{
  *length = G_N_ELEMENTS (EXECUTORS);
  return EXECUTORS;
}

const CdExecutor *
cd_executor_find (const char *name, GError **error)
{
  const char *names[G_N_ELEMENTS (EXECUTORS) + 1] = { NULL };
  for (gsize i = 0; i < G_N_ELEMENTS (EXECUTORS); i++) {
    if (strcmp (EXECUTORS[i]->name, name) == 0)
      return EXECUTORS[i];
    names[i] = EXECUTORS[i]->name;
  }
  g_autofree char *choices = cd_text_choices (name, names);
  g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "there is no executor \"%s\"%s", name, choices);
  return NULL;
}
