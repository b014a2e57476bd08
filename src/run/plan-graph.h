/* For the files of this folder: the edges between a plan's steps. */
#pragma once
#include "run/plan.h"

/* Fills needs of every step and the plan's order. CD_ERROR_INPUT, naming file:line:column, for a cycle. */
gboolean cd_plan_connect (CdPlan *plan, const CdManifest *manifest, GError **error);
