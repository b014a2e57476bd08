/* Parts of a path are taken apart at '/', words at what is no letter or digit. */
#include "outputs/prediction-path.h"
#include "outputs/predictions.h"
#include <string.h>

#define PART_BYTES 256u

gint
cd_prediction_label_benchmark (const CdBenchmarks *benchmarks, const char *label)
{
  if (benchmarks == NULL || *label == '\0' || strlen (label) > PART_BYTES)
    return -1;
  gint found = cd_benchmarks_in_label (benchmarks, label, NULL);
  for (const char *at = label; found < 0; at++) {
    if (*at == '\0')
      break;
    if (!g_ascii_isalnum (*at))
      return -1;
  }
  if (found >= 0)
    return found;
  /* names that are ordinary words unless in capitals ("math", "drop") are names where they stand alone */
  g_autofree char *capitals = g_ascii_strup (label, -1);
  return cd_benchmarks_in_label (benchmarks, capitals, NULL);
}

/* The file's name without its ending, and the folders, innermost first. */
static GPtrArray *
parts_of (const char *path)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) split = g_strsplit (path, "/", -1);
  for (guint i = g_strv_length (split); i > 0; i--) {
    char *dot = parts->len == 0 ? strrchr (split[i - 1], '.') : NULL;
    if (dot != NULL)
      *dot = '\0';
    g_ptr_array_add (parts, g_strdup (split[i - 1]));
  }
  return parts;
}

gint
cd_prediction_path_benchmark (const CdBenchmarks *benchmarks, const char *path)
{
  g_autoptr (GPtrArray) parts = parts_of (path);
  gint found = -1;
  for (guint i = 0; i < parts->len && found < 0; i++)
    found = cd_prediction_label_benchmark (benchmarks, parts->pdata[i]);
  return found;
}

/* A word such as "7b", "1.5B", "500M". */
static gboolean
names_size (const char *part)
{
  for (const char *at = part; *at != '\0'; at++) {
    if (!g_ascii_isdigit (*at) || (at > part && (g_ascii_isalnum (at[-1]) || at[-1] == '.')))
      continue;
    while (g_ascii_isdigit (*at) || *at == '.')
      at++;
    if (strchr ("bBmM", *at) != NULL && *at != '\0' && !g_ascii_isalnum (at[1]))
      return TRUE;
    at--;
  }
  return FALSE;
}

char *
cd_prediction_path_model (const char *path)
{
  g_autoptr (GPtrArray) parts = parts_of (path);
  for (guint i = 0; i < parts->len; i++)
    if (names_size (parts->pdata[i]))
      return g_strdup (parts->pdata[i]);
  return NULL;
}

gint64
cd_prediction_path_number (const char *path, const char *word)
{
  gsize length = strlen (word);
  for (const char *at = path; (at = strstr (at, word)) != NULL; at += length) {
    const char *number = at + length;
    number += *number == '-' || *number == '_' || *number == '=' ? 1 : 0;
    if ((at == path || !g_ascii_isalnum (at[-1])) && g_ascii_isdigit (*number))
      return g_ascii_strtoll (number, NULL, 10);
  }
  return -1;
}

const char *
cd_prediction_language (const char *path)
{
  return g_str_has_suffix (path, ".json") ? "json" : g_str_has_suffix (path, ".csv") ? "csv" : g_str_has_suffix (path, ".tsv") ? "tsv" : "jsonl";
}
