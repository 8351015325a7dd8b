import TextFormats

extension CallObjection {
  /// What is wrong, for the provider with that title; `operands` are the parameters that the command takes as operands.
  package func message(provider: String, operands: Set<CallParameter>) -> String {
    func name(_ parameter: CallParameter) -> String { parameter.typedName(operands: operands) }
    return switch self {
    case .unsupported(let parameter): "\(provider) doesn't support \(name(parameter))"
    case .needsOneOf(let parameters): "\(provider) requires \(parameters.map(name).alternatives)"
    case .conflict(let one, let other): "\(provider) doesn't support \(name(one)) together with \(name(other))"
    case .notANumber(let parameter, let text):
      "\(name(parameter)): not a whole number, which \(provider) requires: '\(text)'"
    case .notADate(let parameter, let text): "\(name(parameter)): not a date: '\(text)'"
    case .statusUnavailable(let filter, _): "\(name(.status)): \(provider) can't filter by '\(filter.text)'"
    case .message(let objection): objection.reason(provider: provider)
    }
  }

  /// What to do about it.
  package var hint: String? {
    switch self {
    case .notADate: "use YYYY-MM-DD, such as 1990-01-31"
    case .needsOneOf(let parameters) where parameters.contains(.ids) || parameters == [.to]:
      "'sms log' lists sent messages with their IDs"
    case .statusUnavailable(_, let available) where !available.isEmpty: "it can filter by \(available.alternatives)"
    case .notANumber: "'sms devices' lists the devices with their IDs"
    case .message(let objection): objection.hint
    case .unsupported, .conflict, .needsOneOf, .statusUnavailable: "'sms providers' shows what each one supports"
    }
  }
}

extension CallParameter {
  /// As typed on the command line: `--since`, or `LIST` if it is an operand.
  package func typedName(operands: Set<CallParameter>) -> String {
    guard operands.contains(self) else { return "--\(rawValue)" }
    return self == .ids ? "ID" : rawValue.uppercased()
  }
}

extension [String] {
  /// Such as `a, b, or c`.
  fileprivate var alternatives: String {
    guard count > 1, let last else { return joined() }
    return count == 2 ? "\(self[0]) or \(last)" : "\(dropLast().joined(separator: ", ")), or \(last)"
  }
}

extension SendObjection {
  /// The argument or option that the objection is about.
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
      "\(provider) allows up to \(limit) characters, but this message has \(length)"
    case .senderMissing: "\(provider) requires a sender"
    case .senderInvalid(let sender): "\(provider) doesn't accept the sender '\(sender)'"
    case .localTimeRepeated(let time, let zone):
      "\(provider) uses local time, and \(time.text()) occurs twice in \(zone)"
    }
  }
}

extension SendObjection {
  fileprivate var hint: String {
    switch self {
    case .tooLong: "shorten it, or send it in parts"
    case .senderMissing: "add --from, or set from in the profile"
    case .senderInvalid: "use one of the account's numbers, or a sender ID that it allows"
    case .localTimeRepeated: "choose a time outside that hour"
    }
  }
}

extension InputError.Problem {
  package static func objection(_ objection: SendObjection, provider: String) -> Self {
    Self(
      objection.reason(provider: provider),
      hint: objection.hint)
  }
}

extension CallObjection {
  /// The message and hint of one objection for each case.
  package static var examples: [(message: String, hint: String?)] {
    let objections: [CallObjection] = [
      .unsupported(.sim), .needsOneOf([.ids, .group]), .conflict(.ids, .to), .notANumber(.device, "two"),
      .notADate(.birthday, "31.1.1990"), .statusUnavailable(.provider("rejected"), available: ["sent", "failed"]),
    ]
    return objections.map { ($0.message(provider: "Sendapp", operands: [.ids]), $0.hint) }
  }
}

extension SendObjection {
  /// One for each case.
  package static var examples: [ExampleMessage] {
    let objections: [SendObjection] = [
      .tooLong(limit: 765, length: 800), .senderMissing, .senderInvalid("Shop"),
      .localTimeRepeated(CivilTime(year: 2036, month: 10, day: 26, hour: 1, minute: 30), zone: "Europe/London"),
    ]
    return objections.map { ExampleMessage(InputError(.objection($0, provider: "SMS-iT"), at: .argument($0.argument))) }
  }
}
