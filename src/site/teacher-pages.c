/* A page for each teacher: what is known of the model, whose works its outputs reached, and whether they say so; and the list of all teachers. Nobody is said
 * to hide anything without the places that show it. */
#include "site/site-parts.h"
#include <string.h>

#define PLACES 4u

typedef struct {
  guint named, unnamed, hinted, inherited;
} Counts;

static Counts
count (const CdSiteTeacher *teacher)
{
  Counts counts = { .inherited = teacher->heirs->len };
  for (guint i = 0; i < teacher->taught->len; i++) {
    const char *disclosure = g_array_index (teacher->taught, CdSiteTaught, i).teacher->disclosure;
    counts.named += g_str_equal (disclosure, "disclosed") ? 1 : 0;
    counts.unnamed += g_str_equal (disclosure, "code-only") ? 1 : 0;
    counts.hinted += g_str_equal (disclosure, "hinted") ? 1 : 0;
  }
  return counts;
}

static void
put_fact (CdHtml *html, const char *what, const char *fact)
{
  if (fact == NULL || *fact == '\0')
    return;
  cd_html_leaf (html, "dt", what, NULL);
  cd_html_leaf (html, "dd", fact, NULL);
}

static void
put_terms (CdHtml *html, const CdSitePages *pages, const char *provider)
{
  g_autoptr (GPtrArray) terms = cd_knowledge_terms (pages->knowledge, provider);
  for (guint i = 0; i < terms->len; i++) {
    const CdTerm *term = terms->pdata[i];
    cd_html_leaf (html, "dt", term->licence != NULL ? term->licence : "terms of service", NULL);
    cd_html_open (html, "dd", NULL);
    cd_html_printf (html, "%s%s%s (", term->clause, term->since != NULL ? ", since " : "", term->since != NULL ? term->since : "");
    cd_html_link (html, term->source, "wording");
    cd_html_text (html, ")");
    cd_html_close (html);
  }
}

static void
put_facts (CdHtml *html, const CdSitePages *pages, const CdSiteTeacher *teacher)
{
  const CdKnown *known = teacher->known >= 0 ? cd_knowledge_at (pages->knowledge, (guint) teacher->known) : NULL;
  if (known == NULL && teacher->provider == NULL)
    return;
  cd_html_open (html, "dl", "class", "facts", NULL);
  put_fact (html, "provider", teacher->provider);
  if (known != NULL) {
    put_fact (html, "released", known->released);
    put_fact (html, "weights", known->open ? "can be had" : "by API only");
    put_fact (html, "licence", known->license);
    put_fact (html, "the name", known->moving ? "points at changing snapshots: a use without a date is unpinned" : NULL);
    cd_html_leaf (html, "dt", "source", NULL);
    cd_html_open (html, "dd", NULL);
    cd_html_link (html, known->source, known->source);
    cd_html_close (html);
  }
  if (teacher->provider != NULL)
    put_terms (html, pages, teacher->provider);
  cd_html_close (html);
  cd_html_leaf (html, "p", "Terms are paraphrased; which of them bound whom, and from when, is for the parties to say. A clause here accuses nobody.",
                "class", "soft small", NULL);
}

/* "evidence of generation with X at …, not mentioned in its documents"; roles and confidence. */
static void
put_taught (CdHtml *html, const CdSiteTeacher *teacher, const CdSiteTaught *taught)
{
  const CdRecordTeacher *row = taught->teacher;
  gboolean named = g_str_equal (row->disclosure, "disclosed");
  const cJSON *role = NULL;
  guint roles = 0;
  cd_html_open (html, "li", NULL);
  cd_site_put_work (html, taught->work, "../");
  if (row->evidence->len == 0)
    cd_html_printf (html, ": %s; no place is known, so nothing is said about disclosure", row->model);
  else {
    if (named)
      cd_html_printf (html, ": says that it used %s, at ", row->model);
    else
      cd_html_printf (html, ": evidence of generation with %s at ", row->model);
    cd_site_put_places (html, taught->work, row->evidence, PLACES);
    if (!named)
      cd_html_printf (html, ", %s", cd_site_disclosure_words (row->disclosure));
  }
  cd_html_printf (html, ". Confidence %s", row->confidence);
  cJSON_ArrayForEach (role, cJSON_GetObjectItemCaseSensitive (row->json, "roles")) if (cJSON_IsString (role))
      cd_html_printf (html, "%s%s", roles++ > 0 ? ", " : "; used for: ", role->valuestring);
  cd_html_printf (html, ". At commit %.10s%s.", taught->work->record->commit, g_str_equal (row->model, teacher->name) ? "" : ", in its own spelling");
  cd_html_close (html);
}

static void
put_works (CdHtml *html, const CdSiteTeacher *teacher, const char *disclosure, const char *title, guint length)
{
  if (length == 0)
    return;
  g_autofree char *head = g_strdup_printf ("%s: %u", title, length);
  cd_html_leaf (html, "h2", head, "id", disclosure, NULL);
  if (!g_str_equal (disclosure, "disclosed")) {
    cd_html_open (html, "p", NULL);
    cd_site_put_reply (html, "../");
    cd_html_close (html);
  }
  cd_html_open (html, "ul", NULL);
  for (guint i = 0; i < teacher->taught->len; i++) {
    const CdSiteTaught *taught = &g_array_index (teacher->taught, CdSiteTaught, i);
    if (g_str_equal (taught->teacher->disclosure, disclosure))
      put_taught (html, teacher, taught);
  }
  cd_html_close (html);
}

static void
put_heirs (CdHtml *html, const CdSiteTeacher *teacher)
{
  if (teacher->heirs->len == 0)
    return;
  g_autofree char *head = g_strdup_printf ("At second hand: %u", teacher->heirs->len);
  cd_html_leaf (html, "h2", head, "id", "inherited", NULL);
  cd_html_leaf (html, "p", "These works start from a model or dataset that is itself made from this model's outputs, as public sources say.", NULL);
  cd_html_open (html, "ul", NULL);
  for (guint i = 0; i < teacher->heirs->len; i++) {
    const CdSiteHeir *heir = &g_array_index (teacher->heirs, CdSiteHeir, i);
    g_autoptr (GArray) places = cd_record_places (heir->inherited, "evidence");
    const char *via = cd_record_string (heir->inherited, "via");
    cd_html_open (html, "li", NULL);
    cd_site_put_work (html, heir->work, "../");
    cd_html_printf (html, ": through %s", via != NULL ? via : "what it starts from");
    cd_html_text (html, places->len > 0 ? ", at " : "");
    cd_site_put_places (html, heir->work, places, PLACES);
    cd_html_text (html, cd_record_true (heir->inherited, "stated") ? "; the work says so." : "; the work does not mention it.");
    cd_html_close (html);
  }
  cd_html_close (html);
}

/* The drawing; its targets are pages beside this one's folder. */
static void
put_graph (CdHtml *html, const CdSiteTeacher *teacher)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (CdTaught));
  g_autoptr (GPtrArray) ways = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < teacher->taught->len + teacher->heirs->len; i++) {
    gboolean direct = i < teacher->taught->len;
    const CdSiteTaught *taught = direct ? &g_array_index (teacher->taught, CdSiteTaught, i) : NULL;
    const CdSiteWork *work = direct ? taught->work : g_array_index (teacher->heirs, CdSiteHeir, i - teacher->taught->len).work;
    char *way = cd_site_way ("../", work->file);
    CdTaught row = { .work = work->name, .target = way, .disclosure = direct ? taught->teacher->disclosure : "inherited" };
    g_ptr_array_add (ways, way);
    g_array_append_val (rows, row);
  }
  cd_draw_taught (html, teacher->name, (const CdTaught *) (gconstpointer) rows->data, rows->len);
}

GBytes *
cd_site_teacher_page (gconstpointer site, gconstpointer of, G_GNUC_UNUSED GError **error)
{
  const CdSitePages *pages = site;
  const CdSiteTeacher *teacher = of;
  Counts counts = count (teacher);
  g_autofree char *title = cd_html_cut (teacher->name, 120);
  CdHtml *html = cd_site_open (pages, title, "../", teacher->file, NULL);
  cd_html_open (html, "p", "class", "lead", NULL);
  cd_html_printf (
      html,
      "A model whose outputs reached %u of %u works here, as far as their repositories show: %u name it, %u do not mention it, %u only hint at it",
      teacher->taught->len, pages->ranked, counts.named, counts.unnamed, counts.hinted);
  if (counts.inherited > 0)
    cd_html_printf (html, "; and %u at second hand", counts.inherited);
  cd_html_text (html, ".");
  cd_html_close (html);
  put_facts (html, pages, teacher);
  put_graph (html, teacher);
  put_works (html, teacher, "disclosed", "Named in the work's documents", counts.named);
  put_works (html, teacher, "code-only", "Evidence of generation, not mentioned in the work's documents", counts.unnamed);
  put_works (html, teacher, "hinted", "Hinted at", counts.hinted);
  put_heirs (html, teacher);
  return cd_site_close (pages, html, "../");
}

static void
put_number (CdHtml *html, guint number)
{
  cd_html_open (html, "td", "class", "number", NULL);
  cd_html_printf (html, "%u", number);
  cd_html_close (html);
}

GBytes *
cd_site_teachers (gconstpointer site, G_GNUC_UNUSED gconstpointer of, G_GNUC_UNUSED GError **error)
{
  static const char *const heads[] = { "Model", "Provider", "Works", "Named", "Not mentioned", "Hinted at", "At second hand" };
  const CdSitePages *pages = site;
  CdHtml *html = cd_site_open (pages, "Teachers", "../", "teachers/index.html", NULL);
  cd_html_open (html, "p", NULL);
  cd_html_text (
      html,
      "Models whose outputs made, rewrote, filtered or scored training data of the works here, as far as their repositories show; models that only "
      "judge evaluation results are not among them. ");
  cd_site_put_reply (html, "../");
  cd_html_close (html);
  cd_html_open (html, "div", "class", "scroll", "role", "region", "aria-label", "All teachers", "tabindex", "0", NULL);
  cd_html_open (html, "table", NULL);
  cd_html_open (html, "thead", NULL);
  cd_html_open (html, "tr", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    cd_html_leaf (html, "th", heads[i], "scope", "col", "class", i > 1 ? "number" : NULL, NULL);
  cd_html_close (html);
  cd_html_close (html);
  cd_html_open (html, "tbody", NULL);
  for (guint i = 0; i < pages->teachers->len; i++) {
    const CdSiteTeacher *teacher = pages->teachers->pdata[i];
    Counts counts = count (teacher);
    g_autofree char *way = cd_site_way ("../", teacher->file), *name = cd_html_cut (teacher->name, 80);
    cd_html_open (html, "tr", NULL);
    cd_html_open (html, "th", "scope", "row", NULL);
    cd_html_link (html, way, name);
    cd_html_close (html);
    cd_html_leaf (html, "td", teacher->provider != NULL ? teacher->provider : "–", NULL);
    put_number (html, teacher->taught->len);
    put_number (html, counts.named);
    put_number (html, counts.unnamed);
    put_number (html, counts.hinted);
    put_number (html, counts.inherited);
    cd_html_close (html);
  }
  cd_html_close (html);
  cd_html_close (html);
  cd_html_close (html);
  return cd_site_close (pages, html, "../");
}
