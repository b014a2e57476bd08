/* The command line: finds the verb, runs it, prints its error once and turns it into the exit status. */
#include "base/text.h"
#include "cli/cmd.h"
#include "cli/embedded.h"
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static const struct {
  const char *name;
  CdVerb run;
  const char *summary;
} verbs[] = {
  { "audit", cd_cmd_audit, "score a repository, with the line behind every point" },
  { "validate", cd_cmd_validate, "check a manifest, with line and column of every fault" },
  { "init", cd_cmd_init, "draft a manifest from what a repository shows" },
  { "explain", cd_cmd_explain, "what earns a criterion, probe or signal, and how to fix it" },
  { "rubrics", cd_cmd_rubrics, "list the rubrics" },
  { "upstream", cd_cmd_upstream, "build the table of public frameworks' blobs" },
};

static void
print_help (FILE *out)
{
  fprintf (
      out,
      "Candor audits published replications of reasoning models: how open they are, with the evidence for every point.\n\nusage: candor VERB …\n\n");
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    fprintf (out, "  %-10s %s\n", verbs[i].name, verbs[i].summary);
  fprintf (
      out,
      "\n`candor VERB --help` tells a verb's options. Exit status: 0 done; 1 a gate failed; 2 wrong usage or invalid input file; 3 repository or\n"
      "network cannot be read; 4 internal error.\n");
}

static int
run (int argc, char **argv, GError **error)
{
  if (argc < 2) {
    print_help (stderr);
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
  g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "there is no verb \"%s\"; see `candor help`", argv[1]);
  return 2;
}

int
main (int argc, char **argv)
{
  setlocale (LC_CTYPE, "");
  signal (SIGPIPE, SIG_IGN); /* a closed pipe ends output, not the program with a signal */
  cd_embedded_register ();
  g_autoptr (GError) error = NULL;
  int status = run (argc, argv, &error);
  if (error == NULL)
    return status;
  g_autofree char *message = cd_text_printable (error->message); /* it may quote what a repository holds */
  g_printerr ("candor: %s\n", message);
  return cd_error_exit_code (error);
}
