/* What sentences say of models: that their outputs made training data, that they judged results, that a model or dataset is trained from. Read by frames and
 * cues (rubrics/lineage/statements.yaml) from one document at a time; which statements hold for the work is decided in teachers.c. */
#pragma once
#include "documents/document.h"
#include "lineage/names.h"
#include "work/identity.h"

typedef enum {
  CD_TEACHES_LONG_THOUGHT = 1 << 0,
  CD_TEACHES_ANSWER = 1 << 1,
  CD_TEACHES_QUESTION = 1 << 2,
  CD_TEACHES_REWRITE = 1 << 3,
  CD_TEACHES_TRANSLATE = 1 << 4,
  CD_TEACHES_VERIFY = 1 << 5,
  CD_TEACHES_REWARD = 1 << 6,
  CD_TEACHES_REFLECT = 1 << 7,
} CdTeaches;
#define CD_TEACHES_ROLES 8u
const char *cd_teaches_name (guint index); /* "long-thought", "answer" … in the order of the bits */
/* What a model of these roles was used for, to stand before "with gpt-4o": "generation", "training data checked", "training rewards scored". Who only
 * scores or checks wrote nothing that was trained on, and is never said to have. Static. */
const char *cd_teaches_use (guint roles);

typedef enum {
  CD_STATEMENT_TAUGHT,  /* its outputs made training data or reward */
  CD_STATEMENT_JUDGED,  /* it judged results */
  CD_STATEMENT_BASE,    /* training starts from it */
  CD_STATEMENT_DATASET, /* a known dataset in a sentence about training or under a heading about data */
  CD_STATEMENT_SELF,    /* the work trains on its own samples */
  CD_STATEMENT_HUMAN,   /* people wrote the data */
  CD_STATEMENT_RL,      /* training is by reinforcement */
  CD_STATEMENT_HINT,    /* words that point at a model behind the data */
} CdStatementKind;

typedef struct {
  CdStatementKind kind;
  guint document;
  guint32 line, end;
  gint32 section;
  const char *model;    /* owned by the names; NULL: a model that is not named */
  const char *provider; /* NULL unknown */
  gint known;           /* index into knowledge (of a dataset for CD_STATEMENT_DATASET), -1 none */
  gboolean weak;        /* the name is bare */
  double score;         /* frame and cues; a TAUGHT statement of 3 and more stands by itself */
  double frame;         /* the frame's own score */
  guint roles;          /* CdTeaches */
} CdStatement;

typedef struct _CdStatements CdStatements;
/* names is borrowed. CD_ERROR_INPUT with file:line:column. */
CdStatements *cd_statements_load (const CdData *data, const CdNames *names, GError **error);
void cd_statements_free (CdStatements *statements);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdStatements, cd_statements_free)
/* Appends what a scanned document says (its context flags are used) to out, a GArray of CdStatement, in the order of its lines. index: its number, as
 * statements carry it; work: whose names are no one else's, NULL nobody's. Thread-safe. */
void cd_statements_read (const CdStatements *statements, const CdWork *work, const CdDocument *document, guint index, GArray *out);
/* The score from which a TAUGHT statement stands by itself. */
double cd_statements_accept (const CdStatements *statements, const CdStatement *statement);
/* Roles that words speak for (of a sentence, of a path); 0 none. */
guint cd_statements_roles (const CdStatements *statements, const char *text);
/* One message per example of the rules that does not do what it must; empty when all hold. Caller unrefs. */
GPtrArray *cd_statements_check_examples (const CdStatements *statements);
