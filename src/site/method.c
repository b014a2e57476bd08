/* How the scores come about, how far they were found to hold, what they are not, and how whoever made a work corrects them. Figures are the rubric's certainty file's
 * and these rows'; nothing measured is written down here. */
#include "site/site-parts.h"
#include <math.h>
#include <string.h>

/* What rubrics/ID.certainty.yaml tells under `from`, in words; a key that is not here is not shown. */
static const struct {
  const char *key, *words;
  gboolean share;
} measured[] = {
  { "works", "works that careful readers read", FALSE },
  { "kept_apart", "of these kept apart from the making of rules and weights", FALSE },
  { "answers", "answers behind these figures", FALSE },
  { "settled_share", "share of answers that count as settled", TRUE },
  { "settled_accuracy", "share of the settled answers that a reader gave too", TRUE },
  { "calibration_error", "how far certainties are off, on average", TRUE },
  { "likely_range_holds", "share of works whose total by a reader lies in the likely range", TRUE },
};

static void
put_paragraphs (CdHtml *html, const char *const *texts, guint length)
{
  for (guint i = 0; i < length; i++)
    cd_html_leaf (html, "p", texts[i], NULL);
}

static void
put_deciding (CdHtml *html, const CdSitePages *pages)
{
  static const char *const texts[] = {
    "Only the files of the repository at the commit given are read: documents, code, configuration, data, logs, and the text of PDF files in it. "
    "Nothing behind a "
    "link is, and nothing from the repository is run. Files that are copies of public frameworks are recognised by their content and do not speak "
    "for the work.",
    "Patterns over passages answer factual questions; a criterion adds these up; points of criteria make the score. The weights were fitted on "
    "careful readers' "
    "answers. What is found is shown with its place; what is not found is shown with what was looked for.",
    "Distillation is told apart from the score. A model counts as a teacher where its outputs made, rewrote, filtered or scored training data. That "
    "a teacher is not "
    "mentioned is said only where its use is shown directly, with high confidence and with its places.",
    "Claimed figures stand beside what the repository's own logs and predictions yield, with the interval of what was obtained. Few repositories "
    "ship either: most "
    "claims are unchecked, which says nothing about them.",
  };
  cd_html_leaf (html, "h2", "How it decides", "id", "how", NULL);
  put_paragraphs (html, texts, G_N_ELEMENTS (texts));
  if (pages->rubric == NULL)
    return;
  cd_html_open (html, "details", NULL);
  cd_html_leaf (html, "summary", "What counts, whatever the question", NULL);
  cd_html_open (html, "ul", NULL);
  for (const char *const *line = cd_rubric_codebook (pages->rubric); *line != NULL; line++)
    cd_html_leaf (html, "li", *line, NULL);
  cd_html_close (html);
  cd_html_close (html);
  if (cd_rubric_source (pages->rubric) != NULL) {
    cd_html_open (html, "p", NULL);
    cd_html_printf (html, "The rubric %s follows: %s.", cd_rubric_name (pages->rubric), cd_rubric_source (pages->rubric));
    cd_html_close (html);
  }
}

static void
put_measured (CdHtml *html, const CdSitePages *pages)
{
  g_autofree char *file = g_strdup_printf ("rubrics/%s.certainty.yaml", pages->first->rubric);
  g_autoptr (CdYaml) yaml = cd_data_yaml (pages->options->data, file, NULL);
  const CdYamlNode *from = yaml != NULL ? cd_yaml_get (cd_yaml_root (yaml), "from") : NULL;
  if (from == NULL || pages->rubric == NULL) {
    cd_html_leaf (html, "p", "No measurement of this version of the rubric is at hand.", NULL);
    return;
  }
  cd_html_open (html, "p", NULL);
  cd_html_text (html, "Certainties were measured against careful readers; the figures are those of ");
  cd_html_leaf (html, "code", file, NULL);
  cd_html_text (html, ", on works that no rule or weight was made with. Of a work that nobody has seen, expect less.");
  cd_html_close (html);
  cd_html_open (html, "dl", "class", "facts measured", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (measured); i++) {
    double value = 0;
    if (!cd_yaml_double (cd_yaml_get (from, measured[i].key), &value))
      continue;
    cd_html_leaf (html, "dt", measured[i].words, NULL);
    cd_html_open (html, "dd", NULL);
    cd_html_printf (html, measured[i].share ? "%.1f %%" : "%.0f", measured[i].share ? 100 * value : value);
    cd_html_close (html);
  }
  cd_html_close (html);
}

/* How doubtful the scores of these works are. */
static void
put_doubt (CdHtml *html, const CdSitePages *pages)
{
  guint64 width = 0, settled = 0, answers = 0;
  for (guint i = 0; i < pages->works->len; i++) {
    const CdRecord *record = ((const CdSiteWork *) pages->works->pdata[i])->record;
    width += record != NULL ? record->likely[1] - MIN (record->likely[0], record->likely[1]) : 0;
    settled += record != NULL ? record->settled : 0;
    answers += record != NULL ? record->settled + record->unsettled : 0;
  }
  cd_html_open (html, "p", NULL);
  cd_html_printf (html, "Of the %u works here the likely range is %.0f points wide on average, and %.0f %% of the answers are settled.",
                  pages->ranked, (double) width / MAX (pages->ranked, 1), 100.0 * (double) settled / (double) MAX (answers, 1));
  if (pages->pairs > 0)
    cd_html_printf (html,
                    " Of the %" G_GUINT64_FORMAT " pairs of works the ranges of %.0f %% do not meet: these are in order, the others may not be.",
                    pages->pairs, 100.0 * (double) pages->apart / (double) pages->pairs);
  cd_html_close (html);
}

static void
put_limits (CdHtml *html, const CdSitePages *pages)
{
  static const char *const not_score[] = {
    "It is not a measure of how good a model or a paper is, nor of honesty: it tells what a repository says, at one commit.",
    "It is not a finding about people. What is not in the repository may stand in a paper behind a link, or have been said elsewhere.",
    "It is not an order where likely ranges overlap.",
    "A \"no\" under 90 % certainty is a place to look, not a finding. A \"no\" above it can still be wrong.",
    "A teacher that is not shown directly, or with less than high confidence, is a lead: a model may be called and teach nothing.",
  };
  cd_html_leaf (html, "h2", "How far to trust it", "id", "trust", NULL);
  put_measured (html, pages);
  put_doubt (html, pages);
  cd_html_leaf (html, "h2", "What a score is not", "id", "not", NULL);
  cd_html_open (html, "ul", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (not_score); i++)
    cd_html_leaf (html, "li", not_score[i], NULL);
  cd_html_close (html);
}

static void
put_step (CdHtml *html, const char *what, const char *text, const char *command)
{
  cd_html_open (html, "li", NULL);
  cd_html_leaf (html, "strong", what, NULL);
  cd_html_printf (html, " %s ", text);
  cd_html_leaf (html, "code", command, NULL);
  cd_html_close (html);
}

static void
put_reply (CdHtml *html)
{
  cd_html_leaf (html, "h2", "Right of reply", "id", "reply", NULL);
  cd_html_leaf (html, "p", "Whoever made a work can correct what stands here, in one of three ways:", NULL);
  cd_html_open (html, "ol", NULL);
  put_step (html, "Put it into the repository.",
            "A sentence, a link or a file that answers a question is found by the next audit. What is still missed tells", "candor audit .");
  put_step (html, "Declare it in a manifest.",
            "What it declares and the tree shows counts as verified, what it declares alone is shown as declared. A draft makes",
            "candor init . -o replication.yaml");
  put_step (html, "Reply to a verdict.",
            "An assessment file of the kind \"author\", with a reason for each question that it speaks of, is shown beside the verdicts of the "
            "work's page. It is checked by",
            "candor validate assessment.yaml");
  cd_html_close (html);
  cd_html_leaf (html, "p",
                "Send the last to whoever publishes this site, who names it in the list of works. A wrong accusation is the worst fault that a site "
                "like this can have: "
                "where a reply shows that a rule is wrong, the rule is mended for every work.",
                NULL);
}

static void
put_digest (CdHtml *html, const char *what, const char *digest)
{
  cd_html_leaf (html, "dt", what, NULL);
  cd_html_open (html, "dd", "class", "code", NULL);
  cd_html_text (html, digest);
  cd_html_close (html);
}

static void
put_rules (CdHtml *html, const CdSitePages *pages)
{
  g_autofree char *version = g_strdup_printf ("version %s, %s", pages->first->rubric_version, pages->first->rubric_sha256);
  cd_html_leaf (html, "h2", "Rules", "id", "rules", NULL);
  cd_html_leaf (html, "p",
                "The same commit, rules and program give the same bytes on every machine. These made what stands here (SHA-256 of the files); which "
                "commit of a work "
                "was read stands with the work.",
                NULL);
  cd_html_open (html, "dl", "class", "facts", NULL);
  put_digest (html, "program", "candor " CANDOR_VERSION);
  put_digest (html, pages->first->rubric, version);
  put_digest (html, "knowledge", pages->first->knowledge_sha256);
  cd_html_close (html);
}

GBytes *
cd_site_method (gconstpointer site, G_GNUC_UNUSED gconstpointer of, G_GNUC_UNUSED GError **error)
{
  const CdSitePages *pages = site;
  CdHtml *html = cd_site_open (pages, "Method and limits", "", "method.html", NULL);
  put_deciding (html, pages);
  if (pages->first != NULL)
    put_limits (html, pages);
  put_reply (html);
  if (pages->first != NULL)
    put_rules (html, pages);
  return cd_site_close (pages, html, "");
}
