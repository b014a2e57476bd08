/* Signals that ask a run to stop: noted, so that the run ends its processes before itself. */
#include "leaderboard/leaderboard-parts.h"
#include <signal.h>

static volatile sig_atomic_t caught;
static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
static struct sigaction before[G_N_ELEMENTS (signals)];

static void
catch_signal (int number)
{
  caught = number;
}

void
cd_interrupt_catch (void)
{
  const struct sigaction action = { .sa_handler = catch_signal };
  caught = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++) {
    sigaction (signals[i], NULL, &before[i]);
    if (before[i].sa_handler != SIG_IGN)
      sigaction (signals[i], &action, NULL);
  }
}

void
cd_interrupt_restore (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    sigaction (signals[i], &before[i], NULL);
}

int
cd_interrupted (void)
{
  return caught;
}
