/* What the pages say, out of the rows: works with the places that they may have, criteria with who earns them, the rules behind. Teachers are teachers.c's. */
#include "site/site-parts.h"
#include "base/forge.h"
#include <math.h>
#include <string.h>

static const char *const conclusions[CD_SITE_CONCLUSIONS] = { "reproduced", "compatible", "selected", "not-reproduced", "not-run" };

const char *
cd_site_conclusion_name (CdSiteConclusion conclusion)
{
  return conclusions[conclusion];
}

static void
free_work (gpointer data)
{
  CdSiteWork *work = data;
  g_free (work->file);
  g_free (work->home);
  g_free (work);
}

static void
free_criterion (gpointer data)
{
  CdSiteCriterion *criterion = data;
  g_free (criterion->file);
  g_array_unref (criterion->answers);
  g_free (criterion);
}

void
cd_site_pages_free (CdSitePages *pages)
{
  if (pages == NULL)
    return;
  g_clear_pointer (&pages->works, g_ptr_array_unref);
  g_clear_pointer (&pages->criteria, g_ptr_array_unref);
  g_clear_pointer (&pages->teacher_of, g_hash_table_unref);
  g_clear_pointer (&pages->teachers, g_ptr_array_unref);
  g_clear_pointer (&pages->rubric, cd_rubric_free);
  g_clear_pointer (&pages->probes, cd_probes_free);
  g_clear_pointer (&pages->signals, cd_signals_free);
  g_clear_pointer (&pages->knowledge, cd_knowledge_free);
  g_free (pages);
}

/* What was obtained for each claim; the strongest way stands first, and others of the same claim behind it. */
static void
count_claims (CdSiteWork *work)
{
  const cJSON *item = NULL, *claims = cd_record_part (work->record, "claims");
  work->claims = (guint) MAX (cJSON_GetArraySize (claims), 0);
  double last = -1;
  cJSON_ArrayForEach (item, cd_record_part (work->record, "reproductions"))
  {
    double claim = cd_record_number (item, "claim", -1);
    const char *conclusion = cd_record_string (item, "conclusion");
    if (claim < 0 || claim <= last || conclusion == NULL)
      continue;
    last = claim;
    for (guint i = 0; i < CD_SITE_CONCLUSIONS; i++)
      work->conclusions[i] += g_str_equal (conclusion, conclusions[i]) ? 1 : 0;
    work->checked += g_str_equal (conclusion, conclusions[CD_SITE_NOT_RUN]) ? 0 : 1;
  }
}

static CdSiteWork *
gather_work (const CdLeaderboardRow *row)
{
  CdSiteWork *work = g_new0 (CdSiteWork, 1);
  work->row = row;
  work->name = row->work->name;
  work->address = g_str_has_prefix (row->work->repository, "https://") ? row->work->repository : NULL;
  if (row->record == NULL)
    return work;
  work->view = *row->record;
  work->record = &work->view;
  work->view.remote = work->view.remote != NULL ? work->view.remote : work->address;
  work->address
      = work->address != NULL || work->view.remote == NULL || !g_str_has_prefix (work->view.remote, "https://") ? work->address : work->view.remote;
  work->file = g_strdup_printf ("works/%s.html", row->work->page);
  work->home = cd_forge_commit (work->view.remote, work->view.commit);
  count_claims (work);
  for (guint i = 0; i < work->record->teachers->len; i++)
    work->leads += cd_site_told (work->record->teachers->pdata[i]) == CD_SITE_TOLD_LEAD ? 1 : 0;
  return work;
}

char *
cd_site_failure (const CdSiteWork *work)
{
  if (work->record != NULL)
    return NULL;
  const char *failure = work->row->failure != NULL ? work->row->failure : "no audit";
  g_autoptr (GString) text = g_string_new (failure);
  if (work->address == NULL && strlen (work->row->work->repository) > 1)
    g_string_replace (text, work->row->work->repository, "the repository", 0);
  return g_strdup (text->str);
}

char *
cd_site_audit_file (const CdSiteWork *work)
{
  return g_strdup_printf ("data/audits/%s.json", work->row->work->page);
}

static int
compare_bounds (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;
  return x < y ? -1 : x > y;
}

/* How many of sorted bounds are below a figure. */
static guint
below (const GArray *bounds, guint figure)
{
  guint from = 0, to = bounds->len;
  while (from < to) {
    guint middle = from + (to - from) / 2;
    if (g_array_index (bounds, guint, middle) < figure)
      from = middle + 1;
    else
      to = middle;
  }
  return from;
}

/* A work is surely behind those whose whole range is above its own, and surely before those whose range is below it. */
static void
place_works (CdSitePages *pages)
{
  g_autoptr (GArray) lows = g_array_new (FALSE, FALSE, sizeof (guint)), highs = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < pages->works->len; i++) {
    const CdSiteWork *work = pages->works->pdata[i];
    if (work->record == NULL)
      continue;
    g_array_append_val (lows, work->record->likely[0]);
    g_array_append_val (highs, work->record->likely[1]);
  }
  g_array_sort (lows, compare_bounds);
  g_array_sort (highs, compare_bounds);
  pages->ranked = lows->len;
  pages->pairs = (guint64) lows->len * (lows->len > 0 ? lows->len - 1 : 0) / 2;
  for (guint i = 0; i < pages->works->len; i++) {
    CdSiteWork *work = pages->works->pdata[i];
    if (work->record == NULL)
      continue;
    guint behind = below (highs, work->record->likely[0]);
    work->best = 1 + lows->len - below (lows, work->record->likely[1] + 1);
    work->worst = highs->len - behind;
    pages->apart += behind;
  }
}

static gboolean
load_rules (CdSitePages *pages, GError **error)
{
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "candor", NULL);
  const CdData *data = pages->options->data;
  pages->knowledge = cd_knowledge_load (data, error);
  if (pages->knowledge == NULL)
    return FALSE;
  if (pages->first == NULL)
    return TRUE;
  pages->signals = cd_signals_load (data, cache, error);
  pages->probes = pages->signals != NULL ? cd_probes_load (data, pages->signals, error) : NULL;
  if (pages->probes == NULL)
    return FALSE;
  pages->rubric = cd_rubric_load (data, pages->first->rubric, pages->probes, NULL);
  if (pages->rubric != NULL && !g_str_equal (cd_rubric_sha256 (pages->rubric), pages->first->rubric_sha256))
    g_clear_pointer (&pages->rubric, cd_rubric_free);
  return TRUE;
}

static const CdCriterion *
find_rule (const CdSitePages *pages, const char *id)
{
  for (guint i = 0; pages->rubric != NULL && i < cd_rubric_length (pages->rubric); i++)
    if (g_str_equal (cd_rubric_criterion (pages->rubric, i)->id, id))
      return cd_rubric_criterion (pages->rubric, i);
  return NULL;
}

/* The name of the dimension that a criterion's id begins with. */
static const char *
dimension_of (const CdRecord *record, const char *id)
{
  for (guint i = 0; i < record->dimensions->len; i++) {
    const CdRecordDimension *dimension = &g_array_index (record->dimensions, CdRecordDimension, i);
    gsize length = strlen (dimension->id);
    if (strncmp (id, dimension->id, length) == 0 && id[length] == '.')
      return dimension->name;
  }
  return "";
}

static CdSiteCriterion *
add_criterion (CdSitePages *pages, GHashTable *known, CdPageNames *taken, const CdRecord *record, const CdRecordVerdict *verdict)
{
  CdSiteCriterion *criterion = g_new0 (CdSiteCriterion, 1);
  g_autofree char *name = cd_page_name (taken, verdict->id);
  criterion->id = verdict->id;
  criterion->question = verdict->question;
  criterion->points = verdict->of;
  criterion->rule = find_rule (pages, verdict->id);
  criterion->dimension
      = criterion->rule != NULL ? cd_rubric_dimension (pages->rubric, criterion->rule->dimension)->name : dimension_of (record, verdict->id);
  criterion->file = g_strdup_printf ("criteria/%s.html", name);
  criterion->answers = g_array_new (FALSE, FALSE, sizeof (CdSiteAnswer));
  g_ptr_array_add (pages->criteria, criterion);
  g_hash_table_insert (known, (gpointer) verdict->id, criterion);
  return criterion;
}

static void
add_answer (CdSiteCriterion *criterion, const CdSiteWork *work, const CdRecordVerdict *verdict)
{
  double certainty = CLAMP (verdict->certainty, 0, 1);
  CdSiteAnswer answer = { .work = work, .verdict = verdict };
  g_array_append_val (criterion->answers, answer);
  criterion->yes += verdict->yes ? 1 : 0;
  criterion->settled += verdict->settled ? 1 : 0;
  criterion->expected += verdict->yes ? certainty : 1 - certainty;
  criterion->spread += certainty * (1 - certainty);
}

static void
gather_criteria (CdSitePages *pages)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (CdPageNames) taken = cd_page_names_new ();
  for (guint i = 0; i < pages->works->len; i++) {
    const CdSiteWork *work = pages->works->pdata[i];
    for (guint k = 0; work->record != NULL && k < work->record->verdicts->len; k++) {
      const CdRecordVerdict *verdict = work->record->verdicts->pdata[k];
      CdSiteCriterion *criterion = g_hash_table_lookup (known, verdict->id);
      add_answer (criterion != NULL ? criterion : add_criterion (pages, known, taken, work->record, verdict), work, verdict);
    }
  }
  for (guint i = 0; i < pages->criteria->len; i++) {
    CdSiteCriterion *criterion = pages->criteria->pdata[i];
    criterion->spread = sqrt (criterion->spread);
  }
}

CdSitePages *
cd_site_gather (const CdLeaderboard *leaderboard, const CdSiteOptions *options, GError **error)
{
  g_autoptr (CdSitePages) pages = g_new0 (CdSitePages, 1);
  pages->leaderboard = leaderboard;
  pages->options = options;
  pages->works = g_ptr_array_new_with_free_func (free_work);
  pages->criteria = g_ptr_array_new_with_free_func (free_criterion);
  pages->teachers = g_ptr_array_new_with_free_func (cd_site_teacher_free);
  pages->teacher_of = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < leaderboard->rows->len; i++) {
    CdSiteWork *work = gather_work (leaderboard->rows->pdata[i]);
    g_ptr_array_add (pages->works, work);
    pages->first = pages->first != NULL ? pages->first : work->record;
  }
  if (!load_rules (pages, error))
    return NULL;
  place_works (pages);
  gather_criteria (pages);
  cd_site_gather_teachers (pages);
  return g_steal_pointer (&pages);
}
