/* A figure that files yield: what an evaluation wrote down as its result, or what its predictions give when they are graded again.
 * Facts with places; which claim it answers is reproduction/'s question. */
#pragma once
#include "metrics/benchmarks.h"
#include "metrics/metric.h"

typedef enum { CD_FIGURE_LOG, CD_FIGURE_PREDICTIONS } CdFigureBy;

/* One answered problem, for statistics. */
typedef struct {
  char *problem;   /* its id, or a digest of its text: the same in another file of the same benchmark. Owned by the figure */
  guint samples;   /* answers given */
  guint right;     /* of them */
  double majority; /* chance that the most frequent answer is right, ties broken evenly; NAN not told */
  double best;     /* 1 or 0: the answer that the file's own scores prefer is right; NAN without scores */
  double score;    /* mean of a graded score (F1); equals right / samples for others */
  double tokens;   /* mean output tokens; NAN not told */
  char *category;  /* as the file tells; NULL not. Owned by the figure */
} CdFigureProblem;

typedef struct {
  CdFigureBy by;
  const char *reader; /* row of the table of readers: "lighteval", "predictions" …; static */
  gint benchmark;     /* index into benchmarks, -1 not a known one */
  char *task;         /* as the file or its path calls it */
  char *model;        /* NULL not told */
  CdMetric metric;
  double value;
  CdUnit unit;
  double error;       /* standard error as the file gives it, in the same unit; NAN none */
  gint64 n;           /* problems; 0 not told */
  gint64 samples;     /* answers a problem; 0 not told */
  gint64 step;        /* of training; -1 not told */
  gint64 seed;        /* -1 not told */
  char *conditions;   /* "max_tokens=32768 temperature=0.6", keys sorted; NULL not told */
  GArray *problems;   /* CdFigureProblem in file order, where it comes from predictions; NULL else */
  const char *grader; /* id of the grader used; NULL where the file's own flags or figure were taken; static */
  gint64 malformed;   /* records of the file that could not be read, or tell nothing of an answer */
  GArray *faults;     /* guint32 line of the first 16 of them; NULL none */
  char *path;         /* file */
  guint document;     /* index into corpus->documents, G_MAXUINT outside a tree */
  guint32 line;       /* of the figure, 1 for predictions */
  gint64 flagged;     /* predictions: samples that the file itself calls right or wrong */
  gint64 disagree;    /* predictions: of those that could be graded too, the ones that the grader calls otherwise */
  gint64 left_out;    /* predictions: records of problems beyond the number that is kept (CD_PROBLEMS_MOST) */
  double own; /* predictions: accuracy of the flagged samples by the file's own verdicts, in the same unit; means nothing where flagged is 0 */
} CdFigure;

CdFigure *cd_figure_new (const char *path, guint document);
void cd_figure_free (CdFigure *figure);
