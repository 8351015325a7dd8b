import HTTPTransport
import Messaging
import Platform
import Testing

/// A transport for commands that must not use one.
final class NoTransport: HTTPExchanging {
  var inFlight: Int { 0 }

  func start(_ request: WireRequest, id: Int, gate: SendGate?) {
    Issue.record("a request left for \(request.url)")
  }

  func wait(atMost time: Duration?, wakingOn descriptor: FileDescriptor?) -> [FinishedExchange] { [] }
}
