import Messaging
import Platform

/// The options of a sandbox.
package struct SandboxOptions: Sendable {
  /// TCP port; 0 takes any free one.
  package var port: UInt16
  /// The delay of each reply.
  package var latency: Duration
  /// The faults; if several occur in the same request, the first one applies.
  package var faults: [Fault]
  /// Determines which requests have faults, and all IDs that look random.
  package var seed: UInt64
  /// The file to append a line of JSON to for each accepted message.
  package var log: String?
  /// Receives a line of text for each request; its duration delays all replies.
  package var report: (@Sendable (String) -> Void)?

  package init(
    port: UInt16 = 0, latency: Duration = .zero, faults: [Fault] = [], seed: UInt64 = 0, log: String? = nil
  ) {
    self.port = port
    self.latency = latency
    self.faults = faults
    self.seed = seed
    self.log = log
  }
}

/// A server on 127.0.0.1 that speaks the five APIs. One thread serves all connections.
package final class SandboxServer {
  /// The port it listens on.
  package let port: UInt16

  /// The maximum number of bytes in unfinished requests and unsent replies of all connections together.
  var heldBytesLimit = 64 * 1024 * 1024
  private let listener: Listener
  private let options: SandboxOptions
  private let log: MessageLog?
  private var providers: SandboxProviders
  private var dice: FaultDice
  private var connections: [Connection] = []
  /// When to accept connections again; set while the process can't open more descriptors.
  private var acceptAgainAt: MonotonicInstant?

  /// Starts listening; `run` handles the requests. Errors name the log or the address, such as `127.0.0.1:80`.
  package init(_ options: SandboxOptions) throws(SystemError) {
    self.options = options
    providers = SandboxProviders(seed: options.seed, startedAt: .now)
    dice = FaultDice(options.faults, seed: options.seed)
    CurrentProcess.raiseDescriptorLimit(to: 10_240)
    log = if let path = options.log { try MessageLog(path: path) } else { nil }
    do {
      listener = try Listener(port: options.port)
    } catch {
      log?.close()
      throw SystemError(code: error.code, operation: error.operation, path: "127.0.0.1:\(options.port)")
    }
    port = listener.port
  }

  deinit {
    listener.descriptor.close()
    log?.close()
  }

  /// Serves until `stop` is readable or at its end, then cuts open connections. Throws when it can't write the log.
  package func run(until stop: FileDescriptor) throws(SystemError) {
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 1)
    defer {
      scratch.deallocate()
      connections.removeAll()
    }
    var polled = PollSet()
    while true {
      try wait(&polled, stop: stop)
      if polled.isReady(0) { return }
      try advanceConnections(polled, scratch: scratch)
      if polled.isReady(1) || acceptAgainAt != nil { acceptConnections() }
    }
  }
}

extension SandboxServer {
  /// Waits for `stop`, the listener and all connections, in this order.
  private func wait(_ polled: inout PollSet, stop: FileDescriptor) throws(SystemError) {
    let now = MonotonicInstant.now
    var wakeAt = acceptAgainAt
    polled.removeAll()
    polled.add(stop, reading: true, writing: false)
    polled.add(listener.descriptor, reading: acceptAgainAt == nil, writing: false)
    for connection in connections {
      let interest = connection.interest(at: now)
      polled.add(connection.descriptor, reading: interest.reading, writing: interest.writing)
      if let moment = interest.wakeAt { wakeAt = min(wakeAt ?? moment, moment) }
    }
    try polled.wait(until: wakeAt)
  }

  private func acceptConnections() {
    if let moment = acceptAgainAt, moment.remaining > .zero { return }
    acceptAgainAt = nil
    while true {
      switch listener.accept() {
      case .connection(let descriptor): connections.append(Connection(descriptor))
      case .none: return
      case .tooMany:
        acceptAgainAt = .now + .milliseconds(50)
        return
      }
    }
  }

  private func advanceConnections(_ polled: PollSet, scratch: UnsafeMutableRawBufferPointer) throws(SystemError) {
    let now = MonotonicInstant.now
    var heldBytes = connections.reduce(0) { $0 + $1.heldBytes }
    for (index, connection) in connections.enumerated() {
      let before = connection.heldBytes
      try connection.advance(
        isReady: polled.isReady(index + 2), isOverLimit: heldBytes > heldBytesLimit, now: now, scratch: scratch
      ) { request throws(SystemError) in try answer(request, now: now) }
      heldBytes += connection.heldBytes - before
    }
    connections.removeAll(where: \.isClosed)
  }
}

extension SandboxServer {
  /// The reply to a request, with its messages logged.
  private func answer(_ raw: RawRequest, now: MonotonicInstant) throws(SystemError) -> ReplyScript {
    let fault = dice.roll()
    var reply = fault?.replyInstead ?? reply(to: raw)
    reply.headers.append(HeaderField("Date", Timestamp.now.httpDate))
    try log?.append(reply.accepted)
    options.report?(RequestReport(head: raw.head, reply: reply, fault: fault).line)
    return ReplyScript(reply, fault: fault, start: now + options.latency, keepAlive: KeepAlive(raw.head))
  }

  private func reply(to raw: RawRequest) -> SandboxReply {
    do {
      guard let request = try AddressedRequest(raw) else { return .methodNotAllowed("GET, POST") }
      return providers.answer(request, at: .now)
    } catch {
      return SandboxReply(error)
    }
  }
}

extension Timestamp {
  fileprivate static var now: Timestamp { Timestamp(unixSeconds: SystemClock.now().unixSeconds) }
}
