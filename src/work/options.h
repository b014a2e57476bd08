/* The options that a program of the tree takes: argparse, dataclasses behind HfArgumentParser and TrlParser, click, typer and fire functions, and
 * the configuration behind @hydra.main, where all of it can be read. For work/ only. */
#pragma once
#include "work/work.h"

typedef struct {
  gboolean readable;      /* every option is in names; FALSE: some are defined where this tree cannot tell, or none are read at all */
  gboolean abbreviations; /* argparse takes the beginning of a name for it */
  gboolean dashes;        /* "-" and "_" in names mean the same */
  GHashTable *names;      /* char* set: without leading dashes */
  gint configuration;     /* the document of hydra's default configuration, -1 none */
  char *unfound;          /* path from the root where hydra's default configuration would be and is not, NULL none */
  guint32 unfound_line;   /* of the program, where it is asked for */
} CdProgramOptions;

/* Of the Python document at index. Caller frees. */
CdProgramOptions *cd_program_options_read (const CdCorpus *corpus, const CdScope *scope, guint document);
void cd_program_options_free (CdProgramOptions *options);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdProgramOptions, cd_program_options_free)
/* TRUE where an option as a command writes it ("--lr") is one of them, or may be. */
gboolean cd_program_options_take (const CdProgramOptions *options, const char *written);
/* The document of the program that packaging metadata calls name (pyproject's scripts, setup.py's console_scripts); -1 none. */
gint cd_program_find (const CdCorpus *corpus, const CdScope *scope, const char *name);
