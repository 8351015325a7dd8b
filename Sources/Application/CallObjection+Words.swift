import Messaging

extension UnfitCall {
  /// What is wrong.
  package var message: String {
    switch objection {
    case .unsupported(let parameter): "\(provider) can't do \(name(parameter))"
    case .needsOneOf(let parameters): "\(provider) needs \(parameters.map(name).alternatives)"
    case .conflict(let one, let other): "\(provider) doesn't take \(name(one)) together with \(name(other))"
    case .notANumber(let parameter, let text):
      "\(name(parameter)): '\(text)' is not a whole number, which \(provider) needs"
    case .notADate(let parameter, let text): "\(name(parameter)): '\(text)' is no date"
    case .statusUnavailable(let filter, _): "\(name(.status)): \(provider) can't be asked for '\(filter.text)'"
    case .message(let objection): objection.reason(provider: provider)
    }
  }

  /// What to do about it.
  package var hint: String? {
    switch objection {
    case .notADate: "write it as 1990-01-31"
    case .statusUnavailable(_, let available) where !available.isEmpty: "it can be asked for \(available.alternatives)"
    default: nil
    }
  }

  private func name(_ parameter: CallParameter) -> String { parameter.typedName(operands: operands) }
}

extension CallParameter {
  /// As it stands on the command line: `--since`, or `LIST` where it is an operand.
  package func typedName(operands: Set<CallParameter>) -> String {
    guard operands.contains(self) else { return "--\(rawValue)" }
    return self == .ids ? "ID" : rawValue.uppercased()
  }
}

extension [String] {
  /// Such as `a, b or c`.
  fileprivate var alternatives: String {
    guard count > 1, let last else { return joined() }
    return "\(dropLast().joined(separator: ", ")) or \(last)"
  }
}
