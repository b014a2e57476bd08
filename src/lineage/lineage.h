/* Which models and datasets a work descends from: whose outputs reached its training data, by what it says and by what its code shows; what its base models
 * and datasets were made from (rubrics/knowledge); and the label that follows (the codebook's section on distillation). Facts with places; wording is the
 * reports' business. How a teacher is found, and what is never concluded, stands in the README. */
#pragma once
#include "lineage/calls.h"
#include "lineage/signs.h"
#include "lineage/starts.h"
#include "manifest/manifest.h"

typedef enum { CD_DISCLOSURE_DISCLOSED, CD_DISCLOSURE_CODE_ONLY, CD_DISCLOSURE_HINTED } CdDisclosure;
const char *cd_disclosure_name (CdDisclosure disclosure); /* "disclosed", "code-only", "hinted" */

typedef enum { CD_CONFIDENCE_LOW, CD_CONFIDENCE_MEDIUM, CD_CONFIDENCE_HIGH } CdConfidence;
const char *cd_confidence_name (CdConfidence confidence);

typedef enum {
  CD_DISTILLATION_UNKNOWN,
  CD_DISTILLATION_NONE,
  CD_DISTILLATION_SELF,
  CD_DISTILLATION_DISCLOSED,
  CD_DISTILLATION_PARTIAL,
  CD_DISTILLATION_UNDISCLOSED,
  CD_DISTILLATION_INHERITED_ONLY,
} CdDistillation;
const char *cd_distillation_name (CdDistillation distillation); /* as in the audit contract */

typedef struct {
  guint document;
  guint32 line, end;
  const char *says; /* static: "statement", "call", "option-default", "setting", "command", "record", "table", "declared" */
  double weight;
} CdTrace;

typedef struct {
  char *model;          /* NULL: existence told, name not */
  const char *provider; /* NULL unknown */
  gint known;           /* index into knowledge, -1 none */
  guint roles;          /* CdTeaches */
  CdDisclosure disclosure;
  CdConfidence confidence;
  double prose, code; /* how strongly documents say so, and code shows it */
  gboolean unpinned;  /* named by an alias whose snapshot changes */
  GArray *traces;     /* CdTrace, best first, at most 8 */
  gboolean direct;    /* a call, setting, command or record shows its use by itself (cd_model_call_is_direct), or the authors declare it */
  CdTrace named;      /* of one that only code shows: where a document names it; line 0 nowhere. Disclosure "hinted": not just beside results */
} CdTeacher;
/* Certain enough to be held against silence: shown directly and with high confidence, and named by no document but beside results. A teacher that
 * documents tell of needs no such proof. */
gboolean cd_teacher_is_certain (const CdTeacher *teacher);

typedef struct {
  char *via;        /* dataset or base model */
  gboolean base;    /* a base model, else a dataset */
  gint known;       /* index into knowledge of via, -1: by its name alone */
  char *from;       /* teachers by name, joined by ", "; NULL unknown */
  GPtrArray *chain; /* char*: from the work's side to the teacher: dataset, …, teacher */
  gboolean stated;  /* the work says that it is distilled, or its name does */
  GArray *traces;
} CdInherited;

typedef struct _CdLineage {
  CdDistillation label;
  GPtrArray *teachers;       /* CdTeacher*, strongest first, unnamed last */
  GPtrArray *judges;         /* CdTeacher* without disclosure: judged results only; by name */
  GPtrArray *inherited;      /* CdInherited*, bases before datasets, by name */
  GPtrArray *signs;          /* CdSign*: what data in the tree shows; hints, no more */
  gboolean own_samples;      /* the model that is trained, or one of the work's own, made data: told or shown as strongly as a teacher is */
  gboolean undecided;        /* the label hangs on teachers that are not certain: a reader is needed */
  CdDistillation between[2]; /* where undecided: the label with those teachers, and without them */
} CdLineage;

/* Knowledge and rules for reading a lineage. Loaded once, used for any number of works; immutable and thread-safe. */
typedef struct _CdLineageRules CdLineageRules;
/* NULL with CD_ERROR_INPUT and its place where a file is malformed. */
CdLineageRules *cd_lineage_rules_load (const CdData *data, GError **error);
void cd_lineage_rules_free (CdLineageRules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdLineageRules, cd_lineage_rules_free)
const CdKnowledge *cd_lineage_rules_knowledge (const CdLineageRules *rules);
const CdNames *cd_lineage_rules_names (const CdLineageRules *rules);
const CdStatements *cd_lineage_rules_statements (const CdLineageRules *rules);
const CdCalls *cd_lineage_rules_calls (const CdLineageRules *rules);

/* Everything that the decision looks at, gathered; for those who compare (history). */
typedef struct {
  GArray *statements; /* CdStatement, in document and line order */
  GArray *calls;      /* CdModelCall */
  GPtrArray *starts;  /* CdStart* */
} CdLineageFacts;
void cd_lineage_facts_clear (CdLineageFacts *facts);

/* The work's lineage. manifest: whose declared teachers are disclosed ones; NULL none. time: of the audited commit, seconds since 1970: a model released later taught nothing. threads: 0 one a processor. */
CdLineage *cd_lineage_trace (const CdLineageRules *rules, CdCorpus *corpus, const CdScope *scope, const CdWork *work, const CdManifest *manifest,
                             gint64 time, guint threads);
void cd_lineage_free (CdLineage *lineage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdLineage, cd_lineage_free)
/* For one kind of decision each; teachers.c, namings.c, declared.c, inherited.c. */
void cd_lineage_find_teachers (const CdLineageRules *rules, const CdCorpus *corpus, const CdScope *scope, const CdWork *work,
                               const CdLineageFacts *facts, gint64 time, CdLineage *lineage);
void cd_lineage_find_namings (const CdLineageRules *rules, const CdCorpus *corpus, const CdScope *scope, CdLineage *lineage);
void cd_lineage_declare (const CdLineageRules *rules, const CdCorpus *corpus, const CdManifest *manifest, CdLineage *lineage);
void cd_lineage_find_inherited (const CdLineageRules *rules, const CdCorpus *corpus, const CdScope *scope, const CdWork *work,
                                const CdLineageFacts *facts, CdLineage *lineage);
void cd_lineage_set_label (const CdCorpus *corpus, const CdScope *scope, const CdWork *work, const CdLineageFacts *facts, CdLineage *lineage);
