import Messaging
import Platform

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
