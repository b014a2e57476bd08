/* libgit2 reads the machine's certificates whenever it starts. That takes longer than auditing a small repository, and only a URL asks for them. Where
 * libgit2 is linked in, its reading of certificates is wrapped (Makefile) and put off until then; in a shared libgit2 nothing changes. */
#include "git/objects.h"

int __real_git_mbedtls_stream_global_init (void) __attribute__ ((weak)); /* libgit2's own; absent where nothing is wrapped */
int __wrap_git_mbedtls_stream_global_init (void);

int
__wrap_git_mbedtls_stream_global_init (void)
{
  return 0;
}

static gpointer
read_certificates (gpointer unused)
{
  (void) unused;
  return GINT_TO_POINTER (__real_git_mbedtls_stream_global_init == NULL || __real_git_mbedtls_stream_global_init () == 0);
}

gboolean
cd_git_start_tls (void)
{
  static GOnce once = G_ONCE_INIT;
  return g_once (&once, read_certificates, NULL) != NULL;
}
