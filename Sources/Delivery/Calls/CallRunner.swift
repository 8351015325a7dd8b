import HTTPTransport
import Messaging
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
  /// Throws a `ProviderError`, or a `Failure` where the request could not be signed, and did not leave.
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
