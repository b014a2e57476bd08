/* A work's page: the HTML report of its audit, with where it stands in the leaderboard and its score over time. */
#include "site/site-parts.h"
#include <string.h>

static void
add_point (GArray *points, const CdRecord *record)
{
  CdScorePoint point = { .commit = record->commit, .date = record->date, .total = record->total };
  g_array_append_val (points, point);
}

/* Without audits of other commits the page takes the record's own history. */
GBytes *
cd_site_work (G_GNUC_UNUSED gconstpointer site, gconstpointer of, G_GNUC_UNUSED GError **error)
{
  const CdSiteWork *work = of;
  const GPtrArray *earlier = work->row->earlier;
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (CdScorePoint));
  for (guint i = 0; earlier != NULL && i < earlier->len; i++)
    add_point (points, earlier->pdata[i]);
  if (points->len > 0)
    add_point (points, work->record);
  const CdPageContext context = { .name = work->name,
                                  .note = work->row->work->note,
                                  .home = "../index.html",
                                  .points = points->len > 0 ? (const CdScorePoint *) (gconstpointer) points->data : NULL,
                                  .n_points = points->len };
  char *text = cd_page_audit (work->record, &context);
  return g_bytes_new_take (text, strlen (text));
}
