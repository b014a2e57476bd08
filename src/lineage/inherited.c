/* What the work starts from and what it trains on, against the knowledge: a base model or a dataset that is itself made from a stronger model's outputs
 * hands them down, whether or not the work says so. Then the label. */
#include "lineage/lineage.h"
#include <string.h>

#define SELF_STATEMENTS 2u
#define TOP_LINES 30u
#define DATASET_SURE 2.0
#define HINT 1.5 /* the least score of a sentence that points at a model which makes data */

/* Questions alone hand no model's reasoning down. */
static gboolean
is_questions (const CdKnown *known)
{
  return known->kind == CD_KNOWN_DATASET && known->sort != NULL && g_str_equal (known->sort, "questions");
}

/* What a chain consists of, nearest first; empty where nobody taught it. */
static GPtrArray *
chain_of (const CdKnowledge *knowledge, guint index, GString *teachers)
{
  GPtrArray *chain = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) ancestry = cd_knowledge_ancestry (knowledge, index);
  guint depth = 0, stopped = 0; /* depth of a dataset of questions: what is above it reaches nobody */
  g_autoptr (GPtrArray) path = g_ptr_array_new ();
  for (guint i = 0; i < ancestry->len; i++) {
    const CdAncestor *ancestor = &g_array_index (ancestry, CdAncestor, i);
    const CdKnown *known = cd_knowledge_at (knowledge, ancestor->index);
    depth = ancestor->depth;
    if (stopped != 0 && depth > stopped)
      continue;
    stopped = is_questions (known) ? depth : 0;
    g_ptr_array_set_size (path, (gint) MIN (path->len, depth - 1));
    g_ptr_array_add (path, known->name);
    if (!ancestor->taught || known->kind != CD_KNOWN_MODEL)
      continue;
    if (chain->len == 0)
      for (guint p = 0; p < path->len; p++)
        g_ptr_array_add (chain, g_strdup (path->pdata[p]));
    if (strstr (teachers->str, known->name) == NULL) {
      if (teachers->len > 0)
        g_string_append (teachers, ", ");
      g_string_append (teachers, known->name);
    }
  }
  return chain;
}

static CdInherited *
find_entry (CdLineage *lineage, const char *via, gboolean base)
{
  for (guint i = 0; i < lineage->inherited->len; i++) {
    CdInherited *inherited = lineage->inherited->pdata[i];
    if (inherited->base == base && g_ascii_strcasecmp (inherited->via, via) == 0)
      return inherited;
  }
  return NULL;
}

static void
add_place (CdInherited *inherited, guint document, guint line, guint end)
{
  if (inherited->traces->len >= 8)
    return;
  CdTrace trace = { document, line, end, inherited->base ? "base-model" : "dataset", 1 };
  g_array_append_val (inherited->traces, trace);
}

/* The entry for something known that was taught; NULL where nobody taught it. */
static CdInherited *
inherit (const CdKnowledge *knowledge, const CdWork *work, CdLineage *lineage, guint index, const char *via)
{
  const CdKnown *known = cd_knowledge_at (knowledge, index);
  gboolean base = known->kind == CD_KNOWN_MODEL;
  CdInherited *inherited = find_entry (lineage, via, base);
  if (inherited != NULL || cd_identity_matches (work, via)) /* nobody inherits from what is their own */
    return inherited;
  g_autoptr (GString) teachers = g_string_new (NULL);
  g_autoptr (GPtrArray) chain = chain_of (knowledge, index, teachers);
  if (chain->len == 0 || is_questions (known))
    return NULL;
  inherited = g_new0 (CdInherited, 1);
  inherited->via = g_strdup (via);
  inherited->base = base;
  inherited->known = (gint) index;
  inherited->from = g_strdup (teachers->str);
  inherited->chain = g_steal_pointer (&chain);
  inherited->stated = strcasestr (via, "distill") != NULL;
  inherited->traces = g_array_new (FALSE, FALSE, sizeof (CdTrace));
  g_ptr_array_add (lineage->inherited, inherited);
  return inherited;
}

/* A base is inherited from where a reasoning model taught it: most instruct models were taught by something, and nobody calls that distillation. */
static gboolean
hands_down (const CdKnowledge *knowledge, guint index)
{
  const CdKnown *known = cd_knowledge_at (knowledge, index);
  return (known->teachers->len > 0 && known->reasoning) || (known->from->len > 0 && hands_down (knowledge, g_array_index (known->from, guint, 0)));
}

static void
inherit_start (const CdLineageRules *rules, const CdWork *work, const CdStart *start, CdLineage *lineage)
{
  const CdKnowledge *knowledge = cd_lineage_rules_knowledge (rules);
  if (start->known < 0 || (start->base && !hands_down (knowledge, (guint) start->known)))
    return;
  const char *via = start->base ? start->name : cd_knowledge_at (knowledge, (guint) start->known)->name;
  CdInherited *inherited = inherit (knowledge, work, lineage, (guint) start->known, via);
  if (inherited != NULL)
    add_place (inherited, start->document, start->line, start->line);
}

/* Weights that are called after a distilled model ("X-R1-Distill-Qwen-14B") start from it. */
static void
inherit_by_name (const CdLineageRules *rules, const CdWork *work, const CdArtefact *artefact, CdLineage *lineage)
{
  const char *named = strcasestr (artefact->id, "R1-Distill-");
  if (named == NULL)
    return;
  g_autofree char *base = g_strconcat ("DeepSeek-", named, NULL);
  for (char *end = base + strlen (base); end != NULL && *base != '\0'; end = strrchr (base, '-')) {
    *end = '\0';
    CdStart start = { .name = cd_names_keep (cd_lineage_rules_names (rules), base), .base = TRUE };
    start.known = cd_knowledge_find (cd_lineage_rules_knowledge (rules), CD_KNOWN_MODEL, base);
    if (start.known < 0 || artefact->places->len == 0)
      continue;
    start.document = g_array_index (artefact->places, CdPlace, 0).document;
    start.line = g_array_index (artefact->places, CdPlace, 0).line;
    inherit_start (rules, work, &start, lineage);
    return;
  }
}

static gint
compare_inherited (gconstpointer a, gconstpointer b)
{
  const CdInherited *x = *(const CdInherited *const *) a, *y = *(const CdInherited *const *) b;
  return x->base != y->base ? (x->base ? -1 : 1) : strcmp (x->via, y->via);
}

void
cd_lineage_find_inherited (const CdLineageRules *rules, const CdCorpus *corpus, const CdScope *scope, const CdWork *work, const CdLineageFacts *facts,
                           CdLineage *lineage)
{
  (void) corpus;
  (void) scope;
  const CdKnowledge *knowledge = cd_lineage_rules_knowledge (rules);
  for (guint i = 0; i < facts->starts->len; i++)
    inherit_start (rules, work, facts->starts->pdata[i], lineage);
  for (guint i = 0; i < work->artefacts->len; i++) {
    const CdArtefact *artefact = work->artefacts->pdata[i];
    if (artefact->kind == CD_ARTEFACT_WEIGHTS && artefact->own)
      inherit_by_name (rules, work, artefact, lineage);
    gint known = artefact->kind == CD_ARTEFACT_DATASET && artefact->training && !artefact->own
                     ? cd_knowledge_find (knowledge, CD_KNOWN_DATASET, artefact->id)
                     : -1;
    CdInherited *inherited = known >= 0 ? inherit (knowledge, work, lineage, (guint) known, cd_knowledge_at (knowledge, (guint) known)->name) : NULL;
    for (guint p = 0; inherited != NULL && p < artefact->places->len; p++) {
      const CdPlace *place = &g_array_index (artefact->places, CdPlace, p);
      add_place (inherited, place->document, place->line, place->end);
    }
  }
  for (guint i = 0; i < facts->statements->len; i++) {
    const CdStatement *statement = &g_array_index (facts->statements, CdStatement, i);
    gboolean counts = statement->kind == CD_STATEMENT_DATASET && statement->score >= DATASET_SURE;
    CdInherited *inherited = counts && statement->known >= 0 ? inherit (knowledge, work, lineage, (guint) statement->known, statement->model) : NULL;
    if (inherited != NULL)
      add_place (inherited, statement->document, statement->line, statement->end);
  }
  g_ptr_array_sort (lineage->inherited, compare_inherited);
}

/* Commands or configurations run this technique: more than a mention. */
static gboolean
is_run (const CdWork *work, CdTechnique technique)
{
  const CdStage *stage = cd_work_stage (work, technique);
  return stage != NULL && stage->commands + stage->configurations > 0;
}

/* Supervised fine-tuning by a script or configuration of the work's own; frameworks bring examples of it along. */
static gboolean
is_tuned (const CdScope *scope, const CdWork *work)
{
  for (guint i = 0; i < work->configurations->len; i++) {
    const CdConfiguration *configuration = work->configurations->pdata[i];
    const CdFileScope *file = cd_scope_at (scope, configuration->document);
    if (configuration->technique == CD_TECHNIQUE_SFT && !file->adapted && file->reached)
      return TRUE;
  }
  const CdStage *stage = cd_work_stage (work, CD_TECHNIQUE_SFT);
  return stage != NULL && stage->documented && stage->launches > 0;
}

/* Documents tell that models made data without saying which, or speak of one that only code names in full: then what code shows was half said. */
static gboolean
is_hinted (const CdLineageFacts *facts, const CdLineage *lineage)
{
  for (guint i = 0; i < facts->statements->len; i++) {
    const CdStatement *statement = &g_array_index (facts->statements, CdStatement, i);
    gboolean about = statement->kind == CD_STATEMENT_HINT;
    if (statement->kind == CD_STATEMENT_TAUGHT && statement->score >= HINT) {
      about = statement->model == NULL;
      for (guint t = 0; t < lineage->teachers->len && !about; t++)
        about = g_ascii_strcasecmp (((const CdTeacher *) lineage->teachers->pdata[t])->model, statement->model) == 0;
    }
    if (about)
      return TRUE;
  }
  return FALSE;
}

/* How often the work says that it trains on its own samples: what stands at the top of a page says it twice, papers say it once at most. */
static guint
count_self (const CdCorpus *corpus, const CdLineageFacts *facts)
{
  guint pages = 0, papers = 0;
  for (guint i = 0; i < facts->statements->len; i++) {
    const CdStatement *statement = &g_array_index (facts->statements, CdStatement, i);
    if (statement->kind != CD_STATEMENT_SELF)
      continue;
    const CdDocument *document = corpus->documents->pdata[statement->document];
    if (document->kind == CD_DOCUMENT_PDF || document->kind == CD_DOCUMENT_LATEX)
      papers = 1;
    else
      pages += statement->score >= 2 && strchr (document->path, '/') == NULL && statement->line <= TOP_LINES ? 2 : 1;
  }
  return pages + papers;
}

static guint
count_statements (const CdLineageFacts *facts, CdStatementKind kind)
{
  guint count = 0;
  for (guint i = 0; i < facts->statements->len; i++)
    count += g_array_index (facts->statements, CdStatement, i).kind == kind ? 1 : 0;
  return count;
}

/* The label where nobody taught the work by what was found. */
static CdDistillation
label_without_teachers (const CdCorpus *corpus, const CdScope *scope, const CdWork *work, const CdLineageFacts *facts, const CdLineage *lineage)
{
  gboolean base = FALSE, data = FALSE;
  for (guint i = 0; i < lineage->inherited->len; i++) {
    const CdInherited *inherited = lineage->inherited->pdata[i];
    base = base || inherited->base;
    data = data || !inherited->base;
  }
  gboolean rl = is_run (work, CD_TECHNIQUE_RL), sft = is_tuned (scope, work), any = is_run (work, CD_TECHNIQUE_UNKNOWN);
  gboolean rl_told = cd_work_stage (work, CD_TECHNIQUE_RL) != NULL || count_statements (facts, CD_STATEMENT_RL) > 0,
           sft_told = cd_work_stage (work, CD_TECHNIQUE_SFT) != NULL;
  if (lineage->own_samples || count_self (corpus, facts) >= SELF_STATEMENTS)
    return CD_DISTILLATION_SELF;
  if (base || (data && (sft || (any && !rl_told))))
    return CD_DISTILLATION_INHERITED_ONLY;
  if (work->stages->len == 0 || (rl && !sft) || (rl_told && any && !sft_told))
    return CD_DISTILLATION_NONE;
  return (sft || any) && !data && count_statements (facts, CD_STATEMENT_HUMAN) > 0 ? CD_DISTILLATION_NONE : CD_DISTILLATION_UNKNOWN;
}

gboolean
cd_teacher_is_certain (const CdTeacher *teacher)
{
  return teacher->direct && teacher->confidence == CD_CONFIDENCE_HIGH && teacher->disclosure != CD_DISCLOSURE_HINTED;
}

/* Teachers by how they are told. */
typedef struct {
  guint disclosed, unnamed, hidden;
  guint certain; /* of the hidden ones */
  guint likely;  /* of the hidden ones: more than a weak sign, of a model that no document names but beside results */
} Told;

static Told
count_teachers (const CdLineage *lineage)
{
  Told told = { 0 };
  for (guint i = 0; i < lineage->teachers->len; i++) {
    const CdTeacher *teacher = lineage->teachers->pdata[i];
    if (teacher->model == NULL)
      told.unnamed++;
    else if (teacher->disclosure == CD_DISCLOSURE_DISCLOSED)
      told.disclosed++;
    else {
      told.hidden++;
      told.certain += cd_teacher_is_certain (teacher) ? 1 : 0;
      told.likely += teacher->disclosure == CD_DISCLOSURE_CODE_ONLY && teacher->confidence >= CD_CONFIDENCE_MEDIUM ? 1 : 0;
    }
  }
  return told;
}

/* The label where there are teachers that documents do not tell of. with: what it is if all of them are. */
static CdDistillation
weigh_hidden (const Told *told, CdDistillation with)
{
  if (told->unnamed > 0 || told->certain > 0)
    return with;
  if (with == CD_DISTILLATION_PARTIAL && told->likely > 0)
    return with;
  return told->disclosed > 0 ? CD_DISTILLATION_DISCLOSED : CD_DISTILLATION_UNKNOWN;
}

/* What was found, in the codebook's words. Nobody is called undisclosed unless code shows it beyond doubt and no document points at it: where only weaker
 * evidence does, nothing is concluded, and what a reader has to decide between is kept. */
void
cd_lineage_set_label (const CdCorpus *corpus, const CdScope *scope, const CdWork *work, const CdLineageFacts *facts, CdLineage *lineage)
{
  const Told told = count_teachers (lineage);
  CdDistillation without = told.disclosed > 0 ? CD_DISTILLATION_DISCLOSED : label_without_teachers (corpus, scope, work, facts, lineage);
  lineage->label = without;
  if (told.hidden == 0 && told.unnamed == 0)
    return;
  gboolean pointed = told.disclosed > 0 || told.unnamed > 0 || is_hinted (facts, lineage);
  CdDistillation with = pointed ? CD_DISTILLATION_PARTIAL : CD_DISTILLATION_UNDISCLOSED;
  lineage->label = weigh_hidden (&told, with);
  lineage->undecided = told.certain == 0 && told.unnamed == 0;
  lineage->between[0] = with;
  lineage->between[1] = without;
}
