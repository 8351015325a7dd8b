import HTTPTransport
import Messaging
import Platform
import Synchronization
import Testing

/// A network that gives the answers of a list, in its order, and notes what was asked; one request too many fails the
/// test.
final class ScriptedNetwork: Sendable {
  /// What becomes of a request.
  enum Answer: Sendable {
    case json(String)
    case status(Int)
    case noReply
    case unreachable
  }

  private let answers: Mutex<[Answer]>
  private let asked = Mutex<[String]>([])
  private let inFlight = Mutex<Int>(0)

  init(_ answers: [Answer]) {
    self.answers = Mutex(answers)
  }

  var requests: [String] { asked.withLock { $0 } }
  /// The most requests that were under way at once.
  var mostInFlight: Int { inFlight.withLock { $0 } }

  func note(inFlight count: Int) { inFlight.withLock { $0 = max($0, count) } }

  func answer(to request: WireRequest) -> Result<HTTPResponse, TransportFailure> {
    let path = request.url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true).last ?? ""
    asked.withLock { $0.append("\(path)?\(String(decoding: request.body, as: UTF8.self))") }
    let answer = answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    guard let answer else {
      Issue.record("nothing was to be asked of \(request.url)")
      return .failure(.notSent(reason: "not scripted"))
    }
    switch answer {
    case .json(let text): return .success(HTTPResponse(status: 200, body: Array(text.utf8)))
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

  func start(_ request: WireRequest, id: Int) {
    finished.append(FinishedExchange(id: id, result: network.answer(to: request)))
    network.note(inFlight: finished.count)
  }

  func wait(atMost time: Duration?, wakingOn descriptor: FileDescriptor?) -> [FinishedExchange] {
    defer { finished = [] }
    return finished
  }
}

/// A transport for commands that must not use one.
final class NoTransport: HTTPExchanging {
  var inFlight: Int { 0 }

  func start(_ request: WireRequest, id: Int) {
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
