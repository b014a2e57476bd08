/* A figure's life. What fills one is left to the readers of logs and predictions. */
#include "outputs/figure.h"
#include <math.h>

/* Whoever made the array: its strings are the figure's. */
static void
clear_problems (GArray *problems)
{
  for (guint i = 0; problems != NULL && i < problems->len; i++) {
    CdFigureProblem *problem = &g_array_index (problems, CdFigureProblem, i);
    g_clear_pointer (&problem->problem, g_free);
    g_clear_pointer (&problem->category, g_free);
  }
}

CdFigure *
cd_figure_new (const char *path, guint document)
{
  CdFigure *figure = g_new0 (CdFigure, 1);
  figure->benchmark = -1;
  figure->error = NAN;
  figure->step = figure->seed = -1;
  figure->path = g_strdup (path);
  figure->document = document;
  figure->line = 1;
  return figure;
}

void
cd_figure_free (CdFigure *figure)
{
  if (figure == NULL)
    return;
  clear_problems (figure->problems);
  g_clear_pointer (&figure->problems, g_array_unref);
  g_clear_pointer (&figure->faults, g_array_unref);
  g_free (figure->task);
  g_free (figure->model);
  g_free (figure->conditions);
  g_free (figure->path);
  g_free (figure);
}
