/* A git repository opened for reading: working tree, bare, or URL (cloned bare into the cache).
 * Never checks out, never runs hooks or filters, never writes into a local repository. The only folder that includes libgit2. */
#pragma once
#include "base/error.h"

typedef struct _CdRepository CdRepository;

typedef void (*CdProgress) (const char *what, guint64 done, guint64 total, gpointer data);

/* location: a path (working tree or bare) or a URL (https, ssh, git, file). URLs are cloned bare below
 * $XDG_CACHE_HOME/candor/repositories, fetched again the next time. progress may be NULL.
 * CD_ERROR_REPOSITORY (not a repository, corrupt) or CD_ERROR_NETWORK. */
CdRepository *cd_repository_open (const char *location, CdProgress progress, gpointer data, GError **error);
void cd_repository_free (CdRepository *repository);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdRepository, cd_repository_free)
/* The repository's git directory; borrowed. */
const char *cd_repository_path (const CdRepository *repository);
/* The URL of remote "origin", credentials removed; NULL where there is none. Caller frees. */
char *cd_repository_remote (const CdRepository *repository);
gboolean cd_repository_is_shallow (const CdRepository *repository);

/* TRUE for a URL, and for git's own "user@host:path". */
gboolean cd_url_is_remote (const char *location);
/* url without user names, passwords and query; the user of an ssh URL stays, it is part of the address. Caller frees. */
char *cd_url_without_credentials (const char *url);
