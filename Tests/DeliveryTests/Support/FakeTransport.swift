import HTTPTransport
import Messaging
import Platform
import Testing

@testable import Delivery

/// A transport without a network or time of its own: what a script says happens when the virtual clock gets there.
final class FakeTransport: HTTPExchanging {
  /// A request as the provider would see it.
  struct Request {
    /// 0 for the first one.
    var index: Int
    var time: Duration
    /// Others under way.
    var others: Int
    var wire: WireRequest
    /// The fields of the form.
    var form: [String: String]
    /// Number and text of each message of `FakeProvider`.
    var messages: [String]
  }

  /// What becomes of a request, and after how long.
  struct Fate {
    var result: Result<HTTPResponse, ProviderError>
    var after: Duration = .milliseconds(100)
  }

  /// When the user asks to stop.
  var stopTime: Duration?
  private(set) var now: Duration = .zero
  private(set) var requests: [Request] = []
  private(set) var mostInFlight = 0
  private let script: (Request) -> Fate
  private var pending: [(id: Int, end: Duration, result: Result<HTTPResponse, ProviderError>)] = []
  private var idleWaits = 0
  private var isStuck: Bool { idleWaits > 100 }

  init(_ script: @escaping (Request) -> Fate) {
    self.script = script
  }

  var inFlight: Int { pending.count }

  func start(_ wire: WireRequest, id: Int, gate: SendGate?) {
    #expect(!pending.contains { $0.id == id }, "the id \(id) is in use")
    if let gate, !gate() {
      pending.append((id, now, .failure(.notSent(reason: "the gate stayed shut"))))
      return
    }
    let request = Request(
      index: requests.count, time: now, others: pending.count, wire: wire, form: decodedForm(wire.body),
      messages: Self.messages(in: wire))
    requests.append(request)
    let fate = script(request)
    pending.append((id, now + fate.after, fate.result))
    mostInFlight = max(mostInFlight, pending.count)
  }

  /// Number and text of each message of `FakeProvider`.
  static func messages(in wire: WireRequest) -> [String] {
    (decodedForm(wire.body)["messages"] ?? "").split(separator: "\n").map(String.init)
  }

  func wait(atMost time: Duration?, wakingOn descriptor: FileDescriptor?) -> [FinishedExchange] {
    let limit = time.map { now + $0 }
    let wake = descriptor == nil ? nil : stopTime
    guard let next = [limit, wake, pending.map(\.end).min()].compactMap(\.self).min() else {
      Issue.record("waits for nothing")
      stopTime = now
      return []
    }
    noteProgress(next > now || pending.contains { $0.end <= now })
    now = isStuck ? now + .seconds(1) : max(now, next)
    let ended = pending.filter { $0.end <= now }
    pending.removeAll { $0.end <= now }
    return ended.map { FinishedExchange(id: $0.id, result: $0.result) }
  }

  /// Waiting that neither takes time nor brings anything is a busy loop.
  private func noteProgress(_ progress: Bool) {
    if !isStuck { idleWaits = progress ? 0 : idleWaits + 1 }
    if idleWaits == 100 { Issue.record("busy loop at \(now)") }
  }
}

extension FakeTransport {
  /// A context whose time is this transport's, and whose stop signal comes at its `stopTime`.
  func context(
    retries: Int = 3, random: @escaping () -> Double = { 0.5 }, signer: RequestSigner = RequestSigner()
  ) -> CallContext {
    let stop = StopSignal(descriptor: .standardInput) { [self] in
      stopTime.flatMap { $0 <= now ? 2 : nil }
    }
    return CallContext(
      transport: self, signer: signer, stop: stop, clock: { [self] in now }, random: random, retries: retries)
  }
}

extension FakeTransport.Fate {
  /// The provider takes the messages that `taken` says yes to, and reports them last one first.
  static func taken(_ messages: [String], after: Duration = .milliseconds(100)) -> Self {
    let lines = messages.reversed().map { "accepted \($0)" }.joined(separator: "\n")
    return Self(result: .success(HTTPResponse(status: 200, body: Array(lines.utf8))), after: after)
  }

  static func status(_ status: Int, retryAfter: Int? = nil, after: Duration = .milliseconds(100)) -> Self {
    Self(result: .success(HTTPResponse(status: status, retryAfter: retryAfter, body: [])), after: after)
  }

  static func answer(_ text: String) -> Self {
    Self(result: .success(HTTPResponse(status: 200, body: Array(text.utf8))))
  }

  static let unreachable = Self(result: .failure(.notSent(reason: "connection refused")))
  static let cutOff = Self(result: .failure(.noReply(reason: "connection closed", timedOut: false)))
  static let timedOut = Self(result: .failure(.noReply(reason: "timed out", timedOut: true)), after: .seconds(30))
}

/// The fields of `application/x-www-form-urlencoded`.
private func decodedForm(_ body: [UInt8]) -> [String: String] {
  var fields: [String: String] = [:]
  for pair in body.split(separator: UInt8(ascii: "&")) {
    let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    fields[decoded(halves[0])] = halves.count == 2 ? decoded(halves[1]) : ""
  }
  return fields
}

private func decoded(_ bytes: ArraySlice<UInt8>) -> String {
  var text: [UInt8] = []
  var rest = bytes
  while let byte = rest.popFirst() {
    if byte == UInt8(ascii: "%") {
      text.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
      rest = rest.dropFirst(2)
    } else {
      text.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
    }
  }
  return String(decoding: text, as: UTF8.self)
}
