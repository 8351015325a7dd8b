import CCurl
import Messaging
import Platform
import TextFormats

/// An easy handle, its current request, and the reply collected so far. It performs one request after another.
///
/// When a server closes a kept-alive connection, libcurl by itself sends the request again on a new one, which would
/// mean two messages. But it asks before each sending (`mayBeSent`), and the second time the answer is no. A libcurl
/// before 7.80 doesn't ask. It gets the body through a callback instead, and can't send it again because rewinding it
/// is refused.
final class CurlExchange {
  private enum Stage {
    case connecting
    /// The gate refused it.
    case refused
    /// The connection was established, and the request was about to leave, or has left.
    case leaving
  }

  let handle: CurlHandle
  /// The caller's id of the current request; nil between `end` and the next `begin`.
  private(set) var id: Int?
  private let errorText: UnsafeMutablePointer<CChar>
  private let responseCap: Int
  /// Whether libcurl is new enough to ask before it sends.
  private var asksBeforeSending: Bool

  private var headers: HeaderList?
  private var method = ""
  private var url = ""
  private var parsedURL: OpaquePointer?
  private var gate: SendGate?
  private var stage: Stage
  private var unread: ArraySlice<UInt8>
  private var reply: Reply

  init(_ options: TransportOptions) throws(ProviderError) {
    handle = try CurlHandle(options)
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    responseCap = options.responseCap
    (asksBeforeSending, stage, unread, reply) = (false, .connecting, [], Reply(cap: responseCap))
    try handle.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(errorText))
    try setCallbacks(isSilent: options.isSilentBeforeSending)
  }

  deinit {
    ccurl_easy_cleanup(handle.pointer)
    ccurl_url_cleanup(parsedURL)
    errorText.deallocate()
  }

  /// Prepares the handle for a request. After an error, `end` must follow as after a transfer.
  func begin(_ request: WireRequest, id: Int, headers: HeaderList, gate: SendGate?) throws(ProviderError) {
    self.id = id
    (self.gate, stage, reply) = (gate, .connecting, Reply(cap: responseCap))
    errorText.pointee = 0
    // C strings end at NUL.
    guard !request.url.hasByte(where: { $0 == 0 }) else { throw .notSent(reason: CURLE_URL_MALFORMAT.reason) }
    try setTarget(request)
    try setBody(request.body)
    // A request without a body is complete with its headers, so refusing to rewind can't keep it from being sent again.
    try handle.set(CURLOPT_FRESH_CONNECT, request.body.isEmpty ? 1 : 0)
    if self.headers !== headers {
      try handle.set(CURLOPT_HTTPHEADER, headers.pointer)
      self.headers = headers
    }
    // Zero would mean no timeout.
    try handle.set(CURLOPT_TIMEOUT_MS, Int(max(1, request.timeout.wholeMilliseconds)))
    if !asksBeforeSending, let gate, !gate() { throw .notSent(reason: CURLE_ABORTED_BY_CALLBACK.reason) }
  }

  /// Most requests of a job have the same method and URL as the one before.
  private func setTarget(_ request: WireRequest) throws(ProviderError) {
    if request.method != method {
      try handle.set(CURLOPT_CUSTOMREQUEST, request.method)
      method = request.method
    }
    if !request.url.hasBytes(of: url) {
      try handle.check(ccurl_set_url(handle.pointer, request.url, &parsedURL))
      url = request.url
    }
  }

  /// If set as an option, the body is sent together with the header, but then only a libcurl that asks can be kept
  /// from sending it again.
  private func setBody(_ body: [UInt8]) throws(ProviderError) {
    let size = curl_off_t(body.count)
    if asksBeforeSending {
      try handle.check(body.withUnsafeBytes { ccurl_copy_body(handle.pointer, $0.baseAddress, size) })
    } else {
      unread = body[...]
      try handle.check(ccurl_set_size(handle.pointer, CURLOPT_POSTFIELDSIZE_LARGE, size))
    }
  }

  /// Returns the result of the request; the handle is free afterward.
  func end(_ code: CURLcode) -> FinishedExchange {
    let finished = FinishedExchange(id: id ?? 0, result: result(code))
    (id, gate, unread, reply) = (nil, nil, [], Reply(cap: responseCap))
    return finished
  }

  private func result(_ code: CURLcode) -> Result<HTTPResponse, ProviderError> {
    let status = handle.information(CURLINFO_RESPONSE_CODE)
    guard code == CURLE_OK, status > 0, reply.isHeaderWhole else { return .failure(failure(code)) }
    return .success(HTTPResponse(status: status, retryAfter: reply.retryAfter, date: reply.date, body: reply.body))
  }
}

// MARK: - Failures

extension CurlExchange {
  private func failure(_ code: CURLcode) -> ProviderError {
    let reason = reason(code)
    guard mayHaveLeft else { return .notSent(reason: reason) }
    return .noReply(reason: reason, timedOut: code == CURLE_OPERATION_TIMEDOUT)
  }

  /// If libcurl doesn't ask, this includes a tunnel refused by a proxy: a request has left, though not ours.
  private var mayHaveLeft: Bool {
    stage == .leaving || !asksBeforeSending && handle.information(CURLINFO_REQUEST_SIZE) > 0
  }

  private func reason(_ code: CURLcode) -> String {
    if reply.isOverCap { return ReplySize.tooLarge(responseCap) }
    // Closed in the header, or without a reply on a reused connection.
    if code == CURLE_OK { return CURLE_PARTIAL_FILE.reason }
    if code == CURLE_SEND_FAIL_REWIND || code == CURLE_ABORTED_BY_CALLBACK && stage != .refused {
      return CURLE_GOT_NOTHING.reason
    }
    // It may include the complete URL of the proxy.
    let detail = String(cString: errorText).hidingUserInformation
    return detail.isEmpty ? code.reason : detail
  }
}

// MARK: - Callbacks

extension CurlExchange {
  /// The exchange that owns an easy handle.
  static func owner(of handle: UnsafeMutableRawPointer) -> CurlExchange? {
    at(ccurl_get_context(handle))
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> CurlExchange? {
    guard let context else { return nil }
    return Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue()
  }

  /// The handle is freed before the exchange, so a plain pointer is safe as context.
  private func setCallbacks(isSilent: Bool) throws(ProviderError) {
    let callbacks = ccurl_callbacks(
      read_request: {
        CurlExchange.at($3)?.readRequest(into: UnsafeMutableRawBufferPointer(start: $0, count: $1 * $2)) ?? 0
      },
      seek_request: { _, _, _ in CURL_SEEKFUNC_FAIL },
      take_header: { CurlExchange.at($3)?.reply.takeHeader(UnsafeRawBufferPointer(start: $0, count: $1 * $2)) ?? 0 },
      take_body: { CurlExchange.at($3)?.reply.takeBody(UnsafeRawBufferPointer(start: $0, count: $1 * $2)) ?? 0 },
      about_to_send: isSilent
        ? nil
        : { context, _, _, _, _ in
          CurlExchange.at(context)?.mayBeSent() == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        })
    let code = ccurl_set_callbacks(handle.pointer, callbacks, Unmanaged.passUnretained(self).toOpaque())
    asksBeforeSending = code == CURLE_OK && !isSilent
    if code != CURLE_UNKNOWN_OPTION { try handle.check(code) }
  }

  /// Whether the request may leave, now that it is connected: only once, and only if the gate opens.
  private func mayBeSent() -> Bool {
    guard stage == .connecting else { return false }
    let isOpen = if let gate { gate() } else { true }
    stage = isOpen ? .leaving : .refused
    return isOpen
  }

  /// Copies the next bytes of the body; returns how many, 0 at the end.
  private func readRequest(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let next = unread.prefix(buffer.count)
    buffer.copyBytes(from: next)
    unread = unread.dropFirst(next.count)
    return next.count
  }
}

/// The limit on the size of a reply.
enum ReplySize {
  static func tooLarge(_ cap: Int) -> String { "the reply has more than \(cap) bytes" }
}

/// A reply as it arrives: its body, and header values that libcurl doesn't keep.
struct Reply {
  private(set) var body: [UInt8]
  /// The value of `Retry-After` in seconds, 0 or more; nil if missing or invalid.
  private(set) var retryAfter: Int?
  /// The server's time; nil if missing or invalid.
  private(set) var date: Timestamp?
  /// Whether the empty line after the header arrived. Without it, libcurl may still report a reply as complete.
  private(set) var isHeaderWhole: Bool
  private var size: Int
  private let cap: Int

  /// An empty reply that accepts `cap` bytes, including the header.
  init(cap: Int) {
    (body, isHeaderWhole, size, self.cap) = ([], false, 0, cap)
  }

  var isOverCap: Bool { size > cap }

  /// Takes the next line of the header; returns its size in bytes, 0 if the cap is exceeded.
  mutating func takeHeader(_ line: UnsafeRawBufferPointer) -> Int {
    switch line.first {
    case UInt8(ascii: "H") where line.starts(with: "HTTP/".utf8):
      // A status line begins another reply, so the values of an interim one don't count.
      (isHeaderWhole, retryAfter, date) = (false, nil, nil)
    case UInt8(ascii: "\r"), UInt8(ascii: "\n"): isHeaderWhole = true
    case UInt8(ascii: "R"), UInt8(ascii: "r"):
      if let value = value(of: "retry-after:", line) { retryAfter = seconds(value) }
    case UInt8(ascii: "D"), UInt8(ascii: "d"):
      if let value = value(of: "date:", line) { date = moment(value) }
    default: break
    }
    return count(line)
  }

  /// Takes bytes of the body; returns how many, 0 if the cap is exceeded.
  mutating func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    let count = count(bytes)
    if count > 0 { body.append(contentsOf: bytes) }
    return count
  }

  private mutating func count(_ bytes: UnsafeRawBufferPointer) -> Int {
    size += bytes.count
    return isOverCap ? 0 : bytes.count
  }

  /// The value, if this is a line of the header with that name (lowercase, including its colon).
  private func value(of name: String, _ line: UnsafeRawBufferPointer) -> String? {
    let prefix = line.prefix(name.utf8.count).lazy.map { 0x41...0x5a ~= $0 ? $0 | 0x20 : $0 }
    guard prefix.elementsEqual(name.utf8) else { return nil }
    return String(decoding: line.dropFirst(name.utf8.count).trimmingBlanks, as: UTF8.self)
  }

  /// Reads `value` in seconds (RFC 9110, 10.2.3): a number, or a date converted to the time until then.
  private func seconds(_ value: String) -> Int? {
    // Practically never, but small enough that sums don't overflow.
    let longest = 1_000_000_000
    guard !value.isEmpty else { return nil }
    if value.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
      return min(longest, Int(value) ?? longest)
    }
    return moment(value).map { min(longest, Int(max(0, $0.unixSeconds - SystemClock.now().unixSeconds))) }
  }

  /// Reads an HTTP date, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
  private func moment(_ value: String) -> Timestamp? {
    let seconds = ccurl_getdate(value)
    return seconds < 0 ? nil : Timestamp(unixSeconds: Int64(seconds))
  }
}

extension Slice<UnsafeRawBufferPointer> {
  /// Without leading and trailing spaces, tabs and line ends.
  fileprivate var trimmingBlanks: Slice<UnsafeRawBufferPointer> {
    let start = drop { $0 <= 0x20 }
    return start[..<(start.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? start.startIndex)]
  }
}
