/* Below the table of works: what its columns mean, and the data to take away. */
#include "site/table-parts.h"

static void
put_meaning (CdHtml *html, const char *what, const char *meaning)
{
  cd_html_leaf (html, "dt", what, NULL);
  cd_html_leaf (html, "dd", meaning, NULL);
}

void
cd_table_put_legend (CdHtml *html)
{
  cd_html_leaf (html, "h2", "What the columns mean", "id", "legend", NULL);
  cd_html_open (html, "dl", "class", "facts", NULL);
  put_meaning (html, "Rank", "by the score alone: openness, distillation, claims and approach are told and do not rank. Equal scores share a rank.");
  put_meaning (html, "Score, likely range", "points of 100; the bar shows the range, the stroke in it the score.");
  put_meaning (
      html, "Dimensions",
      "points of each, in the order of the head: dark what is settled, lighter what is given but in doubt. Every question behind them has a page "
      "under Criteria.");
  for (const char *const *label = cd_site_labels (); *label != NULL; label++) {
    g_autofree char *what = g_strdup_printf ("Distillation: %s", cd_site_label_words (*label));
    put_meaning (html, what, cd_site_label_meaning (*label));
  }
  put_meaning (html, "Teachers",
               "models whose outputs reached the training data or the reward, as far as the repository shows. Naming a teacher is good practice; "
               "having one is no fault. That documents do not mention one is said only where its use is shown directly and with high confidence; "
               "anything less is a lead for a reader, counted apart and shown on the work's page.");
  put_meaning (html, "Claims checked", "of the figures that the work claims, those for which result logs, predictions or a run were at hand.");
  put_meaning (html, "Of these reproduced",
               "equal to the printed precision; beside it those that are compatible with what was obtained, or equal the best of several "
               "runs, or were not reproduced.");
  cd_html_close (html);
  cd_html_open (html, "p", NULL);
  cd_site_put_reply (html, "");
  cd_html_close (html);
}

void
cd_table_put_data (CdHtml *html)
{
  static const struct {
    const char *file, *words;
  } files[] = {
    { "data/leaderboard.json", "the table as JSON" },
    { "data/works.csv", "the table as CSV" },
    { "data/verdicts.csv", "every answer to every question, with its certainty and first place" },
    { "data/teachers.csv", "every teacher of every work, with disclosure, confidence and first place" },
    { "data/claims.csv", "every claimed figure and what was obtained for it" },
    { "data/leaderboard.sqlite", "all of that, with every place of evidence, as a SQLite database" },
    { CD_SITE_LIST, "all files of this site with their SHA-256; the audits of works lie under data/audits" },
    { "feed.atom", "what changes, as a feed" },
  };
  cd_html_leaf (html, "h2", "Data", "id", "data", NULL);
  cd_html_open (html, "ul", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    cd_html_open (html, "li", NULL);
    cd_html_link (html, files[i].file, files[i].file);
    cd_html_printf (html, ": %s", files[i].words);
    cd_html_close (html);
  }
  cd_html_close (html);
}
