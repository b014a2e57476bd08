/* What the files of signals/ share: the loaded set, its reading, its compiled form and its cache. For signals/ only. */
#pragma once
#include "base/yaml.h"
#include "signals/signals.h"
#include <hs.h>

/* A pattern whose longest match is not known to be bounded. */
#define CD_WIDTH_UNBOUNDED G_MAXUINT

/* Kinds of passages that are scanned by the same machine. Most signals look at a few kinds only, and a machine of fewer patterns is
 * both smaller and faster. The last one is that of the signals "reader.…", for any text, within passages or not. */
typedef enum { CD_CLASS_TEXT, CD_CLASS_COMMENT, CD_CLASS_CODE, CD_CLASS_DATA, CD_CLASS_READER, CD_CLASSES } CdPassageClass;
extern const guint cd_class_kinds[CD_CLASSES]; /* 1 << CdPassageKind */

/* What the compiler learns about a pattern, and the reader about its id. */
typedef struct {
  guint width;        /* longest match in bytes, or CD_WIDTH_UNBOUNDED */
  guint context;      /* CdContext bit that a hit of a "context.…" signal sets; 0 for the others */
  guint line, column; /* of the pattern in its file; known only while loading */
} CdSignalForm;

/* What one scanning thread needs. */
typedef struct {
  hs_scratch_t *scratch;
  guint32 *last;  /* by signal: passage of the last hit plus one */
  guint32 *count; /* by signal: hits in the document */
  guint32 *exact; /* by signal: passage plus one in which the last rescan found it */
  guint32 *exact_end;
} CdWorkspace;

struct _CdSignals {
  GArray *signals; /* CdSignal; strings owned by `strings` or `stored` */
  GArray *forms;   /* CdSignalForm, parallel */
  GStringChunk *strings;
  GBytes *stored;                       /* the stored form that strings and databases point into; NULL when read from YAML */
  GHashTable *index;                    /* id → position + 1 */
  hs_database_t *databases[CD_CLASSES]; /* NULL where no signal looks at the class */
  GMutex lock;
  GPtrArray *idle; /* CdWorkspace* that no thread uses */
  hs_scratch_t *prototype;
  GRegex **regexes; /* by signal, compiled at first use */
};

/* reading.c: the YAML files into signals and forms (without widths). */
gboolean cd_signals_read (CdSignals *signals, const CdData *data, GError **error);
/* compile.c: the databases and widths of signals just read, for this processor or (portable) for any of its family. */
gboolean cd_signals_compile (CdSignals *signals, gboolean portable, GError **error);
/* cache.c: the cache file for these rules, this library and this processor; NULL without a cache. Caller frees. */
char *cd_signals_cache_path (const CdData *data, const char *cache);
/* FALSE where bytes were made from other rules or by another library, or are damaged (not looked for in trusted ones); signals are to be
 * thrown away then. */
gboolean cd_signals_restore (CdSignals *signals, const CdData *data, GBytes *bytes, gboolean trusted);
GBytes *cd_signals_store (const CdSignals *signals, const CdData *data);

/* A workspace from the pool, and back. */
CdWorkspace *cd_signals_acquire (const CdSignals *signals);
void cd_signals_release (const CdSignals *signals, CdWorkspace *workspace);
/* The regular expression behind a signal, compiled once; NULL where GRegex refuses it. Thread-safe. */
GRegex *cd_signals_regex (const CdSignals *signals, guint index, GError **error);

/* context.c: let a hit of a context signal mark its passage, or its section when it stands in a heading. */
void cd_context_mark (CdDocument *document, guint passage, guint flags);
/* Once all hits have marked: block quotes and unticked boxes, and sections' flags handed down to subsections and passages. */
void cd_context_spread (CdDocument *document);
