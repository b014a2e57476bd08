/* Claimed figures beside obtained ones, in the words that text and Markdown share. For report/ only. */
#pragma once
#include "report/report.h"

/* One line of the table; strings are the row's. */
typedef struct {
  const CdReproduction *reproduction; /* borrowed */
  char *benchmark;                    /* "AIME 2024, pass@1" */
  char *model;                        /* "" not told */
  char *claimed;                      /* "46.7"; "" where nobody claims it */
  char *obtained;                     /* "30.0 [16.7, 47.9]"; "–" where nothing was */
  char *how;                          /* "selected: equal to the best of 26 runs …" or, without a claim, "from logs" */
  char *place;                        /* of the claim, or of the figure nobody claims */
} CdFigureRow;
void cd_figure_row_free (CdFigureRow *row);

/* Rows of reproductions with a claim (claimed) or without, in their order. Caller unrefs. */
GPtrArray *cd_report_figure_rows (const CdAudit *audit, const GPtrArray *reproductions, gboolean claimed);
/* "12 claims: 2 reproduced, 1 selected; nothing to check 9 of them against". Caller frees. */
char *cd_report_figures_summary (const CdAudit *audit, const GPtrArray *reproductions);
/* One sentence each, with its place, on claims that contradict each other or whose arithmetic does not hold: char*. Caller unrefs. */
GPtrArray *cd_report_claim_remarks (const CdAudit *audit);
/* A value as people print it: percent and fraction with the digits of the claim, no trailing noise. Caller frees. */
char *cd_report_value (double value, CdUnit unit);
/* markdown-figures.c */
void cd_markup_figures (GString *out, const CdAudit *audit);
void cd_markup_figures_of (GString *out, const CdAudit *audit, const GPtrArray *reproductions);
