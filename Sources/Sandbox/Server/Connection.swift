import Platform
import TextFormats

/// A client connection: reads requests and sends the replies, one after the other.
final class Connection {
  private enum Phase {
    case reading
    /// `sent` bytes of the first piece have been sent.
    case playing(ReplyScript, sent: Int)
    /// Reads and drops the rest: if the connection were closed with unread bytes, the system would discard the reply.
    case draining(until: MonotonicInstant)
    case closed
  }

  let descriptor: FileDescriptor
  private var reader = RequestReader()
  private var phase = Phase.reading

  init(_ descriptor: FileDescriptor) {
    self.descriptor = descriptor
  }

  deinit {
    descriptor.close()
  }

  var isClosed: Bool {
    if case .closed = phase { true } else { false }
  }

  /// The number of bytes in unfinished requests and unsent replies.
  var heldBytes: Int {
    guard case .playing(let script, _) = phase else { return reader.heldBytes }
    return reader.heldBytes + script.pieces.reduce(0) { $0 + $1.bytes.count }
  }
}

/// What a connection waits for.
struct Interest {
  var reading = false
  var writing = false
  var wakeAt: MonotonicInstant?
}

extension Connection {
  func interest(at now: MonotonicInstant) -> Interest {
    switch phase {
    case .closed: return Interest()
    case .reading: return Interest(reading: true)
    case .draining(let end): return Interest(reading: true, wakeAt: end)
    case .playing(let script, _):
      guard let piece = script.pieces.first else { return Interest(reading: true) }
      return now < piece.at ? Interest(wakeAt: piece.at) : Interest(writing: true)
    }
  }

  /// Does as much as possible without waiting; calls `answer` for each complete request.
  ///
  /// Refuses more bytes of a request while all connections together exceed their limit.
  func advance(
    isReady: Bool, isOverLimit: Bool, now: MonotonicInstant, scratch: UnsafeMutableRawBufferPointer,
    answer: (RawRequest) throws(SystemError) -> ReplyScript
  ) throws(SystemError) {
    let interest = interest(at: now)
    guard isReady || interest.wakeAt.map({ $0 <= now }) ?? interest.writing else { return }
    if isReady, interest.reading { receive(scratch, isOverLimit: isOverLimit, now: now) }
    if case .draining(let end) = phase, end <= now { phase = .closed }
    while play(now: now), case .reading = phase {
      guard let script = try nextScript(now: now, answer: answer) else { break }
      phase = .playing(script, sent: 0)
    }
  }

  private func receive(_ scratch: UnsafeMutableRawBufferPointer, isOverLimit: Bool, now: MonotonicInstant) {
    switch descriptor.receive(into: scratch) {
    case .notNow: break
    // All complete requests have been answered by now: it doesn't read while it has a request or a reply pending.
    case .ended: phase = .closed
    case .bytes(let count):
      guard case .reading = phase else { return }
      if isOverLimit { refuse(.tooBusy, now: now) } else { reader.append(scratch[..<count]) }
    }
  }

  /// Drops what was read, sends a refusal, and closes.
  private func refuse(_ refusal: HTTPRefusal, now: MonotonicInstant) {
    reader = RequestReader()
    phase = .playing(ReplyScript(SandboxReply(refusal), start: now, keepAlive: .no), sent: 0)
  }

  /// What to send next; nil until a whole request is there.
  private func nextScript(
    now: MonotonicInstant, answer: (RawRequest) throws(SystemError) -> ReplyScript
  ) throws(SystemError) -> ReplyScript? {
    let request: RawRequest?
    do {
      request = try reader.next()
    } catch {
      return ReplyScript(SandboxReply(error), start: now, keepAlive: .no)
    }
    if let request { return try answer(request) }
    guard reader.awaitsContinue else { return nil }
    reader.awaitsContinue = false
    return .goOn(at: now)
  }

  /// Sends what is due; returns true if nothing is left.
  private func play(now: MonotonicInstant) -> Bool {
    while case .playing(let script, let sent) = phase {
      guard let piece = script.pieces.first else {
        finish(script.ending, now: now)
        return script.ending == .keepOpen
      }
      guard piece.at <= now, send(piece, from: sent, of: script) else { return false }
    }
    return true
  }

  /// Sends the first piece or the rest of it; returns false if it must wait.
  private func send(_ piece: ReplyScript.Piece, from sent: Int, of script: ReplyScript) -> Bool {
    guard sent < piece.bytes.count else {
      phase = .playing(ReplyScript(pieces: Array(script.pieces.dropFirst()), ending: script.ending), sent: 0)
      return true
    }
    switch descriptor.send(piece.bytes[sent...]) {
    case .bytes(let count):
      phase = .playing(script, sent: sent + count)
      return true
    case .notNow: return false
    case .ended:
      phase = .closed
      return false
    }
  }

  private func finish(_ ending: ReplyScript.Ending, now: MonotonicInstant) {
    switch ending {
    case .keepOpen: phase = .reading
    case .hang: break
    case .cut: phase = .closed
    case .close:
      descriptor.endSending()
      phase = .draining(until: now + .seconds(5))
    }
  }
}

/// The line that shows a request and its result on the sandbox's output.
///
/// For example, `POST /vpixelpro/services/send.php  accepted 4  +15550100001  "Hello"`. Of the query, form, and
/// header fields, it contains only number and text of accepted messages, so no credentials. Control characters are
/// escaped.
struct RequestReport {
  /// The maximum length of a path, text, or refusal.
  private static let longest = 100
  /// The maximum number of messages of a request that are listed.
  private static let mostListed = 3

  let head: RequestHead
  let reply: SandboxReply
  let fault: FaultKind?

  var line: String {
    let call = "\(head.method) \(Self.shortened(String(AddressedRequest.path(ofTarget: head.target))))"
    return ([call] + outcome + [fault.map { "fault \($0.rawValue)" }].compactMap(\.self)).joined(separator: "  ")
  }

  private var outcome: [String] {
    if fault?.replyInstead != nil { return [] }
    let parts = acceptance + refusal
    return parts.isEmpty ? [reply.status == 200 ? "answered" : "HTTP \(reply.status)"] : parts
  }

  private var acceptance: [String] {
    guard let first = reply.accepted.first else { return [] }
    let text = "\"\(Self.shortened(first.body))\""
    return ["accepted \(Self.list(reply.accepted.map(\.id)))", Self.list(reply.accepted.map(\.to)), text]
  }

  /// For example, `4, 5, 6 and 97 more`.
  private static func list(_ items: [String]) -> String {
    let more = items.count > mostListed ? " and \(items.count - mostListed) more" : ""
    return items.prefix(mostListed).joined(separator: ", ") + more
  }

  private var refusal: [String] {
    guard let first = reply.refusals.first else { return [] }
    let more = reply.refusals.count > 1 ? "  (and \(reply.refusals.count - 1) more)" : ""
    return ["refused \(Self.shortened(first))\(more)"]
  }

  private static func shortened(_ text: String) -> String {
    let escaped = text.escapingControls
    return escaped.count > longest ? "\(escaped.prefix(longest))…" : escaped
  }
}
