// The words for every usage error; nothing else in the module speaks of them.

extension UsageError {
  /// One line, without a full stop.
  public var message: String {
    switch problem {
    case .unknownCommand(let word, _): "unknown command \(word.quoted)"
    case .unknownOption(let name, .operand): "unknown option \(name.quoted)"
    case .unknownOption(let name, _): "unknown option \(name.shown)"
    case .missingCommand: "\(line) needs a command"
    case .missingValue(let option, let placeholder): "\(option) needs a value: \(option) \(placeholder)"
    case .unexpectedValue(let option, let value): "\(option) takes no value, but was given \(value.quoted)"
    case .invalidValue(let text, let argument, let problem):
      "invalid value \(text.quoted) for \(argument): \(problem.message)"
    case .missingOperand(let name): "missing operand \(name)"
    case .missingOption(let name): "missing option \(name)"
    case .unexpectedOperand(let word, _): "unexpected argument \(word.quoted)"
    case .unnamedOption(let argument): "\(argument.quoted) is an option without a name"
    case .conflict(let one, let other): "\(one) and \(other) exclude each other"
    case .needs(let option, let others): "\(option) needs \(others.joined(separator: " or ")) as well"
    case .other(let message, _): message
    }
  }

  /// What to do about it: a suggestion where there is one, and always where to read on.
  public var hint: String {
    guard let suggestion else { return "see '\(pointer)'" }
    return "\(suggestion) (see '\(pointer)')"
  }

  /// The command that shows help, such as `sms help send`; without the program's name when no path is known.
  public var pointer: String {
    (path.prefix(1) + ["help"] + path.dropFirst()).joined(separator: " ")
  }

  private var suggestion: String? {
    switch problem {
    case .unknownCommand(_, let command?): "did you mean '\(command.joined(separator: " "))'?"
    case .unknownOption(_, let suggestion?): words(for: suggestion)
    case .invalidValue(let text, _, let problem): problem.hint(for: text)
    case .unexpectedOperand(_, isFirst: false): "put quotes around an argument with spaces in it"
    case .other(_, let hint): hint
    default: nil
    }
  }

  private func words(for suggestion: OptionSuggestion) -> String {
    switch suggestion {
    case .option(let name):
      return "did you mean \(name)?"
    case .operand:
      return "put -- before an argument that starts with a dash"
    case .commands(let commands):
      let names = commands.prefix(3).map { "'\($0.joined(separator: " "))'" }.joined(separator: ", ")
      let others = commands.count > 3 ? " and others" : ""
      let place = commands.contains { $0.count > path.count && $0.starts(with: path) } ? ", to stand after it" : ""
      return "it is an option of \(names)\(others)\(place)"
    }
  }

  private var line: String { path.joined(separator: " ") }
}

extension ValueProblem {
  /// What is wrong, to stand behind the value: `it is not a duration such as 500ms …`.
  public var message: String {
    switch self {
    case .empty: "it is empty"
    case .notANumber: "it is not a whole number"
    case .outOfRange(let range): "it must be \(range.words)"
    case .tooLarge: "it is too large"
    case .notADuration: "it is not a duration such as 500ms, 30s, 5m, 2h or 7d"
    case .durationOutOfRange(let range): "it must be from \(range.lowerBound.words) to \(range.upperBound.words)"
    case .notARate: "it is not a rate such as 10/s, 300/m or 1000/h"
    case .rateOutOfRange(let range): "its count must be \(range.words)"
    case .notAmong(let words): "it must be one of \(words.joined(separator: ", "))"
    case .emptyElement: "an element of the list is empty"
    case .other(let message, _): message
    }
  }

  /// What may have been meant by the text that has it; nil where nobody knows.
  public func hint(for text: String) -> String? {
    switch self {
    case .notAmong(let words): nearest(to: text, among: words).map { "did you mean \($0)?" }
    case .other(_, let hint): hint
    default: nil
    }
  }
}

extension ClosedRange<Int> {
  fileprivate var words: String {
    upperBound == Int.max ? "\(lowerBound) or more" : "from \(lowerBound) to \(upperBound)"
  }
}

extension Duration {
  /// In the largest unit that divides it, such as `90s` or `2h`; it is read back as the same.
  public var words: String {
    let (seconds, attoseconds) = components
    guard attoseconds == 0 else { return "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000)ms" }
    let units: [(Int64, String)] = [(86_400, "d"), (3600, "h"), (60, "m"), (1, "s")]
    guard seconds > 0, let (size, unit) = units.first(where: { seconds.isMultiple(of: $0.0) }) else {
      return "\(seconds)s"
    }
    return "\(seconds / size)\(unit)"
  }
}

extension String {
  /// The name of an option that is not known: in quotes only where it would be hard to read without.
  fileprivate var shown: String {
    let isPlain =
      utf8.count <= 40
      && unicodeScalars.allSatisfy { $0.properties.isAlphabetic || "-_0123456789".unicodeScalars.contains($0) }
    return isPlain ? self : quoted
  }
}
