/* Former versions against today. A former version only suggests; what is reported was found by an audit of a commit at which it stood, by the same
 * rules that speak of today: its file was the work's own then, and the model its teacher. */
#include "audit/removed.h"
#include "audit/former.h"
#include "audit/steps.h"
#include "audit/swapped.h"
#include "scope/role.h"
#include <string.h>

#define CHECKED_MOST 12u /* commits that are audited to confirm */
#define LISTED_MOST 50u
#define UNKNOWN_SHARE 2.0 /* of a call's score: what instructions and training may add that lead to it; an audit knows, a former version does not */

/* A model or dataset at a path, in the versions that have it. */
typedef struct {
  CdRemovedKind kind;
  char *key, *what;
  const CdFormer *newest, *oldest;
  guint32 line; /* in the oldest */
  char *instead;
} Suspect;

typedef struct {
  const CdData *data;
  const CdAuditOptions *options;
  CdAudit *audit;
  GPtrArray *told;         /* by document of today: GArray of CdStatement, NULL none */
  GHashTable *told_keys;   /* models that today's documents may be telling of, or the lineage was told of */
  GHashTable *taught_keys; /* models that the lineage has */
  GArray *calls;           /* CdModelCall of today */
  GPtrArray *suspects;     /* Suspect*, in order of first sight */
} Inquiry;

const char *
cd_removed_kind_name (CdRemovedKind kind)
{
  static const char *const names[] = { "disclosure", "teacher", "script", "dataset" };
  return names[kind];
}

const char *
cd_removed_kind_says (CdRemovedKind kind)
{
  static const char *const says[] = {
    [CD_REMOVED_DISCLOSURE] = "was said to have made training data; no document says so now",
    [CD_REMOVED_TEACHER] = "was named where training data is made; the name was taken out",
    [CD_REMOVED_SCRIPT] = "was used by a script that made training data; the script was deleted",
    [CD_REMOVED_DATASET] = "was trained on by a configuration that names another dataset now",
  };
  return says[kind];
}

static void
removed_free (gpointer data)
{
  CdRemoved *removed = data;
  g_free (removed->what);
  g_free (removed->path);
  g_free (removed->instead);
  g_free (removed);
}

void
cd_removals_free (CdRemovals *removals)
{
  if (removals == NULL)
    return;
  g_ptr_array_unref (removals->list);
  g_free (removals);
}

static void
suspect_free (gpointer data)
{
  Suspect *suspect = data;
  g_free (suspect->key);
  g_free (suspect->what);
  g_free (suspect->instead);
  g_free (suspect);
}

static gboolean
is_taught (const CdStatement *statement)
{
  return statement->kind == CD_STATEMENT_TAUGHT && statement->score > 0;
}

static gboolean
is_strong (const Inquiry *inquiry, const CdStatement *statement)
{
  return is_taught (statement) && statement->score >= cd_statements_accept (cd_lineage_rules_statements (inquiry->audit->lineage_rules), statement);
}

/* The document of today at path, and its number; NULL where there is none of the work's own. */
static CdDocument *
document_of_today (const CdAudit *audit, const char *path, guint *index)
{
  guint low = 0, high = audit->corpus->documents->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    CdDocument *document = g_ptr_array_index (audit->corpus->documents, middle);
    int order = strcmp (document->path, path);
    *index = middle;
    if (order == 0)
      return cd_scope_is_own (audit->scope, middle) ? document : NULL;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

static void
add_lineage_keys (Inquiry *inquiry)
{
  const CdLineage *lineage = inquiry->audit->lineage;
  for (guint i = 0; i < lineage->teachers->len; i++) {
    const CdTeacher *teacher = g_ptr_array_index (lineage->teachers, i);
    if (teacher->model == NULL)
      continue;
    g_hash_table_add (inquiry->taught_keys, cd_names_key (teacher->model));
    if (teacher->disclosure == CD_DISCLOSURE_DISCLOSED)
      g_hash_table_add (inquiry->told_keys, cd_names_key (teacher->model));
  }
  for (guint i = 0; i < lineage->inherited->len; i++) {
    const CdInherited *inherited = g_ptr_array_index (lineage->inherited, i);
    for (guint k = 0; k < inherited->chain->len; k++)
      g_hash_table_add (inquiry->told_keys, cd_names_key (g_ptr_array_index (inherited->chain, k)));
  }
}

/* Models that running text names outside comparisons and evaluation: what is said of them may be a disclosure in words that no rule knows. */
static void
add_mentions (Inquiry *inquiry, const CdDocument *document)
{
  const guint elsewhere = CD_CONTEXT_EVALUATION | CD_CONTEXT_RELATED | CD_CONTEXT_COMPARISON | CD_CONTEXT_DEMO | CD_CONTEXT_BOILERPLATE;
  for (guint i = 0; i < document->passages->len; i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    if (passage->kind != CD_PASSAGE_PROSE || (passage->flags & elsewhere) != 0)
      continue;
    g_autoptr (GArray) mentions
        = cd_names_find (cd_lineage_rules_names (inquiry->audit->lineage_rules), document->text + passage->start, passage->end - passage->start);
    for (guint k = 0; k < mentions->len; k++) {
      const CdMention *mention = &g_array_index (mentions, CdMention, k);
      if (mention->kind == CD_MENTION_MODEL && !mention->derived && !mention->alike)
        g_hash_table_add (inquiry->told_keys, cd_names_key (mention->name));
    }
  }
}

/* What documents say today. */
static void
hear_today (Inquiry *inquiry)
{
  const CdAudit *audit = inquiry->audit;
  const CdLineageRules *rules = audit->lineage_rules;
  g_ptr_array_set_size (inquiry->told, (gint) audit->corpus->documents->len);
  for (guint i = 0; i < audit->corpus->documents->len; i++) {
    const CdDocument *document = g_ptr_array_index (audit->corpus->documents, i);
    CdRole role = cd_role_of (document);
    if (document->path[0] == '.' || !cd_scope_is_own (audit->scope, i)
        || (role != CD_ROLE_README && role != CD_ROLE_DOC && role != CD_ROLE_CARD && role != CD_ROLE_PAPER && role != CD_ROLE_NOTEBOOK))
      continue;
    GArray *statements = g_array_new (FALSE, FALSE, sizeof (CdStatement));
    cd_statements_read (cd_lineage_rules_statements (rules), audit->work, document, i, statements);
    inquiry->told->pdata[i] = statements;
    add_mentions (inquiry, document);
    for (guint k = 0; k < statements->len; k++) {
      const CdStatement *statement = &g_array_index (statements, CdStatement, k);
      if (is_taught (statement) && statement->model != NULL)
        g_hash_table_add (inquiry->told_keys, cd_names_key (statement->model));
    }
  }
  add_lineage_keys (inquiry);
}

static gboolean
is_called_today (const Inquiry *inquiry, const char *key)
{
  for (guint i = 0; i < inquiry->calls->len; i++) {
    const CdModelCall *call = &g_array_index (inquiry->calls, CdModelCall, i);
    g_autofree char *called = cd_names_key (call->model);
    if (!call->judge && call->score > 0 && g_str_equal (called, key))
      return TRUE;
  }
  return FALSE;
}

/* Versions stand newest first, so that the first one seen is the newest; whichever was taken away last and set first counts. */
static void
suspect (Inquiry *inquiry, CdRemovedKind kind, const char *key, const char *what, const CdFormer *former, guint32 line)
{
  Suspect *found = NULL;
  for (guint i = 0; i < inquiry->suspects->len && found == NULL; i++) {
    Suspect *other = g_ptr_array_index (inquiry->suspects, i);
    if (other->kind == kind && g_str_equal (other->key, key) && g_str_equal (other->newest->version->path, former->version->path))
      found = other;
  }
  if (found == NULL) {
    found = g_new0 (Suspect, 1);
    *found = (Suspect){ .kind = kind, .key = g_strdup (key), .what = g_strdup (what), .newest = former, .oldest = former, .line = line };
    g_ptr_array_add (inquiry->suspects, found);
  }
  if (former->version->last < found->newest->version->last)
    found->newest = former;
  if (former->version->first > found->oldest->version->first) {
    found->oldest = former;
    found->line = line;
  }
}

/* Of several paths that said the same of a model, the one that said it last. */
static void
keep_last_told (Inquiry *inquiry)
{
  for (guint i = inquiry->suspects->len; i-- > 0;) {
    const Suspect *one = g_ptr_array_index (inquiry->suspects, i);
    gboolean outlasted = FALSE;
    for (guint k = 0; k < inquiry->suspects->len && !outlasted && one->kind == CD_REMOVED_DISCLOSURE; k++) {
      const Suspect *other = g_ptr_array_index (inquiry->suspects, k);
      guint last = one->newest->version->last, others = other->newest->version->last;
      outlasted = other->kind == one->kind && other != one && g_str_equal (other->key, one->key) && (others < last || (others == last && k < i));
    }
    if (outlasted)
      g_ptr_array_remove_index (inquiry->suspects, i);
  }
}

static void
suspect_statements (Inquiry *inquiry, const CdFormer *former)
{
  for (guint i = 0; i < former->statements->len; i++) {
    const CdStatement *statement = &g_array_index (former->statements, CdStatement, i);
    if (statement->model == NULL || !is_strong (inquiry, statement))
      continue;
    g_autofree char *key = cd_names_key (statement->model);
    if (!g_hash_table_contains (inquiry->told_keys, key))
      suspect (inquiry, CD_REMOVED_DISCLOSURE, key, statement->model, former, statement->line);
  }
}

/* A file of the work's own that is called the same today: then the script was moved. */
static gboolean
has_namesake (const CdAudit *audit, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  for (guint i = 0; i < audit->corpus->documents->len; i++) {
    g_autofree char *other = g_path_get_basename (((const CdDocument *) g_ptr_array_index (audit->corpus->documents, i))->path);
    if (g_str_equal (name, other))
      return TRUE;
  }
  return FALSE;
}

static void
suspect_calls (Inquiry *inquiry, const CdFormer *former)
{
  const char *path = former->version->path;
  gboolean stands = cd_snapshot_find (inquiry->audit->snapshot, path) != NULL;
  double accept = cd_calls_accept (cd_lineage_rules_calls (inquiry->audit->lineage_rules)) - UNKNOWN_SHARE;
  for (guint i = 0; i < former->calls->len; i++) {
    const CdModelCall *call = &g_array_index (former->calls, CdModelCall, i);
    g_autofree char *key = cd_names_key (call->model);
    if (call->judge || call->shown || call->record || call->score < accept || is_called_today (inquiry, key))
      continue;
    if (!stands && !has_namesake (inquiry->audit, path))
      suspect (inquiry, CD_REMOVED_SCRIPT, key, call->model, former, call->line);
    else if (stands && !g_hash_table_contains (inquiry->told_keys, key))
      suspect (inquiry, CD_REMOVED_TEACHER, key, call->model, former, call->line);
  }
}

/* What is written anywhere else is still told. */
static void
suspect_datasets (Inquiry *inquiry, const CdFormer *former)
{
  guint index = 0;
  CdSwapped swapped;
  if (document_of_today (inquiry->audit, former->version->path, &index) == NULL
      || !cd_swapped_find (inquiry->audit, index, former->document, &swapped))
    return;
  suspect (inquiry, CD_REMOVED_DATASET, swapped.gone, swapped.gone, former, swapped.line);
  g_free (swapped.gone);
  g_free (swapped.come);
}

static gboolean
says_strongly (const Inquiry *inquiry, const GArray *statements, const char *key)
{
  for (guint i = 0; statements != NULL && i < statements->len; i++) {
    const CdStatement *statement = &g_array_index (statements, CdStatement, i);
    if (!is_strong (inquiry, statement) || (key == NULL) != (statement->model == NULL))
      continue;
    g_autofree char *said = key != NULL ? cd_names_key (statement->model) : NULL;
    if (g_strcmp0 (said, key) == 0)
      return TRUE;
  }
  return FALSE;
}

/* What the path says today in its place: another model, or a model without its name. */
static void
compare_prose (const Inquiry *inquiry, Suspect *one)
{
  guint index = 0;
  const GArray *now = document_of_today (inquiry->audit, one->newest->version->path, &index) != NULL ? inquiry->told->pdata[index] : NULL;
  const GArray *then = one->newest->statements;
  for (guint i = 0; now != NULL && i < now->len && one->instead == NULL; i++) {
    const CdStatement *statement = &g_array_index (now, CdStatement, i);
    if (statement->model == NULL || !is_strong (inquiry, statement))
      continue;
    g_autofree char *key = cd_names_key (statement->model);
    if (!says_strongly (inquiry, then, key))
      one->instead = g_strdup (statement->model);
  }
  if (one->instead == NULL && says_strongly (inquiry, now, NULL) && !says_strongly (inquiry, then, NULL))
    one->kind = CD_REMOVED_TEACHER;
}

static void
compare_code (const Inquiry *inquiry, Suspect *one)
{
  guint index = 0;
  if (document_of_today (inquiry->audit, one->newest->version->path, &index) == NULL)
    return;
  for (guint i = 0; i < inquiry->calls->len && one->instead == NULL; i++) {
    const CdModelCall *call = &g_array_index (inquiry->calls, CdModelCall, i);
    if (call->document == index && !call->judge && call->score > 0)
      one->instead = g_strdup (call->model);
  }
}

static void
compare (const Inquiry *inquiry, Suspect *one)
{
  guint index = 0;
  if (one->kind == CD_REMOVED_DISCLOSURE)
    compare_prose (inquiry, one);
  else if (one->kind == CD_REMOVED_DATASET) {
    CdSwapped swapped = { 0 };
    if (document_of_today (inquiry->audit, one->newest->version->path, &index) != NULL)
      cd_swapped_find (inquiry->audit, index, one->newest->document, &swapped);
    one->instead = swapped.come;
    g_free (swapped.gone);
  } else
    compare_code (inquiry, one);
}

static gboolean
has_trace (const CdTeacher *teacher, guint document)
{
  for (guint i = 0; i < teacher->traces->len; i++)
    if (g_array_index (teacher->traces, CdTrace, i).document == document)
      return TRUE;
  return FALSE;
}

/* TRUE where an audit of a commit at which the version stood says what is suspected: of the work's own file, of its teacher. */
static gboolean
is_confirmed (const CdAudit *then, const Suspect *one)
{
  guint index = 0;
  if (document_of_today (then, one->newest->version->path, &index) == NULL)
    return FALSE;
  if (one->kind == CD_REMOVED_DATASET)
    return cd_swapped_is_training (then, index);
  for (guint i = 0; i < then->lineage->teachers->len; i++) {
    const CdTeacher *teacher = g_ptr_array_index (then->lineage->teachers, i);
    g_autofree char *key = teacher->model != NULL ? cd_names_key (teacher->model) : NULL;
    if (g_strcmp0 (key, one->key) == 0)
      return has_trace (teacher, index);
  }
  return FALSE;
}

static int
compare_suspects (gconstpointer a, gconstpointer b)
{
  const Suspect *x = *(const Suspect *const *) a, *y = *(const Suspect *const *) b;
  if (x->newest->version->first != y->newest->version->first)
    return x->newest->version->first < y->newest->version->first ? -1 : 1;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  int order = strcmp (x->newest->version->path, y->newest->version->path);
  return order != 0 ? order : strcmp (x->key, y->key);
}

static void
report (const Inquiry *inquiry, Suspect *one, GPtrArray *list)
{
  CdRemoved *removed = g_new0 (CdRemoved, 1);
  compare (inquiry, one);
  *removed = (CdRemoved){ .kind = one->kind,
                          .what = g_strdup (one->what),
                          .path = g_strdup (one->newest->version->path),
                          .line = one->line,
                          .first = one->oldest->version->first,
                          .taken = one->newest->version->last,
                          .instead = g_steal_pointer (&one->instead),
                          .still_told = g_hash_table_contains (inquiry->taught_keys, one->key) };
  g_ptr_array_add (list, removed);
}

/* One audit for each commit that suspects stood at, one at a time. */
static void
confirm (Inquiry *inquiry, CdRemovals *removals)
{
  const GArray *commits = cd_history_commits (inquiry->audit->history);
  guint checked = 0;
  g_ptr_array_sort (inquiry->suspects, compare_suspects);
  for (guint i = 0, next = 0; i < inquiry->suspects->len; i = next) {
    guint commit = ((const Suspect *) g_ptr_array_index (inquiry->suspects, i))->newest->version->first;
    for (next = i;
         next < inquiry->suspects->len && ((const Suspect *) g_ptr_array_index (inquiry->suspects, next))->newest->version->first == commit;)
      next++;
    if (checked >= CHECKED_MOST || removals->list->len >= LISTED_MOST) {
      removals->left++;
      continue;
    }
    checked++;
    g_autoptr (CdAudit) then = cd_audit_beside (inquiry->audit);
    char revision[41];
    cd_oid_to_hex (&g_array_index (commits, CdCommit, commit).oid, revision);
    if (!cd_audit_read (then, inquiry->data, inquiry->options, revision, NULL, NULL)
        || !cd_audit_judge (then, inquiry->data, inquiry->options, NULL, NULL))
      continue;
    for (guint k = i; k < next && removals->list->len < LISTED_MOST; k++)
      if (is_confirmed (then, g_ptr_array_index (inquiry->suspects, k)))
        report (inquiry, g_ptr_array_index (inquiry->suspects, k), removals->list);
  }
}

static int
compare_removed (gconstpointer a, gconstpointer b)
{
  const CdRemoved *x = *(const CdRemoved *const *) a, *y = *(const CdRemoved *const *) b;
  if (x->taken != y->taken)
    return x->taken < y->taken ? -1 : 1;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  int order = strcmp (x->path, y->path);
  return order != 0 ? order : strcmp (x->what, y->what);
}

static void
list_free (gpointer statements)
{
  if (statements != NULL)
    g_array_unref (statements);
}

CdRemovals *
cd_removals_find (const CdData *data, CdAudit *audit, const CdAuditOptions *options, GError **error)
{
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (list_free);
  g_autoptr (GPtrArray) suspects = g_ptr_array_new_with_free_func (suspect_free);
  g_autoptr (GHashTable) told_keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) taught_keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) calls = cd_calls_gather (cd_lineage_rules_calls (audit->lineage_rules), audit->corpus, audit->scope, audit->work);
  Inquiry inquiry = { data, options, audit, told, told_keys, taught_keys, calls, suspects };
  hear_today (&inquiry);
  g_autoptr (CdFormers) formers = cd_formers_read (data, audit, told_keys, options->threads, error);
  if (formers == NULL)
    return NULL;
  for (guint i = 0; i < formers->list->len; i++) {
    const CdFormer *former = g_ptr_array_index (formers->list, i);
    suspect_statements (&inquiry, former);
    suspect_calls (&inquiry, former);
    if (former->class == CD_FORMER_CONFIGURATION || former->class == CD_FORMER_CODE)
      suspect_datasets (&inquiry, former);
  }
  keep_last_told (&inquiry);
  CdRemovals *removals = g_new0 (CdRemovals, 1);
  removals->list = g_ptr_array_new_with_free_func (removed_free);
  removals->left = formers->left;
  confirm (&inquiry, removals);
  g_ptr_array_sort (removals->list, compare_removed);
  return removals;
}
