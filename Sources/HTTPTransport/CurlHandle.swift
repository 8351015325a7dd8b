import CCurl
import Messaging
import TextFormats

extension CURLcode {
  /// libcurl's words for the code.
  var reason: String { String(cString: ccurl_easy_strerror(self)) }
}

/// An easy handle of libcurl with the options that are the same for every request.
struct CurlHandle {
  let pointer: UnsafeMutableRawPointer

  init(_ options: TransportOptions) throws(ProviderError) {
    guard let pointer = ccurl_easy_init() else { throw ProviderError.notSent(reason: CURLE_FAILED_INIT.reason) }
    self.pointer = pointer
    do throws(ProviderError) {
      try setConstants(options)
    } catch {
      ccurl_easy_cleanup(pointer)
      throw error
    }
  }

  private func setConstants(_ options: TransportOptions) throws(ProviderError) {
    let numbers: [(CURLoption, Int)] = [
      (CURLOPT_POST, 1),
      // With HTTP/2, libcurl by itself resends what a server refuses on an open connection (REFUSED_STREAM).
      (CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1),
      (CURLOPT_HTTP09_ALLOWED, 0),
      (CURLOPT_FOLLOWLOCATION, 0),
      // The minimum: libcurl allocates a buffer for each request, 64 KB by default.
      (CURLOPT_UPLOAD_BUFFERSIZE, 16_384),
      // What a proxy sends before the tunnel is up is not part of the reply.
      (CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
      // Timeouts by signals would affect the entire process.
      (CURLOPT_NOSIGNAL, 1),
      (CURLOPT_SSL_VERIFYPEER, 1),
      (CURLOPT_SSL_VERIFYHOST, 2),
      (CURLOPT_DISALLOW_USERNAME_IN_URL, 1),
    ]
    for (option, value) in numbers { try set(option, value) }
    if let limit = options.connectTimeout {
      // Zero would mean libcurl's default.
      try set(CURLOPT_CONNECTTIMEOUT_MS, Int(max(1, limit.wholeMilliseconds)))
    }
    try check(ccurl_allow_http_only(pointer))
    try check(ccurl_leave_quickly(pointer))
    try check(ccurl_keep_from_children(pointer))
    try set(CURLOPT_USERAGENT, options.userAgent)
    // A file set by the user is trusted instead of everything else, including directories.
    if let places = CertificatePaths(file: options.caFile, folder: nil) ?? options.certificates {
      try setCertificates(places)
    }
    if let proxy = options.proxy { try set(CURLOPT_PROXY, proxy) }
  }

  private func setCertificates(_ places: CertificatePaths) throws(ProviderError) {
    for (option, path) in [(CURLOPT_CAINFO, places.file), (CURLOPT_CAPATH, places.folder)] {
      // Some TLS libraries don't support directories, and thus don't search any.
      if let path { try set(option, path) } else { try? set(option, nil as UnsafeMutableRawPointer?) }
    }
  }

  func set(_ option: CURLoption, _ value: Int) throws(ProviderError) {
    try check(ccurl_set_long(pointer, option, value))
  }

  func set(_ option: CURLoption, _ text: String) throws(ProviderError) {
    try check(ccurl_set_string(pointer, option, text))
  }

  func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer?) throws(ProviderError) {
    try check(ccurl_set_pointer(pointer, option, value))
  }

  func check(_ code: CURLcode) throws(ProviderError) {
    if code != CURLE_OK { throw .notSent(reason: code.reason) }
  }

  func information(_ information: CURLINFO) -> Int {
    var value = 0
    return ccurl_get_long(pointer, information, &value) == CURLE_OK ? value : 0
  }
}

/// Header lines in libcurl's format; they must outlive the transfer that uses them.
final class HeaderList {
  private let fields: [HeaderField]
  private(set) var pointer: UnsafeMutablePointer<curl_slist>?

  /// Nil if a field is not a single line (CR, LF or NUL in it), or its name is not a token (RFC 9110, 5.6.2).
  init?(_ fields: [HeaderField]) {
    self.fields = fields
    guard fields.allSatisfy(\.isOneLine) else { return nil }
    // By default libcurl asks for "100 Continue" before long bodies, and waits a second for it.
    append("Expect:")
    // To send a field without a value, libcurl requires a semicolon after its name; with a colon, it drops the field.
    for field in fields { append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)") }
  }

  /// Whether the list was made from exactly these fields.
  func holds(_ others: [HeaderField]) -> Bool {
    fields.count == others.count
      && zip(fields, others).allSatisfy {
        $0.name.hasBytes(of: $1.name) && $0.value.hasBytes(of: $1.value)
      }
  }

  deinit {
    ccurl_slist_free_all(pointer)
  }

  private func append(_ line: String) {
    pointer = ccurl_slist_append(pointer, line) ?? pointer
  }
}

extension HeaderField {
  fileprivate var isOneLine: Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ";") }
      && !value.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
  }
}
