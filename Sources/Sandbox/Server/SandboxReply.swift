import Messaging
import Platform
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

/// How a reply is sent: which bytes when, and what happens to the connection afterwards.
struct ReplyScript {
  /// Bytes, and the earliest moment to send them.
  struct Piece: Equatable {
    var at: MonotonicInstant
    var bytes: [UInt8]
  }

  enum Ending: Equatable {
    /// Read the next request.
    case keepOpen
    /// Close the connection once the client has had time to read.
    case close
    /// Close the connection immediately.
    case cut
    /// Do nothing until the client closes the connection.
    case hang
  }

  var pieces: [Piece]
  var ending: Ending
}

extension ReplyScript {
  /// Sends a reply from `start` on, modified by the fault.
  init(_ reply: SandboxReply, fault: FaultKind? = nil, start: MonotonicInstant, keepAlive: KeepAlive) {
    let reply = fault == .garbage ? .garbage : reply
    let head = reply.head(connection: keepAlive.field)
    let whole = Piece(at: start, bytes: head + reply.body)
    ending = keepAlive == .no ? .close : .keepOpen
    switch fault {
    case .dropBefore, .dropAfter: (pieces, ending) = ([Piece(at: start, bytes: [])], .cut)
    case .hang: (pieces, ending) = ([], .hang)
    case .truncate: (pieces, ending) = ([whole.firstHalf(after: reply.body.isEmpty ? 0 : head.count)], .cut)
    case .slow: pieces = whole.trickling
    case .http500, .http429, .http503, .garbage, nil: pieces = [whole]
    }
  }

  /// `100 Continue`, after which the same request continues.
  static func goOn(at start: MonotonicInstant) -> ReplyScript {
    ReplyScript(pieces: [Piece(at: start, bytes: Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))], ending: .keepOpen)
  }
}

/// Whether a connection stays open after a reply, and what the reply says about it.
enum KeepAlive {
  case yes
  /// Stays open, and the reply says so, as HTTP/1.0 requires.
  case yesInWords
  case no

  init(_ head: RequestHead) {
    self = !head.wantsKeepAlive ? .no : head.minorVersion == 0 ? .yesInWords : .yes
  }

  fileprivate var field: String? {
    switch self {
    case .yes: nil
    case .yesInWords: "keep-alive"
    case .no: "close"
    }
  }
}

extension ReplyScript.Piece {
  /// The first `count` bytes and half of the rest.
  fileprivate func firstHalf(after count: Int) -> ReplyScript.Piece {
    ReplyScript.Piece(at: at, bytes: Array(bytes.prefix(count + (bytes.count - count) / 2)))
  }

  /// The bytes in twenty pieces over five seconds.
  fileprivate var trickling: [ReplyScript.Piece] {
    let count = 20
    return (0..<count).map { index in
      let range = bytes.count * index / count..<bytes.count * (index + 1) / count
      return ReplyScript.Piece(at: at + .milliseconds(250 * (index + 1)), bytes: Array(bytes[range]))
    }
  }
}

extension SandboxReply {
  /// A whole reply whose body is neither JSON nor UTF-8.
  fileprivate static let garbage = SandboxReply(
    headers: [HeaderField("Content-Type", "text/html")],
    body: Array("<html><body>\u{1F}#!?".utf8) + [0xFF, 0xFE, 0x00, 0xC3])
}
