/* The figures of a rerun: what its evaluations wrote, read as the manifest declares it. */
#pragma once
#include "metrics/benchmarks.h"
#include "run/rerun.h"

/* CdFigure*, by evaluation, then repeat; the seed of each is the repeat's. What could not be read is appended to problems (char*, one line each). A figure's path
 * is that in the repeat's folder. Caller unrefs. */
GPtrArray *cd_run_figures (const CdRerun *rerun, const CdBenchmarks *benchmarks, GPtrArray *problems);
