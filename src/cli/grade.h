/* `candor grade` in three parts: a line of JSONL graded (grade-line.c), the stream of lines in batches (grade-stream.c), what they add up to
 * (grade-summary.c). cmd-grade.c is the verb. For cli/ only. */
#pragma once
#include "grading/grader.h"

#define CD_GRADE_SCORES 65536u /* scores kept for the bootstrap; beyond as many the normal interval is the same to the digits printed */
#define CD_GRADE_FAULTS 20u    /* malformed lines that are named */

typedef struct {
  const CdGrader *grader;
  double tolerance;               /* of the numeric grader; below 0: its own */
  const char *gold, *predictions; /* names of the fields */
} CdGradeTask;

typedef struct {
  guint64 line;
  guint column; /* in characters */
  char *what;   /* owned */
} CdGradeFault;

/* Sums are in units of 1e-9, so that they do not depend on the order of adding. */
typedef struct {
  guint64 verdicts[CD_GRADE_NOT_ATTEMPTED + 1];
  guint64 malformed;
  guint64 score, squares;
  gboolean graded;   /* a score was neither 0 nor 1 */
  GArray *scores;    /* double, the first CD_GRADE_SCORES */
  GPtrArray *faults; /* CdGradeFault*, the first CD_GRADE_FAULTS */
} CdGradeTally;

void cd_grade_tally_init (CdGradeTally *tally);
void cd_grade_tally_clear (CdGradeTally *tally);
/* Adds what a later stretch of the input came to. */
void cd_grade_tally_add (CdGradeTally *tally, const CdGradeTally *more);
void cd_grade_tally_reset (CdGradeTally *tally);
guint64 cd_grade_tally_graded (const CdGradeTally *tally);

/* Grades a line, counts it, and appends its verdict as a line of JSON to out (NULL: does not). Blank lines are passed over. text may hold any bytes. */
void cd_grade_line (const CdGradeTask *task, guint64 line, const char *text, gsize length, GString *out, CdGradeTally *tally);

/* What takes verdicts in the order of the input; FALSE: no more of it. */
typedef gboolean (*CdGradeSink) (const GString *lines, const CdGradeTally *batch, gpointer data);
/* Grades all lines of descriptor with threads (1 or more); lines: whether verdicts are written down. Memory is bounded by the number of threads. FALSE with
 * CD_ERROR_INPUT, naming the input, where it cannot be read. */
gboolean cd_grade_stream (const CdGradeTask *task, int descriptor, const char *name, guint threads, gboolean lines, CdGradeSink sink, gpointer data,
                          GError **error);

/* The summary as one JSON object and as a line for people, both ended by a newline. Caller frees. */
char *cd_grade_summary_json (const CdGradeTask *task, const CdGradeTally *tally);
char *cd_grade_summary_text (const CdGradeTask *task, const CdGradeTally *tally, const char *name);
