#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>

struct ccurl_functions ccurl;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool is_loaded;

// The same library, built with one or the other TLS, and macOS's own.
static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", "/usr/lib/libcurl.4.dylib"};

static void *open_library(void) {
  for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
    void *library = dlopen(names[index], RTLD_LAZY | RTLD_LOCAL);
    if (library) return library;
  }
  return NULL;
}

// Finds one function; false when the library lacks it.
#define FIND(name) ((ccurl.name = (__typeof__(ccurl.name))dlsym(library, "curl_" #name)) != NULL)

static void load(void) {
  void *library = open_library();
  is_loaded = library && FIND(global_init) && FIND(getdate) && FIND(slist_append) && FIND(slist_free_all) &&
              FIND(easy_init) && FIND(easy_cleanup) && FIND(easy_strerror) && FIND(easy_setopt) &&
              FIND(easy_getinfo) && FIND(multi_init) && FIND(multi_cleanup) && FIND(multi_setopt) &&
              FIND(multi_add_handle) && FIND(multi_remove_handle) && FIND(multi_perform) && FIND(multi_info_read) &&
              FIND(multi_poll) && ccurl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

bool ccurl_load(void) {
  pthread_once(&once, load);
  return is_loaded;
}
