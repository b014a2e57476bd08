/* A page for each teacher: what is known of the model, whose works its outputs reached, and whether they say so; and the list of all teachers. Nobody is said
 * to hide anything without the places that show it. */
#include "site/site-parts.h"
#include <string.h>

#define PLACES 4u
#define SECOND_HAND "at second hand, not mentioned"

typedef struct {
  guint all, works, named, unnamed, hinted, inherited; /* works, once each; all: directly or at second hand */
} Counts;

/* A work that calls a model by several names, or tells of it in some of its parts only, counts once, by what it does not tell. */
static Counts
count (const CdSiteTeacher *teacher)
{
  static const char *const degrees[] = { "disclosed", "hinted", "code-only" };
  g_autoptr (GHashTable) direct = g_hash_table_new (NULL, NULL), heirs = g_hash_table_new (NULL, NULL);
  Counts counts = { 0 };
  for (guint i = 0; i < teacher->taught->len; i++) {
    const CdSiteTaught *taught = &g_array_index (teacher->taught, CdSiteTaught, i);
    guint degree = GPOINTER_TO_UINT (g_hash_table_lookup (direct, taught->work));
    for (guint k = 0; k < G_N_ELEMENTS (degrees); k++)
      if (g_str_equal (taught->teacher->disclosure, degrees[k]))
        degree = MAX (degree, k + 1);
    g_hash_table_insert (direct, (gpointer) taught->work, GUINT_TO_POINTER (degree));
  }
  GHashTableIter iterator;
  gpointer degree = NULL;
  for (g_hash_table_iter_init (&iterator, direct); g_hash_table_iter_next (&iterator, NULL, &degree);) {
    counts.named += GPOINTER_TO_UINT (degree) == 1 ? 1 : 0;
    counts.hinted += GPOINTER_TO_UINT (degree) == 2 ? 1 : 0;
    counts.unnamed += GPOINTER_TO_UINT (degree) == 3 ? 1 : 0;
  }
  counts.works = counts.all = g_hash_table_size (direct);
  for (guint i = 0; i < teacher->heirs->len; i++) {
    const CdSiteWork *work = g_array_index (teacher->heirs, CdSiteHeir, i).work;
    counts.inherited += g_hash_table_add (heirs, (gpointer) work) ? 1 : 0;
  }
  for (g_hash_table_iter_init (&iterator, heirs); g_hash_table_iter_next (&iterator, &degree, NULL);)
    counts.all += g_hash_table_contains (direct, degree) ? 0 : 1;
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
put_works (CdHtml *html, const CdSiteTeacher *teacher, const char *disclosure, const char *title)
{
  guint length = 0;
  for (guint i = 0; i < teacher->taught->len; i++)
    length += g_str_equal (g_array_index (teacher->taught, CdSiteTaught, i).teacher->disclosure, disclosure) ? 1 : 0;
  if (length == 0)
    return;
  cd_html_leaf (html, "h2", title, "id", disclosure, NULL);
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
  cd_html_leaf (html, "h2", "At second hand", "id", "inherited", NULL);
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

/* A work of the drawing, once: by its own use where it has one, of several by one that it does not tell; else by what it starts from, which its documents
 * name where they name any part of it. */
static void
add_drawn (GArray *rows, GHashTable *drawn, GPtrArray *ways, const CdSiteWork *work, const char *disclosure)
{
  guint at = GPOINTER_TO_UINT (g_hash_table_lookup (drawn, work));
  CdTaught *known = at > 0 ? &g_array_index (rows, CdTaught, at - 1) : NULL;
  if (known != NULL && g_str_equal (known->disclosure, "disclosed") && !g_str_equal (disclosure, SECOND_HAND))
    known->disclosure = disclosure;
  if (known != NULL)
    return;
  char *way = cd_site_way ("../", work->file);
  CdTaught row = { .work = work->name, .target = way, .disclosure = disclosure };
  g_ptr_array_add (ways, way);
  g_array_append_val (rows, row);
  g_hash_table_insert (drawn, (gpointer) work, GUINT_TO_POINTER (rows->len));
}

/* The drawing; its targets are pages beside this one's folder. */
static void
put_graph (CdHtml *html, const CdSiteTeacher *teacher)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (CdTaught));
  g_autoptr (GPtrArray) ways = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) drawn = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < teacher->taught->len; i++) {
    const CdSiteTaught *taught = &g_array_index (teacher->taught, CdSiteTaught, i);
    add_drawn (rows, drawn, ways, taught->work, taught->teacher->disclosure);
  }
  for (guint i = 0; i < teacher->heirs->len; i++) {
    const CdSiteHeir *heir = &g_array_index (teacher->heirs, CdSiteHeir, i);
    add_drawn (rows, drawn, ways, heir->work, cd_record_true (heir->inherited, "stated") ? "disclosed" : SECOND_HAND);
  }
  cd_draw_taught (html, teacher->name, (const CdTaught *) (gconstpointer) rows->data, rows->len);
}

/* "3 name it, 1 does not mention it"; nothing for none. */
static void
add_count (GString *text, guint count, const char *one, const char *several)
{
  if (count > 0)
    g_string_append_printf (text, "%s%u %s", text->len > 0 ? ", " : "", count, count == 1 ? one : several);
}

GBytes *
cd_site_teacher_page (gconstpointer site, gconstpointer of, G_GNUC_UNUSED GError **error)
{
  const CdSitePages *pages = site;
  const CdSiteTeacher *teacher = of;
  Counts counts = count (teacher);
  g_autofree char *title = cd_html_cut (teacher->name, 120);
  CdHtml *html = cd_site_open (pages, title, "../", teacher->file, NULL);
  g_autoptr (GString) how = g_string_new (NULL);
  add_count (how, counts.named, "names it", "name it");
  add_count (how, counts.unnamed, "does not mention it", "do not mention it");
  add_count (how, counts.hinted, "only hints at it", "only hint at it");
  add_count (how, counts.inherited, "at second hand", "at second hand");
  cd_html_open (html, "p", "class", "lead", NULL);
  cd_html_printf (html, "A model whose outputs reached %u of %u works here, as far as their repositories show: %s.", counts.all, pages->ranked,
                  how->str);
  cd_html_close (html);
  put_facts (html, pages, teacher);
  put_graph (html, teacher);
  put_works (html, teacher, "disclosed", "Named in the work's documents");
  put_works (html, teacher, "code-only", "Evidence of generation, not mentioned in the work's documents");
  put_works (html, teacher, "hinted", "Hinted at");
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
    put_number (html, counts.works);
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
