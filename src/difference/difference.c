/* Sets two audits side by side: rules, works and verdicts here, every kind of other change in a file of its own. How it is shown is left to report/. */
#include "difference/difference.h"
#include "difference/sides.h"
#include <string.h>

static const struct {
  const char *name;
  void (*gather) (CdDifference *difference);
} kinds[CD_CHANGED_KINDS] = {
  [CD_CHANGED_LABEL] = { "label", cd_difference_label },        [CD_CHANGED_TEACHER] = { "teacher", cd_difference_teachers },
  [CD_CHANGED_CLAIM] = { "claim", cd_difference_claims },       [CD_CHANGED_REPRODUCTION] = { "reproduction", cd_difference_reproductions },
  [CD_CHANGED_COMMAND] = { "command", cd_difference_commands }, [CD_CHANGED_DATASET] = { "dataset", cd_difference_datasets },
  [CD_CHANGED_WEIGHTS] = { "weights", cd_difference_weights },  [CD_CHANGED_RISK] = { "risk", cd_difference_risks },
};

const char *
cd_changed_kind_name (CdChangedKind kind)
{
  return kinds[kind].name;
}

static void
free_change (gpointer data)
{
  CdChange *change = data;
  g_free (change->what);
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

static gboolean
have_same_rules (const CdRecord *before, const CdRecord *after)
{
  return g_str_equal (before->tool_version, after->tool_version) && g_str_equal (before->rubric, after->rubric)
         && g_str_equal (before->rubric_version, after->rubric_version) && g_str_equal (before->rubric_sha256, after->rubric_sha256)
         && g_str_equal (before->knowledge_sha256, after->knowledge_sha256);
}

/* "github.com/owner/name" of any way to write a remote: with a scheme, with a user, as "git@github.com:owner/name.git". Caller frees. */
static char *
plain_remote (const char *remote)
{
  const char *scheme = strstr (remote, "://");
  g_autofree char *plain = g_ascii_strdown (scheme != NULL ? scheme + strlen ("://") : remote, -1);
  const char *user = strchr (plain, '@');
  const char *host = user != NULL && strcspn (plain, "/") > (gsize) (user - plain) ? user + 1 : plain;
  char *named = g_strdup (host);
  if (scheme == NULL)
    g_strdelimit (named, ":", '/');
  gsize length = strlen (named);
  while (length > 0 && named[length - 1] == '/')
    named[--length] = '\0';
  if (g_str_has_suffix (named, ".git"))
    named[length - strlen (".git")] = '\0';
  return named;
}

static gboolean
are_two_works (const CdRecord *before, const CdRecord *after)
{
  if (!g_str_equal (before->subdir, after->subdir))
    return TRUE;
  if (before->remote == NULL || after->remote == NULL)
    return FALSE;
  g_autofree char *first = plain_remote (before->remote), *second = plain_remote (after->remote);
  return !g_str_equal (first, second);
}

/* Verdicts by id; the first of each. */
static GHashTable *
verdicts_of (const CdRecord *record)
{
  GHashTable *verdicts = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < record->verdicts->len; i++) {
    CdRecordVerdict *verdict = record->verdicts->pdata[i];
    if (!g_hash_table_contains (verdicts, verdict->id))
      g_hash_table_insert (verdicts, (gpointer) verdict->id, verdict);
  }
  return verdicts;
}

static void
add_verdict (CdDifference *difference, const CdRecordVerdict *before, const CdRecordVerdict *after)
{
  const CdVerdictChange change = { before, after };
  gboolean was = before != NULL && before->yes, is = after != NULL && after->yes;
  GArray *list = NULL;
  if (was != is)
    list = is ? difference->gained : difference->lost;
  else if (before != NULL && after != NULL && before->settled != after->settled)
    list = after->settled ? difference->settled : difference->unsettled;
  if (list != NULL)
    g_array_append_val (list, change);
}

static void
compare_verdicts (CdDifference *difference)
{
  g_autoptr (GHashTable) before = verdicts_of (difference->before), after = verdicts_of (difference->after);
  for (guint i = 0; i < difference->after->verdicts->len; i++) {
    const CdRecordVerdict *verdict = difference->after->verdicts->pdata[i];
    if (g_hash_table_lookup (after, verdict->id) == verdict)
      add_verdict (difference, g_hash_table_lookup (before, verdict->id), verdict);
  }
  for (guint i = 0; i < difference->before->verdicts->len; i++) {
    const CdRecordVerdict *verdict = difference->before->verdicts->pdata[i];
    if (g_hash_table_lookup (before, verdict->id) == verdict && !g_hash_table_contains (after, verdict->id))
      add_verdict (difference, verdict, NULL);
  }
}

CdDifference *
cd_difference_new (const CdRecord *before, const CdRecord *after)
{
  CdDifference *difference = g_new0 (CdDifference, 1);
  GArray **lists[] = { &difference->gained, &difference->lost, &difference->settled, &difference->unsettled };
  difference->before = before;
  difference->after = after;
  difference->same_rules = have_same_rules (before, after);
  difference->two_works = are_two_works (before, after);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    *lists[i] = g_array_new (FALSE, FALSE, sizeof (CdVerdictChange));
  difference->changes = g_ptr_array_new_with_free_func (free_change);
  compare_verdicts (difference);
  for (guint kind = 0; kind < CD_CHANGED_KINDS; kind++)
    kinds[kind].gather (difference);
  return difference;
}

void
cd_difference_free (CdDifference *difference)
{
  if (difference == NULL)
    return;
  g_array_unref (difference->gained);
  g_array_unref (difference->lost);
  g_array_unref (difference->settled);
  g_array_unref (difference->unsettled);
  g_ptr_array_unref (difference->changes);
  g_free (difference);
}

static gboolean
have_same_score (const CdRecord *before, const CdRecord *after)
{
  gboolean same = before->total == after->total && before->of == after->of && before->likely[0] == after->likely[0]
                  && before->likely[1] == after->likely[1] && before->dimensions->len == after->dimensions->len;
  for (guint i = 0; same && i < after->dimensions->len; i++) {
    const CdRecordDimension *first = &g_array_index (before->dimensions, CdRecordDimension, i);
    const CdRecordDimension *second = &g_array_index (after->dimensions, CdRecordDimension, i);
    same = g_str_equal (first->id, second->id) && first->points == second->points && first->of == second->of;
  }
  return same;
}

gboolean
cd_difference_is_empty (const CdDifference *difference)
{
  return difference->gained->len + difference->lost->len + difference->settled->len + difference->unsettled->len + difference->changes->len == 0
         && have_same_score (difference->before, difference->after);
}
