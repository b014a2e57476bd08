/* Loading all rules of an audit, each kind by its own folder, in the order in which they need each other. What they mean is left to those folders. */
#include "audit/rules.h"

CdRules *
cd_rules_load (const CdData *data, const char *rubric, const char *cache, GError **error)
{
  g_autoptr (CdRules) rules = g_new0 (CdRules, 1);
  rules->data = data;
  rules->signals = cd_signals_load (data, cache, error);
  rules->probes = rules->signals != NULL ? cd_probes_load (data, rules->signals, error) : NULL;
  rules->rubric = rules->probes != NULL ? cd_rubric_load (data, rubric != NULL ? rubric : "tti", rules->probes, error) : NULL;
  rules->lineage = rules->rubric != NULL ? cd_lineage_rules_load (data, error) : NULL;
  rules->licenses = rules->lineage != NULL ? cd_licenses_load (data, error) : NULL;
  return rules->licenses != NULL ? g_steal_pointer (&rules) : NULL;
}

void
cd_rules_free (CdRules *rules)
{
  if (rules == NULL)
    return;
  g_clear_pointer (&rules->licenses, cd_licenses_free);
  g_clear_pointer (&rules->lineage, cd_lineage_rules_free);
  g_clear_pointer (&rules->rubric, cd_rubric_free);
  g_clear_pointer (&rules->probes, cd_probes_free);
  g_clear_pointer (&rules->signals, cd_signals_free);
  g_free (rules);
}
