/* Whether others can run the commands, then and now. A command is the same one where its file and its words are: lines that moved are no change. */
#include "difference/sides.h"
#include <string.h>

#define WORKS 1u

static const char *const purposes[] = { "training", "evaluation" };

/* The words of a command between single spaces, without a prompt. Caller frees. */
static char *
plain_command (const char *text)
{
  GString *plain = g_string_sized_new (strlen (text));
  gboolean gap = FALSE;
  for (const char *at = g_str_has_prefix (text, "$ ") ? text + 2 : text; *at != '\0'; at++) {
    gboolean space = g_ascii_isspace (*at);
    if (!space && gap && plain->len > 0)
      g_string_append_c (plain, ' ');
    if (!space)
      g_string_append_c (plain, *at);
    gap = space;
  }
  return g_string_free (plain, FALSE);
}

/* "broken, missing-file: scripts/train.sh". */
static char *
status_of (const cJSON *command)
{
  const char *status = cd_record_string (command, "status");
  GString *words = g_string_new (status != NULL ? status : "unknown");
  const cJSON *problems = cJSON_GetObjectItemCaseSensitive (command, "problems"), *problem = problems != NULL ? problems->child : NULL;
  const char *code = cd_record_string (problem, "code"), *what = cd_record_string (problem, "what");
  if (code != NULL)
    g_string_append_printf (words, ", %s", code);
  if (code != NULL && what != NULL)
    g_string_append_printf (words, ": %s", what);
  return g_string_free (words, FALSE);
}

/* FALSE for an audit that was published without the repository's text. */
static gboolean
has_texts (const CdRecord *record)
{
  for (guint i = 0; i < G_N_ELEMENTS (purposes); i++) {
    g_autofree char *keys = g_strconcat ("commands.", purposes[i], NULL);
    const cJSON *command = NULL;
    cJSON_ArrayForEach (command, cd_record_part (record, keys)) if (cd_record_string (command, "command") == NULL) return FALSE;
  }
  return TRUE;
}

static void
add_commands (GPtrArray *items, const CdRecord *record, const char *purpose, gboolean texts)
{
  g_autofree char *keys = g_strconcat ("commands.", purpose, NULL);
  const cJSON *command = NULL;
  cJSON_ArrayForEach (command, cd_record_part (record, keys))
  {
    const char *text = cd_record_string (command, "command");
    g_autofree char *words = text != NULL ? plain_command (text) : NULL;
    CdRecordPlace where = cd_record_place (command);
    char *what = words != NULL ? g_strdup (words) : g_strdup_printf ("a command for %s", purpose);
    CdItem *item = cd_items_add (items, cd_item_key (where.path, texts ? words : purpose, CD_KEY_END), what, status_of (command), where);
    item->holds = g_strcmp0 (cd_record_string (command, "status"), "broken") == 0 ? 0 : WORKS;
  }
}

static GPtrArray *
commands_of (const CdRecord *record, gboolean texts)
{
  GPtrArray *items = cd_items_new ();
  for (guint i = 0; i < G_N_ELEMENTS (purposes); i++)
    add_commands (items, record, purposes[i], texts);
  return items;
}

/* A broken command that was only worded anew is no worse: of one file, each broken one that is gone makes up for one that is new. */
static void
forgive_reworded (const GPtrArray *before, GPtrArray *after)
{
  g_autoptr (GHashTable) gone = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < before->len; i++) {
    const CdItem *item = before->pdata[i];
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (gone, item->where.path));
    if (item->other == NULL && item->holds == 0)
      g_hash_table_insert (gone, (gpointer) item->where.path, GUINT_TO_POINTER (count + 1));
  }
  for (guint i = 0; i < after->len; i++) {
    CdItem *item = after->pdata[i];
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (gone, item->where.path));
    if (item->other != NULL || item->holds != 0 || count == 0)
      continue;
    item->holds = WORKS;
    g_hash_table_insert (gone, (gpointer) item->where.path, GUINT_TO_POINTER (count - 1));
  }
}

void
cd_difference_commands (CdDifference *difference)
{
  gboolean texts = has_texts (difference->before) && has_texts (difference->after);
  g_autoptr (GPtrArray) before = commands_of (difference->before, texts), after = commands_of (difference->after, texts);
  cd_items_pair (before, after);
  forgive_reworded (before, after);
  cd_items_tell (difference, CD_CHANGED_COMMAND, before, after, WORKS);
}
