/* A policy's form: from a tree to CdPolicy, every fault told. For policy.c. */
#pragma once
#include "gate/policy.h"

/* NULL where it is invalid: every fault in problems (char*, in the order of the file), the first one as the error. problems may be NULL. */
CdPolicy *cd_policy_read (const CdData *data, const CdYaml *yaml, GPtrArray *problems, GError **error);
