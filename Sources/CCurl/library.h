#ifndef CCURL_LIBRARY_H
#define CCURL_LIBRARY_H

// Macros of the same names would hide the functions. Deprecated options are used only with old versions.
#define CURL_DISABLE_TYPECHECK
#define CURL_DISABLE_DEPRECATION
#include "include/ccurl.h"
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

// Every function of libcurl that is used.
#define CCURL_FUNCTIONS(USE) \
  USE(curl_global_init) \
  USE(curl_easy_init) \
  USE(curl_easy_cleanup) \
  USE(curl_easy_strerror) \
  USE(curl_easy_setopt) \
  USE(curl_easy_getinfo) \
  USE(curl_easy_perform) \
  USE(curl_url) \
  USE(curl_url_set) \
  USE(curl_url_cleanup) \
  USE(curl_slist_append) \
  USE(curl_slist_free_all) \
  USE(curl_getdate) \
  USE(curl_version_info) \
  USE(curl_multi_init) \
  USE(curl_multi_cleanup) \
  USE(curl_multi_setopt) \
  USE(curl_multi_add_handle) \
  USE(curl_multi_remove_handle) \
  USE(curl_multi_perform) \
  USE(curl_multi_poll) \
  USE(curl_multi_info_read)

// Their addresses, once loaded.
struct ccurl_library {
#define DECLARE(name) __typeof__(name) *name;
  CCURL_FUNCTIONS(DECLARE)
#undef DECLARE
};

extern struct ccurl_library ccurl_library;

#endif
