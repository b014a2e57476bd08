/* A page for each teacher: what is known of the model, whose works its outputs reached, and whether they say so; and the list of all teachers. Nobody is said
 * to hide anything without the places that show it. */
#include "site/site-parts.h"
#include <string.h>

#define PLACES 4u
#define SECOND_HAND "at second hand"

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

/* "says that it used X, at …", "evidence of generation with X at …, not mentioned in its documents" (or of what else it was
 * used for) or "a lead for a reader: …"; roles and confidence. */
static void
put_taught (CdHtml *html, const CdSiteTeacher *teacher, const CdSiteTaught *taught)
{
  const CdRecordTeacher *row = taught->teacher;
  const CdSiteTold told = cd_site_told (row);
  const char *name = cd_record_model_words (row->model), *words = cd_site_told_words (told);
  const cJSON *role = NULL;
  guint roles = 0;
  cd_html_open (html, "li", NULL);
  cd_site_put_work (html, taught->work, "../");
  if (told == CD_SITE_TOLD_LEAD)
    cd_html_printf (html, ": %s: %s", words, row->evidence->len > 0 ? "" : "no place is known");
  else if (told == CD_SITE_TOLD)
    cd_html_printf (html, ": says that it used %s%s", name, row->evidence->len > 0 ? " at " : "");
  else
    cd_html_printf (html, ": evidence of %s with %s%s", cd_record_teacher_use (row), name, row->evidence->len > 0 ? " at " : "");
  cd_site_put_places (html, taught->work, row->evidence, PLACES);
  if (told == CD_SITE_TOLD_BESIDE || told == CD_SITE_TOLD_NOWHERE)
    cd_html_printf (html, ", %s", words);
  cd_html_printf (html, told == CD_SITE_TOLD_LEAD ? ", %s confidence" : ". Confidence %s", row->confidence);
  cJSON_ArrayForEach (role, cJSON_GetObjectItemCaseSensitive (row->json, "roles")) if (cJSON_IsString (role))
      cd_html_printf (html, "%s%s", roles++ > 0 ? ", " : "; used for: ", role->valuestring);
  cd_html_printf (html, ". At commit %.10s%s.", taught->work->record->commit, g_str_equal (name, teacher->name) ? "" : ", in its own spelling");
  cd_html_close (html);
}

static void
put_works (CdHtml *html, const CdSiteTeacher *teacher, CdSiteTold told)
{
  static const struct {
    const char *id, *title, *says;
  } sections[CD_SITE_TOLD_DEGREES] = {
    [CD_SITE_TOLD_LEAD]
    = { "leads", "Leads for a reader",
        "What these places show is not certain: the model may be used for something else, or not at all. Nothing is said here about "
        "what a work's documents tell. " },
    [CD_SITE_TOLD] = { "disclosed", "Told in the work's documents", NULL },
    [CD_SITE_TOLD_BESIDE] = { "beside", "Evidence of its use, not mentioned in the work's documents but beside results", "" },
    [CD_SITE_TOLD_NOWHERE] = { "code-only", "Evidence of its use, not mentioned in the work's documents", "" },
  };
  guint length = 0;
  for (guint i = 0; i < teacher->taught->len; i++)
    length += cd_site_told (g_array_index (teacher->taught, CdSiteTaught, i).teacher) == told ? 1 : 0;
  if (length == 0)
    return;
  cd_html_leaf (html, "h2", sections[told].title, "id", sections[told].id, NULL);
  if (sections[told].says != NULL) {
    cd_html_open (html, "p", NULL);
    cd_html_text (html, sections[told].says);
    cd_site_put_reply (html, "../");
    cd_html_close (html);
  }
  cd_html_open (html, "ul", NULL);
  for (guint i = 0; i < teacher->taught->len; i++) {
    const CdSiteTaught *taught = &g_array_index (teacher->taught, CdSiteTaught, i);
    if (cd_site_told (taught->teacher) == told)
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
    cd_html_text (html, cd_record_true (heir->inherited, "stated") ? "; the work says so." : ".");
    cd_html_close (html);
  }
  cd_html_close (html);
}

/* A work of the drawing, once: by its own use where it has one, of several by the one that it tells least of; else by what it starts from. */
static void
add_drawn (GArray *rows, GHashTable *drawn, GPtrArray *ways, const CdSiteWork *work, const char *said)
{
  guint at = GPOINTER_TO_UINT (g_hash_table_lookup (drawn, work));
  CdTaught *known = at > 0 ? &g_array_index (rows, CdTaught, at - 1) : NULL;
  if (known != NULL && known->said == NULL && !g_str_equal (said != NULL ? said : "", SECOND_HAND))
    known->said = said;
  if (known != NULL)
    return;
  char *way = cd_site_way ("../", work->file);
  CdTaught row = { .work = work->name, .target = way, .said = said };
  g_ptr_array_add (ways, way);
  g_array_append_val (rows, row);
  g_hash_table_insert (drawn, (gpointer) work, GUINT_TO_POINTER (rows->len));
}

/* The drawing, in which leads have no place; its targets are pages beside this one's folder. */
static void
put_graph (CdHtml *html, const CdSiteTeacher *teacher)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (CdTaught));
  g_autoptr (GPtrArray) ways = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) drawn = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < teacher->taught->len; i++) {
    const CdSiteTaught *taught = &g_array_index (teacher->taught, CdSiteTaught, i);
    const CdSiteTold told = cd_site_told (taught->teacher);
    if (told != CD_SITE_TOLD_LEAD)
      add_drawn (rows, drawn, ways, taught->work, told == CD_SITE_TOLD ? NULL : cd_site_told_words (told));
  }
  for (guint i = 0; i < teacher->heirs->len; i++) {
    const CdSiteHeir *heir = &g_array_index (teacher->heirs, CdSiteHeir, i);
    add_drawn (rows, drawn, ways, heir->work, cd_record_true (heir->inherited, "stated") ? NULL : SECOND_HAND);
  }
  cd_draw_taught (html, teacher->name, (const CdTaught *) (gconstpointer) rows->data, rows->len);
}

/* "3 tell of it, 1 does not mention it"; nothing for none. */
static void
add_count (GString *text, guint count, const char *one, const char *several)
{
  if (count > 0)
    g_string_append_printf (text, "%s%u %s", text->len > 0 ? ", " : "", count, count == 1 ? one : several);
}

static void
put_counts (CdHtml *html, const CdSitePages *pages, const CdSiteTeacher *teacher)
{
  g_autoptr (GString) how = g_string_new (NULL);
  guint leads = teacher->of[CD_SITE_TOLD_LEAD];
  add_count (how, teacher->of[CD_SITE_TOLD], "tells of it", "tell of it");
  add_count (how, teacher->of[CD_SITE_TOLD_NOWHERE], "does not mention it", "do not mention it");
  add_count (how, teacher->of[CD_SITE_TOLD_BESIDE], "mentions it only beside results", "mention it only beside results");
  add_count (how, teacher->inherited, "at second hand", "at second hand");
  cd_html_open (html, "p", "class", "lead", NULL);
  if (teacher->all > 0)
    cd_html_printf (html, "%s reached %u of %u works here, as far as their repositories show: %s.",
                    g_str_equal (teacher->key, CD_RECORD_UNNAMED) ? "Outputs of models that documents tell of without a name"
                                                                  : "A model whose outputs",
                    teacher->all, pages->ranked, how->str);
  if (leads > 0)
    cd_html_printf (html, "%s%u %swork%s only a lead for a reader.",
                    teacher->all > 0 ? " " : "Of no work here is it certain that this model taught it. ", leads, teacher->all > 0 ? "more " : "",
                    leads == 1 ? " has" : "s have");
  cd_html_close (html);
}

GBytes *
cd_site_teacher_page (gconstpointer site, gconstpointer of, G_GNUC_UNUSED GError **error)
{
  const CdSitePages *pages = site;
  const CdSiteTeacher *teacher = of;
  g_autofree char *title = cd_html_cut (teacher->name, 120);
  CdHtml *html = cd_site_open (pages, title, "../", teacher->file, NULL);
  put_counts (html, pages, teacher);
  put_facts (html, pages, teacher);
  put_graph (html, teacher);
  put_works (html, teacher, CD_SITE_TOLD);
  put_works (html, teacher, CD_SITE_TOLD_NOWHERE);
  put_works (html, teacher, CD_SITE_TOLD_BESIDE);
  put_heirs (html, teacher);
  put_works (html, teacher, CD_SITE_TOLD_LEAD);
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
  static const char *const heads[]
      = { "Model", "Provider", "Works", "Told", "Not mentioned", "Only beside results", "At second hand", "Leads for a reader" };
  const CdSitePages *pages = site;
  CdHtml *html = cd_site_open (pages, "Teachers", "../", "teachers/index.html", NULL);
  cd_html_open (html, "p", NULL);
  cd_html_text (
      html,
      "Models whose outputs made, rewrote, filtered or scored training data of the works here, as far as their repositories show; models that only "
      "judge evaluation results are not among them. Leads are places where this is not certain; they count in no other column. ");
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
    const guint *told = teacher->of;
    g_autofree char *way = cd_site_way ("../", teacher->file), *name = cd_html_cut (teacher->name, 80);
    cd_html_open (html, "tr", NULL);
    cd_html_open (html, "th", "scope", "row", NULL);
    cd_html_link (html, way, name);
    cd_html_close (html);
    cd_html_leaf (html, "td", teacher->provider != NULL ? teacher->provider : "–", NULL);
    put_number (html, told[CD_SITE_TOLD] + told[CD_SITE_TOLD_BESIDE] + told[CD_SITE_TOLD_NOWHERE]);
    put_number (html, told[CD_SITE_TOLD]);
    put_number (html, told[CD_SITE_TOLD_NOWHERE]);
    put_number (html, told[CD_SITE_TOLD_BESIDE]);
    put_number (html, teacher->inherited);
    put_number (html, told[CD_SITE_TOLD_LEAD]);
    cd_html_close (html);
  }
  cd_html_close (html);
  cd_html_close (html);
  cd_html_close (html);
  return cd_site_close (pages, html, "../");
}
