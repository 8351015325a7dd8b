// libcurl for Swift. Its setters and getters take variable arguments, which Swift cannot call.
//
// The library is opened when it is first needed, not linked: it brings some thirty others, whose loading takes more
// time than all that `sms --version`, `--help`, completions and dry runs do.
#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>
#include <stdbool.h>

// The functions of libcurl that are used, once `ccurl_load` has found them.
struct ccurl_functions {
  __typeof__(&curl_global_init) global_init;
  __typeof__(&curl_getdate) getdate;
  __typeof__(&curl_slist_append) slist_append;
  __typeof__(&curl_slist_free_all) slist_free_all;
  __typeof__(&curl_easy_init) easy_init;
  __typeof__(&curl_easy_cleanup) easy_cleanup;
  __typeof__(&curl_easy_strerror) easy_strerror;
  __typeof__(&(curl_easy_setopt)) easy_setopt;
  __typeof__(&(curl_easy_getinfo)) easy_getinfo;
  __typeof__(&curl_multi_init) multi_init;
  __typeof__(&curl_multi_cleanup) multi_cleanup;
  __typeof__(&(curl_multi_setopt)) multi_setopt;
  __typeof__(&curl_multi_add_handle) multi_add_handle;
  __typeof__(&curl_multi_remove_handle) multi_remove_handle;
  __typeof__(&curl_multi_perform) multi_perform;
  __typeof__(&curl_multi_info_read) multi_info_read;
  __typeof__(&curl_multi_poll) multi_poll;
};

// Opens libcurl the first time; false when this machine has none, or one that lacks a function. Nothing else may be
// called before it was true.
bool ccurl_load(void);

// Set once, by `ccurl_load`.
extern struct ccurl_functions ccurl;

static inline time_t ccurl_getdate(const char *text) { return ccurl.getdate(text, NULL); }

static inline struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *line) {
  return ccurl.slist_append(list, line);
}

static inline void ccurl_slist_free_all(struct curl_slist *list) { ccurl.slist_free_all(list); }

static inline CURL *ccurl_easy_init(void) { return ccurl.easy_init(); }

static inline void ccurl_easy_cleanup(CURL *handle) { ccurl.easy_cleanup(handle); }

static inline const char *ccurl_easy_strerror(CURLcode code) { return ccurl.easy_strerror(code); }

static inline CURLM *ccurl_multi_init(void) { return ccurl.multi_init(); }

static inline CURLMcode ccurl_multi_cleanup(CURLM *multi) { return ccurl.multi_cleanup(multi); }

static inline CURLMcode ccurl_multi_add_handle(CURLM *multi, CURL *handle) {
  return ccurl.multi_add_handle(multi, handle);
}

static inline CURLMcode ccurl_multi_remove_handle(CURLM *multi, CURL *handle) {
  return ccurl.multi_remove_handle(multi, handle);
}

static inline CURLMcode ccurl_multi_perform(CURLM *multi, int *running) { return ccurl.multi_perform(multi, running); }

static inline CURLMsg *ccurl_multi_info_read(CURLM *multi, int *left) { return ccurl.multi_info_read(multi, left); }

static inline CURLMcode ccurl_multi_poll(CURLM *multi, struct curl_waitfd *extra, unsigned int count, int time) {
  return ccurl.multi_poll(multi, extra, count, time, NULL);
}

static inline CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
  return ccurl.easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
  return ccurl.easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value) {
  return ccurl.easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return ccurl.easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_headers(CURL *handle, struct curl_slist *list) {
  return ccurl.easy_setopt(handle, CURLOPT_HTTPHEADER, list);
}

static inline CURLcode ccurl_set_reader(CURL *handle, curl_read_callback function, void *context) {
  CURLcode code = ccurl.easy_setopt(handle, CURLOPT_READFUNCTION, function);
  return code != CURLE_OK ? code : ccurl.easy_setopt(handle, CURLOPT_READDATA, context);
}

static inline CURLcode ccurl_set_seeker(CURL *handle, curl_seek_callback function, void *context) {
  CURLcode code = ccurl.easy_setopt(handle, CURLOPT_SEEKFUNCTION, function);
  return code != CURLE_OK ? code : ccurl.easy_setopt(handle, CURLOPT_SEEKDATA, context);
}

static inline CURLcode ccurl_set_writer(CURL *handle, curl_write_callback function, void *context) {
  CURLcode code = ccurl.easy_setopt(handle, CURLOPT_WRITEFUNCTION, function);
  return code != CURLE_OK ? code : ccurl.easy_setopt(handle, CURLOPT_WRITEDATA, context);
}

static inline CURLcode ccurl_set_header_reader(CURL *handle, curl_write_callback function, void *context) {
  CURLcode code = ccurl.easy_setopt(handle, CURLOPT_HEADERFUNCTION, function);
  return code != CURLE_OK ? code : ccurl.easy_setopt(handle, CURLOPT_HEADERDATA, context);
}

typedef int (*ccurl_prerequest)(void *context, char *their_address, char *our_address, int their_port, int our_port);

// Called when a connection stands and the request is about to leave (7.80).
static inline CURLcode ccurl_set_prerequest(CURL *handle, ccurl_prerequest function, void *context) {
#if LIBCURL_VERSION_NUM >= 0x075000
  CURLcode code = ccurl.easy_setopt(handle, CURLOPT_PREREQFUNCTION, function);
  return code != CURLE_OK ? code : ccurl.easy_setopt(handle, CURLOPT_PREREQDATA, context);
#else
  (void)handle, (void)function, (void)context;
  return CURLE_UNKNOWN_OPTION;
#endif
}

// Nothing but http and https, by the option of 7.85 or the one before it.
static inline CURLcode ccurl_allow_http_only(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075500
  return ccurl.easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
#else
  return ccurl.easy_setopt(handle, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
#endif
}

// Does not wait for a name server's answer that nobody needs any more (7.87); older ones wait.
static inline CURLcode ccurl_leave_quickly(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075700
  return ccurl.easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);
#else
  (void)handle;
  return CURLE_OK;
#endif
}

static inline CURLcode ccurl_get_long(CURL *handle, CURLINFO information, long *value) {
  return ccurl.easy_getinfo(handle, information, value);
}

static inline CURLcode ccurl_get_pointer(CURL *handle, CURLINFO information, char **value) {
  return ccurl.easy_getinfo(handle, information, value);
}

static inline CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return ccurl.multi_setopt(multi, option, value);
}

// What a finished message says; in C because Swift does not see into the union.
static inline CURLcode ccurl_result(const CURLMsg *message) {
  return message->data.result;
}

#endif
