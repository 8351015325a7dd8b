import Messaging
import TextFormats

/// A provider's reply, and the messages that it accepted.
struct SandboxReply: Hashable, Sendable {
  /// HTTP status.
  var status = 200
  /// Other than Content-Length and Connection.
  var headers: [HeaderField] = []
  var body: [UInt8] = []
  var accepted: [AcceptedMessage] = []
  /// What it refused, in the provider's code and words.
  var refusals: [String] = []
}

extension SandboxReply {
  static func json(
    _ value: JSONValue, status: Int = 200, headers: [HeaderField] = [], accepted: [AcceptedMessage] = []
  ) -> SandboxReply {
    var body: [UInt8] = []
    value.write(to: &body)
    let type = HeaderField("Content-Type", "application/json")
    return SandboxReply(status: status, headers: [type] + headers, body: body, accepted: accepted)
  }

  /// A plain text from the sandbox itself, which no provider would send.
  static func plain(_ text: String, status: Int, headers: [HeaderField] = []) -> SandboxReply {
    let type = HeaderField("Content-Type", "text/plain")
    return SandboxReply(status: status, headers: [type] + headers, body: Array("\(text)\n".utf8))
  }

  /// The reply with a refusal added.
  func refusing(_ code: String, _ message: String) -> SandboxReply {
    var reply = self
    reply.refusals = [[code, message].filter { !$0.isEmpty }.joined(separator: "  ")]
    return reply
  }

  static let notFound = plain("no such call in the sandbox", status: 404)

  /// 405, with the allowed methods.
  static func methodNotAllowed(_ allowed: String) -> SandboxReply {
    SandboxReply(status: 405, headers: [HeaderField("Allow", allowed)])
  }

  init(_ refusal: HTTPRefusal) {
    self = .plain(refusal.reason, status: refusal.status, headers: refusal == .tooBusy ? [.retryAfter] : [])
  }
}

extension HeaderField {
  /// A second: short enough for tests to wait for.
  static let retryAfter = HeaderField("Retry-After", "1")
}

extension SandboxReply {
  /// The head in the format of HTTP.
  func head(connection: String?) -> [UInt8] {
    var text = "HTTP/1.1 \(status) \(Self.reason(status))\r\n"
    for field in headers { text += "\(field.name): \(field.value)\r\n" }
    text += "Content-Length: \(body.count)\r\n"
    if let connection { text += "Connection: \(connection)\r\n" }
    return Array("\(text)\r\n".utf8)
  }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 413: "Content Too Large"
    case 417: "Expectation Failed"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    case 505: "HTTP Version Not Supported"
    default: ""
    }
  }
}
