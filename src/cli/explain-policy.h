/* Policies and the families of a gate's checks, explained. */
#pragma once
#include "base/data.h"
#include "report/page.h"

/* Puts the shipped policy, or the family of checks, that is called name on the page; another: something stands there already. Returns how many. A policy
 * that is not valid is passed over: `candor validate` tells of it. */
guint cd_explain_policy (CdPage *page, gboolean another, const CdData *data, const char *name);
/* Adds the names of policies to ids (char*, to be freed by them). */
void cd_explain_policy_names (GPtrArray *ids, const CdData *data);
/* One line a policy, its name in so many columns: for `candor rubrics`. */
void cd_explain_policy_list (CdPage *page, const CdData *data);
