/* What the files of probes/ share about loaded probes. For probes/ only. */
#pragma once
#include "probes/expression.h"
#include "probes/probe.h"

/* How far a neighbour may stand. */
typedef enum { CD_WITHIN_PASSAGE, CD_WITHIN_PARAGRAPH, CD_WITHIN_SECTION, CD_WITHIN_DOCUMENT, CD_WITHIN_WORK } CdWithin;

/* A neighbour that a hit must have, or must not have. */
typedef struct {
  gint set; /* index into CdProbes.sets; -1: no condition */
  CdWithin within;
  guint lines; /* most lines apart; 0: any */
} CdNear;

/* One way to find evidence: hits of signals under conditions, or documents by their role and path. */
typedef struct {
  GArray *signals;       /* guint; empty: the documents themselves are what is found */
  guint roles;           /* 1 << CdRole; 0: all */
  gint path, not_path;   /* indexes into CdProbes.paths; -1: any */
  guint where;           /* 1 << CdPassageKind; 0: all */
  guint context, unless; /* CdContext bits: at least one of, none of */
  CdNear near, not_near;
  double weight;
} CdAlternative;

typedef struct {
  CdProbeInfo info;
  CdProbeFunction function; /* a probe in code */
  GArray *alternatives;     /* CdAlternative, heaviest first; a data probe */
  guint at_least;
  CdExpression *when; /* a derived probe */
} CdProbe;

struct _CdProbes {
  GArray *probes;    /* CdProbe */
  GHashTable *index; /* id → position + 1 */
  GArray *order;     /* guint: probes so that a derived one comes after those it is derived from */
  GPtrArray *sets;   /* GArray of guint: the different sets of neighbours' signals */
  GPtrArray *paths;  /* GRegex: the different path patterns */
  GStringChunk *strings;
};

/* alternatives.c: the `find` of a data probe. */
gboolean cd_probe_read_find (CdProbes *probes, const CdSignals *signals, const CdYaml *yaml, const CdYamlNode *find, CdProbe *probe, GError **error);
void cd_alternative_clear (gpointer alternative);

/* find.c: answering data probes. An index over the hits of one case, made once for all probes. */
typedef struct _CdFinder CdFinder;
CdFinder *cd_finder_new (const CdProbes *probes, const CdCase *the_case);
void cd_finder_free (CdFinder *finder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdFinder, cd_finder_free)
void cd_finder_ask (CdFinder *finder, guint probe, CdFinding *finding);
