/* Drives the writing of a site: what the pages say is gathered, then every file is made and written (files.c). One file a kind of page. */
#include "site/site-parts.h"
#include <unistd.h>

/* Files that every site has. */
static const struct {
  const char *path;
  CdSiteRender render;
} whole[] = {
  { "index.html", cd_site_table },
  { "method.html", cd_site_method },
  { "criteria/index.html", cd_site_criteria },
  { "teachers/index.html", cd_site_teachers },
  { "feed.atom", cd_site_feed },
  { "data/leaderboard.json", cd_site_json },
  { "data/works.csv", cd_site_works_csv },
  { "data/verdicts.csv", cd_site_verdicts_csv },
  { "data/teachers.csv", cd_site_teachers_csv },
  { "data/claims.csv", cd_site_claims_csv },
  { "data/leaderboard.sqlite", cd_site_database },
};

static void
add (GPtrArray *files, const char *path, CdSiteRender render, gconstpointer of)
{
  g_ptr_array_add (files, cd_site_file_new (path, render, of));
}

/* The database first: it takes longest, and nothing else can share its work. */
static GPtrArray *
plan (const CdSitePages *pages)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (cd_site_file_free);
  for (guint i = G_N_ELEMENTS (whole); i > 0; i--)
    add (files, whole[i - 1].path, whole[i - 1].render, NULL);
  for (guint i = 0; i < pages->works->len; i++) {
    const CdSiteWork *work = pages->works->pdata[i];
    if (work->record == NULL)
      continue;
    g_autofree char *audit = cd_site_audit_file (work);
    add (files, work->file, cd_site_work, work);
    add (files, audit, cd_site_audit, work);
  }
  for (guint i = 0; i < pages->criteria->len; i++) {
    const CdSiteCriterion *criterion = pages->criteria->pdata[i];
    add (files, criterion->file, cd_site_criterion, criterion);
  }
  for (guint i = 0; i < pages->teachers->len; i++) {
    const CdSiteTeacher *teacher = pages->teachers->pdata[i];
    add (files, teacher->file, cd_site_teacher_page, teacher);
  }
  return files;
}

gboolean
cd_site_write (const CdLeaderboard *leaderboard, const CdSiteOptions *options, const char *folder, GError **error)
{
  g_autofree char *inputs = options->cache != NULL ? cd_site_inputs (leaderboard, options) : NULL;
  if (inputs != NULL && cd_site_is_unchanged (options, folder, inputs))
    return TRUE;
  g_autoptr (CdSitePages) pages = cd_site_gather (leaderboard, options, error);
  if (pages == NULL)
    return FALSE;
  g_autoptr (GPtrArray) files = plan (pages);
  int held = cd_site_files_hold (folder, error);
  gboolean done = held >= 0 && cd_site_files_write (folder, files, pages, error);
  if (done && inputs != NULL)
    cd_site_remember (options, folder, inputs, files);
  if (held >= 0)
    close (held);
  return done;
}
