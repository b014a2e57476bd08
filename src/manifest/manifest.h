/* replication.yaml, version 1: what the authors declare about their work, every statement with its line. Reading and checking of form;
 * whether a statement agrees with the repository is decided by probes/declared.c. */
#pragma once
#include "base/yaml.h"

typedef struct _CdManifest CdManifest;

/* The file's name in a repository's root (or --subdir). */
#define CD_MANIFEST_NAME "replication.yaml"

/* Parse and check text. On any fault: NULL, and every fault is appended to problems (char*, "name:line:column: message", in line order) while error holds
 * the first. problems may be NULL. */
CdManifest *cd_manifest_parse (const char *name, const char *text, gsize length, GPtrArray *problems, GError **error);
void cd_manifest_free (CdManifest *manifest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdManifest, cd_manifest_free)
const char *cd_manifest_name (const CdManifest *manifest);
const CdYamlNode *cd_manifest_root (const CdManifest *manifest);
