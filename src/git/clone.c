/* Repositories behind URLs: a bare mirror of branches and tags in the user's cache, fetched again at every use.
 * Opening the mirror is left to repository.c. */
#include "git/objects.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

typedef struct {
  CdProgress report;
  gpointer data;
  guint attempts; /* at credentials; libgit2 asks again and again after a refusal */
} Transfer;

static const char *const url_schemes[] = { "https://", "http://", "ssh://", "git://", "file://", "git+ssh://", "ssh+git://" };

static gboolean
url_is_ssh (const char *url)
{
  return g_str_has_prefix (url, "ssh://") || g_str_has_prefix (url, "git+ssh://") || g_str_has_prefix (url, "ssh+git://");
}

/* "git@host:owner/name": a colon before any slash, behind an at sign. */
static gboolean
url_is_scp (const char *location)
{
  const char *colon = strchr (location, ':'), *slash = strchr (location, '/'), *at = strchr (location, '@');

  return colon != NULL && at != NULL && at < colon && (slash == NULL || colon < slash);
}

gboolean
cd_url_is_remote (const char *location)
{
  for (gsize i = 0; i < G_N_ELEMENTS (url_schemes); i++)
    if (g_ascii_strncasecmp (location, url_schemes[i], strlen (url_schemes[i])) == 0)
      return TRUE;
  return url_is_scp (location);
}

char *
cd_url_without_credentials (const char *url)
{
  const char *scheme = strstr (url, "://");
  const char *host, *end, *at, *colon;
  g_autoptr (GString) clean = NULL;

  if (scheme == NULL)
    return g_strdup (url);
  host = scheme + 3;
  end = host + strcspn (host, "/?#");
  at = memrchr (host, '@', (gsize) (end - host));
  clean = g_string_new_len (url, host - url);
  if (at != NULL && url_is_ssh (url)) {
    colon = memchr (host, ':', (gsize) (at - host));
    g_string_append_len (clean, host, (colon != NULL ? colon : at) - host);
    g_string_append_c (clean, '@');
  }
  if (at != NULL)
    host = at + 1;
  g_string_append_len (clean, host, (gssize) (g_str_has_prefix (url, "file://") ? strlen (host) : strcspn (host, "?#")));
  return g_string_free (g_steal_pointer (&clean), FALSE);
}

static int
on_transfer (const git_indexer_progress *stats, void *data)
{
  const Transfer *transfer = data;

  if (transfer->report == NULL)
    return 0;
  if (stats->received_objects < stats->total_objects)
    transfer->report ("receiving objects", stats->received_objects, stats->total_objects, transfer->data);
  else
    transfer->report ("resolving deltas", stats->indexed_deltas, stats->total_deltas, transfer->data);
  return 0;
}

/* The token goes to github.com over TLS and nowhere else. */
static const char *
token_for (const char *url)
{
  return g_str_has_prefix (url, "https://github.com/") ? g_getenv ("GITHUB_TOKEN") : NULL;
}

static int
on_credentials (git_credential **credential, const char *url, const char *user, unsigned int allowed, void *data)
{
  Transfer *transfer = data;
  const char *token = token_for (url);

  if (transfer->attempts++ > 0)
    return GIT_EAUTH;
  if ((allowed & GIT_CREDENTIAL_USERPASS_PLAINTEXT) != 0 && token != NULL)
    return git_credential_userpass_plaintext_new (credential, "x-access-token", token);
  if ((allowed & GIT_CREDENTIAL_SSH_KEY) != 0)
    return git_credential_ssh_key_from_agent (credential, user != NULL ? user : "git");
  return GIT_EAUTH;
}

static int
fetch_all (git_remote *remote, CdProgress progress, gpointer data)
{
  static char *specs[] = { (char *) "+refs/heads/*:refs/heads/*", (char *) "+refs/tags/*:refs/tags/*" };
  const git_strarray refspecs = { specs, G_N_ELEMENTS (specs) };
  Transfer transfer = { .report = progress, .data = data };
  git_fetch_options options;

  git_fetch_options_init (&options, GIT_FETCH_OPTIONS_VERSION);
  options.callbacks.transfer_progress = on_transfer;
  options.callbacks.credentials = on_credentials;
  options.callbacks.payload = &transfer;
  options.prune = GIT_FETCH_PRUNE;
  options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_ALL;
  return git_remote_fetch (remote, &refspecs, &options, NULL);
}

/* HEAD follows the branch that the server calls its default; a server without one (no commits) leaves it as it is. */
static int
follow_head (git_repository *native, git_remote *remote)
{
  git_buf branch = GIT_BUF_INIT;
  int outcome = git_remote_default_branch (&branch, remote);

  if (outcome == 0)
    outcome = git_repository_set_head (native, branch.ptr);
  else if (outcome == GIT_ENOTFOUND)
    outcome = 0;
  git_buf_dispose (&branch);
  return outcome;
}

static gboolean
fail_fetch (const char *url, const char *kept, GError **error)
{
  g_autofree char *clean = cd_url_without_credentials (url);
  g_autofree char *what
      = kept == NULL ? g_strdup ("it cannot be fetched") : g_strdup_printf ("it cannot be fetched; the copy of the last time is at '%s'", kept);

  return cd_git_fail (error, g_str_has_prefix (url, "file://") ? CD_ERROR_REPOSITORY : CD_ERROR_NETWORK, clean, what);
}

/* Brings the bare repository at path up to date with url, making it where there is none. kept: the path to name in an error. */
static gboolean
refresh (const char *path, const char *url, const char *kept, CdProgress progress, gpointer data, GError **error)
{
  g_autofree char *clean = cd_url_without_credentials (url);
  git_repository *native = NULL;
  git_remote *remote = NULL;
  git_config *config = NULL;
  gboolean done = git_repository_init (&native, path, 1) == 0 && git_repository_config (&config, native) == 0
                  && git_config_set_string (config, "remote.origin.url", clean) == 0 && git_remote_create_anonymous (&remote, native, url) == 0;

  if (!done)
    cd_git_fail (error, CD_ERROR_INTERNAL, path, "the cached copy cannot be written");
  else {
    done = fetch_all (remote, progress, data) == 0 && follow_head (native, remote) == 0;
    if (!done)
      fail_fetch (url, kept, error);
  }
  git_remote_free (remote);
  git_config_free (config);
  git_repository_free (native);
  return done;
}

/* "host-owner-name" for people who look into the cache, and a hash of the whole address to tell two such apart. */
static char *
cache_path (const char *url)
{
  g_autofree char *clean = cd_url_without_credentials (url);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, clean, -1);
  const char *scheme = strstr (clean, "://");
  g_autofree char *readable = g_strndup (scheme != NULL ? scheme + 3 : clean, 80);
  g_autofree char *name = NULL;

  g_strcanon (readable, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._", '-');
  name = g_strdup_printf ("%s-%.16s", readable + strspn (readable, "-."), digest);
  return g_build_filename (g_get_user_cache_dir (), "candor", "repositories", name, NULL);
}

static int
lock_path (const char *path, GError **error)
{
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  int file;

  if (g_mkdir_with_parents (folder, 0700) != 0 || (file = g_open (lock, O_CREAT | O_RDWR | O_CLOEXEC, 0600)) < 0) {
    int reason = errno;

    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "cannot write the cache folder '%s': %s", folder, g_strerror (reason));
    return -1;
  }
  while (flock (file, LOCK_EX) != 0 && errno == EINTR)
    continue;
  return file;
}

/* A first clone grows under another name, so that one broken off is never taken for whole. */
char *
cd_clone_refresh (const char *url, CdProgress progress, gpointer data, GError **error)
{
  g_autofree char *path = cache_path (url);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  gboolean known, done;
  int lock;

  cd_git_start ();
  if (!cd_git_start_tls ()) {
    cd_git_fail (error, CD_ERROR_REPOSITORY, url, "the certificates of this machine cannot be read");
    return NULL;
  }
  lock = lock_path (path, error);
  if (lock < 0)
    return NULL;
  known = g_file_test (path, G_FILE_TEST_IS_DIR);
  done = refresh (known ? path : part, url, known ? path : NULL, progress, data, error);
  if (done && !known && g_rename (part, path) != 0) {
    int reason = errno;

    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "cannot write the cached copy '%s': %s", path, g_strerror (reason));
    done = FALSE;
  }
  close (lock);
  return done ? g_steal_pointer (&path) : NULL;
}
