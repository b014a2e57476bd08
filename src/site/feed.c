/* What changed, as an Atom feed (RFC 4287): a work that was added, and each later commit of it with the criteria that it gained and lost. Dates are the
 * commits', so that the same rows give the same feed. */
#include "site/site-parts.h"
#include "difference/difference.h"
#include <string.h>

#define MOST 500u       /* entries, the newest */
#define TEXT_MOST 2000u /* characters */
#define NO_DATE "1970-01-01"

typedef struct {
  const CdSiteWork *work;
  const CdRecord *before, *record; /* before NULL: the work was added with this record */
} Entry;

static const char *
date_of (const CdRecord *record)
{
  return record->date != NULL && strlen (record->date) == strlen (NO_DATE) ? record->date : NO_DATE;
}

/* The newest first; of one day by name, and of one work the later change first. */
static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;
  int order = strcmp (date_of (y->record), date_of (x->record));
  return order != 0 ? order : strcmp (x->work->name, y->work->name);
}

/* Each work's records from the newest to the oldest, so that a stable sort keeps them. Caller unrefs. */
static GArray *
gather (const CdSitePages *pages)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  for (guint i = 0; i < pages->works->len; i++) {
    const CdSiteWork *work = pages->works->pdata[i];
    const GPtrArray *earlier = work->row->earlier;
    const CdRecord *record = work->record;
    for (guint left = earlier != NULL ? earlier->len : 0; record != NULL; left -= left > 0 ? 1 : 0) {
      Entry entry = { .work = work, .record = record, .before = left > 0 ? earlier->pdata[left - 1] : NULL };
      g_array_append_val (entries, entry);
      record = entry.before;
    }
  }
  g_array_sort (entries, compare_entries); /* GLib's is stable */
  return entries;
}

/* The host of the site's address, as the authority of ids; reserved where there is none. Caller frees. */
static char *
authority (const CdSitePages *pages)
{
  g_autoptr (GUri) uri = pages->options->address != NULL ? g_uri_parse (pages->options->address, G_URI_FLAGS_NONE, NULL) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  return host != NULL && *host != '\0' ? g_ascii_strdown (host, -1) : g_strdup ("candor.example");
}

/* The address of a file of the site, or its path where the address is not known. Caller frees. */
static char *
address_of (const CdSitePages *pages, const char *file)
{
  const char *address = pages->options->address;
  if (address == NULL)
    return g_strdup (file);
  return g_strconcat (address, g_str_has_suffix (address, "/") ? "" : "/", file, NULL);
}

static void
put (CdHtml *html, const char *element, const char *text)
{
  g_autofree char *cut = cd_html_cut (text, TEXT_MOST);
  cd_html_leaf (html, element, cut, NULL);
}

static void
put_date (CdHtml *html, const char *date)
{
  g_autofree char *time = g_strconcat (date, "T00:00:00Z", NULL);
  put (html, "updated", time);
}

static void
add_list (GString *text, const char *what, const GArray *changes)
{
  for (guint i = 0; i < changes->len; i++) {
    const CdVerdictChange *change = &g_array_index (changes, CdVerdictChange, i);
    const CdRecordVerdict *verdict = change->after != NULL ? change->after : change->before;
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : what, verdict->id);
  }
}

/* What an entry tells. Caller frees. */
static char *
summary_of (const Entry *entry)
{
  GString *text = g_string_new (NULL);
  const CdRecord *record = entry->record;
  g_string_append_printf (text, "Score %u of %u, likely %u–%u, at commit %.10s.", record->total, record->of, record->likely[0], record->likely[1],
                          record->commit);
  if (entry->before == NULL)
    return g_string_free (text, FALSE);
  g_autoptr (CdDifference) difference = cd_difference_new (entry->before, record);
  g_string_append_printf (text, " Before: %u, likely %u–%u, at %.10s.", entry->before->total, entry->before->likely[0], entry->before->likely[1],
                          entry->before->commit);
  add_list (text, " Gained: ", difference->gained);
  g_string_append (text, difference->gained->len > 0 ? "." : "");
  add_list (text, " Lost: ", difference->lost);
  g_string_append (text, difference->lost->len > 0 ? "." : difference->gained->len > 0 ? "" : " No criterion changed.");
  if (!g_str_equal (entry->before->label, record->label))
    g_string_append_printf (text, " Distillation: %s, before %s.", cd_site_label_words (record->label), cd_site_label_words (entry->before->label));
  return g_string_free (text, FALSE);
}

static void
put_entry (CdHtml *html, const CdSitePages *pages, const Entry *entry, const char *host)
{
  g_autofree char *id = g_strdup_printf ("tag:%s,2025:%s/%s", host, entry->work->row->work->page, entry->record->commit);
  g_autofree char *way = address_of (pages, entry->work->file), *summary = summary_of (entry), *name = cd_html_cut (entry->work->name, 200);
  g_autofree char *title = g_strdup_printf (entry->before == NULL ? "%s was added" : "%s: another commit", name);
  cd_html_open (html, "entry", NULL);
  put (html, "id", id);
  put (html, "title", title);
  put_date (html, date_of (entry->record));
  cd_html_leaf (html, "link", NULL, "rel", "alternate", "type", "text/html", "href", way, NULL);
  put (html, "summary", summary);
  cd_html_close (html);
}

GBytes *
cd_site_feed (gconstpointer site, G_GNUC_UNUSED gconstpointer of, G_GNUC_UNUSED GError **error)
{
  const CdSitePages *pages = site;
  const char *title = pages->leaderboard->works->title;
  g_autoptr (GArray) entries = gather (pages);
  g_autofree char *host = authority (pages), *id = g_strdup_printf ("tag:%s,2025:leaderboard", host);
  g_autofree char *self = address_of (pages, "feed.atom"), *home = address_of (pages, "index.html");
  CdHtml *html = cd_html_feed ();
  put (html, "id", id);
  put (html, "title", title != NULL ? title : "Leaderboard");
  put_date (html, entries->len > 0 ? date_of (g_array_index (entries, Entry, 0).record) : NO_DATE);
  cd_html_open (html, "author", NULL);
  put (html, "name", "candor");
  cd_html_close (html);
  cd_html_leaf (html, "link", NULL, "rel", "self", "type", "application/atom+xml", "href", self, NULL);
  cd_html_leaf (html, "link", NULL, "rel", "alternate", "type", "text/html", "href", home, NULL);
  for (guint i = 0; i < MIN (entries->len, MOST); i++)
    put_entry (html, pages, &g_array_index (entries, Entry, i), host);
  char *text = cd_html_finish (html);
  return g_bytes_new_take (text, strlen (text));
}
