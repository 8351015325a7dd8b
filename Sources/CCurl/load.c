// For RTLD_DEEPBIND.
#define _GNU_SOURCE

#include "library.h"

#include <dlfcn.h>
#include <stddef.h>

struct ccurl_library ccurl_library;

#ifdef __APPLE__
static const char *const library_names[] = {"/usr/lib/libcurl.4.dylib", NULL};
#else
// The second where Debian has only the build with GnuTLS.
static const char *const library_names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", NULL};
#endif

// Names are looked up among libcurl's own libraries first, where nearly all of them are: it saves a fifth of the time.
#ifdef RTLD_DEEPBIND
static const int mode = RTLD_LAZY | RTLD_LOCAL | RTLD_DEEPBIND;
#else
static const int mode = RTLD_LAZY | RTLD_LOCAL;
#endif

static void *open_library(void) {
  void *library = NULL;
  for (const char *const *name = library_names; library == NULL && *name != NULL; name++) {
    library = dlopen(*name, mode);
  }
  return library;
}

const char *ccurl_load(void) {
  void *library = open_library();
  if (library == NULL) return dlerror();
#define LOAD(name) \
  ccurl_library.name = (__typeof__(name) *)dlsym(library, #name); \
  if (ccurl_library.name == NULL) return dlerror();
  CCURL_FUNCTIONS(LOAD)
#undef LOAD
  return NULL;
}

const char *ccurl_set_up(void) {
  CURLcode code = ccurl_library.curl_global_init(CURL_GLOBAL_DEFAULT);
  return code == CURLE_OK ? NULL : ccurl_library.curl_easy_strerror(code);
}
