/* libcurl, loaded when something is first asked: with the thirty libraries that it needs in turn its loading takes 7 ms, a sixth of a whole audit, and
 * most audits ask nobody. For net/ only. */
#pragma once
#include "base/error.h"
#include <curl/curl.h>

/* The functions in use, under their own names less "curl_". */
typedef struct {
  CURLcode (*global_init) (long flags);
  CURL *(*easy_init) (void);
  CURLcode (*easy_setopt) (CURL *easy, CURLoption option, ...);
  CURLcode (*easy_getinfo) (CURL *easy, CURLINFO info, ...);
  void (*easy_cleanup) (CURL *easy);
  CURLM *(*multi_init) (void);
  CURLMcode (*multi_cleanup) (CURLM *multi);
  CURLMcode (*multi_add_handle) (CURLM *multi, CURL *easy);
  CURLMcode (*multi_remove_handle) (CURLM *multi, CURL *easy);
  CURLMcode (*multi_perform) (CURLM *multi, int *running);
  CURLMcode (*multi_poll) (CURLM *multi, struct curl_waitfd *others, unsigned length, int milliseconds, int *ready);
  CURLMsg *(*multi_info_read) (CURLM *multi, int *left);
  struct curl_slist *(*slist_append) (struct curl_slist *list, const char *text);
  void (*slist_free_all) (struct curl_slist *list);
  CURLU *(*url) (void);
  void (*url_cleanup) (CURLU *url);
  CURLUcode (*url_set) (CURLU *url, CURLUPart part, const char *text, unsigned flags);
  CURLUcode (*url_get) (const CURLU *url, CURLUPart part, char **text, unsigned flags);
  void (*free) (void *memory);
} CdCurl;

/* Loaded once and never unloaded; static. NULL with CD_ERROR_NETWORK where there is no libcurl, or one too old. Thread-safe. */
const CdCurl *cd_curl_load (GError **error);
