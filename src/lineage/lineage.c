/* Loads the rules of lineage, reads every own document for statements and calls in parallel, and hands the facts to the decisions. */
#include "lineage/lineage.h"
#include "scope/role.h"
#include <string.h>

struct _CdLineageRules {
  CdKnowledge *knowledge;
  CdNames *names;
  CdStatements *statements;
  CdCalls *calls;
};

const char *
cd_disclosure_name (CdDisclosure disclosure)
{
  static const char *const names[] = { "disclosed", "code-only", "hinted" };
  return names[disclosure];
}

const char *
cd_confidence_name (CdConfidence confidence)
{
  static const char *const names[] = { "low", "medium", "high" };
  return names[confidence];
}

const char *
cd_distillation_name (CdDistillation distillation)
{
  static const char *const names[] = { "unknown", "none", "self", "disclosed", "partial", "undisclosed", "inherited-only" };
  return names[distillation];
}

CdLineageRules *
cd_lineage_rules_load (const CdData *data, GError **error)
{
  g_autoptr (CdLineageRules) rules = g_new0 (CdLineageRules, 1);
  rules->knowledge = cd_knowledge_load (data, error);
  rules->names = rules->knowledge != NULL ? cd_names_new (data, rules->knowledge, error) : NULL;
  rules->statements = rules->names != NULL ? cd_statements_load (data, rules->names, error) : NULL;
  rules->calls = rules->statements != NULL ? cd_calls_load (data, rules->names, rules->statements, error) : NULL;
  return rules->calls != NULL ? g_steal_pointer (&rules) : NULL;
}

void
cd_lineage_rules_free (CdLineageRules *rules)
{
  if (rules == NULL)
    return;
  cd_calls_free (rules->calls);
  cd_statements_free (rules->statements);
  cd_names_free (rules->names);
  cd_knowledge_free (rules->knowledge);
  g_free (rules);
}

const CdKnowledge *
cd_lineage_rules_knowledge (const CdLineageRules *rules)
{
  return rules->knowledge;
}

const CdNames *
cd_lineage_rules_names (const CdLineageRules *rules)
{
  return rules->names;
}

const CdStatements *
cd_lineage_rules_statements (const CdLineageRules *rules)
{
  return rules->statements;
}

const CdCalls *
cd_lineage_rules_calls (const CdLineageRules *rules)
{
  return rules->calls;
}

void
cd_lineage_facts_clear (CdLineageFacts *facts)
{
  g_clear_pointer (&facts->statements, g_array_unref);
  g_clear_pointer (&facts->calls, g_array_unref);
  g_clear_pointer (&facts->starts, g_ptr_array_unref);
}

/* Documents are read in parallel, each into a list of its own. */
typedef struct {
  const CdLineageRules *rules;
  const CdScope *scope;
  const CdWork *work;
  GArray **statements; /* by document, NULL none */
} Reading;

static void
read_document (CdDocument *document, guint index, gpointer data)
{
  Reading *reading = data;
  CdRole role = cd_role_of (document);
  gboolean prose = role == CD_ROLE_README || role == CD_ROLE_DOC || role == CD_ROLE_CARD || role == CD_ROLE_PAPER || role == CD_ROLE_NOTEBOOK;
  if (!prose || document->path[0] == '.' || !cd_scope_is_own (reading->scope, index))
    return;
  reading->statements[index] = g_array_new (FALSE, FALSE, sizeof (CdStatement));
  cd_statements_read (reading->rules->statements, reading->work, document, index, reading->statements[index]);
}

static GArray *
read_statements (const CdLineageRules *rules, CdCorpus *corpus, const CdScope *scope, const CdWork *work, guint threads)
{
  g_autofree GArray **lists = g_new0 (GArray *, corpus->documents->len + 1);
  Reading reading = { rules, scope, work, lists };
  cd_corpus_visit (corpus, threads, read_document, &reading);
  GArray *all = g_array_new (FALSE, FALSE, sizeof (CdStatement));
  for (guint i = 0; i < corpus->documents->len; i++)
    if (lists[i] != NULL) {
      if (lists[i]->len > 0)
        g_array_append_vals (all, lists[i]->data, lists[i]->len);
      g_array_unref (lists[i]);
    }
  return all;
}

static void
teacher_free (gpointer data)
{
  CdTeacher *teacher = data;
  g_free (teacher->model);
  g_array_unref (teacher->traces);
  g_free (teacher);
}

static void
inherited_free (gpointer data)
{
  CdInherited *inherited = data;
  g_free (inherited->via);
  g_free (inherited->from);
  g_ptr_array_unref (inherited->chain);
  g_array_unref (inherited->traces);
  g_free (inherited);
}

CdLineage *
cd_lineage_trace (const CdLineageRules *rules, CdCorpus *corpus, const CdScope *scope, const CdWork *work, const CdManifest *manifest, gint64 time,
                  guint threads)
{
  CdLineage *lineage = g_new0 (CdLineage, 1);
  lineage->teachers = g_ptr_array_new_with_free_func (teacher_free);
  lineage->judges = g_ptr_array_new_with_free_func (teacher_free);
  lineage->inherited = g_ptr_array_new_with_free_func (inherited_free);
  CdLineageFacts facts
      = { .statements = read_statements (rules, corpus, scope, work, threads), .calls = cd_calls_gather (rules->calls, corpus, scope, work) };
  facts.starts = cd_starts_find (rules->names, corpus, scope, work, facts.statements);
  lineage->signs = cd_signs_gather (corpus, scope);
  cd_lineage_find_teachers (rules, corpus, scope, work, &facts, time, lineage);
  cd_lineage_find_namings (rules, corpus, scope, lineage);
  if (manifest != NULL)
    cd_lineage_declare (rules, corpus, manifest, lineage);
  cd_lineage_find_inherited (rules, corpus, scope, work, &facts, lineage);
  cd_lineage_set_label (corpus, scope, work, &facts, lineage);
  cd_lineage_facts_clear (&facts);
  return lineage;
}

void
cd_lineage_free (CdLineage *lineage)
{
  if (lineage == NULL)
    return;
  g_ptr_array_unref (lineage->teachers);
  g_ptr_array_unref (lineage->judges);
  g_ptr_array_unref (lineage->inherited);
  g_ptr_array_unref (lineage->signs);
  g_free (lineage);
}
