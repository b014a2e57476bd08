/* Part of the build: makes what is embedded beside the rules (see Makefile), the compiled signals of a rules directory and the trees of YAML files. */
#include "signals/signals.h"
#include <string.h>

static gboolean
store_tree (const char *source, const char *target, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  if (!g_file_get_contents (source, &text, &length, error))
    return FALSE;
  g_autoptr (CdYaml) yaml = cd_yaml_parse (source, text, length, error);
  g_autoptr (GBytes) stored = yaml != NULL ? cd_yaml_store (yaml) : NULL;
  gsize size = 0;
  const char *bytes = stored != NULL ? g_bytes_get_data (stored, &size) : NULL;
  return stored != NULL && g_file_set_contents (target, bytes, (gssize) size, error);
}

static gboolean
store_signals (const char *rules, const char *target, GError **error)
{
  g_autoptr (CdData) data = cd_data_new (rules, error);
  return data != NULL && cd_signals_precompile (data, target, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  if (argc == 4 && strcmp (argv[1], "tree") == 0 && store_tree (argv[2], argv[3], &error))
    return 0;
  if (argc == 4 && strcmp (argv[1], "signals") == 0 && store_signals (argv[2], argv[3], &error))
    return 0;
  g_printerr ("%s\n", error != NULL ? error->message : "usage: precompile signals RULES FILE | precompile tree YAML FILE");
  return 1;
}
