/* What code shows: models that are called where training data or rewards are made, and models that judge in evaluation. Names alone count for nothing: the
 * argument of a call or setting, in a file whose place says what it makes (rubrics/lineage/calls.yaml). */
#pragma once
#include "lineage/statements.h"
#include "work/work.h"

typedef struct {
  guint document;
  guint32 line;
  const char *model; /* owned by the names */
  const char *provider;
  gint known;
  double score;    /* of 4 and more stands by itself */
  guint roles;     /* CdTeaches */
  gboolean judge;  /* in evaluation code */
  gboolean shown;  /* a command that a document shows, not code */
  gboolean record; /* a field of the data itself */
  gboolean placed; /* a default that is a path of somebody's machine */
  gboolean feeds;  /* the file that training reads is named where the call stands */
  gboolean likely; /* text is asked for in a data-making file that the instructions lead to */
  gboolean
      reaches; /* what it returns reaches training: it makes rewards, or its file, a script that imports it or a command that runs it feeds training */
  gboolean run;       /* a command that the work shows runs its file */
  gboolean certain;   /* text is asked for, where data or rewards are made or for a file that training reads */
  const char *says;   /* "call", "option-default", "setting", "command", "record": static */
  const char *option; /* of a default: the option that replaces it; borrowed from the document; NULL none is known */
} CdModelCall;
/* A certain call that shows its use by itself: what it returns reaches training, or a setting, command or record names the model. An option's default
 * or an environment variable's does so only where a command that the work shows leaves it standing: else it may have been replaced where nobody sees it. */
gboolean cd_model_call_is_direct (const CdModelCall *call);

typedef struct _CdCalls CdCalls;
/* CD_ERROR_INPUT with file:line:column. names and statements (for roles) are borrowed. */
CdCalls *cd_calls_load (const CdData *data, const CdNames *names, const CdStatements *statements, GError **error);
void cd_calls_free (CdCalls *calls);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdCalls, cd_calls_free)
/* What one document shows by itself, appended to out (GArray of CdModelCall); reached: the work's instructions lead to it; fed: names of the files that
 * training reads (a set), NULL none known. Thread-safe. */
void cd_calls_read (const CdCalls *calls, const CdDocument *document, guint index, gboolean reached, GHashTable *fed, GArray *out);
/* All calls of the work's own files and commands: defaults that its commands override are dropped, modules take the part of the scripts that import
 * them. Sorted by document and line. Caller unrefs. */
GArray *cd_calls_gather (const CdCalls *calls, const CdCorpus *corpus, const CdScope *scope, const CdWork *work);
double cd_calls_accept (const CdCalls *calls);
