/* One command while it is judged: what has been found against it, and what could not be told. For work/command-*.c only. */
#pragma once
#include "work/command-line.h"
#include "work/command-tree.h"
#include "work/command-values.h"
#include "work/options.h"

typedef struct {
  CdWork *work;
  const CdCorpus *corpus;
  const CdScope *scope;
  CdCommandTree *tree;
  GHashTable *programs;    /* document + 1 → CdProgramOptions* */
  GHashTable *elsewhere;   /* CdWorkCommand* set: run in a folder that is not of this tree */
  GHashTable *conditional; /* CdWorkCommand* set: inside a branch of a script, which may not be taken */
  GHashTable *variables;   /* document, section, role and name → 1 set, 2 left unset */
  GHashTable *emptied;     /* document and path → char*, the variable left empty before it, "" none */
  GHashTable *others;      /* document + 1 → 1 a script of this work, 2 one of another project */
  GHashTable *assigned;    /* names that documents and scripts assign, borrowed → how; empty until asked for */
} CdChecking;

typedef struct {
  CdChecking *checking;
  CdWorkCommand *command;
  CdCommandLine line;
  GPtrArray *breaks, *doubts; /* CdCommandProblem*; NULL none yet */
  const CdCommand *entered;   /* the last cd before it; NULL none, or not looked for */
  gboolean looked;            /* whether it was looked for */
  guint another;              /* 1 and 2 as in others, of the command's section; 0 not asked */
  gboolean lenient;           /* what would break it only leaves it unknown: it runs where the tree says nothing */
} CdCommandCase;

static inline const CdDocument *
cd_case_document (const CdCommandCase *the_case, guint index)
{
  return g_ptr_array_index (the_case->checking->corpus->documents, index);
}

/* what is copied. Place line 0: the command's own line. */
void cd_case_breaks (CdCommandCase *the_case, const char *code, const char *what, CdPlace place);
void cd_case_doubts (CdCommandCase *the_case, const char *code, const char *what, CdPlace place);

/* command-target.c: the file, module or program that is run. */
void cd_case_check_target (CdCommandCase *the_case);
/* TRUE for the module name of a public framework ("verl", "trl"). */
gboolean cd_command_is_package (const char *name);
/* command-arguments.c: values of options, in the command and in the configuration and code that it reads. */
void cd_case_check_values (CdCommandCase *the_case);
void cd_case_check_code (CdCommandCase *the_case);
/* command-elsewhere.c: what the command runs or reads at path may lie outside of this tree: in another project's, in an archive, or where a reader
 * puts it as told. */
gboolean cd_case_is_elsewhere (CdCommandCase *the_case, const char *path);
/* TRUE where path is found from the folder of a cd that a variable begins, "cd $HERE/eval", or that stands further up on the page. */
gboolean cd_case_is_entered (CdCommandCase *the_case, const char *path);
/* "docker run …": the folders that it names are the container's. */
gboolean cd_command_is_in_container (const CdCommand *command);
/* The command's page is the manual of a package inside the tree, written for the package's own tree. */
gboolean cd_case_is_of_inner_package (const CdCommandCase *the_case);

/* command-remarks.c: where in the command's document a value was set first; the command's own place where it stands in it. */
CdPlace cd_case_place_of (const CdCommandCase *the_case, const char *value, const char **name);
/* The documents name the variable, or a remark stands beside it. */
gboolean cd_case_is_named_to_edit (const CdCommandCase *the_case, CdPlace place, const char *name);
/* The documents or a remark tell the user to edit this place, or the paths of the whole script: then what stands there is the user's. A
 * script's own configuration is none of those paths. */
gboolean cd_case_is_told (const CdCommandCase *the_case, CdPlace place, const char *name);

/* command-variables.c: doubts the command where nobody sets the variable in value. */
void cd_case_check_variable (CdCommandCase *the_case, CdValueRole role, const char *value);
/* An absolute path whose first part is a folder of the tree had an empty variable before it: "/data/train.json" from "$ROOT/data/train.json". */
gboolean cd_case_lost_its_root (const CdCommandCase *the_case, const char *value);
/* The variable that the document writes before value wherever it has it: it was empty. NULL where there is none.
 * Borrowed. */
const char *cd_case_emptied_variable (const CdCommandCase *the_case, const char *value);
/* Doubts the command for a variable left empty, unless a document tells of it or sets it. */
void cd_case_check_emptied (CdCommandCase *the_case, const char *name);
/* Part of the path came from a variable that the script's caller gives, and that is empty until then: "recipes//.yaml". */
gboolean cd_value_lost_a_part (const char *value);

/* command-folder.c: whether the parts of a script's command are all found from one folder. */
void cd_case_check_folder (CdCommandCase *the_case);
/* command-check.c: TRUE where a script changes folders itself. */
gboolean cd_command_enters_folders (const CdDocument *script);
