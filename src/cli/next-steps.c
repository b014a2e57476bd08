/* What to do next, told from what lies in the current folder. Nothing is read but names. */
#include "cli/next-steps.h"
#include "assessment/assessment.h"
#include "base/text.h"
#include "cli/cmd.h"
#include "git/repository.h"
#include "manifest/manifest.h"
#include <string.h>

#define WORKS_NAME "works.yaml"
#define COMMANDS 3u

/* What a folder may be, each on its own. */
typedef enum { HERE_REPOSITORY = 1, HERE_MANIFEST = 2, HERE_ASSESSMENT = 4, HERE_WORKS = 8, HERE_INSIDE = 16 } Here;

/* The first commands whose conditions hold are shown, at most COMMANDS of them. */
static const struct {
  guint with, without; /* Here */
  const char *command, *what;
} steps[] = {
  { HERE_WORKS, 0, "candor leaderboard " WORKS_NAME " --out site", "audits the works that are listed and makes a site" },
  { HERE_REPOSITORY | HERE_ASSESSMENT, 0, "candor audit . --assessment " CD_ASSESSMENT_NAME,
    "scores it, with the reader's answers beside the rules'" },
  { HERE_REPOSITORY, HERE_ASSESSMENT, "candor audit .", "scores it, with the line behind every point" },
  { HERE_MANIFEST, 0, "candor validate", "checks the manifest" },
  { HERE_REPOSITORY | HERE_MANIFEST, 0, "candor reproduce --run .", "runs its commands again in a sandbox, and compares" },
  { HERE_REPOSITORY, HERE_MANIFEST, "candor init . -o " CD_MANIFEST_NAME, "drafts a manifest from what it shows" },
  { HERE_REPOSITORY, 0, "candor review .", "asks you what the rules leave open" },
  { HERE_INSIDE, 0, "candor audit \"$(git rev-parse --show-toplevel)\" --subdir \"$(git rev-parse --show-prefix)\"",
    "scores this folder as a work of its own" },
  { HERE_INSIDE, 0, "candor audit \"$(git rev-parse --show-toplevel)\"", "scores the whole repository" },
  { 0, HERE_REPOSITORY | HERE_INSIDE, "candor audit path/to/repository", "scores a repository, with the line behind every point" },
  { 0, HERE_REPOSITORY | HERE_INSIDE, "candor audit https://github.com/OWNER/NAME", "the same for one that is elsewhere" },
  { 0, HERE_REPOSITORY, "candor rubrics", "what works are judged by" },
};

/* A folder around this one has a ".git". */
static gboolean
is_inside (void)
{
  g_autofree char *folder = g_get_current_dir ();
  while (strcmp (folder, "/") != 0 && strcmp (folder, ".") != 0) {
    char *parent = g_path_get_dirname (folder);
    g_free (folder);
    folder = parent;
    g_autofree char *git = g_build_filename (folder, ".git", NULL);
    if (g_file_test (git, G_FILE_TEST_EXISTS))
      return TRUE;
  }
  return FALSE;
}

static guint
look (void)
{
  g_autoptr (CdRepository) repository = cd_repository_open (".", NULL, NULL, NULL);
  return (repository == NULL && is_inside () ? HERE_INSIDE : 0) | (repository != NULL ? HERE_REPOSITORY : 0)
         | (g_file_test (CD_MANIFEST_NAME, G_FILE_TEST_IS_REGULAR) ? HERE_MANIFEST : 0)
         | (g_file_test (CD_ASSESSMENT_NAME, G_FILE_TEST_IS_REGULAR) ? HERE_ASSESSMENT : 0)
         | (g_file_test (WORKS_NAME, G_FILE_TEST_IS_REGULAR) ? HERE_WORKS : 0);
}

/* "This folder is a git repository with replication.yaml and assessment.yaml." */
static void
put_here (GString *out, guint here)
{
  static const struct {
    guint bit;
    const char *name;
  } files[] = { { HERE_MANIFEST, "a manifest (" CD_MANIFEST_NAME ")" },
                { HERE_ASSESSMENT, "a reader's answers (" CD_ASSESSMENT_NAME ")" },
                { HERE_WORKS, "a list of works (" WORKS_NAME ")" } };
  const char *names[G_N_ELEMENTS (files) + 1] = { NULL };
  guint length = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if ((here & files[i].bit) != 0)
      names[length++] = files[i].name;
  g_autofree char *all = cd_text_enumerate (names);
  g_string_append_printf (out, "This folder is %s%s%s.\n\n",
                          (here & HERE_REPOSITORY) != 0 ? "a git repository"
                          : (here & HERE_INSIDE) != 0   ? "part of a git repository"
                                                        : "no git repository",
                          length == 0                                     ? ""
                          : (here & (HERE_REPOSITORY | HERE_INSIDE)) != 0 ? " with "
                                                                          : ", but has ",
                          all);
}

char *
cd_next_steps (void)
{
  guint here = look (), shown[COMMANDS], length = 0;
  int width = 0;
  for (guint i = 0; i < G_N_ELEMENTS (steps) && length < COMMANDS; i++) {
    if ((here & steps[i].with) != steps[i].with || (here & steps[i].without) != 0)
      continue;
    shown[length++] = i;
    width = MAX (width, (int) strlen (steps[i].command));
  }
  GString *out = g_string_new (CD_ABOUT "\n");
  put_here (out, here);
  for (guint i = 0; i < length; i++)
    g_string_append_printf (out, "  %-*s  %s\n", width, steps[shown[i]].command, steps[shown[i]].what);
  g_string_append (out, "\n`candor help` lists the verbs, `candor VERB --help` tells a verb's options, `man candor` tells the rest.\n");
  return g_string_free (out, FALSE);
}
