/* See fixture.h. */
#include "fixture.h"
#include <ftw.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define FIRST_DATE 1704067200 /* 2024-01-01T00:00:00Z */
#define DATE_STEP 3600

struct _Fixture {
  char *path;
  GPtrArray *ids;
};

static char **
fixture_environment (const Fixture *fixture)
{
  g_autofree char *date = g_strdup_printf ("%d +0000", FIRST_DATE + DATE_STEP * (int) fixture->ids->len);
  const char *const settings[][2] = {
    { "GIT_CONFIG_NOSYSTEM", "1" },
    { "GIT_CONFIG_GLOBAL", "/dev/null" },
    { "GIT_AUTHOR_NAME", "A. Author" },
    { "GIT_AUTHOR_EMAIL", "author@example.org" },
    { "GIT_AUTHOR_DATE", date },
    { "GIT_COMMITTER_NAME", "C. Committer" },
    { "GIT_COMMITTER_EMAIL", "committer@example.org" },
    { "GIT_COMMITTER_DATE", date },
    { "GIT_TERMINAL_PROMPT", "0" },
    { "LC_ALL", "C.UTF-8" },
  };
  static const char *const unset[] = { "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY" };
  char **environment = g_get_environ ();

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    environment = g_environ_setenv (environment, settings[i][0], settings[i][1], TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (unset); i++)
    environment = g_environ_unsetenv (environment, unset[i]);
  return environment;
}

static char *
run_git (Fixture *fixture, const void *input, gsize length, const char *first, va_list rest)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_auto (GStrv) environment = fixture_environment (fixture);
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) git = NULL;
  g_autoptr (GBytes) given = g_bytes_new (input, length), output = NULL, complaint = NULL;
  g_autoptr (GError) error = NULL;
  const char *text;
  gsize size;

  g_ptr_array_add (arguments, (gpointer) "git");
  for (const char *argument = first; argument != NULL; argument = va_arg (rest, const char *))
    g_ptr_array_add (arguments, (gpointer) argument);
  g_ptr_array_add (arguments, NULL);
  g_subprocess_launcher_set_environ (launcher, environment);
  g_subprocess_launcher_set_cwd (launcher, fixture->path);
  git = g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate (git, given, NULL, &output, &complaint, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (git))
    g_error ("git %s failed: %.*s", first, (int) g_bytes_get_size (complaint), (const char *) g_bytes_get_data (complaint, NULL));
  text = g_bytes_get_data (output, &size);
  return g_strndup (text != NULL ? text : "", size > 0 && text[size - 1] == '\n' ? size - 1 : size);
}

void
fixture_git (Fixture *fixture, const char *first, ...)
{
  va_list rest;

  va_start (rest, first);
  g_free (run_git (fixture, "", 0, first, rest));
  va_end (rest);
}

char *
fixture_pipe (Fixture *fixture, const void *input, gsize length, const char *first, ...)
{
  va_list rest;
  char *output;

  va_start (rest, first);
  output = run_git (fixture, input, length, first, rest);
  va_end (rest);
  return output;
}

Fixture *
fixture_new (void)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->path = g_dir_make_tmp ("candor-fixture-XXXXXX", NULL);
  g_assert_nonnull (fixture->path);
  fixture->ids = g_ptr_array_new_with_free_func (g_free);
  fixture_git (fixture, "init", "-q", "-b", "main", NULL);
  return fixture;
}

static int
remove_one (const char *path, G_GNUC_UNUSED const struct stat *status, G_GNUC_UNUSED int kind, G_GNUC_UNUSED struct FTW *place)
{
  return remove (path);
}

void
fixture_remove (const char *folder)
{
  nftw (folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void
fixture_free (Fixture *fixture)
{
  if (fixture == NULL)
    return;
  fixture_remove (fixture->path);
  g_ptr_array_unref (fixture->ids);
  g_free (fixture->path);
  g_free (fixture);
}

const char *
fixture_path (Fixture *fixture)
{
  return fixture->path;
}

void
fixture_write_bytes (Fixture *fixture, const char *path, const void *bytes, gsize length)
{
  g_autofree char *file = g_build_filename (fixture->path, path, NULL);
  g_autofree char *folder = g_path_get_dirname (file);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  /* Git tells changed files by time and size: without the rename that g_file_set_contents does, it could miss a quick change. */
  g_file_set_contents (file, bytes, (gssize) length, &error);
  g_assert_no_error (error);
}

void
fixture_write (Fixture *fixture, const char *path, const char *text)
{
  fixture_write_bytes (fixture, path, text, strlen (text));
}

const char *
fixture_commit (Fixture *fixture, const char *message)
{
  char *id;

  fixture_git (fixture, "add", "-A", NULL);
  fixture_git (fixture, "commit", "-q", "--allow-empty", "-m", message, NULL);
  id = fixture_pipe (fixture, "", 0, "rev-parse", "HEAD", NULL);
  g_ptr_array_add (fixture->ids, id);
  return id;
}
