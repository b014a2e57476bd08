/* Finds libcurl's functions when they are first needed. What is asked with them is left to exchange.c and http.c. */
#include "net/curl.h"
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

/* The same interface with one or the other library for TLS beneath. */
static const char *const libraries[] = { "libcurl.so.4", "libcurl-gnutls.so.4" };

static const struct {
  const char *name;
  gsize offset;
} functions[] = {
  { "curl_global_init", offsetof (CdCurl, global_init) },
  { "curl_easy_init", offsetof (CdCurl, easy_init) },
  { "curl_easy_setopt", offsetof (CdCurl, easy_setopt) },
  { "curl_easy_getinfo", offsetof (CdCurl, easy_getinfo) },
  { "curl_easy_cleanup", offsetof (CdCurl, easy_cleanup) },
  { "curl_multi_init", offsetof (CdCurl, multi_init) },
  { "curl_multi_cleanup", offsetof (CdCurl, multi_cleanup) },
  { "curl_multi_add_handle", offsetof (CdCurl, multi_add_handle) },
  { "curl_multi_remove_handle", offsetof (CdCurl, multi_remove_handle) },
  { "curl_multi_perform", offsetof (CdCurl, multi_perform) },
  { "curl_multi_poll", offsetof (CdCurl, multi_poll) },
  { "curl_multi_info_read", offsetof (CdCurl, multi_info_read) },
  { "curl_slist_append", offsetof (CdCurl, slist_append) },
  { "curl_slist_free_all", offsetof (CdCurl, slist_free_all) },
  { "curl_url", offsetof (CdCurl, url) },
  { "curl_url_cleanup", offsetof (CdCurl, url_cleanup) },
  { "curl_url_set", offsetof (CdCurl, url_set) },
  { "curl_url_get", offsetof (CdCurl, url_get) },
  { "curl_free", offsetof (CdCurl, free) },
};

static CdCurl curl;
static char *fault; /* why there is none */

static gpointer
load (gpointer unused)
{
  (void) unused;
  void *library = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (libraries) && library == NULL; i++)
    library = dlopen (libraries[i], RTLD_LAZY | RTLD_LOCAL);
  if (library == NULL) {
    fault = g_strdup (dlerror ());
    return NULL;
  }
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++) {
    void *function = dlsym (library, functions[i].name);
    if (function == NULL) {
      fault = g_strdup_printf ("%s is not in it", functions[i].name);
      return NULL;
    }
    memcpy ((char *) &curl + functions[i].offset, &function, sizeof function);
  }
  if (curl.global_init (CURL_GLOBAL_DEFAULT) == CURLE_OK)
    return &curl;
  fault = g_strdup ("it does not start");
  return NULL;
}

const CdCurl *
cd_curl_load (GError **error)
{
  static GOnce once = G_ONCE_INIT;
  const CdCurl *loaded = g_once (&once, load, NULL);
  if (loaded == NULL)
    g_set_error (error, CD_ERROR, CD_ERROR_NETWORK, "nothing can be asked without libcurl: %s", fault);
  return loaded;
}
