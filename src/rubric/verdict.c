/* A verdict as a thing: copied and freed. */
#include "rubric/rubric.h"

static gpointer
copy_text (gconstpointer text, gpointer data)
{
  (void) data;
  return g_strdup (text);
}

CdVerdict *
cd_verdict_copy (const CdVerdict *verdict)
{
  CdVerdict *copy = g_new (CdVerdict, 1);
  *copy = *verdict;
  copy->why = g_strdup (verdict->why);
  copy->evidence = g_array_copy (verdict->evidence);
  copy->candidates = g_array_copy (verdict->candidates);
  copy->missing = g_ptr_array_copy (verdict->missing, (GCopyFunc) copy_text, NULL);
  copy->opinions = NULL;
  return copy;
}

void
cd_verdict_free (CdVerdict *verdict)
{
  if (verdict == NULL)
    return;
  g_free (verdict->why);
  g_array_unref (verdict->evidence);
  g_array_unref (verdict->candidates);
  g_ptr_array_unref (verdict->missing);
  g_clear_pointer (&verdict->opinions, g_ptr_array_unref);
  g_free (verdict);
}
