/* Between the files of the workbench: where the reader stands. */
#pragma once
#include "review/screen-form.h"

typedef enum {
  CD_VIEW_QUESTION,
  CD_VIEW_FILE,
  CD_VIEW_FORM,
  CD_VIEW_TEXT, /* help, or the codebook's general rules */
  CD_VIEWS
} CdViewKind;
typedef enum { CD_PROMPT_NONE, CD_PROMPT_OPEN, CD_PROMPT_SEARCH } CdPrompt;

typedef struct {
  CdSession *session;
  CdTty *tty;
  gboolean unicode;
  CdViewKind view, behind; /* behind: where a text was asked for */
  gboolean in_list;        /* arrows choose questions, not passages */
  guint criterion;         /* that is shown */
  GArray *places;          /* CdCandidate of it */
  GArray *spans;           /* CdSpan of them */
  guint chosen;            /* place, from 0 */
  CdRows *rows;            /* its page; NULL: to be made */
  guint top;               /* row of the page shown first */
  guint height;            /* rows of the page shown */
  guint list_top, list_height;
  GPtrArray *marked;   /* GArray of CdSpan by criterion: lines that the reader marked */
  GPtrArray *drafts;   /* char* by criterion: a reason that was begun; NULL none */
  CdFileView *file;    /* opened */
  CdFileView *preview; /* of the chosen place, where there is room */
  CdForm *form;
  CdRows *text;
  guint text_top;
  gboolean rules; /* the text is the codebook's */
  CdPrompt prompt;
  CdEdit *typed;
  char *message;
  gboolean alarm; /* it tells of a failure */
  gboolean small; /* the terminal is too small */
  gboolean done;
} CdBench;

/* screen.c */
void cd_bench_say (CdBench *bench, gboolean alarm, const char *format, ...) G_GNUC_PRINTF (3, 4);
void cd_bench_say_error (CdBench *bench, const GError *error);
const GArray *cd_bench_marked (const CdBench *bench);
/* Where the chosen place is; NULL where there is none in a file. */
const CdEvidence *cd_bench_place (const CdBench *bench);
/* The question's place in the session's order. */
guint cd_bench_position (const CdBench *bench);

void cd_bench_show (CdBench *bench, guint criterion);
/* What moves the score most now. */
void cd_bench_show_next (CdBench *bench);
/* Help, or the codebook's general rules. */
void cd_bench_show_text (CdBench *bench, gboolean rules);

/* screen-answer.c */
void cd_bench_open_form (CdBench *bench, CdAnswer answer);
void cd_bench_form_key (CdBench *bench, const CdKey *key);
void cd_bench_put_off (CdBench *bench);
void cd_bench_undo (CdBench *bench);

/* screen-open.c */
/* The file at the chosen place; where there is none, the reader is asked for one. */
void cd_bench_open_place (CdBench *bench);
void cd_bench_ask (CdBench *bench, CdPrompt prompt);
void cd_bench_prompt_key (CdBench *bench, const CdKey *key);
void cd_bench_file_key (CdBench *bench, const CdKey *key);

/* screen-pages.c */
CdRows *cd_bench_help (guint columns, gboolean unicode);
CdRows *cd_bench_rules (const CdSession *session, guint columns, gboolean unicode);

/* screen-show.c */
void cd_bench_draw (CdBench *bench);
/* screen-list.c: the questions in the session's order. */
void cd_bench_draw_list (CdBench *bench, CdArea area);
/* Columns that the list takes beside the question. */
guint cd_bench_list_columns (const CdBench *bench);
