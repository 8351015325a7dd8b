/// Why the server itself turns a request away; the connection is closed after the reply.
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
  static let unknownVersion = HTTPRefusal(status: 505, reason: "only HTTP/1.1 and HTTP/1.0 are spoken here")
}
