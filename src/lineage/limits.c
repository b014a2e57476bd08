/* Who taught the work, by any way, and what follows from it: terms of use by rubrics/knowledge/terms.yaml, and whether the data that a teacher wrote can be
 * had. Figures are compared in ceiling.c. */
#include "lineage/limits.h"
#include "scope/role.h"
#include <string.h>

#define MASTERS 8u
#define PLACES 3u  /* evidence of one bound */
#define RECORDS 20 /* fewer are examples */
#define LEARNT_FROM (CD_TEACHES_LONG_THOUGHT | CD_TEACHES_ANSWER | CD_TEACHES_REWRITE | CD_TEACHES_REFLECT)
#define WRITES (LEARNT_FROM | CD_TEACHES_QUESTION | CD_TEACHES_TRANSLATE) /* what it gave can be published as text */

const char *
cd_bound_name (CdBoundKind kind)
{
  static const char *const names[] = { "ceiling", "terms", "unreleased-data", "released-data" };
  return names[kind];
}

CdBound *
cd_bound_new (CdBoundKind kind, const char *teacher)
{
  CdBound *bound = g_new0 (CdBound, 1);
  bound->kind = kind;
  bound->teacher = g_strdup (teacher);
  bound->evidence = g_array_new (FALSE, FALSE, sizeof (CdTrace));
  return bound;
}

void
cd_bound_free (gpointer data)
{
  CdBound *bound = data;
  g_free (bound->teacher);
  g_free (bound->what);
  g_free (bound->metric);
  g_array_unref (bound->evidence);
  g_free (bound);
}

static void
add_traces (CdBound *bound, const GArray *traces)
{
  for (guint i = 0; i < traces->len && bound->evidence->len < PLACES; i++) {
    const CdTrace *trace = &g_array_index (traces, CdTrace, i);
    gboolean seen = FALSE;
    for (guint k = 0; k < bound->evidence->len && !seen; k++) {
      const CdTrace *other = &g_array_index (bound->evidence, CdTrace, k);
      seen = other->document == trace->document && other->line == trace->line;
    }
    if (!seen)
      g_array_append_val (bound->evidence, *trace);
  }
}

static void
master_clear (gpointer data)
{
  g_free (((CdMaster *) data)->key);
}

static void
add_master (GArray *masters, CdMaster master)
{
  master.key = cd_names_key (master.name);
  gboolean seen = masters->len >= MASTERS;
  for (guint i = 0; i < masters->len && !seen; i++) {
    CdMaster *other = &g_array_index (masters, CdMaster, i);
    seen = g_str_equal (other->key, master.key) || (master.known >= 0 && other->known == master.known);
  }
  if (seen)
    g_free (master.key);
  else
    g_array_append_val (masters, master);
}

/* The models nearest to what the work starts from: those further away taught somebody else. */
static void
add_inherited (const CdKnowledge *knowledge, const CdInherited *inherited, GArray *masters)
{
  if (inherited->known < 0)
    return;
  g_autoptr (GArray) ancestry = cd_knowledge_ancestry (knowledge, (guint) inherited->known);
  guint nearest = G_MAXUINT;
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < ancestry->len; i++) {
      const CdAncestor *ancestor = &g_array_index (ancestry, CdAncestor, i);
      const CdKnown *known = cd_knowledge_at (knowledge, ancestor->index);
      if (!ancestor->taught || known->kind != CD_KNOWN_MODEL)
        continue;
      if (pass == 0)
        nearest = MIN (nearest, ancestor->depth);
      else if (ancestor->depth == nearest)
        add_master (masters, (CdMaster){ known->name, known->maker, NULL, (gint) ancestor->index, 0, inherited->traces });
    }
}

/* A weak sign in code alone is no ground for telling a work what binds it. */
static GArray *
find_masters (const CdKnowledge *knowledge, const CdLineage *lineage)
{
  GArray *masters = g_array_new (FALSE, FALSE, sizeof (CdMaster));
  g_array_set_clear_func (masters, master_clear);
  for (guint i = 0; i < lineage->teachers->len; i++) {
    const CdTeacher *teacher = lineage->teachers->pdata[i];
    if (teacher->model != NULL && (teacher->disclosure == CD_DISCLOSURE_DISCLOSED || teacher->confidence > CD_CONFIDENCE_LOW))
      add_master (masters, (CdMaster){ teacher->model, teacher->provider, NULL, teacher->known, teacher->roles, teacher->traces });
  }
  for (guint i = 0; i < lineage->inherited->len; i++)
    add_inherited (knowledge, lineage->inherited->pdata[i], masters);
  return masters;
}

/* Of a provider's service rather than of weights: see the head of rubrics/knowledge/terms.yaml. */
static gboolean
is_of_service (const CdTerm *term)
{
  return term->licence == NULL || strstr (term->licence, "terms") != NULL || g_str_has_suffix (term->licence, "agreement");
}

/* Weights that can be had are bound by their licence, others by the terms of the service that gives their outputs. */
static gboolean
binds (const CdTerm *term, const CdKnown *known)
{
  if (known == NULL || !known->open)
    return is_of_service (term);
  return term->licence != NULL && known->license != NULL && g_str_equal (term->licence, known->license);
}

static CdBound *
find_terms (const GPtrArray *bounds, const CdTerm *term)
{
  for (guint i = 0; i < bounds->len; i++) {
    CdBound *bound = bounds->pdata[i];
    if (bound->kind == CD_BOUND_TERMS && bound->source == term->source)
      return bound;
  }
  return NULL;
}

static void
add_terms (const CdKnowledge *knowledge, const CdMaster *master, const char *date, GPtrArray *bounds)
{
  if (master->provider == NULL)
    return;
  const CdKnown *known = master->known >= 0 ? cd_knowledge_at (knowledge, (guint) master->known) : NULL;
  g_autoptr (GPtrArray) terms = cd_knowledge_terms (knowledge, master->provider);
  for (guint i = 0; i < terms->len; i++) {
    const CdTerm *term = terms->pdata[i];
    if (!binds (term, known) || (term->since != NULL && strcmp (term->since, date) > 0))
      continue;
    CdBound *bound = find_terms (bounds, term);
    if (bound != NULL) {
      g_autofree char *names = bound->teacher;
      bound->teacher = g_strjoin (", ", names, master->name, NULL);
    } else {
      bound = cd_bound_new (CD_BOUND_TERMS, master->name);
      bound->source = term->source;
      bound->what = is_of_service (term) ? g_strdup_printf ("terms of %s%s%s: %s", term->provider, term->licence != NULL ? ", " : "",
                                                            term->licence != NULL ? term->licence : "", term->clause)
                                         : g_strdup_printf ("licence %s of %s's weights: %s", term->licence, term->provider, term->clause);
      g_ptr_array_add (bounds, bound);
    }
    add_traces (bound, master->traces);
  }
}

/* Names a set to measure with, or what a model answered. */
static gboolean
is_evaluation_path (const char *path)
{
  static const char *const words[] = { "eval", "test", "bench", "result", "output", "predict", "valid", "example", "aime", "math500", "math_500" };
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcasestr (path, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Records that may be training data; also those whose contents are elsewhere or too large to read. */
static gboolean
has_data_in_tree (const CdCorpus *corpus, const CdScope *scope)
{
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    gboolean records = document->data != NULL ? document->data->rows >= RECORDS : document->unread != NULL && cd_role_of (document) == CD_ROLE_DATA;
    if (records && cd_scope_is_own (scope, i) && !is_evaluation_path (document->path))
      return TRUE;
  }
  return FALSE;
}

/* The training data that the work publishes under its own name; NULL none. */
static const CdArtefact *
own_data (const CdWork *work)
{
  for (guint i = 0; i < work->artefacts->len; i++) {
    const CdArtefact *artefact = work->artefacts->pdata[i];
    if (artefact->kind == CD_ARTEFACT_DATASET && artefact->own && (artefact->training || !artefact->evaluation))
      return artefact;
  }
  return NULL;
}

/* Data of others that may hold what the teacher wrote: everything that is read for training and not known to hold people's questions only. */
static gboolean
reads_others_data (const CdKnowledge *knowledge, const CdWork *work)
{
  for (guint i = 0; i < work->artefacts->len; i++) {
    const CdArtefact *artefact = work->artefacts->pdata[i];
    if (artefact->kind != CD_ARTEFACT_DATASET || artefact->own || !artefact->training)
      continue;
    gint known = cd_knowledge_find (knowledge, CD_KNOWN_DATASET, artefact->id);
    if (known < 0 || cd_knowledge_at (knowledge, (guint) known)->teachers->len > 0)
      return TRUE;
  }
  return FALSE;
}

static void
describe_released (const CdKnowledge *knowledge, const CdArtefact *data, CdBound *bound)
{
  gint known = cd_knowledge_find (knowledge, CD_KNOWN_DATASET, data->id);
  const char *license = known >= 0 ? cd_knowledge_at (knowledge, (guint) known)->license : NULL;
  bound->what = g_strdup_printf ("training data is published as %s, %s%s", data->id, license != NULL ? "under " : "its licence is not known here",
                                 license != NULL ? license : "");
  for (guint i = 0; i < data->places->len && i < PLACES; i++) {
    const CdPlace *place = &g_array_index (data->places, CdPlace, i);
    CdTrace trace = { place->document, place->line, place->end, "dataset", 1 };
    g_array_append_val (bound->evidence, trace);
  }
}

static void
add_data (const CdKnowledge *knowledge, const GArray *masters, const CdCorpus *corpus, const CdScope *scope, const CdWork *work, GPtrArray *bounds)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < masters->len; i++) {
    const CdMaster *master = &g_array_index (masters, CdMaster, i);
    if (master->roles & WRITES)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", master->name);
  }
  const CdArtefact *data = own_data (work);
  if (names->len == 0 || (data == NULL && (has_data_in_tree (corpus, scope) || reads_others_data (knowledge, work))))
    return;
  CdBound *bound = cd_bound_new (data != NULL ? CD_BOUND_RELEASED_DATA : CD_BOUND_UNRELEASED_DATA, names->str);
  if (data != NULL)
    describe_released (knowledge, data, bound);
  else
    bound->what = g_strdup_printf ("no training data was found in the tree or linked: outputs of %s for it are not published", names->str);
  for (guint i = 0; data == NULL && i < masters->len; i++)
    if (g_array_index (masters, CdMaster, i).roles & WRITES)
      add_traces (bound, g_array_index (masters, CdMaster, i).traces);
  g_ptr_array_add (bounds, bound);
}

static gboolean
is_bound (CdDistillation label)
{
  return label == CD_DISTILLATION_DISCLOSED || label == CD_DISTILLATION_PARTIAL || label == CD_DISTILLATION_UNDISCLOSED
         || label == CD_DISTILLATION_INHERITED_ONLY;
}

/* "YYYY-MM-DD" in UTC. Caller frees. */
static char *
date_of (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (CLAMP (time, 0, G_GINT64_CONSTANT (253402300799)));
  return g_date_time_format (date, "%Y-%m-%d");
}

/* Who writes questions or checks answers sets no bound on what a student can reach. */
static GArray *
those_learnt_from (const GArray *masters)
{
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (CdMaster));
  for (guint i = 0; i < masters->len; i++) {
    const CdMaster *master = &g_array_index (masters, CdMaster, i);
    if (master->roles == 0 || (master->roles & LEARNT_FROM))
      g_array_append_val (chosen, *master);
  }
  return chosen;
}

GPtrArray *
cd_lineage_bounds (const CdLineageRules *rules, const CdLineage *lineage, const CdCorpus *corpus, const CdScope *scope, const CdWork *work,
                   const CdResults *results, gint64 time)
{
  GPtrArray *bounds = g_ptr_array_new_with_free_func (cd_bound_free);
  if (!is_bound (lineage->label))
    return bounds;
  const CdKnowledge *knowledge = cd_lineage_rules_knowledge (rules);
  g_autoptr (GArray) masters = find_masters (knowledge, lineage);
  g_autoptr (GArray) learnt_from = those_learnt_from (masters);
  g_autofree char *date = date_of (time);
  if (learnt_from->len > 0)
    cd_bounds_add_ceilings (cd_lineage_rules_names (rules), learnt_from, corpus, work, results, bounds);
  for (guint i = 0; i < masters->len; i++)
    add_terms (knowledge, &g_array_index (masters, CdMaster, i), date, bounds);
  add_data (knowledge, masters, corpus, scope, work, bounds);
  return bounds;
}
