import HTTPTransport
import Messaging
import Platform
import Synchronization
import Testing

/// A network that gives the answers of a list, in its order, or those that a function makes up, and notes what was asked;
/// one request too many fails the test.
final class ScriptedNetwork: Sendable {
  /// What becomes of a request.
  enum Answer: Sendable {
    case json(String)
    /// The same with a `Date` header, so many seconds after the moment it is.
    case dated(String, ahead: Int64 = 0)
    case status(Int)
    case noReply
    case unreachable
  }

  private let answers: Mutex<[Answer]>
  private let respond: (@Sendable (_ request: String) -> Answer)?
  private let asked = Mutex<[String]>([])
  private let most = Mutex(0)

  init(_ answers: [Answer]) {
    self.answers = Mutex(answers)
    respond = nil
  }

  /// A request is given as in `requests`.
  init(_ respond: @escaping @Sendable (_ request: String) -> Answer) {
    answers = Mutex([])
    self.respond = respond
  }

  var requests: [String] { asked.withLock { $0 } }
  /// The most requests that were under way at once.
  var mostAtOnce: Int { most.withLock { $0 } }

  fileprivate func note(underWay count: Int) { most.withLock { $0 = max($0, count) } }

  func answer(to request: WireRequest) -> Result<HTTPResponse, ProviderError> {
    let path = request.url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true).last ?? ""
    let text = "\(path)?\(String(decoding: request.body, as: UTF8.self))"
    asked.withLock { $0.append(text) }
    let answer = respond?(text) ?? answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    guard let answer else {
      Issue.record("nothing was to be asked of \(request.url)")
      return .failure(.notSent(reason: "not scripted"))
    }
    switch answer {
    case .json(let text): return .success(HTTPResponse(status: 200, body: Array(text.utf8)))
    case .dated(let text, let ahead):
      let date = World.now.adding(seconds: ahead)
      return .success(HTTPResponse(status: 200, date: date, body: Array(text.utf8)))
    case .status(let status): return .success(HTTPResponse(status: status, body: []))
    case .noReply: return .failure(.noReply(reason: "cut off", timedOut: false))
    case .unreachable: return .failure(.notSent(reason: "no route"))
    }
  }
}

/// Carries requests to a scripted network.
final class ScriptedTransport: HTTPExchanging {
  private let network: ScriptedNetwork
  private var finished: [FinishedExchange] = []

  init(_ network: ScriptedNetwork) {
    self.network = network
  }

  var inFlight: Int { finished.count }

  func start(_ request: WireRequest, id: Int, gate: SendGate?) {
    let mayLeave = if let gate { gate() } else { true }
    let result = mayLeave ? network.answer(to: request) : .failure(.notSent(reason: "the gate stayed shut"))
    finished.append(FinishedExchange(id: id, result: result))
  }

  func wait(atMost time: Duration?, wakingOn descriptor: FileDescriptor?) -> [FinishedExchange] {
    network.note(underWay: finished.count)
    defer { finished = [] }
    return finished
  }
}

/// A transport for commands that must not use one.
final class NoTransport: HTTPExchanging {
  var inFlight: Int { 0 }

  func start(_ request: WireRequest, id: Int, gate: SendGate?) {
    Issue.record("a request left for \(request.url)")
  }

  func wait(atMost time: Duration?, wakingOn descriptor: FileDescriptor?) -> [FinishedExchange] { [] }
}

/// Answers of the SMS gateway script about messages.
extension ScriptedNetwork.Answer {
  /// Messages by id and status word, all of the group `g1`.
  static func messages(_ rows: [(id: Int, status: String)]) -> Self {
    let objects = rows.map { row in
      #"{"ID":\#(row.id),"number":"+1555010000\#(row.id)","message":"hi","status":"\#(row.status)","groupID":"g1"}"#
    }
    return .json(#"{"success":true,"data":{"messages":[\#(objects.joined(separator: ","))]},"error":null}"#)
  }

  static func message(_ id: Int, _ status: String) -> Self { messages([(id, status)]) }

  static let noMessage = ScriptedNetwork.Answer.json(
    #"{"success":false,"data":null,"error":{"code":404,"message":"no such message"}}"#)
  static let wrongKey = ScriptedNetwork.Answer.json(
    #"{"success":false,"data":null,"error":{"code":401,"message":"Invalid API key"}}"#)
}
