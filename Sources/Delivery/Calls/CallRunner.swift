import HTTPTransport
import Messaging
import TextFormats

/// Runs single calls, one at a time, with the same retries as a job.
public struct CallRunner {
  private let context: CallContext

  public init(_ context: CallContext) {
    self.context = context
  }

  /// Carries out a call and waits for its answer.
  ///
  /// A stop signal ends the waiting between two attempts, with the error of the last one, but not an exchange under way.
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

  /// Waits for the answer also after a stop signal, but says so then.
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

  /// Waits that long; false when a stop signal came before.
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

/// When a request is tried again: only what surely was not processed, ever more slowly, and not forever.
struct RetryPolicy {
  /// What to do about a request that surely was not processed.
  enum Decision: Equatable {
    case again(after: Duration)
    /// Its retries are used up.
    case exhausted
    /// The provider asks for more patience than five minutes.
    case tooLate
  }

  static let longestPause: Duration = .seconds(300)
  private static let base: Duration = .milliseconds(500)
  private static let cap: Duration = .seconds(30)

  var retries: Int

  /// `attempts` were made, 1 or more; `random` is from 0 up to 1. Nil for an error after which nothing is tried again.
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

  /// Exponential backoff with full jitter: anything from nothing to a bound that doubles with each attempt.
  private static func backoff(_ attempts: Int, _ random: Double) -> Duration {
    let bound = attempts > 6 ? cap : min(cap, base * (1 << (attempts - 1)))
    return bound * random
  }
}
