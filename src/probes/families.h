/* The probes in code, by family; registry.c lists them. Each sets `yes` and adds evidence. */
#pragma once
#include "probes/probe.h"

/* artefacts.c: what is published */
void cd_probe_own_weights_link (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_own_dataset_link (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_training_dataset_link (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_paper_link (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_paper_in_tree (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_base_model_configured (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_base_model_told (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_training_data_in_tree (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);

/* commands.c: what can be run */
void cd_probe_training_command (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_evaluation_command (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_data_command (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_install_command (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_serving_command (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_run_after_install (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_training_script (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_evaluation_script (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_training_code (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_evaluation_code (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_data_making_code (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);

/* stages.c: what the training consists of */
void cd_probe_training_config (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_hyperparameters_in_config (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_hyperparameters_rl (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_training_run_shown (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_rl_run_shown (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_sft_run_shown (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_stage_sft (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_stage_rl (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_stage_preference (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_stage_reward_model (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_stage_pretraining (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_multi_stage (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_all_stages_configured (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_launches_complete (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_stage_without_configuration (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);

/* parts.c: how many works stand in one repository */
void cd_probe_part_told_apart (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
void cd_probe_several_parts (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);

/* declared.c: what the manifest declares; every declared-… probe, told apart by info->id */
void cd_probe_declared (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding);
