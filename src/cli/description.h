/* The verbs as data: what `--help` tells of each, taken from the verb itself without running it. Manuals and completions are made of it.
 * Ownership: a description owns its strings; those of the table of verbs are borrowed. */
#pragma once
#include <glib.h>

/* What a value or an argument may be, in words separated by spaces that completions read as they stand: "+json" is the word json, FILE a file, DIR a folder,
 * any other the kind of a name (cli/names.h). Empty: anything. */
typedef struct {
  char *name;  /* without hyphens */
  char letter; /* of the short form; 0 none */
  char *what;
  char *value; /* as help writes it: "text|json"; NULL takes none */
  char *takes;
  gboolean optional; /* the value stands after "=" only, or not at all */
  gboolean repeats;
} CdDescribedOption;

typedef struct {
  const char *name, *summary; /* summary: one line, of the list of verbs */
  char *about;                /* sentences */
  char *parameters;           /* "[REPOSITORY|URL]"; NULL takes none */
  char *takes;
  GPtrArray *options; /* CdDescribedOption*, as listed, then help */
} CdDescribedVerb;

/* The verbs (CdDescribedVerb*) of main.c's table, or the one of that name. NULL with CD_ERROR_USAGE where none has it. Free with g_ptr_array_unref. */
GPtrArray *cd_describe_verbs (const char *name, GError **error);
