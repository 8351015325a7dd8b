import CCurl

extension CurlHandle {
  /// Lets libcurl ask `exchange` for the request's body and hand it the reply. The exchange must outlive the handle.
  ///
  /// The body goes through a reader, and going back in it is refused: that alone keeps libcurl from sending a request
  /// a second time when the server closes a connection it had kept open. With the body as an option, it would.
  func setCallbacks(to exchange: CurlExchange) throws(CurlError) {
    let context = Unmanaged.passUnretained(exchange).toOpaque()
    try set(CURLOPT_PRIVATE, context)
    try check(ccurl_set_reader(pointer, { readRequest($0, $1 * $2, $3) }, context))
    try check(ccurl_set_seeker(pointer, { _, _, _ in CURL_SEEKFUNC_FAIL }, context))
    try check(ccurl_set_writer(pointer, { takeBody($0, $1 * $2, $3) }, context))
    try check(ccurl_set_header_reader(pointer, { takeHeader($0, $1 * $2, $3) }, context))
    let code = ccurl_set_prerequest(
      pointer,
      { context, _, _, _, _ in
        HTTPTransport.exchange(at: context)?.connectionStands()
        return CURL_PREREQFUNC_OK
      }, context)
    exchange.isToldBeforeSending = code == CURLE_OK
  }

  /// The exchange that callbacks were set to.
  static func exchange(of pointer: UnsafeMutableRawPointer) -> CurlExchange? {
    var context: UnsafeMutablePointer<CChar>?
    guard ccurl_get_pointer(pointer, CURLINFO_PRIVATE, &context) == CURLE_OK else { return nil }
    return context.map { UnsafeMutableRawPointer($0) }.flatMap(exchange(at:))
  }
}

private func exchange(at context: UnsafeMutableRawPointer?) -> CurlExchange? {
  context.map { Unmanaged<CurlExchange>.fromOpaque($0).takeUnretainedValue() }
}

private func readRequest(_ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ context: UnsafeMutableRawPointer?)
  -> Int
{
  exchange(at: context)?.readRequest(into: UnsafeMutableRawBufferPointer(start: buffer, count: size)) ?? 0
}

private func takeBody(_ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ context: UnsafeMutableRawPointer?) -> Int {
  let isTaken = exchange(at: context)?.takeBody(UnsafeRawBufferPointer(start: bytes, count: size))
  return isTaken == true ? size : refusal
}

private func takeHeader(_ line: UnsafeMutablePointer<CChar>?, _ size: Int, _ context: UnsafeMutableRawPointer?) -> Int {
  let isTaken = exchange(at: context)?.takeHeader(UnsafeRawBufferPointer(start: line, count: size))
  return isTaken == true ? size : refusal
}

/// Bytes taken, when it ought to be more: libcurl gives up.
private let refusal = 0
