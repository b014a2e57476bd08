/* Statements and calls become teachers and judges: those of one model are put together under its key, own products, starting points and models that
 * did not exist yet are set apart, and what remains above the thresholds is a teacher. */
#include "lineage/lineage.h"
#include "scope/role.h"
#include "work/identity.h"
#include <string.h>

#define TRACES 8u
#define PROSE_SUPPORT 2.0 /* a weaker statement that code or a second one bears out */
#define CODE_SUPPORT 3.0
#define STRONG_PROSE 4.5 /* enough for a model that is also the work's own or what it starts from */
#define STRONG_CODE 5.5
#define WEAK_FRAME 2.0 /* below, a sentence can only support others */
#define WEAK_MOST 2.2
#define CLEAR_FRAME 3.0

/* All that was found about one model. */
typedef struct {
  char *key;
  const char *name, *provider;
  gint known;
  gboolean weak;
  double prose, code, shown;
  guint sentences; /* of 2 and more */
  guint prose_roles, code_roles;
  double loud;      /* the best sentence, however weak its frame */
  gboolean clear;   /* a sentence that stands says it in so many words */
  double frame;     /* the best frame of a sentence that stands */
  double judged;    /* strongest sign that it judges results */
  gboolean certain; /* code asks it for text where data or rewards are made */
  gboolean direct;  /* and that shows by itself */
  GArray *traces, *judge_traces;
} Candidate;

static void
candidate_free (gpointer data)
{
  Candidate *candidate = data;
  g_free (candidate->key);
  g_array_unref (candidate->traces);
  g_array_unref (candidate->judge_traces);
  g_free (candidate);
}

typedef struct {
  const CdLineageRules *rules;
  const CdCorpus *corpus;
  const CdScope *scope;
  const CdWork *work;
  const GPtrArray *starts;
  GHashTable *table; /* key → Candidate */
  GPtrArray *list;   /* Candidate*, in order of first sight */
} Court;

static Candidate *
candidate_for (Court *court, const char *name, const char *provider, gint known)
{
  g_autofree char *key = cd_names_key (name);
  Candidate *candidate = g_hash_table_lookup (court->table, key);
  if (candidate == NULL) {
    candidate = g_new0 (Candidate, 1);
    candidate->key = g_steal_pointer (&key);
    candidate->weak = TRUE;
    candidate->known = -1;
    candidate->traces = g_array_new (FALSE, FALSE, sizeof (CdTrace));
    candidate->judge_traces = g_array_new (FALSE, FALSE, sizeof (CdTrace));
    g_hash_table_insert (court->table, candidate->key, candidate);
    g_ptr_array_add (court->list, candidate);
  }
  if (candidate->name == NULL || strlen (name) > strlen (candidate->name)) {
    candidate->name = name;
    candidate->provider = provider != NULL ? provider : candidate->provider;
    candidate->known = known >= 0 ? known : candidate->known;
  }
  return candidate;
}

static void
add_trace (GArray *traces, guint document, guint line, guint end, const char *says, double weight)
{
  CdTrace trace = { document, line, end, says, weight };
  g_array_append_val (traces, trace);
}

/* The folder of a page is a package of its own. */
static gboolean
is_package (const Court *court, const char *path)
{
  static const char *const marks[] = { "setup.py", "pyproject.toml", "setup.cfg", "LICENSE", "requirements.txt" };
  g_autofree char *folder = g_path_get_dirname (path);
  for (guint i = 0; !g_str_equal (folder, ".") && i < G_N_ELEMENTS (marks); i++) {
    g_autofree char *mark = g_build_path ("/", folder, marks[i], NULL);
    if (cd_corpus_find (court->corpus, mark) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* A page whose name or folder says that it is about data: "docs/data.md", "dataset/README.md". */
static gboolean
about_data (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 16);
  for (guint i = 0; parts[i] != NULL; i++)
    if (g_ascii_strncasecmp (parts[i], "data", 4) == 0)
      return TRUE;
  return FALSE;
}

/* How far a document may speak of the work's training: pages of evaluation folders and of packages of their own hardly do. */
static double
trust_in (const Court *court, guint index)
{
  const CdDocument *document = court->corpus->documents->pdata[index];
  const char *const folders[] = { "eval", "bench", "test", "third_party", "thirdparty", "external", "vendor" };
  double trust = cd_scope_at (court->scope, index)->adapted ? (is_package (court, document->path) ? -4 : -1) : 0;
  trust += about_data (document->path) ? 1 : 0;
  const char *slash = strrchr (document->path, '/');
  for (guint i = 0; slash != NULL && i < G_N_ELEMENTS (folders); i++) {
    const char *found = strcasestr (document->path, folders[i]);
    if (found != NULL && found < slash && (found == document->path || found[-1] == '/' || found[-1] == '_' || found[-1] == '-'))
      return trust - 3;
  }
  return trust;
}

static void
hear_statement (Court *court, const CdStatement *statement)
{
  if (statement->model == NULL)
    return;
  Candidate *candidate = candidate_for (court, statement->model, statement->provider, statement->known);
  double score = statement->score + trust_in (court, statement->document);
  CdDocumentKind kind = ((const CdDocument *) court->corpus->documents->pdata[statement->document])->kind;
  gboolean paper = kind == CD_DOCUMENT_PDF || kind == CD_DOCUMENT_LATEX; /* speaks of many models, and of every stage */
  if (statement->kind == CD_STATEMENT_TAUGHT && !paper) {
    candidate->loud = MAX (candidate->loud, score);
    candidate->clear = candidate->clear
                       || (score >= cd_statements_accept (cd_lineage_rules_statements (court->rules), statement) && statement->frame >= CLEAR_FRAME);
  }
  if (statement->frame < WEAK_FRAME && statement->kind == CD_STATEMENT_TAUGHT)
    score = MIN (score, WEAK_MOST);
  if (statement->kind == CD_STATEMENT_JUDGED) {
    candidate->judged = MAX (candidate->judged, 1);
    add_trace (candidate->judge_traces, statement->document, statement->line, statement->end, "statement", 1);
  }
  if (statement->kind != CD_STATEMENT_TAUGHT || score <= 0)
    return;
  candidate->weak = candidate->weak && statement->weak;
  candidate->prose = MAX (candidate->prose, statement->weak ? score - 1 : score);
  if (score >= PROSE_SUPPORT) {
    candidate->sentences++;
    candidate->frame = MAX (candidate->frame, statement->frame);
    candidate->prose_roles |= statement->roles;
    add_trace (candidate->traces, statement->document, statement->line, statement->end, "statement", score);
  }
}

static void
hear_call (Court *court, const CdModelCall *call)
{
  Candidate *candidate = candidate_for (court, call->model, call->provider, call->known);
  if (call->judge) {
    candidate->judged = MAX (candidate->judged, 1);
    add_trace (candidate->judge_traces, call->document, call->line, call->line, call->says, 1);
    return;
  }
  if (call->shown)
    candidate->shown = MAX (candidate->shown, call->score);
  else
    candidate->code = MAX (candidate->code, call->score);
  candidate->certain = candidate->certain || (call->certain && call->score >= CODE_SUPPORT);
  candidate->direct = candidate->direct || (cd_model_call_is_direct (call) && call->score >= CODE_SUPPORT);
  if (call->score >= CODE_SUPPORT) {
    candidate->code_roles |= call->roles;
    add_trace (candidate->traces, call->document, call->line, call->line, call->says, call->score - 0.5);
  }
}

static gboolean
is_own_product (const Court *court, const Candidate *candidate)
{
  if (cd_identity_matches (court->work, candidate->name))
    return TRUE;
  for (guint i = 0; i < court->work->artefacts->len; i++) {
    const CdArtefact *artefact = court->work->artefacts->pdata[i];
    if (!artefact->own || artefact->kind != CD_ARTEFACT_WEIGHTS)
      continue;
    g_autofree char *key = cd_names_key (artefact->id);
    if (g_str_equal (key, candidate->key))
      return TRUE;
  }
  return FALSE;
}

/* A model released after the audited commit can have taught nothing in it. */
static gboolean
came_later (const Court *court, const Candidate *candidate, gint64 time)
{
  if (candidate->known < 0)
    return FALSE;
  const CdKnown *known = cd_knowledge_at (cd_lineage_rules_knowledge (court->rules), (guint) candidate->known);
  if (known->released == NULL)
    return FALSE;
  g_autofree char *iso = g_strconcat (known->released, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) released = g_date_time_new_from_iso8601 (iso, NULL);
  return released != NULL && g_date_time_to_unix (released) > time;
}

/* own_samples is set where the model that is trained, or one of the work's own, makes data as a teacher would. */
static gboolean
is_teacher (const Court *court, const Candidate *candidate, gint64 time, gboolean *own_samples)
{
  const CdStatement whole = { .model = candidate->name, .weak = candidate->weak };
  double accept = cd_statements_accept (cd_lineage_rules_statements (court->rules), &whole);
  double code_accept = cd_calls_accept (cd_lineage_rules_calls (court->rules));
  double code = MAX (candidate->code, candidate->shown);
  gboolean told = candidate->prose >= accept
                  || (candidate->prose >= PROSE_SUPPORT && (code >= CODE_SUPPORT || (candidate->prose >= 2.5 && candidate->sentences >= 2)));
  gboolean shown = code >= code_accept;
  gboolean own = is_own_product (court, candidate);
  if (own || cd_starts_base (court->starts, candidate->name) != NULL) {
    gboolean taught = candidate->prose >= STRONG_PROSE + (own ? 0 : 1) && candidate->frame >= 3.5;
    *own_samples = *own_samples || (!taught && ((shown && candidate->certain) || (own ? candidate->clear : candidate->loud >= accept)));
    return taught && !came_later (court, candidate, time);
  }
  return (told || shown) && !came_later (court, candidate, time);
}

static gint
compare_traces (gconstpointer a, gconstpointer b)
{
  const CdTrace *x = a, *y = b;
  if (x->weight != y->weight)
    return x->weight > y->weight ? -1 : 1;
  if (x->document != y->document)
    return x->document < y->document ? -1 : 1;
  return x->line < y->line ? -1 : x->line > y->line;
}

/* The best places, each line once. Takes the array. */
static GArray *
best_traces (GArray *traces)
{
  g_array_sort (traces, compare_traces);
  GArray *best = g_array_new (FALSE, FALSE, sizeof (CdTrace));
  for (guint i = 0; i < traces->len && best->len < TRACES; i++) {
    const CdTrace *trace = &g_array_index (traces, CdTrace, i);
    gboolean seen = FALSE;
    for (guint j = 0; j < best->len && !seen; j++)
      seen = g_array_index (best, CdTrace, j).document == trace->document && g_array_index (best, CdTrace, j).line == trace->line;
    if (!seen)
      g_array_append_val (best, *trace);
  }
  return best;
}

static CdConfidence
confidence_of (const Candidate *candidate)
{
  double code = MAX (candidate->code, candidate->shown);
  if (candidate->prose >= 4.5 || (candidate->prose >= 3 && code >= 3) || (candidate->certain && candidate->code >= 4))
    return CD_CONFIDENCE_HIGH;
  return candidate->prose >= 3 || code >= 4.5 ? CD_CONFIDENCE_MEDIUM : CD_CONFIDENCE_LOW;
}

static void
add_teacher (const Court *court, const Candidate *candidate, CdLineage *lineage)
{
  CdTeacher *teacher = g_new0 (CdTeacher, 1);
  teacher->model = g_strdup (candidate->name);
  teacher->provider = candidate->provider;
  teacher->known = candidate->known;
  teacher->prose = candidate->prose;
  teacher->code = MAX (candidate->code, candidate->shown);
  teacher->disclosure = candidate->prose >= PROSE_SUPPORT || candidate->shown >= CODE_SUPPORT ? CD_DISCLOSURE_DISCLOSED : CD_DISCLOSURE_CODE_ONLY;
  teacher->roles = candidate->prose_roles != 0 ? candidate->prose_roles : candidate->code_roles;
  if (teacher->roles == 0)
    teacher->roles = CD_TEACHES_ANSWER;
  teacher->confidence = confidence_of (candidate);
  teacher->direct = candidate->direct;
  if (candidate->known >= 0)
    teacher->unpinned = cd_knowledge_at (cd_lineage_rules_knowledge (court->rules), (guint) candidate->known)->moving;
  teacher->traces = best_traces (candidate->traces);
  g_ptr_array_add (lineage->teachers, teacher);
}

static void
add_judge (const Candidate *candidate, CdLineage *lineage)
{
  CdTeacher *judge = g_new0 (CdTeacher, 1);
  judge->model = g_strdup (candidate->name);
  judge->provider = candidate->provider;
  judge->known = candidate->known;
  judge->traces = best_traces (candidate->judge_traces);
  g_ptr_array_add (lineage->judges, judge);
}

static gint
compare_teachers (gconstpointer a, gconstpointer b)
{
  const CdTeacher *x = *(const CdTeacher *const *) a, *y = *(const CdTeacher *const *) b;
  double p = MAX (x->prose, x->code), q = MAX (y->prose, y->code);
  if (p != q)
    return p > q ? -1 : 1;
  return strcmp (x->model, y->model);
}

static gint
compare_judges (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const CdTeacher *const *) a)->model, (*(const CdTeacher *const *) b)->model);
}

/* How strongly a sentence must speak of a model to name the one that another sentence leaves without a name: on the same page, or in the same section of a
 * paper, any that counts does; on another page one that stands by itself and tells of the same part. */
static double
needed_to_name (const Court *court, const CdStatement *unnamed, const CdStatement *other)
{
  gboolean paper = ((const CdDocument *) court->corpus->documents->pdata[unnamed->document])->kind == CD_DOCUMENT_PDF;
  if (other->document == unnamed->document)
    return !paper || other->section == unnamed->section ? PROSE_SUPPORT : G_MAXDOUBLE;
  gboolean about_same = (other->roles & unnamed->roles) != 0;
  return !paper && about_same ? cd_statements_accept (cd_lineage_rules_statements (court->rules), other) : G_MAXDOUBLE;
}

/* Models that are told of and not named: one entry, where a strong sentence says so and nobody is named for the same part of the same document. */
static void
find_unnamed (const Court *court, const CdLineageFacts *facts, CdLineage *lineage)
{
  CdTeacher *unnamed = NULL;
  const CdStatements *rules = cd_lineage_rules_statements (court->rules);
  for (guint i = 0; i < facts->statements->len; i++) {
    const CdStatement *statement = &g_array_index (facts->statements, CdStatement, i);
    double score = statement->score + (statement->kind == CD_STATEMENT_TAUGHT ? trust_in (court, statement->document) : 0);
    if (statement->kind != CD_STATEMENT_TAUGHT || statement->model != NULL || score < cd_statements_accept (rules, statement)
        || statement->frame < 2.5)
      continue;
    gboolean named = FALSE;
    for (guint j = 0; j < facts->statements->len && !named; j++) {
      const CdStatement *other = &g_array_index (facts->statements, CdStatement, j);
      if (other->kind == CD_STATEMENT_TAUGHT && other->model != NULL)
        named = other->score + trust_in (court, other->document) >= needed_to_name (court, statement, other);
    }
    if (named)
      continue;
    if (unnamed == NULL) {
      unnamed = g_new0 (CdTeacher, 1);
      unnamed->known = -1;
      unnamed->disclosure = CD_DISCLOSURE_DISCLOSED;
      unnamed->traces = g_array_new (FALSE, FALSE, sizeof (CdTrace));
    }
    unnamed->prose = MAX (unnamed->prose, score);
    unnamed->roles |= statement->roles;
    add_trace (unnamed->traces, statement->document, statement->line, statement->end, "statement", score);
  }
  if (unnamed == NULL)
    return;
  g_autoptr (GArray) all = unnamed->traces;
  unnamed->traces = best_traces (all);
  unnamed->confidence = unnamed->prose >= 5 ? CD_CONFIDENCE_MEDIUM : CD_CONFIDENCE_LOW;
  g_ptr_array_add (lineage->teachers, unnamed);
}

void
cd_lineage_find_teachers (const CdLineageRules *rules, const CdCorpus *corpus, const CdScope *scope, const CdWork *work, const CdLineageFacts *facts,
                          gint64 time, CdLineage *lineage)
{
  g_autoptr (GHashTable) table = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (candidate_free);
  Court court = { rules, corpus, scope, work, facts->starts, table, list };
  for (guint i = 0; i < facts->statements->len; i++)
    hear_statement (&court, &g_array_index (facts->statements, CdStatement, i));
  for (guint i = 0; i < facts->calls->len; i++)
    hear_call (&court, &g_array_index (facts->calls, CdModelCall, i));
  for (guint i = 0; i < list->len; i++) {
    const Candidate *candidate = list->pdata[i];
    if (is_teacher (&court, candidate, time, &lineage->own_samples))
      add_teacher (&court, candidate, lineage);
    if (candidate->judged > 0)
      add_judge (candidate, lineage);
  }
  g_ptr_array_sort (lineage->teachers, compare_teachers);
  g_ptr_array_sort (lineage->judges, compare_judges);
  find_unnamed (&court, facts, lineage);
}
