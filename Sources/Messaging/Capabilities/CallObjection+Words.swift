import TextFormats

extension CallObjection {
  /// What is wrong, for the provider of that title; `operands` are what the command takes as operands.
  package func message(provider: String, operands: Set<CallParameter>) -> String {
    func name(_ parameter: CallParameter) -> String { parameter.typedName(operands: operands) }
    return switch self {
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
    switch self {
    case .notADate: "write it as 1990-01-31"
    case .needsOneOf(let parameters) where parameters.contains(.ids) || parameters == [.to]:
      "'sms log' lists what was sent from here, with ids"
    case .statusUnavailable(_, let available) where !available.isEmpty: "it can be asked for \(available.alternatives)"
    default: nil
    }
  }
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

extension SendObjection {
  /// Where what is objected to was given.
  package var argument: String {
    switch self {
    case .tooLong: "MESSAGE"
    case .senderMissing, .senderInvalid: "--from"
    case .localTimeRepeated: "--at"
    }
  }

  package func reason(provider: String) -> String {
    switch self {
    case .tooLong(let limit, let length):
      "\(provider) takes messages of up to \(limit) characters, and this has \(length)"
    case .senderMissing: "\(provider) needs a sender"
    case .senderInvalid(let sender): "\(provider) doesn't take '\(sender)' as a sender"
    case .localTimeRepeated(let time, let zone):
      "\(provider) reads local times, and clocks in \(zone) show \(time.text()) twice"
    }
  }
}

extension InputError.Problem {
  package static func objection(_ objection: SendObjection, provider: String) -> Self {
    Self(
      objection.reason(provider: provider),
      hint: objection == .senderMissing ? "give --from, or set from in the profile" : nil)
  }
}
