import Messaging
import Platform

/// Carries HTTP requests, many at a time, for one thread: libcurl in the program, a fake in tests of what uses it.
public protocol HTTPExchanging: AnyObject {
  /// Starts an exchange; never blocks. `id` is the caller's and comes back with the result; it must not be in use.
  func start(_ request: WireRequest, id: Int)

  /// Blocks until an exchange has ended, the time has passed, or `descriptor` is readable; returns what has ended.
  ///
  /// Nil waits without a limit, but with nothing to wait for it returns at once.
  func wait(atMost time: Duration?, wakingOn descriptor: FileDescriptor?) -> [FinishedExchange]

  /// Exchanges started and not yet returned by `wait`.
  var inFlight: Int { get }
}

/// An exchange that has come to its end.
public struct FinishedExchange: Hashable, Sendable {
  /// As given to `start`.
  public var id: Int
  /// A whole reply, or why there is none.
  public var result: Result<HTTPResponse, TransportFailure>

  public init(id: Int, result: Result<HTTPResponse, TransportFailure>) {
    self.id = id
    self.result = result
  }
}

extension HTTPExchanging {
  /// Carries a single request and waits for its end; nil when `descriptor` became readable before.
  ///
  /// Not to be used while others are in flight.
  public func perform(
    _ request: WireRequest, wakingOn descriptor: FileDescriptor? = nil
  ) -> Result<HTTPResponse, TransportFailure>? {
    start(request, id: 0)
    return wait(atMost: nil, wakingOn: descriptor).first?.result
  }
}
