/* Shell text into words, and which words start commands. Tolerant: READMEs hold placeholders, broken continuations and open quotes.
 * For documents/ only, but for cd_shell_launcher; what commands mean to a document is shell.c's business. */
#pragma once
#include "base/text.h"

/* Separates the elements of an array variable, and the words that an expansion splits into. */
#define CD_SHELL_SEPARATOR '\x1f'

typedef struct {
  char *value;      /* after quoting and substitution */
  gsize start, end; /* as written, in the reader's text */
  gsize name;       /* length of NAME where the word is NAME=value, else 0 */
  gboolean append;  /* NAME+=value */
} CdShellWord;

typedef struct {
  gsize start, end;
} CdShellRange;

/* What ended a simple command. */
typedef enum { CD_SHELL_NEWLINE, CD_SHELL_SEQUENCE, CD_SHELL_JOINED, CD_SHELL_OPEN, CD_SHELL_CLOSE, CD_SHELL_EOF } CdShellEnd;

typedef struct {
  const char *text;
  gsize position, end;
  gsize first, last;     /* bytes of the last simple command, redirections included */
  GHashTable *variables; /* char* → char*, what words substitute; owned by the caller */
  gboolean make;         /* $(NAME) is a variable, $$ a dollar */
  gboolean fence;        /* continuation lines may begin with the prompt "> " */
  gsize budget;          /* bytes that substitution may still add; at 0 variables stay as written */
  gsize no_quote[2];     /* no ' and no " closes at or behind this place */
  gsize patience;        /* bytes that searches for a missing bracket may still read */
  char *heredoc;         /* delimiter of a here-document that begins behind this line, or NULL */
} CdShellReader;

void cd_shell_reader_init (CdShellReader *reader, const char *text, gsize start, gsize end, GHashTable *variables);
void cd_shell_reader_clear (CdShellReader *reader);
/* Read one simple command: its words are appended to words (CdShellWord*), comments within to comments (CdShellRange). */
CdShellEnd cd_shell_read (CdShellReader *reader, GPtrArray *words, GArray *comments);
void cd_shell_word_free (gpointer word);
/* text with $NAME, ${NAME} and ${NAME:-default} substituted where known. Caller frees. */
char *cd_shell_substitute (CdShellReader *reader, const char *text);

/* launchers.c */
typedef enum {
  CD_LAUNCHER_NONE,
  CD_LAUNCHER_RUNS,    /* starts a program whose options are settings */
  CD_LAUNCHER_SETS_UP, /* installs, fetches, moves: its words are no settings */
  CD_LAUNCHER_BUILTIN, /* of the shell: changes its state, is no command worth keeping */
} CdLauncher;
/* What kind of program a first word names; paths and ".sh" scripts run. */
CdLauncher cd_shell_launcher (const char *word, gsize length);
/* TRUE where a line begins with a known launcher (assignments before it allowed) and does not read like a sentence. */
gboolean cd_shell_starts_command (const char *line, gsize length);
/* TRUE for a line of a comment that is a disabled command rather than a remark: it starts one and has an argument like one. */
gboolean cd_shell_is_disabled_command (const char *line, gsize length);
/* TRUE where the tag of a fence says shell. */
gboolean cd_shell_is_language (const char *tag);
