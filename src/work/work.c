/* Gathers a work's facts in the order in which they need each other: identity, commands, configurations, artefacts, stages. */
#include "work/addressed.h"
#include "work/artefacts.h"
#include "work/command-check.h"
#include "work/commands.h"
#include "work/configurations.h"
#include "work/credentials.h"
#include "work/environment.h"
#include "work/identity.h"
#include "work/license.h"
#include "work/stages.h"

CdWork *
cd_work_gather (const CdData *data, const CdCorpus *corpus, const CdScope *scope, const CdSignals *signals, GPtrArray *hits, GError **error)
{
  CdProviders *providers = cd_providers_load (data, error);
  if (providers == NULL)
    return NULL;
  CdWork *work = g_new0 (CdWork, 1);
  work->providers = providers;
  work->names = g_ptr_array_new_with_free_func (g_free);
  work->owners = g_ptr_array_new_with_free_func (g_free);
  work->license = g_strdup (cd_license_of (corpus));
  cd_identity_gather (work, providers, corpus, scope);
  cd_commands_gather (work, corpus, scope);
  cd_configurations_gather (work, corpus, scope);
  cd_artefacts_gather (work, providers, corpus, scope, signals, hits);
  cd_stages_gather (work, corpus, scope, signals, hits);
  cd_commands_check (work, corpus, scope);
  cd_environment_gather (work, corpus, scope, signals, hits);
  cd_credentials_gather (work, corpus, scope);
  cd_addressed_gather (work, corpus, scope, signals);
  return work;
}

void
cd_work_free (CdWork *work)
{
  if (work == NULL)
    return;
  g_clear_pointer (&work->names, g_ptr_array_unref);
  g_clear_pointer (&work->owners, g_ptr_array_unref);
  g_clear_pointer (&work->artefacts, g_ptr_array_unref);
  g_clear_pointer (&work->commands, g_ptr_array_unref);
  g_clear_pointer (&work->configurations, g_ptr_array_unref);
  g_clear_pointer (&work->stages, g_ptr_array_unref);
  g_clear_pointer (&work->credentials, g_array_unref);
  g_clear_pointer (&work->addressed, g_array_unref);
  g_clear_pointer (&work->environment.places, g_array_unref);
  g_free (work->license);
  cd_providers_free (work->providers);
  g_free (work);
}
