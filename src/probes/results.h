/* Probes over what a work reports (metrics/results.h). Registered in registry.c under the ids of rubrics/probes/evaluation.yaml. */
#pragma once
#include "probes/probe.h"

void cd_probe_results_table (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_results_table_metric (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_every_table_has_metric (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_baselines_in_results (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_served_baselines (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_results_text (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_results_text_metric (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_results_image_only (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_own_results_in_text (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_own_results_shown (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_results_any (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_benchmarks_versioned (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_results_in_paper (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_table_without_metric (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_benchmarks_in_code (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_paper_labelled (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
