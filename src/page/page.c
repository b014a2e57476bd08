/* The page of one audit: its head, the list of its sections, the sections in order, and what it was made with. Each section is a file of its own. */
#include "page/page.h"
#include "page/parts.h"
#include <string.h>

typedef struct {
  const char *id, *title;
  void (*write) (CdHtml *html, const CdRecord *record);
  const char *only; /* the part of the record without which there is no such section; NULL: always there */
} Section;

static const Section sections[] = {
  { "score", "Score", cd_section_score, NULL },
  { "reader", "For a reader to settle", cd_section_reader, NULL },
  { "criteria", "Criteria", cd_section_criteria, NULL },
  { "lineage", "Distillation and lineage", cd_section_lineage, NULL },
  { "figures", "Claims and reproductions", cd_section_figures, NULL },
  { "commands", "Commands", cd_section_commands, NULL },
  { "provenance", "Provenance", cd_section_provenance, NULL },
  { "contamination", "Contamination", cd_section_contamination, NULL },
  { "risks", "Risks", cd_section_risks, NULL },
  { "readers", "Readers and replies", cd_section_readers, "assessments" },
  { "online", "Network checks", cd_section_online, "online" },
  { "history", "Score over time", cd_section_history, "history" },
  { "not-examined", "Not examined", cd_section_not_examined, NULL },
};

/* "owner/name" of a remote, the folder within it, or the commit. Caller frees. */
static char *
name_of (const CdRecord *record, const CdPageContext *context)
{
  if (context != NULL && context->name != NULL)
    return g_strdup (context->name);
  g_autofree char *remote = g_strdup (record->remote != NULL ? record->remote : "");
  while (g_str_has_suffix (remote, "/"))
    remote[strlen (remote) - 1] = '\0';
  if (g_str_has_suffix (remote, ".git"))
    remote[strlen (remote) - strlen (".git")] = '\0';
  char *last = strrchr (remote, '/'), *owner = last != NULL ? g_strrstr_len (remote, last - remote, "/") : NULL;
  const char *name = owner != NULL && owner[1] != '/' ? owner + 1 : last != NULL && last[1] != '\0' ? last + 1 : remote;
  g_autofree char *commit = g_strdup_printf ("commit %.12s", record->commit);
  const char *shown = *name != '\0' ? name : commit;
  return *record->subdir != '\0' ? g_strconcat (shown, ", ", record->subdir, NULL) : g_strdup (shown);
}

/* "rl, distillation-sft". Caller frees. */
static char *
approach_of (const CdRecord *record)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < record->approach->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *) record->approach->pdata[i]);
  return g_string_free (text, FALSE);
}

static void
put_linked_fact (CdHtml *html, const char *name, const char *target)
{
  if (target == NULL)
    return;
  cd_html_open (html, "div", NULL);
  cd_html_leaf (html, "dt", name, NULL);
  cd_html_open (html, "dd", NULL);
  cd_part_link (html, target, target);
  cd_html_close (html);
  cd_html_close (html);
}

static void
put_scope (CdHtml *html, const CdRecord *record)
{
  GString *text = g_string_new (NULL);
  const cJSON *glob = NULL;
  cJSON_ArrayForEach (glob, cd_record_part (record, "subject.scope"))
  {
    if (cJSON_IsString (glob) && text->len < CD_PART_TEXT)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", glob->valuestring);
  }
  cd_part_fact (html, "scope", text->str);
  g_string_free (text, TRUE);
}

static void
put_facts (CdHtml *html, const CdRecord *record)
{
  const cJSON *provenance = cd_record_part (record, "provenance");
  const char *license = cd_record_string (provenance, "license");
  g_autofree char *approach = approach_of (record), *rubric = g_strdup_printf ("%s, version %s", record->rubric, record->rubric_version);
  cd_html_open (html, "dl", "class", "facts", NULL);
  cd_part_fact (html, "approach", *approach != '\0' ? approach : "no training stage found");
  cd_part_fact (html, "distillation", record->label);
  cd_part_fact (html, "licence", license != NULL ? license : "none found");
  put_linked_fact (html, "repository", record->remote);
  cd_part_fact (html, "commit", record->commit);
  cd_part_fact (html, "date of the commit", record->date);
  cd_part_fact (html, "folder", record->subdir);
  put_scope (html, record);
  cd_part_fact (html, "manifest", record->manifest != NULL ? record->manifest : "none: nothing is declared by the authors");
  put_linked_fact (html, "paper", cd_record_string (provenance, "paper"));
  cd_part_fact (html, "rubric", rubric);
  cd_html_close (html);
}

/* The number and its doubt, which never stand apart. */
static void
put_score (CdHtml *html, const CdRecord *record)
{
  cd_html_open (html, "p", "class", "score", NULL);
  cd_html_open (html, "strong", NULL);
  cd_html_printf (html, "%u", record->total);
  cd_html_close (html);
  cd_html_printf (html, " of %u points, ", record->of);
  cd_part_text (html, "strong", NULL, record->openness, CD_PART_NAME);
  cd_html_printf (html, "; likely %u to %u, expected %.1f", record->likely[0], record->likely[1], record->expected);
  cd_html_close (html);
}

static gboolean
is_shown (const Section *section, const CdRecord *record, guint points)
{
  return section->only == NULL || cd_record_part (record, section->only) != NULL || (points > 0 && section->write == cd_section_history);
}

static void
put_contents (CdHtml *html, const CdRecord *record, guint points)
{
  cd_html_open (html, "nav", "class", "contents", "aria-label", "Sections", NULL);
  cd_html_open (html, "ul", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++) {
    if (!is_shown (&sections[i], record, points))
      continue;
    g_autofree char *target = g_strconcat ("#", sections[i].id, NULL);
    cd_html_open (html, "li", NULL);
    cd_html_link (html, target, sections[i].title);
    cd_html_close (html);
  }
  cd_html_close (html);
  cd_html_close (html);
}

static void
put_head (CdHtml *html, const CdRecord *record, const CdPageContext *context, const char *name)
{
  cd_html_leaf (html, "a", "Skip to the score", "class", "skip", "href", "#score", NULL);
  if (context != NULL && context->home != NULL) {
    cd_html_open (html, "nav", "aria-label", "Site", NULL);
    cd_html_link (html, context->home, "← All works");
    cd_html_close (html);
  }
  cd_html_open (html, "header", NULL);
  cd_html_leaf (html, "p", "Transparency audit", "class", "soft kicker", NULL);
  g_autofree char *shown = cd_html_cut (name, CD_PART_NAME);
  cd_html_leaf (html, "h1", shown, NULL);
  if (context != NULL && context->note != NULL)
    cd_part_text (html, "p", NULL, context->note, CD_PART_TEXT);
  put_score (html, record);
  put_facts (html, record);
  cd_html_close (html);
}

static void
put_foot (CdHtml *html, const CdRecord *record)
{
  cd_html_open (html, "footer", NULL);
  const struct {
    const char *before, *value;
  } made[] = { { "Made by candor ", record->tool_version }, { " from commit ", record->commit },
               { " with rubric ", record->rubric },         { " ", record->rubric_version },
               { ", sha256 ", record->rubric_sha256 },      { ", and knowledge, sha256 ", record->knowledge_sha256 } };
  cd_html_open (html, "p", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (made); i++) {
    cd_html_text (html, made[i].before);
    cd_part_text (html, "code", NULL, made[i].value, CD_PART_NAME);
  }
  cd_html_text (html, ".");
  cd_html_close (html);
  cd_part_say (html, "The same commit, rubric and version give the same page; nothing of the repository was executed.");
  cd_html_close (html);
}

/* The points of the record's own history that were audited; free the array. */
static GArray *
own_points (const CdRecord *record)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (CdScorePoint));
  const cJSON *item = NULL;
  cJSON_ArrayForEach (item, cd_record_part (record, "history.points"))
  {
    double total = cd_record_number (item, "total", -1);
    CdScorePoint point = { .commit = cd_record_string (item, "commit"), .date = cd_record_string (item, "date") };
    if (total < 0 || total > 1e6)
      continue;
    point.total = (guint) total;
    g_array_append_val (points, point);
  }
  return points;
}

char *
cd_page_audit (const CdRecord *record, const CdPageContext *context)
{
  g_autoptr (GArray) own = own_points (record);
  gboolean given = context != NULL && context->points != NULL;
  const CdScorePoint *points = given ? context->points : (const CdScorePoint *) (gpointer) own->data;
  guint length = given ? context->n_points : own->len;
  g_autofree char *name = name_of (record, context), *cut = cd_html_cut (name, CD_PART_NAME),
                  *title = g_strconcat (cut, ": transparency audit", NULL);
  CdHtml *html = cd_html_page (title, NULL);
  put_head (html, record, context, name);
  put_contents (html, record, length);
  cd_html_open (html, "main", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++) {
    const Section *section = &sections[i];
    if (!is_shown (section, record, length))
      continue;
    g_autofree char *label = g_strconcat (section->id, "-title", NULL);
    cd_html_open (html, "section", "id", section->id, "aria-labelledby", label, NULL);
    cd_html_leaf (html, "h2", section->title, "id", label, NULL);
    if (section->write == cd_section_history)
      cd_draw_time (html, points, length);
    section->write (html, record);
    cd_html_close (html);
  }
  cd_html_close (html);
  put_foot (html, record);
  return cd_html_finish (html);
}
