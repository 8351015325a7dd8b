import HTTPTransport
import Messaging
import Platform

/// All that requests need from outside, and how patient they are.
public struct CallContext {
  public var transport: any HTTPExchanging
  /// What every request proves itself with.
  public var credentials: Credentials
  public var signer: RequestSigner
  public var stop: StopSignal
  /// Time from any fixed moment on, never going back.
  public var clock: () -> Duration
  /// A number from 0 up to, but not including, 1.
  public var random: () -> Double
  /// For one exchange as a whole.
  public var timeout: Duration
  /// How often a request that surely was not processed is tried again.
  public var retries: Int
  /// Sees each request and reply; secrets are the caller's to mask (`mask`).
  public var trace: ((ExchangeEvent) -> Void)?
  /// Hears of a stop signal, by its number, that came while a single call waits for its answer.
  public var noticeStop: ((Int32) -> Void)?
  /// Learns that a request is tried again after a pause, and why.
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

  /// Hides the credentials, and the token that stands for them, in whatever comes back.
  public var mask: SecretMask { signer.mask(of: credentials) }
}

/// What happens to a request on its way.
public enum ExchangeEvent: Sendable {
  /// It is about to leave; `attempt` is 1 the first time.
  case request(HTTPRequest, attempt: Int)
  case reply(HTTPRequest, Result<HTTPResponse, ProviderError>)
}

/// The user's wish to end early, such as SIGINT.
public struct StopSignal {
  /// Readable from then on, so that waiting ends.
  public var descriptor: FileDescriptor?
  /// The number of the signal that came; nil before.
  public var received: () -> Int32?

  public init(descriptor: FileDescriptor?, received: @escaping () -> Int32?) {
    self.descriptor = descriptor
    self.received = received
  }

  public static var never: StopSignal { StopSignal(descriptor: nil) { nil } }
}
