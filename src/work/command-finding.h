/* One command while it is judged: what has been found against it, and what could not be told. For work/command-*.c only. */
#pragma once
#include "work/command-line.h"
#include "work/command-tree.h"
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
  GHashTable *assigned;    /* names that documents and scripts assign, borrowed; empty until asked for */
} CdChecking;

typedef struct {
  CdChecking *checking;
  CdWorkCommand *command;
  CdCommandLine line;
  GPtrArray *breaks, *doubts; /* CdCommandProblem*; NULL none yet */
} CdCommandCase;

/* what is copied. Place line 0: the command's own line. */
void cd_case_breaks (CdCommandCase *the_case, const char *code, const char *what, CdPlace place);
void cd_case_doubts (CdCommandCase *the_case, const char *code, const char *what, CdPlace place);

/* command-target.c: the file, module or program that is run. */
void cd_case_check_target (CdCommandCase *the_case);
/* command-arguments.c: values of options, in the command and in the configuration and code that it reads. */
void cd_case_check_values (CdCommandCase *the_case);
void cd_case_check_code (CdCommandCase *the_case);
/* command-folder.c: whether the parts of a script's command are all found from one folder. */
void cd_case_check_folder (CdCommandCase *the_case);
/* command-check.c: TRUE where a script changes folders itself. */
gboolean cd_command_enters_folders (const CdDocument *script);
/* command-check.c: the options of a program of the tree, read once; borrowed. NULL where the command runs none. */
const CdProgramOptions *cd_case_program (CdCommandCase *the_case);
