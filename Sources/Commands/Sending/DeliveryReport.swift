import Application
import Delivery
import Messaging

/// What a run of messages amounts to.
struct DeliveryReport {
  var result: DispatchResult
  /// How many messages there were to send.
  var messages: Int
  /// The first error of a message that was refused by itself.
  var firstRefusal: MessageError?
  var provider: ProviderLabel
  /// Nil for what is no job.
  var job: JobLabel?

  /// Not sent.
  var pending: Int { messages - result.tally.settled }

  /// Throws when not all that was asked for was done.
  func check() throws(CommandError) {
    for stop in result.stops {
      // Later in a job, what happened to the messages before matters more.
      if case .signing(let error) = stop, result.tally.settled == 0 { throw .signing(error) }
      if case .ledger(let error) = stop {
        throw result.unrecorded.isEmpty ? .ledger(error) : .unrecorded(result.unrecorded, error)
      }
    }
    let code = ExitCode.worst(of: codes)
    guard code != .success else { return }
    throw .delivery(
      DeliveryFailure(
        exitCode: code, messages: messages, failed: result.tally.failed, unknown: result.tally.unknown,
        pending: pending, cause: cause, job: job, provider: provider))
  }

  private var codes: [ExitCode] {
    var codes = result.stops.compactMap(\.exitCode)
    if result.tally.unknown > 0 { codes.append(.unknown) }
    if result.tally.failed > 0 { codes.append(.refused) }
    if let error = result.givenUp { codes.append(error.exitCode) }
    return codes
  }

  private var cause: ProviderError? {
    for stop in result.stops {
      switch stop {
      case .refused(let error), .unavailable(let error): return error
      default: continue
      }
    }
    return result.givenUp
      ?? firstRefusal.map { ProviderError(.refused, code: $0.code, message: $0.message) }
  }
}

extension StopReason {
  fileprivate var exitCode: ExitCode? {
    switch self {
    case .signal(let number): .signal(number)
    case .refused(let error), .unavailable(let error): error.exitCode
    case .tooManyFailures: .refused
    case .signing: .credentials
    case .reportingEnded, .ledger: nil
    }
  }
}
