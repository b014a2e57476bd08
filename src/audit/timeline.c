/* Which commits stand for the time of a work, and their audits in order of age. Neighbours share documents and hits, so that a file is parsed and
 * scanned once for all points between which it stays the same; of two audits at a time no more than what differs is held. */
#include "audit/timeline.h"
#include "audit/steps.h"
#include <string.h>

void
cd_timeline_point_free (CdTimelinePoint *point)
{
  if (point == NULL)
    return;
  g_free (point->tag);
  g_free (point->yes);
  g_clear_pointer (&point->dimensions, g_array_unref);
  g_clear_pointer (&point->gained, g_ptr_array_unref);
  g_clear_pointer (&point->lost, g_ptr_array_unref);
  g_free (point);
}

gboolean
cd_timeline_parse (const char *text, CdTimelineOptions *options, GError **error)
{
  guint64 commits = 0;
  *options = (CdTimelineOptions){ .tags = strcmp (text, "tags") == 0 };
  if (options->tags || strcmp (text, "auto") == 0)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 2, CD_TIMELINE_MOST, &commits, NULL)) {
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "--history takes \"tags\" or a number of commits from 2 to %u, after \"=\"", CD_TIMELINE_MOST);
    return FALSE;
  }
  options->commits = (guint) commits;
  return TRUE;
}

static void
free_point (gpointer point)
{
  cd_timeline_point_free (point);
}

/* Indexes into line, oldest first: the tagged commits and the audited one. */
static GArray *
places_of_tags (const GArray *line)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = line->len; i-- > 0;)
    if (i == 0 || g_array_index (line, CdLineCommit, i).tag != NULL)
      g_array_append_val (places, i);
  return places;
}

static GArray *
places_of_all (const GArray *line)
{
  GArray *places = g_array_sized_new (FALSE, FALSE, sizeof (guint), line->len);
  for (guint i = line->len; i-- > 0;)
    g_array_append_val (places, i);
  return places;
}

static guint
count_tags (const GArray *line)
{
  guint count = 0;
  for (guint i = 0; i < line->len; i++)
    count += g_array_index (line, CdLineCommit, i).tag != NULL ? 1 : 0;
  return count;
}

/* So many of the places, first and last among them; all where there are no more. */
static GPtrArray *
points_at (const GArray *line, const GArray *places, guint most)
{
  GPtrArray *points = g_ptr_array_new_with_free_func (free_point);
  guint count = MIN (most, places->len);
  for (guint i = 0; i < count; i++) {
    guint64 span = (guint64) i * (places->len - 1), steps = MAX (count - 1, 1);
    guint place = g_array_index (places, guint, (guint) ((span + steps / 2) / steps));
    const CdLineCommit *commit = &g_array_index (line, CdLineCommit, place);
    CdTimelinePoint *point = g_new0 (CdTimelinePoint, 1);
    point->commit = commit->oid;
    point->time = commit->time;
    point->tag = g_strdup (commit->tag);
    point->dimensions = g_array_new (FALSE, FALSE, sizeof (guint));
    point->gained = g_ptr_array_new ();
    point->lost = g_ptr_array_new ();
    g_ptr_array_add (points, point);
  }
  return points;
}

GPtrArray *
cd_timeline_choose (CdRepository *repository, const char *revision, const CdTimelineOptions *options, GError **error)
{
  g_autoptr (GArray) line = cd_line_read (repository, revision, error);
  if (line == NULL)
    return NULL;
  gboolean tags = options->tags || (options->commits == 0 && count_tags (line) >= 2);
  g_autoptr (GArray) places = tags ? places_of_tags (line) : places_of_all (line);
  guint most = tags ? CD_TIMELINE_MOST : options->commits > 0 ? options->commits : CD_TIMELINE_DEFAULT;
  return points_at (line, places, MIN (most, CD_TIMELINE_MOST));
}

/* What an audit of a single commit would fail with, in words that name no place on this machine. */
static const char *
reason_of (const GError *error)
{
  static const struct {
    CdErrorCode code;
    const char *why;
  } reasons[] = {
    { CD_ERROR_USAGE, "the audited part was not there" },
    { CD_ERROR_INPUT, "its manifest has faults" },
    { CD_ERROR_REPOSITORY, "its objects cannot be read" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_error_matches (error, CD_ERROR, (gint) reasons[i].code))
      return reasons[i].why;
  return "it cannot be audited";
}

static void
take_results (CdTimelinePoint *point, const CdAudit *audit)
{
  const CdScore *score = &audit->score;
  point->total = score->total;
  for (guint i = 0; i < score->dimensions->len; i++)
    g_array_append_val (point->dimensions, g_array_index (score->dimensions, CdPoints, i).points);
  point->label = cd_distillation_name (audit->lineage->label);
  point->yes = g_new0 (guint8, cd_rubric_length (audit->rubric) + 1);
  for (guint i = 0; i < audit->verdicts->len; i++) {
    const CdVerdict *verdict = g_ptr_array_index (audit->verdicts, i);
    point->yes[verdict->criterion] = verdict->yes ? 1 : 0;
  }
}

static void
compare_points (const GPtrArray *points, const CdRubric *rubric)
{
  const CdTimelinePoint *former = NULL;
  for (guint i = 0; i < points->len; i++) {
    CdTimelinePoint *point = g_ptr_array_index (points, i);
    if (point->why != NULL)
      continue;
    for (guint k = 0; former != NULL && k < cd_rubric_length (rubric); k++)
      if (point->yes[k] != former->yes[k])
        g_ptr_array_add (point->yes[k] ? point->gained : point->lost, cd_rubric_criterion (rubric, k)->id);
    former = point;
  }
}

CdAudit *
cd_audit_beside (const CdAudit *main)
{
  CdAudit *audit = g_new0 (CdAudit, 1);
  audit->repository = main->repository;
  audit->rules = main->rules;
  audit->signals = main->signals;
  audit->probes = main->probes;
  audit->rubric = main->rubric;
  audit->lineage_rules = main->lineage_rules;
  audit->subdir = g_strdup (main->subdir);
  audit->globs = g_strdupv (main->globs);
  audit->borrows = TRUE;
  return audit;
}

CdAudit *
cd_timeline_trace (const CdAudit *main, const CdData *data, const CdAuditOptions *options)
{
  g_autoptr (CdAudit) before = NULL;
  for (guint i = 0; i + 1 < main->timeline->len; i++) {
    CdTimelinePoint *point = g_ptr_array_index (main->timeline, i);
    g_autoptr (CdAudit) audit = cd_audit_beside (main);
    g_autoptr (GError) why = NULL;
    char revision[41];
    cd_oid_to_hex (&point->commit, revision);
    if (options->progress != NULL)
      options->progress ("auditing commits", i + 1, main->timeline->len - 1, options->progress_data);
    gboolean judged = cd_audit_read (audit, data, options, revision, before, &why) && cd_audit_judge (audit, data, options, before, &why);
    if (judged)
      take_results (point, audit);
    else
      point->why = reason_of (why);
    /* From its scan on, documents carry the marks of this commit. */
    if (audit->hits != NULL) {
      cd_audit_free (before);
      before = g_steal_pointer (&audit);
    }
  }
  return g_steal_pointer (&before);
}

void
cd_timeline_end (CdAudit *main)
{
  take_results (g_ptr_array_index (main->timeline, main->timeline->len - 1), main);
  compare_points (main->timeline, main->rubric);
}
