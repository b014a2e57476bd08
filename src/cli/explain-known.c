/* What is known of one model or dataset: its names, its maker's terms, and all that it descends from, an indented line each. */
#include "cli/explain-known.h"
#include "cli/labels.h"

#define STEP 2u /* columns a generation */

/* "model of deepseek, open weights, released 2025-01-20, trained to reason". Caller frees. */
static char *
describe (const CdKnown *known)
{
  GString *what = g_string_new (known->kind == CD_KNOWN_MODEL ? "model" : "dataset");
  if (known->maker != NULL)
    g_string_append_printf (what, " of %s, %s", known->maker, known->open ? "open weights" : "by API only");
  if (known->sort != NULL)
    g_string_append_printf (what, " of %s", known->sort);
  if (known->size != NULL)
    g_string_append_printf (what, ", %s%s", known->size, known->kind == CD_KNOWN_DATASET ? " items" : " parameters");
  if (known->released != NULL)
    g_string_append_printf (what, ", released %s", known->released);
  if (known->reasoning)
    g_string_append (what, ", trained to reason");
  if (known->moving)
    g_string_append (what, "; the name points at changing snapshots: a use without a date is unpinned");
  if (known->origin != NULL)
    g_string_append_printf (what, ", origin %s", known->origin);
  return g_string_free (what, FALSE);
}

static void
put_ancestry (CdPage *page, const CdKnowledge *knowledge, guint index)
{
  g_autoptr (GArray) ancestry = cd_knowledge_ancestry (knowledge, index);
  for (guint i = 0; i < ancestry->len; i++) {
    const CdAncestor *ancestor = &g_array_index (ancestry, CdAncestor, i);
    const CdKnown *known = cd_knowledge_at (knowledge, ancestor->index);
    const char *how = ancestor->taught ? "taught by" : known->kind == CD_KNOWN_MODEL ? "trained from" : "built from";
    g_autofree char *text = g_strdup_printf ("%s %s%s%s%s", how, known->id, known->released != NULL ? " (" : "",
                                             known->released != NULL ? known->released : "", known->released != NULL ? ")" : "");
    if (i == 0)
      cd_page_put (page, "descent", CD_TINT_FAINT);
    cd_page_move (page, CD_LABEL + STEP * (ancestor->depth - 1));
    cd_page_wrap (page, text, CD_TINT_NONE);
    cd_page_end (page);
  }
}

static void
put_terms (CdPage *page, const CdKnowledge *knowledge, const CdKnown *known)
{
  if (known->maker == NULL)
    return;
  g_autoptr (GPtrArray) terms = cd_knowledge_terms (knowledge, known->maker);
  for (guint i = 0; i < terms->len; i++) {
    const CdTerm *term = terms->pdata[i];
    g_autofree char *text = g_strdup_printf ("%s: %s%s%s (%s)", term->licence != NULL ? term->licence : "terms of service", term->clause,
                                             term->since != NULL ? ", since " : "", term->since != NULL ? term->since : "", term->source);
    cd_label_line (page, i == 0 ? "terms" : "", text);
  }
}

static void
put_known (CdPage *page, gboolean another, const CdKnowledge *knowledge, guint index)
{
  const CdKnown *known = cd_knowledge_at (knowledge, index);
  g_autofree char *what = describe (known);
  g_autofree char *hub = g_strjoinv (", ", known->hub), *aliases = g_strjoinv (", ", known->aliases);
  cd_label_title (page, another, known->id, what);
  cd_label_line (page, "name", known->name);
  cd_label_line (page, "hub", hub);
  cd_label_line (page, "also", aliases);
  cd_label_line (page, "licence", known->license);
  put_ancestry (page, knowledge, index);
  put_terms (page, knowledge, known);
  cd_label_line (page, "source", known->source);
  cd_label_place (page, known->file, known->line);
}

guint
cd_explain_known (CdPage *page, gboolean another, const CdKnowledge *knowledge, const char *name)
{
  guint found = 0;
  for (guint kind = 0; kind < CD_KNOWN_KINDS; kind++) {
    gint index = cd_knowledge_find (knowledge, (CdKnownKind) kind, name);
    if (index >= 0)
      put_known (page, another || found++ > 0, knowledge, (guint) index);
  }
  return found;
}
