import Messaging
import Platform

/// Performs HTTP requests for one thread, many at a time: libcurl in the program, a fake in tests of its callers.
public protocol HTTPExchanging: AnyObject {
  /// Starts an exchange without blocking. `id`, chosen by the caller and returned with the result, must not be in use.
  ///
  /// With a gate, the connection is made, but no byte of the request is sent before the gate opens. A transport that
  /// can't wait at that point waits before it connects, in `start`.
  func start(_ request: WireRequest, id: Int, gate: SendGate?)

  /// Blocks until an exchange has ended, time is up, or `descriptor` is readable; returns what has ended.
  ///
  /// Nil means no time limit; if there is nothing to wait for, it returns immediately.
  func wait(atMost time: Duration?, wakingOn descriptor: FileDescriptor?) -> [FinishedExchange]

  /// The number of exchanges started and not yet returned by `wait`.
  var inFlight: Int { get }
}

/// Blocks until it is known whether a request may leave. If false, it must not, and its exchange ends as not sent.
///
/// Called at most once, on the thread of the transport's caller, whose other exchanges wait meanwhile. Not called for
/// a request that doesn't get that far.
public typealias SendGate = () -> Bool

/// A request as sent.
public struct WireRequest: Sendable {
  public var method: String
  /// `http` or `https`, without user information.
  public var url: String
  /// Sent in addition to Host, User-Agent, Accept, Content-Length, and Content-Type (a form's unless given).
  public var headers: [HeaderField]
  /// Sent unchanged.
  public var body: [UInt8]
  /// For the entire exchange, from name resolution to the last byte of the reply; over a millisecond.
  public var timeout: Duration

  public init(
    method: String = "POST", url: String, headers: [HeaderField] = [], body: [UInt8], timeout: Duration
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
  }
}

/// An exchange that has ended.
public struct FinishedExchange: Hashable, Sendable {
  /// The id passed to `start`.
  public var id: Int
  /// A complete reply, or why there is none.
  public var result: Result<HTTPResponse, ProviderError>

  public init(id: Int, result: Result<HTTPResponse, ProviderError>) {
    self.id = id
    self.result = result
  }
}

extension HTTPExchanging {
  public func start(_ request: WireRequest, id: Int) {
    start(request, id: id, gate: nil)
  }

  /// Performs a single request and waits for its end; nil if `descriptor` became readable first.
  ///
  /// Must not be used while other exchanges are in flight.
  public func perform(
    _ request: WireRequest, wakingOn descriptor: FileDescriptor? = nil
  ) -> Result<HTTPResponse, ProviderError>? {
    start(request, id: 0)
    return wait(atMost: nil, wakingOn: descriptor).first?.result
  }
}
