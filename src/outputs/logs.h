/* Result logs: what evaluation harnesses and training runs write down as figures. A table of readers, one file each (logs-NAME.c); the first whose
 * `knows` says yes reads the file. */
#pragma once
#include "outputs/figure.h"

typedef struct {
  const char *path; /* '/' between parts */
  const char *text; /* UTF-8, length bytes, NUL-terminated */
  gsize length;
  guint document; /* G_MAXUINT outside a tree */
  const CdBenchmarks *benchmarks;
  gboolean declared; /* the manifest names it as results: its path need not say so */
} CdLogFile;

typedef struct {
  const char *id;   /* "lighteval" */
  const char *what; /* one line for people: program and file */
  gboolean (*knows) (const CdLogFile *file);
  void (*read) (const CdLogFile *file, GPtrArray *figures); /* appends CdFigure*; nothing where the file is not as expected */
} CdLogReader;

/* Appends the figures of a file; the reader's id, or NULL where no reader knows the file. */
const char *cd_log_read (const CdLogFile *file, GPtrArray *figures);
