import HTTPTransport
import Messaging
import Platform

/// What a call needs from its surroundings, with its timeout and number of retries.
public struct CallContext {
  public var transport: any HTTPExchanging
  /// Authenticates every request.
  public var credentials: Credentials
  public var signer: RequestSigner
  public var stop: StopSignal
  /// Monotonic time since an arbitrary fixed moment.
  public var clock: () -> Duration
  /// A random number from 0 up to, but not including, 1.
  public var random: () -> Double
  /// The limit for one exchange as a whole.
  public var timeout: Duration
  /// How many times a request that certainly was not processed is retried.
  public var retries: Int
  /// Receives each request and reply; masking secrets is up to the caller (`mask`).
  public var trace: ((ExchangeEvent) -> Void)?
  /// Receives the number of a stop signal that arrives while a single call waits for its reply.
  public var noticeStop: ((Int32) -> Void)?
  /// Called before the pause that precedes a retry, with the error that caused it.
  public var noticeRetry: ((ProviderError, _ after: Duration) -> Void)?

  public init(
    transport: any HTTPExchanging, credentials: Credentials = .none, signer: RequestSigner, stop: StopSignal = .never,
    clock: @escaping () -> Duration = { .nanoseconds(SystemClock.monotonicNanoseconds()) },
    random: @escaping () -> Double = { .random(in: 0..<1) }, timeout: Duration = .seconds(30), retries: Int = 3,
    trace: ((ExchangeEvent) -> Void)? = nil
  ) {
    self.transport = transport
    self.credentials = credentials
    self.signer = signer
    self.stop = stop
    self.clock = clock
    self.random = random
    self.timeout = timeout
    self.retries = retries
    self.trace = trace
  }

  /// Hides the credentials, and the tokens made from them.
  public var mask: SecretMask { signer.mask(of: credentials) }
}

/// A request leaving or its reply arriving.
public enum ExchangeEvent: Sendable {
  /// The request is about to leave; `attempt` counts from 1.
  case request(HTTPRequest, attempt: Int)
  case reply(HTTPRequest, Result<HTTPResponse, ProviderError>)
}

/// A request from the user to stop early, such as SIGINT.
public struct StopSignal {
  /// Becomes readable once a signal has arrived, which ends waiting.
  public var descriptor: FileDescriptor?
  /// The number of the signal that arrived; nil if none has.
  public var received: () -> Int32?

  public init(descriptor: FileDescriptor?, received: @escaping () -> Int32?) {
    self.descriptor = descriptor
    self.received = received
  }

  public static var never: StopSignal { StopSignal(descriptor: nil) { nil } }
}
