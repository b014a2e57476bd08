/* Where documents name a model that only code shows as a teacher. A sentence may tell of it in a way that no frame of statements.yaml reads, or show the
 * command that calls it: of such a model nobody may say that it is not mentioned. What a naming means for the label is inherited.c's part. */
#include "lineage/lineage.h"
#include "scope/role.h"
#include <string.h>

#define PASSAGE_BYTES 65536u /* of a passage, looked at */
#define NEAR_LINES 3u        /* of a place that shows a script, for a family's bare name */

/* Where a model stands as one of many: nothing is told there of what the work did with it. */
#define BESIDE (CD_CONTEXT_EVALUATION | CD_CONTEXT_RELATED | CD_CONTEXT_COMPARISON | CD_CONTEXT_BOILERPLATE | CD_CONTEXT_DEMO)

typedef struct {
  CdTeacher *teacher;
  char *key;
  GPtrArray *scripts; /* char*: names of the files that show it */
} Hidden;

static void
hidden_clear (gpointer data)
{
  Hidden *hidden = data;
  g_free (hidden->key);
  g_ptr_array_unref (hidden->scripts);
}

static GArray *
gather_hidden (const CdCorpus *corpus, const CdLineage *lineage)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Hidden));
  g_array_set_clear_func (all, hidden_clear);
  for (guint i = 0; i < lineage->teachers->len; i++) {
    CdTeacher *teacher = lineage->teachers->pdata[i];
    if (teacher->model == NULL || teacher->disclosure == CD_DISCLOSURE_DISCLOSED)
      continue;
    Hidden hidden = { teacher, cd_names_key (teacher->model), g_ptr_array_new_with_free_func (g_free) };
    for (guint t = 0; t < teacher->traces->len; t++) {
      const CdDocument *document = corpus->documents->pdata[g_array_index (teacher->traces, CdTrace, t).document];
      g_ptr_array_add (hidden.scripts, g_path_get_basename (document->path));
    }
    g_array_append_val (all, hidden);
  }
  return all;
}

/* Pages and papers of the work, those of its parts among them: a part may be called like a framework and tell of the work all the same. */
static gboolean
is_page (const CdCorpus *corpus, const CdScope *scope, guint index)
{
  const CdDocument *document = corpus->documents->pdata[index];
  switch (cd_role_of (document)) {
    case CD_ROLE_README:
    case CD_ROLE_DOC:
    case CD_ROLE_CARD:
    case CD_ROLE_PAPER:
    case CD_ROLE_NOTEBOOK:
      return document->path[0] != '.' && cd_scope_is_own (scope, index);
    default:
      return FALSE;
  }
}

/* "Gemini" of "gemini-2.0-flash": a whole first word. */
static gboolean
is_family_of (const char *family, const char *model)
{
  gsize length = strlen (family);
  return g_ascii_strncasecmp (model, family, length) == 0 && !g_ascii_isalnum (model[length]);
}

/* One of the scripts is shown within a few lines of the passage. */
static gboolean
shows_script (const CdDocument *document, guint index, const GPtrArray *scripts)
{
  const CdPassage *at = &g_array_index (document->passages, CdPassage, index);
  guint first = index > NEAR_LINES ? index - NEAR_LINES : 0;
  for (guint i = first; i <= index + NEAR_LINES && i < document->passages->len; i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    gboolean near = passage->line + NEAR_LINES >= at->line && passage->line <= at->line + NEAR_LINES;
    for (guint s = 0; near && s < scripts->len; s++)
      if (g_strstr_len (document->text + passage->start, (gssize) MIN (passage->end - passage->start, PASSAGE_BYTES), scripts->pdata[s]) != NULL)
        return TRUE;
  }
  return FALSE;
}

static gboolean
is_beside (const CdDocument *document, const CdPassage *passage)
{
  gint32 section = passage->section;
  guint flags = section >= 0 && (guint) section < document->sections->len ? ((const CdSection *) document->sections->pdata[section])->flags : 0;
  return passage->kind == CD_PASSAGE_TABLE || ((passage->flags | flags) & BESIDE) != 0;
}

/* The first naming is kept; one that tells more than a row of results replaces it. */
static void
note (Hidden *hidden, const CdDocument *document, guint index, const CdPassage *passage)
{
  CdTeacher *teacher = hidden->teacher;
  gboolean beside = is_beside (document, passage);
  if (teacher->disclosure == CD_DISCLOSURE_HINTED || (beside && teacher->named.line != 0))
    return;
  teacher->named = (CdTrace){ index, passage->line, passage->end_line, "naming", 0 };
  teacher->disclosure = beside ? CD_DISCLOSURE_CODE_ONLY : CD_DISCLOSURE_HINTED;
}

static void
read_passage (const CdNames *names, const CdDocument *document, guint document_index, guint index, GArray *all)
{
  const CdPassage *passage = &g_array_index (document->passages, CdPassage, index);
  if (passage->kind == CD_PASSAGE_BIBTEX || (document->kind == CD_DOCUMENT_NOTEBOOK && passage->kind == CD_PASSAGE_CODE))
    return;
  g_autoptr (GArray) mentions = cd_names_find (names, document->text + passage->start, MIN (passage->end - passage->start, (gsize) PASSAGE_BYTES));
  for (guint i = 0; i < mentions->len; i++) {
    const CdMention *mention = &g_array_index (mentions, CdMention, i);
    if (mention->kind != CD_MENTION_MODEL || mention->derived)
      continue;
    g_autofree char *key = cd_names_key (mention->name);
    for (guint h = 0; h < all->len; h++) {
      Hidden *hidden = &g_array_index (all, Hidden, h);
      gboolean same = g_str_equal (key, hidden->key) || (mention->known >= 0 && mention->known == hidden->teacher->known);
      if (same || (mention->weak && is_family_of (mention->name, hidden->teacher->model) && shows_script (document, index, hidden->scripts)))
        note (hidden, document, document_index, passage);
    }
  }
}

void
cd_lineage_find_namings (const CdLineageRules *rules, const CdCorpus *corpus, const CdScope *scope, CdLineage *lineage)
{
  g_autoptr (GArray) all = gather_hidden (corpus, lineage);
  for (guint i = 0; all->len > 0 && i < corpus->documents->len; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    for (guint p = 0; is_page (corpus, scope, i) && p < document->passages->len; p++)
      read_passage (cd_lineage_rules_names (rules), document, i, p, all);
  }
}
