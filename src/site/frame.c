/* What all pages of the site have: a head with the way around, a foot with what made them, links to works, teachers and places. */
#include "site/site-parts.h"
#include <string.h>

static const struct {
  const char *file, *words;
} ways[] = {
  { "index.html", "Works" },   { "criteria/index.html", "Criteria" }, { "teachers/index.html", "Teachers" },
  { "method.html", "Method" }, { "index.html#data", "Data" },         { "feed.atom", "Feed" },
};

char *
cd_site_way (const char *home, const char *file)
{
  return g_strconcat (home, file, NULL);
}

CdHtml *
cd_site_open (const CdSitePages *pages, const char *title, const char *home, const char *here, const char *script)
{
  const char *site = pages->leaderboard->works->title;
  g_autofree char *whole = g_strconcat (title, site != NULL && !g_str_equal (site, title) ? " – " : NULL, site, NULL);
  CdHtml *html = cd_html_page (site != NULL && g_str_equal (site, title) ? title : whole, script);
  cd_html_leaf (html, "a", "Skip to the content", "class", "skip", "href", "#content", NULL);
  cd_html_open (html, "nav", "class", "site", "aria-label", "Site", NULL);
  cd_html_open (html, "ul", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_autofree char *way = cd_site_way (home, ways[i].file);
    cd_html_open (html, "li", NULL);
    cd_html_leaf (html, "a", ways[i].words, "href", way, "aria-current", g_str_equal (ways[i].file, here) ? "page" : NULL, "rel",
                  g_str_has_suffix (way, ".atom") ? "alternate" : NULL, "type", g_str_has_suffix (way, ".atom") ? "application/atom+xml" : NULL,
                  NULL);
    cd_html_close (html);
  }
  cd_html_close (html);
  cd_html_close (html);
  cd_html_open (html, "main", "id", "content", "class", script != NULL ? "site wide" : "site", NULL);
  cd_html_leaf (html, "h1", title, NULL);
  return html;
}

GBytes *
cd_site_close (const CdSitePages *pages, CdHtml *html, const char *home)
{
  g_autofree char *method = cd_site_way (home, "method.html"), *reply = cd_site_way (home, "method.html#reply");
  cd_html_close (html);
  cd_html_open (html, "footer", "class", "site", NULL);
  cd_html_open (html, "p", NULL);
  cd_html_printf (html, "Made by candor %s", CANDOR_VERSION);
  if (pages->first != NULL)
    cd_html_printf (html, " with the rubric %s, version %s", pages->first->rubric, pages->first->rubric_version);
  cd_html_text (html, ", by rules over the repositories' files at the commits given; nobody at the works was asked. ");
  cd_html_link (html, method, "How it decides, and how far to trust it");
  cd_html_text (html, ". ");
  cd_html_link (html, reply, "Is something wrong here?");
  cd_html_close (html);
  cd_html_close (html);
  char *text = cd_html_finish (html);
  return g_bytes_new_take (text, strlen (text));
}

void
cd_site_put_work (CdHtml *html, const CdSiteWork *work, const char *home)
{
  g_autofree char *way = work->file != NULL ? cd_site_way (home, work->file) : NULL, *name = cd_html_cut (work->name, 120);
  cd_html_link (html, way, name);
}

void
cd_site_put_teacher (CdHtml *html, const CdSitePages *pages, const char *name, const char *home)
{
  const CdSiteTeacher *teacher = cd_site_teacher (pages, name);
  g_autofree char *way = teacher != NULL ? cd_site_way (home, teacher->file) : NULL, *shown = cd_html_cut (cd_record_model_words (name), 80);
  cd_html_link (html, way, shown);
}

char *
cd_site_place (const CdRecordPlace *place)
{
  const char *path = *place->path != '\0' ? place->path : "the whole tree";
  g_autofree char *cut = cd_html_cut (path, 60);
  return place->line > 0 ? g_strdup_printf ("%s:%u", cut, place->line) : g_steal_pointer (&cut);
}

void
cd_site_put_places (CdHtml *html, const CdSiteWork *work, const GArray *places, guint most)
{
  for (guint i = 0; i < MIN (places->len, most); i++) {
    const CdRecordPlace *place = &g_array_index (places, CdRecordPlace, i);
    g_autofree char *words = cd_site_place (place), *link = cd_record_link (work->record, place);
    cd_html_text (html, i > 0 ? ", " : "");
    cd_html_open (html, "span", "class", "code", NULL);
    cd_html_link (html, link, words);
    cd_html_close (html);
  }
  if (places->len > most)
    cd_html_printf (html, " and %u more", places->len - most);
}

void
cd_site_put_reply (CdHtml *html, const char *home)
{
  g_autofree char *reply = cd_site_way (home, "method.html#reply");
  cd_html_text (html, "This is what rules found in the files, not a judgement of anybody; whoever made the work can ");
  cd_html_link (html, reply, "correct it");
  cd_html_text (html, ".");
}
