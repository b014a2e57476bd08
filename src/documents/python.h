/* Python's tokens, one logical line at a time, and what a line states. For documents/ only. */
#pragma once
#include "documents/lines.h"

typedef enum { CD_PYTHON_NAME, CD_PYTHON_NUMBER, CD_PYTHON_STRING, CD_PYTHON_OPERATOR } CdPythonKind;
typedef struct {
  guint32 start, end;
  CdPythonKind kind;
  char sign; /* an operator of one character; '\0' for all else */
} CdPythonToken;

typedef struct {
  CdDocument *document;
  GArray *tokens;        /* CdPythonToken of the logical line; cut at CD_PYTHON_TOKENS */
  gsize indent;          /* columns before it */
  GHashTable *constants; /* NAME → literal, of module level */
  gboolean setup;        /* the file is setup.py: its requirements are dependencies */
  GArray *frames;        /* python-facts.c's: open brackets, the dictionary path, a value being read; kept from line to line */
  GString *path, *value;
} CdPythonLine;

#define CD_PYTHON_TOKENS 65536u /* a longer logical line is data */

/* A line without tokens, to be filled again and again. python-facts.c. */
void cd_python_line_init (CdPythonLine *line, CdDocument *document);
void cd_python_line_clear (CdPythonLine *line);
/* Imports, settings and requirements that a logical line states. python-facts.c. */
void cd_python_take_line (CdPythonLine *line);
