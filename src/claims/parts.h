/* The readers of claims, a file each, and what they share. For claims/ only. */
#pragma once
#include "claims/claims.h"
#include "metrics/result-table.h"

#define CD_CLAIMS_MOST 5000u /* of one work; no reader goes on beyond */

/* A cell of a results table. */
typedef enum { CD_CELL_EMPTY, CD_CELL_DASH, CD_CELL_TEXT, CD_CELL_DELTA, CD_CELL_NUMBER, CD_CELL_PAIR, CD_CELL_COUNT } CdCellKind;
typedef struct {
  CdCellKind kind;
  double value, second; /* second: of a pair "46.7 / 50.0" the other, of a count "13/30" the whole; else NAN */
  double spread;        /* behind ±; NAN none */
  guint decimals;
  gboolean percent; /* a percent sign is printed */
} CdClaimCell;
/* Reads a cell's visible text. CD_CELL_TEXT for all that is no single figure: ranges, sizes ("7B"), ratios ("2.3x"), bounds ("< 5"), words. */
CdClaimCell cd_claim_cell_read (const char *text);

typedef struct {
  const CdCorpus *corpus;
  const CdScope *scope;
  const CdSignals *signals;
  GPtrArray *hits;
  const CdWork *work;
  const CdResults *results;
  CdResultReader reader;
  GPtrArray *checkpoints; /* char*: base names of the work's own weights as keys, longest first */
  GPtrArray *stems;       /* char*: first words of these, in lower case */
  GPtrArray *claims;      /* CdClaim*, in the order of reading */
  gboolean news;          /* what is read stands under news, which also tell of later works: weights alone make no model the work's */
  gboolean listing;       /* the document is a list of papers: its sentences are about others unless they name the work */
} CdClaimGatherer;

/* claims.c */
/* A new claim at the end of the gathered ones, borrowed; NULL where there are too many. model and task are copied. */
CdClaim *cd_claim_add (CdClaimGatherer *gatherer, CdClaimFrom from, const char *model, const char *task, double value, CdPlace place);
/* text is matched by pattern, compiled once into *regex. text: any bytes. */
gboolean cd_claim_matches (GRegex **regex, const char *pattern, const char *text);

/* claims-own.c: whose model a label names */
typedef enum { CD_WHOSE_UNKNOWN, CD_WHOSE_OWN, CD_WHOSE_FOREIGN } CdWhose;
CdWhose cd_claim_whose (const CdClaimGatherer *gatherer, const char *label);
gboolean cd_claim_is_bound (const char *label); /* "Oracle", "w/ external verifier": what is compared with, unless it is called the work's */
/* The label tells one model from its other sizes and from ways to train: by a published checkpoint's name or a size. "Ours", "+ RL" tell a way. */
gboolean cd_claim_names_one (const CdClaimGatherer *gatherer, const char *label);
/* The label as a whole is a model's name, which no benchmark has: one of the work's, or a foundation model's. */
gboolean cd_claim_is_model (const CdClaimGatherer *gatherer, const char *label);
typedef struct {
  const char *label;
  gboolean bold;
  guint32 line;     /* of the label, for links that stand there; 0 not to be asked */
  gboolean scored;  /* figures stand in its row or column */
  gboolean divides; /* a heading row stands before it */
} CdClaimLabel;
/* By label: it is the work's own. title: caption and headings. Caller frees. */
guint8 *cd_claim_own_labels (const CdClaimGatherer *gatherer, const CdDocument *document, const CdClaimLabel *labels, guint length);

/* claims-metric.c */
typedef struct {
  CdMetric metric;
  guint samples; /* per problem; 0 not told */
  guint32 line;  /* of the note that tells samples; 0 a label does */
} CdClaimMeasure;
/* What a head, row label or caption tells; keeps what measure has already. */
void cd_claim_measure_label (CdClaimMeasure *measure, const char *label);
/* What sentences near lines first to last of the same section tell. */
void cd_claim_measure_near (CdClaimMeasure *measure, const CdDocument *document, gint32 section, guint32 first, guint32 last);
/* The number of problems that a label states, "MATH test (500)", "n=198"; 0 none. */
gint64 cd_claim_problems (const char *label);
/* The benchmark that a label names: glued releases and repetitions apart ("AIME24x32", "Alignbench1.1"); -1 none. */
gint cd_claim_benchmark (const CdClaimGatherer *gatherer, const char *label);
/* The release, split or year that a benchmark's label tells; NULL none. Caller frees. */
char *cd_claim_version (const char *label);
/* The unit of figures that no percent sign settles: by benchmark and metric, and whether all figures beside them are at most 1. */
CdUnit cd_claim_unit (const CdClaimGatherer *gatherer, gint benchmark, CdMetric metric, const char *label, double most);

/* claims-figure.c: a number in a sentence */
typedef enum { CD_FIGURE_OTHER, CD_FIGURE_CHANGE, CD_FIGURE_SCORE } CdFigureKind;
typedef struct {
  CdFigureKind kind;
  gsize start, end; /* bytes of the text */
  double value;
  guint decimals;
  gboolean percent;
  gboolean average; /* it is called an average */
} CdClaimFigure;
/* The number whose first digit stands at `at`; returns its end. text: valid UTF-8 without marks of emphasis. */
gsize cd_claim_figure_read (const char *text, gsize length, gsize at, CdClaimFigure *figure);

/* claims-mark.c: what a sentence names */
typedef enum { CD_MARK_BENCHMARK, CD_MARK_FIGURE, CD_MARK_OWN, CD_MARK_FOREIGN } CdMarkKind;
typedef struct {
  CdMarkKind kind;
  gsize start, end;
  gint benchmark;
  CdClaimFigure figure;
} CdMark;

typedef struct {
  CdClaimGatherer *gatherer;
  const CdDocument *document;
  guint index;
  const CdPassage *passage;
  const char *text;
  gsize length;
  GArray *marks; /* CdMark, by place */
} CdClaimSentence;
/* A copy without Markdown's marks of bold and code, and LaTeX's of percent, underscore and math. Caller frees. */
char *cd_claim_plain_text (const char *text);
/* Each appends to marks; benchmarks first, then models, then figures, which stand outside the names. */
void cd_claim_mark_benchmarks (CdClaimSentence *sentence);
void cd_claim_mark_models (CdClaimSentence *sentence);
guint cd_claim_mark_figures (CdClaimSentence *sentence); /* returns how many */
/* Where the name stands that follows a figure as "on NAME" or "in NAME", known or not; FALSE where none does. */
gboolean cd_claim_place_of (const CdClaimSentence *sentence, const CdMark *figure, gsize *start, gsize *end);
gboolean cd_claim_is_own_pronoun (const char *word); /* "we", "our", "it" … */

/* claims-pair.c: what a figure of a sentence is on and whose it is, once all is marked */
/* The benchmark (an index into marks) of a figure (likewise); -1 where that is not sure. figures and benchmarks: guint, indexes of all of these. */
gint cd_claim_pair_benchmark (const CdClaimSentence *sentence, const GArray *figures, guint which, const GArray *benchmarks);
typedef enum { CD_BEHIND_NOTHING, CD_BEHIND_MODEL, CD_BEHIND_BASE, CD_BEHIND_ANOTHER } CdClaimBehind;
/* The model that "for NAME" behind a figure names: the work's, one that it trained ("from 12.5% to 63.9% for NAME"), or another's. */
CdClaimBehind cd_claim_behind (const CdClaimSentence *sentence, guint figure, guint *model);

/* claims-grid.c */
typedef enum { CD_COLUMN_LABEL, CD_COLUMN_FIGURES, CD_COLUMN_OTHER } CdColumnKind;
typedef enum { CD_ROW_BODY, CD_ROW_GROUP, CD_ROW_EMPTY } CdRowKind;
typedef struct {
  const CdTable *table;
  guint rows, columns, header; /* header: rows at the top that are heads */
  CdClaimCell *cells;          /* row by row */
  char **heads;                /* by column: its header rows joined */
  char **labels;               /* by row: text of its label columns joined; of a group row its text */
  guint8 *column_kinds;        /* CdColumnKind */
  guint8 *row_kinds;           /* CdRowKind */
  guint *groups;               /* by row: the group row above it, G_MAXUINT none */
} CdClaimGrid;
/* FALSE where the table has no figures beside labels. */
gboolean cd_claim_grid_read (const CdClaimGatherer *gatherer, const CdTable *table, CdClaimGrid *grid);
void cd_claim_grid_clear (CdClaimGrid *grid);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CdClaimGrid, cd_claim_grid_clear)
const CdClaimCell *cd_claim_grid_at (const CdClaimGrid *grid, guint row, guint column);
const char *cd_claim_grid_text (const CdClaimGrid *grid, guint row, guint column);

gboolean cd_claim_is_figures (const CdClaimGrid *grid, guint column);

/* claims-label.c */
typedef enum { CD_LABEL_OTHER, CD_LABEL_BENCHMARK, CD_LABEL_AVERAGE, CD_LABEL_METRIC, CD_LABEL_NONE } CdLabelKind; /* none: no score */
/* What a head or a row's label says of the figures under or beside it; benchmark: of CD_LABEL_BENCHMARK, else -1. */
CdLabelKind cd_claim_label_kind (const CdClaimGatherer *gatherer, const char *label, gint *benchmark);
gboolean cd_claim_is_no_score (const char *label);    /* lengths, times, differences: whatever benchmark they are about */
gboolean cd_claim_is_plain_score (const char *label); /* "Score", "Value": a score without a metric's name */
gboolean cd_claim_is_attempt (const char *label);     /* "Turn 1", "cov", "maj@8": how or when is measured, never on what */
gboolean cd_claim_counts (const char *label);         /* "distinct@8": a number of things, no share */
char *cd_claim_strip_attempt (const char *label);     /* without such words at its end. Caller frees */
gboolean cd_claim_is_part (const char *label);        /* "Easy", "All": a part of a benchmark, which says nothing without it */
gboolean cd_claim_heads_models (const char *head);    /* of a column of models or methods */

/* claims-context.c: what sets figures of one model apart */
typedef enum { CD_TELLING_HEADING, CD_TELLING_SENTENCE } CdClaimTelling; /* of a heading every word counts, of a sentence settings and names */
/* Adds what text tells to words (char*), as keys, each once. */
void cd_claim_context_add (const CdClaimGatherer *gatherer, GPtrArray *words, const char *text, CdClaimTelling telling);
/* The words of a document's folder and of the headings over a section. Caller unrefs. */
GPtrArray *cd_claim_context_of (const CdClaimGatherer *gatherer, const CdDocument *document, gint32 section);
/* These, and those of caption and leading line. Caller unrefs. */
GPtrArray *cd_claim_context_of_table (const CdClaimGatherer *gatherer, const CdDocument *document, const CdTable *table);
/* The words in order, without those that are the model's own name; NULL none. Caller frees. */
char *cd_claim_context_tell (const GPtrArray *words, const char *model);
/* The last line of prose above the table in its section; images and links between them do not part them. NULL none. Caller frees. */
char *cd_claim_line_above (const CdDocument *document, const CdTable *table);

/* claims-sides.c */
typedef enum { CD_SIDE_OF_NOWHERE, CD_SIDE_OF_HEADS, CD_SIDE_OF_ROWS, CD_SIDE_OF_GROUPS, CD_SIDE_OF_TITLE } CdSideOf; /* where benchmarks are named */
typedef struct {
  CdClaimGatherer *gatherer;
  const CdDocument *document;
  guint index;  /* of the document */
  guint number; /* of the table in its document */
  const CdTable *table;
  CdClaimGrid grid;
  char *titles;       /* caption and headings */
  GPtrArray *context; /* char*: of cd_claim_context_of_table */
  CdSideOf benchmarks;
  guint named_in;     /* column of their names, of CD_SIDE_OF_ROWS */
  char **tasks;       /* by column, of parts of the caption's benchmark; NULL elsewhere */
  gint titled;        /* benchmark of the title, -1 none */
  gboolean upright;   /* models are the columns */
  gboolean modelless; /* neither side names models: the surroundings do */
  guint8 *own_rows, *own_columns;
  CdLabelKind *head_kinds;
  gint *head_benchmarks;
} CdClaimTable;
/* Fills all from benchmarks on but own_rows and own_columns; the grid is read. FALSE where the table holds no scores. */
gboolean cd_claim_sides_read (CdClaimTable *reading);
void cd_claim_table_clear (CdClaimTable *reading);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CdClaimTable, cd_claim_table_clear)

/* The readers; each appends to the gatherer's claims. */
void cd_claims_manifest (CdClaimGatherer *gatherer, const CdManifest *manifest); /* claims-manifest.c */
void cd_claims_card (CdClaimGatherer *gatherer, guint index);                    /* claims-card.c: model-index */
void cd_claims_tables (CdClaimGatherer *gatherer, guint index);                  /* claims-table.c */
void cd_claims_sentences (CdClaimGatherer *gatherer, guint index);               /* claims-sentence.c */
void cd_claims_comments (CdClaimGatherer *gatherer, guint index);                /* claims-comment.c */

/* Faults. claims are merged; each appends to faults. */
void cd_claims_contradict (const CdClaimGatherer *gatherer, CdClaims *claims); /* claims-compare.c */
void cd_claims_average (const CdClaimGatherer *gatherer, CdClaims *claims);    /* claims-average.c */
