#include "library.h"

#include <fcntl.h>

CURL *ccurl_easy_init(void) { return ccurl_library.curl_easy_init(); }

void ccurl_easy_cleanup(CURL *handle) { ccurl_library.curl_easy_cleanup(handle); }

const char *ccurl_easy_strerror(CURLcode code) { return ccurl_library.curl_easy_strerror(code); }

CURLcode ccurl_easy_perform(CURL *handle) { return ccurl_library.curl_easy_perform(handle); }

ccurl_build ccurl_get_build(void) {
  const curl_version_info_data *data = ccurl_library.curl_version_info(CURLVERSION_NOW);
  ccurl_build build = {.version = data->version, .tls = data->ssl_version};
#ifdef CCURL_LINKED
  build.is_linked = true;
#endif
#if LIBCURL_VERSION_NUM >= 0x074600
  // Judged by the age of the loaded libcurl, which may be older than the one this was built against.
  if (data->age >= CURLVERSION_SEVENTH) {
    build.certificate_file = data->cainfo;
    build.certificate_folder = data->capath;
  }
#endif
  return build;
}

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *line) {
  return ccurl_library.curl_slist_append(list, line);
}

void ccurl_slist_free_all(struct curl_slist *list) { ccurl_library.curl_slist_free_all(list); }

time_t ccurl_getdate(const char *text) { return ccurl_library.curl_getdate(text, NULL); }

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
  return ccurl_library.curl_easy_setopt(handle, option, value);
}

CURLcode ccurl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
  return ccurl_library.curl_easy_setopt(handle, option, value);
}

CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value) {
  return ccurl_library.curl_easy_setopt(handle, option, value);
}

CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return ccurl_library.curl_easy_setopt(handle, option, value);
}

CURLcode ccurl_set_url(CURL *handle, const char *text, CURLU **parsed) {
  const unsigned int flags = CURLU_GUESS_SCHEME | CURLU_NON_SUPPORT_SCHEME | CURLU_DISALLOW_USER;
  ccurl_library.curl_url_cleanup(*parsed);
  *parsed = ccurl_library.curl_url();
  bool is_valid = ccurl_library.curl_url_set(*parsed, CURLUPART_URL, text, flags) == CURLUE_OK;
  CURLcode code = ccurl_set_pointer(handle, CURLOPT_CURLU, is_valid ? *parsed : NULL);
  return code == CURLE_OK ? ccurl_set_string(handle, CURLOPT_URL, text) : code;
}

void ccurl_url_cleanup(CURLU *parsed) { ccurl_library.curl_url_cleanup(parsed); }

CURLcode ccurl_copy_body(CURL *handle, const void *bytes, curl_off_t count) {
  CURLcode code = ccurl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, count);
  return code == CURLE_OK ? ccurl_library.curl_easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, bytes) : code;
}

CURLcode ccurl_allow_http_only(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075500
  CURLcode code = ccurl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  if (code != CURLE_UNKNOWN_OPTION) return code;
#endif
  return ccurl_set_long(handle, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
}

CURLcode ccurl_leave_quickly(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075700
  CURLcode code = ccurl_set_long(handle, CURLOPT_QUICK_EXIT, 1);
  if (code != CURLE_UNKNOWN_OPTION) return code;
#endif
  (void)handle;
  return CURLE_OK;
}

static int close_on_exec(void *context, curl_socket_t socket, curlsocktype purpose) {
  (void)context;
  (void)purpose;
  (void)fcntl(socket, F_SETFD, FD_CLOEXEC);
  return CURL_SOCKOPT_OK;
}

CURLcode ccurl_keep_from_children(CURL *handle) {
  return ccurl_library.curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, close_on_exec);
}

CURLcode ccurl_set_callbacks(CURL *handle, ccurl_callbacks callbacks, void *context) {
  __typeof__(curl_easy_setopt) *set = ccurl_library.curl_easy_setopt;
  CURLcode code = set(handle, CURLOPT_PRIVATE, context);
  if (code == CURLE_OK) code = set(handle, CURLOPT_READFUNCTION, callbacks.read_request);
  if (code == CURLE_OK) code = set(handle, CURLOPT_READDATA, context);
  if (code == CURLE_OK) code = set(handle, CURLOPT_SEEKFUNCTION, callbacks.seek_request);
  if (code == CURLE_OK) code = set(handle, CURLOPT_SEEKDATA, context);
  if (code == CURLE_OK) code = set(handle, CURLOPT_HEADERFUNCTION, callbacks.take_header);
  if (code == CURLE_OK) code = set(handle, CURLOPT_HEADERDATA, context);
  if (code == CURLE_OK) code = set(handle, CURLOPT_WRITEFUNCTION, callbacks.take_body);
  if (code == CURLE_OK) code = set(handle, CURLOPT_WRITEDATA, context);
#if LIBCURL_VERSION_NUM >= 0x075000
  if (code == CURLE_OK) code = set(handle, CURLOPT_PREREQDATA, context);
  if (code == CURLE_OK) code = set(handle, CURLOPT_PREREQFUNCTION, callbacks.about_to_send);
  return code;
#else
  return code == CURLE_OK ? CURLE_UNKNOWN_OPTION : code;
#endif
}

CURLcode ccurl_get_long(CURL *handle, CURLINFO information, long *value) {
  return ccurl_library.curl_easy_getinfo(handle, information, value);
}

const char *ccurl_get_string(CURL *handle, CURLINFO information) {
  const char *text = NULL;
  CURLcode code = ccurl_library.curl_easy_getinfo(handle, information, &text);
  return code == CURLE_OK ? text : NULL;
}

void *ccurl_get_context(CURL *handle) {
  void *context = NULL;
  CURLcode code = ccurl_library.curl_easy_getinfo(handle, CURLINFO_PRIVATE, &context);
  return code == CURLE_OK ? context : NULL;
}

CURLM *ccurl_multi_init(void) { return ccurl_library.curl_multi_init(); }

void ccurl_multi_cleanup(CURLM *multi) { ccurl_library.curl_multi_cleanup(multi); }

CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return ccurl_library.curl_multi_setopt(multi, option, value);
}

CURLMcode ccurl_multi_add_handle(CURLM *multi, CURL *handle) {
  return ccurl_library.curl_multi_add_handle(multi, handle);
}

CURLMcode ccurl_multi_remove_handle(CURLM *multi, CURL *handle) {
  return ccurl_library.curl_multi_remove_handle(multi, handle);
}

CURLMcode ccurl_multi_perform(CURLM *multi) {
  int running = 0;
  return ccurl_library.curl_multi_perform(multi, &running);
}

CURLMcode ccurl_multi_poll(CURLM *multi, struct curl_waitfd *extra, unsigned int count, int milliseconds) {
  return ccurl_library.curl_multi_poll(multi, extra, count, milliseconds, NULL);
}

CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *result) {
  int left = 0;
  CURLMsg *message;
  while ((message = ccurl_library.curl_multi_info_read(multi, &left)) != NULL) {
    if (message->msg != CURLMSG_DONE) continue;
    *result = message->data.result;
    return message->easy_handle;
  }
  return NULL;
}
