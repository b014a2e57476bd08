/* Named patterns of rubrics/signals/, compiled once into one libhs database (cached on disk by its hash) and scanned once over every
 * document's text. Captures are taken by GRegex, on hit passages only. The only folder that includes libhs. */
#pragma once
#include "base/data.h"
#include "documents/document.h"

typedef struct {
  char *id;      /* "compute.accelerator-count" */
  char *pattern; /* PCRE without look-around and back-references (libhs's subset, and GRegex's) */
  gboolean caseless, multiline, dotall;
  guint where;      /* bits 1 << CdPassageKind; all bits where the file names none */
  guint unless;     /* CdContext bits that void a hit */
  char *means;      /* one sentence for `explain` */
  char **yes, **no; /* examples that must and must not match, run as tests */
  char *file;
  guint line; /* where it is defined */
} CdSignal;

typedef struct {
  guint signal;       /* index */
  guint32 passage;    /* index into document->passages */
  guint32 start, end; /* bytes of document->text; start is exact only after cd_hit_capture, else the passage's start */
  guint32 line;       /* of end */
} CdHit;

typedef struct _CdSignals CdSignals;
/* Load every file of rubrics/signals, compile or read from cache (a directory, NULL for none). CD_ERROR_INPUT names file:line:column. */
CdSignals *cd_signals_load (const CdData *data, const char *cache, GError **error);
/* Compile the signals and write them to path in a form for every processor of this family. */
gboolean cd_signals_precompile (const CdData *data, const char *path, GError **error);
/* What cd_signals_precompile wrote, as the build took it into the program: as long as the rules are those of the build, no start compiles
 * anything, not even the first. bytes: borrowed for good, on a border of 64. Call before any load; NULL for none. */
void cd_signals_embed (const void *bytes, gsize length);
void cd_signals_free (CdSignals *signals);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdSignals, cd_signals_free)
guint cd_signals_length (const CdSignals *signals);
const CdSignal *cd_signals_at (const CdSignals *signals, guint index);
/* Index of the signal called id, or -1. */
gint cd_signals_find (const CdSignals *signals, const char *id);

/* All hits in one document, sorted by (passage, signal), one per signal and passage, `where` applied. Thread-safe (a scratch space a thread).
 * Marks the document's passages and sections with context flags first (signals whose id starts with "context."), then voids hits by `unless`.
 * Caller frees with g_array_unref. */
GArray *cd_signals_scan (const CdSignals *signals, CdDocument *document);
/* Signals whose id begins so are looked for in any text, whether a document shows it or hides it, and in no scan of passages: words to whoever reads
 * the work in order to judge it. `where` and `unless` are left to the caller. */
#define CD_READER_PREFIX "reader."
typedef struct {
  guint signal;
  gsize end;
} CdTextHit;
/* Their hits in a text, by where they begin to be known; of those of one signal that end on the same line the last. At most CD_LIMIT_HITS_PER_SIGNAL_AND_BLOB of each
 * signal. Invalid UTF-8 is read as question marks. Thread-safe. Caller frees with g_array_unref. */
GArray *cd_signals_scan_text (const CdSignals *signals, const char *text, gsize length);
/* Takes back the context flags that a scan left in a document. */
void cd_context_clear (CdDocument *document);
/* Group `group` (0 the whole) of the signal's pattern within the hit's passage, or NULL. Caller frees. */
char *cd_hit_capture (const CdSignals *signals, const CdDocument *document, const CdHit *hit, guint group);
/* The yes/no examples of every signal: one message per example that fails; empty when all hold. Caller frees. */
GPtrArray *cd_signals_check_examples (const CdSignals *signals);

/* The name of one CdContext bit as rule files write it ("plan", "negated" …); NULL for other values. */
const char *cd_context_name (guint bit);
/* The union of the CdContext bits, or of 1 << CdPassageKind, that the list at key names; 0 where the key is missing.
 * FALSE with the place of the first unknown name. For readers of rule files. */
typedef struct _CdYaml CdYaml;
typedef struct _CdYamlNode CdYamlNode;
gboolean cd_context_read (const CdYaml *yaml, const CdYamlNode *mapping, const char *key, guint *bits, GError **error);
gboolean cd_passage_kinds_read (const CdYaml *yaml, const CdYamlNode *mapping, const char *key, guint *bits, GError **error);
