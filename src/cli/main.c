/* The command line: finds the verb, runs it, prints its error once and turns it into the exit status. */
#include "base/text.h"
#include "cli/cmd.h"
#include "cli/embedded.h"
#include "cli/next-steps.h"
#include "leaderboard/leaderboard.h"
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A search for leaks happens when main returns. */
#if defined __SANITIZE_ADDRESS__
#define SEARCHES_LEAKS 1
#elif defined __has_feature
#define SEARCHES_LEAKS __has_feature (address_sanitizer)
#else
#define SEARCHES_LEAKS 0
#endif
#define HEAP_STEP (4 * 1024 * 1024)
#define HEAP_KEPT (256 * 1024 * 1024)

static const CdVerbRow verbs[] = {
  { "audit", cd_cmd_audit, "score a repository, with the line behind every point" },
  { "validate", cd_cmd_validate, "check a manifest, an assessment or a policy, with line and column of every fault" },
  { "init", cd_cmd_init, "draft a manifest from what a repository shows" },
  { "reproduce", cd_cmd_reproduce, "claimed figures beside obtained ones; with --run, its commands run again in a sandbox" },
  { "review", cd_cmd_review, "questions that the rules leave open, put to a reader with the passages that decide" },
  { "gate", cd_cmd_gate, "ask of a work what a policy asks: what failed, where, and how to mend it" },
  { "appendix", cd_cmd_appendix, "draft a paper's artifact appendix, every statement with its place" },
  { "explain", cd_cmd_explain, "what earns a criterion, probe or signal, and how to fix it" },
  { "rubrics", cd_cmd_rubrics, "list the rubrics and policies" },
  { "agreement", cd_cmd_agreement, "how far readers of the same works agree, where not, and a file to settle it" },
  { "diff", cd_cmd_diff, "what changed between two audits: commits, files of audits, or works" },
  { "leaderboard", cd_cmd_leaderboard, "audit a list of works, rank them, and write a site" },
  { "compare", cd_cmd_compare, "two files of predictions side by side, with significance" },
  { "grade", cd_cmd_grade, "compare predictions with references, by any grader" },
  { "upstream", cd_cmd_upstream, "build the table of public frameworks' blobs" },
};

const CdVerbRow *
cd_verbs (guint *length)
{
  *length = G_N_ELEMENTS (verbs);
  return verbs;
}

char *
cd_verbs_suggestion (const char *name)
{
  const char *names[G_N_ELEMENTS (verbs) + 1] = { NULL };
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    names[i] = verbs[i].name;
  const char *near = cd_text_nearest (name, names);
  return near != NULL ? g_strdup_printf ("; did you mean `candor %s`?", near) : g_strdup ("; `candor help` lists them");
}

static void
print_help (FILE *out)
{
  fprintf (out, CD_ABOUT "\n\nusage: candor VERB …\n\n");
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    fprintf (out, "  %-11s %s\n", verbs[i].name, verbs[i].summary);
  fprintf (out, "\n`candor VERB --help` tells a verb's options. Exit status: 0 done; 1 a figure was not reproduced, or a gate failed; 2 wrong usage "
                "or invalid input file; 3 repository or\n"
                "network cannot be read; 4 internal error.\n");
}

static int
run (int argc, char **argv, GError **error)
{
  if (argc < 2) {
    g_autofree char *steps = cd_next_steps ();
    g_printerr ("%s", steps);
    return 2;
  }
  if (strcmp (argv[1], "help") == 0 || strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0) {
    print_help (stdout);
    return 0;
  }
  if (strcmp (argv[1], "--version") == 0) {
    printf ("candor %s\n", CANDOR_VERSION);
    return 0;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (argv[1], verbs[i].name) == 0)
      return verbs[i].run (argc - 1, argv + 1, error);
  if (strcmp (argv[1], "job") == 0)
    return cd_cmd_job (argc - 1, argv + 1, error);
  if (strcmp (argv[1], CD_LEADERBOARD_WORKER) == 0)
    return cd_leaderboard_work (error);
  if (strcmp (argv[1], "describe") == 0)
    return cd_cmd_describe (argc - 1, argv + 1, error);
  g_autofree char *suggestion = cd_verbs_suggestion (argv[1]);
  g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "there is no verb \"%s\"%s", argv[1], suggestion);
  return 2;
}

/* A short life: memory is taken in few large steps and not given back in between, each step and return being a call into the kernel that stops
 * the other threads' page faults. */
static void
set_heap (void)
{
  mallopt (M_TOP_PAD, HEAP_STEP);
  mallopt (M_MMAP_THRESHOLD, 8 * HEAP_STEP);
  mallopt (M_TRIM_THRESHOLD, HEAP_KEPT);
}

/* Without the destructors of two dozen libraries: what there is to write is written, the rest is the kernel's. */
static int
leave (int status)
{
  fflush (NULL);
  if (!SEARCHES_LEAKS)
    _exit (status);
  return status;
}

int
main (int argc, char **argv)
{
  set_heap ();
  setlocale (LC_CTYPE, "");
  signal (SIGPIPE, SIG_IGN); /* a closed pipe ends output, not the program with a signal */
  cd_embedded_register ();
  g_autoptr (GError) error = NULL;
  int status = run (argc, argv, &error);
  if (error == NULL)
    return leave (status);
  cd_progress_clear ();
  g_autofree char *message = cd_text_printable (error->message); /* it may quote what a repository holds */
  g_printerr ("candor: %s\n", message);
  return leave (cd_error_exit_code (error));
}
