/* A shell script while it is read: what its earlier lines set. For the shell parsers of documents/ only. */
#pragma once
#include "documents/lines.h"
#include "documents/shell.h"

typedef struct {
  CdDocument *document;
  CdShellReader reader;
  gint32 section;
  guint paragraph;
  const char *language;  /* as in CdCommand */
  GHashTable *variables; /* char* → char* */
  GHashTable *clones;    /* folders that git clone made */
  GPtrArray *exports;    /* "NAME=value" */
  GPtrArray *words;      /* CdShellWord*, of the command being read */
  GArray *comments;      /* CdShellRange, in the command being read */
  GPtrArray *folders;    /* folders of the enclosing shells */
  char *directory;
  guint inner; /* 1 and more: the text is not the document's but a string or comment of it */
  guint inner_line;
  gboolean commented;
  guint misses; /* here-documents whose end was searched for in vain */
} CdScript;

void cd_script_init (CdScript *script, CdDocument *document, gsize start, gsize end, gint32 section, guint paragraph, const char *language);
void cd_script_clear (CdScript *script);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CdScript, cd_script_clear)
/* Read one logical line at the reader's position, and the commands joined to it, into passages, commands and settings. shell.c. */
void cd_script_read_line (CdScript *script);
/* The words read last as keywords, assignments and a command. shell.c. */
void cd_script_take_words (CdScript *script);
/* Passages for a command's bytes with the comments read last set apart. shell.c. */
void cd_script_add_passages (CdScript *script, CdPassageKind kind, gsize first, gsize last);
/* A commented-out command, its comment marks already removed. shell.c. */
void cd_script_add_disabled (CdScript *script, const char *text, guint line);
/* A line that begins with '#', and the comment lines that continue a disabled command: passages, disabled commands, scheduler directives.
 * Steps behind them. fences.c. */
void cd_script_read_comment (CdScript *script);
/* The body of a here-document that the last line began. fences.c. */
void cd_script_read_heredoc (CdScript *script);
