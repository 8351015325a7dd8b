import Configuration
import Messaging

/// A question that the provider can't be asked that way, known before asking.
package struct UnfitCall: Error, Hashable, Sendable {
  package var objection: CallObjection
  /// The provider's title.
  package var provider: String
  /// What this command takes as an operand; everything else is an option.
  package var operands: Set<CallParameter>
}

extension CommandError {
  /// What an objection ends a command with. `operands` are what the command takes as operands instead of options.
  package init(
    _ objection: CallObjection, to capability: Capability, _ settings: Settings, operands: Set<CallParameter>
  ) {
    let provider = settings.descriptor.title
    switch objection {
    case .unsupported(let parameter):
      let what = "\(capability.command) \(parameter.typedName(operands: operands))"
      self = .unsupported(Unsupported(what: what, provider: provider))
    case .message(let objection):
      let problem = InputError.Problem.objection(objection, provider: provider)
      self = .input(InputError(place: .argument(objection.argument), problem: problem))
    default:
      self = .unfit(UnfitCall(objection: objection, provider: provider, operands: operands))
    }
  }
}
