/* A command taken apart: what it runs behind its launchers (torchrun, accelerate launch, srun …), and with which options. For work/ only. */
#pragma once
#include "documents/document.h"

typedef enum { CD_RUNS_NOTHING, CD_RUNS_SCRIPT, CD_RUNS_MODULE, CD_RUNS_PROGRAM } CdRunKind;

typedef struct {
  char *key;         /* as written without "=" and value ("--lr", "-m", "data.train_files"); NULL for a positional value */
  const char *value; /* NULL: a flag; borrowed from the command */
  gboolean override; /* key=value without dashes, as Hydra and OmegaConf take them */
  gboolean launcher; /* stands before the target: the launcher's, not the program's */
} CdOption;

typedef struct {
  CdRunKind kind;
  const char *target; /* a script's path, a module's name, a program's name; borrowed; NULL for CD_RUNS_NOTHING */
  GArray *options;    /* CdOption in order; a further value of an option stands again under its key */
} CdCommandLine;

void cd_command_line_read (CdCommandLine *line, const CdCommand *command);
void cd_command_line_clear (CdCommandLine *line);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CdCommandLine, cd_command_line_clear)
/* TRUE where name ends as scripts end (.py, .sh, .slurm …). */
gboolean cd_command_is_script (const char *name);
