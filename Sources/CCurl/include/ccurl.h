// libcurl for Swift: loaded when it is first needed, and without variadic functions, which Swift can't call.
//
// If linked in, libcurl and the thirty libraries it depends on would more than double the time that any command
// takes to start, even those that send nothing. Nothing below may be called before ccurl_load has returned NULL.
#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>
#include <stdbool.h>

// The oldest libcurl that has everything that is used (7.66), in the form of LIBCURL_VERSION_NUM.
#define CCURL_OLDEST 0x074200

// Loads libcurl and sets it up for this process, unless already done. Returns NULL, or why it can't be used.
const char *ccurl_load(void);

// Starts to do so on another thread, so that there is less to wait for when libcurl is needed.
void ccurl_load_ahead(void);

// How libcurl was built. Everything but the version may be NULL; the locations of certificates are known from 7.70 on.
typedef struct {
  const char *version;
  const char *tls;
  const char *certificate_file;
  const char *certificate_folder;
  // Whether it is part of this program, and thus doesn't know the system.
  bool is_linked;
} ccurl_build;

ccurl_build ccurl_get_build(void);

// Named like the functions of libcurl.
CURL *ccurl_easy_init(void);
void ccurl_easy_cleanup(CURL *handle);
const char *ccurl_easy_strerror(CURLcode code);
CURLcode ccurl_easy_perform(CURL *handle);
struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *line);
void ccurl_slist_free_all(struct curl_slist *list);
time_t ccurl_getdate(const char *text);
CURLM *ccurl_multi_init(void);
void ccurl_multi_cleanup(CURLM *multi);
CURLMcode ccurl_multi_add_handle(CURLM *multi, CURL *handle);
CURLMcode ccurl_multi_remove_handle(CURLM *multi, CURL *handle);
CURLMcode ccurl_multi_perform(CURLM *multi);
CURLMcode ccurl_multi_poll(CURLM *multi, struct curl_waitfd *extra, unsigned int count, int milliseconds);

// Returns the next transfer that has ended, with its result; NULL if there is none.
CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *result);

// Setters, by the type of the value.
CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value);
CURLcode ccurl_set_size(CURL *handle, CURLoption option, curl_off_t value);
CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value);
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value);

// Sets the URL, one without user information, and puts what it was parsed into in the place of the last. Otherwise
// libcurl parses it for each request. What can't be parsed is left to it: then the request fails with its words.
CURLcode ccurl_set_url(CURL *handle, const char *text, CURLU **parsed);
// After the handle that uses it.
void ccurl_url_cleanup(CURLU *parsed);

// Sets the body of a request, which libcurl copies.
CURLcode ccurl_copy_body(CURL *handle, const void *bytes, curl_off_t count);

// Allows only http and https, with the option of 7.85 or the one before it.
CURLcode ccurl_allow_http_only(CURL *handle);

// Doesn't wait for a name server's answer that is no longer needed (7.87); older versions wait.
CURLcode ccurl_leave_quickly(CURL *handle);

// Closes connections in programs that this one starts.
CURLcode ccurl_keep_from_children(CURL *handle);

// Callbacks, which all get the same context.
typedef struct {
  curl_read_callback read_request;
  curl_seek_callback seek_request;
  curl_write_callback take_header;
  curl_write_callback take_body;
  // The connection is established, and the request is about to leave (7.80).
  int (*about_to_send)(void *context, char *their_address, char *our_address, int their_port, int our_port);
} ccurl_callbacks;

// Sets them, and the context as CURLOPT_PRIVATE. Returns CURLE_UNKNOWN_OPTION if all but about_to_send could be set.
CURLcode ccurl_set_callbacks(CURL *handle, ccurl_callbacks callbacks, void *context);

CURLcode ccurl_get_long(CURL *handle, CURLINFO information, long *value);
// Returns a text that the handle owns; NULL if there is none.
const char *ccurl_get_string(CURL *handle, CURLINFO information);
// Returns the context of the callbacks.
void *ccurl_get_context(CURL *handle);

#endif
