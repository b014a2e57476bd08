/* The user's name from the environment and git's settings, in the order in which git asks them. */
#include "git/user.h"
#include "git/objects.h"

char *
cd_git_user_name (void)
{
  const char *named = g_getenv ("GIT_AUTHOR_NAME");
  git_config *settings = NULL;
  git_buf name = GIT_BUF_INIT;
  char *found = NULL;

  if (named != NULL && *named != '\0')
    return g_strdup (named);
  cd_git_start ();
  if (git_config_open_default (&settings) == 0 && git_config_get_string_buf (&name, settings, "user.name") == 0 && name.size > 0)
    found = g_strdup (name.ptr);
  git_error_clear ();
  git_buf_dispose (&name);
  git_config_free (settings);
  return found;
}
