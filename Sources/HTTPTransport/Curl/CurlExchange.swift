import CCurl
import Messaging
import Platform

/// An easy handle with the request that it carries and the reply that it collects; used for one request after another.
final class CurlExchange {
  let handle: CurlHandle
  private(set) var id = 0
  /// Between `begin` and `end`.
  private(set) var isActive = false
  private let responseCap: Int
  private let connectTimeout: Duration
  private var headers: HeaderList?
  private let errorText: UnsafeMutablePointer<CChar>

  private var requestBody: [UInt8] = []
  private var requestOffset = 0
  /// A connection stood and the request was about to leave, or left.
  private var wasAboutToLeave = false
  /// Whether libcurl is new enough to say when a request is about to leave.
  var isToldBeforeSending = false

  private var responseBody: [UInt8] = []
  private var responseSize = 0
  private var header = ReplyHeader()

  init(_ options: TransportOptions) throws(CurlError) {
    handle = try CurlHandle()
    responseCap = options.responseCap
    connectTimeout = options.connectTimeout
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    try handle.setConstantOptions(options)
    try handle.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(errorText))
    try handle.setCallbacks(to: self, isSilent: options.isSilentBeforeSending)
  }

  deinit {
    ccurl_easy_cleanup(handle.pointer)
    errorText.deallocate()
  }

  /// Prepares the handle for a request.
  func begin(_ request: WireRequest, id: Int, headers: HeaderList) throws(CurlError) {
    self.id = id
    (requestBody, requestOffset, wasAboutToLeave) = (request.body, 0, false)
    (responseBody, responseSize, header) = ([], 0, ReplyHeader())
    errorText.pointee = 0
    // C ends a text at NUL.
    guard !request.url.utf8.contains(0) else { throw CurlError(code: CURLE_URL_MALFORMAT) }
    try handle.set(CURLOPT_CUSTOMREQUEST, request.method)
    try handle.set(CURLOPT_URL, request.url)
    try setBody(request.body)
    // A request without a body is whole with its headers, so the refused seek cannot keep it from being sent again on
    // another connection when one that was used before turns out to be closed.
    try handle.set(CURLOPT_FRESH_CONNECT, request.body.isEmpty ? 1 : 0)
    if self.headers !== headers {
      try handle.set(CURLOPT_HTTPHEADER, headers.pointer)
      self.headers = headers
    }
    // Zero would be no timeout at all.
    try handle.set(CURLOPT_TIMEOUT_MS, Int(max(1, request.timeout.wholeMilliseconds)))
    try handle.set(CURLOPT_CONNECTTIMEOUT_MS, Int(max(1, connectTimeout.wholeMilliseconds)))
    isActive = true
  }

  /// Given as an option it leaves in one piece with the header, where libcurl can be kept from sending it again.
  private func setBody(_ body: [UInt8]) throws(CurlError) {
    let size = curl_off_t(body.count)
    let code =
      isToldBeforeSending
      ? body.withUnsafeBytes { ccurl_copy_body(handle.pointer, $0.baseAddress, size) }
      : ccurl_set_size(handle.pointer, CURLOPT_POSTFIELDSIZE_LARGE, size)
    try handle.check(code)
  }

  /// What came of the request; the handle is free afterwards.
  func end(_ code: CURLcode) -> FinishedExchange {
    defer {
      isActive = false
      (requestBody, responseBody) = ([], [])
    }
    let status = handle.information(CURLINFO_RESPONSE_CODE)
    guard code == CURLE_OK, status > 0, header.isWhole else {
      return FinishedExchange(id: id, result: .failure(failure(code)))
    }
    let response = HTTPResponse(status: status, retryAfter: header.retryAfter, body: responseBody)
    return FinishedExchange(id: id, result: .success(response))
  }

  private func failure(_ code: CURLcode) -> TransportFailure {
    let reason = reason(code)
    guard mayHaveLeft else { return .notSent(reason: reason) }
    return .noReply(reason: reason, timedOut: code == CURLE_OPERATION_TIMEDOUT)
  }

  /// Without being told, a tunnel that a proxy refuses counts as well: its request has left, if not ours.
  private var mayHaveLeft: Bool {
    wasAboutToLeave || !isToldBeforeSending && handle.information(CURLINFO_REQUEST_SIZE) > 0
  }

  private func reason(_ code: CURLcode) -> String {
    if responseSize > responseCap { return "the reply has more than \(responseCap) bytes" }
    // Closed in the header, or without a reply on a connection that had been used before.
    if code == CURLE_OK { return CurlError(code: CURLE_PARTIAL_FILE).reason }
    if code == CURLE_SEND_FAIL_REWIND || code == CURLE_ABORTED_BY_CALLBACK {
      return CurlError(code: CURLE_GOT_NOTHING).reason
    }
    let detail = String(cString: errorText)
    return detail.isEmpty ? CurlError(code: code).reason : detail
  }
}

// What libcurl's callbacks do.
extension CurlExchange {
  /// Whether the request may leave, now that the connection stands: once.
  func mayBeSent() -> Bool {
    defer { wasAboutToLeave = true }
    return !wasAboutToLeave
  }

  /// Copies the next bytes of the request; returns how many, 0 at the end.
  func readRequest(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, requestBody.count - requestOffset)
    requestBody.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[requestOffset...].prefix(count)))
    }
    requestOffset += count
    return count
  }

  /// Takes a line of the reply's header; false ends the exchange.
  func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    header.read(line: line, now: SystemClock.now().unixSeconds)
    return count(line)
  }

  /// Takes bytes of the reply's body; false ends the exchange.
  func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard count(bytes) else { return false }
    responseBody.append(contentsOf: bytes)
    return true
  }

  private func count(_ bytes: UnsafeRawBufferPointer) -> Bool {
    responseSize += bytes.count
    return responseSize <= responseCap
  }
}
