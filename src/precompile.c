/* Part of the build: compiles the signals of a rules directory into the file that is embedded beside the rules (see Makefile). */
#include "signals/signals.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CdData) data = argc == 3 ? cd_data_new (argv[1], &error) : NULL;
  if (data != NULL && cd_signals_precompile (data, argv[2], &error))
    return 0;
  g_printerr ("%s\n", error != NULL ? error->message : "usage: precompile RULES FILE");
  return 1;
}
