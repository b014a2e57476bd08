/* A page for each criterion: the question, what earns it, and which works do, with certainty and places; and the list of all criteria. */
#include "site/site-parts.h"
#include <math.h>

#define CENTRAL 1.2816 /* standard deviations that hold 80 % of a normal distribution either way */
#define PLACES 3u

/* The number of works that a careful reader would most likely say yes of, as if the works' certainties were independent. */
static void
likely_yes (const CdSiteCriterion *criterion, guint *low, guint *high)
{
  double from = criterion->expected - CENTRAL * criterion->spread, to = criterion->expected + CENTRAL * criterion->spread;
  *low = (guint) floor (MAX (from, 0));
  *high = MIN ((guint) ceil (to), criterion->answers->len);
}

/* Depth is bounded by the reader of expressions. */
static void
put_expression (CdHtml *html, const CdSitePages *pages, const CdExpression *expression, gboolean weighed)
{
  g_autofree char *head = cd_expression_head (expression);
  if (weighed)
    cd_html_printf (html, "%+d ", expression->weight);
  if (head == NULL) {
    const CdProbeInfo *probe = cd_probes_at (pages->probes, expression->probe);
    cd_html_leaf (html, "code", probe->id, NULL);
    cd_html_printf (html, " %s", probe->question);
    return;
  }
  cd_html_text (html, head);
  cd_html_open (html, "ul", NULL);
  for (guint i = 0; i < expression->members->len; i++) {
    cd_html_open (html, "li", NULL);
    put_expression (html, pages, expression->members->pdata[i], expression->kind == CD_EXPRESSION_SCORE);
    cd_html_close (html);
  }
  cd_html_close (html);
}

static void
put_rule (CdHtml *html, const CdSitePages *pages, const CdSiteCriterion *criterion)
{
  const CdCriterion *rule = criterion->rule;
  if (rule == NULL) {
    cd_html_leaf (html, "p", "These audits were made by another version of the rubric, whose full text is not at hand.", "class", "soft", NULL);
    return;
  }
  if (rule->wants != NULL)
    cd_html_leaf (html, "p", rule->wants, NULL);
  if (rule->fix != NULL) {
    cd_html_open (html, "p", NULL);
    cd_html_leaf (html, "strong", "To earn it: ", NULL);
    cd_html_text (html, rule->fix);
    cd_html_close (html);
  }
  cd_html_open (html, "details", NULL);
  cd_html_leaf (html, "summary", "How the rules decide", NULL);
  cd_html_open (html, "div", "class", "small", NULL);
  cd_html_text (html, "Yes if ");
  put_expression (html, pages, rule->when, FALSE);
  cd_html_open (html, "p", NULL);
  cd_html_text (html, "In a terminal ");
  cd_html_open (html, "code", NULL);
  cd_html_printf (html, "candor explain %s", criterion->id);
  cd_html_close (html);
  cd_html_text (html, " tells the same, and of each part what is looked for.");
  cd_html_close (html);
  cd_html_close (html);
  cd_html_close (html);
}

static void
put_answer (CdHtml *html, const CdSiteAnswer *answer)
{
  const CdRecordVerdict *verdict = answer->verdict;
  cd_html_open (html, "tr", NULL);
  cd_html_open (html, "th", "scope", "row", NULL);
  g_autofree char *way = g_strdup_printf ("../%s#c-%s", answer->work->file, verdict->id), *name = cd_html_cut (answer->work->name, 120);
  cd_html_link (html, way, name);
  cd_html_close (html);
  cd_html_open (html, "td", "class", "number", NULL);
  cd_html_printf (html, "%u %%", (guint) CLAMP (100 * verdict->certainty + 1e-9, 0, 100));
  cd_html_close (html);
  cd_html_open (html, "td", NULL);
  cd_html_text (html, verdict->settled ? "yes" : "a reader decides");
  cd_html_close (html);
  cd_html_leaf (html, "td", verdict->basis, NULL);
  cd_html_open (html, "td", "class", "text", NULL);
  if (verdict->evidence->len == 0)
    cd_html_text (html, verdict->yes ? "–" : "nothing was found");
  cd_site_put_places (html, answer->work, verdict->evidence, PLACES);
  cd_html_close (html);
  cd_html_close (html);
}

static void
put_answers (CdHtml *html, const CdSiteCriterion *criterion, gboolean yes)
{
  static const char *const heads[] = { "Work", "Certainty", "Settled", "Basis", "Places" };
  guint length = yes ? criterion->yes : criterion->answers->len - criterion->yes;
  g_autofree char *title = g_strdup_printf ("%s: %u", yes ? "Yes" : "No", length);
  cd_html_leaf (html, "h2", title, "id", yes ? "yes" : "no", NULL);
  if (length == 0)
    return;
  cd_html_open (html, "div", "class", "scroll", "role", "region", "aria-label", title, "tabindex", "0", NULL);
  cd_html_open (html, "table", NULL);
  cd_html_open (html, "thead", NULL);
  cd_html_open (html, "tr", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    cd_html_leaf (html, *heads[i] != '\0' ? "th" : "td", heads[i], "scope", *heads[i] != '\0' ? "col" : NULL, "class", i == 1 ? "number" : NULL,
                  NULL);
  cd_html_close (html);
  cd_html_close (html);
  cd_html_open (html, "tbody", NULL);
  for (guint i = 0; i < criterion->answers->len; i++) {
    const CdSiteAnswer *answer = &g_array_index (criterion->answers, CdSiteAnswer, i);
    if (answer->verdict->yes == yes)
      put_answer (html, answer);
  }
  cd_html_close (html);
  cd_html_close (html);
  cd_html_close (html);
}

GBytes *
cd_site_criterion (gconstpointer site, gconstpointer of, G_GNUC_UNUSED GError **error)
{
  const CdSitePages *pages = site;
  const CdSiteCriterion *criterion = of;
  guint low = 0, high = 0;
  likely_yes (criterion, &low, &high);
  CdHtml *html = cd_site_open (pages, criterion->id, "../", criterion->file, NULL);
  cd_html_open (html, "p", "class", "lead", NULL);
  cd_html_text (html, criterion->question);
  cd_html_close (html);
  cd_html_open (html, "p", "class", "soft", NULL);
  cd_html_printf (html, "%s%s%u point%s", criterion->dimension, *criterion->dimension != '\0' ? ", " : "", criterion->points,
                  criterion->points == 1 ? "" : "s");
  cd_html_close (html);
  put_rule (html, pages, criterion);
  cd_html_open (html, "p", NULL);
  cd_html_printf (
      html,
      "By the rules %u of %u works earn it; by the certainties of these answers a careful reader would say yes of %u to %u. %u of the answers are "
      "settled, the others are places to look at. ",
      criterion->yes, criterion->answers->len, low, high, criterion->settled);
  cd_site_put_reply (html, "../");
  cd_html_close (html);
  put_answers (html, criterion, TRUE);
  put_answers (html, criterion, FALSE);
  return cd_site_close (pages, html, "../");
}

/* A bar as long as the share, with the likely share behind it. */
static void
put_share (CdHtml *html, const CdSiteCriterion *criterion)
{
  double scale = 120.0 / MAX (criterion->answers->len, 1);
  guint low = 0, high = 0;
  likely_yes (criterion, &low, &high);
  g_autofree char *from = cd_html_number (low * scale), *wide = cd_html_number ((high - low) * scale);
  g_autofree char *at = cd_html_number (MIN (criterion->yes * scale, 118));
  cd_html_open (html, "svg", "class", "likely", "viewBox", "0 0 120 14", "width", "120", "height", "14", "aria-hidden", "true", NULL);
  cd_html_leaf (html, "rect", NULL, "class", "track", "x", "0.5", "y", "5", "width", "119", "height", "4", NULL);
  cd_html_leaf (html, "rect", NULL, "class", "range", "x", from, "y", "2", "width", wide, "height", "10", NULL);
  cd_html_leaf (html, "rect", NULL, "class", "bar", "x", at, "y", "0", "width", "2", "height", "14", NULL);
  cd_html_close (html);
}

static void
put_row (CdHtml *html, const CdSiteCriterion *criterion)
{
  guint low = 0, high = 0;
  likely_yes (criterion, &low, &high);
  g_autofree char *way = cd_site_way ("../", criterion->file);
  cd_html_open (html, "tr", NULL);
  cd_html_open (html, "th", "scope", "row", NULL);
  cd_html_link (html, way, criterion->id);
  cd_html_leaf (html, "span", criterion->question, "class", "aside", NULL);
  cd_html_close (html);
  cd_html_leaf (html, "td", criterion->dimension, NULL);
  cd_html_open (html, "td", "class", "number", NULL);
  cd_html_printf (html, "%u", criterion->points);
  cd_html_close (html);
  cd_html_open (html, "td", "class", "number", NULL);
  cd_html_printf (html, "%u of %u", criterion->yes, criterion->answers->len);
  cd_html_close (html);
  cd_html_open (html, "td", "class", "range", NULL);
  cd_html_printf (html, "%u–%u", low, high);
  put_share (html, criterion);
  cd_html_close (html);
  cd_html_open (html, "td", "class", "number", NULL);
  cd_html_printf (html, "%.0f %%", criterion->answers->len > 0 ? 100.0 * criterion->settled / criterion->answers->len : 0);
  cd_html_close (html);
  cd_html_close (html);
}

GBytes *
cd_site_criteria (gconstpointer site, G_GNUC_UNUSED gconstpointer of, G_GNUC_UNUSED GError **error)
{
  static const struct {
    const char *words, *class;
  } heads[] = { { "Question", NULL },  { "Dimension", NULL }, { "Points", "number" },
                { "Works", "number" }, { "Likely", "range" }, { "Settled", "number" } };
  const CdSitePages *pages = site;
  CdHtml *html = cd_site_open (pages, "Criteria", "../", "criteria/index.html", NULL);
  cd_html_leaf (
      html, "p",
      "The questions that make up a score, and how many works earn each: by the rules, and, by the certainty of their answers, how many a careful "
      "reader would most likely find. Settled: the share of answers of which a careful reader would very likely give the same.",
      NULL);
  cd_html_open (html, "div", "class", "scroll", "role", "region", "aria-label", "All criteria", "tabindex", "0", NULL);
  cd_html_open (html, "table", NULL);
  cd_html_open (html, "thead", NULL);
  cd_html_open (html, "tr", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    cd_html_leaf (html, "th", heads[i].words, "scope", "col", "class", heads[i].class, NULL);
  cd_html_close (html);
  cd_html_close (html);
  cd_html_open (html, "tbody", NULL);
  for (guint i = 0; i < pages->criteria->len; i++)
    put_row (html, pages->criteria->pdata[i]);
  cd_html_close (html);
  cd_html_close (html);
  cd_html_close (html);
  return cd_site_close (pages, html, "../");
}
