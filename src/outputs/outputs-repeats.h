/* Figures that a tree holds twice because a program wrote them twice: no second runs. */
#pragma once
#include "outputs/figure.h"

/* Of figures in their order, removes: rows of a console's log whose result file is there, too; one summary in several formats; evaluations that a trainer keeps
 * in each of its checkpoints' histories; cells of plain tables that repeat figures of other files. */
void cd_outputs_drop_repeats (GPtrArray *figures);
