/* Teachers out of the records: whom each taught, directly or through what works start from. Spellings of one model meet under one key. */
#include "site/site-parts.h"
#include "lineage/names.h"
#include <string.h>

#define MOST_FROM 32 /* models that one dataset or base is said to come from */

void
cd_site_teacher_free (gpointer data)
{
  CdSiteTeacher *teacher = data;
  g_free (teacher->key);
  g_free (teacher->name);
  g_free (teacher->file);
  g_array_unref (teacher->taught);
  g_array_unref (teacher->heirs);
  g_free (teacher);
}

/* What a name without letters and digits is told apart by is itself. Caller frees. */
static char *
key_of (const char *name)
{
  char *key = cd_names_key (name);
  if (*key != '\0')
    return key;
  g_free (key);
  return g_strdup (name);
}

const CdSiteTeacher *
cd_site_teacher (const CdSitePages *pages, const char *name)
{
  g_autofree char *key = key_of (name);
  return g_hash_table_lookup (pages->teacher_of, key);
}

static CdSiteTeacher *
meet (CdSitePages *pages, const char *name)
{
  CdSiteTeacher *teacher = (CdSiteTeacher *) cd_site_teacher (pages, name);
  if (teacher != NULL) {
    if (strcmp (name, teacher->name) < 0) {
      g_free (teacher->name);
      teacher->name = g_strdup (name);
    }
    return teacher;
  }
  teacher = g_new0 (CdSiteTeacher, 1);
  teacher->key = key_of (name);
  teacher->name = g_strdup (name);
  teacher->taught = g_array_new (FALSE, FALSE, sizeof (CdSiteTaught));
  teacher->heirs = g_array_new (FALSE, FALSE, sizeof (CdSiteHeir));
  g_ptr_array_add (pages->teachers, teacher);
  g_hash_table_insert (pages->teacher_of, teacher->key, teacher);
  return teacher;
}

static void
gather_work (CdSitePages *pages, const CdSiteWork *work)
{
  for (guint i = 0; i < work->record->teachers->len; i++) {
    CdSiteTaught taught = { .work = work, .teacher = work->record->teachers->pdata[i] };
    CdSiteTeacher *teacher = meet (pages, taught.teacher->model);
    teacher->provider = teacher->provider != NULL ? teacher->provider : taught.teacher->provider;
    g_array_append_val (teacher->taught, taught);
  }
  const cJSON *item = NULL;
  cJSON_ArrayForEach (item, cd_record_part (work->record, "distillation.inherited"))
  {
    const char *from = cd_record_string (item, "from");
    g_auto (GStrv) names = g_strsplit (from != NULL ? from : "", ", ", MOST_FROM);
    CdSiteHeir heir = { .work = work, .inherited = item };
    for (char **name = names; *name != NULL; name++)
      if (**name != '\0')
        g_array_append_val (meet (pages, *name)->heirs, heir);
  }
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const CdSiteTeacher *const *x = a, *const *y = b;
  return strcmp ((*x)->key, (*y)->key);
}

static guint
certain_works (const CdSiteTeacher *teacher)
{
  return teacher->of[CD_SITE_TOLD] + teacher->of[CD_SITE_TOLD_BESIDE] + teacher->of[CD_SITE_TOLD_NOWHERE];
}

static int
compare_works (gconstpointer a, gconstpointer b)
{
  const CdSiteTeacher *x = *(const CdSiteTeacher *const *) a, *y = *(const CdSiteTeacher *const *) b;
  const guint of_x[] = { certain_works (x), x->all, x->of[CD_SITE_TOLD_LEAD] }, of_y[] = { certain_works (y), y->all, y->of[CD_SITE_TOLD_LEAD] };
  for (guint i = 0; i < G_N_ELEMENTS (of_x); i++)
    if (of_x[i] != of_y[i])
      return of_x[i] > of_y[i] ? -1 : 1;
  return strcmp (x->file, y->file);
}

/* A work that calls a model by several names, or tells of it in some of its parts only, counts once, by what it does not tell; leads count where there is
 * nothing else. */
static void
count (CdSiteTeacher *teacher)
{
  g_autoptr (GHashTable) direct = g_hash_table_new (NULL, NULL), heirs = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < teacher->taught->len; i++) {
    const CdSiteTaught *taught = &g_array_index (teacher->taught, CdSiteTaught, i);
    guint known = GPOINTER_TO_UINT (g_hash_table_lookup (direct, taught->work)), told = cd_site_told (taught->teacher);
    g_hash_table_insert (direct, (gpointer) taught->work, GUINT_TO_POINTER (MAX (known, told)));
  }
  for (guint i = 0; i < teacher->heirs->len; i++)
    teacher->inherited += g_hash_table_add (heirs, (gpointer) g_array_index (teacher->heirs, CdSiteHeir, i).work) ? 1 : 0;
  teacher->all = teacher->inherited;
  GHashTableIter iterator;
  gpointer work = NULL, told = NULL;
  for (g_hash_table_iter_init (&iterator, direct); g_hash_table_iter_next (&iterator, &work, &told);) {
    teacher->of[GPOINTER_TO_UINT (told)]++;
    teacher->all += GPOINTER_TO_UINT (told) != CD_SITE_TOLD_LEAD && !g_hash_table_contains (heirs, work) ? 1 : 0;
  }
}

/* Facts of a known model, and a file: the knowledge's id where there is one, so that pages keep their names when works come and go. */
static void
settle (const CdSitePages *pages, CdSiteTeacher *teacher, CdPageNames *taken)
{
  teacher->known = cd_knowledge_find (pages->knowledge, CD_KNOWN_MODEL, teacher->name);
  const CdKnown *known = teacher->known >= 0 ? cd_knowledge_at (pages->knowledge, (guint) teacher->known) : NULL;
  if (known != NULL) {
    g_free (teacher->name);
    teacher->name = g_strdup (known->name);
    teacher->provider = known->maker != NULL ? known->maker : teacher->provider;
  }
  g_autofree char *lower = g_ascii_strdown (known != NULL ? known->id : teacher->name, -1), *name = cd_page_name (taken, lower);
  teacher->file = g_strdup_printf ("teachers/%s.html", name);
  const char *words = cd_record_model_words (teacher->name);
  if (words != teacher->name) {
    g_free (teacher->name);
    teacher->name = g_strdup (words);
  }
  count (teacher);
}

void
cd_site_gather_teachers (CdSitePages *pages)
{
  g_autoptr (CdPageNames) taken = cd_page_names_new ();
  for (guint i = 0; i < pages->works->len; i++) {
    const CdSiteWork *work = pages->works->pdata[i];
    if (work->record != NULL)
      gather_work (pages, work);
  }
  g_ptr_array_sort (pages->teachers, compare_keys);
  for (guint i = 0; i < pages->teachers->len; i++)
    settle (pages, pages->teachers->pdata[i], taken);
  g_ptr_array_sort (pages->teachers, compare_works);
}
