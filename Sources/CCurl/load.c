// For RTLD_DEEPBIND.
#define _GNU_SOURCE

#include "library.h"

#include <dlfcn.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <pthread.h>
#include <stddef.h>
#include <string.h>

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

// The words of dlerror go with the thread.
static const char *reason(void) {
  const char *words = dlerror();
  words = words == NULL ? NULL : strdup(words);
  return words == NULL ? "unknown error" : words;
}

// libcurl takes buffers for each request and gives them back. Nothing is gained by the kernel's having them in between.
static void keep_freed_memory(void) {
#ifdef __GLIBC__
  const int enough = 1 << 23;
  (void)mallopt(M_TRIM_THRESHOLD, enough);
  (void)mallopt(M_MMAP_THRESHOLD, enough);
#endif
}

static const char *load(void) {
  keep_freed_memory();
  void *library = open_library();
  if (library == NULL) return reason();
#define LOAD(name) \
  ccurl_library.name = (__typeof__(name) *)dlsym(library, #name); \
  if (ccurl_library.name == NULL) return reason();
  CCURL_FUNCTIONS(LOAD)
#undef LOAD
  CURLcode code = ccurl_library.curl_global_init(CURL_GLOBAL_DEFAULT);
  return code == CURLE_OK ? NULL : ccurl_library.curl_easy_strerror(code);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *obstacle;

static void load_once(void) { obstacle = load(); }

const char *ccurl_load(void) {
  pthread_once(&once, load_once);
  return obstacle;
}

static void *load_ahead(void *unused) {
  (void)unused;
  (void)ccurl_load();
  return NULL;
}

void ccurl_load_ahead(void) {
  // Without a thread it is loaded when it is needed.
  pthread_t thread;
  if (pthread_create(&thread, NULL, load_ahead, NULL) == 0) pthread_detach(thread);
}
