// For RTLD_DEEPBIND.
#define _GNU_SOURCE

#include "library.h"

#include <dlfcn.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct ccurl_library ccurl_library;

#ifdef CCURL_LINKED

// The portable build contains libcurl.
static const char *find_functions(void) {
#define LOAD(name) ccurl_library.name = name;
  CCURL_FUNCTIONS(LOAD)
#undef LOAD
  return NULL;
}

#else

#ifdef __APPLE__
static const char *const library_names[] = {"/usr/lib/libcurl.4.dylib", NULL};
#else
// The second is for Debian systems that have only the build with GnuTLS.
static const char *const library_names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", NULL};
#endif

// Names are looked up in libcurl's own libraries first, where nearly all of them are: this saves a fifth of the time.
// Not with the address sanitizer, as this would bypass its malloc.
#if defined(RTLD_DEEPBIND) && !__has_feature(address_sanitizer)
static const int mode = RTLD_LAZY | RTLD_LOCAL | RTLD_DEEPBIND;
#else
static const int mode = RTLD_LAZY | RTLD_LOCAL;
#endif

// The text of dlerror doesn't outlive the thread.
static const char *reason(void) {
  const char *words = dlerror();
  words = words == NULL ? NULL : strdup(words);
  return words == NULL ? "unknown error" : words;
}

// If none can be opened, returns the error of the first.
static const char *open_library(void **library) {
  const char *obstacle = NULL;
  for (const char *const *name = library_names; *name != NULL; name++) {
    *library = dlopen(*name, mode);
    if (*library != NULL) return NULL;
    if (obstacle == NULL) obstacle = reason();
  }
  return obstacle;
}

// Checked before other functions are looked up, as an old version lacks some.
static const char *age_problem(void *library) {
  static char words[128];
  ccurl_library.curl_version_info = (__typeof__(curl_version_info) *)dlsym(library, "curl_version_info");
  if (ccurl_library.curl_version_info == NULL) return reason();
  const curl_version_info_data *data = ccurl_library.curl_version_info(CURLVERSION_NOW);
  if (data->version_num >= CCURL_OLDEST) return NULL;
  (void)snprintf(
      words, sizeof words, "version %s is too old: %d.%d or later is needed", data->version, CCURL_OLDEST >> 16,
      CCURL_OLDEST >> 8 & 0xFF);
  return words;
}

static const char *find_functions(void) {
  void *library = NULL;
  const char *obstacle = open_library(&library);
  if (obstacle == NULL) obstacle = age_problem(library);
  if (obstacle != NULL) return obstacle;
#define LOAD(name) \
  ccurl_library.name = (__typeof__(name) *)dlsym(library, #name); \
  if (ccurl_library.name == NULL) return reason();
  CCURL_FUNCTIONS(LOAD)
#undef LOAD
  return NULL;
}

#endif

// libcurl allocates buffers for each request and frees them. Returning them to the kernel in between gains nothing.
static void keep_freed_memory(void) {
#ifdef __GLIBC__
  const int enough = 1 << 23;
  (void)mallopt(M_TRIM_THRESHOLD, enough);
  (void)mallopt(M_MMAP_THRESHOLD, enough);
#endif
}

static const char *load(void) {
  keep_freed_memory();
  const char *obstacle = find_functions();
  if (obstacle != NULL) return obstacle;
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
  // If no thread can be created, libcurl is loaded when it is needed.
  pthread_t thread;
  if (pthread_create(&thread, NULL, load_ahead, NULL) == 0) pthread_detach(thread);
}
