import CCurl

extension CurlHandle {
  /// Lets libcurl ask `exchange` for the request's body and hand it the reply. The exchange must outlive the handle.
  ///
  /// When the server closes a connection that it had kept open, libcurl sends a request a second time by itself. It says
  /// so beforehand, and is told not to. An older one, which doesn't, has to ask for the body, and going back in it is
  /// refused.
  func setCallbacks(to exchange: CurlExchange, isSilent: Bool) throws(CurlError) {
    let callbacks = ccurl_callbacks(
      read_request: { readRequest($0, $1 * $2, $3) },
      seek_request: { _, _, _ in CURL_SEEKFUNC_FAIL },
      take_header: { takeHeader($0, $1 * $2, $3) },
      take_body: { takeBody($0, $1 * $2, $3) },
      about_to_send: isSilent ? nil : { context, _, _, _, _ in aboutToSend(context) })
    let code = ccurl_set_callbacks(pointer, callbacks, Unmanaged.passUnretained(exchange).toOpaque())
    exchange.isToldBeforeSending = code == CURLE_OK && !isSilent
    if code != CURLE_UNKNOWN_OPTION { try check(code) }
  }

  /// The exchange that callbacks were set to.
  static func exchange(of pointer: UnsafeMutableRawPointer) -> CurlExchange? {
    HTTPTransport.exchange(at: ccurl_get_context(pointer))
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

private func aboutToSend(_ context: UnsafeMutableRawPointer?) -> Int32 {
  exchange(at: context)?.mayBeSent() == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

/// Bytes taken, when it ought to be more: libcurl gives up.
private let refusal = 0
