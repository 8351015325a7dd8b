import Messaging
import Platform

/// A server on 127.0.0.1 that speaks the five APIs. One thread serves all connections.
public final class SandboxServer {
  /// The port it listens on.
  public let port: UInt16

  private let listener: Listener
  private let options: SandboxOptions
  private let log: MessageLog?
  private var providers: SandboxProviders
  private var dice: FaultDice
  private var connections: [Connection] = []
  /// No new connections until then: the process may open no more descriptors.
  private var acceptAgainAt: MonotonicInstant?

  /// Listens at once; requests are answered as soon as `run` is called.
  public init(_ options: SandboxOptions) throws(SandboxError) {
    self.options = options
    providers = SandboxProviders(seed: options.seed, startedAt: .now)
    dice = FaultDice(options.faults, seed: options.seed)
    raiseDescriptorLimit()
    log = try Self.openLog(options.log)
    do {
      listener = try Listener(port: options.port)
    } catch {
      log?.close()
      throw .cannotListen(port: options.port, error)
    }
    port = listener.port
  }

  deinit {
    listener.descriptor.close()
    log?.close()
  }

  /// Serves until there is something to read from `stop`, or its end. Open connections are then cut.
  public func run(until stop: FileDescriptor) throws(SandboxError) {
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

  private static func openLog(_ path: String?) throws(SandboxError) -> MessageLog? {
    guard let path else { return nil }
    do {
      return try MessageLog(path: path)
    } catch {
      throw .cannotLog(path: path, error)
    }
  }
}

extension SandboxServer {
  /// Waits for `stop`, the listener and all connections, in this order.
  private func wait(_ polled: inout PollSet, stop: FileDescriptor) throws(SandboxError) {
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
    do {
      try polled.wait(until: wakeAt)
    } catch {
      throw .cannotWait(error)
    }
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

  private func advanceConnections(_ polled: PollSet, scratch: UnsafeMutableRawBufferPointer) throws(SandboxError) {
    let now = MonotonicInstant.now
    for (index, connection) in connections.enumerated() {
      let isReady = polled.isReady(index + 2)
      try connection.advance(isReady: isReady, now: now, scratch: scratch) { raw throws(SandboxError) in
        try answer(raw, now: now)
      }
    }
    connections.removeAll(where: \.isClosed)
  }
}

extension SandboxServer {
  /// The reply to a request, its messages logged.
  private func answer(_ raw: RawRequest, now: MonotonicInstant) throws(SandboxError) -> ReplyScript {
    let fault = dice.roll()
    let reply = fault?.replyInstead ?? reply(to: raw)
    try record(reply.accepted)
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

  private func record(_ messages: [AcceptedMessage]) throws(SandboxError) {
    guard let log else { return }
    do {
      try log.append(messages)
    } catch {
      throw .cannotLog(path: options.log ?? "", error)
    }
  }
}

extension Timestamp {
  fileprivate static var now: Timestamp { Timestamp(unixSeconds: SystemClock.now().unixSeconds) }
}
