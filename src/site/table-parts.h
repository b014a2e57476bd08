/* The first page's parts: its columns, the form that table.js shows, the legend. For table*.c only. */
#pragma once
#include "site/site-parts.h"

/* A column; key: what rows are sorted by, NULL: one key for each dimension ("d0", "d1" …); class: of its cells, by which the style sheet knows them. */
typedef struct {
  const char *key, *words, *class, *kind; /* kind: "number" or "text" */
} CdTableColumn;
#define CD_TABLE_COLUMNS 12u
extern const CdTableColumn cd_table_columns[CD_TABLE_COLUMNS];

void cd_table_put_form (CdHtml *html, const CdSitePages *pages);
void cd_table_put_legend (CdHtml *html);
void cd_table_put_data (CdHtml *html);
