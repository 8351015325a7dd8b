import HTTPTransport
import Messaging
import Platform
import TextFormats

/// Runs single calls, one at a time, with the same retries as a job.
public struct CallRunner {
  private let context: CallContext

  public init(_ context: CallContext) {
    self.context = context
  }

  /// Performs a call and waits for its reply.
  ///
  /// A stop signal ends the pause between two attempts (the last error is thrown), but not an exchange in progress.
  /// Throws a `ProviderError`, or a `Failure` if the request could not be signed, and so was not sent.
  public func run<Value>(_ call: APICall<Value>) throws -> Value {
    let call = call.authorized(by: context.credentials)
    var attempts = 0
    while true {
      attempts += 1
      let result = try exchange(call.request, attempt: attempts)
      do {
        return try call.value(of: result, masking: context.mask)
      } catch {
        guard let pause = pause(after: error, attempts), waits(pause) else { throw error }
      }
    }
  }

  private func exchange(
    _ request: HTTPRequest, attempt: Int
  ) throws(Failure) -> Result<HTTPResponse, ProviderError> {
    let wire = try context.signer.wire(request, timeout: context.timeout)
    context.trace?(.request(request, attempt: attempt))
    let result = perform(wire)
    context.trace?(.reply(request, result))
    return result
  }

  /// Keeps waiting for the reply after a stop signal, but reports the signal to `noticeStop`.
  private func perform(_ request: WireRequest) -> Result<HTTPResponse, ProviderError> {
    context.transport.start(request, id: 0)
    var finished = context.transport.wait(atMost: nil, wakingOn: context.stop.descriptor)
    if finished.isEmpty {
      if let signal = context.stop.received() { context.noticeStop?(signal) }
      finished = context.transport.wait(atMost: nil, wakingOn: nil)
    }
    return finished.first?.result ?? .failure(.noReply(reason: "interrupted", timedOut: false))
  }

  private func pause(after error: ProviderError, _ attempts: Int) -> Duration? {
    let policy = RetryPolicy(retries: context.retries)
    guard case .again(let pause) = policy.decision(after: error, attempts: attempts, random: context.random())
    else { return nil }
    context.noticeRetry?(error, pause)
    return pause
  }

  /// Waits for the pause to end; returns false if a stop signal arrives first.
  private func waits(_ pause: Duration) -> Bool {
    let end = context.clock() + pause
    while context.stop.received() == nil {
      let rest = end - context.clock()
      if rest <= .zero { return true }
      _ = context.transport.wait(atMost: rest, wakingOn: context.stop.descriptor)
    }
    return false
  }
}

/// Decides whether a request is retried: only if it certainly was not processed, with growing pauses, and not forever.
struct RetryPolicy {
  /// What to do about a request that certainly was not processed.
  enum Decision: Equatable {
    case again(after: Duration)
    /// Its retries are used up.
    case exhausted
    /// The provider asked for a pause of more than five minutes.
    case tooLate
  }

  static let longestPause: Duration = .seconds(300)
  private static let base: Duration = .milliseconds(500)
  private static let cap: Duration = .seconds(30)

  var retries: Int

  /// `attempts` have been made, 1 or more; `random` is in 0..<1. Nil for an error that is never retried.
  func decision(after error: ProviderError, attempts: Int, random: Double) -> Decision? {
    switch error.kind {
    case .unreachable: decision(asked: .zero, attempts, random)
    case .busy(let seconds): decision(asked: .seconds(seconds ?? 0), attempts, random)
    default: nil
    }
  }

  private func decision(asked: Duration, _ attempts: Int, _ random: Double) -> Decision {
    if asked > Self.longestPause { return .tooLate }
    if attempts > retries { return .exhausted }
    return .again(after: max(asked, Self.backoff(attempts, random)))
  }

  /// Exponential backoff with full jitter: a random pause up to a bound that doubles with each attempt.
  private static func backoff(_ attempts: Int, _ random: Double) -> Duration {
    let bound = attempts > 6 ? cap : min(cap, base * (1 << (attempts - 1)))
    return bound * random
  }
}

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
