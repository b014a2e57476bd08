/* Datasets of training configurations, then and now: which one was put in another's place. What is reported of it is removed.c's. */
#include "audit/swapped.h"
#include "work/configurations.h"
#include "work/hub.h"
#include <string.h>

/* Hub ids that a configuration or launch script trains on: char* → line. */
static GHashTable *
datasets_of (const CdAudit *audit, const CdDocument *document)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < document->settings->len; i++) {
    const CdSetting *setting = g_ptr_array_index (document->settings, i);
    if ((setting->kind == CD_SETTING_CONFIG || setting->kind == CD_SETTING_ASSIGNMENT) && cd_configuration_names_dataset (setting->key)
        && cd_hub_is_id (setting->value) && !cd_snapshot_has (audit->snapshot, setting->value))
      g_hash_table_insert (ids, g_strdup (setting->value), GUINT_TO_POINTER (setting->line));
  }
  for (guint i = 0; i < document->commands->len; i++) {
    const CdCommand *command = g_ptr_array_index (document->commands, i);
    for (guint k = 0; !command->commented && command->argv[k] != NULL; k++) {
      const char *word = command->argv[k], *equals = strchr (word, '=');
      const char *value = equals != NULL ? equals + 1 : g_str_has_prefix (word, "--") ? command->argv[k + 1] : NULL;
      g_autofree char *option = g_strndup (word, equals != NULL ? (gsize) (equals - word) : strlen (word));
      const char *name = option + strspn (option, "-+");
      if (value != NULL && cd_configuration_names_dataset (name) && cd_hub_is_id (value) && !cd_snapshot_has (audit->snapshot, value))
        g_hash_table_insert (ids, g_strdup (value), GUINT_TO_POINTER (command->line));
    }
  }
  return ids;
}

gboolean
cd_swapped_is_training (const CdAudit *audit, guint document)
{
  for (guint i = 0; i < audit->work->configurations->len; i++) {
    const CdConfiguration *configuration = g_ptr_array_index (audit->work->configurations, i);
    if (configuration->document == document && configuration->anchored && configuration->dataset.line > 0)
      return TRUE;
  }
  return FALSE;
}

/* TRUE where any of the work's own files holds text today. */
static gboolean
is_written_today (const CdAudit *audit, const char *text)
{
  for (guint i = 0; i < audit->corpus->documents->len; i++) {
    const CdDocument *document = g_ptr_array_index (audit->corpus->documents, i);
    if (cd_scope_is_own (audit->scope, i) && memmem (document->text, document->length, text, strlen (text)) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* The first key of one that other lacks, by name; NULL none. Borrowed. */
static const char *
first_missing (GHashTable *one, GHashTable *other)
{
  GHashTableIter iter;
  gpointer id;
  const char *first = NULL;
  g_hash_table_iter_init (&iter, one);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (other, id) && (first == NULL || strcmp (id, first) < 0))
      first = id;
  return first;
}

gboolean
cd_swapped_find (const CdAudit *audit, guint today, const CdDocument *former, CdSwapped *swapped)
{
  *swapped = (CdSwapped){ 0 };
  if (!cd_swapped_is_training (audit, today))
    return FALSE;
  g_autoptr (GHashTable) now = datasets_of (audit, g_ptr_array_index (audit->corpus->documents, today)), then = datasets_of (audit, former);
  const char *gone = first_missing (then, now), *come = first_missing (now, then);
  if (gone == NULL || come == NULL || is_written_today (audit, gone))
    return FALSE;
  *swapped = (CdSwapped){ g_strdup (gone), g_strdup (come), GPOINTER_TO_UINT (g_hash_table_lookup (then, gone)) };
  return TRUE;
}
