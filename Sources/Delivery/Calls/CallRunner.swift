import HTTPTransport
import Messaging

/// Why a single call has no answer.
public enum CallError: Error, Hashable, Sendable {
  case provider(ProviderError)
  /// The request could not be signed, and did not leave.
  case signing(SigningError)
}

/// Runs single calls, one at a time, with the same retries as a job.
public struct CallRunner {
  private let context: CallContext

  public init(_ context: CallContext) {
    self.context = context
  }

  /// Carries out a call and waits for its answer.
  ///
  /// A stop signal ends the waiting between two attempts, with the error of the last one, but not an exchange under way.
  public func run<Value>(_ call: APICall<Value>) throws(CallError) -> Value {
    let call = call.authorized(by: context.credentials)
    var attempts = 0
    while true {
      attempts += 1
      let result = try exchange(call.request, attempt: attempts)
      do {
        return try call.value(of: result)
      } catch {
        guard let pause = pause(after: error, attempts), waits(pause) else { throw .provider(error) }
      }
    }
  }

  private func exchange(
    _ request: HTTPRequest, attempt: Int
  ) throws(CallError) -> Result<HTTPResponse, TransportFailure> {
    let wire: WireRequest
    do { wire = try context.signer.wire(request, timeout: context.timeout) } catch { throw .signing(error) }
    context.trace?(.request(request, attempt: attempt))
    let result = context.transport.perform(wire) ?? .failure(.noReply(reason: "interrupted", timedOut: false))
    context.trace?(.reply(request, result))
    return result
  }

  private func pause(after error: ProviderError, _ attempts: Int) -> Duration? {
    let policy = RetryPolicy(retries: context.retries)
    guard case .again(let pause) = policy.decision(after: error, attempts: attempts, random: context.random())
    else { return nil }
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
