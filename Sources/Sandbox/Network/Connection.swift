import Platform

/// One client: reads its requests and plays the replies, one after the other.
final class Connection {
  private enum Phase {
    case reading
    /// `sent` bytes of the first piece are gone.
    case playing(ReplyScript, sent: Int)
    /// What still comes is read and dropped: closing with bytes unread would make the system throw the reply away.
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

  /// Goes on as far as it can without waiting; `answer` is asked for each whole request.
  func advance(
    isReady: Bool, now: MonotonicInstant, scratch: UnsafeMutableRawBufferPointer,
    answer: (RawRequest) throws(SandboxError) -> ReplyScript
  ) throws(SandboxError) {
    let interest = interest(at: now)
    guard isReady || interest.wakeAt.map({ $0 <= now }) ?? interest.writing else { return }
    if isReady, interest.reading { receive(scratch) }
    if case .draining(let end) = phase, end <= now { phase = .closed }
    while play(now: now), case .reading = phase {
      guard let script = try nextScript(now: now, answer: answer) else { break }
      phase = .playing(script, sent: 0)
    }
  }

  private func receive(_ scratch: UnsafeMutableRawBufferPointer) {
    switch descriptor.receive(into: scratch) {
    case .notNow: break
    // Whatever came whole has been answered by now: nothing is read while there is a request or a reply at hand.
    case .ended: phase = .closed
    case .bytes(let count):
      if case .reading = phase { reader.append(scratch[..<count]) }
    }
  }

  /// What to send next, now that a request may be there; nil while it is not.
  private func nextScript(
    now: MonotonicInstant, answer: (RawRequest) throws(SandboxError) -> ReplyScript
  ) throws(SandboxError) -> ReplyScript? {
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

  /// Sends what is due; true when there is nothing left to play.
  private func play(now: MonotonicInstant) -> Bool {
    while case .playing(let script, let sent) = phase {
      guard let piece = script.pieces.first else {
        finish(script.ending, now: now)
        return script.ending == .keepOpen
      }
      guard piece.at <= now else { return false }
      guard send(piece, from: sent, of: script) else { return false }
    }
    return true
  }

  /// Sends the first piece, or its rest; false when it has to be gone on with later.
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
