/* A check as every format shows it: its rule, what identifies it from run to run, where it stands, its texts made safe to print. */
#include "report/gate-check.h"
#include "base/text.h"
#include <string.h>

#define README "README.md"

char *
cd_check_family (const CdCheck *check)
{
  return g_strndup (check->id, strcspn (check->id, "/"));
}

char *
cd_check_rule (const CdCheck *check)
{
  g_autofree char *family = cd_check_family (check);
  g_autofree char *rule = cd_check_shown (check->rule != NULL ? check->rule : "");
  return *rule == '\0' || strcmp (rule, family) == 0 ? g_steal_pointer (&family) : g_strconcat (family, "/", rule, NULL);
}

static const cJSON *
command_at (const CdRecord *record, const CdRecordPlace *place)
{
  static const char *const purposes[] = { "commands.training", "commands.evaluation" };
  for (guint i = 0; i < G_N_ELEMENTS (purposes); i++) {
    const cJSON *command = NULL;
    cJSON_ArrayForEach (command, cd_record_part (record, purposes[i]))
    {
      CdRecordPlace at = cd_record_place (command);
      if (at.line == place->line && strcmp (at.path, place->path) == 0)
        return command;
    }
  }
  return NULL;
}

/* A check's id says it all, except for commands: those are known by their file and words, whatever their line. */
static char *
key_of (const CdGate *gate, const CdCheck *check)
{
  const CdRecord *record = check->gone ? gate->base : gate->record;
  g_autofree char *family = cd_check_family (check);
  if (strcmp (family, "command") != 0 || record == NULL || check->places->len == 0)
    return g_strdup (check->id);
  const CdRecordPlace *place = &g_array_index (check->places, CdRecordPlace, 0);
  const char *text = cd_record_string (command_at (record, place), "command");
  return text == NULL ? g_strdup (check->id) : g_strdup_printf ("command/%s/%s", place->path, text);
}

GPtrArray *
cd_check_fingerprints (const CdGate *gate)
{
  GPtrArray *fingerprints = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < gate->checks->len; i++) {
    char *key = key_of (gate, gate->checks->pdata[i]);
    guint before = GPOINTER_TO_UINT (g_hash_table_lookup (seen, key));
    g_autofree char *told = g_strdup_printf ("%s\n%s\n%u", gate->record->subdir, key, before);
    g_ptr_array_add (fingerprints, g_compute_checksum_for_string (G_CHECKSUM_SHA256, told, -1));
    g_hash_table_insert (seen, key, GUINT_TO_POINTER (before + 1));
  }
  return fingerprints;
}

/* Lines of these are lines of the text that was extracted from them. */
static gboolean
has_lines (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);
  return !g_str_has_suffix (lower, ".pdf") && !g_str_has_suffix (lower, ".ipynb");
}

/* The README that evidence of any verdict names, nearest to the root of what was audited; NULL where none does. Borrowed. */
static const char *
known_readme (const CdRecord *record)
{
  g_autofree char *folder = *record->subdir == '\0' ? g_strdup ("") : g_strconcat (record->subdir, "/", NULL);
  for (guint i = 0; i < record->verdicts->len; i++) {
    const CdRecordVerdict *verdict = record->verdicts->pdata[i];
    for (guint k = 0; k < verdict->evidence->len; k++) {
      const char *path = g_array_index (verdict->evidence, CdRecordPlace, k).path;
      const char *name = g_str_has_prefix (path, folder) ? path + strlen (folder) : "/";
      if (g_ascii_strncasecmp (name, "readme", strlen ("readme")) == 0 && strchr (name, '/') == NULL)
        return path;
    }
  }
  return NULL;
}

CdRecordPlace
cd_check_place (const CdGate *gate, const CdCheck *check, gboolean *stated)
{
  for (guint i = 0; i < check->places->len; i++) {
    CdRecordPlace place = g_array_index (check->places, CdRecordPlace, i);
    if (*place.path == '\0')
      continue;
    *stated = TRUE;
    if (!has_lines (place.path))
      place.line = place.end = 0;
    return place;
  }
  *stated = FALSE;
  const char *manifest = gate->record->manifest, *readme = known_readme (gate->record);
  return (CdRecordPlace){ .path = manifest != NULL ? manifest : readme != NULL ? readme : README };
}

char *
cd_check_shown (const char *text)
{
  g_autofree char *printable = cd_text_printable (text);
  if (strlen (printable) <= CD_CHECK_TEXT)
    return g_steal_pointer (&printable);
  const char *end = g_utf8_find_prev_char (printable, printable + CD_CHECK_TEXT);
  g_autofree char *cut = g_strndup (printable, (gsize) (end - printable));
  return g_strconcat (cut, "…", NULL);
}

char *
cd_check_what (const CdCheck *check)
{
  return cd_check_shown (check->what);
}

char *
cd_check_fix (const CdCheck *check)
{
  return check->fix != NULL ? cd_check_shown (check->fix) : NULL;
}

char *
cd_check_why (const CdCheck *check)
{
  return check->why != NULL ? cd_check_shown (check->why) : NULL;
}

char *
cd_check_excuse (const CdCheck *check)
{
  if (check->exception == NULL)
    return NULL;
  g_autofree char *reason = cd_check_shown (check->exception->reason);
  return check->outcome == CD_OUTCOME_EXCEPTED ? g_strdup_printf ("excepted until %s: %s", check->exception->until, reason)
                                               : g_strdup_printf ("its exception ran out on %s: %s", check->exception->until, reason);
}

const CdRecordVerdict *
cd_check_verdict (const CdGate *gate, const CdCheck *check)
{
  return check->rule != NULL ? cd_record_verdict (gate->record, check->rule) : NULL;
}
