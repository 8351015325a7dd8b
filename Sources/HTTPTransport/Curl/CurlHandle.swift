import CCurl

/// A call to libcurl that failed.
struct CurlError: Error, Hashable {
  var code: CURLcode

  /// libcurl's words for the code.
  var reason: String { String(cString: ccurl_easy_strerror(code)) }
}

extension CURLcode: @retroactive Hashable {}

/// An easy handle of libcurl, as something whose options can be set.
struct CurlHandle {
  let pointer: UnsafeMutableRawPointer

  init() throws(CurlError) {
    guard let pointer = ccurl_easy_init() else { throw CurlError(code: CURLE_FAILED_INIT) }
    self.pointer = pointer
  }

  func set(_ option: CURLoption, _ value: Int) throws(CurlError) {
    try check(ccurl_set_long(pointer, option, value))
  }

  func set(_ option: CURLoption, _ text: String) throws(CurlError) {
    try check(ccurl_set_string(pointer, option, text))
  }

  func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer?) throws(CurlError) {
    try check(ccurl_set_pointer(pointer, option, value))
  }

  func check(_ code: CURLcode) throws(CurlError) {
    if code != CURLE_OK { throw CurlError(code: code) }
  }

  func information(_ information: CURLINFO) -> Int {
    var value = 0
    return ccurl_get_long(pointer, information, &value) == CURLE_OK ? value : 0
  }
}
