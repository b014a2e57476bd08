/* Knowledge of who publishes foundation models (rubrics/knowledge/providers.yaml): it tells a work's own artefacts from those it builds on. */
#pragma once
#include "base/data.h"

typedef struct _CdProviders CdProviders;
/* NULL with CD_ERROR_INPUT where the file is absent or malformed. */
CdProviders *cd_providers_load (const CdData *data, GError **error);
void cd_providers_free (CdProviders *providers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdProviders, cd_providers_free)
/* owner: any case. */
gboolean cd_providers_has_owner (const CdProviders *providers, const char *owner);
/* TRUE where a model's name (any spelling, "Qwen2.5-Math-7B") begins with a foundation family's stem followed by an end, a digit or a separator. */
gboolean cd_providers_is_family (const CdProviders *providers, const char *name);
