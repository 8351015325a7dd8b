import Messaging

/// Why the server itself refuses a request.
struct HTTPRefusal: Error, Hashable {
  /// HTTP status, 400 to 505.
  var status: Int
  /// What is wrong, in a few words.
  var reason: String

  static func badRequest(_ reason: String) -> HTTPRefusal { HTTPRefusal(status: 400, reason: reason) }

  static let bodyTooLarge = HTTPRefusal(status: 413, reason: "the body is too large")
  static let expectationFailed = HTTPRefusal(status: 417, reason: "unknown expectation")
  static let headTooLarge = HTTPRefusal(status: 431, reason: "request line and header fields are too large")
  static let unknownCoding = HTTPRefusal(status: 501, reason: "unknown transfer coding")
  static let tooBusy = HTTPRefusal(status: 503, reason: "too many large requests at once")
  static let unknownVersion = HTTPRefusal(status: 505, reason: "only HTTP/1.1 and HTTP/1.0 are spoken here")
}

/// Request line and header fields (RFC 9112, sections 3 and 5).
struct RequestHead: Hashable {
  var method: String
  /// As sent: `/path?query`, or an absolute URL.
  var target: String
  /// 1 for HTTP/1.1, 0 for HTTP/1.0.
  var minorVersion: Int
  /// Names are in lowercase.
  var fields: [HeaderField]

  /// The values of a field by its lowercase name, in their order.
  func values(_ name: String) -> [String] {
    fields.filter { $0.name == name }.map(\.value)
  }

  /// The members of a comma-separated field, lowercase.
  func members(_ name: String) -> [String] {
    values(name).flatMap { $0.split(separator: ",") }.map { $0.trimmingBlanks.lowercased() }.filter { !$0.isEmpty }
  }

  /// Whether the client wants to keep the connection open after the reply.
  var wantsKeepAlive: Bool {
    let options = members("connection")
    return minorVersion == 1 ? !options.contains("close") : options.contains("keep-alive")
  }
}

/// How the end of a body is determined.
enum BodyFraming: Hashable {
  /// After this many bytes; 0 without a body.
  case length(Int)
  case chunked
}

extension RequestHead {
  /// The largest body, in bytes.
  static let bodyLimit = 10 * 1024 * 1024

  /// How the body is framed. Throws if servers could interpret it in different ways (RFC 9112, 6.3).
  func framing() throws(HTTPRefusal) -> BodyFraming {
    let codings = members("transfer-encoding")
    let lengths = Set(members("content-length"))
    if !codings.isEmpty {
      guard lengths.isEmpty else { throw .badRequest("both Content-Length and Transfer-Encoding") }
      guard codings == ["chunked"] else { throw .unknownCoding }
      return .chunked
    }
    guard let length = lengths.first else { return .length(0) }
    guard lengths.count == 1, let bytes = wholeNumber(length) else { throw .badRequest("bad Content-Length") }
    guard bytes <= Self.bodyLimit else { throw .bodyTooLarge }
    return .length(bytes)
  }

  /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110, 10.1.1).
  func expectsContinue() throws(HTTPRefusal) -> Bool {
    let expectations = members("expect")
    guard expectations.allSatisfy({ $0 == "100-continue" }) else { throw .expectationFailed }
    return minorVersion == 1 && !expectations.isEmpty
  }
}

extension RequestHead {
  /// Reads the lines of a head. A line may end with a bare LF (RFC 9112, 2.2).
  init(parsing bytes: ArraySlice<UInt8>) throws(HTTPRefusal) {
    let lines = bytes.split(separator: UInt8(ascii: "\n")).map(\.droppingCarriageReturn).filter { !$0.isEmpty }
    guard let first = lines.first else { throw .badRequest("no request line") }
    let words = first.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.count == 3, words[0].isToken, !words[1].isEmpty, words[1].allSatisfy(\.isVisible) else {
      throw .badRequest("bad request line")
    }
    method = String(decoding: words[0], as: UTF8.self)
    target = String(decoding: words[1], as: UTF8.self)
    minorVersion = try Self.minorVersion(words[2])
    fields = []
    for line in lines.dropFirst() { fields.append(try Self.field(line)) }
    try checkHost()
  }

  private static func minorVersion(_ word: ArraySlice<UInt8>) throws(HTTPRefusal) -> Int {
    switch String(decoding: word, as: UTF8.self) {
    case "HTTP/1.1": return 1
    case "HTTP/1.0": return 0
    case let text where text.hasPrefix("HTTP/"): throw .unknownVersion
    default: throw .badRequest("bad request line")
    }
  }

  private static func field(_ line: ArraySlice<UInt8>) throws(HTTPRefusal) -> HeaderField {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), line[..<colon].isToken,
      line[colon...].allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 })
    else { throw .badRequest("bad header field") }
    return HeaderField(
      String(decoding: line[..<colon], as: UTF8.self).lowercased(),
      String(decoding: line[(colon + 1)...].trimmingBlanks, as: UTF8.self))
  }

  private func checkHost() throws(HTTPRefusal) {
    guard minorVersion == 0 || values("host").count == 1 else { throw .badRequest("exactly one Host is needed") }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var droppingCarriageReturn: ArraySlice<UInt8> {
    last == UInt8(ascii: "\r") ? dropLast() : self
  }

  /// Whether it is a token (RFC 9110, 5.6.2).
  fileprivate var isToken: Bool {
    !isEmpty && allSatisfy { $0.isVisible && !"\"(),/:;<=>?@[\\]{}".utf8.contains($0) }
  }
}

extension UInt8 {
  /// Whether it is a printable ASCII character other than the space.
  fileprivate var isVisible: Bool { (0x21...0x7E).contains(self) }
}
